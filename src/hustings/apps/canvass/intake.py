"""
Taking events in: each once, nothing overwritten, and what they change worked out by rule.

The rule, on which every number stands:

- An event counts unless another event of the same phone at the same door corrects it. Undoing is a
  correction that says nothing itself; what the undone event had replaced stays replaced.
- A person's answer is the newest answer that counts, in the server's order. Where two phones of one
  walk heard different answers, both are kept and the person is marked as disputed.
- A time counts as the phone says it, but never later than the moment it arrived.

Rows of the doors and people concerned are locked in order of their number before anything is worked
out, so that two phones at one door cannot each miss what the other said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass.kinds import STOPS_CONTACT, WITHOUT_CONTACT

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report

PARTS = 16
"""See :class:`hustings.apps.canvass.models.Received`."""

COUNTS = """
e.kind <> 'undo' and not exists (
  select from canvass_canvassevent c
  where c.campaign_id = e.campaign_id and c.corrects = e.id
    and c.device_id = e.device_id and c.turf_id = e.turf_id and c.door_id = e.door_id)
"""
"""An event ``e`` that counts."""

_LOCK_DOORS = """
insert into canvass_doorstanding (campaign_id, turf_id, door_id, visits, contacted, answers, last_kind)
select %(campaign)s, t.turf, t.door, 0, false, 0, ''
from unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door) order by t.turf, t.door
on conflict (campaign_id, turf_id, door_id) do nothing
"""

_LOCK_PEOPLE = """
insert into people_personstanding (campaign_id, person_id, support, disputed, last_contact_channel)
select %(campaign)s, p, '', false, '' from unnest(%(people)s::bigint[]) p order by p
on conflict (campaign_id, person_id) do nothing
"""

_ADD = """
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, strength, language, come_back_at, wording_id, occurred_at, received_at,
  corrects, app, digest)
select %(campaign)s, r.id, %(device)s, r.sequence, r.turf, r.door, r.person, r.channel, r.kind,
  r.support, r.strength, r.language, r.come_back_at, r.wording, r.occurred_at, now(), r.corrects,
  r.app, r.digest
from unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(turf)s::bigint[], %(door)s::bigint[],
  %(person)s::bigint[], %(channel)s::text[], %(kind)s::text[], %(support)s::text[],
  %(strength)s::smallint[], %(language)s::text[], %(come_back_at)s::timestamptz[],
  %(wording)s::bigint[], %(occurred_at)s::timestamptz[], %(corrects)s::uuid[], %(app)s::text[],
  %(digest)s::bytea[]) with ordinality
  r(id, sequence, turf, door, person, channel, kind, support, strength, language, come_back_at,
    wording, occurred_at, corrects, app, digest, nth)
order by r.nth
on conflict (campaign_id, id) do nothing
returning id
"""

_FORGET_VISITS = """
delete from canvass_visit v using unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
where v.campaign_id = %(campaign)s and v.turf_id = t.turf and v.door_id = t.door
"""

_VISITS = f"""
insert into canvass_visit (campaign_id, turf_id, door_id, device_id, day, contacted, answers)
select %(campaign)s, e.turf_id, e.door_id, e.device_id,
  (least(e.occurred_at, e.received_at) at time zone %(zone)s)::date,
  bool_or(e.kind <> all(%(without_contact)s)), count(*) filter (where e.kind = 'answered')
from canvass_canvassevent e
join unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
  on e.turf_id = t.turf and e.door_id = t.door
where e.campaign_id = %(campaign)s and e.channel = 'door' and {COUNTS}
group by 2, 3, 4, 5
"""

_FORGET_ANSWERS = _FORGET_VISITS.replace("canvass_visit", "canvass_answer")

_ANSWERS = f"""
with heard as (
  select distinct on (e.turf_id, e.door_id, e.person_id, e.device_id)
    e.turf_id, e.door_id, e.person_id, e.device_id, e.support, e.strength, e.position,
    (least(e.occurred_at, e.received_at) at time zone %(zone)s)::date as day
  from canvass_canvassevent e
  join unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
    on e.turf_id = t.turf and e.door_id = t.door
  where e.campaign_id = %(campaign)s and e.kind = 'answered' and {COUNTS}
  order by e.turf_id, e.door_id, e.person_id, e.device_id, e.position desc)
insert into canvass_answer
  (campaign_id, turf_id, door_id, person_id, device_id, day, support, strength, disputed)
select distinct on (h.turf_id, h.door_id, h.person_id) %(campaign)s, h.turf_id, h.door_id, h.person_id,
  h.device_id, h.day, h.support, h.strength,
  exists (select from heard o where o.turf_id = h.turf_id and o.door_id = h.door_id
    and o.person_id = h.person_id and (o.support, o.strength) is distinct from (h.support, h.strength))
