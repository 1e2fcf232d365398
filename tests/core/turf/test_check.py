"""The judge's figures and laws, counted by hand: each law is broken once and caught."""

from __future__ import annotations

import numpy as np
import pytest

from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.check_laws import LAWS
from hustings.core.turf.problem import Pace
from hustings.core.walk.network import StreetKind
from tests.core.turf.ground import doors_at, plan_of, village

LANE, HIGH = 0, 1
TOLERANCE = 0.5
"""Metres; the plane of the judge is not quite that of the test."""


def laws(report: object) -> set[str]:
    return {broken.law for broken in report.broken}  # type: ignore[attr-defined]  # any report


def test_along_one_side_of_a_street_the_walk_is_as_long_as_the_street() -> None:
    doors = doors_at((10, 8, LANE), (40, 8, LANE), (90, 8, LANE))

    report = check_plan(doors, plan_of(1, 1, 1), streets=village())

    assert report.walk_m == pytest.approx(80, abs=TOLERANCE)
    assert report.minutes == pytest.approx(3 * 2 + 80 / 80, abs=0.02)
    assert report.good
    assert report.connected == 1.0
    assert (report.mid_block_crossings, report.street_changes) == (0, 0)


def test_crossing_a_side_street_costs_fifteen_metres_and_is_counted() -> None:
    doors = doors_at((40, 8, LANE), (50, -8, LANE))

    report = check_plan(doors, plan_of(1, 1), streets=village())

    assert report.walk_m == pytest.approx(10 + 15, abs=TOLERANCE)
    assert report.mid_block_crossings == 1


def test_near_a_junction_one_crosses_there_for_nothing() -> None:
    doors = doors_at((4, 8, LANE), (6, -8, LANE))

    report = check_plan(doors, plan_of(1, 1), streets=village())

    assert report.walk_m == pytest.approx(4 + 6, abs=TOLERANCE)
    assert report.mid_block_crossings == 0


def test_a_main_road_is_crossed_at_the_junction_though_that_is_further() -> None:
    doors = doors_at((192, 25, HIGH), (208, 30, HIGH))

    report = check_plan(doors, plan_of(1, 1), streets=village())

    assert report.walk_m == pytest.approx(25 + 30, abs=TOLERANCE)
    assert report.mid_block_crossings == 0


def test_from_street_to_street_one_goes_by_the_junctions() -> None:
    doors = doors_at((50, 8, LANE), (208, 60, HIGH))

    report = check_plan(doors, plan_of(1, 1), streets=village())

    assert report.walk_m == pytest.approx(50 + 100 + 60, abs=TOLERANCE)
    assert report.street_changes == 1


def test_the_shorter_of_two_parallel_ways_is_taken() -> None:
    edges = (
        (0, 1, 0, StreetKind.SIDE),
        (1, 2, 0, StreetKind.SIDE),
        (2, 3, 1, StreetKind.SIDE),
        (1, 3, 1, StreetKind.SIDE),
    )
    doors = doors_at((90, 8, LANE), (208, 90, HIGH))

    report = check_plan(doors, plan_of(1, 1), streets=village(edges=edges))

    assert report.walk_m == pytest.approx(10 + np.hypot(100, 100) + 10, abs=1.0)


def test_a_door_belongs_to_the_street_of_its_name_even_when_another_is_nearer() -> None:
    corner = doors_at((185, 30, LANE), (100, 8, LANE))

    report = check_plan(corner, plan_of(1, 1), streets=village())

    assert report.walk_m == pytest.approx(85, abs=TOLERANCE), "by Mill Lane, not up High Street"


def test_a_loop_comes_back_and_a_start_is_walked_to() -> None:
    doors = doors_at((10, 8, LANE), (90, 8, LANE))
    start = (float(village().node_lon[0]), float(village().node_lat[0]))

    def walked(**asked: object) -> float:
        return check_plan(doors, plan_of(1, 1), Asked(**asked), streets=village()).walk_m  # type: ignore[arg-type]  # keywords of Asked

    assert walked(loop=True) == pytest.approx(160, abs=TOLERANCE)
    assert walked(start=start) == pytest.approx(10 + 80, abs=TOLERANCE)
    assert walked(start=start, loop=True) == pytest.approx(10 + 80 + 90, abs=TOLERANCE)


def test_stairs_are_climbed_within_a_building_and_come_down_again() -> None:
    doors = doors_at(
        (10, 8, LANE), (10, 8, LANE), (10, 8, LANE), (20, 8, LANE),
        building=[0, 0, 0, 1], floor=[1, 2, 5, 0],
    )  # fmt: skip
    pace = Pace(minutes_per_door=1, metres_per_minute=60, seconds_per_floor=30)

    report = check_plan(doors, plan_of(1, 1, 1, 1), Asked(pace=pace), streets=village())

    floors = 1 + 1 + 3 + 5
    assert report.minutes == pytest.approx(4 + floors * 0.5 + 10 / 60, abs=0.06)


