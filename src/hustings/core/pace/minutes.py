"""
Minutes a door, learned from shifts and offered to the next cut; never used by itself.

A shift says how long its doors took: the times between one door and the next, each without the straight way
between them and none longer than a pause, summed and divided by the doors. So what the doors of a shift took
together stays what it was, with its quick ones where nobody was in and its long ones. Of several shifts the
middle one is taken, which a lunch, a phone that was left in a pocket or a batch that was typed in cannot move.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

PAUSE_S = 600.0
"""Nobody stands ten minutes at a door often; what is longer is a pause and counts as this."""
DOORS_OF_A_SHIFT = 10
"""A shift with fewer says nothing."""
FEWEST_SHIFTS = 5
"""The lowest and the highest of so many have the true middle between them fifteen times of sixteen."""
AS_GOOD_AS_DOORS = 100
"""The default weighs as much as so many doors: with few doors the figure stays near it."""
OUTSIDE = (1, 16)
"""How often the true middle may lie outside of what is said."""


class Step(NamedTuple):
    """From one door to the next: the seconds between, and the metres of the straight way."""

    seconds: float
    metres: float


@dataclass(frozen=True, slots=True)
class Learned:
    """
    What the shifts say.

    Parameters
    ----------
    minutes
        A door, drawn towards the default while the doors are few.
    low, high
        Where the middle of all such shifts lies, fifteen times of sixteen.
    doors, shifts
        What it was learned from.
    """

    minutes: float
    low: float
    high: float
    doors: int
    shifts: int


def of_a_shift(steps: Sequence[Step], metres_per_minute: float) -> float | None:
    """Minutes a door in one shift; None where it has too few doors."""
    if len(steps) < DOORS_OF_A_SHIFT:
        return None
    at_doors = sum(
        max(0.0, min(step.seconds, PAUSE_S) - 60 * step.metres / metres_per_minute)
        for step in steps
    )
    return at_doors / 60 / len(steps)


def learned(
    shifts: Sequence[Sequence[Step]], *, default: float, metres_per_minute: float
) -> Learned | None:
    """What these shifts say of a door; None where there are too few of them."""
    said = sorted(
        (took, len(steps))
        for steps in shifts
        if (took := of_a_shift(steps, metres_per_minute)) is not None
    )
    if len(said) < FEWEST_SHIFTS:
        return None
    each_took = [minutes for minutes, _doors in said]
    doors = sum(count for _minutes, count in said)
    out = outermost(len(said))
    drawn = (doors * middle(each_took) + AS_GOOD_AS_DOORS * default) / (doors + AS_GOOD_AS_DOORS)
    return Learned(drawn, each_took[out], each_took[-1 - out], doors, len(said))


def middle(ordered: Sequence[float]) -> float:
    """The median of figures in order."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def outermost(count: int) -> int:
    """
    How many figures on each side lie outside of what is said of the middle of all.

    Each figure lies below the true middle as often as a coin falls heads, whatever the figures are like: so it is
    the most heads and tails that are rare enough together.
    """
    part, of = OUTSIDE
    tail = 0
    for out in range(count):
        tail += comb(count, out)
        if 2 * tail * of > part * 2**count:
            return max(0, out - 1)
    return 0
