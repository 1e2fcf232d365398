"""Percentages of exact numbers, and the two ways of rounding that make headlines differ."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def half_up(number: Fraction, places: int) -> Fraction:
    """Rounded half up to so many decimal places."""
    scale = 10**places
    return Fraction((number * scale * 2 + 1).__floor__() // 2, scale)


def written(number: Fraction, places: int) -> str:
    """Rounded half up, and written with all its places: "49.80"."""
    scale = 10**places
    parts = (half_up(number, places) * scale).numerator
    return f"{parts // scale}.{parts % scale:0{places}d}" if places else str(parts)


def percent(part: Fraction | int, whole: Fraction | int, places: int) -> str | None:
    """The share as text; nothing where there is nothing to share."""
    return written(Fraction(part) * 100 / Fraction(whole), places) if whole else None


def both_roundings(
    numbers: Mapping[str, Fraction], places: int
) -> dict[str, dict[str, str | None]]:
    """
    The shares from the exact numbers, and from the numbers rounded to whole ones first.

    The second is how 701 to 697 became "49.9 to 49.6" where the exact numbers say 49.8; both are shown, each under
    its name.
    """
    whole = {name: half_up(number, 0) for name, number in numbers.items()}
    return {
        "from exact numbers": _shares(numbers, places),
        "rounded before dividing": _shares(whole, places),
    }


def _shares(numbers: Mapping[str, Fraction], places: int) -> dict[str, str | None]:
    total = sum(numbers.values(), Fraction(0))
    return {name: percent(number, total, places) for name, number in numbers.items()}
