"""What of a town is shown round one walk."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from hustings.core.geo import LocalPlane
from hustings.core.walk.around import HOUSES_M, STREETS_M, Around
from hustings.core.walk.network import StreetNetwork

PLANE = LocalPlane(9.52, 47.14)


def degrees(*points: tuple[float, float]) -> list[tuple[float, float]]:
    lon, lat = PLANE.degrees([p[0] for p in points], [p[1] for p in points])
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


def network(*lines: tuple[tuple[float, float], tuple[float, float]]) -> StreetNetwork:
    """Straight streets, each by itself; metres on the plane."""
    ends = degrees(*(point for line in lines for point in line))
    lon, lat = np.array([p[0] for p in ends]), np.array([p[1] for p in ends])
    count = len(lines)
    return StreetNetwork(
        node_lon=lon, node_lat=lat, edge_from=np.arange(0, 2 * count, 2, dtype=np.int32),
        edge_to=np.arange(1, 2 * count, 2, dtype=np.int32),
        edge_length_m=np.array([float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in lines]),
        edge_street=np.arange(count, dtype=np.int32) % 2, edge_kind=np.zeros(count, np.uint8),
        shape_start=np.arange(0, 2 * count + 1, 2), shape_lon=lon, shape_lat=lat,
        street_names=("Mill Lane", "Weir Street"),
    )  # fmt: skip


def here() -> Around:
    """Two doors twenty metres apart."""
    (one, other) = degrees((0, 0), (20, 0))
    return Around([one[0], other[0]], [one[1], other[1]])


def square(x: float, y: float, size: float = 10) -> list[tuple[float, float]]:
    corners = degrees((x, y), (x + size, y), (x + size, y + size), (x, y + size))
    return [*corners, corners[0]]


def test_a_street_is_cut_off_where_it_leaves_the_neighbourhood() -> None:
    (street,) = here().streets(network(((-1000, 5), (1000, 5))))

    length = shapely.length(
        shapely.LineString(np.column_stack(PLANE.metres(*zip(*street.line, strict=True))))
    )
    assert street.name == "Mill Lane"
    assert length == pytest.approx(2 * STREETS_M + 20, abs=2)


def test_a_street_far_away_is_left_out() -> None:
    assert here().streets(network(((-100, 400), (100, 400)))) == []


def test_streets_along_the_way_are_shown_though_no_door_is_near() -> None:
    way = degrees((0, 0), (0, 500))
    far = Around([way[0][0]], [way[0][1]], way)

    assert len(far.streets(network(((-50, 500), (50, 500))))) == 1


def test_houses_near_by_are_shown_and_sheds_and_houses_far_away_are_not() -> None:
    near, shed = [square(0, 5)], [square(30, 5, 3)]
    far = [square(0, HOUSES_M + 15)]

    assert [len(house) for house in here().houses([near, shed, far])] == [1]


def test_a_house_on_the_edge_of_a_tile_is_one_house_whether_whole_twice_or_in_two_pieces() -> None:
    twice = here().houses([[square(0, 5)], [square(0, 5)]])
    left = degrees((0, 5), (6, 5), (6, 15), (0, 15))
    right = degrees((4, 5), (10, 5), (10, 15), (4, 15))
    pieces = here().houses([[[*left, left[0]]], [[*right, right[0]]]])

    assert (len(twice), len(pieces)) == (1, 1)


def test_two_houses_with_one_wall_stay_two() -> None:
    assert len(here().houses([[square(0, 5)], [square(10, 5)]])) == 2


def test_a_courtyard_stays_open() -> None:
    ((_outer, yard),) = here().houses([[square(0, 5, 30), square(10, 15, 10)]])

    assert len(yard) == 5


def test_without_houses_or_streets_there_is_nothing_and_no_error() -> None:
    assert here().houses([]) == []
