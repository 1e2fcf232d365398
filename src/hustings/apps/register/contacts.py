"""Contacts: telephone numbers and e-mail addresses of people on the register, with their consent."""

# ruff: noqa: S608  # names of tables and columns are ours; values are parameters
from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.register.comparing import Impact
from hustings.apps.register.staging import EXAMPLES, lay
from hustings.core.errors import BadInput
from hustings.core.register import ProblemKind, RowCleaner, fold
from hustings.formats.copy_text import copy_line
from hustings.formats.register.contact_points import clean_email, clean_phone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from hustings.apps.jobs.kinds import Progress
    from hustings.apps.people.suppressing import KeptOut
    from hustings.apps.register.staging import Problems
    from hustings.formats.register import Recognised, Table

YES = frozenset({"yes", "y", "true", "1", "given", "opted in", "opt in", "x", "consented", "ok"})


def stage_contacts(
    table: Table,
    found: Recognised,
    problems: Problems,
    progress: Progress,
    kept_out: KeptOut,
    region: str = "GB",
) -> int:
    """
    Lay the contacts into the temporary table ``stage``, one line a contact point; returns the rows read.

    ``name_key`` and ``name_key_2`` are the two ways round that a name in one cell may be meant.
    """
    if found.layout is None:
        raise BadInput("The columns of this file are not named yet.", where=table.where)
    cleaner = RowCleaner(found.layout, found.header, problems)
    get = cleaner.columns.getter
    whole, consent, source, said_on = (
        get("full_name"), get("consent"), get("consent_source"), get("consent_on")
    )  # fmt: skip
    numbered = get("number") or get("number_part") or get("file_id")
    points = [(kind, get(kind)) for kind in ("phone", "email")]
    count = 0

    def read(row: int, cells: Sequence[str]) -> Iterator[str]:
        number = ""
        if numbered and numbered(cells).strip():
            number = cleaner.identity(row, cells)[0]
        surname, forename = cleaner.names(row, cells, quiet=True)
        key = other = fold(f"{surname} {forename}")
        if whole and whole(cells).strip() and "," not in whole(cells):
            words = fold(whole(cells)).split()
            other = " ".join([words[-1], *words[:-1]])
        _address, address_key, postcode, _odd = cleaner.address(cells)
        if any(
            kept_out.is_kept_out(name_key=name, address_key=address_key, number=number)
            for name in (key, other)
        ):
            problems.forget_row(row)
            problems(ProblemKind.ERASED, row, "")
            return
        given = fold(consent(cells)) in YES if consent else False
        where = " ".join(source(cells).split()) if source else ""
        when = cleaner.date(row, said_on(cells)) if said_on else None
        for kind, getter in points:
            said = getter(cells).strip() if getter else ""
            if not said:
                continue
            value = clean_phone(said, region) if kind == "phone" else clean_email(said)
            if value is None:
                problems(ProblemKind.CONTACT_UNREADABLE, row, said[:40])
                continue
            yield copy_line(
                (row, number, key, other, address_key, postcode, kind, value, given, where, when)
            )

    def lines() -> Iterator[str]:
        nonlocal count
        with closing(table.rows(skip_header=found.has_header)) as rows:
            for row, cells in rows:
                count += 1
                if not cleaner.columns.fits(cells):
                    problems(ProblemKind.ROW_WIDTH, row, str(len(cells)))
                else:
                    yield from read(row, cells)

    lay(
        "stage",
        "row bigint, number text, name_key text, name_key_2 text, address_key text, postcode text, "
        "kind text, value text, given boolean, source text, said_on date",
        lines(),
        lambda: progress(0.6 * count / max(table.text.lines, 1), ""),
    )
    return count


_MATCH = """
create temp table person_of on commit drop as
with asked as (
    select distinct row, number, name_key, name_key_2, address_key, postcode from stage
),
by_number as (
    select a.row, e.person_id from asked a
    join register_registerentry e on e.campaign_id = %(c)s and e.number = a.number
    where a.number <> ''
),
by_name as (
    select distinct a.row, p.id as person_id,
        (a.address_key <> '' and h.address_key = a.address_key) as same_address
    from asked a
    cross join lateral (values (a.name_key), (a.name_key_2)) as k(key)
    join people_person p on p.campaign_id = %(c)s and (
        p.name_key = k.key or p.name_key ^@ (k.key || ' '))
    join people_household h on h.campaign_id = %(c)s and h.id = p.household_id
    where a.number = '' and k.key <> ''
    and (h.postcode = a.postcode or h.address_key = a.address_key)
),
best as (
    select row, person_id from by_number
    union all
    select row, person_id from by_name n where same_address or not exists (
        select from by_name o where o.row = n.row and o.same_address)
)
select a.row, min(b.person_id) as person_id, count(b.person_id) as fits
from asked a left join best b using (row) group by a.row
"""


def compare_contacts(campaign_id: UUID, problems: Problems) -> Impact:
    """Find the person of each row, fill ``plan``, and count what the file would do."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCH, {"c": campaign_id})
        for kind, condition in (
            (ProblemKind.PERSON_NOT_FOUND, "fits = 0"),
            (ProblemKind.PERSON_UNCLEAR, "fits > 1"),
        ):
            cursor.execute(
                f"select count(*) over (), row, '' from person_of where {condition} "
                "order by row limit %s",
                [EXAMPLES],
            )
            problems.add_found(kind, cursor.fetchall())
        cursor.execute(
            "create temp table plan on commit drop as "
            "select distinct on (m.person_id, s.kind, s.value) s.*, m.person_id, c.id as point_id, "
            "case when c.id is null then 'add' when not exists ("
            "  select from people_consent o where o.campaign_id = %(c)s and o.person_id = m.person_id "
            "  and o.channel = s.kind and o.given = s.given and o.source = s.source "
            "  and o.said_on is not distinct from s.said_on) then 'change' else 'same' end as becomes "
            "from stage s join person_of m using (row) "
            "left join people_contactpoint c on c.campaign_id = %(c)s and c.person_id = m.person_id "
            "and c.kind = s.kind and c.value = s.value "
            "where m.fits = 1 order by m.person_id, s.kind, s.value, s.row",
            {"c": campaign_id},
        )
        cursor.execute("select becomes, count(*) from plan group by becomes")
        counts = dict(cursor.fetchall())
    return Impact(
        added=counts.get("add", 0),
        changed=counts.get("change", 0),
        unchanged=counts.get("same", 0),
    )


def write_contacts(campaign_id: UUID, batch_id: int, file_name: str) -> None:
    """Do what ``plan`` says: new contact points, and a consent wherever the file says something new."""
    values: dict[str, Any] = {"c": campaign_id, "b": batch_id, "file": file_name}
    image = (
        'insert into register_beforeimage (campaign_id, batch_id, "table", row_id, before) '
        "select %(c)s, %(b)s, '{table}', id, null from made"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "with made as (insert into people_contactpoint "
            "(campaign_id, person_id, kind, value, status, status_at, source) "
            "select %(c)s, person_id, kind, value, 'unknown', now(), "
            "coalesce(nullif(source, ''), %(file)s) from plan where becomes = 'add' order by row "
            "returning id) " + image.format(table="people_contactpoint"),
            values,
        )
        cursor.execute(
            "with made as (insert into people_consent "
            "(campaign_id, person_id, channel, given, source, said_on, recorded_at) "
            "select distinct on (person_id, kind, given, source, said_on) %(c)s, person_id, kind, given, "
            "source, said_on, now() from plan where becomes in ('add', 'change') "
            "order by person_id, kind, given, source, said_on, row returning id) "
            + image.format(table="people_consent"),
            values,
        )
