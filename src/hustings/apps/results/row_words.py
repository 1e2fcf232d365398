"""What the cells of a row say, put together once: a page of a city has thousands of them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from hustings.apps.results.queries import Row

NOT_SAID = "–"
GROUPED_FROM = 1000
"""Below it a number is written the same in every language."""


class Words(NamedTuple):
    """A row's cells as they are read; those of numbers one after the other, as they stand in a table."""

    cells: str
    state: str
    state_tag: str
    at: str
    """When the newest was, as a machine reads it."""


class Phrases:
    """The words that cells are made of, looked up once for all rows of a page."""

    def __init__(self) -> None:
        self.of = _("%(part)s of %(whole)s")
        self.rate = _("%(rate)s %% (%(part)s of %(whole)s)")
        self.states = {
            "checked_out": (_("out"), "tag tag-out"),
            "returned": (_("back"), "tag tag-ok"),
            "retired": (_("retired"), "tag"),
        }
        self.free = (_("free"), "tag")
        self.newest = _("newest")
        self._knocked: dict[int, str] = {}

    def knocked(self, answers: int) -> str:
        """How far a walk is, of so many answers."""
        said = self._knocked.get(answers)
        if said is None:
            said = self._knocked[answers] = ngettext(
                "%(part)s of %(whole)s knocked · %(answers)s answer",
                "%(part)s of %(whole)s knocked · %(answers)s answers",
                answers,
            )
        return said


def words_of(row: Row, codes: list[str], phrases: Phrases, *, said: bool, of_doors: bool) -> Words:
    """
    Its numbers in words; answers that may not be told apart are not said.

    Parameters
    ----------
    of_doors
        Whether it is said of how many doors those are that were knocked on.
    """
    knocked, contacts = number(row.knocked), number(row.contacts)
    rate = row.contact_rate
    cells = [
        phrases.of % {"part": knocked, "whole": number(row.doors)} if of_doors else knocked,
        NOT_SAID
        if rate is None
        else phrases.rate % {"rate": number(rate), "part": contacts, "whole": knocked},
        number(row.answers),
        *(number(count) for count in row.support_for(codes, said=said)),
    ]
    return Words(
        mark_safe("".join(f'<td class="num">{escape(one)}</td>' for one in cells)),  # noqa: S308  # each is escaped
        *phrases.states.get(row.state, phrases.free),
        timezone.localtime(row.last_at).isoformat(timespec="seconds") if row.last_at else "",
    )


def number(count: int | None) -> str:
    """A number as it is written here."""
    if count is None:
        return NOT_SAID
    return str(count) if 0 <= count < GROUPED_FROM else number_format(count)
