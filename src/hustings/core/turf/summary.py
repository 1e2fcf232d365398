"""What is to be known about a cut: each turf's doors, minutes, metres and streets; the streets that are split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.turf.cut import Cut, SplitStreet, Turf
from hustings.core.turf.measures import legs_of, measures_of

if TYPE_CHECKING:
    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.making import Walks
    from hustings.core.turf.measures import Measures
    from hustings.core.turf.plan import Plan
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.ways import Ways

RURAL_M_PER_DOOR = 50.0
"""A walk with more metres between doors than this is flagged rural: its minutes are mostly walking."""
REMNANT_SHARE = 0.5
"""A walk smaller than this share of the size aimed at is flagged a remnant: offer to merge it."""


def summarise(
    plan: Plan, doors: Doors, gathered: Gathered, ways: Ways, walks: Walks, wishes: Wishes
) -> Cut:
    """The plan with its turfs and split streets."""
    measures = measures_of(gathered, wishes)
    turfs = []
    for number, walk in sorted(walks.items()):
        metres = float(legs_of(ways, walk).sum())
        at = gathered.doors_of(walk)
        minutes = float(gathered.minutes_at[walk].sum()) + metres / wishes.pace.metres_per_minute
        load = float(measures.load[walk].sum()) + measures.load_per_metre * metres
        flags = set()
        if metres / max(1, len(at)) > RURAL_M_PER_DOOR:
            flags.add("rural")
        if load < REMNANT_SHARE * measures.aim:
            flags.add("remnant")
        if gathered.part_of_large[walk].any():
            flags.add("large-building")
        seen = doors.street[at]
        _names, first = np.unique(seen[seen >= 0], return_index=True)
        streets = tuple(int(street) for street in seen[seen >= 0][np.sort(first)])
        turfs.append(Turf(number, len(at), minutes, metres, streets, frozenset(flags)))
    return Cut(plan, tuple(turfs), split_streets(plan, doors, gathered, wishes))


def split_streets(
    plan: Plan, doors: Doors, gathered: Gathered, wishes: Wishes
) -> tuple[SplitStreet, ...]:
    """Streets that fall into several turfs, each with its reason."""
    measures = measures_of(gathered, wishes)
    known = doors.street >= 0
    pairs = np.unique(np.column_stack([doors.street[known], plan.turf[known]]), axis=0)
    streets, counts = np.unique(pairs[:, 0], return_counts=True)
    size = np.bincount(doors.street[known], minlength=len(doors.street_names))
    found = []
    for street in streets[counts > 1]:
        turfs = tuple(int(turf) for turf in pairs[pairs[:, 0] == street, 1])
        found.append(
            SplitStreet(
                int(street), turfs, _reason(int(street), int(size[street]), doors, wishes, measures)
            )
        )
    return tuple(found)


def _reason(street: int, size: int, doors: Doors, wishes: Wishes, measures: Measures) -> str:
    if not wishes.cross_districts:
        districts = np.unique(doors.district[doors.street == street])
        if len(districts) > 1:
            return f"It lies in {len(districts)} districts, and walks do not cross their borders."
    load = size if wishes.doors_each is not None else size * wishes.pace.minutes_per_door
    if load > measures.aim:
        return f"It has {size} doors, more than one walk."
    if measures.split_m == 0:
        return "Splitting streets costs nothing in this cut."
    saved = measures.split_m / wishes.pace.metres_per_minute
    return (
        f"Keeping its {size} doors together would have cost more than the {saved:.0f} minutes "
        "that a split street is worth, or would not have left every walk within its size."
    )
