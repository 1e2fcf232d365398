"""
The line to walk: from door to door along the streets, as it is drawn on a map.

The cut only needs distances; a person wants to see the way. Each leg goes along the edge when both doors
stand on the same one, otherwise to a junction, along a shortest path, and from a junction: the same
rule as the distances (``ways.py``), so that the line is as long as the numbers say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork

REACH_M = 600.0
"""Streets this far beyond the outermost doors may be part of the way."""
NO_WAY = -9999


def walk_line(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    edge: NDArray[np.int32],
    along_m: NDArray[np.float64],
    streets: StreetNetwork | None,
) -> list[tuple[float, float]]:
    """
    The way past some doors in the order given.

    Parameters
    ----------
    lon, lat
        The doors in walking order, degrees (WGS 84).
    edge, along_m
        Where each stands: edge of the network (-1 where on none) and metres from the edge's start
        (``stops.on_streets``).
    streets
        The network; without one, the way is straight from door to door.

    Returns
    -------
    list
        (lon, lat) pairs, degrees, from the first door to the last; straight where no way is known.
    """
    if streets is None or streets.edge_count == 0 or len(lon) < 2:
        return _thinned([(float(a), float(b)) for a, b in zip(lon, lat, strict=True)])
    near = _Near(streets, lon, lat, edge)
    points = [near.point_on(int(edge[0]), float(along_m[0]), (float(lon[0]), float(lat[0])))]
    for i in range(len(lon) - 1):
        there = (float(lon[i + 1]), float(lat[i + 1]))
        points += near.leg(
            int(edge[i]), float(along_m[i]), int(edge[i + 1]), float(along_m[i + 1]), there
        )
    return _thinned(points)


class _Near:
    """The piece of the network round one walk, with shortest paths from the junctions of its doors."""

    def __init__(
        self,
        streets: StreetNetwork,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        edge: NDArray[np.int32],
    ) -> None:
        self.streets = streets
        degrees = REACH_M / 111_000.0
        wide = degrees / max(0.05, float(np.cos(np.radians(lat.mean()))))
        inside = (
            (streets.node_lon >= lon.min() - wide)
            & (streets.node_lon <= lon.max() + wide)
            & (streets.node_lat >= lat.min() - degrees)
            & (streets.node_lat <= lat.max() + degrees)
        )
        used = edge[edge >= 0]
        inside[streets.edge_from[used]] = True
        inside[streets.edge_to[used]] = True
        nodes = np.flatnonzero(inside)
        self.local = np.full(streets.node_count, -1, np.int64)
        self.local[nodes] = np.arange(len(nodes))
        edges = np.flatnonzero(inside[streets.edge_from] & inside[streets.edge_to])
        # Of two edges between the same junctions only the shorter is ever walked through.
        edges = edges[np.argsort(streets.edge_length_m[edges], kind="stable")]
        a, b = self.local[streets.edge_from[edges]], self.local[streets.edge_to[edges]]
        pair = np.minimum(a, b) * len(nodes) + np.maximum(a, b)
        pair, first = np.unique(pair, return_index=True)
        edges, a, b = edges[first], a[first], b[first]
        self.edge_of = dict(zip(pair.tolist(), edges.tolist(), strict=True))
        self.count = len(nodes)
        length = np.maximum(streets.edge_length_m[edges], 1e-3)
        graph = coo_array(
            (np.concatenate([length, length]), (np.concatenate([a, b]), np.concatenate([b, a]))),
            shape=(len(nodes), len(nodes)),
        ).tocsr()
        ends = np.unique(
            self.local[np.concatenate([streets.edge_from[used], streets.edge_to[used]])]
        )
        self.row = {int(node): row for row, node in enumerate(ends)}
        self.metres, self.before = dijkstra(graph, indices=ends, return_predecessors=True)

    def leg(
        self, edge: int, along: float, edge_to: int, along_to: float, there: tuple[float, float]
    ) -> list[tuple[float, float]]:
        """The points after the first door, up to and with the second."""
        end = self.point_on(edge_to, along_to, there)
        if edge < 0 or edge_to < 0:
            return [end]
        streets = self.streets
        best = abs(along_to - along) if edge == edge_to else np.inf
        by: tuple[int, int] | None = None
        for start in (0, 1):
            for finish in (0, 1):
                a, b = self._end(edge, start), self._end(edge_to, finish)
                metres = (
                    self._to_end(edge, along, start)
                    + float(self.metres[self.row[a], b])
                    + self._to_end(edge_to, along_to, finish)
                )
                if metres < best - 1e-9:
                    best, by = metres, (start, finish)
        if not np.isfinite(best):
            return [end]
        if by is None:
            return [*self._between(edge, along, along_to), end]
        start, finish = by
        length, length_to = (float(streets.edge_length_m[e]) for e in (edge, edge_to))
        points = self._between(edge, along, length if start else 0.0, with_end=True)
        points += self._through(self._end(edge, start), self._end(edge_to, finish))
        points += self._between(edge_to, length_to if finish else 0.0, along_to)
        return [*points, end]

    def _end(self, edge: int, end: int) -> int:
        at = self.streets.edge_to[edge] if end else self.streets.edge_from[edge]
        return int(self.local[at])

    def _to_end(self, edge: int, along: float, end: int) -> float:
        return float(self.streets.edge_length_m[edge]) - along if end else along

    def _through(self, a: int, b: int) -> list[tuple[float, float]]:
        """Points of the shortest path between two junctions, without the first."""
        back = [b]
        while back[-1] != a:
            previous = int(self.before[self.row[a], back[-1]])
            if previous == NO_WAY:
                return []
            back.append(previous)
        path = back[::-1]
        points: list[tuple[float, float]] = []
        for one, other in pairwise(path):
            edge = self.edge_of[min(one, other) * self.count + max(one, other)]
            shape = self._shape(edge)
            if int(self.local[self.streets.edge_from[edge]]) != one:
                shape = shape[::-1]
            points += shape[1:]
        return points

    def _shape(self, edge: int) -> list[tuple[float, float]]:
        part = slice(int(self.streets.shape_start[edge]), int(self.streets.shape_start[edge + 1]))
        return list(
            zip(
                self.streets.shape_lon[part].tolist(),
                self.streets.shape_lat[part].tolist(),
                strict=True,
            )
        )

    def _marks(self, edge: int) -> NDArray[np.float64]:
        """Metres from the edge's start at each point of its line, ending with its length."""
        shape = np.asarray(self._shape(edge))
        flat = np.cos(np.radians(shape[:, 1].mean()))
        steps = np.hypot(np.diff(shape[:, 0]) * flat, np.diff(shape[:, 1]))
        marks = np.concatenate([[0.0], np.cumsum(steps)])
        total = marks[-1] or 1.0
        return np.asarray(marks / total * float(self.streets.edge_length_m[edge]))

    def point_on(
        self, edge: int, along: float, otherwise: tuple[float, float]
    ) -> tuple[float, float]:
        """The place that many metres along an edge; the door's own where it is on none."""
        if edge < 0:
            return otherwise
        marks, shape = self._marks(edge), np.asarray(self._shape(edge))
        return (
            float(np.interp(along, marks, shape[:, 0])),
            float(np.interp(along, marks, shape[:, 1])),
        )

    def _between(
        self, edge: int, start: float, end: float, *, with_end: bool = False
    ) -> list[tuple[float, float]]:
        """The edge's own points between two marks, in the direction of the walk."""
        marks, shape = self._marks(edge), self._shape(edge)
        low, high = min(start, end), max(start, end)
        inner = [p for p, m in zip(shape, marks, strict=True) if low + 1e-6 < m < high - 1e-6]
        if start > end:
            inner.reverse()
        if with_end:
            inner.append(shape[-1] if end > 0 else shape[0])
        return inner


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Rounded to about a decimetre, without standing still."""
    out: list[tuple[float, float]] = []
    for lon, lat in points:
        point = (round(lon, 6), round(lat, 6))
        if not out or out[-1] != point:
            out.append(point)
    return out
