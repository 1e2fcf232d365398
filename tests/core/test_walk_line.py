"""The line to walk follows the streets."""

from __future__ import annotations

import numpy as np

from hustings.core.walk.line import walk_line
from hustings.core.walk.network import StreetNetwork

STEP = 0.001  # degrees; about 111 m at the equator
SIDE = 3


def a_grid() -> StreetNetwork:
    """Three by three junctions; edges east (0…5) row by row, then north (6…11)."""
    lon = np.tile(np.arange(SIDE) * STEP, SIDE)
    lat = np.repeat(np.arange(SIDE) * STEP, SIDE)
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    ends = np.column_stack([start, end]).ravel()
    count = len(start)
    return StreetNetwork(
        node_lon=lon,
        node_lat=lat,
        edge_from=start.astype(np.int32),
        edge_to=end.astype(np.int32),
        edge_length_m=np.full(count, 111.0),
        edge_street=np.full(count, -1, np.int32),
        edge_kind=np.zeros(count, np.uint8),
        shape_start=np.arange(0, 2 * count + 1, 2, dtype=np.int64),
        shape_lon=lon[ends],
        shape_lat=lat[ends],
        street_names=(),
    )


def line(
    stops: list[tuple[int, float]], streets: StreetNetwork | None
) -> list[tuple[float, float]]:
    lon = np.array([0.0005 + 0.0001 * i for i in range(len(stops))])
    return walk_line(
        lon,
        np.zeros(len(stops)),
        np.array([edge for edge, _along in stops], np.int32),
        np.array([along for _edge, along in stops]),
        streets,
    )


def length_m(points: list[tuple[float, float]]) -> float:
    steps = np.diff(np.array(points), axis=0)
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum() / STEP * 111.0)


def test_two_doors_of_one_edge_are_joined_along_it() -> None:
    assert line([(0, 11.1), (0, 88.8)], a_grid()) == [(0.0001, 0.0), (0.0008, 0.0)]


def test_a_corner_is_walked_round_and_not_cut() -> None:
    # From the first street eastwards to the street that goes north from its end.
    points = line([(0, 55.5), (7, 55.5)], a_grid())

    assert points == [(0.0005, 0.0), (0.001, 0.0), (0.001, 0.0005)]


def test_the_way_between_far_doors_is_a_shortest_one() -> None:
    # From the middle of the south-west edge to the middle of the north-east edge.
    points = line([(0, 55.5), (5, 55.5)], a_grid())

    assert abs(length_m(points) - (55.5 + 222.0 + 55.5)) < 1.0
    assert all(min(abs(c % STEP), STEP - abs(c % STEP)) < 1e-9 for p in points[1:-1] for c in p)


def test_without_streets_the_way_is_straight() -> None:
    assert line([(-1, 0.0), (-1, 0.0)], None) == [(0.0005, 0.0), (0.0006, 0.0)]


def test_a_door_on_no_edge_is_joined_straight() -> None:
    points = line([(0, 55.5), (-1, 0.0)], a_grid())

    assert points == [(0.0005, 0.0), (0.0006, 0.0)]


def test_standing_still_adds_nothing() -> None:
    assert len(line([(0, 55.5), (0, 55.5), (0, 55.5)], a_grid())) == 1
