"""
Writing a compared file into the register: households, people, entries, and what stood there before.

Everything is set-based and in the caller's transaction; nothing is seen by anybody until it ends.
"""

# ruff: noqa: S608  # names of tables and columns are ours; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from hustings.apps.places.doors import TypedAddress, make_doors
from hustings.apps.register.comparing import said_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from hustings.apps.jobs.kinds import Progress
    from hustings.core.register import Layout

ENTRY = "surname, forename, district, markers, attains, born, born_year, address, postcode, facts"
STAGED = ", ".join(f"s.{column}" for column in ENTRY.split(", "))


class Made(NamedTuple):
    """The ids, first and last, of the households and of the doors a file made; how many households."""

    homes: tuple[int, int]
    doors: tuple[int, int]
    households: int


def write(
    campaign_id: UUID, batch_id: int, layout: Layout, progress: Progress, *, gaps: bool
) -> Made:
    """
    Do what ``plan`` says; returns which households and doors it made.

    ``gaps`` says that rows of the file are missing from ``stage``: then the first row of an address may be.
    """
    values: dict[str, Any] = {"campaign": campaign_id, "batch": batch_id}
    said = said_columns(layout)
    with connection.cursor() as cursor:
        progress(0.62, "")
        cursor.execute("select not exists (select from plan where becomes <> 'add')")
        only_new = cursor.fetchone()[0]
        values["every_row"] = gaps or not only_new
        cursor.execute(_NEW_HOMES.format(rows=_ALL_NEW if only_new else _TOUCHED), values)
        doors_before = newest_door(campaign_id)
        make_doors(campaign_id, _new_homes())
        doors = (doors_before + 1, newest_door(campaign_id))
        progress(0.68, "")
        cursor.execute(_NEW_HOUSEHOLDS, values)
        first, last, homes = cursor.fetchone()
        progress(0.70, "")
        cursor.execute(_NEW_PEOPLE.format(rows=_ALL_NEW if only_new else _NEW), values)
        progress(0.82, "")
        cursor.execute(_NEW_ENTRIES.format(rows=_ALL_NEW if only_new else _NEW), values)
        progress(0.95, "")
        cursor.execute(
            "select exists (select from plan where becomes in ('change', 'return', 'remove'))"
        )
        if cursor.fetchone()[0]:
            cursor.execute(_KEEP_ENTRIES, values)
            cursor.execute(_KEEP_PEOPLE, values)
            cursor.execute(
                "update register_registerentry e set "
                + ", ".join(f"{column} = s.{column}" for column in said)
                + ", removed_in = null from plan p join stage s using (row) "
                "where p.becomes in ('change', 'return') "
                "and e.campaign_id = (select %(campaign)s::uuid) and e.id = p.entry_id",
                values,
            )
            cursor.execute(_RENAME_PEOPLE, values)
            if "address" in said:
                cursor.execute(_MOVE_PEOPLE, values)
            cursor.execute(_REMOVE, values)
    return Made((first or 0, last or 0), doors, homes)


def newest_door(campaign_id: UUID) -> int:
    """The last id of a door so far: those that are made now have higher ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(max(id), 0) from places_door where campaign_id = %s", [campaign_id]
        )
        return int(cursor.fetchone()[0])


def _new_homes() -> Iterator[TypedAddress]:
    """The addresses that are new with this file, in its order, fetched piece by piece."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "select address_key, address, postcode, coalesce(uprn, ''), district from new_home order by row"
        )
        while piece := cursor.fetchmany(10_000):
            yield from (TypedAddress(*row) for row in piece)


_ALL_NEW = "stage s"
_NEW = "(select s.* from plan p join stage s using (row) where p.becomes = 'add') s"
_TOUCHED = (
    "(select s.* from plan p join stage s using (row)"
    " where p.becomes in ('add', 'return', 'change')) s"
)

_NEW_HOMES = """
create temp table new_home on commit drop as
select a.* from (
    select distinct on (s.address_key)
        s.address_key, s.address, s.postcode, s.uprn, s.district, s.row
    from {rows} where s.address_key <> '' and (s.new_address or %(every_row)s)
    order by s.address_key, s.row
) a
where not exists (
    select from people_household h where h.campaign_id = (select %(campaign)s::uuid) and h.address_key = a.address_key
)
order by a.row
"""

_NEW_HOUSEHOLDS = """
with made as (
insert into people_household (campaign_id, address_key, address, postcode, uprn, door_id)
select %(campaign)s, n.address_key, n.address, n.postcode, n.uprn, d.id
from new_home n
left join places_door d on d.campaign_id = (select %(campaign)s::uuid) and d.address_key = n.address_key
order by n.row
on conflict (campaign_id, address_key) do nothing
returning id
)
select min(id), max(id), count(*) from made
"""

_NEW_PEOPLE = """
insert into people_person (id, campaign_id, household_id, surname, forename, name_key, origin)
overriding system value
select s.new_person, %(campaign)s, h.id, s.surname, s.forename, s.name_key, 'register'
from {rows}
left join people_household h on h.campaign_id = (select %(campaign)s::uuid) and h.address_key = s.address_key
"""

_NEW_ENTRIES = f"""
insert into register_registerentry (campaign_id, person_id, number, {ENTRY}, added_in)
select %(campaign)s, s.new_person, s.number, {STAGED}, %(batch)s
from {{rows}}
"""

_KEEP_ENTRIES = """
insert into register_beforeimage (campaign_id, batch_id, "table", row_id, before)
select %(campaign)s, %(batch)s, 'register_registerentry', e.id, to_jsonb(e)
from plan p join register_registerentry e on e.campaign_id = (select %(campaign)s::uuid) and e.id = p.entry_id
where p.becomes in ('change', 'return', 'remove')
"""

_KEEP_PEOPLE = """
insert into register_beforeimage (campaign_id, batch_id, "table", row_id, before)
select %(campaign)s, %(batch)s, 'people_person', r.id, to_jsonb(r)
from plan p join people_person r on r.campaign_id = (select %(campaign)s::uuid) and r.id = p.person_id
where p.becomes in ('change', 'return')
"""

_RENAME_PEOPLE = """
update people_person r
set surname = s.surname, forename = s.forename, name_key = s.name_key
from plan p join stage s using (row)
where p.becomes in ('change', 'return') and r.campaign_id = (select %(campaign)s::uuid) and r.id = p.person_id
and (r.surname, r.forename) is distinct from (s.surname, s.forename)
"""

_MOVE_PEOPLE = """
update people_person r set household_id = h.id
from plan p join stage s using (row)
left join people_household h on h.campaign_id = (select %(campaign)s::uuid) and h.address_key = s.address_key
where p.becomes in ('change', 'return') and r.campaign_id = (select %(campaign)s::uuid) and r.id = p.person_id
and r.household_id is distinct from h.id
"""

_REMOVE = """
update register_registerentry e set removed_in = %(batch)s
from plan p where p.becomes = 'remove' and e.campaign_id = (select %(campaign)s::uuid) and e.id = p.entry_id
"""
