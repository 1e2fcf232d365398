"""How long a door takes, learned from shifts that were walked."""
