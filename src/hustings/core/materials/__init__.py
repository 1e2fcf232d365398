"""Printed things as arithmetic: what was printed is held, given out or destroyed, and never anything else."""

from hustings.core.materials.stock import Move, Stock, stock_of

__all__ = ["Move", "Stock", "stock_of"]
