"""
Taking events in: each once, nothing overwritten, and what they change worked out by ``standing``.

Whoever writes to a walk holds it and its mark until they commit, walks in the order of their numbers, so that two
phones on one walk cannot each miss what the other said, and a walk is not handed in between. People can be on several walks, so their rows
are held as well, in order; where a person has no row yet and two make it at once, the second works the
person out anew.

A time counts as the phone said it, put right by what its clock said when it sent, and never later than
the moment it arrived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass.deliveries import STANDS
from hustings.apps.canvass.held import HELD, OUTRULED
from hustings.apps.canvass.standing import (
    STOPS,
    AnswerRow,
    DoorRow,
    PersonRow,
    Said,
    VisitRow,
    standings,
)
from hustings.apps.outings.access import HOLD_TURFS

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report, Told
    from hustings.apps.canvass.standing import Standings

PARTS = 16
"""See :class:`hustings.apps.canvass.models.Received`."""

NOT_TAKEN_BACK = """
e.kind <> 'undo' and not exists (
  select from canvass_canvassevent c
  where c.campaign_id = e.campaign_id and c.corrects = e.id
    and c.device_id = e.device_id and c.turf_id = e.turf_id and c.door_id = e.door_id)
"""
"""An event ``e`` that says something and that nothing corrects."""

COUNTS = f"{NOT_TAKEN_BACK} and not {HELD}"
"""An event ``e`` that counts."""

_MARK = f"""
insert into canvass_walkmark as m (campaign_id, turf_id, changes)
select %(campaign)s::uuid, t.id, 1 from ({HOLD_TURFS}) t
on conflict (campaign_id, turf_id) do update set changes = m.changes + 1
"""

_HOLD_PEOPLE = """
select s.person_id from unnest(%(people)s::bigint[]) with ordinality t(person, nth) cross join lateral (
  select person_id from people_personstanding
  where campaign_id = %(campaign)s::uuid and person_id = t.person for update) s
"""

_ADD = f"""
with added as (
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, strength, language, come_back_at, wording_id, occurred_at, received_at,
  happened_at, corrects, after, app, more, digest, wishes, wish_note, card_left)
select %(campaign)s::uuid, r.id, %(device)s::bigint, r.sequence, r.turf, r.door, r.person, r.channel, r.kind,
  r.support, r.strength, r.language, r.come_back_at, r.wording, r.occurred_at, now(),
  least(r.occurred_at - %(ahead_s)s::bigint * interval '1 second', now()), r.corrects, r.after, r.app, r.more,
  r.digest, r.wishes, r.wish_note, r.card_left
from unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(turf)s::bigint[], %(door)s::bigint[],
  %(person)s::bigint[], %(channel)s::text[], %(kind)s::text[], %(support)s::text[],
  %(strength)s::smallint[], %(language)s::text[], %(come_back_at)s::timestamptz[],
  %(wording)s::bigint[], %(occurred_at)s::timestamptz[], %(corrects)s::uuid[], %(after)s::uuid[],
  %(app)s::text[], %(more)s::jsonb[], %(digest)s::bytea[], %(wishes)s::text[], %(wish_note)s::text[],
  %(card_left)s::bool[]) with ordinality
  r(id, sequence, turf, door, person, channel, kind, support, strength, language, come_back_at,
    wording, occurred_at, corrects, after, app, more, digest, wishes, wish_note, card_left, nth)
order by r.nth
on conflict (campaign_id, id) do nothing
returning id, position, campaign_id, device_id, turf_id, happened_at),
counted as (
insert into canvass_received as c (campaign_id, part, events, newest_at)
select %(campaign)s::uuid, %(part)s::smallint, count(*), now() from added having count(*) > 0
on conflict (campaign_id, part) do update set events = c.events + excluded.events, newest_at = now())
select e.id, e.position, e.happened_at, (e.happened_at at time zone %(zone)s::text)::date, {HELD} from added e
"""

_HEARD = f"""e.id, e.position, e.device_id, e.turf_id, e.door_id, e.person_id, e.channel, e.kind, e.support,
  e.strength, e.come_back_at, e.happened_at, (e.happened_at at time zone %(zone)s::text)::date,
  e.corrects, e.after, {HELD}, e.kind = 'answered' and {OUTRULED}"""
_AT_DOORS = f"""
select {_HEARD} from unnest(%(doors)s::bigint[]) t(door) cross join lateral (
  select * from canvass_canvassevent
  where campaign_id = %(campaign)s::uuid and door_id = t.door offset 0) e
"""
_AT_DOORS_AND_ABOUT = f"""
{_AT_DOORS} union all
select {_HEARD} from unnest(%(people)s::bigint[]) t(person) cross join lateral (
  select * from canvass_canvassevent
  where campaign_id = %(campaign)s::uuid and person_id = t.person
    and door_id <> all(%(doors)s::bigint[]) offset 0) e
