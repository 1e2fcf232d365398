"""
A walk in the list beside the map and in the table, each put together in one go.

A hundred of both stand on a page that asks for itself every few seconds; by templates they took half of its time
(``docs/methods/requests.md``). ``tests/apps/results/test_walk_lines.py`` compares with what a template writes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import mark_safe
from django.utils.timesince import timesince

from hustings.apps.results.row_words import number

if TYPE_CHECKING:
    from hustings.apps.results.queries import Row
    from hustings.apps.results.row_words import Phrases, Words


class Around(NamedTuple):
    """
    What stands round all walks of a page.

    Parameters
    ----------
    action
        The one that was chosen; None for all.
    walk
        The one that is looked at on the map.
    on_map
        Whether there is a map that a walk can be shown on.
    several_actions
        Whether each walk says whose it is.
    """

    action: int | None
    walk: int | None = None
    on_map: bool = False
    several_actions: bool = False

    def address(self, row: Row) -> str:
        """Where the page shows that walk, for an attribute."""
        chosen = f"action={self.action}&amp;" if self.action else ""
        return f"?{chosen}walk={row.key}"


class WalkLines(NamedTuple):
    """A walk as HTML: its item of the list (nothing without a map) and its line of the table."""

    item: str
    line: str


def lines_of(row: Row, words: Words, around: Around, phrases: Phrases) -> WalkLines:
    """Both of them; what a person wrote is escaped, all else is our own."""
    item = _item(row, words, around, phrases) if around.on_map else ""
    line = _line(row, words, around, phrases)
    return WalkLines(mark_safe(item), mark_safe(line))  # noqa: S308  # see above


def _item(row: Row, words: Words, around: Around, phrases: Phrases) -> str:
    current = ' aria-current="true"' if row.key == around.walk else ""
    answers = row.answers
    said = phrases.knocked(answers) % {
        "part": number(row.knocked),
        "whole": number(row.doors),
        "answers": number(answers),
    }
    whose = f" · <bdi>{escape(row.action)}</bdi>" if around.several_actions else ""
    return (
        f'<li><a class="list-row" href="{around.address(row)}" data-walk="{row.key}"{current}>'
        f'<span class="walk-number">{number(row.number)}</span>'
        f'<span class="grow"><strong><bdi>{escape(row.name)}</bdi></strong>'
        f'<span class="muted">{said}{whose}</span></span>{_state(words)}\n</a></li>'
    )


def _line(row: Row, words: Words, around: Around, phrases: Phrases) -> str:
    name = f"<bdi>{escape(row.label)}</bdi>"
    if around.on_map:
        name = f'<a href="{around.address(row)}#map" data-walk="{row.key}">{name}</a>'
    if around.several_actions:
        name += _below(row.action)
    if row.holder:
        name += _below(row.holder)
    age = ""
    if row.last_at:
        age = (
            f' <span class="row-age small muted">{phrases.newest} '
            f'<time datetime="{words.at}" data-age>{escape(timesince(row.last_at))}</time></span>'
        )
    return f'<tr><th scope="row">{name}</th><td>{_state(words)}{age}</td>{words.cells}</tr>'


def _below(text: str) -> str:
    return f'<br><span class="muted"><bdi>{escape(text)}</bdi></span>'


def _state(words: Words) -> str:
    return f'<span class="{words.state_tag}">{escape(words.state)}</span>'
