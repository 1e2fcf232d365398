"""Absent voters: a list of elector numbers, each with a kind and an expiry."""

# names of tables and columns are ours; values are parameters
from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.register.comparing import Impact
from hustings.apps.register.staging import EXAMPLES, lay, tell_twice
from hustings.core.errors import BadInput
from hustings.core.register import ProblemKind, RowCleaner, fold
from hustings.formats.copy_text import copy_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from hustings.apps.jobs.kinds import Progress
    from hustings.apps.register.staging import Problems
    from hustings.formats.register import Recognised, Table

KINDS = {
    "postal": "postal", "post": "postal", "by post": "postal", "postal vote": "postal", "pv": "postal",
    "proxy": "proxy", "by proxy": "proxy",
    "postalproxy": "postal_proxy", "postal proxy": "postal_proxy", "proxy postal": "postal_proxy",
}  # fmt: skip
FOR_EVER = frozenset({"", "indefinite", "permanent", "until further notice", "none", "n a"})


def stage_absent(table: Table, found: Recognised, problems: Problems, progress: Progress) -> int:
    """Lay the list into the temporary table ``stage``; returns how many rows were read."""
    if found.layout is None:
        raise BadInput("The columns of this file are not named yet.", where=table.where)
    cleaner = RowCleaner(found.layout, found.header, problems)
    kind_of = cleaner.columns.getter("absent_kind")
    expiry_of = cleaner.columns.getter("expires")
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        with closing(table.rows(skip_header=found.has_header)) as rows:
            for row, cells in rows:
                count += 1
                if not cleaner.columns.fits(cells):
                    problems(ProblemKind.ROW_WIDTH, row, str(len(cells)))
                    continue
                number, _district = cleaner.identity(row, cells)
                if not number:
                    continue
                said = kind_of(cells) if kind_of else ""
                kind = KINDS.get(fold(said))
                if kind is None:
                    problems(ProblemKind.KIND_UNKNOWN, row, said[:40])
                    continue
                expiry = expiry_of(cells) if expiry_of else ""
                expires = (
                    None
                    if fold(expiry.replace("/", " ")) in FOR_EVER
                    else cleaner.date(row, expiry)
                )
                yield copy_line((row, number, kind, expires))

    lay(
        "stage",
        "row bigint, number text, kind text, expires date",
        lines(),
        lambda: progress(0.6 * count / max(table.text.lines, 1), ""),
    )
    tell_twice(problems)
    return count


def compare_absent(campaign_id: UUID, problems: Problems, *, whole: bool) -> Impact:
    """Fill ``plan`` and count what the list would do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table plan on commit drop as "
            "select s.row, s.number, e.id as entry_id, a.id as absent_id, case "
            "when e.id is null or e.removed_in is not null then 'unknown' "
            "when a.id is null then 'add' "
            "when (a.kind, a.expires) is distinct from (s.kind, s.expires) then 'change' "
            "else 'same' end as becomes "
            "from stage s "
            "left join register_registerentry e on e.campaign_id = %(c)s and e.number = s.number "
            "left join register_absentvote a on a.campaign_id = %(c)s and a.entry_id = e.id",
            {"c": campaign_id},
        )
        if whole:
            cursor.execute(
                "insert into plan select null, '', a.entry_id, a.id, 'remove' "
                "from register_absentvote a where a.campaign_id = %s "
                "and not exists (select from plan p where p.entry_id = a.entry_id)",
                [campaign_id],
            )
        cursor.execute(
            "select count(*) over (), row, number from plan where becomes = 'unknown' "
            "order by row limit %s",
            [EXAMPLES],
        )
        problems.add_found(ProblemKind.NOT_ON_REGISTER, cursor.fetchall())
        cursor.execute("select becomes, count(*) from plan group by becomes")
        counts = dict(cursor.fetchall())
    return Impact(
        added=counts.get("add", 0),
        changed=counts.get("change", 0),
        removed=counts.get("remove", 0),
        unchanged=counts.get("same", 0),
    )


def write_absent(campaign_id: UUID, batch_id: int) -> None:
    """Do what ``plan`` says."""
    values: dict[str, Any] = {"c": campaign_id, "b": batch_id}
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into register_beforeimage (campaign_id, batch_id, "table", row_id, before) '
            "select %(c)s, %(b)s, 'register_absentvote', a.id, to_jsonb(a) from plan p "
            "join register_absentvote a on a.campaign_id = %(c)s and a.id = p.absent_id "
            "where p.becomes in ('change', 'remove')",
            values,
        )
        cursor.execute(
            "update register_absentvote a set kind = s.kind, expires = s.expires "
            "from plan p join stage s using (row) "
            "where p.becomes = 'change' and a.campaign_id = %(c)s and a.id = p.absent_id",
            values,
        )
        cursor.execute(
            "delete from register_absentvote a using plan p "
            "where p.becomes = 'remove' and a.campaign_id = %(c)s and a.id = p.absent_id",
            values,
        )
        cursor.execute(
            "with made as (insert into register_absentvote (campaign_id, entry_id, kind, expires) "
            "select %(c)s, p.entry_id, s.kind, s.expires from plan p join stage s using (row) "
            "where p.becomes = 'add' order by p.row returning id) "
            'insert into register_beforeimage (campaign_id, batch_id, "table", row_id, before) '
            "select %(c)s, %(b)s, 'register_absentvote', id, null from made",
            values,
        )
