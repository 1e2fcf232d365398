"""A judge of what was learned of a door; it shares no code with what learns it."""

from __future__ import annotations

import statistics
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.pace.minutes import Learned, Step

ROUNDING = 1e-9


def broken_laws(
    shifts: Sequence[Sequence[Step]],
    default: float,
    metres_per_minute: float,
    found: Learned | None,
) -> list[str]:
    """A sentence for each law that the figure breaks."""
    each = [_minutes(steps, metres_per_minute) for steps in shifts if len(steps) >= 10]
    doors = sum(len(steps) for steps in shifts if len(steps) >= 10)
    if len(each) < 5:
        return [] if found is None else ["Something was learned from fewer than five shifts."]
    if found is None:
        return ["Nothing was learned from five shifts or more."]
    broken = []
    if (found.doors, found.shifts) != (doors, len(each)):
        broken.append("It was learned from other shifts than it says.")
    own = statistics.median(each)
    share = (found.minutes - default) / (own - default) if abs(own - default) > 1e-6 else None
    if not min(own, default) - ROUNDING <= found.minutes <= max(own, default) + ROUNDING:
        broken.append("The figure lies outside of what was walked and what was assumed.")
    elif share is not None and abs(share - doors / (doors + 100)) > 1e-4:
        broken.append("The figure is drawn to the default by another weight than its doors.")
    if not found.low - ROUNDING <= own <= found.high + ROUNDING:
        broken.append("The middle shift lies outside of its own limits.")
    inside = sum(found.low - ROUNDING <= one <= found.high + ROUNDING for one in each)
    if len(set(each)) == len(each):
        out = (len(each) - inside) // 2
        missed = 2 * sum(Fraction(comb(len(each), k), 2 ** len(each)) for k in range(out + 1))
        further = missed + Fraction(2 * comb(len(each), out + 1), 2 ** len(each))
        if missed > Fraction(1, 16) or (further <= Fraction(1, 16) and out + 1 < len(each) / 2):
            broken.append("The limits are too narrow or too wide.")
    return broken


def _minutes(steps: Sequence[Step], metres_per_minute: float) -> float:
    total = 0.0
    for seconds, metres in steps:
        left = (seconds if seconds < 600 else 600) / 60 - metres / metres_per_minute
        total += left if left > 0 else 0
    return total / len(steps)
