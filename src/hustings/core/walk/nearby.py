"""The piece of a street network round some points, small enough to look through for one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.walk.network import StreetNetwork

if TYPE_CHECKING:
    from numpy.typing import NDArray

METRES_A_DEGREE = 111_195.0


def nearby(
    streets: StreetNetwork,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    reach_m: float,
) -> StreetNetwork | None:
    """
    The edges with an end in the box round the points; None where there is none.

    Parameters
    ----------
    reach_m
        How far beyond the outermost points the box goes. Barriers are left out: nothing here looks at them.
    """
    up = reach_m / METRES_A_DEGREE
    across = up / max(0.05, float(np.cos(np.radians(lat.mean()))))
    inside = (
        (streets.node_lon >= lon.min() - across)
        & (streets.node_lon <= lon.max() + across)
        & (streets.node_lat >= lat.min() - up)
        & (streets.node_lat <= lat.max() + up)
    )
    edges = np.flatnonzero(inside[streets.edge_from] | inside[streets.edge_to])
    if not len(edges):
        return None
    nodes, ends = np.unique(
        np.concatenate([streets.edge_from[edges], streets.edge_to[edges]]), return_inverse=True
    )
    begin, end = streets.shape_start[edges], streets.shape_start[edges + 1]
    start = np.concatenate([[0], np.cumsum(end - begin)]).astype(np.int64)
    points = np.arange(start[-1]) + np.repeat(begin - start[:-1], end - begin)
    street = streets.edge_street[edges]
    named, own = np.unique(street[street >= 0], return_inverse=True)
    numbered = np.full(len(street), -1, np.int32)
    numbered[street >= 0] = own
    return StreetNetwork(
        node_lon=streets.node_lon[nodes],
        node_lat=streets.node_lat[nodes],
        edge_from=ends[: len(edges)].astype(np.int32),
        edge_to=ends[len(edges) :].astype(np.int32),
        edge_length_m=streets.edge_length_m[edges],
        edge_street=numbered,
        edge_kind=streets.edge_kind[edges],
        shape_start=start,
        shape_lon=streets.shape_lon[points],
        shape_lat=streets.shape_lat[points],
        street_names=tuple(streets.street_names[name] for name in named.tolist()),
    )
