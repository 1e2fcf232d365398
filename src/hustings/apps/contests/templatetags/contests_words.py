"""Words and numbers of this room's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from hustings.apps.contests.standing import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.contests.models import Candidate, Report

register = template.Library()
CLASSES = {
    State.REPORTED: "tag-warn",
    State.MATCHED: "tag-ok",
    State.MISMATCH: "tag-bad",
    State.VERIFIED: "tag-ok",
}


@register.filter
def state_class(state: str) -> str:
    """The colour of a state, beside its word."""
    return CLASSES.get(State(state), "")


@register.filter
def state_label(state: str) -> str:
    """A state in words."""
    return str(State(state).label)


@register.filter
def called(codes: Iterable[str], candidates: Iterable[Candidate]) -> str:
    """The names of those who are meant, in a line; a code is for files."""
    names = {one.code: one.name for one in candidates}
    return ", ".join(names.get(code, code) for code in codes)


@register.filter
def said_of(report: Report, code: str) -> str:
    """What a report says of one who stands; nothing where it says nothing."""
    number = report.numbers.get("counts", {}).get(code)
    return "" if number is None else str(number)
