"""First past the post: the most votes, and a lot as an additional vote where they are equal."""
