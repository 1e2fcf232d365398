"""
What follow-ups there are by now: what was heard at doors and counts, with what was done about it.

One statement, for the questions of the tray and for its verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from hustings.apps.canvass.intake import COUNTS
from hustings.apps.followups.access import Subject
from hustings.apps.followups.kinds import BEFORE_POLLING, COME_BACK, DAYS

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hustings.apps.campaigns.models import Campaign

FOLLOW_UPS = f"""
with wished as (
  select e.turf_id, e.door_id, coalesce(e.person_id, 0) as person_id, w.kind,
    min(e.happened_at) as heard_at,
    (array_agg(e.come_back_at order by e.position desc)
      filter (where e.come_back_at is not null))[1] as back_at,
    coalesce((array_agg(e.wish_note order by e.position desc)
      filter (where e.wish_note <> ''))[1], '') as about
  from canvass_canvassevent e
  cross join lateral (
    select unnest(string_to_array(e.wishes, ' ')) as kind where e.wishes <> ''
    union all
    select e.kind where e.kind = '{COME_BACK}' and exists (
      select from canvass_doorstanding s where s.campaign_id = e.campaign_id
        and s.turf_id = e.turf_id and s.door_id = e.door_id and s.last_kind = '{COME_BACK}')) w
  where e.campaign_id = %(campaign)s and (e.wishes <> '' or e.kind = '{COME_BACK}') and {COUNTS}
  group by 1, 2, 3, 4),
steps as (
  select s.turf_id, s.door_id, coalesce(s.person_id, 0) as person_id, s.kind,
    (array_agg(s.owner order by s.nth desc) filter (where s.what in ('taken', 'given')))[1] as owner,
    (array_agg(s.volunteer_id order by s.nth desc)
      filter (where s.what in ('taken', 'given')))[1] as volunteer_id,
    (array_agg(s.due order by s.nth desc) filter (where s.what = 'due'))[1] as due,
    (array_agg(s.note order by s.nth desc) filter (where s.note <> ''))[1] as note,
    max(s.at) filter (where s.what = 'done') as done_at,
    (array_agg(s.id order by s.nth desc))[1] as last_step,
    (array_agg(s.what order by s.nth desc))[1] as last_what
  from followups_followupstep s
  where s.campaign_id = %(campaign)s and s.what <> 'taken_back' and not exists (
    select from followups_followupstep b
    where b.campaign_id = s.campaign_id and b.takes_back_id = s.id)
  group by 1, 2, 3, 4),
every as (
  select turf_id, door_id, person_id, kind, w.heard_at, coalesce(w.about, '') as about,
    coalesce(s.owner, '') as owner, s.volunteer_id, coalesce(s.note, '') as note, s.done_at,
    s.last_step, coalesce(s.last_what, '') as last_what, w.turf_id is null as gone,
    coalesce(s.due, least(
      coalesce((w.back_at at time zone %(zone)s)::date,
        (w.heard_at at time zone %(zone)s)::date + coalesce(d.days, 0)),
      case when d.kind = any(%(before_polling)s) then (
        select min(p.held_on) - 1 from polling_pollingday p
        where p.campaign_id = %(campaign)s and p.ended_at is null) end)) as due
  from wished w full join steps s using (turf_id, door_id, person_id, kind)
  left join unnest(%(kinds)s::text[], %(days)s::int[]) d(kind, days) using (kind)),
still_open as (select * from every where done_at is null)
"""
"""Every follow-up there is: what was heard and counts, with what was done; what is done is left out of ``open``."""


def today_in(campaign: Campaign) -> date:
    """The campaign's own day."""
    return timezone.localdate(timezone=ZoneInfo(campaign.time_zone))


def values_of(campaign: Campaign) -> dict[str, Any]:
    """What :data:`FOLLOW_UPS` asks for."""
    return {
        "campaign": campaign.pk, "zone": campaign.time_zone, "today": today_in(campaign),
        "kinds": list(DAYS), "days": list(DAYS.values()), "before_polling": list(BEFORE_POLLING),
    }  # fmt: skip


def standing(campaign: Campaign, subjects: Collection[Subject]) -> dict[Subject, bool]:
    """Those of these that there are, heard and counting or begun with; and whether each is done."""
    columns = [list(column) for column in zip(*subjects, strict=True)] or [[], [], [], []]
    names_of = ("turfs", "doors", "persons", "these")
    with connection.cursor() as cursor:
        cursor.execute(
            f"{FOLLOW_UPS} select turf_id, door_id, person_id, kind, done_at is not null from every "
            "where (turf_id, door_id, person_id, kind) in (select * from unnest(%(turfs)s::bigint[], "
            "%(doors)s::bigint[], %(persons)s::bigint[], %(these)s::text[]))",
            values_of(campaign) | dict(zip(names_of, columns, strict=True)),
        )
        return {Subject(*row[:4]): row[4] for row in cursor.fetchall()}


def is_there(campaign: Campaign, subject: Subject) -> bool:
    """Whether it is a follow-up: heard and counting, or begun with."""
    return subject in standing(campaign, [subject])