from heard h order by h.turf_id, h.door_id, h.person_id, h.position desc
"""

_DOORS = f"""
with counting as (
  select e.turf_id, e.door_id, e.kind, e.position, e.come_back_at,
    least(e.occurred_at, e.received_at) as at
  from canvass_canvassevent e
  join unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
    on e.turf_id = t.turf and e.door_id = t.door
  where e.campaign_id = %(campaign)s and e.channel = 'door' and {COUNTS}),
newest as (
  select distinct on (turf_id, door_id) turf_id, door_id, kind, at, come_back_at
  from counting order by turf_id, door_id, position desc),
summed as (
  select turf_id, door_id, bool_or(kind <> all(%(without_contact)s)) as contacted,
    count(*) filter (where kind = 'answered') as answers
  from counting group by 1, 2),
visited as (
  select v.turf_id, v.door_id, count(*) as visits
  from canvass_visit v
  join unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
    on v.turf_id = t.turf and v.door_id = t.door
  where v.campaign_id = %(campaign)s group by 1, 2)
update canvass_doorstanding s set
  visits = coalesce(v.visits, 0), contacted = coalesce(m.contacted, false),
  answers = coalesce(m.answers, 0), last_at = n.at, last_kind = coalesce(n.kind, ''),
  come_back_at = n.come_back_at
from unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
left join newest n on n.turf_id = t.turf and n.door_id = t.door
left join summed m on m.turf_id = t.turf and m.door_id = t.door
left join visited v on v.turf_id = t.turf and v.door_id = t.door
where s.campaign_id = %(campaign)s and s.turf_id = t.turf and s.door_id = t.door
"""

_PEOPLE = f"""
with counting as (
  select e.person_id, e.device_id, e.turf_id, e.channel, e.kind, e.support, e.strength, e.position,
    least(e.occurred_at, e.received_at) as at
  from canvass_canvassevent e
  where e.campaign_id = %(campaign)s and e.person_id = any(%(people)s::bigint[]) and {COUNTS}),
heard as (
  select distinct on (person_id, turf_id, device_id) * from counting where kind = 'answered'
  order by person_id, turf_id, device_id, position desc),
answer as (
  select distinct on (person_id) * from heard order by person_id, position desc),
differs as (
  select a.person_id, count(distinct (h.support, h.strength)) > 1 as disputed
  from answer a join heard h on h.person_id = a.person_id and h.turf_id = a.turf_id group by 1),
touched as (
  select person_id, max(at) as attempt, max(at) filter (where contact) as contact,
    (array_agg(channel order by at desc) filter (where contact))[1] as channel,
    max(at) filter (where contact and channel = 'door') as door,
    max(at) filter (where contact and channel = 'phone') as phone,
    max(at) filter (where contact and channel = 'text') as text,
    max(at) filter (where contact and channel = 'event') as event
  from (
    select person_id, channel, at, kind <> all(%(without_contact)s) as contact from counting
    union all
    select h.person, e.channel, least(e.occurred_at, e.received_at), false
    from unnest(%(at_person)s::bigint[], %(at_door)s::bigint[]) h(person, door)
    join canvass_canvassevent e on e.door_id = h.door
    where e.campaign_id = %(campaign)s and e.person_id is null and {COUNTS}
  ) every group by 1)
update people_personstanding s set
  support = coalesce(a.support, ''), strength = a.strength, support_at = a.at,
  disputed = coalesce(d.disputed, false), last_attempt_at = t.attempt, last_contact_at = t.contact,
  last_contact_channel = coalesce(t.channel, ''), door_contact_at = t.door,
  phone_contact_at = t.phone, text_contact_at = t.text, event_contact_at = t.event
from unnest(%(people)s::bigint[]) p
left join answer a on a.person_id = p
left join differs d on d.person_id = p
left join touched t on t.person_id = p
where s.campaign_id = %(campaign)s and s.person_id = p
"""

_STOPS = f"""
with wanted as (
  select distinct e.person_id as person, w.reason
  from canvass_canvassevent e join unnest(%(stops)s::text[], %(reasons)s::text[]) w(kind, reason)
    on w.kind = e.kind
  where e.campaign_id = %(campaign)s and e.person_id = any(%(people)s::bigint[]) and {COUNTS}
  union
  select h.person, 'asked'
  from unnest(%(at_person)s::bigint[], %(at_door)s::bigint[]) h(person, door)
  join canvass_canvassevent e on e.door_id = h.door
  where e.campaign_id = %(campaign)s and e.person_id is null and e.kind = 'do_not_contact' and {COUNTS}),
lifted as (
  update people_donotcontact d set lifted_at = now()
  where d.campaign_id = %(campaign)s and d.person_id = any(%(people)s::bigint[])
    and d.source = 'door' and d.lifted_at is null
    and not exists (select from wanted w where w.person = d.person_id and w.reason = d.reason)
  returning d.id)
