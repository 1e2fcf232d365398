"""Addresses as they are written, and the places they name."""
