"""
The free doors of a round round a place: what a walk on the spot is made of.

The same choice as ``sources.chosen_doors``, asked from the place outwards, so that a city costs no more than
the streets about it: a box of degrees is a range of the index ``door_by_place``, and only the people behind
those doors are looked at.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.outings import sources
from hustings.apps.outings.universe import ABSENT_AND_REFUSED, filter_of

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action
    from hustings.apps.outings.universe import Choice

METRES_A_DEGREE = 111_195.0
REACHES_M = (350.0, 700.0, 1_200.0)
"""How far from the place doors are looked for: first close by, at last as far as somebody would walk to begin."""
ENOUGH = 120
"""Doors with which the first reach is enough: two walks of ninety minutes and more."""
LOOKED_AT = (1.5, 3.0, 3.0)
"""So many times as many doors are looked at in each reach as are wanted, since not all are chosen."""
# Neither list depends on how many live doors the database believes there are: on the morning of a first round it
# believes in none, and would compare each door with every one that was handed out since.
_NEAR = """
box as materialized (
    select d.* from places_door d
    where d.campaign_id = %(campaign)s
        and d.lat between %(south)s and %(north)s and d.lon between %(west)s and %(east)s
),
taken as materialized (
    select t.door_id from outings_turfdoor t
    where t.campaign_id = %(campaign)s and t.action_id = %(action)s and t.live
        and t.door_id = any (array(select id from box))
),
near as materialized (
    select d.* from box d where d.id not in (select door_id from taken)
    order by ((d.lon - %(lon)s) * %(flat)s) ^ 2 + (d.lat - %(lat)s) ^ 2, d.id
    limit %(looked_at)s
)
"""
# ``offset 0`` keeps the database at one door after the other, by its people's index: left to itself it joins all
# people with all entries where it has not counted them yet, as on the morning after the register was taken in.
_WHO = f"""
left join people_household h on h.campaign_id = d.campaign_id and h.door_id = d.id
left join lateral (
    select p.id, e.district, s.support, s.last_contact_at,
        {ABSENT_AND_REFUSED}
    from people_person p
    left join lateral (
        select r.id, r.district from register_registerentry r
        where r.campaign_id = p.campaign_id and r.person_id = p.id and r.removed_in is null
        offset 0
    ) e on true
    left join people_personstanding s on s.campaign_id = p.campaign_id and s.person_id = p.id
    where p.campaign_id = d.campaign_id and p.household_id = h.id
        and (e.id is not null or p.origin <> 'register')
    offset 0
) who on true
"""  # noqa: S608  # our own words, and no value


def free_doors(
    action: Action, choice: Choice, place: tuple[float, float], most: int
) -> sources.Chosen:
    """
    The doors nearest to a place (lon, lat) that the choice wants and no live walk of the action has.

    At most so many, by their ids; doors that have no place of their own are left out.
    """
    found: sources.Chosen | None = None
    for reach_m, times in zip(REACHES_M, LOOKED_AT, strict=True):
        found = _within(
            action.campaign, choice, action.pk, place, reach_m, most, round(times * most)
        )
        if len(found.ids) >= min(ENOUGH, most):
            break
    assert found is not None  # noqa: S101  # there is at least one reach
    return found


def _within(
    campaign: Campaign,
    choice: Choice,
    action_id: int,
    place: tuple[float, float],
    reach_m: float,
    most: int,
    looked_at: int,
) -> sources.Chosen:
    lon, lat = place
    up = reach_m / METRES_A_DEGREE
    flat = max(0.05, math.cos(math.radians(lat)))
    chosen = filter_of(campaign, choice, action_id)
    values: dict[str, Any] = {
        **chosen.values,
        "all": len(chosen.conditions),
        "lon": lon,
        "lat": lat,
        "flat": flat,
        "south": lat - up,
        "north": lat + up,
        "west": lon - up / flat,
        "east": lon + up / flat,
        "looked_at": looked_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"with {_NEAR}, passed as (select d.id, d.lon, d.lat, d.street, d.number, "  # noqa: S608  # our own words; what was typed are values
            "d.building_id, d.floor, d.precision, d.postcode, d.staircase, who.id as person_id, "
            f"who.district from near d {_WHO} where {chosen.level} = %(all)s) "
            "select id, lon, lat, street, number, building_id, floor, staircase, "
            "count(person_id), min(district), precision, postcode from passed "
            "group by id, lon, lat, street, number, building_id, floor, staircase, precision, postcode "
            "order by ((lon - %(lon)s) * %(flat)s) ^ 2 + (lat - %(lat)s) ^ 2, id limit %(most)s",
            {**values, "most": most},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    rows.sort(key=lambda row: row[0])
    return sources.as_doors(rows)