"""
"""Each door and person is looked up by its index, whatever the planner thinks of a table that has just grown."""

_DOORS = """
with new as (
  select * from unnest(%(v_turf)s::bigint[], %(v_door)s::bigint[], %(v_device)s::bigint[],
    %(v_day)s::date[], %(v_contacted)s::bool[], %(v_answers)s::int[])
    n(turf, door, device, day, contacted, answers)),
visited as (
  insert into canvass_visit as v (campaign_id, turf_id, door_id, device_id, day, contacted, answers)
  select %(campaign)s::uuid, turf, door, device, day, contacted, answers from new
  on conflict (campaign_id, turf_id, door_id, device_id, day) do update
    set contacted = excluded.contacted, answers = excluded.answers
    where (v.contacted, v.answers) is distinct from (excluded.contacted, excluded.answers)),
answered as (
  insert into canvass_answer
    (campaign_id, turf_id, door_id, person_id, device_id, day, support, strength, disputed)
  select %(campaign)s::uuid, * from unnest(%(a_turf)s::bigint[], %(a_door)s::bigint[],
    %(a_person)s::bigint[], %(a_device)s::bigint[], %(a_day)s::date[], %(a_support)s::text[],
    %(a_strength)s::smallint[], %(a_disputed)s::bool[]))
insert into canvass_doorstanding as s (campaign_id, turf_id, door_id, visits, contacted, answers,
  last_at, last_kind, come_back_at, change)
select %(campaign)s::uuid, n.turf, n.door, n.visits, n.contacted, n.answers, n.last_at, n.last_kind,
  n.come_back_at, m.changes
from unnest(%(turf)s::bigint[], %(door)s::bigint[], %(visits)s::int[], %(contacted)s::bool[],
  %(answers)s::int[], %(last_at)s::timestamptz[], %(last_kind)s::text[],
  %(come_back_at)s::timestamptz[])
  n(turf, door, visits, contacted, answers, last_at, last_kind, come_back_at)
join canvass_walkmark m on m.campaign_id = %(campaign)s::uuid and m.turf_id = n.turf
on conflict (campaign_id, turf_id, door_id) do update set visits = excluded.visits,
  contacted = excluded.contacted, answers = excluded.answers, last_at = excluded.last_at,
  last_kind = excluded.last_kind, come_back_at = excluded.come_back_at, change = excluded.change
"""

_GONE = """
with answers as (
  delete from canvass_answer a using unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
  where a.campaign_id = %(campaign)s::uuid and a.turf_id = t.turf and a.door_id = t.door)
delete from canvass_visit v using unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
where v.campaign_id = %(campaign)s::uuid and v.turf_id = t.turf and v.door_id = t.door
  and not exists (
    select from unnest(%(turf)s::bigint[], %(door)s::bigint[], %(device)s::bigint[], %(day)s::date[])
      n(turf, door, device, day)
    where n.turf = v.turf_id and n.door = v.door_id and n.device = v.device_id and n.day = v.day)
"""
"""What was summed up before at these places and is no more; answers are written anew."""

_PEOPLE = """
insert into people_personstanding as s (campaign_id, person_id, support, strength, support_at, disputed,
  last_attempt_at, last_contact_at, last_contact_channel, door_contact_at, phone_contact_at,
  text_contact_at, event_contact_at)
select %(campaign)s::uuid, n.* from unnest(%(person)s::bigint[], %(support)s::text[],
  %(strength)s::smallint[], %(support_at)s::timestamptz[], %(disputed)s::bool[],
  %(attempt)s::timestamptz[], %(contact)s::timestamptz[], %(channel)s::text[],
  %(door)s::timestamptz[], %(phone)s::timestamptz[], %(text)s::timestamptz[],
  %(event)s::timestamptz[]) n(person) order by n.person
on conflict (campaign_id, person_id) do update set support = excluded.support,
  strength = excluded.strength, support_at = excluded.support_at, disputed = excluded.disputed,
  last_attempt_at = excluded.last_attempt_at, last_contact_at = excluded.last_contact_at,
  last_contact_channel = excluded.last_contact_channel, door_contact_at = excluded.door_contact_at,
  phone_contact_at = excluded.phone_contact_at, text_contact_at = excluded.text_contact_at,
  event_contact_at = excluded.event_contact_at
  where s.person_id = any(%(held)s::bigint[])
returning person_id
"""
"""Whoever had no row when we held the rows, and has one now, is left alone and not returned."""

_STOPS = """
with wanted as (
  select * from unnest(%(stopped)s::bigint[], %(reasons)s::text[]) w(person, reason)),
