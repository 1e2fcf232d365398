"""Districts are not crossed unless allowed; locked turfs and old numbers stay; walks keep to their size."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.cut import cut
from hustings.core.turf.gather import ROOM
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns


@settings(deadline=None, max_examples=40)
@given(towns(), st.integers(3, 20))
def test_no_walk_crosses_a_district(town: tuple[Doors, StreetNetwork], doors_each: int) -> None:
    doors, streets = town

    plan = cut(doors, streets, Wishes(doors_each=doors_each), effort=3).plan

    for walk in plan.walks().values():
        assert len(np.unique(doors.district[walk])) == 1


@settings(deadline=None, max_examples=30)
@given(towns(least=20), st.integers(1, 6))
def test_a_locked_turf_stays_exactly_as_it_is(town: tuple[Doors, StreetNetwork], new: int) -> None:
    doors, streets = town
    wishes = Wishes(doors_each=6)
    plan = cut(doors, streets, wishes, effort=1).plan
    turf, stop = plan.turf.copy(), plan.stop.copy()
    turf[:new], stop[:new] = 0, 0
    locked = frozenset({int(turf[turf > 0][0])})
    kept = np.isin(turf, list(locked))

    again = cut(doors, streets, wishes, previous=Plan(turf, stop), locked=locked).plan

    assert np.array_equal(again.turf[kept], turf[kept])
    assert np.array_equal(again.stop[kept], stop[kept])
    assert not np.isin(again.turf[~kept], list(locked)).any()


@settings(deadline=None, max_examples=60)
@given(towns(least=20), st.integers(1, 6))
def test_a_few_new_doors_take_no_walk_to_pieces(
    town: tuple[Doors, StreetNetwork], new: int
) -> None:
    doors, streets = town
    wishes = Wishes(doors_each=8)
    asked = Asked(doors_each=8)
    plan = cut(doors, streets, wishes, effort=1).plan
    assume(check_plan(doors, plan, asked, streets=streets).connected == 1.0)
    turf, stop = plan.turf.copy(), plan.stop.copy()
    turf[-new:], stop[-new:] = 0, 0

    again = cut(doors, streets, wishes, previous=Plan(turf, stop)).plan

    assert check_plan(doors, again, asked, streets=streets).connected == 1.0


@settings(deadline=None, max_examples=60)
@given(towns(least=20), st.integers(1, 6))
def test_an_old_door_changes_its_turf_only_to_keep_walks_whole(
    town: tuple[Doors, StreetNetwork], new: int
) -> None:
    doors, streets = town
    wishes = Wishes(doors_each=8)
    plan = cut(doors, streets, wishes, effort=1).plan
    turf, stop = plan.turf.copy(), plan.stop.copy()
    turf[-new:], stop[-new:] = 0, 0
    old = turf > 0

    again = cut(doors, streets, wishes, previous=Plan(turf, stop)).plan

    moved = old & (again.turf != turf)
    if moved.any():
        back = Plan(np.where(moved, turf, again.turf), again.stop)
        report = check_plan(doors, back, Asked(doors_each=8), streets=streets)
        assert report.connected is not None
        assert report.connected < 1.0


@settings(deadline=None, max_examples=40)
@given(towns(least=12), st.integers(4, 12))
def test_no_walk_is_larger_than_it_may_be_unless_one_building_is(
    town: tuple[Doors, StreetNetwork], doors_each: int
) -> None:
    doors, streets = town
    most = ROOM * doors_each
    largest_stop = int(np.bincount(doors.building).max())

    made = cut(doors, streets, Wishes(doors_each=doors_each, cross_districts=True), effort=3)

    mean = len(doors) / len(made.turfs)
    for turf in made.turfs:
        assert turf.doors <= max(most, ROOM * mean, 1.3 * mean, largest_stop) + largest_stop
