"""Outlines of houses out of the map's own tiles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.places.access import tiles_for
from hustings.apps.places.tiles import tile
from hustings.formats.osm_tiles import MOST_ZOOM
from hustings.formats.vector_tile import areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.places.models import TownMap

MOST_TILES = 120
"""Of a walk that goes farther nothing but streets is drawn: it is driven, not walked."""


def houses_in(
    campaign: Campaign, town: TownMap, box: tuple[float, float, float, float]
) -> Iterator[list[list[tuple[float, float]]]]:
    """
    Each house in a box as rings of (lon, lat), its outer one first; none where the map has no tiles.

    A house on the edge of a tile comes in two pieces that overlap.

    Parameters
    ----------
    box
        West, south, east, north in degrees.
    """
    try:
        path = tiles_for(campaign, town.digest)
    except NotHere:
        return
    west, south, east, north = box
    left, top = _tile_at(west, north)
    right, bottom = _tile_at(east, south)
    if (right - left + 1) * (bottom - top + 1) > MOST_TILES:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            content = tile(path, MOST_ZOOM, column, row)
            if content is None:
                continue
            width, found = areas(content, "buildings")
            for rings in found:
                yield [
                    [_degrees(column + x / width, row + y / width) for x, y in ring]
                    for ring in rings
                ]


def _tile_at(lon: float, lat: float) -> tuple[int, int]:
    many = 2**MOST_ZOOM
    up = math.asinh(math.tan(math.radians(lat))) / math.pi
    return int((lon + 180) / 360 * many), int((1 - up) / 2 * many)


def _degrees(column: float, row: float) -> tuple[float, float]:
    many = 2**MOST_ZOOM
    return (
        column / many * 360 - 180,
        math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / many)))),
    )
