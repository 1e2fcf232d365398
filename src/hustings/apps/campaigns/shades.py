"""The colours of a scale of support, from for to against, however many levels it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHADES = 5
"""``support-1`` is strongly for, ``support-5`` strongly against; the style sheets have each. A longer scale shares them."""


def shade_of(place: int, levels: int) -> str:
    """The colour of the level at that place, counted from 0: the first and the last are the ends."""
    last = max(levels - 1, 1)
    return f"support-{1 + (2 * (SHADES - 1) * place + last) // (2 * last)}"


NAMES = tuple(f"support-{nth}" for nth in range(1, SHADES + 1))


def shades_of(choices: Sequence[Mapping[str, object]]) -> list[str]:
    """The colour of each level: its own where it has one, as beside levels that are not asked for now."""
    return [
        str(choice["shade"]) if choice.get("shade") in NAMES else shade_of(place, len(choices))
        for place, choice in enumerate(choices)
    ]