def test_without_streets_facing_doors_and_other_streets_cost_more() -> None:
    doors = doors_at((0, 0, LANE), (30, 0, LANE), (30, 10, HIGH), house=[1, 2, 1])

    report = check_plan(doors, plan_of(1, 1, 1))

    assert report.walk_m == pytest.approx(30 + 15 + 1.3 * 10, abs=TOLERANCE)
    assert report.connected is None
    assert report.barrier_crossings is None


def test_balance_is_judged_within_each_district_unless_they_may_be_crossed() -> None:
    places = [(float(5 * i), 8.0, LANE) for i in range(1, 11)]
    doors = doors_at(*places, district=[0] * 6 + [1] * 4)
    plan = plan_of(1, 1, 1, 2, 2, 2, 3, 3, 4, 4)

    within = check_plan(doors, plan, streets=village())
    over = check_plan(doors, plan, Asked(cross_districts=True), streets=village())

    assert within.doors_balance == 1.0
    assert over.doors_balance == pytest.approx(3 / 2.5)
    assert (within.doors_mean, within.doors_max) == (2.5, 3)


def test_a_split_street_is_counted_and_one_longer_than_a_walk_is_not_held_against_the_plan() -> (
    None
):
    lane = [(float(10 * i), 8.0, LANE) for i in range(1, 6)]
    high = [(208.0, 20.0, HIGH), (208.0, 40.0, HIGH)]
    plan = plan_of(1, 1, 1, 2, 2, 2, 3)

    report = check_plan(doors_at(*lane, *high), plan, Asked(doors_each=4), streets=village())

    assert (report.streets, report.streets_split) == (2, 2)
    assert (report.short_streets, report.short_streets_whole) == (1, 0.0)


def test_two_streets_of_one_name_far_apart_are_two_streets() -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE), (5000, 8, LANE), (5010, 8, LANE))

    report = check_plan(doors, plan_of(1, 1, 2, 2), Asked(doors_each=2))

    assert (report.streets, report.streets_split, report.short_streets_whole) == (2, 0, 1.0)


def test_doors_without_a_name_on_ways_without_one_are_no_street() -> None:
    nameless = (
        (0, 1, -1, StreetKind.SIDE),
        (1, 2, -1, StreetKind.SIDE),
        (2, 3, 1, StreetKind.MAIN),
    )
    doors = doors_at((10, 8, -1), (150, 8, -1), (208, 50, -1))

    report = check_plan(
        doors, plan_of(1, 2, 2), Asked(doors_each=2), streets=village(None, nameless)
    )

    assert (report.streets, report.streets_split, report.street_changes) == (1, 0, 0)


def test_a_door_in_no_walk_twice_or_unknown_is_caught() -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE))

    assert laws(check_plan(doors, plan_of(1, 0), streets=village())) == {"every-door-once"}
    assert laws(check_plan(doors, plan_of(1, 1), repeated=["a"])) == {"every-door-once"}
    assert laws(check_plan(doors, plan_of(1, 1), unknown=["z"])) == {"every-door-once"}


@pytest.mark.parametrize("stop", [[1, 3], [2, 3], [1, 1], [0, 1]])
def test_stops_with_gaps_or_doubles_are_caught(stop: list[int]) -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE))

    assert laws(check_plan(doors, plan_of(1, 1, stop=stop), streets=village())) == {
        "stops-in-order"
    }


def test_a_walk_larger_than_asked_is_caught_by_doors_and_by_minutes() -> None:
    doors = doors_at(*[(float(i), 8.0, LANE) for i in range(1, 24)])
    all_in_one = plan_of(*[1] * 23)

    assert laws(check_plan(doors, all_in_one, Asked(doors_each=20))) == {"size"}
    assert not laws(check_plan(doors, all_in_one, Asked(doors_each=21)))
    assert laws(check_plan(doors, all_in_one, Asked(minutes_each=40))) == {"size"}
    assert not laws(check_plan(doors, all_in_one, Asked(minutes_each=41)))


def test_passing_a_door_of_another_walk_on_the_same_side_is_caught() -> None:
    doors = doors_at((10, 8, LANE), (50, 8, LANE), (90, 8, LANE), (50, -8, LANE))

    report = check_plan(doors, plan_of(1, 2, 1, 2), streets=village())

    assert laws(report) == {"connected"}
    assert report.connected == 0.5


def test_passing_on_the_empty_side_or_opposite_a_door_of_another_is_fine() -> None:
    doors = doors_at((10, 8, LANE), (90, 8, LANE), (50, -8, LANE), (208, 50, HIGH))

    report = check_plan(doors, plan_of(1, 1, 2, 3), streets=village())

    assert report.good


