"""Hustings runs the ground game of a people-powered campaign."""

__version__ = "0.1.0"
