"""An invented town as an OpenStreetMap extract, so that it comes in like any real one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import osmium
from osmium.osm.mutable import Node, Way
from scipy.spatial import cKDTree

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.town.town import RAILWAY, RIVER
from hustings.core.walk.network import StreetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hustings.core.town.town import Town

SUFFIXES = (".osm.pbf", ".osm.gz", ".osm")
PARK_AWAY_M = 38.0
"""How far the middle of a park is from every street and house."""


def write_osm(path: Path | str, town: Town) -> None:
    """
    Write a town: streets, bridges and level crossings, river, railway, buildings with addresses, parks.

    Raises
    ------
    BadInput
        When the name does not end in one of :data:`SUFFIXES`, or the file cannot be written.
    """
    path = Path(path)
    if not path.name.endswith(SUFFIXES):
        raise BadInput(f"An extract's name ends in {', '.join(SUFFIXES)}.", where=str(path))
    drawing = _Drawing(town)
    part = path.with_name(f"part-{path.name}")
    try:
        with osmium.SimpleWriter(str(part), overwrite=True) as writer:
            for number, (lon, lat, tags) in enumerate(drawing.points, start=1):
                writer.add_node(Node(id=number, location=(lon, lat), tags=tags, version=1))
            for number, (points, tags) in enumerate(drawing.lines, start=1):
                writer.add_way(Way(id=number, nodes=points, tags=tags, version=1))
        part.replace(path)
    except (OSError, RuntimeError) as error:
        raise BadInput(f"This file cannot be written ({error}).", where=str(path)) from error
    finally:
        part.unlink(missing_ok=True)


class _Drawing:
    """Points and lines of the map; a point's number is its place in ``points``, from 1."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.points: list[tuple[float, float, dict[str, str]]] = []
        self.lines: list[tuple[list[int], dict[str, str]]] = []
        streets = town.streets
        for lon, lat in zip(streets.node_lon.tolist(), streets.node_lat.tolist(), strict=True):
            self.point(lon, lat)
        level_crossings = self._streets()
        self._barriers(level_crossings)
        self._buildings()
        self._parks()
        self._places()

    def point(self, lon: float, lat: float, tags: dict[str, str] | None = None) -> int:
        """A new point's number."""
        self.points.append((lon, lat, tags or {}))
        return len(self.points)

    def _streets(self) -> list[int]:
        """One way an edge; a railway is met at a point that both share. Those points are given back."""
        town, streets = self.town, self.town.streets
        crossings: dict[int, list[tuple[int, float, float]]] = {}
        for edge, what, lon, lat in zip(
            town.crossing_edge.tolist(),
            town.crossing_what.tolist(),
            town.crossing_lon.tolist(),
            town.crossing_lat.tolist(),
            strict=True,
        ):
            crossings.setdefault(edge, []).append((what, lon, lat))
        shared: list[int] = []
        for edge in range(streets.edge_count):
            begin, end = int(streets.shape_start[edge]), int(streets.shape_start[edge + 1])
            inner = [
                (float(streets.shape_lon[at]), float(streets.shape_lat[at]), 0)
                for at in range(begin + 1, end - 1)
            ]
            tags = self._street_tags(edge, len(inner))
            start = (float(streets.shape_lon[begin]), float(streets.shape_lat[begin]))
            for what, lon, lat in crossings.get(edge, ()):
                if what == RIVER:
                    tags |= {"bridge": "yes", "layer": "1"}
                    continue
                number = self.point(lon, lat, {"railway": "level_crossing"})
                shared.append(number)
                place = _leg_of(lon, lat, [start, *[(x, y) for x, y, _ in inner]])
                inner.insert(place, (lon, lat, number))
            numbers = [number or self.point(lon, lat) for lon, lat, number in inner]
            self.lines.append(
                ([int(streets.edge_from[edge]) + 1, *numbers, int(streets.edge_to[edge]) + 1], tags)
            )
        return shared

    def _street_tags(self, edge: int, inner: int) -> dict[str, str]:
        streets = self.town.streets
        if streets.edge_kind[edge] == StreetKind.MAIN:
            kind = "secondary" if inner else "tertiary"
        else:
            kind = "residential"
        return {"highway": kind, "name": streets.street_names[streets.edge_street[edge]]}

    def _barriers(self, level_crossings: list[int]) -> None:
        streets = self.town.streets
        for what, tags in (
            (RIVER, {"waterway": "river", "name": f"River {self.town.places[0]}", "width": "30"}),
            (RAILWAY, {"railway": "rail"}),
        ):
            begin, end = streets.barrier_start[what], streets.barrier_start[what + 1]
            line = [
                (lon, lat, 0)
                for lon, lat in zip(
                    streets.barrier_lon[begin:end].tolist(),
                    streets.barrier_lat[begin:end].tolist(),
                    strict=True,
                )
            ]
            if what == RAILWAY:
                line += [(*self.points[number - 1][:2], number) for number in level_crossings]
                line.sort(key=lambda point: point[1])
            numbers = [number or self.point(lon, lat) for lon, lat, number in line]
            # a way holds 2,000 points at most
            for at in range(0, len(numbers) - 1, 1_900):
                self.lines.append((numbers[at : at + 1_901], dict(tags)))

    def _buildings(self) -> None:
        """A rectangle in line with its neighbours for each building, with its address."""
        town, doors = self.town, self.town.doors
        _, first, units = np.unique(doors.building, return_index=True, return_counts=True)
        floors = np.zeros(int(doors.building.max()) + 1, np.int64)
        np.maximum.at(floors, doors.building, doors.floor)
        plane = LocalPlane.around(doors.lon, doors.lat)
        x, y = plane.metres(doors.lon[first], doors.lat[first])
        east, north = _along_the_street(doors.street[first], doors.house[first], x, y)
        half_long = np.where(units > 1, np.minimum(4.4 + units / 14, 7.0), 3.6)
        half_deep = np.where(units > 1, 5.0, 4.2)
        corners = [
            plane.degrees(
                x + along * half_long * east - deep * half_deep * north,
                y + along * half_long * north + deep * half_deep * east,
            )
            for along, deep in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        for at, door in enumerate(first.tolist()):
            numbers = [self.point(float(lon[at]), float(lat[at])) for lon, lat in corners]
            street, number, _, postcode, _ = town.address(door)
            tags = {
                "building": "apartments" if units[at] > 1 else "house",
                "building:levels": str(
                    int(floors[doors.building[door]]) + (1 if units[at] > 1 else 2)
                ),
                "addr:housenumber": number,
                "addr:street": street,
                "addr:postcode": postcode,
                "addr:city": town.places[town.street_place[doors.street[door]]],
            }
            if units[at] > 1:
                tags["addr:flats"] = f"1-{units[at]}"
            self.lines.append(([*numbers, numbers[0]], tags))

    def _parks(self) -> None:
        """Green where there are neither streets nor houses, within the city."""
        for lon, lat in _park_corners(self.town):
            numbers = [self.point(float(a), float(b)) for a, b in zip(lon, lat, strict=True)]
            self.lines.append(([*numbers, numbers[0]], {"leisure": "park"}))

    def _places(self) -> None:
        town, doors = self.town, self.town.doors
        place = town.street_place[doors.street]
        count = np.bincount(place, minlength=len(town.places))
        lon = np.bincount(place, doors.lon, minlength=len(count)) / np.maximum(count, 1)
        lat = np.bincount(place, doors.lat, minlength=len(count)) / np.maximum(count, 1)
        for at, name in enumerate(town.places):
            if count[at]:
                kind = "town" if at == 0 or count[at] > 500 else "village"
                self.point(float(lon[at]), float(lat[at]), {"place": kind, "name": name})


def _leg_of(lon: float, lat: float, corners: list[tuple[float, float]]) -> int:
    """After how many inner corners a point on the line comes, by distance from the line's beginning."""
    start = corners[0]
    reach = (lon - start[0]) ** 2 + (lat - start[1]) ** 2
    return sum(1 for x, y in corners[1:] if (x - start[0]) ** 2 + (y - start[1]) ** 2 < reach)


def _along_the_street(
    street: NDArray[np.int32],
    house: NDArray[np.int32],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The direction from each building to its neighbour on the same side, length 1."""
    order = np.lexsort((house, house % 2, street))
    key = street[order].astype(np.int64) * 2 + house[order] % 2
    east, north = np.zeros(len(x)), np.zeros(len(x))
    step_x, step_y = np.diff(x[order]), np.diff(y[order])
    same = np.diff(key) == 0
    east[order[:-1]], north[order[:-1]] = np.where(same, step_x, 0), np.where(same, step_y, 0)
    last = np.flatnonzero(np.append(~same, True))
    last = last[last > 0]
    east[order[last]], north[order[last]] = east[order[last - 1]], north[order[last - 1]]
    size = np.hypot(east, north)
    alone = size == 0
    return np.where(alone, 1.0, east / np.where(alone, 1, size)), np.where(
        alone, 0.0, north / np.where(alone, 1, size)
    )


def _park_corners(town: Town) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Eight corners of each park."""
    doors, streets = town.doors, town.streets
    plane = LocalPlane.around(doors.lon, doors.lat)
    taken = np.column_stack(
        plane.metres(
            np.concatenate([doors.lon, streets.shape_lon, streets.barrier_lon]),
            np.concatenate([doors.lat, streets.shape_lat, streets.barrier_lat]),
        )
    )
    tree = cKDTree(taken)
    city = town.street_place[doors.street] == 0
    x, y = plane.metres(doors.lon[city], doors.lat[city])
    if not len(x):
        return
    grid = np.stack(
        np.meshgrid(np.arange(x.min(), x.max(), 30.0), np.arange(y.min(), y.max(), 30.0)), -1
    ).reshape(-1, 2)
    room = tree.query(grid)[0]
    chosen: list[NDArray[np.float64]] = []
    for at in np.argsort(-room, kind="stable"):
        if room[at] < PARK_AWAY_M or len(chosen) >= 3 + len(doors) // 4_000:
            break
        near_city = np.hypot(x - grid[at, 0], y - grid[at, 1]).min() < 90
        if near_city and all(np.hypot(*(grid[at] - other)) > 250 for other in chosen):
            chosen.append(grid[at])
            turn = np.linspace(0, 2 * np.pi, 9)[:-1]
            radius = min(room[at] - 6, 70.0)
            yield plane.degrees(
                grid[at, 0] + radius * np.cos(turn), grid[at, 1] + radius * np.sin(turn)
            )
