"""The newest shifts as ``core/quality`` reads them, and what is worth a question about each."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass.held import HELD
from hustings.apps.canvass.intake import COUNTS, NOT_TAKEN_BACK
from hustings.core.geo import EARTH_RADIUS_M
from hustings.core.quality.shift import Arrival, Heard, Others, Shift
from hustings.core.quality.signals import signals

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.quality.signals import Signal

METRES_A_DEGREE = math.pi / 180 * EARTH_RADIUS_M
MOST_SHIFTS = 200
"""Looked at when the page is opened: the newest."""

_SHIFTS = """
select s.device_id, s.turf_id, s.day, (select l.ahead_s from canvass_lastsync l
  where l.campaign_id = %(campaign)s and l.device_id = s.device_id) as ahead_s
from (select e.device_id, e.turf_id, (e.happened_at at time zone %(zone)s)::date as day,
  max(e.received_at) as newest
from canvass_canvassevent e
where e.campaign_id = %(campaign)s and e.channel = 'door' and e.kind <> 'undo'
  and exists (select from canvass_walkgrant g where g.campaign_id = e.campaign_id
    and g.device_id = e.device_id and g.turf_id = e.turf_id)
group by 1, 2, 3 order by newest desc, 1, 2, 3 limit %(most)s) s
order by s.newest desc, 1, 2, 3
"""

_EVENTS = f"""
select e.device_id, e.turf_id, (e.happened_at at time zone %(zone)s)::date, e.door_id, e.kind,
  e.support, extract(epoch from e.happened_at)::float8, e.corrects is null, d.lon, d.lat, d.building_id, {NOT_TAKEN_BACK}, {HELD}
from canvass_canvassevent e
join places_door d on d.campaign_id = e.campaign_id and d.id = e.door_id
where e.campaign_id = %(campaign)s and e.channel = 'door' and e.kind <> 'undo'
  and e.device_id = any(%(devices)s::bigint[]) and e.turf_id = any(%(turfs)s::bigint[])
order by e.device_id, e.turf_id, e.happened_at, e.position
"""

_VISITED = """
select device_id, turf_id, day, count(*), count(*) filter (where contacted)
from canvass_visit where campaign_id = %(campaign)s group by grouping sets ((), (device_id, turf_id, day))
"""

_ANSWERED = f"""
select e.support, count(*) from canvass_canvassevent e
where e.campaign_id = %(campaign)s and e.kind = 'answered' and {COUNTS} group by 1
"""

type Key = tuple[int, int, date]
"""A shift: phone, walk and day."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A shift with what is worth a question about it."""

    device: int
    turf: int
    day: date
    doors: int
    signals: list[Signal]


def shifts(campaign: Campaign, *, most: int = MOST_SHIFTS) -> list[Judged]:
    """The newest shifts, newest first, those with nothing to ask too; a fixed number of questions."""
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "zone": campaign.time_zone,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHIFTS, values)
        newest = cursor.fetchall()
        keys: list[Key] = [(device, turf, day) for device, turf, day, _ahead_s in newest]
        ahead = {device: ahead_s for device, _turf, _day, ahead_s in newest}
        values["devices"] = sorted({device for device, _turf, _day in keys})
        values["turfs"] = sorted({turf for _device, turf, _day in keys})
        cursor.execute(_EVENTS, values)
        rows: dict[Key, list[Any]] = {key: [] for key in keys}
        for device, turf, day, *row in cursor.fetchall():
            if (device, turf, day) in rows:
                rows[device, turf, day].append(row)
        cursor.execute(_VISITED, values)
        visited = {(d, t, day): (doors, met) for d, t, day, doors, met in cursor.fetchall()}
        cursor.execute(_ANSWERED, values)
        answered = dict(cursor.fetchall())
    everything = visited.get((None, None, None), (0, 0))
    found = []
    for key in keys:
        shift = _shift(rows[key], ahead.get(key[0]))
        doors, met = visited.get(key, (0, 0))
        own = Counter(
            support
            for _door, kind, support, *_where, counts, held in rows[key]
            if kind == "answered" and counts and not held
        )
        others = Others(
            everything[0] - doors,
            everything[1] - met,
            {answer: often - own[answer] for answer, often in answered.items()},
        )
        found.append(Judged(*key, len(shift.arrivals), signals(shift, others)))
    return found


def _shift(rows: list[Any], ahead_s: int | None) -> Shift:
    """Doors by the first thing recorded there, answers as they count; what corrects has the time of the door."""
    arrivals: dict[int, Arrival] = {}
    met: set[int] = set()
    heard = []
    here = next((row[6] for row in rows if row[6] is not None), 0.0)
    narrower = math.cos(math.radians(here))
    for door, kind, support, at, is_first, lon, lat, building, counts, _held in rows:
        spoken = kind not in {"no_answer", "no_access"}
        if is_first and door not in arrivals:
            east, north = _metres(lon, lat, narrower)
            arrivals[door] = Arrival(door, at, east, north, building, spoken)
        if door not in arrivals:
            continue  # it corrects what was recorded on another day
        if counts and spoken:
            met.add(door)
        if counts and kind == "answered":
            heard.append(Heard(at if is_first else arrivals[door].at, door, support))
    heard.sort(key=lambda each: each.at)
    return Shift(tuple(arrivals.values()), tuple(heard), len(met), ahead_s)


def _metres(
    lon: float | None, lat: float | None, narrower: float
) -> tuple[float | None, float | None]:
    """On a plane that is good near the latitude whose cosine is ``narrower``: between doors of one walk."""
    if lon is None or lat is None:
        return None, None
    return lon * METRES_A_DEGREE * narrower, lat * METRES_A_DEGREE


def stretch_of(signal: Signal) -> tuple[datetime, datetime] | None:
    """What a signal is about, in whole seconds that hold its first and last event; None for all of the walk."""
    if signal.first_at is None or signal.last_at is None:
        return None
    return (
        datetime.fromtimestamp(math.floor(signal.first_at), UTC),
        datetime.fromtimestamp(math.floor(signal.last_at) + 1, UTC),
    )
