"""
Taking events in: each once, nothing overwritten, and what they change worked out by ``standing``.

Whoever writes to a walk holds its mark until they commit, walks in the order of their numbers, so that two
phones on one walk cannot each miss what the other said. People can be on several walks, so their rows
are held as well, in order; where a person has no row yet and two make it at once, the second works the
person out anew.

A time counts as the phone said it, put right by what its clock said when it sent, and never later than
the moment it arrived.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.canvass.deliveries import STANDS
from hustings.apps.canvass.standing import AnswerRow, DoorRow, PersonRow, Said, VisitRow, standings

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

COUNTS = """
e.kind <> 'undo' and not exists (
  select from canvass_canvassevent c
  where c.campaign_id = e.campaign_id and c.corrects = e.id
    and c.device_id = e.device_id and c.turf_id = e.turf_id and c.door_id = e.door_id)
"""
"""An event ``e`` that counts."""

_MARK = """
insert into canvass_walkmark as m (campaign_id, turf_id, changes)
select %(campaign)s, turf, 1 from unnest(%(turfs)s::bigint[]) turf order by turf
on conflict (campaign_id, turf_id) do update set changes = m.changes + 1
"""

_HOLD_PEOPLE = """
select person_id from people_personstanding where campaign_id = %(campaign)s
  and person_id = any(%(people)s::bigint[]) order by person_id for update
"""

_ADD = """
with added as (
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, strength, language, come_back_at, wording_id, occurred_at, received_at,
  happened_at, corrects, after, app, more, digest)
select %(campaign)s, r.id, %(device)s, r.sequence, r.turf, r.door, r.person, r.channel, r.kind,
  r.support, r.strength, r.language, r.come_back_at, r.wording, r.occurred_at, now(),
  least(r.occurred_at - %(ahead_s)s * interval '1 second', now()), r.corrects, r.after, r.app, r.more,
  r.digest
from unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(turf)s::bigint[], %(door)s::bigint[],
  %(person)s::bigint[], %(channel)s::text[], %(kind)s::text[], %(support)s::text[],
  %(strength)s::smallint[], %(language)s::text[], %(come_back_at)s::timestamptz[],
  %(wording)s::bigint[], %(occurred_at)s::timestamptz[], %(corrects)s::uuid[], %(after)s::uuid[],
  %(app)s::text[], %(more)s::jsonb[], %(digest)s::bytea[]) with ordinality
  r(id, sequence, turf, door, person, channel, kind, support, strength, language, come_back_at,
    wording, occurred_at, corrects, after, app, more, digest, nth)
order by r.nth
on conflict (campaign_id, id) do nothing
returning id),
counted as (
insert into canvass_received as c (campaign_id, part, events, newest_at)
select %(campaign)s, %(part)s, count(*), now() from added having count(*) > 0
on conflict (campaign_id, part) do update set events = c.events + excluded.events, newest_at = now())
select id from added
"""

_SAID = """
select e.id, e.position, e.device_id, e.turf_id, e.door_id, e.person_id, e.channel, e.kind, e.support,
  e.strength, e.come_back_at, e.happened_at, (e.happened_at at time zone %(zone)s)::date,
  e.corrects, e.after
from canvass_canvassevent e
where e.campaign_id = %(campaign)s and (e.door_id = any(%(doors)s::bigint[]) {or_people})
"""
_AT_DOORS = _SAID.format(or_people="")
_AT_DOORS_AND_ABOUT = _SAID.format(or_people="or e.person_id = any(%(people)s::bigint[])")

_VISITS = """
with new as (
  select * from unnest(%(turf)s::bigint[], %(door)s::bigint[], %(device)s::bigint[], %(day)s::date[],
    %(contacted)s::bool[], %(answers)s::int[]) n(turf, door, device, day, contacted, answers)),
gone as (
  delete from canvass_visit v using unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
  where v.campaign_id = %(campaign)s and v.turf_id = t.turf and v.door_id = t.door
    and not exists (select from new n where n.turf = v.turf_id and n.door = v.door_id
      and n.device = v.device_id and n.day = v.day))
insert into canvass_visit as v (campaign_id, turf_id, door_id, device_id, day, contacted, answers)
select %(campaign)s, turf, door, device, day, contacted, answers from new
on conflict (campaign_id, turf_id, door_id, device_id, day) do update
  set contacted = excluded.contacted, answers = excluded.answers
  where (v.contacted, v.answers) is distinct from (excluded.contacted, excluded.answers)
"""

_ANSWERS = """
with gone as (
  delete from canvass_answer a using unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door)
  where a.campaign_id = %(campaign)s and a.turf_id = t.turf and a.door_id = t.door)
insert into canvass_answer
  (campaign_id, turf_id, door_id, person_id, device_id, day, support, strength, disputed)
select %(campaign)s, * from unnest(%(turf)s::bigint[], %(door)s::bigint[], %(person)s::bigint[],
  %(device)s::bigint[], %(day)s::date[], %(support)s::text[], %(strength)s::smallint[],
  %(disputed)s::bool[])
"""

_DOORS = """
insert into canvass_doorstanding as s (campaign_id, turf_id, door_id, visits, contacted, answers,
  last_at, last_kind, come_back_at, change)
select %(campaign)s, n.turf, n.door, n.visits, n.contacted, n.answers, n.last_at, n.last_kind,
  n.come_back_at, m.changes
from unnest(%(turf)s::bigint[], %(door)s::bigint[], %(visits)s::int[], %(contacted)s::bool[],
  %(answers)s::int[], %(last_at)s::timestamptz[], %(last_kind)s::text[],
  %(come_back_at)s::timestamptz[])
  n(turf, door, visits, contacted, answers, last_at, last_kind, come_back_at)
