"""How fast a register comes in, beside what the database alone can do with the same file."""
