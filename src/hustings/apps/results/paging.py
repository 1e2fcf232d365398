"""A hundred walks at a time: a city has thousands, and the page that shows them asks for itself every few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import QueryDict

    from hustings.apps.results.queries import Row

A_PAGE = 100


class Page(NamedTuple):
    """Rows of one page; ``number`` counts from 1, ``before`` is how many rows stand on earlier pages."""

    rows: list[Row]
    number: int
    before: int
    of: int


def page_of(rows: list[Row], number: int | None, key: int | None) -> Page:
    """The page of that number; without one, the page on which the row of that key stands, or the first."""
    if number is None:
        at = next((at for at, row in enumerate(rows) if row.key == key), 0) if key else 0
        number = at // A_PAGE + 1
    last = max(1, -(-len(rows) // A_PAGE))
    number = min(max(number, 1), last)
    before = (number - 1) * A_PAGE
    return Page(rows[before : before + A_PAGE], number, before, len(rows))


def links(page: Page, asked: QueryDict) -> dict[str, str]:
    """Where the pages before and after are, with all else that was asked; nothing where one page holds all."""
    if page.of <= A_PAGE:
        return {}

    def address(number: int) -> str:
        query = asked.copy()
        query.pop("walk", None)
        query["page"] = str(number)
        return f"?{query.urlencode()}#walk-table"

    end = page.before + len(page.rows)
    return {
        "newer": address(page.number - 1) if page.number > 1 else "",
        "older": address(page.number + 1) if end < page.of else "",
        "said": _("Walks %(first)s to %(last)s of %(all)s")
        % {"first": page.before + 1, "last": end, "all": page.of},
    }