def test_a_street_of_others_on_both_sides_cannot_be_walked_through() -> None:
    doors = doors_at((50, 8, LANE), (150, 8, LANE), (150, -8, LANE), (208, 50, HIGH))

    assert laws(check_plan(doors, plan_of(1, 2, 2, 1), streets=village())) == {"connected"}
    one_side = doors_at((50, 8, LANE), (150, 8, LANE), (160, 8, LANE), (208, 50, HIGH))
    assert check_plan(one_side, plan_of(1, 2, 2, 1), streets=village()).good


def test_a_lone_farm_and_flats_in_one_building_are_connected() -> None:
    farm = doors_at((10, 8, LANE), (50, 8, LANE), (90, 8, LANE))
    assert check_plan(farm, plan_of(1, 2, 3), streets=village()).connected == 1.0

    tower = doors_at((50, 8, LANE), (50, 8, LANE), (50, 8, LANE), (50, 8, LANE), building=[0] * 4)
    assert (
        check_plan(tower, plan_of(1, 2, 1, 2), Asked(doors_each=2), streets=village()).connected
        == 1.0
    )


def test_a_leg_over_the_railway_without_a_crossing_near_is_caught() -> None:
    nodes = np.array([(0.0, 0.0), (1000.0, 0.0), (1000.0, 60.0), (0.0, 60.0)])
    edges = (
        (0, 1, 0, StreetKind.SIDE),
        (1, 2, 1, StreetKind.SIDE),
        (2, 3, 1, StreetKind.SIDE),
    )
    railway = [(-50.0, 30.0), (900.0, 30.0)]
    streets = village(railway, edges, nodes)
    far = doors_at((10, 8, LANE), (10, 52, HIGH))
    near = doors_at((990, 8, LANE), (990, 52, HIGH))

    report = check_plan(far, plan_of(1, 1), streets=streets)
    assert laws(report) == {"barriers"}
    assert report.barrier_crossings == 1
    assert check_plan(near, plan_of(1, 1), streets=streets).barrier_crossings == 0
    assert check_plan(far, plan_of(1, 1), streets=village(None, edges, nodes)).good


def test_a_walk_over_the_border_of_a_district_is_caught_unless_allowed() -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE), district=[0, 1])

    assert laws(check_plan(doors, plan_of(1, 1), streets=village())) == {"districts"}
    assert check_plan(doors, plan_of(1, 1), Asked(cross_districts=True), streets=village()).good


def test_a_building_in_two_walks_is_caught_unless_it_is_larger_than_a_walk() -> None:
    doors = doors_at(*[(50.0, 8.0, LANE)] * 4, building=[0] * 4)
    halves = plan_of(1, 1, 2, 2)

    report = check_plan(doors, halves, Asked(doors_each=4), streets=village())
    assert laws(report) == {"buildings"}
    assert report.buildings_split == 1
    assert check_plan(doors, halves, Asked(doors_each=2), streets=village()).good


def test_a_split_street_is_against_the_law_where_that_was_forbidden() -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE), (208, 50, HIGH))
    split = plan_of(1, 2, 2)

    assert check_plan(doors, split, Asked(doors_each=2), streets=village()).good
    forbidden = Asked(doors_each=2, never_split_streets=True)
    assert laws(check_plan(doors, split, forbidden, streets=village())) == {"streets"}


def test_a_locked_walk_that_changed_is_caught() -> None:
    doors = doors_at((10, 8, LANE), (20, 8, LANE), (30, 8, LANE), (40, 8, LANE))
    before = plan_of(1, 1, 2, 2)

    def with_lock(*turf: int, stop: list[int] | None = None, lock: int = 1) -> set[str]:
        now = plan_of(*turf, stop=stop)
        return laws(check_plan(doors, now, Asked(locked=(lock,)), previous=before))

    assert with_lock(1, 1, 2, 2) == set()
    assert with_lock(1, 1, 3, 2) == set(), "another walk may change"
    assert with_lock(1, 1, 1, 2) == {"locked"}, "a door more"
    assert with_lock(1, 2, 2, 2) == {"locked"}, "a door fewer"
    assert with_lock(1, 1, 2, 2, stop=[2, 1, 1, 2]) == {"locked"}, "another order"
    assert with_lock(1, 1, 2, 2, lock=7) == {"locked"}, "no such walk"


def test_what_changed_since_the_previous_plan_is_counted() -> None:
    doors = doors_at(*[(float(10 * i), 8.0, LANE) for i in range(1, 8)])
    before = plan_of(1, 1, 1, 2, 2, 2, 0)
    now = plan_of(1, 1, 2, 5, 5, 5, 5)

    report = check_plan(doors, now, previous=before)

    assert report.doors_moved == 4
    assert report.doors_moved_share == pytest.approx(4 / 6, abs=0.001)
    assert report.numbers_changed == 1, "walk 2 is now walk 5"


def test_every_law_is_broken_by_some_test_of_this_file() -> None:
    from pathlib import Path

    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'{{"{law}"}}' in text or f'"{law}"\n' in text for law in LAWS)
