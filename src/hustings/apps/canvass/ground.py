"""
The ground of a walk for the phone's own map: doors' places, streets, houses and the way, and no people.

Places are whole millionths of a degree from a middle, each after the first as the step from the one
before it, since small numbers pack well.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.places.outlines import houses_in
from hustings.apps.places.town import street_network, town_map
from hustings.core.walk.around import Around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

FORMAT = 1
MILLIONTHS = 1_000_000
MOST_CORNERS = 9_000
"""Of all houses together; the farthest are left out beyond it (about 40 KB on the wire)."""

# The doors of the walk that went back to the next cut are in it too, so that a walk that loses doors
# as people vote is not fetched again and again.
_PLACES = """
select td.door_id, d.lon, d.lat from outings_turfdoor td
join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id
where td.campaign_id = %(campaign)s and td.turf_id = %(turf)s and d.lon is not null and d.lat is not null
order by td.stop
"""
_MARK = f"""
select coalesce((select md5(string_agg(concat_ws(':', p.door_id, p.lon, p.lat), ',')) from ({_PLACES}) p), ''),
  coalesce((select concat_ws(':', m.id, m.digest, m.tiles) from places_townmap m
    where m.campaign_id = %(campaign)s order by m.made_at desc, m.id desc limit 1), '')
"""  # noqa: S608  # our own words; values are parameters


def mark_of(campaign: Campaign, turf: Turf) -> str:
    """Changes with a door's place, with the way, with the map; while it stays the phone need not ask again."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"campaign": campaign.pk, "turf": turf.pk})
        doors, town = cursor.fetchone()
    return hashlib.sha256(f"{FORMAT} {doors} {town} {turf.route}".encode()).hexdigest()[:16]


def ground_of(campaign: Campaign, turf: Turf) -> dict[str, Any]:
    """What the phone draws its map of; doors that nobody could place are not in it."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"campaign": campaign.pk, "turf": turf.pk})
        doors = cursor.fetchall()
    found: dict[str, Any] = {
        "turf": turf.pk,
        "mark": mark_of(campaign, turf),
        "middle": [0, 0],
        "doors": [],
        "route": [],
        "streets": [],
        "houses": [],
        "credit": "",
    }
    if not doors:
        return found
    ids, lon, lat = zip(*doors, strict=True)
    route = [(float(at[0]), float(at[1])) for at in turf.route]
    around = Around(lon, lat, route)
    middle = (round(around.plane.lon * MILLIONTHS), round(around.plane.lat * MILLIONTHS))
    found["middle"] = list(middle)
    found["doors"] = [
        [door, *_steps([at], middle)]
        for door, at in zip(ids, zip(lon, lat, strict=True), strict=True)
    ]
    found["route"] = _steps(route, middle)
    town = town_map(campaign)
    if town is None:
        return found
    found["credit"] = town.credit
    network = street_network(campaign)
    if network is not None:
        found["streets"] = [
            [piece.name, piece.kind, _steps(piece.line, middle)]
            for piece in around.streets(network)
        ]
    corners = 0
    for rings in around.houses(houses_in(campaign, town, around.box())):
        corners += sum(map(len, rings))
        if corners > MOST_CORNERS:
            break
        found["houses"] += [_steps(ring[:-1], middle) for ring in rings]
    return found


def _steps(line: Sequence[tuple[float, float]], middle: tuple[int, int]) -> list[int]:
    """A line as whole numbers: the first place from the middle, each other from the one before it."""
    steps: list[int] = []
    before = middle
    for lon, lat in line:
        at = (round(lon * MILLIONTHS), round(lat * MILLIONTHS))
        if steps and at == before:
            continue
        steps += [at[0] - before[0], at[1] - before[1]]
        before = at
    return steps