join canvass_walkmark m on m.campaign_id = %(campaign)s and m.turf_id = n.turf
on conflict (campaign_id, turf_id, door_id) do update set visits = excluded.visits,
  contacted = excluded.contacted, answers = excluded.answers, last_at = excluded.last_at,
  last_kind = excluded.last_kind, come_back_at = excluded.come_back_at, change = excluded.change
"""

_PEOPLE = """
insert into people_personstanding as s (campaign_id, person_id, support, strength, support_at, disputed,
  last_attempt_at, last_contact_at, last_contact_channel, door_contact_at, phone_contact_at,
  text_contact_at, event_contact_at)
select %(campaign)s, n.* from unnest(%(person)s::bigint[], %(support)s::text[],
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

_LAST_SYNC = """
insert into canvass_lastsync as s (campaign_id, device_id, at, first, newest, unsent, ahead_s, app)
values (%(campaign)s, %(device)s, now(), %(first)s, %(newest)s, %(unsent)s, %(ahead_s)s, %(app)s)
on conflict (campaign_id, device_id) do update set at = now(), first = least(s.first, excluded.first),
  newest = greatest(s.newest, excluded.newest), unsent = excluded.unsent, app = excluded.app,
  ahead_s = coalesce(excluded.ahead_s, s.ahead_s)
"""


def write_last_sync(device: Device, told: Told, ahead_s: int | None) -> None:
    """What a phone said of itself; its highest number never falls, also when an older copy comes back."""
    with connection.cursor() as cursor:
        cursor.execute(
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
) -> set[UUID]:
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
    set
        The ids that were new.
    """
    columns: dict[str, Any] = {
        name: [getattr(report, name) for report, _person, _wording in reports]
        for name in (
            "id", "sequence", "turf", "door", "channel", "kind", "support", "strength", "language",
            "come_back_at", "occurred_at", "corrects", "after", "app",
        )
    }  # fmt: skip
    columns["person"] = [person for _report, person, _wording in reports]
    columns["wording"] = [wording for _report, _person, wording in reports]
    columns["more"] = [json.dumps(report.more) for report, _person, _wording in reports]
    columns["digest"] = [report.digest() for report, _person, _wording in reports]
    values: dict[str, Any] = {
        "campaign": campaign.pk, "device": device_id, "ahead_s": ahead_s, "part": device_id % PARTS,
        **columns,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)
        return {row[0] for row in cursor.fetchall()}


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
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"campaign": campaign.pk, "turfs": sorted(set(turfs))})


def lock(campaign: Campaign, doors: Collection[tuple[int, int]], people: Collection[int]) -> None:
    """Hold the walks of these (turf, door), and these people, until the transaction ends."""
    hold_walks(campaign, {turf for turf, _door in doors})
    _hold_people(campaign, people)


def _hold_people(campaign: Campaign, people: Iterable[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_PEOPLE, {"campaign": campaign.pk, "people": sorted(set(people))})
        return [row[0] for row in cursor.fetchall()]


def work_out(
    campaign: Campaign,
    doors: Collection[tuple[int, int]],
    people: Collection[int],
    at_doors: Collection[tuple[int, int]],
) -> None:
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
    """
    places, left = sorted(set(doors)), set(people)
    held = _hold_people(campaign, left) if left else []
    found = standings(_said(campaign, places, left, at_doors), places, left, at_doors)
    _write_doors(campaign, places, found)
    while left:
        raced = left - _write_people(campaign, found, held)
        if not raced:
            break
        left, held = raced, _hold_people(campaign, raced)
        found = standings(_said(campaign, [], left, at_doors), [], left, at_doors)


def _said(
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
    with connection.cursor() as cursor:
        asked = _AT_DOORS_AND_ABOUT if people else _AT_DOORS
        cursor.execute(asked, {**values, "doors": list(doors)})
        found = [Said(*row) for row in cursor.fetchall()]
        elsewhere = {event.door for event in found} - doors
        if elsewhere:  # what was said of them at another door may have been corrected there
            cursor.execute(_AT_DOORS, {**values, "doors": list(elsewhere)})
            there = {event.id for event in found}
            found += [said for row in cursor.fetchall() if (said := Said(*row)).id not in there]
    return found


def _columns(rows: Sequence[Any], kind: type[Any]) -> dict[str, list[Any]]:
    return {name: [row[nth] for row in rows] for nth, name in enumerate(kind._fields)}


def _write_doors(campaign: Campaign, places: Sequence[tuple[int, int]], found: Standings) -> None:
    if not places:
        return
    here: dict[str, Any] = {
        "campaign": campaign.pk,
        "turfs": [turf for turf, _door in places],
        "doors": [door for _turf, door in places],
    }
    with connection.cursor() as cursor:
        cursor.execute(_VISITS, here | _columns(found.visits, VisitRow))
        cursor.execute(_ANSWERS, here | _columns(found.answers, AnswerRow))
        cursor.execute(_DOORS, here | _columns(found.doors, DoorRow))


def _write_people(campaign: Campaign, found: Standings, held: Sequence[int]) -> set[int]:
    """The people whose rows say it now; the others got a row from somebody else meanwhile."""
    values: dict[str, Any] = {"campaign": campaign.pk, "held": held} | _columns(
        found.people, PersonRow
    )
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, values)
        written = {row[0] for row in cursor.fetchall()}
        stops = sorted(stop for stop in found.stops if stop[0] in written)
        values = {
            "campaign": campaign.pk,
            "people": list(written),
            "stopped": [person for person, _reason in stops],
            "reasons": [reason for _person, reason in stops],
        }
        cursor.execute(_STOPS, values)
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
