"""Walks that hang together."""

from __future__ import annotations

import numpy as np

from hustings.core.town.generate import generate_town
from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.connect import connect, pieces_of
from hustings.core.turf.cut import cut
from hustings.core.turf.gather import gather
from hustings.core.turf.problem import METRES_ONLY, Wishes
from hustings.core.walk.ways import nearest, ways_between
from tests.core.laws.strategies import STEP, doors_at, grid

ONE_STREET = Wishes(doors_each=4, prices=METRES_ONLY, cross_districts=True)


def test_every_walk_of_a_town_hangs_together() -> None:
    town = generate_town(2_000, 3)

    made = cut(
        town.doors, town.streets, Wishes(doors_each=60, cross_districts=True), effort="first"
    )
    report = check_plan(
        town.doors, made.plan, Asked(doors_each=60, cross_districts=True), streets=town.streets
    )

    assert report.connected == 1.0


def test_a_walk_on_both_ends_of_a_street_of_others_is_two_pieces() -> None:
    # Six doors on one side of a street and six facing them; the first walk has both ends.
    along = np.linspace(0.0001, STEP - 0.0001, 6)
    lon = np.concatenate([along, along])
    lat = np.concatenate([np.full(6, 51.0001), np.full(6, 50.9999)])
    streets = grid(2, 1)
    gathered = gather(doors_at(lon, lat), streets, ONE_STREET)
    ways = ways_between(gathered.stops, streets, 1_500.0)
    ends = np.array([0, 6, 5, 11])
    middle = np.array([1, 2, 3, 4, 10, 9, 8, 7])

    parts = pieces_of(ways, streets, [ends, middle], np.array([0, 1]))
    walks, broken = connect(
        ways, streets, nearest(ways, 8)[0], [ends, middle], np.ones(12), 0.0, np.full(2, 1.0), np.full(2, 8.0),
        np.zeros(12, np.int32),
    )  # fmt: skip

    assert sorted(sorted(part.tolist()) for part in parts[0]) == [[0, 6], [5, 11]]
    assert len(parts[1]) == 1
    assert len(broken) == 0
    assert sorted(np.concatenate(walks).tolist()) == list(range(12))
