"""What is said and asked at a door: a tree of steps, and everything that can be known of it without a door."""
