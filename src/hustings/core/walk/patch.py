"""A piece of a street network: the streets round some doors, so that a question about a few walks is a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.walk.network import StreetNetwork

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEGREE_M = 111_195.0
"""Metres of a degree of latitude."""


def patch_of(
    streets: StreetNetwork,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    margin_m: float,
) -> StreetNetwork:
    """
    The streets within ``margin_m`` of the box round some points; all of them where none are so near.

    Junctions, edges and names are numbered anew. An edge is in it when both its ends are.
    """
    high = margin_m / DEGREE_M
    wide = high / max(0.05, float(np.cos(np.radians(lat.mean())))) if len(lat) else high
    inside = np.zeros(streets.node_count, bool)
    if len(lon):
        inside = (
            (streets.node_lon >= lon.min() - wide) & (streets.node_lon <= lon.max() + wide)
            & (streets.node_lat >= lat.min() - high) & (streets.node_lat <= lat.max() + high)
        )  # fmt: skip
    edges = np.flatnonzero(inside[streets.edge_from] & inside[streets.edge_to])
    if not len(edges):
        return streets
    nodes = np.flatnonzero(inside)
    local = np.full(streets.node_count, -1, np.int32)
    local[nodes] = np.arange(len(nodes), dtype=np.int32)
    shape, shape_start = _lines(streets.shape_start, edges)
    named = streets.edge_street[edges]
    names = np.unique(named[named >= 0])
    number = np.full(len(streets.street_names) + 1, -1, np.int32)
    number[names] = np.arange(len(names), dtype=np.int32)
    barriers = _barriers_inside(streets, lon, lat, wide, high)
    fence, fence_start = _lines(streets.barrier_start, barriers)
    return StreetNetwork(
        node_lon=streets.node_lon[nodes],
        node_lat=streets.node_lat[nodes],
        edge_from=local[streets.edge_from[edges]],
        edge_to=local[streets.edge_to[edges]],
        edge_length_m=streets.edge_length_m[edges],
        edge_street=number[named],
        edge_kind=streets.edge_kind[edges],
        shape_start=shape_start,
        shape_lon=streets.shape_lon[shape],
        shape_lat=streets.shape_lat[shape],
        street_names=tuple(streets.street_names[name] for name in names.tolist()),
        barrier_start=fence_start,
        barrier_lon=streets.barrier_lon[fence],
        barrier_lat=streets.barrier_lat[fence],
    )


def _lines(
    start: NDArray[np.int64], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the points of some lines are, and where each line begins among them."""
    lengths = np.diff(start)[chosen]
    begins = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    points = np.repeat(start[:-1][chosen] - begins[:-1], lengths) + np.arange(int(begins[-1]))
    return points.astype(np.int64), begins


def _barriers_inside(
    streets: StreetNetwork,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    wide: float,
    high: float,
) -> NDArray[np.int64]:
    """Barriers whose own box meets the box."""
    lines = len(streets.barrier_start) - 1
    if not lines or not len(lon):
        return np.zeros(0, np.int64)
    begin = streets.barrier_start[:-1]
    west, east = (
        way.reduceat(streets.barrier_lon, begin) for way in (np.minimum, np.maximum)
    )  # fmt: skip
    south, north = (way.reduceat(streets.barrier_lat, begin) for way in (np.minimum, np.maximum))
    return np.flatnonzero(
        (west <= lon.max() + wide) & (east >= lon.min() - wide)
        & (south <= lat.max() + high) & (north >= lat.min() - high)
    )  # fmt: skip
