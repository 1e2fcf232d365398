"""
Every distance of a patch in one table, by the walking model of ``core/walk/ways.py``.

Between stops on one edge it is the metres along it, and the crossing to the other side; otherwise it is to a
junction, along shortest streets, and from a junction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from hustings.core.walk.stops import crossing_m, on_streets

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.stops import Stops

FAR_FACTOR, FAR_EXTRA_M = 1.6, 900.0
"""Where no street leads."""
PLANE_FACTOR, OTHER_SIDE_M, OTHER_STREET_M = 1.3, 15.0, 30.0
"""Where there is no map."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """
    Distances and prices between the stops of a patch.

    Parameters
    ----------
    metres
        Between every two stops.
    price
        The same with what a change of street and a crossing are worth, in metres; the last but one row and
        column are the start, the last ones the open end, which costs nothing.
    approach
        Metres from the start.
    minutes_at, doors_at
        Of each stop.
    pace
        Metres a minute.
    apart
        How far two beginnings should be from one another, in metres.
    across
        Whether districts may be crossed.
    """

    metres: NDArray[np.float64]
    price: NDArray[np.float64]
    approach: NDArray[np.float64]
    minutes_at: NDArray[np.float64]
    doors_at: NDArray[np.float64]
    pace: float
    apart: float
    across: bool

    def line(self, walk: list[int]) -> NDArray[np.int64]:
        """A walk with the start before it and the open end after it."""
        count = len(self.approach)
        return np.array([count, *walk, count + 1], np.int64)

    def may_follow(self, gathered: Gathered, first: int) -> NDArray[np.bool_]:
        """The stops that may be in a walk with this one."""
        if self.across:
            return np.ones(len(self.approach), bool)
        return np.asarray(gathered.district == gathered.district[first])


def table_of(gathered: Gathered, streets: StreetNetwork | None, wishes: Wishes) -> Table:
    """The table of a patch's stops; ``streets`` are only those round it."""
    stops, pace, prices = gathered.stops, wishes.pace.metres_per_minute, wishes.prices
    count = len(stops)
    start = _start(stops, streets, wishes)
    x, y = (
        np.append(own, start_own) for own, start_own in ((stops.x, start[0]), (stops.y, start[1]))
    )
    straight = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    other_street = stops.street[:, None] != stops.street[None, :]
    if streets is None:
        metres = PLANE_FACTOR * straight
        side = stops.side[:, None] != stops.side[None, :]
        metres[:count, :count] += np.where(
            other_street, OTHER_STREET_M, np.where(side, OTHER_SIDE_M, 0.0)
        )
        crossed = np.zeros((count, count), bool)
    else:
        edge, along = np.append(stops.edge, start[2]), np.append(stops.along, start[3])
        side = np.append(stops.side, 0)
        metres, same = _on_foot(edge, along.astype(np.float64), side, streets, straight)
        crossed = same[:count, :count] & (stops.side[:, None] != stops.side[None, :])
    np.fill_diagonal(metres, 0.0)
    price = np.zeros((count + 2, count + 2))
    price[:count, :count] = (
        metres[:count, :count]
        + prices.street_change * pace * other_street
        + prices.mid_block_crossing * pace * crossed
    )
    approach = metres[count, :count] if wishes.start is not None else np.zeros(count)
    price[count, :count] = price[:count, count] = approach
    return Table(
        metres=metres[:count, :count],
        price=price,
        approach=approach,
        minutes_at=gathered.minutes_at,
        doors_at=gathered.doors_at.astype(np.float64),
        pace=pace,
        apart=40.0,
        across=wishes.cross_districts,
    )


def _start(
    stops: Stops, streets: StreetNetwork | None, wishes: Wishes
) -> tuple[float, float, int, float]:
    """Where the start is: metres on the plane, and edge and metres along it; any place where there is none."""
    if wishes.start is None:
        edge = int(stops.edge[0])
        return float(stops.x[0]), float(stops.y[0]), edge, float(stops.along[0])
    lon, lat = np.array([wishes.start[0]]), np.array([wishes.start[1]])
    x, y = stops.plane.metres(lon, lat)
    if streets is None:
        return float(x[0]), float(y[0]), -1, 0.0
    here = on_streets(lon, lat, np.array([-1], np.int32), (), streets)
    return float(x[0]), float(y[0]), int(here.edge[0]), float(here.along[0])


def _on_foot(
    edge: NDArray[np.int32],
    along: NDArray[np.float64],
    side: NDArray[np.int8],
    streets: StreetNetwork,
    straight: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Metres between every two things on the streets, and whether the way stays on one edge."""
    ends = np.stack([streets.edge_from[edge], streets.edge_to[edge]])
    to_end = np.stack([along, np.maximum(streets.edge_length_m[edge] - along, 0.0)])
    nodes, at = np.unique(ends, return_inverse=True)
    at = at.reshape(ends.shape)
    between = dijkstra(_graph(streets), indices=nodes)[:, nodes]
    shortest = np.full(straight.shape, np.inf)
    for a in (0, 1):
        for b in (0, 1):
            way = between[np.ix_(at[a], at[b])] + to_end[a][:, None] + to_end[b][None, :]
            np.minimum(shortest, way, out=shortest)
    same = edge[:, None] == edge[None, :]
    crossing = crossing_m(streets)[edge].astype(np.float64)
    direct = np.abs(along[:, None] - along[None, :])
    direct += np.where(side[:, None] != side[None, :], crossing[:, None], 0.0)
    stays = same & (direct <= shortest)
    metres = np.where(stays, direct, shortest)
    lost = ~np.isfinite(metres)
    metres[lost] = FAR_FACTOR * straight[lost] + FAR_EXTRA_M
    return metres, stays


def _graph(streets: StreetNetwork) -> csr_array[np.float64]:
    """Junctions and the shortest street between each two that have one."""
    a, b = streets.edge_from.astype(np.int64), streets.edge_to.astype(np.int64)
    low, high = np.minimum(a, b), np.maximum(a, b)
    length = np.maximum(streets.edge_length_m, 1e-3)
    order = np.lexsort((length, low * streets.node_count + high))
    pair, first = np.unique((low * streets.node_count + high)[order], return_index=True)
    kept = length[order][first]
    ends = (pair // streets.node_count, pair % streets.node_count)
    rows, columns = np.concatenate(ends), np.concatenate(ends[::-1])
    return coo_array(
        (np.concatenate([kept, kept]), (rows, columns)),
        shape=(streets.node_count, streets.node_count),
    ).tocsr()
