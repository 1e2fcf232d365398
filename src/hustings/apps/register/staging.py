"""
A file's rows, read and laid into a table of this transaction only.

Rows flow from the file through the cleaner into COPY in pieces, so memory does not grow with the file.
The database reads one piece while Python prepares the next.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.jobs.disk import disk_watched
from hustings.core.errors import BadInput
from hustings.core.register import CleanRow, ProblemKind, RowCleaner
from hustings.formats.copy_text import NOTHING, copy_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.backends.utils import CursorWrapper

    from hustings.apps.jobs.kinds import Progress
    from hustings.apps.people.suppressing import KeptOut
    from hustings.formats.register import Recognised, Table

PIECE = 2000
"""Rows written to COPY at once, about half a megabyte."""
EXAMPLES = 100
"""Rows kept of each kind of problem; the count is of all."""

ENTRY_COLUMNS = (
    "row bigint, number text, change text, surname text, forename text, name_key text, district text, "
    "markers text, attains date, born date, born_year smallint, address text, address_key text, "
    "postcode text, uprn text, facts jsonb, new_address boolean"
)
STAGE = ", ".join(column.split()[0] for column in ENTRY_COLUMNS.split(", "))
"""The columns that a file fills."""


@dataclass
class Problems:
    """Every problem counted by kind, and the first few of each kept."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, int, str]] = field(default_factory=list)

    def __call__(self, kind: ProblemKind, row: int, cell: str) -> None:
        self.counts[kind.code] += 1
        if self.counts[kind.code] <= EXAMPLES:
            self.examples.append((kind.code, row, cell))

    def forget_row(self, row: int) -> None:
        """Keep no example from this row."""
        self.examples = [example for example in self.examples if example[1] != row]

    def add_found(self, kind: ProblemKind, found: Sequence[tuple[int, int, str]]) -> None:
        """Problems that a query found: its first rows, each with the count of all, its row and its cell."""
        if found:
            self.counts[kind.code] += found[0][0]
            self.examples.extend((kind.code, row, cell) for _count, row, cell in found)


def stage_entries(
    table: Table, found: Recognised, problems: Problems, progress: Progress, kept_out: KeptOut
) -> int:
    """
    Lay a register or an update into the temporary table ``stage``; returns how many rows were read.

    Numbers that stand twice in the file are told, and only their first row is kept. Rows of people who
    were erased are counted and left out.
    """
    if found.layout is None:
        raise BadInput("The columns of this file are not named yet.", where=table.where)
    cleaner = RowCleaner(found.layout, found.header, problems)
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        clean = cleaner
        with closing(table.rows(skip_header=found.has_header)) as rows:
            for number, cells in rows:
                count += 1
                entry = clean(number, cells)
                if entry is None:
                    continue
                if kept_out and kept_out.is_kept_out(
                    name_key=entry.name_key, address_key=entry.address_key, number=entry.number
                ):
                    problems.forget_row(number)
                    problems(ProblemKind.ERASED, number, "")
                    continue
                yield entry_line(entry)

    with connection.cursor() as cursor:
        make_stage(cursor)
    fill("stage", STAGE, lines(), lambda: progress(0.6 * count / max(table.text.lines, 1), ""))
    tell_twice(problems)
    return count


def make_stage(cursor: CursorWrapper) -> None:
    """The temporary table ``stage`` for entries; each row comes with an id for its person, if it is new."""
    cursor.execute("select pg_get_serial_sequence('people_person', 'id')")
    sequence = cursor.fetchone()[0]
    cursor.execute(
        f"create temp table stage ({ENTRY_COLUMNS}, new_person bigint default nextval('{sequence}'))"
        " on commit drop"
    )


def tell_twice(problems: Problems) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table twice on commit drop as "
            "select number, min(row) as first from stage group by number having count(*) > 1"
        )
        cursor.execute(
            "with gone as (delete from stage using twice where stage.number = twice.number "
            "and stage.row <> twice.first returning stage.row, stage.number) "
            "select count(*) over (), row, number from gone order by row limit %s",
            [EXAMPLES],
        )
        problems.add_found(ProblemKind.NUMBER_TWICE, cursor.fetchall())
        cursor.execute("drop table twice")


def lay(name: str, columns: str, lines: Iterator[str], beat: Callable[[], None]) -> None:
    """COPY prepared lines into a new temporary table; ``beat`` is called after every piece."""
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table {name} ({columns}) on commit drop")
    fill(name, ", ".join(column.split()[0] for column in columns.split(", ")), lines, beat)


def fill(name: str, columns: str, lines: Iterator[str], beat: Callable[[], None]) -> None:
    """COPY prepared lines into a temporary table that is there."""
    with connection.cursor() as cursor:
        with disk_watched(), cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
            piece: list[str] = []
            for line in lines:
                piece.append(line)
                if len(piece) == PIECE:
                    copy.write("".join(piece))
                    piece.clear()
                    beat()
            copy.write("".join(piece))
        cursor.execute(f"analyze {name} (row, number)")


def entry_line(entry: CleanRow) -> str:
    """:func:`copy_line` for an entry: the same text, written out since it runs once a row."""
    (row, number, change, surname, forename, key, district, markers, attains, born, year,
     address, address_key, postcode, uprn, facts, new_address) = entry  # fmt: skip
    line = (
        f"{row}\t{number}\t{change}\t{surname}\t{forename}\t{key}\t{district}\t{markers}\t"
        f"{attains or NOTHING}\t{born or NOTHING}\t{year or NOTHING}\t{address}\t{address_key}\t"
        f"{postcode}\t{uprn or NOTHING}\t"
    )
    nothings = (attains is None) + (born is None) + (year is None) + (uprn is None)
    if facts or line.count("\\") != nothings:
        return copy_line(entry)
    return line + ("\\N\tt\n" if new_address else "\\N\tf\n")


def one_at_a_time(cursor: CursorWrapper, campaign_id: object) -> None:
    """
    Wait for any other import into this campaign; held until the transaction ends.

    Clears away the temporary tables of an earlier file in the same transaction.
    """
    cursor.execute(
        "set local work_mem = '128MB'"
    )  # sorts and joins of a million rows, for this once
    # Keys are checked by a plan for any campaign: one for this campaign would be made for no rows, where
    # nobody has counted them yet, and read all of its rows for each.
    cursor.execute("set local plan_cache_mode = force_generic_plan")
    names = ("stage", "plan", "fresh", "person_of", "made", "lived", "new_home")
    cursor.execute("drop table if exists " + ", ".join(f"pg_temp.{name}" for name in names))
    digest = hashlib.sha256(f"register import {campaign_id}".encode()).digest()
    key = int.from_bytes(digest[:8], "big", signed=True)
    cursor.execute("select pg_advisory_xact_lock(%s)", [key])
