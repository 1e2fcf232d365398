"""A good plan of an invented town, spoilt in one place, is found out each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hustings.core.town.generate import generate_town
from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.plan import Plan

if TYPE_CHECKING:
    from hustings.core.town.town import Town


def _street_by_street(town: Town) -> Plan:
    """Every street of every district is a walk by itself, along its edges, one side and then the other."""
    doors = town.doors
    order = np.lexsort((town.unit, doors.house, doors.house % 2, doors.district, doors.street))
    turf = np.zeros(len(doors), np.int32)
    stop = np.zeros(len(doors), np.int32)
    street = doors.street[order].astype(np.int64) * 10_000 + doors.district[order]
    new = np.concatenate([[True], np.diff(street) != 0])
    turf[order] = np.cumsum(new)
    stop[order] = np.arange(len(order)) - np.flatnonzero(new)[np.cumsum(new) - 1] + 1
    return Plan(turf, stop)


@pytest.fixture(scope="module")
def town() -> Town:
    return generate_town(1500, 11)


@pytest.fixture(scope="module")
def good(town: Town) -> Plan:
    return _street_by_street(town)


def test_walks_street_by_street_are_good_and_split_nothing(town: Town, good: Plan) -> None:
    report = check_plan(town.doors, good, Asked(doors_each=400), streets=town.streets)

    assert report.good, report.broken
    assert report.short_streets_whole == 1.0
    assert report.street_changes == 0
    assert report.no_way == 0
    assert report.connected == 1.0


@pytest.mark.parametrize("seed", range(8))
def test_a_door_given_to_another_walk_is_found(town: Town, good: Plan, seed: int) -> None:
    rng = np.random.default_rng(seed)
    big = np.flatnonzero(np.bincount(good.turf)[good.turf] > 8)
    middle = big[(good.stop[big] > 2)]
    door = int(rng.choice(middle))
    turf = good.turf.copy()
    turf[door] = int(rng.choice(turf[turf != turf[door]]))

    report = check_plan(
        town.doors, Plan(turf, good.stop), Asked(doors_each=400), streets=town.streets
    )

    assert "stops-in-order" in {broken.law for broken in report.broken}
    assert report.streets_split == 1


@pytest.mark.parametrize("seed", range(5))
def test_two_doors_exchanged_between_far_walks_are_found(town: Town, good: Plan, seed: int) -> None:
    rng = np.random.default_rng(seed)
    inner = np.flatnonzero((good.stop > 4) & (town.unit == 0))
    a = int(rng.choice(inner))
    apart = np.abs(town.doors.lat[inner] - town.doors.lat[a]) > 0.002
    b = int(rng.choice(inner[apart]))
    turf, stop = good.turf.copy(), good.stop.copy()
    turf[[a, b]], stop[[a, b]] = turf[[b, a]], stop[[b, a]]
    before = check_plan(town.doors, good, Asked(doors_each=400), streets=town.streets)

    report = check_plan(town.doors, Plan(turf, stop), Asked(doors_each=400), streets=town.streets)

    assert "connected" in {broken.law for broken in report.broken}
    assert report.walk_m > before.walk_m + 300
    assert report.streets_split == 2


def test_the_order_of_a_walk_reversed_is_as_long_and_shuffled_is_longer(
    town: Town, good: Plan
) -> None:
    size = np.bincount(good.turf)[good.turf]
    rng = np.random.default_rng(3)
    shuffled = good.stop.copy()
    for turf in np.unique(good.turf):
        own = np.flatnonzero(good.turf == turf)
        shuffled[own] = rng.permutation(good.stop[own])

    def walked(stop: np.ndarray) -> float:
        plan = Plan(good.turf, stop.astype(np.int32))
        return check_plan(town.doors, plan, streets=town.streets).walk_m

    straight = walked(good.stop)
    assert walked(size + 1 - good.stop) == pytest.approx(straight, rel=1e-6)
    assert walked(shuffled) > 3 * straight
