"""The same numbers as tables: for CSV, for JSON, and under each chart."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.results.queries import said_rows

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.results.queries import Effort, Level, Row

BY = ("walk", "phone", "day", "support")
"""What a table may be by."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet take a cell for a formula when it stands first."""


def table(effort: Effort, by: str, *, all_of_it: bool) -> list[list[object]]:
    """Rows of one table, the first with its headings; None where there is nothing to say."""
    if by == "support":
        rows: list[list[object]] = [
            [_("Support"), _("Answers"), _("Percent of answers"), _("weak"), _("fair"), _("strong")]
        ]
        rows += [
            [level.label, *(_if(level.said, n) for n in _numbers(level))] for level in effort.levels
        ]
        return rows
    codes = [level.code for level in effort.levels]
    head: list[object] = [
        {"walk": _("Walk"), "phone": _("Phone"), "day": _("Day")}[by],
        *([_("Action"), _("State"), _("Holder"), _("Doors on walks")] if by == "walk" else []),
        _("Doors knocked") if by == "walk" else _("Visits"),
        *([_("Doors knocked in percent")] if by == "walk" else []),
        _("With a contact"), _("Contact rate in percent"), _("Answers"),
        *(level.label for level in effort.levels),
        *([_("Come back"), _("Newest")] if by == "walk" else []),
    ]  # fmt: skip
    of = {"walk": effort.walks, "phone": effort.phones, "day": effort.days}[by]
    said = said_rows(of, all_of_it=all_of_it)
    return [head, *(_cells(row, by, codes, said=row.key in said) for row in of)]


def _numbers(level: Level) -> tuple[int | None, ...]:
    return level.count, level.share, level.weak, level.fair, level.strong


def _if(said: bool, number: int | None) -> int | None:
    return number if said else None


def _cells(row: Row, by: str, codes: list[str], *, said: bool) -> list[object]:
    return [
        row.label,
        *([row.action, row.state, row.holder, row.doors] if by == "walk" else []),
        row.knocked, *([row.coverage] if by == "walk" else []),
        row.contacts, row.contact_rate, row.answers,
        *row.support_for(codes, said=said),
        *([row.come_back, _iso(row.last_at)] if by == "walk" else []),
    ]  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def as_csv(rows: list[list[object]]) -> str:
    """RFC 4180, with a mark of order so that spreadsheets read it as UTF-8; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def safe(cell: object) -> object:
    """The cell, with an apostrophe before what a spreadsheet would calculate; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return "'" + cell
    return "" if cell is None else cell


def as_json(effort: Effort, *, all_of_it: bool) -> dict[str, object]:
    """Counts with their names, for programs; rates are left to whoever divides."""
    codes = [level.code for level in effort.levels]

    def row_of(row: Row, *, said: bool, walk: bool) -> dict[str, object]:
        numbers: dict[str, object] = {"label": row.label, "knocked": row.knocked}
        if walk:
            numbers |= {
                "id": row.key,
                "number": row.number,
                "action": row.action,
                "doors": row.doors,
                "state": row.state,
                "come_back": row.come_back,
                "newest_at": _iso(row.last_at),
            }
        return {
            **numbers,
            "contacts": row.contacts,
            "answers": row.answers,
            "support": dict(zip(codes, row.support_for(codes, said=said), strict=True)),
        }

    def rows_of(rows: list[Row], *, walk: bool = False) -> list[dict[str, object]]:
        said = said_rows(rows, all_of_it=all_of_it)
        return [row_of(row, said=row.key in said, walk=walk) for row in rows]

    total = effort.total
    return {
        "newest_at": _iso(effort.newest_at),
        "events": effort.events,
        "total": {
            "doors": total.doors,
            "knocked": total.knocked,
            "contacts": total.contacts,
            "answers": total.answers,
            "come_back": total.come_back,
            "disputed": effort.disputed,
        },
        "support": [
            {
                "code": level.code,
                "label": level.label,
                "answers": _if(level.said, level.count),
                "weak": _if(level.said, level.weak),
                "fair": _if(level.said, level.fair),
                "strong": _if(level.said, level.strong),
            }
            for level in effort.levels
        ],
        "walks": rows_of(effort.walks, walk=True),
        "phones": rows_of(effort.phones),
        "days": rows_of(effort.days),
    }
