"""The kinds of background work of this room."""
