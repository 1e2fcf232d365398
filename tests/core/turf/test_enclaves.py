"""What others' doors cut off of a district is cut, and judged, by itself."""

from __future__ import annotations

import numpy as np

from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.cut import cut
from hustings.core.turf.enclaves import by_enclaves
from hustings.core.turf.gather import gather
from hustings.core.turf.problem import Wishes
from hustings.core.walk.ways import ways_between
from tests.core.turf.ground import doors_at, plan_of, village

LANE = 0
CUT_OFF = [
    (10.0, 8.0, LANE), (20.0, 8.0, LANE), (30.0, 8.0, LANE),
    (50.0, 8.0, LANE), (50.0, -8.0, LANE),
    (150.0, 8.0, LANE),
]  # fmt: skip
DISTRICT = [0, 0, 0, 1, 1, 0]
"""Two doors of another district stand on both sides of the lane before the last of ours."""


def enclaves(doors: object, **wishes: bool) -> list[int]:
    asked = Wishes(doors_each=3, **wishes)
    gathered = gather(doors, village(), asked)  # type: ignore[arg-type]  # Doors
    ways = ways_between(gathered.stops, village(), 1_000.0)
    found = np.full(len(gathered.order), -1)
    found[gathered.order] = by_enclaves(gathered, ways, village(), asked).district
    return found.tolist()


def test_doors_that_others_cut_off_are_a_part_of_their_own() -> None:
    first = enclaves(doors_at(*CUT_OFF, district=DISTRICT))

    assert first[0] == first[1] == first[2]
    assert first[3] == first[4]
    assert len({first[0], first[3], first[5]}) == 3


def test_where_one_side_is_open_nothing_is_cut_off() -> None:
    one_side = [place for place in CUT_OFF if place[1] > 0]
    found = enclaves(doors_at(*one_side, district=[0, 0, 0, 1, 0]))

    assert found[0] == found[4]
    assert found[3] != found[0]


def test_where_districts_may_be_crossed_nothing_is_cut_off() -> None:
    doors = doors_at(*CUT_OFF, district=DISTRICT)

    assert enclaves(doors, cross_districts=True) == DISTRICT


def test_a_part_is_a_walk_of_its_own_and_breaks_no_law() -> None:
    doors = doors_at(*CUT_OFF, district=DISTRICT)

    plan = cut(doors, village(), Wishes(doors_each=3)).plan

    assert len(set(plan.turf.tolist())) == 3
    assert check_plan(doors, plan, Asked(doors_each=3), streets=village()).good


def test_balance_is_judged_within_each_part() -> None:
    doors = doors_at(*CUT_OFF, district=DISTRICT)
    plan = plan_of(1, 1, 1, 2, 2, 3)

    assert check_plan(doors, plan, streets=village()).doors_balance == 1.0
    assert check_plan(doors, plan).doors_balance == 1.5, "without streets nothing is known of parts"