lifted as (
  update people_donotcontact d set lifted_at = now()
  where d.campaign_id = %(campaign)s::uuid and d.person_id = any(%(people)s::bigint[])
    and d.source = 'door' and d.lifted_at is null
    and not exists (select from wanted w where w.person = d.person_id and w.reason = d.reason)
  returning d.id)
insert into people_donotcontact (campaign_id, person_id, channel, reason, source, recorded_at)
select %(campaign)s::uuid, w.person, '', w.reason, 'door', now() from wanted w
where not exists (
  select from people_donotcontact d
  where d.campaign_id = %(campaign)s::uuid and d.person_id = w.person and d.source = 'door'
    and d.reason = w.reason and d.lifted_at is null)
"""

_LAST_SYNC = """
insert into canvass_lastsync as s (campaign_id, device_id, at, first, newest, unsent, ahead_s, app)
values (%(campaign)s::uuid, %(device)s::bigint, now(), %(first)s::bigint, %(newest)s::bigint,
  %(unsent)s::int, %(ahead_s)s::bigint, %(app)s::text)
on conflict (campaign_id, device_id) do update set at = now(), first = least(s.first, excluded.first),
  newest = greatest(s.newest, excluded.newest), unsent = excluded.unsent, app = excluded.app,
  ahead_s = coalesce(excluded.ahead_s, s.ahead_s)
"""


def write_last_sync(device: Device, told: Told, ahead_s: int | None) -> None:
    """What a phone said of itself; its highest number never falls, also when an older copy comes back."""
    answered(
        _LAST_SYNC,
        {
            "campaign": device.campaign_id, "device": device.pk, "first": told.first,
            "newest": told.newest, "unsent": told.unsent, "app": told.app, "ahead_s": ahead_s,
        },
    )  # fmt: skip


def add_events(
    campaign: Campaign,
    device_id: int,
    reports: Sequence[tuple[Report, int | None, int | None]],
    *,
    ahead_s: int = 0,
) -> list[Said]:
    """
    Add events that are not there yet, in the order given; the running transaction decides.

    Parameters
    ----------
    reports
        Each with the person's number and the wording's, where there is one.
    ahead_s
        How many seconds the phone's clock was ahead when it sent them.

    Returns
    -------
    list
        Those that were new.
    """
    columns: dict[str, Any] = {
        name: [getattr(report, name) for report, _person, _wording in reports]
        for name in (
            "id", "sequence", "turf", "door", "channel", "kind", "support", "strength", "language",
            "come_back_at", "occurred_at", "corrects", "after", "app", "more",
            "wishes", "wish_note", "card_left",
        )
    }  # fmt: skip
    columns["person"] = [person for _report, person, _wording in reports]
    columns["wording"] = [wording for _report, _person, wording in reports]
    columns["digest"] = [report.digest() for report, _person, _wording in reports]
    values: dict[str, Any] = {
        "campaign": campaign.pk, "device": device_id, "ahead_s": ahead_s, "part": device_id % PARTS,
        "zone": campaign.time_zone, **columns,
    }  # fmt: skip
    added = {event_id: rest for event_id, *rest in answered(_ADD, values)}
    return [
        Said(
            report.id, added[report.id][0], device_id, report.turf, report.door, person,
            report.channel, report.kind, report.support, report.strength, report.come_back_at,
            added[report.id][1], added[report.id][2], report.corrects, report.after, held=added[report.id][3],
        )
        for report, person, _wording in reports if report.id in added
    ]  # fmt: skip


def say_that_events_came(campaign: Campaign, device_id: int, events: int) -> None:
    """What is kept apart from events (sums, deliveries) counts as arrived too: open pages look again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into canvass_received as c (campaign_id, part, events, newest_at) "
            "values (%s, %s, %s, now()) on conflict (campaign_id, part) do update "
            "set events = c.events + excluded.events, newest_at = now()",
            [campaign.pk, device_id % PARTS, events],
        )


def hold_walks(campaign: Campaign, turfs: Iterable[int]) -> None:
    """Hold these walks until the transaction ends, and mark that something changes there."""
    answered(_MARK, {"campaign": campaign.pk, "turfs": sorted(set(turfs))})


def hold_people(campaign: Campaign, people: Iterable[int]) -> list[int]:
    """Hold those of these people who have a row until the transaction ends; their numbers."""
    rows = answered(_HOLD_PEOPLE, {"campaign": campaign.pk, "people": sorted(set(people))})
    return [row[0] for row in rows]


def lock(campaign: Campaign, doors: Collection[tuple[int, int]], people: Collection[int]) -> None:
    """Hold the walks of these (turf, door), and these people, until the transaction ends."""
    hold_walks(campaign, {turf for turf, _door in doors})
    hold_people(campaign, people)