insert into people_donotcontact (campaign_id, person_id, channel, reason, source, recorded_at)
select %(campaign)s, w.person, '', w.reason, 'door', now() from wanted w
where not exists (
  select from people_donotcontact d
  where d.campaign_id = %(campaign)s and d.person_id = w.person and d.source = 'door'
    and d.reason = w.reason and d.lifted_at is null)
"""

_COUNT = """
insert into canvass_received as c (campaign_id, part, events, newest_at)
values (%(campaign)s, %(part)s, %(added)s, now())
on conflict (campaign_id, part) do update set events = c.events + %(added)s, newest_at = now()
"""


def add_events(
    campaign: Campaign, device_id: int, reports: Sequence[tuple[Report, int | None, int | None]]
) -> set[UUID]:
    """
    Add events that are not there yet, in the order given; the running transaction decides.

    Parameters
    ----------
    reports
        Each with the person's number and the wording's, where there is one.

    Returns
    -------
    set
        The ids that were new.
    """
    columns: dict[str, Any] = {
        name: [getattr(report, name) for report, _person, _wording in reports]
        for name in (
            "id", "sequence", "turf", "door", "channel", "kind", "support", "strength", "language",
            "come_back_at", "occurred_at", "corrects", "app",
        )
    }  # fmt: skip
    columns["person"] = [person for _report, person, _wording in reports]
    columns["wording"] = [wording for _report, _person, wording in reports]
    columns["digest"] = [report.digest() for report, _person, _wording in reports]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"campaign": campaign.pk, "device": device_id, **columns})
        added = {row[0] for row in cursor.fetchall()}
        if added:
            cursor.execute(
                _COUNT,
                {"campaign": campaign.pk, "part": device_id % PARTS, "added": len(added)},
            )
    return added


def lock(campaign: Campaign, doors: Collection[tuple[int, int]], people: Collection[int]) -> None:
    """Hold these (turf, door) and people until the transaction ends, in one order for everybody."""
    in_order = sorted(set(doors))
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "turfs": [turf for turf, _door in in_order],
        "doors": [door for _turf, door in in_order],
        "people": sorted(set(people)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_DOORS, values)
        cursor.execute(
            "select 1 from canvass_doorstanding s "
            "join unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door) "
            "on s.turf_id = t.turf and s.door_id = t.door "
            "where s.campaign_id = %(campaign)s order by s.turf_id, s.door_id for update of s",
            values,
        )
        if people:
            cursor.execute(_LOCK_PEOPLE, values)
            cursor.execute(
                "select 1 from people_personstanding where campaign_id = %(campaign)s "
                "and person_id = any(%(people)s::bigint[]) order by person_id for update",
                values,
            )


def work_out(
    campaign: Campaign,
    doors: Collection[tuple[int, int]],
    people: Collection[int],
    at_doors: Collection[tuple[int, int]],
) -> None:
    """
    Bring the standings of these doors and people, and who is not to be contacted, up to the events.

    Parameters
    ----------
    doors
        (turf, door).
    people
        Numbers of persons.
    at_doors
        (person, door) of those people who live at a door: what is said of a door concerns them.
    """
    in_order, homes = sorted(set(doors)), sorted(set(at_doors))
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "zone": campaign.time_zone,
        "without_contact": [str(kind) for kind in WITHOUT_CONTACT],
        "stops": [str(kind) for kind in STOPS_CONTACT],
        "reasons": list(STOPS_CONTACT.values()),
        "turfs": [turf for turf, _door in in_order],
        "doors": [door for _turf, door in in_order],
        "people": sorted(set(people)),
        "at_person": [person for person, _door in homes],
        "at_door": [door for _person, door in homes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_VISITS, values)
        cursor.execute(_VISITS, values)
        cursor.execute(_FORGET_ANSWERS, values)
        cursor.execute(_ANSWERS, values)
        cursor.execute(_DOORS, values)
        if values["people"]:
            cursor.execute(_PEOPLE, values)
            cursor.execute(_STOPS, values)


def changed_since(campaign: Campaign) -> tuple[int, datetime | None]:
    """How many events have arrived in all, and when the newest did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(events), 0)::bigint, max(newest_at) from canvass_received "
            "where campaign_id = %s",
            [campaign.pk],
        )
        row = cursor.fetchone()
    return (int(row[0]), row[1]) if row else (0, None)


def doors_recorded(campaign_id: UUID, turf_id: int, device_id: int) -> int:
    """
    How many doors of this walk this phone has recorded something at that counts.

    The number on the receipt and the number on the organiser's screen: both ask here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(distinct door_id) from canvass_visit "
            "where campaign_id = %s and turf_id = %s and device_id = %s",
            [campaign_id, turf_id, device_id],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
