"""The ground round one walk: what of the streets and houses somebody on it needs to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from hustings.core.geo import LocalPlane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from hustings.core.walk.network import StreetNetwork

STREETS_M = 130.0
"""Streets this far from a door or from the way are shown, so that the way there can be found."""
HOUSES_M = 45.0
LEAST_HOUSE_M2 = 12.0
"""Sheds and bicycle stores help nobody to find a door."""
SIMPLER_M = 0.4
"""A corner that moves less than this is not worth its bytes."""

SHARED_M2 = 0.5
"""Ground that two outlines have in common by no rounding alone."""

Line = list[tuple[float, float]]
"""Degrees (WGS 84), lon and lat."""


@dataclass(frozen=True, slots=True)
class Street:
    """A piece of street: its name (empty where it has none), its kind, and its line."""

    name: str
    kind: int
    line: Line


class Around:
    """
    What lies near some doors and the way past them.

    Parameters
    ----------
    lon, lat
        The doors that have a place, degrees; at least one.
    route
        The way from the first to the last, as (lon, lat).
    """

    def __init__(
        self,
        lon: Sequence[float],
        lat: Sequence[float],
        route: Sequence[tuple[float, float]] = (),
    ) -> None:
        self.plane = LocalPlane.around(lon, lat)
        x, y = self.plane.metres(lon, lat)
        shape: shapely.Geometry = shapely.MultiPoint(np.column_stack([x, y]))
        if len(route) > 1:
            way = np.column_stack(self.plane.metres([p[0] for p in route], [p[1] for p in route]))
            shape = shapely.union(shape, shapely.LineString(way))
        self._for_streets = shapely.buffer(shape, STREETS_M, quad_segs=4)
        self._for_houses = shapely.buffer(shape, HOUSES_M, quad_segs=4)

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of where houses are shown, in degrees."""
        west, south, east, north = shapely.bounds(self._for_houses).tolist()
        lon, lat = self.plane.degrees([west, east], [south, north])
        return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])

    def streets(self, network: StreetNetwork) -> list[Street]:
        """The pieces of street near by, cut off where they leave the neighbourhood."""
        if network.edge_count == 0:
            return []
        x, y = self.plane.metres(network.shape_lon, network.shape_lat)
        begin, end = network.shape_start[:-1], network.shape_start[1:]
        west, south, east, north = shapely.bounds(self._for_streets)
        near = np.flatnonzero(
            (np.minimum.reduceat(x, begin) <= east)
            & (np.maximum.reduceat(x, begin) >= west)
            & (np.minimum.reduceat(y, begin) <= north)
            & (np.maximum.reduceat(y, begin) >= south)
        )
        found: list[Street] = []
        for edge in near:
            part = slice(int(begin[edge]), int(end[edge]))
            line = shapely.LineString(np.column_stack([x[part], y[part]]))
            name = int(network.edge_street[edge])
            found += [
                Street(
                    network.street_names[name] if name >= 0 else "",
                    int(network.edge_kind[edge]),
                    self._degrees(piece),
                )
                for piece in _lines(
                    shapely.simplify(shapely.intersection(line, self._for_streets), SIMPLER_M)
                )
            ]
        return found

    def houses(self, outlines: Iterable[Sequence[Line]]) -> list[list[Line]]:
        """Those of these outlines that stand near by, nearest first, each with its courtyards after it."""
        shapes = []
        for rings in outlines:
            metres = [
                np.column_stack(self.plane.metres([p[0] for p in ring], [p[1] for p in ring]))
                for ring in rings
            ]
            shapes.append(shapely.make_valid(shapely.Polygon(metres[0], metres[1:])))
        together = _mended(shapes)
        shapely.prepare(self._for_houses)
        kept = [
            house
            for house in together
            if shapely.intersects(self._for_houses, house) and shapely.area(house) >= LEAST_HOUSE_M2
        ]
        middle = shapely.centroid(self._for_houses)
        kept.sort(key=lambda house: (shapely.distance(house, middle), house.wkt))
        return [
            [self._degrees(ring) for ring in (simple.exterior, *simple.interiors)]
            for house in kept
            for simple in _polygons(shapely.simplify(house, SIMPLER_M))
        ]

    def _degrees(self, line: shapely.Geometry) -> Line:
        points: NDArray[np.float64] = shapely.get_coordinates(line)
        lon, lat = self.plane.degrees(points[:, 0], points[:, 1])
        return list(zip(lon.tolist(), lat.tolist(), strict=True))


def _mended(shapes: Sequence[shapely.Geometry]) -> list[shapely.Polygon]:
    """A house on a tile's edge comes once for each tile, whole or in part: what covers the same ground is one."""
    if not shapes:
        return []
    pieces = np.asarray(shapes, dtype=object)
    one, other = shapely.STRtree(pieces).query(pieces, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(pieces[one], pieces[other])) > SHARED_M2
    torn = np.zeros(len(pieces), bool)
    torn[one[shared]] = torn[other[shared]] = True
    return [
        polygon
        for shape in (*pieces[~torn], shapely.union_all(pieces[torn]))
        for polygon in _polygons(shape)
    ]


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return [part for part in _parts(shape) if isinstance(part, shapely.Polygon)]


def _lines(shape: shapely.Geometry) -> list[shapely.LineString]:
    return [part for part in _parts(shape) if isinstance(part, shapely.LineString)]


def _parts(shape: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(shape).tolist() if not part.is_empty]