def work_out(
    campaign: Campaign,
    doors: Collection[tuple[int, int]],
    people: Collection[int],
    at_doors: Collection[tuple[int, int]],
) -> list[DoorRow]:
    """
    Bring the standings of these doors and people, and who is not to be contacted, up to the events.

    The walks are held already (:func:`hold_walks`).

    Parameters
    ----------
    doors
        (turf, door).
    people
        Numbers of persons.
    at_doors
        (person, door) of those people who live at a door: what is said of a door concerns them.

    Returns
    -------
    list
        The doors as they stand now.
    """
    held = hold_people(campaign, people) if people else []
    events = said(campaign, doors, people, at_doors)
    return write(campaign, doors, people, at_doors, events=events, held=held, afresh=set(doors))


def said(
    campaign: Campaign,
    places: Collection[tuple[int, int]],
    people: Collection[int],
    at_doors: Collection[tuple[int, int]],
) -> list[Said]:
    """All that was said at these places and about these people, and at the doors where they said it."""
    doors = {door for _turf, door in places} | {d for person, d in at_doors if person in people}
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "zone": campaign.time_zone,
        "people": list(people),
    }
    if people:
        rows = answered(_AT_DOORS_AND_ABOUT, {**values, "doors": list(doors)})
    else:
        rows = answered(_AT_DOORS, {**values, "doors": list(doors)})
    found = [Said(*row) for row in rows]
    elsewhere = {event.door for event in found} - doors
    if elsewhere:  # what was said of them at another door may have been corrected there
        there = {event.id for event in found}
        rows = answered(_AT_DOORS, {**values, "doors": list(elsewhere)})
        found += [event for row in rows if (event := Said(*row)).id not in there]
    return found


def write(
    campaign: Campaign,
    doors: Collection[tuple[int, int]],
    people: Collection[int],
    at_doors: Collection[tuple[int, int]],
    *,
    events: Collection[Said],
    held: Collection[int],
    afresh: Collection[tuple[int, int]],
) -> list[DoorRow]:
    """
    Write what :func:`standings` finds in these events; the doors as they stand now.

    Parameters
    ----------
    held
        Those of the people whose rows are held.
    afresh
        Those of the doors for which something may have been summed up before.
    """
    places, left = sorted(set(doors)), set(people)
    found = standings(events, places, left, at_doors)
    _write_doors(campaign, found, sorted(afresh))
    doors_now = found.doors
    while left:
        raced = left - _write_people(campaign, found, held, events)
        if not raced:
            break
        left, held = raced, hold_people(campaign, raced)
        events = said(campaign, [], left, at_doors)
        found = standings(events, [], left, at_doors)
    return doors_now


def _columns(rows: Sequence[Any], kind: type[Any], prefix: str = "") -> dict[str, list[Any]]:
    names = [prefix + name for name in kind._fields]
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, map(list, columns), strict=True))


def _write_doors(campaign: Campaign, found: Standings, afresh: Sequence[tuple[int, int]]) -> None:
    values: dict[str, Any] = {"campaign": campaign.pk}
    if afresh:
        turfs, doors = [turf for turf, _door in afresh], [door for _turf, door in afresh]
        visits = _columns(found.visits, VisitRow)
        kept = {name: visits[name] for name in ("turf", "door", "device", "day")}
        answered(_GONE, values | {"turfs": turfs, "doors": doors} | kept)
    if found.doors:
        values |= _columns(found.visits, VisitRow, "v_") | _columns(found.answers, AnswerRow, "a_")
        answered(_DOORS, values | _columns(found.doors, DoorRow))


def _write_people(
    campaign: Campaign, found: Standings, held: Collection[int], events: Iterable[Said]
) -> set[int]:
    """The people whose rows say it now; the others got a row from somebody else meanwhile."""
    values: dict[str, Any] = {"campaign": campaign.pk, "held": list(held)}
    written = {row[0] for row in answered(_PEOPLE, values | _columns(found.people, PersonRow))}
    if any(event.kind in STOPS for event in events):  # also one that counts no more: it is lifted
        stops = sorted(stop for stop in found.stops if stop[0] in written)
        values = {
            "campaign": campaign.pk,
            "people": list(written),
            "stopped": [person for person, _reason in stops],
            "reasons": [reason for _person, reason in stops],
        }
        answered(_STOPS, values)
    return written


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
            "select (select count(distinct door_id) from canvass_visit where campaign_id = %(campaign)s "
            "and turf_id = %(turf)s and device_id = %(device)s) + (select coalesce(sum(doors), 0) "
            "from canvass_tally where campaign_id = %(campaign)s and turf_id = %(turf)s "
            "and device_id = %(device)s and standing = 'counts') + (select count(distinct d.door_id) "
            "from canvass_delivery d where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s "
            f"and d.device_id = %(device)s and {STANDS})",
            {"campaign": campaign_id, "turf": turf_id, "device": device_id},
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0
