"""Ground for a walk to stand on: Mill Lane, Weir Street round the corner, houses on both, as a map that was brought in."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from hustings.apps.places.models import TownMap
from hustings.core.geo import LocalPlane
from hustings.core.walk.network import StreetNetwork
from hustings.formats.network_file import pack
from tests.formats.a_tile import a_tile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.campaigns.models import Campaign

PLANE = LocalPlane(9.52, 47.14)
ZOOM, WIDTH = 16, 4096
STREETS = {
    "Mill Lane": [(-60.0, -6.0), (0.0, 0.0), (70.0, 0.0), (150.0, 14.0)],
    "Weir Street": [(150.0, 14.0), (158.0, 60.0), (150.0, 150.0)],
    "Rathausgasse": [(0.0, 0.0), (-8.0, 60.0), (20.0, 150.0), (150.0, 150.0)],
    "": [(70.0, 0.0), (80.0, 70.0), (158.0, 60.0)],
}
"""Metres east and north of the middle."""
HOUSES = [
    *((x, y, 11.0, 9.0) for x in range(2, 140, 14) for y in (12.0 + x / 30, -20.0 + x / 30)),
    *((x, y, 9.0, 10.0) for y in range(38, 140, 15) for x in (137.0, 166.0)),
    (92.0, 34.0, 30.0, 18.0),
]
"""South-western corner, width and depth in metres."""


def at(x: float, y: float) -> tuple[float, float]:
    """Degrees of a place in metres."""
    lon, lat = PLANE.degrees([x], [y])
    return float(lon[0]), float(lat[0])


def door_places() -> list[tuple[str, int, float, float]]:
    """Street, number, and place of twenty doors in walking order: up one side of Mill Lane, up Weir Street, and back."""
    up = [("Mill Lane", 2 * n + 2, 7.0 + 14 * n, -10.0 + n / 2) for n in range(8)]
    weir = [("Weir Street", n + 1, 146.0, 43.0 + 15 * n) for n in range(4)]
    down = [("Mill Lane", 2 * n + 1, 7.0 + 14 * n, 12.0 + n / 2) for n in reversed(range(8))]
    return [(street, number, *at(x, y)) for street, number, x, y in (*up, *weir, *down)]


def the_way() -> list[list[float]]:
    """From the first door to the last, along the streets."""
    metres = [
        (7, 0),
        (70, 0),
        (150, 14),
        (158, 60),
        (153, 100),
        (158, 60),
        (150, 14),
        (70, 0),
        (7, 0),
    ]
    return [list(at(x, y)) for x, y in metres]


def plant_ground(campaign: Campaign) -> TownMap:
    """The map as an import leaves it: packed streets, and tiles with the houses; the campaign's wall must be open."""
    name = f"{campaign.pk}-ground.pmtiles"
    _write_tiles(name)
    made: TownMap = TownMap.objects.create(
        campaign=campaign, file_name="ground.osm.pbf", digest="g" * 64, credit="© OpenStreetMap contributors",
        made_by="tests", street_count=len(STREETS), street_km=0.8, network=pack(_network()), tiles=name,
        west=9.51, south=47.13, east=9.53, north=47.15,
    )  # fmt: skip
    return made


def _network() -> StreetNetwork:
    lines = [[at(x, y) for x, y in line] for line in STREETS.values()]
    names = [name for name in STREETS if name]
    points = [point for line in lines for point in line]
    ends = [end for line in lines for end in (line[0], line[-1])]
    lengths = [sum(math.dist(a, b) for a, b in pairwise(line)) for line in STREETS.values()]
    starts = np.cumsum([0, *map(len, lines)])
    return StreetNetwork(
        node_lon=np.array([p[0] for p in ends]), node_lat=np.array([p[1] for p in ends]),
        edge_from=np.arange(0, len(ends), 2, dtype=np.int32),
        edge_to=np.arange(1, len(ends), 2, dtype=np.int32),
        edge_length_m=np.array(lengths),
        edge_street=np.array([names.index(n) if n else -1 for n in STREETS], np.int32),
        edge_kind=np.array([0, 0, 1, 2], np.uint8), shape_start=starts,
        shape_lon=np.array([p[0] for p in points]), shape_lat=np.array([p[1] for p in points]),
        street_names=tuple(names),
    )  # fmt: skip


def _write_tiles(name: str) -> None:
    """Every house in each tile that it touches."""
    by_tile: dict[tuple[int, int], list[Sequence[list[tuple[int, int]]]]] = defaultdict(list)
    for x, y, wide, deep in HOUSES:
        corners = [_on_the_grid(*at(a, b)) for a, b in ((x, y + deep), (x + wide, y + deep), (x + wide, y), (x, y))]  # fmt: skip
        for column, row in {(gx // WIDTH, gy // WIDTH) for gx, gy in corners}:
            by_tile[column, row].append(
                [[(gx - column * WIDTH, gy - row * WIDTH) for gx, gy in corners]]
            )
    (settings.HOME / "tiles").mkdir(parents=True, exist_ok=True)
    with (settings.HOME / "tiles" / name).open("wb") as file:
        writer = Writer(file)
        for tile in sorted(by_tile, key=lambda t: zxy_to_tileid(ZOOM, *t)):
            writer.write_tile(zxy_to_tileid(ZOOM, *tile), a_tile(by_tile[tile]))
        writer.finalize(
            {
                "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": ZOOM, "max_zoom": ZOOM,
                "min_lon_e7": 95_000_000, "min_lat_e7": 471_000_000, "max_lon_e7": 95_400_000,
                "max_lat_e7": 471_800_000, "center_zoom": ZOOM, "center_lon_e7": 95_200_000, "center_lat_e7": 471_400_000,
            },
            {},
        )  # fmt: skip


def _on_the_grid(lon: float, lat: float) -> tuple[int, int]:
    many = 2**ZOOM * WIDTH
    up = math.asinh(math.tan(math.radians(lat))) / math.pi
    return round((lon + 180) / 360 * many), round((1 - up) / 2 * many)
