"""How long a door took in the newest shifts of an area, for the page where doors are cut."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass.held import HELD
from hustings.apps.outings.learning import learner
from hustings.core.geo import EARTH_RADIUS_M
from hustings.core.pace.minutes import Learned, Step, learned

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.learning import Box

MOST_SHIFTS = 500
"""The newest of an area."""

_ARRIVALS = f"""
with shifts as (
  select e.device_id, e.turf_id, (e.happened_at at time zone %(zone)s)::date as day
  from canvass_canvassevent e
  join outings_turf t on t.campaign_id = e.campaign_id and t.id = e.turf_id
  join outings_action n on n.campaign_id = t.campaign_id and n.id = t.action_id
  where e.campaign_id = %(campaign)s and e.channel = 'door' and e.kind <> 'undo'
    and n.kind = %(kind)s
    and (%(west)s::float8 is null or (t.lon between %(west)s and %(east)s
      and t.lat between %(south)s and %(north)s))
    and exists (select from canvass_walkgrant g where g.campaign_id = e.campaign_id
      and g.device_id = e.device_id and g.turf_id = e.turf_id)
  group by 1, 2, 3 order by max(e.received_at) desc, 1, 2, 3 limit %(most)s),
first as (
  select distinct on (s.device_id, s.turf_id, s.day, e.door_id)
    s.device_id, s.turf_id, s.day, e.door_id, e.happened_at, d.lon, d.lat
  from shifts s
  join canvass_canvassevent e on e.campaign_id = %(campaign)s and e.device_id = s.device_id
    and e.turf_id = s.turf_id and (e.happened_at at time zone %(zone)s)::date = s.day
  join places_door d on d.campaign_id = e.campaign_id and d.id = e.door_id
  where e.channel = 'door' and e.kind <> 'undo' and e.corrects is null and not {HELD}
  order by s.device_id, s.turf_id, s.day, e.door_id, e.happened_at, e.position)
select device_id, turf_id, day, extract(epoch from happened_at)::float8, lon, lat
from first order by device_id, turf_id, day, happened_at, door_id
"""


@learner
def minutes_per_door(campaign: Campaign, kind: str, box: Box | None) -> Learned | None:
    """From phones alone: a sheet of paper says no times. Without what is held back."""
    values: dict[str, Any] = {
        "campaign": campaign.pk, "zone": campaign.time_zone, "kind": kind, "most": MOST_SHIFTS,
        **(box._asdict() if box else dict.fromkeys(("west", "south", "east", "north"))),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVALS, values)
        rows = cursor.fetchall()
    shifts = [
        [_step(before, after) for before, after in pairwise(arrivals)]
        for _shift, arrivals in groupby(rows, key=lambda row: row[:3])
    ]
    return learned(
        shifts,
        default=campaign.minutes_per_door,
        metres_per_minute=campaign.metres_per_minute,
    )


def _step(before: tuple[Any, ...], after: tuple[Any, ...]) -> Step:
    *_shift, began, lon, lat = before
    *_same, ended, to_lon, to_lat = after
    if None in (lon, lat, to_lon, to_lat):
        return Step(ended - began, 0.0)
    per_degree = math.pi / 180 * EARTH_RADIUS_M
    east = (to_lon - lon) * per_degree * math.cos(math.radians(lat))
    return Step(ended - began, math.hypot(east, (to_lat - lat) * per_degree))
