"""
What a staged file would do to the register: the impact, before anything is written.

The temporary table ``plan`` says for every staged row what becomes of it; writing reads it.
"""

# ruff: noqa: S608  # names of tables and columns are ours; values are parameters
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.register.staging import EXAMPLES
from hustings.core.register import ProblemKind

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.register.staging import Problems
    from hustings.core.register import Layout

COMPARED = (
    "surname", "forename", "district", "markers", "attains", "born", "born_year",
    "address", "postcode", "facts",
)  # fmt: skip
"""The columns of an entry that a file can change."""
_SAID_BY = {
    "surname": {"surname", "full_name"},
    "forename": {"forename", "full_name", "middle"},
    "district": {"district", "number", "number_prefix"},
    "facts": {"party", "gender", "status", "registered_on", "ward"},
}


@dataclass
class Impact:
    """
    What one file does, in numbers.

    ``fields`` counts the changed entries by column. ``problems`` counts by kind.
    ``left_out`` is the rows that a problem keeps out.
    """

    rows: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    left_out: int = 0
    households: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    problems: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the row and the command line."""
        return asdict(self)


def said_columns(layout: Layout) -> list[str]:
    """The compared columns that a file in this layout speaks of; on the others it is silent."""
    meanings = set(layout.columns.values())
    said = [c for c in COMPARED if _SAID_BY.get(c, {c}) & meanings]
    if layout.lines:
        said.append("address")
    return said


def compare(
    campaign_id: UUID, layout: Layout, problems: Problems, *, whole: bool, ahead: bool = True
) -> Impact:
    """
    Fill ``plan`` from ``stage`` and the register, and count.

    New addresses are counted when looking ahead; writing counts those it makes.
    """
    said = said_columns(layout)
    if layout.kind == "update" and "district" in said and "district" not in layout.columns.values():
        said.remove("district")  # read off the number, which cannot have changed
    differ = " or ".join(f"s.{c} is distinct from e.{c}" for c in said)
    updating = layout.kind == "update"
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from register_registerentry where campaign_id = (select %s::uuid))",
            [campaign_id],
        )
        fresh = not cursor.fetchone()[0]
        if fresh:
            existing, becomes = "", _fresh_case(updating=updating)
        else:
            existing = (
                "left join register_registerentry e"
                " on e.campaign_id = (select %(campaign)s::uuid) and e.number = s.number"
            )
            becomes = _case(differ, updating=updating)
        columns = "null::bigint as entry_id, null::bigint as person_id"
        if not fresh:
            columns = "e.id as entry_id, e.person_id as person_id"
        cursor.execute(
            f"create temp table plan on commit drop as "
            f"select s.row, s.number, {columns}, {becomes} as becomes from stage s {existing}",
            {"campaign": campaign_id},
        )
        if whole and layout.kind == "register" and not fresh:
            cursor.execute(
                "insert into plan select null, e.number, e.id, e.person_id, 'remove' "
                "from register_registerentry e where e.campaign_id = (select %s::uuid) and e.removed_in is null "
                "and not exists (select from stage s where s.number = e.number)",
                [campaign_id],
            )
        cursor.execute("analyze plan")
        _tell(cursor, problems)
        cursor.execute("select becomes, count(*) from plan group by becomes")
        counts = dict(cursor.fetchall())
        impact = Impact(
            added=counts.get("add", 0) + counts.get("return", 0),
            changed=counts.get("change", 0),
            removed=counts.get("remove", 0),
            unchanged=counts.get("same", 0) + counts.get("gone", 0),
        )
        if impact.changed:
            sums = ", ".join(f"count(*) filter (where s.{c} is distinct from e.{c})" for c in said)
            cursor.execute(
                f"select {sums} from plan p join stage s using (row) "
                "join register_registerentry e on e.campaign_id = (select %s::uuid) and e.id = p.entry_id "
                "where p.becomes = 'change'",
                [campaign_id],
            )
            impact.fields = {c: n for c, n in zip(said, cursor.fetchone(), strict=True) if n}
        if ahead:
            cursor.execute(
                "select count(distinct s.address_key) from plan p join stage s using (row) "
                "where p.becomes in ('add', 'return', 'change') and s.address_key <> '' "
                "and not exists (select from people_household h where h.campaign_id = (select %s::uuid) "
                "and h.address_key = s.address_key)",
                [campaign_id],
            )
            impact.households = cursor.fetchone()[0]
    return impact


def _fresh_case(*, updating: bool) -> str:
    if updating:
        return "case s.change when 'add' then 'add' else 'unknown' end"
    return "case s.change when 'remove' then 'gone' else 'add' end"


def _case(differ: str, *, updating: bool) -> str:
    """SQL for what becomes of a staged row ``s`` with its entry ``e``, if there is one."""
    missing = _fresh_case(updating=updating)
    return f"""case
        when e.id is null then {missing}
        when s.change = 'remove' then case when e.removed_in is null then 'remove' else 'gone' end
        when e.removed_in is not null then 'return'
        when {differ} then 'change'
        else 'same' end"""


def _tell(cursor: Any, problems: Problems) -> None:
    first = "select count(*) over (), p.row, p.number from plan p "
    for kind, rows in (
        (ProblemKind.NOT_ON_REGISTER, "where p.becomes = 'unknown'"),
        (
            ProblemKind.ALREADY_THERE,
            "join stage s using (row) where s.change = 'add' and p.becomes in ('change', 'same')",
        ),
    ):
        cursor.execute(f"{first} {rows} order by p.row limit {EXAMPLES}")
        problems.add_found(kind, cursor.fetchall())
