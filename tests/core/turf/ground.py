"""
A village to count by hand.

Metres east and north of one point. Mill Lane runs from (0, 0) by the junction (100, 0) to (200, 0); High
Street, a main road, goes north from there to (200, 100). North of Mill Lane is its left side.
"""

from __future__ import annotations

import numpy as np

from hustings.core.geo import LocalPlane
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Doors
from hustings.core.walk.network import StreetKind, StreetNetwork

PLANE = LocalPlane(0.0, 51.0)
NODES = np.array([(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (200.0, 100.0)])
STREETS = ("Mill Lane", "High Street")
Door = tuple[float, float, int]
"""Metres east, metres north, street."""


def village(
    barrier: list[tuple[float, float]] | None = None,
    edges: tuple[tuple[int, int, int, StreetKind], ...] = (
        (0, 1, 0, StreetKind.SIDE),
        (1, 2, 0, StreetKind.SIDE),
        (2, 3, 1, StreetKind.MAIN),
    ),
    nodes: np.ndarray = NODES,
) -> StreetNetwork:
    ends = np.array([(a, b) for a, b, _, _ in edges], np.int32)
    lon, lat = PLANE.degrees(nodes[:, 0], nodes[:, 1])
    line = np.array(barrier or [], float).reshape(-1, 2)
    barrier_lon, barrier_lat = PLANE.degrees(line[:, 0], line[:, 1])
    return StreetNetwork(
        node_lon=lon,
        node_lat=lat,
        edge_from=ends[:, 0].copy(),
        edge_to=ends[:, 1].copy(),
        edge_length_m=np.hypot(*(nodes[ends[:, 0]] - nodes[ends[:, 1]]).T),
        edge_street=np.array([s for _, _, s, _ in edges], np.int32),
        edge_kind=np.array([k for _, _, _, k in edges], np.uint8),
        shape_start=np.arange(0, 2 * len(edges) + 1, 2, dtype=np.int64),
        shape_lon=lon[ends].ravel(),
        shape_lat=lat[ends].ravel(),
        street_names=STREETS,
        barrier_start=np.array([0, len(line)] if barrier else [0], np.int64),
        barrier_lon=barrier_lon,
        barrier_lat=barrier_lat,
    )


def doors_at(
    *places: Door,
    building: list[int] | None = None,
    floor: list[int] | None = None,
    district: list[int] | None = None,
    house: list[int] | None = None,
) -> Doors:
    count = len(places)
    lon, lat = PLANE.degrees([x for x, _, _ in places], [y for _, y, _ in places])
    return Doors(
        lon=lon,
        lat=lat,
        street=np.array([s for _, _, s in places], np.int32),
        street_names=STREETS,
        house=np.array(house or [-1] * count, np.int32),
        building=np.array(building or range(count), np.int32),
        floor=np.array(floor or [0] * count, np.int16),
        staircase=np.zeros(count, np.int16),
        people=np.ones(count, np.int16),
        district=np.array(district or [-1] * count, np.int32),
    )


def plan_of(*turf: int, stop: list[int] | None = None) -> Plan:
    """Turf of each door; stops in the order of the doors unless given."""
    numbers = np.array(turf, np.int32)
    if stop is None:
        stop = [int((numbers[: i + 1] == t).sum()) for i, t in enumerate(turf)]
    return Plan(numbers, np.array(stop, np.int32))
