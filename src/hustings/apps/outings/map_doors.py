"""
What the map of a cut asks for: every door while they are few; otherwise each walk once, and doors by tile.

A tile is one of the web's own map tiles (zoom, column, row). It holds at most :data:`MOST_IN_A_TILE` doors; where
more stand, it says so and the four tiles below it are asked for, so every answer is of bounded size.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Sum

from hustings.apps.outings.models import Turf

if TYPE_CHECKING:
    from hustings.apps.outings.models import Cut

MOST_AT_ONCE = 5_000
"""Doors of a cut that are sent whole."""
MOST_IN_A_TILE = 2_500
LEAST_ZOOM, MOST_ZOOM = 10, 20


class Tile(NamedTuple):
    """A square of the map."""

    zoom: int
    column: int
    row: int

    @property
    def is_there(self) -> bool:
        """Whether such a tile is asked for at all."""
        side = 2**self.zoom if LEAST_ZOOM <= self.zoom <= MOST_ZOOM else 0
        return 0 <= self.column < side and 0 <= self.row < side

    def west(self) -> float:
        """The meridian of its left edge."""
        return float(self.column / 2**self.zoom * 360 - 180)

    def north(self) -> float:
        """The parallel of its upper edge."""
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * self.row / 2**self.zoom))))

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        beyond = Tile(self.zoom, self.column + 1, self.row + 1)
        return self.west(), beyond.north(), beyond.west(), self.north()


def is_large(cut: Cut) -> bool:
    """Whether its doors are too many for one answer."""
    doors = Turf.objects.of(cut.campaign_id).filter(cut=cut).aggregate(doors=Sum("door_count"))
    return (doors["doors"] or 0) > MOST_AT_ONCE


def walks_as_geojson(cut: Cut) -> str:
    """Each walk once, as a point with how many doors it has; ``of`` says that the doors come by tile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(json_agg(json_build_array(t.number, t.door_count, "
            "round(t.lon::numeric, 5), round(t.lat::numeric, 5)) order by t.number), '[]'::json)::text "
            "from outings_turf t where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s "
            "and t.lon is not null and t.lat is not null and t.door_count > 0",
            {"campaign": cut.campaign_id, "cut": cut.pk},
        )
        (walks,) = cursor.fetchone()
    return f'{{"type":"FeatureCollection","features":[],"most":{MOST_AT_ONCE},"walks":{walks}}}'


_DOORS = """
with here as (
  select id, lon, lat, concat_ws(', ', nullif(unit, ''), nullif(number, '')) as label from places_door
  where campaign_id = %(campaign)s and lat >= %(south)s and lat < %(north)s and lon >= %(west)s and lon < %(east)s),
mine as (
  select t.number, td.stop, h.id, h.lon, h.lat, h.label from here h
  join outings_turfdoor td on td.campaign_id = %(campaign)s and td.door_id = h.id and td.taken_at is null
  join outings_turf t on t.campaign_id = td.campaign_id and t.id = td.turf_id and t.cut_id = %(cut)s
  limit %(most)s + 1)
select count(*), coalesce(json_agg(json_build_array(number, stop, round(lon::numeric, 6), round(lat::numeric, 6),
  label, id) order by number, stop), '[]'::json)::text
from mine
"""
"""Past the wall first by the index ``door_by_place``; then each door's walks by ``turf_by_door``."""


def doors_in(cut: Cut, tile: Tile) -> str:
    """
    The doors of one tile as rows: walk, stop, longitude, latitude, label, door; no names, no people.

    ``more`` instead, where they are too many: the tiles below are to be asked for.
    """
    west, south, east, north = tile.box()
    deepest = tile.zoom == MOST_ZOOM
    values: dict[str, Any] = {
        "campaign": cut.campaign_id, "cut": cut.pk, "west": west, "south": south, "east": east, "north": north,
        "most": MOST_AT_ONCE if deepest else MOST_IN_A_TILE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DOORS, values)
        count, doors = cursor.fetchone()
    if count > values["most"] and not deepest:
        return json.dumps({"more": True, "doors": []})
    return f'{{"more":false,"doors":{doors}}}'
