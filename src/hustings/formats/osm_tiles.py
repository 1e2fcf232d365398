"""The map's own tiles out of an OpenStreetMap extract, as one PMTiles file: no outside service, no key."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import osmium
from osmium.osm import Area, Node, Way

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LAYERS = ("ground", "water", "buildings", "streets", "rails", "numbers", "names")
GREEN = {"park", "garden", "pitch", "golf_course", "nature_reserve", "common", "recreation_ground"}
LAND = {
    "grass",
    "meadow",
    "forest",
    "cemetery",
    "recreation_ground",
    "village_green",
    "allotments",
    "farmland",
}
PLACES = {"city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood"}
MAIN = {"motorway", "trunk", "primary", "secondary", "tertiary"}
WALKS = {"footway", "path", "steps", "pedestrian", "cycleway", "bridleway", "track"}
MOST_ZOOM = 16


def can_make_tiles() -> bool:
    """Whether the program that makes tiles is here (it is not on every system)."""
    return _program() is not None


def make_tiles(extract: Path, tiles: Path) -> None:
    """
    Write the tiles of an extract, all zooms from the county to the door.

    Raises
    ------
    BadInput
        When the extract cannot be read, or there is nothing on it to draw.
    """
    program = _program()
    if program is None:
        raise BadInput(
            "The program that draws the map (tippecanoe) is not on this system; walks work by list without it.",
            where=str(extract),
        )
    tiles.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=tiles.parent) as folder:
        drawn = _write_layers(extract, Path(folder))
        if not drawn:
            raise BadInput("There is nothing on this extract to draw.", where=str(extract))
        new = Path(folder) / "new.pmtiles"
        made = subprocess.run(  # noqa: S603  # the wheel's program
            [
                program, "-o", str(new), "-q", "-f", "-Z8", f"-z{MOST_ZOOM}", "--drop-densest-as-needed",
                "--no-tile-size-limit", "--no-feature-limit", "--no-progress-indicator",
                *(f"-L{layer}:{Path(folder) / layer}.geojsonl" for layer in drawn),
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode or not new.exists():
            raise BadInput(
                f"The map could not be drawn: {made.stderr.strip()[-300:]}", where=str(extract)
            )
        shutil.move(new, tiles)


def _program() -> str | None:
    beside = Path(sys.executable).with_name("tippecanoe")
    return str(beside) if beside.exists() else shutil.which("tippecanoe")


def _write_layers(extract: Path, folder: Path) -> list[str]:
    with contextlib.ExitStack() as stack:
        files = {
            layer: stack.enter_context((folder / f"{layer}.geojsonl").open("w", encoding="utf-8"))
            for layer in LAYERS
        }
        drawn = set()
        try:
            for layer, shape, words, least_zoom in _features(extract):
                feature = {
                    "type": "Feature",
                    "geometry": shape,
                    "properties": words,
                    "tippecanoe": {"minzoom": least_zoom},
                }
                files[layer].write(json.dumps(feature, separators=(",", ":")) + "\n")
                drawn.add(layer)
        except RuntimeError as error:
            raise BadInput(
                f"This is not a whole OpenStreetMap extract ({error}); fetch it again.",
                where=str(extract),
            ) from error
    return [layer for layer in LAYERS if layer in drawn]


def _features(extract: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, Any], int]]:
    """Layer, GeoJSON geometry, words, and the zoom from which it is drawn."""
    geojson = osmium.geom.GeoJSONFactory()
    wanted = osmium.filter.KeyFilter(
        "highway",
        "railway",
        "waterway",
        "natural",
        "building",
        "landuse",
        "leisure",
        "place",
        "addr:housenumber",
    )
    for thing in osmium.FileProcessor(str(extract)).with_areas(wanted).with_filter(wanted):
        tags = dict(thing.tags) if isinstance(thing, Node | Way | Area) else {}
        # Clipped extracts hold outlines of which points are missing; they are left out one by one.
        with contextlib.suppress(RuntimeError, osmium.InvalidLocationError):
            if isinstance(thing, Node):
                if "addr:housenumber" in tags:
                    yield (
                        "numbers",
                        json.loads(geojson.create_point(thing)),
                        {"n": tags["addr:housenumber"]},
                        16,
                    )
                elif tags.get("place") in PLACES and "name" in tags:
                    yield (
                        "names",
                        json.loads(geojson.create_point(thing)),
                        {"name": tags["name"], "kind": tags["place"]},
                        9,
                    )
            elif isinstance(thing, Way):
                if found := _line(tags):
                    layer, words, zoom = found
                    yield layer, json.loads(geojson.create_linestring(thing)), words, zoom
            elif isinstance(thing, Area) and (found := _area(tags)):
                layer, words, zoom = found
                yield layer, json.loads(geojson.create_multipolygon(thing)), words, zoom


def _line(tags: Mapping[str, str]) -> tuple[str, dict[str, Any], int] | None:
    highway = tags.get("highway", "").removesuffix("_link")
    if highway and tags.get("area") != "yes":
        kind = "main" if highway in MAIN else "walk" if highway in WALKS else "side"
        if highway in {"construction", "proposed", "platform", "corridor"}:
            return None
        words = {"kind": kind, "class": highway}
        if "name" in tags:
            words["name"] = tags["name"]
        return "streets", words, {"main": 8, "side": 12, "walk": 14}[kind]
    if (
        tags.get("railway") in {"rail", "light_rail", "tram", "subway", "narrow_gauge"}
        and tags.get("tunnel") != "yes"
    ):
        return "rails", {"kind": tags["railway"]}, 11
    if tags.get("waterway") in {"river", "canal", "stream"} and tags.get("tunnel") not in {
        "yes",
        "culvert",
    }:
        return "water", {"kind": tags["waterway"], "name": tags.get("name", "")}, 9
    return None


def _area(tags: Mapping[str, str]) -> tuple[str, dict[str, Any], int] | None:
    if "building" in tags:
        words = {"n": tags["addr:housenumber"]} if "addr:housenumber" in tags else {}
        return "buildings", words, 13
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
        return "water", {"kind": "area"}, 8
    if (
        tags.get("leisure") in GREEN
        or tags.get("landuse") in LAND
        or tags.get("natural") in {"wood", "scrub"}
    ):
        return "ground", {"kind": "green"}, 9
    return None
