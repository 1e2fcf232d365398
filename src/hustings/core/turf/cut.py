"""
Cutting turf: the walk through all doors first, then its division, then both made better.

See ``docs/methods/cutting.md`` for the method, its sources and a worked example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from hustings.core.errors import BadInput
from hustings.core.turf.gather import Gathered, gather
from hustings.core.turf.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.core.turf.making import Walks
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.ways import Ways

Effort = Literal["first", "polished"] | int
TRIES_TOGETHER = 8_000_000
"""Tries of a polished cut, shared among its stops: seconds of work in a small place."""
TRIES_MOST, TRIES_LEAST = 1_200, 30
"""The most and the least tries that a stop gets of them, however small or large the place."""


@dataclass(frozen=True, slots=True)
class Turf:
    """One turf of a cut: its number, how much it is, and what is to be known about it."""

    number: int
    doors: int
    minutes: float
    walk_m: float
    streets: tuple[int, ...]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class SplitStreet:
    """A street shorter than a walk that falls into several turfs, and why."""

    street: int
    turfs: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """
    A plan and what is to be known about it.

    ``street`` numbers refer to ``Doors.street_names``.
    """

    plan: Plan
    turfs: tuple[Turf, ...]
    split_streets: tuple[SplitStreet, ...]


def cut(
    doors: Doors,
    streets: StreetNetwork | None,
    wishes: Wishes,
    *,
    previous: Plan | None = None,
    locked: frozenset[int] = frozenset(),
    effort: Effort = "polished",
    progress: Callable[[float, str], None] | None = None,
) -> Cut:
    """
    Turfs, and the order of doors in each.

    Parameters
    ----------
    doors
        Doors with coordinates.
    streets
        The walkable network; None where there is no map: distances are then taken on the plane, with a
        stated price for crossings (``core/walk/ways.py``).
    wishes
        Size, pace, prices and what is forbidden.
    previous
        A plan to change as little as possible: turf and stop of each door, 0 for new ones.
    locked
        Turfs of the previous plan that stay exactly as they are.
    effort
        ``first`` for a first plan, ``polished``, or tries for each stop.
    progress
        Told the share done and what is being done.

    Raises
    ------
    BadInput
        When a locked turf is not in the previous plan.
    """
    say = progress or (lambda share, note: None)
    if len(doors) == 0:
        none = np.zeros(0, np.int32)
        return Cut(Plan(none, none), (), ())
    if locked and previous is None:
        raise BadInput("Turfs can be locked only in a previous plan; give the plan they are in.")
    say(0.02, "Putting doors onto streets")
    if previous is None:
        gathered = gather(doors, streets, wishes)
        from hustings.core.turf.making import make  # numba is loaded only when something is cut

        ways, walks = make(gathered, streets, wishes, _tries(effort, gathered), say)
        say(0.97, "Numbering the doors")
        return summarised(doors, gathered, ways, walks, wishes)
    missing = locked - set(np.unique(previous.turf).tolist())
    if missing:
        raise BadInput(f"The previous plan has no turf {min(missing)} to lock.")
    return _cut_again(doors, streets, wishes, previous, locked, say)


def summarised(doors: Doors, gathered: Gathered, ways: Ways, walks: Walks, wishes: Wishes) -> Cut:
    """The cut that these walks of stops are."""
    from hustings.core.turf.summary import summarise

    return summarise(_plan(gathered, walks, len(doors)), doors, gathered, ways, walks, wishes)


def _cut_again(
    doors: Doors,
    streets: StreetNetwork | None,
    wishes: Wishes,
    previous: Plan,
    locked: frozenset[int],
    say: Callable[[float, str], None],
) -> Cut:
    """New doors into the previous plan; locked turfs are left out of it and put back as they were."""
    from hustings.core.turf.again import kept_walks, recut
    from hustings.core.turf.summary import split_streets

    kept = np.isin(previous.turf, list(locked))
    rest = doors.only(~kept)
    gathered = gather(rest, streets, wishes)
    ways, walks = recut(
        gathered, streets, wishes, previous.only(~kept), int(previous.turf.max(initial=0)), say
    )
    fresh = summarised(rest, gathered, ways, walks, wishes)
    if not kept.any():
        return fresh
    still = doors.only(kept)
    still_gathered = gather(still, streets, wishes)
    as_they_were = summarised(
        still, still_gathered, *kept_walks(still_gathered, streets, previous.only(kept)), wishes
    )
    turf, stop = previous.turf.copy(), previous.stop.copy()
    turf[~kept], stop[~kept] = fresh.plan.turf, fresh.plan.stop
    plan = Plan(turf, stop)
    turfs = sorted((*fresh.turfs, *as_they_were.turfs), key=lambda each: each.number)
    return Cut(plan, tuple(turfs), split_streets(plan, doors, gathered, wishes))


def _tries(effort: Effort, gathered: Gathered) -> int:
    if effort == "first":
        return 0
    if effort == "polished":
        share = TRIES_TOGETHER // max(1, len(gathered.stops))
        return min(TRIES_MOST, max(TRIES_LEAST, share))
    return effort


def _plan(gathered: Gathered, walks: Walks, count: int) -> Plan:
    """Doors in the order of their stops; at one stop in the order of the house (``gather``)."""
    turf = np.zeros(count, np.int32)
    stop = np.zeros(count, np.int32)
    for number, walk in walks.items():
        at = gathered.doors_of(walk)
        turf[at] = number
        stop[at] = np.arange(1, len(at) + 1, dtype=np.int32)
    return Plan(turf, stop)
