"""What a step on the workbench looks at: the touched walks, their doors, those near them, and the streets there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db import connection

from hustings.apps.outings import sources
from hustings.apps.places.town import town_map
from hustings.core.turf.plan import Plan
from hustings.core.walk.patch import DEGREE_M, patch_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Cut
    from hustings.core.turf.problem import Doors
    from hustings.core.walk.network import StreetNetwork

NEAR_M, STREETS_M = 200.0, 150.0
"""How far round the touched walks doors of others are looked at, and streets."""
TOWNS_KEPT = 2
"""Towns whose streets this process keeps in memory, the newest asked for."""


class Ground(NamedTuple):
    """Doors by id, with the walk that each is in (by number), and the streets round them."""

    ids: NDArray[np.int64]
    doors: Doors
    placed: NDArray[np.bool_]
    plan: Plan
    near: NDArray[np.bool_]
    streets: StreetNetwork | None

    def at(self, door_ids: Collection[int]) -> NDArray[np.int64]:
        """Indices of those of these doors that are here."""
        return np.flatnonzero(np.isin(self.ids, list(door_ids)))


_GROUND = """
with mine as (
  select d.lon, d.lat from outings_turfdoor td
  join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id
  where td.campaign_id = %(campaign)s and td.taken_at is null and td.turf_id = any(%(turfs)s::bigint[])),
box as materialized (
  select min(lon) - %(wide)s as west, max(lon) + %(wide)s as east,
    min(lat) - %(high)s as south, max(lat) + %(high)s as north from mine),
roads as materialized (
  select distinct street from places_door
  where campaign_id = %(campaign)s and id = any(%(moved)s::bigint[]) and street <> '')
select distinct on (d.id) d.id, d.lon, d.lat, d.street, d.number, d.building_id, d.floor, d.staircase, 0, '',
  d.precision, d.postcode, t.number, td.stop, t.id = any(%(turfs)s::bigint[])
from outings_turf t
join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id
join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id
where t.campaign_id = %(campaign)s and t.cut_id = %(cut)s and t.retired_at is null
  and td.taken_at is null and (
    t.id = any(%(turfs)s::bigint[])
    or exists (select from box b where d.lon between b.west and b.east and d.lat between b.south and b.north)
    or d.street in (select street from roads))
order by d.id, (t.returned_at is null) desc, t.id desc
"""
"""A door of a second knock stands in two walks of a cut: it is in the one that has not come back."""

_DISTRICTS = """
select h.door_id, min(e.district) from people_household h
join people_person p on p.campaign_id = h.campaign_id and p.household_id = h.id
join register_registerentry e on e.campaign_id = p.campaign_id and e.person_id = p.id
  and e.removed_in is null and e.district <> ''
where h.campaign_id = %(campaign)s and h.door_id = any(%(doors)s::bigint[])
group by 1
"""


def ground_of(
    campaign: Campaign, cut: Cut, turf_ids: Collection[int], moved: Collection[int]
) -> Ground:
    """The doors of these walks, those near, and all of the cut in the streets of the moved ones."""
    high = NEAR_M / DEGREE_M
    middle = _latitude(campaign, moved)
    values: dict[str, Any] = {
        "campaign": campaign.pk, "cut": cut.pk, "turfs": list(turf_ids), "moved": list(moved),
        "high": high, "wide": high / max(0.05, float(np.cos(np.radians(middle)))),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, values)
        rows = cursor.fetchall()
    chosen = sources.as_doors([row[:12] for row in rows])
    turf = np.array([row[12] for row in rows], np.int32)
    stop = np.array([row[13] for row in rows], np.int32)
    mine = np.array([row[14] for row in rows], bool)
    doors = chosen.doors
    if not cut.wishes.get("cross_districts"):
        doors = _with_districts(campaign, chosen.ids, doors)
    lon, lat = doors.lon[mine], doors.lat[mine]
    near = mine.copy()
    streets = streets_kept(campaign)
    if len(lon):
        wide = values["wide"]
        near |= (
            (doors.lon >= lon.min() - wide) & (doors.lon <= lon.max() + wide)
            & (doors.lat >= lat.min() - high) & (doors.lat <= lat.max() + high)
        )  # fmt: skip
        streets = patch_of(streets, lon, lat, STREETS_M) if streets is not None else None
    return Ground(chosen.ids, doors, chosen.placed, Plan(turf, stop), near, streets)


def _latitude(campaign: Campaign, moved: Collection[int]) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "select lat from places_door where campaign_id = %s and id = any(%s) and lat is not null limit 1",
            [campaign.pk, list(moved)],
        )
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0


def _with_districts(campaign: Campaign, ids: NDArray[np.int64], doors: Doors) -> Doors:
    with connection.cursor() as cursor:
        cursor.execute(_DISTRICTS, {"campaign": campaign.pk, "doors": ids.tolist()})
        known = dict(cursor.fetchall())
    names = {name: at for at, name in enumerate(sorted(set(known.values())))}
    district = [names.get(known.get(door, ""), -1) for door in ids.tolist()]
    return replace(doors, district=np.array(district, np.int32))


_kept: dict[tuple[object, int], StreetNetwork] = {}


def streets_kept(campaign: Campaign) -> StreetNetwork | None:
    """The town's streets, which this process keeps: a map is never changed, a new one has another number."""
    town = town_map(campaign)
    if town is None:
        return sources.street_network(campaign)
    key = (campaign.pk, town.pk)
    found = _kept.pop(key, None) or sources.street_network(campaign)
    if found is not None:
        _kept[key] = found
        while len(_kept) > TOWNS_KEPT:
            del _kept[next(iter(_kept))]
    return found
