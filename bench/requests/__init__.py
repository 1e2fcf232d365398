"""What every request costs in a city: questions to the database, CPU, bytes; and what the wall costs."""
