"""
How far it is on foot: the street distances that ordering and cutting look up.

Between stops on one edge and side it is the metres along it; on the other side the crossing comes on top,
or the way round by a junction where that is shorter. Otherwise it is to a junction, along shortest paths,
and from a junction; crossing at a junction is free. Shortest paths are tabled from every junction to all
within a radius, and from a lonely one further, to its hundreds nearest; a pair is known when either tabled
it, so that there is as far as back. Beyond that the distance is 1.6 times the straight line and 900 metres
more, and no less than the table reaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit
from scipy.spatial import cKDTree

from hustings.core.walk.stops import Stops, crossing_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork

FAR_FACTOR = 1.6
FAR_EXTRA_M = 900.0
LONELY_TOGETHER, LONELY_MOST, LONELY_RADIUS_M = 3_000_000, 1_000, 20_000.0
"""Junctions that are tabled at least, even where they are far apart: shared by all, for each, and how far."""
PLANE_FACTOR = 1.3
"""Without streets: how much longer than the straight line a walk is taken to be."""
OTHER_SIDE_M = 15.0
"""Without streets: crossing between odd and even numbers of one street."""
OTHER_STREET_M = 30.0
"""Without streets: going on to another street."""


class Ways(NamedTuple):
    """Everything :func:`stop_metres` looks at; plain arrays, so that kernels can take it whole."""

    edge: NDArray[np.int32]
    along: NDArray[np.float32]
    side: NDArray[np.int8]
    street: NDArray[np.int32]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge_from: NDArray[np.int32]
    edge_to: NDArray[np.int32]
    length: NDArray[np.float32]
    crossing: NDArray[np.float32]
    row: NDArray[np.int64]
    column: NDArray[np.int32]
    metres: NDArray[np.float32]
    reach: NDArray[np.float32]


def ways_between(
    stops: Stops,
    streets: StreetNetwork | None,
    radius_m: float,
    lonely_most: int = LONELY_MOST,
) -> Ways:
    """
    Table the distances that a cut needs.

    Parameters
    ----------
    radius_m
        How far shortest paths are tabled, but for lonely junctions. More costs memory, less makes long legs
        inexact.
    lonely_most
        Junctions that are tabled from each at least, at the most so many.
    """
    if streets is None or streets.edge_count == 0:
        none = np.zeros(0, np.float32)
        return Ways(
            stops.edge, stops.along, stops.side, stops.street, stops.x, stops.y,
            np.zeros(0, np.int32), np.zeros(0, np.int32), none, none,
            np.zeros(1, np.int64), np.zeros(0, np.int32), none, none,
        )  # fmt: skip
    start, to, metres = _neighbours(streets)
    wanted = np.zeros(streets.node_count, np.bool_)  # only junctions beside which somebody knocks
    wanted[streets.edge_from[stops.edge]] = True
    wanted[streets.edge_to[stops.edge]] = True
    at_least = min(lonely_most, LONELY_TOGETHER // max(1, int(wanted.sum())))
    row, column, table, reach = _table(
        start, to, metres, radius_m, at_least, LONELY_RADIUS_M, wanted
    )
    return Ways(
        stops.edge, stops.along, stops.side, stops.street, stops.x, stops.y,
        streets.edge_from, streets.edge_to, streets.edge_length_m.astype(np.float32),
        crossing_m(streets), row, column, table, reach,
    )  # fmt: skip


def _neighbours(
    streets: StreetNetwork,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Each junction's edges: where they begin in the two arrays, where they lead, how long they are."""
    ends = np.concatenate([streets.edge_from, streets.edge_to])
    others = np.concatenate([streets.edge_to, streets.edge_from])
    lengths = np.concatenate([streets.edge_length_m, streets.edge_length_m]).astype(np.float32)
    order = np.argsort(ends, kind="stable")
    start = np.zeros(streets.node_count + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=streets.node_count), out=start[1:])
    return start, others[order].astype(np.int32), lengths[order]


