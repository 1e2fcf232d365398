"""Doors that are to stay together whatever the cut: somebody's usual road."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.turf.gather import gather
from hustings.core.turf.hand_over import HandOver, hand_over
from hustings.core.turf.plan import Plan
from hustings.core.turf.summary import split_streets
from hustings.core.walk.patch import DEGREE_M, patch_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hustings.core.turf.cut import Cut
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork

NEAR_M, STREETS_M = 300.0, 200.0
"""How far round the walks of a road doors of others are looked at, and streets."""


def kept_together(
    found: Cut,
    doors: Doors,
    groups: Sequence[NDArray[np.int64]],
    streets: StreetNetwork | None,
    wishes: Wishes,
    locked: frozenset[int] = frozenset(),
) -> tuple[Cut, list[int]]:
    """
    The cut with each of these groups of doors in one walk, and which; 0 where that cannot be.

    A group goes to the walk that has most of it, or becomes a walk of its own where that one would be too
    large. It cannot be where it is larger than a walk, or part of it lies in a locked walk. Of two groups that
    share a door the first has it.
    """
    turf, stop = found.plan.turf.copy(), found.plan.stop.copy()
    turfs = {each.number: each for each in found.turfs}
    walk_of: list[int] = []
    placed = np.zeros(len(doors), bool)
    fixed = set(locked)
    for group in groups:
        group = group[~placed[group]]
        numbers, counts = np.unique(turf[group], return_counts=True)
        if not len(group) or (len(numbers) > 1 and fixed & set(numbers.tolist())):
            walk_of.append(0)
            continue
        to = int(numbers[counts.argmax()])
        if len(numbers) > 1:
            said, near = _moved(doors, Plan(turf, stop), group, to, streets, wishes)
            if "size" in said.breaks:
                to = max(turfs) + 1
                said, near = _moved(doors, Plan(turf, stop), group, to, streets, wishes)
            if "size" in said.breaks:
                walk_of.append(0)
                continue
            turf[near], stop[near] = said.plan.turf, said.plan.stop
            for before in said.before:
                del turfs[before.number]
            turfs |= {after.number: after for after in said.after}
        placed[group] = True
        fixed.add(to)
        walk_of.append(to)
    plan = Plan(turf, stop)
    whole = split_streets(plan, doors, gather(doors, None, wishes), wishes)
    ordered = tuple(turfs[number] for number in sorted(turfs))
    return replace(found, plan=plan, turfs=ordered, split_streets=whole), walk_of


def _moved(
    doors: Doors,
    plan: Plan,
    group: NDArray[np.int64],
    to: int,
    streets: StreetNetwork | None,
    wishes: Wishes,
) -> tuple[HandOver, NDArray[np.int64]]:
    """The move, and which doors it looked at."""
    mine = np.isin(plan.turf, [to, *plan.turf[group].tolist()])
    high = NEAR_M / DEGREE_M
    lon, lat = doors.lon[mine], doors.lat[mine]
    wide = high / max(0.05, float(np.cos(np.radians(lat.mean()))))
    near = (
        (doors.lon >= lon.min() - wide) & (doors.lon <= lon.max() + wide)
        & (doors.lat >= lat.min() - high) & (doors.lat <= lat.max() + high)
    )  # fmt: skip
    looked_at = near | (np.isin(doors.street, doors.street[group]) & (doors.street >= 0))
    at = np.flatnonzero(looked_at)
    patch = patch_of(streets, lon, lat, STREETS_M) if streets is not None else None
    said = hand_over(
        doors.only(looked_at), plan.only(looked_at), np.searchsorted(at, np.sort(group)), to, patch,
        wishes, near=near[looked_at],
    )  # fmt: skip
    return said, at
