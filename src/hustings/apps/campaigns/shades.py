"""The colours of a scale of support, from for to against, however many levels it has."""

from __future__ import annotations

SHADES = 5
"""``support-1`` is strongly for, ``support-5`` strongly against; the style sheets have each. A longer scale shares them."""


def shade_of(place: int, levels: int) -> str:
    """The colour of the level at that place, counted from 0: the first and the last are the ends."""
    last = max(levels - 1, 1)
    return f"support-{1 + (2 * (SHADES - 1) * place + last) // (2 * last)}"