@njit(cache=True)
def _table(start, to, metres, radius, at_least, furthest, wanted):  # type: ignore[no-untyped-def]  # compiled
    nodes = len(start) - 1
    row = np.zeros(nodes + 1, np.int64)
    capacity = max(64, nodes * 24)
    column = np.empty(capacity, np.int32)
    table = np.empty(capacity, np.float32)
    best = np.full(nodes, np.inf, np.float32)
    heap_metres = np.empty(1024, np.float32)
    heap_node = np.empty(1024, np.int32)
    touched = np.empty(nodes, np.int32)
    reach = np.full(nodes, np.inf, np.float32)
    filled = 0
    for source in range(nodes):
        if not wanted[source]:
            row[source + 1] = filled
            continue
        size, reached = 1, 1
        known, certain, all_seen = 0, radius, True
        heap_metres[0], heap_node[0] = 0.0, source
        best[source] = 0.0
        touched[0] = source
        while size > 0:
            here_metres, here = heap_metres[0], heap_node[0]
            size -= 1
            last_metres, last = heap_metres[size], heap_node[size]
            hole = 0
            while True:
                child = 2 * hole + 1
                if child >= size:
                    break
                if child + 1 < size and heap_metres[child + 1] < heap_metres[child]:
                    child += 1
                if heap_metres[child] >= last_metres:
                    break
                heap_metres[hole], heap_node[hole] = heap_metres[child], heap_node[child]
                hole = child
            heap_metres[hole], heap_node[hole] = last_metres, last
            if here_metres > best[here]:
                continue
            if here_metres > radius:
                if known >= at_least:
                    all_seen = False
                    break
                certain = here_metres
            if wanted[here]:
                known += 1
            limit = radius if known >= at_least else furthest
            for at in range(start[here], start[here + 1]):
                there, there_metres = to[at], here_metres + metres[at]
                if there_metres >= best[there]:
                    continue
                if there_metres > limit:
                    all_seen = False
                    continue
                if best[there] == np.inf:
                    touched[reached] = there
                    reached += 1
                best[there] = there_metres
                if size == len(heap_metres):
                    heap_metres = np.concatenate((heap_metres, np.empty(size, np.float32)))
                    heap_node = np.concatenate((heap_node, np.empty(size, np.int32)))
                hole = size
                size += 1
                while hole > 0:
                    parent = (hole - 1) // 2
                    if heap_metres[parent] <= there_metres:
                        break
                    heap_metres[hole], heap_node[hole] = heap_metres[parent], heap_node[parent]
                    hole = parent
                heap_metres[hole], heap_node[hole] = there_metres, there
        if filled + reached > capacity:
            capacity = max(2 * capacity, filled + reached)
            more = np.empty(capacity, np.int32)
            more[:filled] = column[:filled]
            column = more
            more_metres = np.empty(capacity, np.float32)
            more_metres[:filled] = table[:filled]
            table = more_metres
        if not all_seen:
            reach[source] = certain
        found = np.sort(touched[:reached])
        for at in range(reached):
            if wanted[found[at]] and best[found[at]] <= certain:
                column[filled] = found[at]
                table[filled] = best[found[at]]
                filled += 1
            best[found[at]] = np.inf
        row[source + 1] = filled
    return row, column[:filled].copy(), table[:filled].copy(), reach


@njit(cache=True)
def junction_metres(ways, a, b):  # type: ignore[no-untyped-def]  # compiled
    """Metres between two junctions; infinite where neither tabled the other."""
    if a == b:
        return np.float32(0.0)
    metres = _tabled(ways, a, b)
    return metres if metres < np.inf else _tabled(ways, b, a)


@njit(cache=True)
def _tabled(ways, a, b):  # type: ignore[no-untyped-def]  # compiled
    low, high = ways.row[a], ways.row[a + 1]
    while low < high:
        middle = (low + high) >> 1
        if ways.column[middle] < b:
            low = middle + 1
        else:
            high = middle
    if low < ways.row[a + 1] and ways.column[low] == b:
        return ways.metres[low]
    return np.float32(np.inf)


@njit(cache=True)
def stop_metres(ways, i, j):  # type: ignore[no-untyped-def]  # compiled
    """Metres on foot between two stops."""
    straight = np.hypot(ways.x[i] - ways.x[j], ways.y[i] - ways.y[j])
    e, f = ways.edge[i], ways.edge[j]
    if e < 0:
        metres = PLANE_FACTOR * straight
        if ways.street[i] != ways.street[j]:
            metres += OTHER_STREET_M
        elif ways.side[i] != ways.side[j]:
            metres += OTHER_SIDE_M
        return np.float32(metres)
    best = np.float32(np.inf)
    if e == f:
        best = abs(ways.along[i] - ways.along[j])
        if ways.side[i] != ways.side[j]:
            best += ways.crossing[e]
    for a in range(2):
        from_node = ways.edge_from[e] if a == 0 else ways.edge_to[e]
        from_metres = ways.along[i] if a == 0 else ways.length[e] - ways.along[i]
        if from_metres >= best:
            continue
        for b in range(2):
            to_node = ways.edge_from[f] if b == 0 else ways.edge_to[f]
            to_metres = ways.along[j] if b == 0 else ways.length[f] - ways.along[j]
            if from_metres + to_metres >= best:
                continue
            between = from_metres + junction_metres(ways, from_node, to_node) + to_metres
            best = min(best, between)
    if best == np.inf:
        best = np.float32(FAR_FACTOR * straight + FAR_EXTRA_M)
        for edge in (e, f):
            # Infinite where all that can be reached was tabled: then there is no way.
            reach = min(ways.reach[ways.edge_from[edge]], ways.reach[ways.edge_to[edge]])
            if reach < np.inf:
                best = max(best, reach)
    return best


@njit(cache=True)
def _metres_to_candidates(ways, candidate):  # type: ignore[no-untyped-def]  # compiled
    count, width = candidate.shape
    metres = np.empty((count, width), np.float32)
    for i in range(count):
        for k in range(width):
            j = candidate[i, k]
            metres[i, k] = np.inf if j == i or j >= count else stop_metres(ways, i, j)
    return metres


def nearest(ways: Ways, how_many: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """
    The nearest stops on foot of each stop, among twice as many that are nearest by air.

    Returns
    -------
    tuple
        Stops (n × k, int32; the stop itself where there are fewer) and metres (n × k, float32; infinite
        there), nearest first.
    """
    count = len(ways.x)
    wide = min(count, 2 * how_many + 1)
    points = np.column_stack([ways.x, ways.y])
    candidate = np.asarray(cKDTree(points).query(points, k=wide)[1], dtype=np.int32).reshape(
        count, -1
    )
    metres = _metres_to_candidates(ways, candidate)
    order = np.argsort(metres, axis=1, kind="stable")[:, :how_many]
    near = np.take_along_axis(candidate, order, axis=1)
    near_metres = np.take_along_axis(metres, order, axis=1)
    own = np.arange(count, dtype=np.int32)[:, None]
    return np.where(np.isfinite(near_metres), near, own).astype(np.int32), near_metres
