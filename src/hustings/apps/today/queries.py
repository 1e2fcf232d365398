"""
Questions of the first page, each one question of the database: what waits, who is out, what came back, what is set up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from hustings.apps.canvass.gaps import gaps_of, missing

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

MOST = 60
"""Walks of one list on the page; the head says how many there are."""

_WAITING = """
select 'help', count(*), min(a.raised_at), '' from safety_alert a
where a.campaign_id = %(campaign)s and a.kind = 'help' and not exists (
  select from safety_settlement s where s.campaign_id = a.campaign_id and s.alert_id = a.id
    and s.taken_back_at is null)
union all
select 'silent', count(*), min(a.since), '' from safety_alert a
join safety_watch w on w.campaign_id = a.campaign_id and w.id = a.watch_id
where a.campaign_id = %(campaign)s and a.kind <> 'help' and not exists (
  select from safety_settlement s where s.campaign_id = a.campaign_id and s.alert_id = a.id
    and s.taken_back_at is null)
  and not exists (select from safety_sign g
    where g.campaign_id = w.campaign_id and g.watch_id = w.id and g.at > a.since)
  and not (w.answers_count and exists (select from canvass_canvassevent e
    where e.campaign_id = w.campaign_id and e.device_id = w.device_id and e.turf_id = w.turf_id
      and e.happened_at > a.since))
union all
select 'overdue', count(*), min(c.expires_at), '' from outings_checkout c
where c.campaign_id = %(campaign)s and c.returned_at is null and c.expires_at <= %(now)s
union all
select 'phones', count(*), min(g.asked_at), '' from (
  select d.id, min(g.asked_at) as asked_at from accounts_device d
  join canvass_walkgrant g on g.campaign_id = d.campaign_id and g.device_id = d.id
    and g.expires_at > %(now)s
  where d.campaign_id = %(campaign)s and d.expires_at > %(now)s
    and not exists (select from accounts_deviceadmission a
      where a.campaign_id = d.campaign_id and a.device_id = d.id)
    and not exists (select from accounts_devicerevocation r
      where r.campaign_id = d.campaign_id and r.device_id = d.id)
    and not exists (select from canvass_walkreturn r
      where r.campaign_id = g.campaign_id and r.grant_id = g.id)
  group by d.id) g
union all
select 'held', count(*), min(h.at), '' from canvass_hold h
where h.campaign_id = %(campaign)s and not exists (
  select from canvass_release r where r.campaign_id = h.campaign_id and r.hold_id = h.id)
union all
select 'replied', count(*), min(p.at), '' from canvass_question q
join lateral (select min(p.at) as at from canvass_reply p
  where p.campaign_id = q.campaign_id and p.question_id = q.id) p on p.at is not null
where q.campaign_id = %(campaign)s and q.asked_at > %(now)s - interval '3 days'
  and not exists (select from canvass_hold h
    where h.campaign_id = q.campaign_id and h.question_id = q.id)
union all
select 'tray', count(*), min(t.received_at), '' from (
  select 'late' as about, id, received_at from canvass_latereport where campaign_id = %(campaign)s
  union all
  select 'clash', id, received_at from canvass_eventclash where campaign_id = %(campaign)s) t
where not exists (
  select from canvass_settlement s where s.campaign_id = %(campaign)s and s.about = t.about
    and s.subject_id = t.id and not exists (
      select from canvass_settlementtakenback b
      where b.campaign_id = s.campaign_id and b.settlement_id = s.id))
union all
select 'jobs', count(*), min(j.finished_at), coalesce(max(j.id)::text, '') from jobs_job j
where j.campaign_id = %(campaign)s and j.error <> '' and j.finished_at > %(now)s - interval '3 days'
  and not exists (select from jobs_job n where n.campaign_id = j.campaign_id and n.kind = j.kind
    and n.asked_at > j.asked_at)
union all
select 'statements', count(*), min(m.at), '' from (
  select m.id, m.at, coalesce((
    select s.due_at from statements_matterstep s where s.campaign_id = m.campaign_id
      and s.matter_id = m.id and s.due_at is not null order by s.at desc, s.id desc limit 1),
    m.due_at) as due_at
  from statements_matter m where m.campaign_id = %(campaign)s and not exists (
    select from statements_matterstep s where s.campaign_id = m.campaign_id
      and s.matter_id = m.id and s.kind in ('answered', 'left'))) m
where m.due_at <= %(now)s + interval '1 day'
"""

_WALKS = """
with chosen as (
  select t.id, t.number, t.name, t.action_id, t.door_count, c.holder, c.device_id, c.made_at,
    c.expires_at, t.returned_at
  from outings_checkout c
  join outings_turf t on t.campaign_id = c.campaign_id and t.id = c.turf_id
  where c.campaign_id = %(campaign)s and c.returned_at is null
  union all
  select t.id, t.number, t.name, t.action_id, t.door_count, coalesce(c.holder, ''), c.device_id,
    c.made_at, c.expires_at, t.returned_at
  from outings_turf t
  left join lateral (select c.* from outings_checkout c
    where c.campaign_id = t.campaign_id and c.turf_id = t.id order by c.made_at desc limit 1) c on true
  where t.campaign_id = %(campaign)s and t.returned_at >= %(midnight)s)
