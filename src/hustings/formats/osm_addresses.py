"""Addresses of an OpenStreetMap extract: points and buildings that carry a house number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
from osmium.osm import Node, Way

from hustings.core.errors import BadInput
from hustings.core.places.match import KnownPlace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def read_addresses(path: Path | str) -> Iterator[KnownPlace]:
    """
    Every numbered address with its place; a building's is the middle of its outline.

    Flats listed on one point (``addr:flats=1-6;8``) are each an address of their own.

    Raises
    ------
    BadInput
        When the file is not a whole extract.
    """
    wanted = osmium.filter.KeyFilter("addr:housenumber", "addr:housename")
    processor = (
        osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(wanted)
    )
    try:
        for thing in processor:
            if isinstance(thing, Node) and thing.location.valid():
                yield from _places(dict(thing.tags), thing.lon, thing.lat)
            elif isinstance(thing, Way):
                points = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
                if len(points) > 1 and points[0] == points[-1]:
                    points = points[:-1]
                if points:
                    lon = sum(point[0] for point in points) / len(points)
                    lat = sum(point[1] for point in points) / len(points)
                    yield from _places(dict(thing.tags), lon, lat)
    except RuntimeError as error:
        raise BadInput(
            f"This is not a whole OpenStreetMap extract ({error}); fetch it again, as .osm.pbf or .osm.gz.",
            where=str(path),
        ) from error


def _places(tags: Mapping[str, str], lon: float, lat: float) -> Iterator[KnownPlace]:
    street = tags.get("addr:street") or tags.get("addr:place") or ""
    postcode = tags.get("addr:postcode", "")
    uprn = tags.get("ref:GB:uprn", "")
    numbers = tags.get("addr:housenumber") or tags.get("addr:housename") or ""
    for number in (part.strip() for part in numbers.replace(",", ";").split(";")):
        if number and street:
            yield KnownPlace(number, street, tags.get("addr:unit", ""), postcode, uprn, lon, lat)
            for flat in _flats(tags.get("addr:flats", "")):
                yield KnownPlace(number, street, flat, postcode, "", lon, lat)


def _flats(text: str) -> Iterator[str]:
    """1-6;8 → 1, 2, 3, 4, 5, 6, 8."""
    for part in (piece.strip() for piece in text.split(";")):
        low, dash, high = part.partition("-")
        if dash and low.isdecimal() and high.isdecimal() and 0 <= int(high) - int(low) <= 2_000:
            yield from (str(flat) for flat in range(int(low), int(high) + 1))
        elif part:
            yield part
