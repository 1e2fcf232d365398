"""A walk from here has each door once, fits into its time, and is as long as the judge says."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.patch import MOST_DOORS, walk_from_here
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns

THE_JUDGE_ROUNDS = 0.051
"""Minutes: it tells tenths."""


@settings(deadline=None, max_examples=60)
@given(
    towns(least=3),
    st.floats(4, 120),
    st.booleans(),
    st.booleans(),
    st.integers(0, 10_000),
)
def test_whatever_the_town_and_the_time(
    town: tuple[Doors, StreetNetwork], minutes: float, with_streets: bool, across: bool, at: int
) -> None:
    doors, streets = town
    doors = doors.only(np.arange(len(doors)) < MOST_DOORS)
    door = at % len(doors)
    start = (float(doors.lon[door]), float(doors.lat[door]))
    wishes = Wishes(minutes_each=minutes, start=start, cross_districts=across)
    network = streets if with_streets else None

    walk = walk_from_here(doors, network, wishes)

    if walk is None:
        return
    assert len(np.unique(walk.doors)) == len(walk.doors) > 0
    assert walk.minutes + walk.approach_m / wishes.pace.metres_per_minute <= minutes + 1e-3
    if not across:
        assert len(np.unique(doors.district[walk.doors])) == 1
    mine = np.sort(walk.doors)
    stop = np.empty(len(mine), np.int32)
    stop[np.searchsorted(mine, walk.doors)] = np.arange(1, len(mine) + 1)
    chosen = np.isin(np.arange(len(doors)), mine)
    report = check_plan(
        doors.only(chosen),
        Plan(np.ones(len(mine), np.int32), stop),
        Asked(minutes_each=minutes, cross_districts=across),
        streets=network,
    )
    if with_streets:
        assert abs(report.minutes - walk.minutes) <= THE_JUDGE_ROUNDS
    else:  # without a map both guess at the way between two doors, each by its own rule
        assert report.minutes <= walk.minutes * 1.1 + 1.0


@settings(deadline=None, max_examples=20)
@given(towns(least=3))
def test_the_same_doors_give_the_same_walk(town: tuple[Doors, StreetNetwork]) -> None:
    doors, streets = town
    doors = doors.only(np.arange(len(doors)) < MOST_DOORS)
    wishes = Wishes(minutes_each=60, start=(float(doors.lon[0]), float(doors.lat[0])))

    first, second = (walk_from_here(doors, streets, wishes) for _turn in range(2))

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.doors.tolist() == second.doors.tolist()
