"""Django on PostgreSQL."""
