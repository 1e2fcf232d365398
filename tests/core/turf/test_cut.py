"""Cuts that a person can check by looking."""

from __future__ import annotations

import numpy as np
import pytest

from hustings.core.errors import BadInput
from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.cut import cut
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import METRES_ONLY, Doors, Wishes
from tests.core.laws.strategies import STEP, doors_at, grid


def street_of(count: int, row: int, *, sides: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Doors along one row of a grid, on both sides in turn."""
    lon = np.linspace(0.0001, 3 * STEP - 0.0001, count)
    lat = np.full(count, 51 + row * STEP) + (np.tile([1e-4, -1e-4], count)[:count] if sides else 0)
    return lon, lat


def test_no_doors_give_no_turfs() -> None:
    made = cut(doors_at(np.zeros(0), np.zeros(0)), grid(3, 3), Wishes(doors_each=10))

    assert len(made.plan.turf) == 0
    assert made.turfs == ()


def test_one_door_is_one_turf() -> None:
    made = cut(doors_at(np.array([0.0005]), np.array([51.0])), grid(3, 3), Wishes(doors_each=10))

    assert made.plan.turf.tolist() == [1]
    assert made.turfs[0].walk_m == 0


def test_all_doors_at_one_point_are_knocked_without_walking() -> None:
    count = 25
    made = cut(
        doors_at(np.full(count, 0.0005), np.full(count, 51.0)), grid(3, 3), Wishes(doors_each=30)
    )

    assert len(made.turfs) == 1
    assert made.turfs[0].walk_m == pytest.approx(0, abs=0.1)


def test_a_street_is_walked_from_one_end_to_the_other() -> None:
    lon, lat = street_of(20, 0, sides=False)
    shuffled = np.random.default_rng(1).permutation(20)

    plan = cut(
        doors_at(lon[shuffled], lat[shuffled]), grid(4, 2), Wishes(doors_each=30), effort=20
    ).plan

    walked = lon[shuffled][np.argsort(plan.stop)]
    assert (np.diff(walked) > 0).all() or (np.diff(walked) < 0).all()


def rows_of(rows: int, each: int) -> Doors:
    parts = [street_of(each, row) for row in range(rows)]
    return doors_at(
        np.concatenate([lon for lon, _ in parts]),
        np.concatenate([lat for _, lat in parts]),
        street=np.repeat(np.arange(rows), each),
        names=rows,
    )


def test_streets_that_fit_are_kept_whole_for_their_price() -> None:
    doors = rows_of(rows=6, each=10)

    made = cut(doors, grid(4, 6), Wishes(doors_each=20), effort=100)

    assert len(made.turfs) == 3
    assert made.split_streets == ()


def test_a_street_longer_than_a_walk_is_split_and_says_why() -> None:
    doors = rows_of(rows=1, each=40)

    made = cut(doors, grid(4, 2), Wishes(doors_each=20), effort=20)

    assert len(made.turfs) == 2
    assert made.split_streets[0].reason == "It has 40 doors, more than one walk."


def test_a_split_street_that_is_forbidden_does_not_happen() -> None:
    doors = rows_of(rows=5, each=12)

    made = cut(doors, grid(4, 5), Wishes(doors_each=15, never_split_streets=True), effort=100)

    assert made.split_streets == ()


def tower(units: int, per_floor: int, staircases: int = 1) -> Doors:
    floor = np.arange(units) // (per_floor * staircases)
    staircase = np.arange(units) // per_floor % staircases
    return doors_at(
        np.full(units, 0.0005), np.full(units, 51.0001), building=np.zeros(units, int),
        floor=floor, staircase=staircase,
    )  # fmt: skip


def test_a_tower_larger_than_a_walk_is_split_by_floors() -> None:
    doors = tower(units=600, per_floor=10)

    plan = cut(doors, grid(3, 3), Wishes(doors_each=60), effort=5).plan

    for floor in np.unique(doors.floor):
        assert len(np.unique(plan.turf[doors.floor == floor])) == 1, f"floor {floor} is split"
    assert np.bincount(plan.turf)[1:].max() <= 66


def test_a_building_with_staircases_is_split_by_staircase_first() -> None:
    doors = tower(units=120, per_floor=4, staircases=4)

    plan = cut(doors, grid(3, 3), Wishes(doors_each=30), effort=5).plan

    for staircase in range(4):
        assert len(np.unique(plan.turf[doors.staircase == staircase])) == 1


def test_each_staircase_of_a_building_is_climbed_as_the_judge_climbs_it() -> None:
    doors = tower(units=60, per_floor=4, staircases=3)
    wishes = Wishes(minutes_each=400)

    made = cut(doors, grid(3, 3), wishes, effort=5)

    floors = 2 * 4 * 3  # up to the fourth floor and down again, three times
    climbing = floors * wishes.pace.seconds_per_floor / 60
    assert [turf.minutes for turf in made.turfs] == [60 * wishes.pace.minutes_per_door + climbing]
    judged = check_plan(doors, made.plan, Asked(minutes_each=400), streets=grid(3, 3))
    assert judged.minutes == pytest.approx(made.turfs[0].minutes, abs=0.05)


def test_a_building_that_fits_is_never_split() -> None:
    lon = np.concatenate([street_of(30, 0)[0], np.full(12, 0.0012)])
    lat = np.concatenate([street_of(30, 0)[1], np.full(12, 51.0001)])
    building = np.concatenate([np.arange(30), np.full(12, 30)])

    plan = cut(
        doors_at(lon, lat, building=building), grid(4, 2), Wishes(doors_each=14), effort=50
    ).plan

    assert len(np.unique(plan.turf[building == 30])) == 1


def test_within_a_building_each_floor_is_finished_before_the_next() -> None:
    doors = tower(units=40, per_floor=8)

    plan = cut(doors, grid(3, 3), Wishes(doors_each=50), effort=5).plan

    floors = doors.floor[np.argsort(plan.stop)]
    assert (np.diff(floors) >= 0).all()


def test_without_a_map_street_and_number_give_the_order() -> None:
    lon, lat = street_of(16, 0)

    plan = cut(
        doors_at(lon, lat, street=np.zeros(16, int), names=1),
        None,
        Wishes(doors_each=20),
        effort=30,
    ).plan

    by_stop = np.argsort(plan.stop)
    sides = lat[by_stop] > 51
    assert (np.diff(sides.astype(int)) != 0).sum() <= 4, "both sides are not zigzagged"


def test_a_start_is_where_every_walk_begins_near() -> None:
    doors = rows_of(rows=4, each=15)
    start = (-0.002, 51.0)

    made = cut(
        doors, grid(4, 4), Wishes(doors_each=60, start=start, prices=METRES_ONLY), effort=200
    )

    first = int(np.flatnonzero(made.plan.stop == 1)[0])
    nearest = float(np.min(np.hypot(doors.lon - start[0], doors.lat - start[1])))
    assert np.hypot(doors.lon[first] - start[0], doors.lat[first] - start[1]) < nearest + STEP


def test_a_turf_that_is_not_there_cannot_be_locked() -> None:
    lon, lat = street_of(10, 0)
    plan = Plan(np.ones(10, np.int32), np.arange(1, 11, dtype=np.int32))

    with pytest.raises(BadInput, match="no turf 7"):
        cut(
            doors_at(lon, lat),
            grid(4, 2),
            Wishes(doors_each=10),
            previous=plan,
            locked=frozenset({7}),
        )
