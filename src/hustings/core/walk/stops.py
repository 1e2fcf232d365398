"""Stops: where on the streets somebody stands to knock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from hustings.core.geo import LocalPlane
from hustings.core.walk.network import MID_BLOCK_CROSSING_M, StreetKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork

REACH_M = 120.0
"""How far a street may be to be looked at by its name; beyond it the nearest street counts."""
OTHER_NAME_M = 60.0
"""A street of another name must be this much nearer than the address's own to be taken."""
FOOTPATH_M = 15.0
"""A footpath must be this much nearer than a street with a carriageway to be taken."""
CHUNK = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """
    Stops on a street network; without one, points on a plane.

    Parameters
    ----------
    x, y
        Metres east and north on the local plane, float64, length n; where the door is.
    edge
        Edge of the network, int32; -1 everywhere without a network.
    along
        Metres from the edge's start, float32.
    side
        1 left of the edge's direction, 0 right of it, int8.
    street
        The street's number, int32, -1 where it has none; the door's own where that is known.
    plane
        The plane of ``x`` and ``y``.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge: NDArray[np.int32]
    along: NDArray[np.float32]
    side: NDArray[np.int8]
    street: NDArray[np.int32]
    plane: LocalPlane

    def __len__(self) -> int:
        return len(self.x)


def on_streets(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    street: NDArray[np.int32],
    street_names: tuple[str, ...],
    streets: StreetNetwork,
) -> Stops:
    """
    Put points onto the streets: onto the street of their address where it is near, else the nearest.

    Parameters
    ----------
    lon, lat
        Degrees, length n.
    street, street_names
        The address's street: index into the names, -1 where not known.
    streets
        The network.
    """
    plane = LocalPlane.around(streets.node_lon, streets.node_lat)
    x, y = plane.metres(lon, lat)
    shape_x, shape_y = plane.metres(streets.shape_lon, streets.shape_lat)
    lines = _lines(shape_x, shape_y, streets.shape_start)
    tree = shapely.STRtree(lines)
    same = _same_names(street_names, streets.street_names)
    edge = np.zeros(len(x), np.int32)
    for begin in range(0, len(x), CHUNK):
        part = slice(begin, begin + CHUNK)
        edge[part] = _edges_for(tree, lines, x[part], y[part], street[part], same, streets)
    points = shapely.points(x, y)
    along = shapely.line_locate_point(lines[edge], points).astype(np.float32)
    along = np.minimum(along, streets.edge_length_m[edge].astype(np.float32))
    own = np.where(street >= 0, street, -1)
    on_edge = streets.edge_street[edge]
    # Doors without a known street get their edge's, numbered after the doors' own names.
    numbered = np.where(own >= 0, own, np.where(on_edge >= 0, on_edge + len(street_names), -1))
    return Stops(
        x, y, edge, along, _side(x, y, lines[edge], along), numbered.astype(np.int32), plane
    )


def on_the_plane(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    street: NDArray[np.int32],
    house: NDArray[np.int32],
) -> Stops:
    """Points on a plane, where there is no street network; odd and even numbers are the two sides."""
    plane = LocalPlane.around(lon, lat)
    x, y = plane.metres(lon, lat)
    count = len(x)
    return Stops(
        x,
        y,
        np.full(count, -1, np.int32),
        np.zeros(count, np.float32),
        np.where(house >= 0, house % 2, 0).astype(np.int8),
        street.astype(np.int32),
        plane,
    )


def crossing_m(streets: StreetNetwork) -> NDArray[np.float32]:
    """Metres that crossing each edge away from a junction is worth."""
    by_kind = np.zeros(256, np.float32)
    for kind, metres in MID_BLOCK_CROSSING_M.items():
        by_kind[kind] = metres
    return by_kind[streets.edge_kind]


def _lines(
    x: NDArray[np.float64], y: NDArray[np.float64], start: NDArray[np.int64]
) -> NDArray[np.object_]:
    lengths = np.diff(start)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    return np.asarray(shapely.linestrings(np.column_stack([x, y]), indices=owner), dtype=object)


def _same_names(names: tuple[str, ...], street_names: tuple[str, ...]) -> NDArray[np.int32]:
    """For each street of the doors the network's street of the same name, -1 where it has none."""
    known = {name.casefold().strip(): number for number, name in enumerate(street_names)}
    found = [known.get(name.casefold().strip(), -1) for name in names]
    return np.array([*found, -1], np.int32)  # the last is for doors without a street


def _edges_for(
    tree: shapely.STRtree,
    lines: NDArray[np.object_],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    street: NDArray[np.int32],
    same: NDArray[np.int32],
    streets: StreetNetwork,
) -> NDArray[np.int32]:
    """The nearest edge of each point, where one of another name, or a footpath, counts as farther."""
    points = np.atleast_1d(np.asarray(shapely.points(x, y)))
    near, all_metres = tree.query_nearest(points, return_distance=True)
    # At a junction several are as near: the first of them, as whoever judges takes it.
    order = np.lexsort((near[1], near[0]))
    first = order[np.unique(near[0][order], return_index=True)[1]]
    edge, metres = near[1][first].astype(np.int32), all_metres[first]
    wanted = same[street]

    def handicap(which: NDArray[np.int64], candidate: NDArray[np.int32]) -> NDArray[np.float64]:
        named = wanted[which]
        stranger = (named >= 0) & (streets.edge_street[candidate] != named)
        footpath = streets.edge_kind[candidate] == StreetKind.FOOT
        return np.asarray(OTHER_NAME_M * stranger + FOOTPATH_M * footpath)

    worse = handicap(np.arange(len(points)), edge)
    astray = np.flatnonzero((worse > 0) & (metres <= REACH_M))
    if astray.size:
        # Nothing farther than the nearest with its handicap can be better.
        reach = np.minimum(metres[astray] + worse[astray], REACH_M)
        which, candidate = tree.query(points[astray], predicate="dwithin", distance=reach)
        cost = shapely.distance(points[astray][which], lines[candidate])
        cost += handicap(astray[which], candidate)
        order = np.lexsort((candidate, cost, which))
        found, first = np.unique(which[order], return_index=True)
        edge[astray[found]] = candidate[order][first]
    return np.asarray(edge)


def _side(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    lines: NDArray[np.object_],
    along: NDArray[np.float32],
) -> NDArray[np.int8]:
    """Which side of the line's direction each point lies on, looking half a metre to either side of its foot."""
    before = shapely.get_coordinates(
        shapely.line_interpolate_point(lines, np.maximum(along - 0.5, 0.0))
    )
    after = shapely.get_coordinates(shapely.line_interpolate_point(lines, along + 0.5))
    direction = after - before
    cross = direction[:, 0] * (y - before[:, 1]) - direction[:, 1] * (x - before[:, 0])
    return (cross > 0).astype(np.int8)
