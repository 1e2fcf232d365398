"""The same numbers as tables: for CSV, for JSON, and under each chart."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.results.queries import Effort, Row

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
            [level.label, level.count, level.share, level.weak, level.fair, level.strong]
            for level in effort.levels
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
    return [head, *(_cells(row, by, codes, all_of_it=all_of_it) for row in of)]


def _cells(row: Row, by: str, codes: list[str], *, all_of_it: bool) -> list[object]:
    return [
        row.label,
        *([row.action, row.state, row.holder, row.doors] if by == "walk" else []),
        row.knocked, *([row.coverage] if by == "walk" else []),
        row.contacts, row.contact_rate, row.answers,
        *row.support_for(codes, all_of_it=all_of_it),
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

    def row_of(row: Row, *, walk: bool = False) -> dict[str, object]:
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
        support = row.support_for(codes, all_of_it=all_of_it)
        return {
            **numbers,
            "contacts": row.contacts,
            "answers": row.answers,
            "support": dict(zip(codes, support, strict=True)),
        }

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
                "answers": level.count,
                "weak": level.weak,
                "fair": level.fair,
                "strong": level.strong,
            }
            for level in effort.levels
        ],
        "walks": [row_of(row, walk=True) for row in effort.walks],
        "phones": [row_of(row) for row in effort.phones],
        "days": [row_of(row) for row in effort.days],
    }