select x.id, x.number, x.name, n.name, n.kind, n.precision, x.door_count, x.holder, x.device_id,
  x.made_at, x.expires_at, x.returned_at,
  coalesce(s.done, 0) + coalesce(y.done, 0) + coalesce(v.done, 0),
  coalesce(s.contacts, 0) + coalesce(y.contacts, 0), coalesce(s.nobody, 0),
  greatest(s.last_at, l.at, v.last_at)
from chosen x
join outings_action n on n.campaign_id = %(campaign)s and n.id = x.action_id
left join lateral (
  select count(*) filter (where s.visits > 0) as done,
    count(*) filter (where s.contacted) as contacts,
    count(*) filter (where s.visits > 0 and not s.contacted and s.last_kind = 'no_answer') as nobody,
    max(s.last_at) as last_at
  from canvass_doorstanding s where s.campaign_id = %(campaign)s and s.turf_id = x.id) s on true
left join lateral (
  select sum(y.doors) as done,
    sum(y.doors) filter (where y.kind not in ('no_answer', 'no_access')) as contacts
  from canvass_tally y where n.precision = 'counts' and y.campaign_id = %(campaign)s
    and y.turf_id = x.id and y.standing = 'counts') y on true
left join lateral (
  select count(distinct v.door_id) as done, max(v.received_at) as last_at
  from canvass_delivery v where n.kind in ('leaflet', 'poster') and v.campaign_id = %(campaign)s
    and v.turf_id = x.id and v.door_id is not null and v.kind in ('delivered', 'part')) v on true
left join canvass_lastsync l on l.campaign_id = %(campaign)s and l.device_id = x.device_id
order by x.returned_at desc nulls last, greatest(s.last_at, l.at, v.last_at) nulls first, x.number
"""

_STEPS = """
select exists (select from register_registerentry where campaign_id = %(campaign)s),
  exists (select from places_townmap where campaign_id = %(campaign)s)
    or exists (select from places_door where campaign_id = %(campaign)s and lon is not null),
  exists (select from outings_turf where campaign_id = %(campaign)s and published_at is not null),
  exists (select from volunteers_joinpage where campaign_id = %(campaign)s),
  exists (select from shifts_session where campaign_id = %(campaign)s),
  exists (select from outings_checkout where campaign_id = %(campaign)s)
"""


class Waiting(NamedTuple):
    """How many of one thing wait, and since when the oldest does; ``which`` names one of them."""

    number: int
    since: datetime | None
    which: str


@dataclass(frozen=True, slots=True)
class Walk:
    """
    A walk that is out, or came back today.

    ``heard_at`` is the last sign of life of its phone or its doors, ``missing`` how many answers its phone made
    that have not arrived.
    """

    missing: int
    turf: int
    number: int
    name: str
    round: str
    kind: str
    precision: str
    doors: int
    holder: str
    device: int | None
    out_since: datetime | None
    expires_at: datetime | None
    back_at: datetime | None
    done: int
    contacts: int
    nobody_in: int
    heard_at: datetime | None

    @property
    def can_be_knocked_again(self) -> bool:
        """Whether a second knock makes sense: a canvass that knows at which doors nobody was in."""
        return self.kind == "canvass" and self.precision != "counts" and self.nobody_in > 0


class SetUp(NamedTuple):
    """What a newcomer has done by now."""

    register: bool
    places: bool
    cut: bool
    join_page: bool
    session: bool
    handed_out: bool


def waiting(campaign: Campaign) -> dict[str, Waiting]:
    """What waits, by name; what does not is not there."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"campaign": campaign.pk, "now": timezone.now()})
        return {name: Waiting(*rest) for name, *rest in cursor.fetchall() if rest[0]}


def walks(campaign: Campaign) -> tuple[list[Walk], list[Walk]]:
    """Walks that are out, longest unheard first, and those that came back today, newest first: two questions."""
    zone = ZoneInfo(campaign.time_zone)
    midnight = datetime.combine(timezone.localdate(timezone=zone), time(), tzinfo=zone)
    with connection.cursor() as cursor:
        cursor.execute(_WALKS, {"campaign": campaign.pk, "midnight": midnight})
        rows = cursor.fetchall()
    gaps = gaps_of(campaign, {row[8] for row in rows if row[8] is not None}) if rows else {}
    found = [Walk(missing(gaps.get(row[8], [])), *row) for row in rows]
    out = [walk for walk in found if walk.back_at is None]
    return out, [walk for walk in found if walk.back_at is not None]


def set_up(campaign: Campaign) -> SetUp:
    """How far a newcomer is."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, {"campaign": campaign.pk})
        return SetUp(*cursor.fetchone())
