"""How fast the results' numbers come, and the events that they are made of, in a large campaign."""
