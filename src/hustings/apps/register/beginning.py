"""
A campaign's first register: written piece by piece while it is read.

There is nothing to compare it with, so no row waits for the last one: a thread reads and judges the next piece
while the database writes this one. It says and leaves the same as comparing and writing would.
"""

# ruff: noqa: S608  # names of tables and columns are ours; values are parameters
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import IntegrityError, OperationalError, connection, transaction

from hustings.apps.places.doors import TypedAddress, door_line, make_read_doors
from hustings.apps.register.comparing import Impact
from hustings.apps.register.staging import EXAMPLES, STAGE, entry_line, make_stage
from hustings.apps.register.writing import ENTRY, STAGED, Made, newest_door
from hustings.core.errors import BadInput
from hustings.core.register import ProblemKind, RowCleaner

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

    from hustings.apps.jobs.kinds import Progress
    from hustings.apps.register.staging import Problems
    from hustings.core.register import Layout
    from hustings.formats.register import Recognised, Table

PIECE = 20_000
"""Entries read ahead and written at once, some six megabytes."""

FILLED = "places_building, places_door, people_household, people_person, register_registerentry"


class Piece(NamedTuple):
    """
    Some entries and the addresses among them, as lines for COPY.

    ``laid`` is how many entries, ``rows_read`` how many rows of the file by its end.
    """

    entries: str
    doors: list[str]
    laid: int
    rows_read: int


def is_first(campaign_id: UUID, layout: Layout) -> bool:
    """Whether a file can only add: nobody is on the register yet, and no row can say that somebody is off it."""
    says_who_is_off = "change" in layout.columns.values() or "removed" in layout.statuses.values()
    if layout.kind != "register" or says_who_is_off:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "select not exists (select from register_registerentry where campaign_id = %(c)s) "
            # who was erased is looked for row by row
            "and not exists (select from people_suppression where campaign_id = %(c)s)",
            {"c": campaign_id},
        )
        return bool(cursor.fetchone()[0])


def write_first(
    campaign_id: UUID,
    batch_id: int,
    table: Table,
    found: Recognised,
    problems: Problems,
    progress: Progress,
) -> tuple[Impact, Made]:
    """Read and write a first register; returns what it did, and what it made."""
    values: dict[str, Any] = {"campaign": campaign_id, "batch": batch_id}
    impact = Impact()
    twice: list[tuple[int, str]] = []
    twice_count = 0
    homes = (0, 0)
    doors_before = newest_door(campaign_id)
    with connection.cursor() as cursor:
        keep_analyze_away(cursor)
        make_stage(cursor)
        cursor.execute("set local enable_mergejoin = off")  # it would lay people by address
        for piece in read_ahead(pieces(table, found, problems)):
            cursor.execute("truncate stage")
            with cursor.copy(f"copy stage ({STAGE}) from stdin") as copy:
                copy.write(piece.entries)
            gaps = False
            try:
                with transaction.atomic():
                    cursor.execute(_ENTRIES, values)
            except IntegrityError:  # rare; to look for it before each row would cost a twentieth
                gaps = True
                cursor.execute(_ENTRIES + _BUT_ONCE, values)
            added = cursor.rowcount
            doors = piece.doors
            if gaps:  # then the first row of an address may be missing
                cursor.execute(_TWICE, values)
                twice_count += piece.laid - added
                twice += sorted(cursor.fetchall())[: EXAMPLES - len(twice)]
                cursor.execute(_ADDRESSES)
                doors = [door_line(TypedAddress(*address)) for address in cursor.fetchall()]
            make_read_doors(campaign_id, doors)
            cursor.execute(_HOMES_AND_PEOPLE, {**values, "every_row": gaps})
            first, last, households = cursor.fetchone()
            homes = (homes[0] or first or 0, last or homes[1])
            # The keys are checked now, while the rows they point at are at hand, and not all at the end.
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
            impact.rows = piece.rows_read
            impact.added += added
            impact.households += households
            progress(0.95 * piece.rows_read / max(table.text.lines, 1), "")
        cursor.execute("set local enable_mergejoin to default")
    problems.add_found(ProblemKind.NUMBER_TWICE, [(twice_count, *example) for example in twice])
    return impact, Made(homes, (doors_before + 1, newest_door(campaign_id)), impact.households)


