"""Django on PostgreSQL: the embedded server where no other is named."""
