"""Polling day: who is still to be turned out, knock by knock, and what a teller wrote down. Never how anybody voted."""