def keep_analyze_away(cursor: CursorWrapper) -> None:
    """
    Let nobody count the tables' rows while they fill.

    An autovacuum that comes by, as it does after an undo, would see no rows in them, and every check of a
    key planned after that could read all of a campaign for each row. Reading and writing go on; the first
    import of another campaign holds the same lock, and then keeps it away for us as well.
    """
    try:
        with transaction.atomic():
            cursor.execute("set local lock_timeout = '3s'")  # a running autovacuum gives way in one
            cursor.execute(f"lock table {FILLED} in share update exclusive mode")
            cursor.execute("set local lock_timeout to default")
    except OperationalError:
        return


def pieces(table: Table, found: Recognised, problems: Problems) -> Generator[Piece]:
    """The whole file, read and judged; an address is laid once a piece, or again where it comes back."""
    if found.layout is None:
        raise BadInput("The columns of this file are not named yet.", where=table.where)
    clean = RowCleaner(found.layout, found.header, problems)
    entries: list[str] = []
    doors: list[str] = []
    count = 0
    with closing(table.rows(skip_header=found.has_header)) as rows:
        for count, (number, cells) in enumerate(rows, 1):
            entry = clean(number, cells)
            if entry is None:
                continue
            if not entries:
                entry = entry._replace(new_address=True)
            if entry.new_address and entry.address_key:
                doors.append(
                    door_line(
                        TypedAddress(
                            entry.address_key, entry.address, entry.postcode, entry.uprn or "",
                            entry.district,
                        )
                    )
                )  # fmt: skip
            entries.append(entry_line(entry))
            if len(entries) == PIECE:
                yield Piece("".join(entries), doors, len(entries), count)
                entries, doors = [], []
    yield Piece("".join(entries), doors, len(entries), count)


def read_ahead(made: Generator[Piece]) -> Iterator[Piece]:
    """The same pieces; while one is worked on, the next is made in a thread."""
    with closing(made), ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, made, None)
        while piece := coming.result():
            coming = reader.submit(next, made, None)
            yield piece


_ENTRIES = f"""
insert into register_registerentry (campaign_id, person_id, number, {ENTRY}, added_in)
select %(campaign)s, s.new_person, s.number, {STAGED}, %(batch)s
from stage s order by s.row
"""

# Whoever stands on an earlier row keeps the number: of this piece by the order, of an earlier one by being there.
_BUT_ONCE = "on conflict (campaign_id, number) do nothing"

_TWICE = """
delete from stage s where s.new_person is distinct from (
    select e.person_id from register_registerentry e
    where e.campaign_id = (select %(campaign)s::uuid) and e.number = s.number
)
returning s.row, s.number
"""

_ADDRESSES = """
select address_key, address, postcode, coalesce(uprn, ''), district
from stage where address_key <> '' order by row
"""

# The planner knows nothing of rows of this transaction, so what is there already is looked up row by row,
# and never joined; the campaign is a subquery, so that it plans for any campaign and not for one without rows.
_HOMES_AND_PEOPLE = """
with home as (
    insert into people_household (campaign_id, address_key, address, postcode, uprn, door_id)
    select %(campaign)s, s.address_key, s.address, s.postcode, s.uprn, (
        select d.id from places_door d
        where d.campaign_id = (select %(campaign)s::uuid) and d.address_key = s.address_key
    )
    from stage s where s.address_key <> '' and (s.new_address or %(every_row)s) order by s.row
    on conflict (campaign_id, address_key) do nothing
    returning id, address_key
),
person as (
    insert into people_person (id, campaign_id, household_id, surname, forename, name_key, origin)
    overriding system value
    select s.new_person, %(campaign)s, coalesce(home.id, (
        select h.id from people_household h
        where h.campaign_id = (select %(campaign)s::uuid) and h.address_key = s.address_key
    )), s.surname, s.forename, s.name_key, 'register'
    from stage s left join home on home.address_key = s.address_key
)
select min(id), max(id), count(*) from home
"""
