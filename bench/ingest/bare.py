"""What the database alone does with the same rows: the events, and all rows that a batch writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hustings.apps.canvass.report import Report

EVENTS = """
insert into canvass_canvassevent (campaign_id, id, device_id, sequence, turf_id, door_id, person_id,
  channel, kind, support, language, wording_id, occurred_at, received_at, happened_at, app, digest)
select %(campaign)s, r.id, %(device)s, r.sequence, %(turf)s, r.door, r.person, 'door', r.kind, r.support,
  '', %(wording)s, %(at)s, now(), %(at)s, 'bench', r.digest
from unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(door)s::bigint[], %(person)s::bigint[],
  %(kind)s::text[], %(support)s::text[], %(digest)s::bytea[])
  r(id, sequence, door, person, kind, support, digest)
on conflict do nothing
"""

OTHERS = (
    """
insert into canvass_visit (campaign_id, turf_id, door_id, device_id, day, contacted, answers)
select %(campaign)s, %(turf)s, r.door, %(device)s, %(at)s::date, r.kind <> 'no_answer',
  (r.kind = 'answered')::int
from unnest(%(door)s::bigint[], %(kind)s::text[]) r(door, kind) on conflict do nothing
""",
    """
insert into canvass_answer (campaign_id, turf_id, door_id, person_id, device_id, day, support, disputed)
select %(campaign)s, %(turf)s, r.door, r.person, %(device)s, %(at)s::date, r.support, false
from unnest(%(door)s::bigint[], %(person)s::bigint[], %(kind)s::text[], %(support)s::text[])
  r(door, person, kind, support) where r.kind = 'answered' on conflict do nothing
""",
    """
insert into canvass_doorstanding
  (campaign_id, turf_id, door_id, visits, contacted, answers, last_at, last_kind)
select %(campaign)s, %(turf)s, r.door, 1, r.kind <> 'no_answer', (r.kind = 'answered')::int, %(at)s, r.kind
from unnest(%(door)s::bigint[], %(kind)s::text[]) r(door, kind) on conflict do nothing
""",
    """
insert into people_personstanding (campaign_id, person_id, support, support_at, disputed,
  last_attempt_at, last_contact_at, last_contact_channel, door_contact_at)
select %(campaign)s, r.resident, r.support, case when r.support <> '' then %(at)s end, false, %(at)s,
  case when r.support <> '' then %(at)s end, case when r.support <> '' then 'door' else '' end,
  case when r.support <> '' then %(at)s end
from unnest(%(resident)s::bigint[], %(support)s::text[]) r(resident, support) on conflict do nothing
""",
    """
update outings_turfdoor td set knocked_at = %(at)s from unnest(%(door)s::bigint[]) r(door)
where td.campaign_id = %(campaign)s and td.turf_id = %(turf)s and td.door_id = r.door
""",
)
"""The other rows, finished: a visit, an answer, a door and a person each, and the knock on the walk's door."""


def columns(reports: list[Report], residents: list[int]) -> dict[str, list[Any]]:
    """The reports by column, finished; somebody who lives at each one's door."""
    names = ("id", "sequence", "door", "person", "kind", "support")
    found: dict[str, list[Any]] = {
        name: [getattr(report, name) for report in reports] for name in names
    }
    digests = [report.digest() for report in reports]
    return found | {"digest": digests, "resident": residents[: len(reports)]}


def insert_events(values: dict[str, Any]) -> int:
    """The events alone, by one statement; how many rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(EVENTS, values)
        assert cursor.rowcount == len(values["id"])
        return int(cursor.rowcount)


def insert_all(values: dict[str, Any]) -> int:
    """Every row that such a batch writes, each table by one statement; how many rows."""
    from django.db import connection

    rows = insert_events(values)
    with connection.cursor() as cursor:
        for statement in OTHERS:
            cursor.execute(statement, values)
            assert cursor.rowcount > 0
            rows += cursor.rowcount
    return rows
