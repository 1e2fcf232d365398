"""Every door is in exactly one turf, and the stops of a turf are 1, 2, 3 … without gaps."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.turf.cut import cut
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns

WISHES = st.one_of(
    st.builds(
        Wishes, doors_each=st.integers(1, 30), cross_districts=st.booleans(), loop=st.booleans()
    ),
    st.builds(Wishes, minutes_each=st.floats(5, 120), never_split_streets=st.booleans()),
)


def every_door_once(plan: Plan, count: int) -> None:
    assert len(plan.turf) == count
    assert (plan.turf >= 1).all()
    for walk in plan.walks().values():
        assert plan.stop[walk].tolist() == list(range(1, len(walk) + 1))


@settings(deadline=None, max_examples=60)
@given(towns(), WISHES, st.booleans())
def test_whatever_the_town_and_the_wishes(
    town: tuple[Doors, StreetNetwork], wishes: Wishes, with_streets: bool
) -> None:
    doors, streets = town

    made = cut(doors, streets if with_streets else None, wishes, effort=3)

    every_door_once(made.plan, len(doors))
    assert sum(turf.doors for turf in made.turfs) == len(doors)


@settings(deadline=None, max_examples=30)
@given(towns(least=10), WISHES, st.integers(1, 9))
def test_whatever_is_new_in_a_later_cut(
    town: tuple[Doors, StreetNetwork], wishes: Wishes, new: int
) -> None:
    doors, streets = town
    plan = cut(doors, streets, wishes, effort=1).plan
    turf, stop = plan.turf.copy(), plan.stop.copy()
    turf[-new:], stop[-new:] = 0, 0

    again = cut(doors, streets, wishes, previous=Plan(turf, stop))

    every_door_once(again.plan, len(doors))


@settings(deadline=None, max_examples=20)
@given(towns(least=5), WISHES)
def test_the_same_seed_gives_the_same_plan(
    town: tuple[Doors, StreetNetwork], wishes: Wishes
) -> None:
    doors, streets = town

    first, second = (cut(doors, streets, wishes, effort=3).plan for _ in range(2))

    assert np.array_equal(first.turf, second.turf)
    assert np.array_equal(first.stop, second.stop)
