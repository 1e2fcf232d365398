"""
What the rooms above know about a person, for the page of one person and for finding one.

A room registers a function here when it starts, so that this room names none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.people.models import Person


@dataclass(frozen=True)
class Section:
    """
    A part of a person's page: a title, facts as pairs, what happened, newest first, and what can be done.

    ``doings`` are words on a button and the address it posts to.
    """

    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    note: str = ""
    doings: list[tuple[str, str]] = field(default_factory=list)


SECTIONS: list[Callable[[Person], Section | None]] = []
FINDERS: list[Callable[[Campaign, str, int], list[int]]] = []


def section(function: Callable[[Person], Section | None]) -> Callable[[Person], Section | None]:
    """Register a function that gives a room's section about a person, or nothing."""
    SECTIONS.append(function)
    return function


def finder(
    function: Callable[[Campaign, str, int], list[int]],
) -> Callable[[Campaign, str, int], list[int]]:
    """Register a function that finds ids of people by what was typed, at most so many."""
    FINDERS.append(function)
    return function
