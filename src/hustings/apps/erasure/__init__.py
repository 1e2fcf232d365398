"""Erasing a person everywhere: the list of places, one action, one command, one page."""
