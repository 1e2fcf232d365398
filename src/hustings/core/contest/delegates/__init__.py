"""Delegates in proportion to votes above a threshold, for each pool of them on its own."""
