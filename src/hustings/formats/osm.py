"""
The walkable streets of an OpenStreetMap extract (``.osm.pbf``, ``.osm.gz``, ``.osm``).

Data © OpenStreetMap contributors, ODbL 1.0. Clipped extracts are ordinary: a way whose points are partly
missing is used as far as it goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import osmium
from osmium.osm import Way

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.walk.network import StreetKind, StreetNetwork
from hustings.formats.osm_pieces import joined_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from osmium.osm import NodeRef

CREDIT = "© OpenStreetMap contributors"

MAIN = {
    "primary",
    "secondary",
    "tertiary",
    "primary_link",
    "secondary_link",
    "tertiary_link",
    "trunk",
    "trunk_link",
}
SIDE = {
    "residential",
    "unclassified",
    "living_street",
    "service",
    "road",
    "track",
    "cycleway",
    "bridleway",
}
FOOT = {"footway", "path", "pedestrian", "steps", "corridor"}
NEVER = {
    "motorway",
    "motorway_link",
    "construction",
    "proposed",
    "raceway",
    "bus_guideway",
    "platform",
}
ON_FOOT = {"yes", "designated", "permissive", "destination"}
NOT_ON_FOOT = {"no", "private", "use_sidepath"}
RAILS = {"rail", "light_rail", "subway", "narrow_gauge"}
WATERWAYS = {"river", "canal"}


def is_walkable(tags: Mapping[str, str]) -> bool:
    """
    Whether somebody on foot may use the way.

    Motorways never; trunk roads only where people are said to walk; pavements and marked crossings that
    are mapped beside their carriageway are left out, since the carriageway stands for them.
    """
    highway = tags.get("highway", "")
    foot = tags.get("foot", "")
    if highway in NEVER or foot in NOT_ON_FOOT or tags.get("area") == "yes":
        return False
    if tags.get("footway") in {"sidewalk", "crossing", "traffic_island"}:
        return False
    if tags.get("indoor") == "yes" or tags.get("tunnel") == "building_passage_private":
        return False
    if highway in {"trunk", "trunk_link"}:
        return foot in ON_FOOT or tags.get("sidewalk", "no") not in {"no", "none"}
    if tags.get("access") in {"no", "private"}:
        return foot in ON_FOOT
    if highway == "service" and tags.get("service") in {"parking_aisle", "drive-through"}:
        return False
    return highway in MAIN | SIDE | FOOT


def kind_of(tags: Mapping[str, str]) -> StreetKind:
    """What the way is to a walker."""
    highway = tags.get("highway", "")
    if highway in MAIN:
        return StreetKind.MAIN
    return StreetKind.FOOT if highway in FOOT else StreetKind.SIDE


def is_barrier(tags: Mapping[str, str]) -> bool:
    """Whether nobody walks across the line except where a street does."""
    if tags.get("tunnel") in {"yes", "culvert"} or int(_whole(tags.get("layer", "0"))) < 0:
        return False
    return (
        tags.get("railway") in RAILS
        or tags.get("waterway") in WATERWAYS
        or tags.get("natural") == "water"
        or tags.get("waterway") == "riverbank"
        or tags.get("highway") in {"motorway", "motorway_link"}
    )


def _whole(text: str) -> int:
    try:
        return int(text.split(";")[0].split(".")[0])
    except ValueError:
        return 0


@dataclass(slots=True)
class _Ways:
    """What is gathered on the way through the file."""

    nodes: list[list[int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    barriers: list[list[tuple[float, float]]] = field(default_factory=list)
    where: dict[int, tuple[float, float]] = field(default_factory=dict)


def read_streets(
    path: Path | str, *, box: tuple[float, float, float, float] | None = None
) -> StreetNetwork:
    """
    The walkable streets of an extract.

    Parameters
    ----------
    path
        ``.osm.pbf``, ``.osm.gz`` or ``.osm``.
    box
        West, south, east, north in degrees: only ways with a point inside are kept.

    Raises
    ------
    BadInput
        When the file is not an OpenStreetMap extract, is cut off, or holds no street.
    """
    ways = _gather(str(path), box)
    if not ways.nodes:
        raise BadInput(
            "There is no walkable street in this extract; take one that covers the town.",
            where=str(path),
        )
    return joined_up(_network(ways))


def _gather(path: str, box: tuple[float, float, float, float] | None) -> _Ways:
    ways = _Ways()
    try:
        for thing in _ways_of(path):
            tags = dict(thing.tags)
            walkable = is_walkable(tags)
            if not walkable and not is_barrier(tags):
                continue
            for piece in _pieces(thing.nodes, box):
                if walkable:
                    ways.nodes.append([ref for ref, _lon, _lat in piece])
                    ways.names.append(tags.get("name", ""))
                    ways.kinds.append(int(kind_of(tags)))
                    ways.where.update((ref, (lon, lat)) for ref, lon, lat in piece)
                else:
                    ways.barriers.append([(lon, lat) for _ref, lon, lat in piece])
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise BadInput(
            f"This is not a whole OpenStreetMap extract ({error}); fetch it again, as .osm.pbf or .osm.gz.",
            where=path,
        ) from error
    return ways


def _ways_of(path: str) -> Iterator[Way]:
    """Only the ways that could matter, with the places of their points."""
    streets_and_barriers = osmium.filter.KeyFilter("highway", "railway", "waterway", "natural")
    streets_and_barriers.enable_for(osmium.osm.WAY)
    no_bare_points = osmium.filter.EmptyTagFilter()
    no_bare_points.enable_for(osmium.osm.NODE)
    processor = (
        osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(no_bare_points)
        .with_filter(streets_and_barriers)
    )
    for thing in processor:
        if isinstance(thing, Way):
            yield thing


def _pieces(
    nodes: Iterable[NodeRef], box: tuple[float, float, float, float] | None
) -> list[list[tuple[int, float, float]]]:
    """The runs of a way whose points are all there (extracts cut ways at their border)."""
    pieces: list[list[tuple[int, float, float]]] = [[]]
    for node in nodes:
        if node.location.valid():
            pieces[-1].append((node.ref, node.lon, node.lat))
        elif pieces[-1]:
            pieces.append([])
    whole = [piece for piece in pieces if len(piece) > 1]
    if box is None:
        return whole
    west, south, east, north = box
    return [
        piece
        for piece in whole
        if any(west <= lon <= east and south <= lat <= north for _ref, lon, lat in piece)
    ]


def _network(ways: _Ways) -> StreetNetwork:
    """Junctions where ways meet or end; edges between them with their lines."""
    used: dict[int, int] = {}
    for nodes in ways.nodes:
        for ref in nodes:
            used[ref] = used.get(ref, 0) + 1
        # both ends are junctions, and so is a point that a closed way passes twice
        used[nodes[0]] += 1
        used[nodes[-1]] += 1
    junction: dict[int, int] = {}
    name_index: dict[str, int] = {}
    edge_from: list[int] = []
    edge_to: list[int] = []
    edge_street: list[int] = []
    edge_kind: list[int] = []
    shape_start = [0]
    shape: list[tuple[float, float]] = []
    for nodes, name, kind in zip(ways.nodes, ways.names, ways.kinds, strict=True):
        street = name_index.setdefault(name, len(name_index)) if name else -1
        begin = 0
        for at in range(1, len(nodes)):
            if used[nodes[at]] < 2:
                continue
            a = junction.setdefault(nodes[begin], len(junction))
            b = junction.setdefault(nodes[at], len(junction))
            line = [ways.where[ref] for ref in nodes[begin : at + 1]]
            begin = at
            if a == b and len(line) < 3:
                continue
            edge_from.append(a)
            edge_to.append(b)
            edge_street.append(street)
            edge_kind.append(kind)
            shape.extend(line)
            shape_start.append(len(shape))
    points = np.array(shape, dtype=np.float64).reshape(-1, 2)
    node_points = np.array([ways.where[ref] for ref in junction], dtype=np.float64).reshape(-1, 2)
    start = np.array(shape_start, dtype=np.int64)
    barrier_points = np.array(
        [point for line in ways.barriers for point in line], dtype=np.float64
    ).reshape(-1, 2)
    return StreetNetwork(
        node_lon=node_points[:, 0].copy(),
        node_lat=node_points[:, 1].copy(),
        edge_from=np.array(edge_from, dtype=np.int32),
        edge_to=np.array(edge_to, dtype=np.int32),
        edge_length_m=_lengths(points, start),
        edge_street=np.array(edge_street, dtype=np.int32),
        edge_kind=np.array(edge_kind, dtype=np.uint8),
        shape_start=start,
        shape_lon=points[:, 0].copy(),
        shape_lat=points[:, 1].copy(),
        street_names=tuple(name_index),
        barrier_start=np.cumsum([0, *(len(line) for line in ways.barriers)]).astype(np.int64),
        barrier_lon=barrier_points[:, 0].copy(),
        barrier_lat=barrier_points[:, 1].copy(),
    )


def _lengths(points: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Metres along each line."""
    plane = LocalPlane.around(points[:, 0], points[:, 1])
    x, y = plane.metres(points[:, 0], points[:, 1])
    step = np.hypot(np.diff(x), np.diff(y))
    along = np.concatenate([[0.0], np.cumsum(step)])
    return np.asarray(along[start[1:] - 1] - along[start[:-1]])
