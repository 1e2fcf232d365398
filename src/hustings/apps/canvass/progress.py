"""
How far each walk that is out has got, and who of the team on it recorded what.

A team is whoever carries the walk: all phones that were let in for it. What stands beside a phone is what its
receipt says, by the same count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hustings.apps.canvass import queries

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign

MOST = 300
"""Walks on the page: those that something happened on last."""

_TEAMS = """
with carried as (
  select g.turf_id, g.device_id, v.label, min(g.asked_at) as asked_at,
    bool_or(r.id is null and g.expires_at > now() and v.expires_at > now() and b.id is null) as here
  from canvass_walkgrant g
  join accounts_device v on v.campaign_id = g.campaign_id and v.id = g.device_id
  join accounts_deviceadmission a on a.campaign_id = g.campaign_id and a.device_id = g.device_id
  left join accounts_devicerevocation b on b.campaign_id = g.campaign_id and b.device_id = g.device_id
  left join canvass_walkreturn r on r.campaign_id = g.campaign_id and r.grant_id = g.id
  where g.campaign_id = %(campaign)s group by 1, 2, 3),
stood as (
  select turf_id, count(*) filter (where visits > 0) as knocked,
    count(*) filter (where contacted) as contacts, max(last_at) as last_at
  from canvass_doorstanding where campaign_id = %(campaign)s group by 1),
doors as (
  select turf_id, count(*) as doors from outings_turfdoor
  where campaign_id = %(campaign)s and (live or knocked_at is not null) group by 1),
shown as (
  select t.id, t.number, t.name, n.name as action, greatest(coalesce(d.doors, 0), coalesce(s.knocked, 0)) as doors,
    coalesce(s.knocked, 0) as knocked, coalesce(s.contacts, 0) as contacts, s.last_at
  from outings_turf t
  join outings_action n on n.campaign_id = t.campaign_id and n.id = t.action_id
  left join stood s on s.turf_id = t.id
  left join doors d on d.turf_id = t.id
  where t.campaign_id = %(campaign)s and t.retired_at is null
    and exists (select from carried c where c.turf_id = t.id)
  order by s.last_at desc nulls last, t.id limit %(most)s)
select w.*, c.device_id, c.label, c.here from shown w join carried c on c.turf_id = w.id
order by w.number, w.id, c.asked_at, c.device_id
"""


class Member(NamedTuple):
    """One phone of a team: doors recorded as on its receipt, those that are held, and whether it is out now."""

    name: str
    recorded: int
    held: int
    here: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A walk, how far it has got, and who is on it."""

    number: int
    name: str
    action: str
    doors: int
    knocked: int
    contacts: int
    last_at: datetime | None
    members: list[Member]


def teams(campaign: Campaign) -> list[Team]:
    """Every walk that phones carry or carried and that was not put away; a fixed number of questions."""
    recorded, held = queries.recorded(campaign), queries.held_doors(campaign)
    found: dict[int, Team] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TEAMS, {"campaign": campaign.pk, "most": MOST})
        for row in cursor.fetchall():
            turf, number, name, action, doors, knocked, contacts, last_at, *member = row
            device, label, here = member
            team = found.setdefault(
                turf, Team(number, name, action, doors, knocked, contacts, last_at, [])
            )
            key = (turf, device)
            team.members.append(Member(label, recorded.get(key, 0), held.get(key, 0), here))
    return list(found.values())
