"""Who cuts and who judges share no code, and mean the same piece of street by a door, also at a junction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.geo import LocalPlane
from hustings.core.turf.check_ground import names_on_streets, stand
from hustings.core.turf.gather import gather
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns


@settings(deadline=None, max_examples=100)
@given(towns(least=1), st.integers(0, 2**32 - 1))
def test_a_door_is_on_the_same_edge_for_both(town: tuple[Doors, StreetNetwork], seed: int) -> None:
    doors, streets = town
    chance = np.random.default_rng(seed)
    corner = chance.integers(0, streets.node_count, len(doors))
    at_corner = (chance.random(len(doors)) < 0.5)[doors.building % len(doors)]
    corner = corner[doors.building % len(doors)]
    lon = np.where(at_corner, streets.node_lon[corner], doors.lon)
    lat = np.where(at_corner, streets.node_lat[corner], doors.lat)
    doors = replace(doors, lon=lon, lat=lat)
    plane = LocalPlane.around(doors.lon, doors.lat)

    gathered = gather(doors, streets, Wishes(doors_each=10))
    standing = stand(
        *plane.metres(doors.lon, doors.lat), names_on_streets(doors, streets), streets, plane
    )

    first = gathered.order[gathered.start[:-1]]
    assert gathered.stops.edge.tolist() == standing.edge[first].tolist()
