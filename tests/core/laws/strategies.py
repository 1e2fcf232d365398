"""Small towns of any shape, for the laws of cutting."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hustings.core.turf.problem import Doors
from hustings.core.walk.network import StreetNetwork

STEP = 0.001
"""Degrees between two junctions of the grid: some 70 to 110 metres."""


def grid(columns: int, rows: int) -> StreetNetwork:
    """A grid of streets, one name a row or column."""
    lon = np.tile(np.arange(columns) * STEP, rows)
    lat = np.repeat(51 + np.arange(rows) * STEP, columns)
    number = np.arange(columns * rows).reshape(rows, columns)
    along = (number[:, :-1].ravel(), number[:, 1:].ravel(), np.repeat(np.arange(rows), columns - 1))
    across = (
        number[:-1].ravel(), number[1:].ravel(), rows + np.tile(np.arange(columns), rows - 1),
    )  # fmt: skip
    edge_from, edge_to, street = (np.concatenate(pair) for pair in zip(along, across, strict=True))
    edges = len(edge_from)
    ends = np.column_stack([edge_from, edge_to]).ravel()
    vertical = lon[edge_from] == lon[edge_to]
    return StreetNetwork(
        node_lon=lon,
        node_lat=lat,
        edge_from=edge_from.astype(np.int32),
        edge_to=edge_to.astype(np.int32),
        edge_length_m=np.where(vertical, 111.2, 70.0),
        edge_street=street.astype(np.int32),
        edge_kind=np.zeros(edges, np.uint8),
        shape_start=np.arange(0, 2 * edges + 1, 2, dtype=np.int64),
        shape_lon=lon[ends],
        shape_lat=lat[ends],
        street_names=tuple(f"Street {n}" for n in range(rows + columns)),
    )


def doors_at(
    lon: np.ndarray,
    lat: np.ndarray,
    *,
    street: np.ndarray | None = None,
    building: np.ndarray | None = None,
    floor: np.ndarray | None = None,
    staircase: np.ndarray | None = None,
    district: np.ndarray | None = None,
    names: int = 0,
) -> Doors:
    """Doors with what is given, and nothing known of the rest."""
    count = len(lon)
    return Doors(
        lon=np.asarray(lon, float),
        lat=np.asarray(lat, float),
        street=np.full(count, -1, np.int32) if street is None else street.astype(np.int32),
        street_names=tuple(f"Street {n}" for n in range(names)),
        house=np.arange(1, count + 1, dtype=np.int32),
        building=np.arange(count, dtype=np.int32)
        if building is None
        else building.astype(np.int32),
        floor=np.zeros(count, np.int16) if floor is None else floor.astype(np.int16),
        staircase=np.zeros(count, np.int16) if staircase is None else staircase.astype(np.int16),
        people=np.full(count, 2, np.int16),
        district=np.zeros(count, np.int32) if district is None else district.astype(np.int32),
    )


@st.composite
def towns(draw: st.DrawFn, least: int = 0, most: int = 60) -> tuple[Doors, StreetNetwork]:
    """A grid, and doors anywhere on and round it: flats, farms, several at one point."""
    columns, rows = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    streets = grid(columns, rows)
    count = draw(st.integers(least, most))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    lon = random.uniform(-STEP, columns * STEP, count)
    lat = 51 + random.uniform(-STEP, rows * STEP, count)
    building = np.sort(random.integers(0, max(1, count), count))
    lon, lat = lon[building], lat[building]
    street = random.integers(-1, rows + columns, count)[building]
    district = random.integers(0, draw(st.integers(1, 3)), count)[building]
    return (
        doors_at(
            lon, lat, street=street, building=building, floor=random.integers(0, 4, count),
            staircase=random.integers(0, 3, count), district=district, names=rows + columns,
        ),
        streets,
    )  # fmt: skip
