"""
The judge's own ground: where doors stand on the streets, and how far it is from one to the next.

Written without looking at the code that cuts; shapely and scipy do the work, nothing is approximated.

The walking model. A door belongs to an edge (a piece of street between two junctions), a place along it
and a side. Between two doors of one edge one walks along it, and to the other side pays the crossing of
its kind of street (``MID_BLOCK_CROSSING_M``), unless going round by a junction, where crossing is free,
is shorter. Between edges one goes to a junction, along shortest streets, and from a junction. Where no
street leads, 1.6 times the straight line and 900 m are counted, and such legs are reported.

Without streets: the straight line along one street, and 15 m more when the numbers say that the doors
face each other; 1.3 times the straight line from street to street.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from hustings.core.geo import LocalPlane
from hustings.core.walk.network import MID_BLOCK_CROSSING_M, StreetKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.problem import Doors
    from hustings.core.walk.network import StreetNetwork

REACH_M = 120.0
"""How far from its street a door may stand and still be looked up by the street's name."""
WRONG_NAME_M, FOOTPATH_M = 60.0, 15.0
"""How many metres nearer a street of another name, or a footpath, must be to be taken instead."""
ROUND_ABOUT, NO_WAY_M = 1.6, 900.0
OTHER_STREET, FACING_M = 1.3, 15.0
LIMITS_M = (1_000.0, 4_000.0, 16_000.0, np.inf)
"""Shortest ways are sought so far at first, and only what is not found further."""
CELLS_AT_ONCE = 24_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """
    Where things stand on the streets; one entry a thing.

    ``edge`` is the index of the edge, ``along`` metres from its beginning, ``left`` the side of it.
    """

    edge: NDArray[np.int64]
    along: NDArray[np.float64]
    left: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Ways from one door to the next: metres, crossed mid-block, no street leads there."""

    metres: NDArray[np.float64]
    mid_block: NDArray[np.bool_]
    no_way: NDArray[np.bool_]


def stand(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    names: NDArray[np.int64],
    streets: StreetNetwork,
    plane: LocalPlane,
) -> Standing:
    """
    Put points on their streets: the nearest edge, its own street by name preferred.

    ``names`` holds the index of each point's street in ``streets.street_names``, -1 where the streets
    do not know it.
    """
    shape_x, shape_y = plane.metres(streets.shape_lon, streets.shape_lat)
    edge_of_point = np.repeat(np.arange(streets.edge_count), np.diff(streets.shape_start))
    lines: NDArray[np.object_] = np.asarray(
        shapely.linestrings(np.column_stack([shape_x, shape_y]), indices=edge_of_point)
    )
    tree = shapely.STRtree(lines)
    # points that share place and name (flats, doors of one postcode) are looked up once
    key, first, back = np.unique(
        np.column_stack([x, y, names]), axis=0, return_index=True, return_inverse=True
    )
    points: NDArray[np.object_] = np.asarray(shapely.points(key[:, :2]))
    edge = np.full(len(points), -1, np.int64)
    for begin in range(0, len(points), 50_000):
        some = points[begin : begin + 50_000]
        at, near = tree.query(some, predicate="dwithin", distance=REACH_M)
        cost = shapely.distance(some[at], lines[near])
        wanted = names[first[begin + at]]
        cost += WRONG_NAME_M * ((wanted >= 0) & (streets.edge_street[near] != wanted))
        cost += FOOTPATH_M * (streets.edge_kind[near] == StreetKind.FOOT)
        order = np.lexsort((near, cost, at))
        best = order[np.concatenate([[True], np.diff(at[order]) > 0])] if len(order) else order
        edge[begin + at[best]] = near[best]
    far = np.flatnonzero(edge < 0)
    if len(far):
        at, near = tree.query_nearest(points[far])
        for door, candidate in zip(at[::-1], near[::-1], strict=True):
            edge[far[door]] = candidate if edge[far[door]] < 0 else min(edge[far[door]], candidate)
    along = shapely.line_locate_point(lines[edge], points)
    before = shapely.line_interpolate_point(lines[edge], np.maximum(along - 1.0, 0.0))
    after = shapely.line_interpolate_point(lines[edge], along + 1.0)
    step_x, step_y = (
        shapely.get_x(after) - shapely.get_x(before),
        shapely.get_y(after) - shapely.get_y(before),
    )
    off_x, off_y = key[:, 0] - shapely.get_x(before), key[:, 1] - shapely.get_y(before)
    left = step_x * off_y - step_y * off_x > 0
    # lengths of the file and lengths on this plane differ by a hair; the file's count
    on_plane = shapely.length(lines[edge])
    along = along * streets.edge_length_m[edge] / np.maximum(on_plane, 1e-9)
    back = back.ravel()
    return Standing(edge[back], along[back], left[back])


def names_on_streets(doors: Doors, streets: StreetNetwork) -> NDArray[np.int64]:
    """For each door the index of its street's name among the streets' names, -1 where unknown."""
    plain = {_plain(name): at for at, name in enumerate(streets.street_names)}
    table = np.array([plain.get(_plain(name), -1) for name in doors.street_names] + [-1], np.int64)
    return np.asarray(table[doors.street])


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def legs_on_streets(
    a: Standing, b: Standing, streets: StreetNetwork, straight: NDArray[np.float64]
) -> Legs:
    """
    The walking distance from each ``a`` to its ``b``.

    ``straight`` is the straight line in metres, used where no street leads.
    """
    length = streets.edge_length_m
    same = a.edge == b.edge
    other_side = same & (a.left != b.left)
    price = np.array([MID_BLOCK_CROSSING_M[StreetKind(kind)] for kind in range(len(StreetKind))])
    kind = streets.edge_kind[a.edge]
    direct = np.where(
        same, np.abs(a.along - b.along) + np.where(other_side, price[kind], 0.0), np.inf
    )
    tails = [(streets.edge_from[s.edge], s.along) for s in (a, b)]
    heads = [(streets.edge_to[s.edge], length[s.edge] - s.along) for s in (a, b)]
    ends = [(from_a, from_b) for from_a in (tails[0], heads[0]) for from_b in (tails[1], heads[1])]
    # along one edge the streets elsewhere matter only if they can be a short cut between its ends
    bend = length[a.edge] - straight_between_ends(streets)[a.edge]
    need = ~same | (bend > 0.5)
    between = junction_distances(
        streets,
        np.concatenate([u[need] for (u, _), _ in ends]),
        np.concatenate([v[need] for _, (v, _) in ends]),
    ).reshape(4, -1)
    # of the same edge: back to the end that is left, 0 m, or to the other by the edge itself
    round_about = np.tile(np.where(same, length[a.edge], np.inf), (4, 1))
    round_about[:, same] = np.where(
        np.array([u[same] == v[same] for (u, _), (v, _) in ends]), 0.0, round_about[:, same]
    )
    round_about[:, need] = between
    for row, ((_, to_u), (_, from_v)) in enumerate(ends):
        round_about[row] += to_u + from_v
    by_junction = round_about.min(axis=0)
    metres = np.minimum(direct, by_junction)
    no_way = ~np.isfinite(metres)
    metres = np.where(no_way, ROUND_ABOUT * straight + NO_WAY_M, metres)
    mid_block = other_side & (direct <= by_junction) & (kind != StreetKind.FOOT)
    return Legs(metres, mid_block, no_way)


def straight_between_ends(streets: StreetNetwork) -> NDArray[np.float64]:
    """Metres from end to end of each edge as the crow flies."""
    x, y = LocalPlane.around(streets.node_lon, streets.node_lat).metres(
        streets.node_lon, streets.node_lat
    )
    a, b = streets.edge_from, streets.edge_to
    return np.asarray(np.hypot(x[a] - x[b], y[a] - y[b]))


def junction_distances(
    streets: StreetNetwork, u: NDArray[np.int32], v: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Shortest metres between junctions u[i] and v[i]; infinite where there is no way."""
    graph = _graph(streets)
    low, high = np.minimum(u, v).astype(np.int64), np.maximum(u, v).astype(np.int64)
    pairs, back = np.unique(low * streets.node_count + high, return_inverse=True)
    low, high = pairs // streets.node_count, pairs % streets.node_count
    found = np.where(low == high, 0.0, np.inf)
    for limit in LIMITS_M:
        open_ = np.flatnonzero(~np.isfinite(found))
        sources, begin = np.unique(low[open_], return_index=True)
        ends = np.append(begin[1:], len(open_))
        at_once = max(1, CELLS_AT_ONCE // max(streets.node_count, 1))
        for first in range(0, len(sources), at_once):
            some = sources[first : first + at_once]
            table = dijkstra(graph, directed=False, indices=some, limit=limit)
            rows = open_[begin[first] : ends[min(first + at_once, len(sources)) - 1]]
            found[rows] = table[np.searchsorted(some, low[rows]), high[rows]]
    return np.asarray(found[back.ravel()])


def _graph(streets: StreetNetwork) -> csr_matrix:
    """The shortest of parallel edges each, as a matrix that scipy takes."""
    low = np.minimum(streets.edge_from, streets.edge_to)
    high = np.maximum(streets.edge_from, streets.edge_to)
    order = np.lexsort((streets.edge_length_m, high, low))
    order = order[low[order] != high[order]]
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    order = order[new]
    # a length of 0 would read as "no edge"
    metres = np.maximum(streets.edge_length_m[order], 1e-6)
    size = streets.node_count
    return csr_matrix((metres, (low[order], high[order])), shape=(size, size))


def legs_without_streets(
    doors: Doors, a: NDArray[np.int64], b: NDArray[np.int64], straight: NDArray[np.float64]
) -> Legs:
    """The walking distance from door a[i] to door b[i] as far as addresses tell."""
    one_street = (doors.street[a] == doors.street[b]) & (doors.street[a] >= 0)
    known = (doors.house[a] > 0) & (doors.house[b] > 0)
    facing = one_street & known & (doors.house[a] % 2 != doors.house[b] % 2)
    metres = np.where(one_street, straight + FACING_M * facing, OTHER_STREET * straight)
    return Legs(metres, facing, np.zeros(len(a), bool))
