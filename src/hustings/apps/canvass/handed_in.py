"""Questions of leaflet and poster rounds: what was delivered by now, on a walk and in a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass import intake
from hustings.apps.canvass.deliveries import STANDS
from hustings.apps.canvass.kinds import Kind

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.outings.models import Action, Turf

BY_PHONE = f"""
select d.turf_id, d.device_id, count(distinct d.door_id) from canvass_delivery d
where d.campaign_id = %(campaign)s and d.door_id is not null and {STANDS} group by 1, 2
"""
"""Doors that each phone recorded on each walk."""

WORDS = {Kind.DELIVERED: "done", Kind.PART: "done", Kind.NOT_DELIVERED: "out"}
"""How the phone's list calls them."""

_MINE = f"""
select d.door_id, d.report_id, d.kind from canvass_delivery d
where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s and d.device_id = %(device)s
  and d.door_id is not null and {STANDS}
order by d.id
"""

_ELSEWHERE = f"""
select distinct on (d.door_id) d.door_id, d.kind from canvass_delivery d
where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s and d.device_id <> %(device)s
  and d.door_id is not null and {STANDS}
order by d.door_id, d.id desc
"""


def events(grant: WalkGrant) -> tuple[dict[int, list[dict[str, Any]]], dict[int, str]]:
    """By door, what this phone delivered that counts, oldest first; and what others did there last."""
    values: dict[str, Any] = {
        "campaign": grant.campaign_id,
        "turf": grant.turf_id,
        "device": grant.device_id,
    }
    mine: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MINE, values)
        for door, report, kind in cursor.fetchall():
            said = {"id": str(report), "person": None, "met": None, "kind": kind}
            mine.setdefault(door, []).append(said | {"support": "", "strength": None})
        cursor.execute(_ELSEWHERE, values)
        return mine, {door: WORDS[kind] for door, kind in cursor.fetchall()}


_RECEIPT = f"""
with mine as (
  select d.* from canvass_delivery d
  where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s and d.device_id = %(device)s and {STANDS})
select count(distinct door_id), min(occurred_at), max(occurred_at),
  (select m.left_over from mine m where m.kind = 'left_over' order by m.id desc limit 1) from mine
"""


def receipt(grant: WalkGrant) -> tuple[Any, ...]:
    """What ``queries.Receipt`` holds: doors by the organiser's own question, and by the phone's reports."""
    values: dict[str, Any] = {
        "campaign": grant.campaign_id,
        "turf": grant.turf_id,
        "device": grant.device_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPT, values)
        recorded, first_at, last_at, left_over = cursor.fetchone()
    doors = intake.doors_recorded(grant.campaign_id, grant.turf_id, grant.device_id)
    return doors, recorded, 0, 0, 0, first_at, last_at, left_over


def by_sheet(turf: Turf, device_id: int) -> dict[Any, tuple[UUID, str, int | None]]:
    """By line of a sheet, the newest that counts of what was typed in: its number, kind and how many were left."""
    values: dict[str, Any] = {"campaign": turf.campaign_id, "turf": turf.pk, "device": device_id}
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.door_id, d.report_id, d.kind, d.left_over from canvass_delivery d "
            "where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s "
            f"and d.device_id = %(device)s and {STANDS} order by d.id",
            values,
        )
        return {(door or 0, None): (each, kind, n) for door, each, kind, n in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class WalkDelivered:
    """How far one walk of a round is."""

    turf: int
    number: int
    name: str
    state: str
    holder: str
    doors: int
    delivered: int
    part: int
    not_delivered: int
    left_over: int

    @property
    def to_do(self) -> int:
        """Doors at which nobody has been yet."""
        return max(0, self.doors - self.delivered - self.part - self.not_delivered)


_ROUND = f"""
with here as (select t.id from outings_turf t where t.campaign_id = %(campaign)s
    and t.action_id = %(action)s and t.published_at is not null and t.retired_at is null),
newest as (
  select distinct on (d.turf_id, d.door_id) d.turf_id, d.kind from canvass_delivery d
  where d.campaign_id = %(campaign)s and d.turf_id in (select id from here)
    and d.door_id is not null and {STANDS}
  order by d.turf_id, d.door_id, d.id desc),
done as (
  select turf_id, count(*) filter (where kind = 'delivered') as delivered,
    count(*) filter (where kind = 'part') as part,
    count(*) filter (where kind = 'not_delivered') as not_delivered
  from newest group by 1),
left_by as (
  select distinct on (d.turf_id, d.device_id) d.turf_id, d.left_over from canvass_delivery d
  where d.campaign_id = %(campaign)s and d.turf_id in (select id from here)
    and d.kind = 'left_over' and {STANDS}
  order by d.turf_id, d.device_id, d.id desc),
remains as (select turf_id, sum(left_over) as left_over from left_by group by 1),
places as (select td.turf_id, count(*) as doors from outings_turfdoor td
  where td.campaign_id = %(campaign)s and td.turf_id in (select id from here)
    and td.taken_at is null group by 1)
select t.id, t.number, t.name,
  case when t.returned_at is not null then 'returned' when c.id is not null then 'checked_out'
    else 'published' end,
  coalesce(c.holder, ''), coalesce(p.doors, 0), coalesce(n.delivered, 0), coalesce(n.part, 0),
  coalesce(n.not_delivered, 0), coalesce(r.left_over, 0)::bigint
from outings_turf t
left join outings_checkout c on c.campaign_id = t.campaign_id and c.turf_id = t.id
  and c.returned_at is null
left join done n on n.turf_id = t.id
left join remains r on r.turf_id = t.id
left join places p on p.turf_id = t.id
where t.campaign_id = %(campaign)s and t.id in (select id from here)
order by t.number
"""


def walks_delivered(action: Action) -> list[WalkDelivered]:
    """Every walk of a round, in one question; of several reports at a door the newest counts."""
    values: dict[str, Any] = {"campaign": action.campaign_id, "action": action.pk}
    with connection.cursor() as cursor:
        cursor.execute(_ROUND, values)
        return [WalkDelivered(*row) for row in cursor.fetchall()]
