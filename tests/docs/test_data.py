"""docs/reference/data.md has every address that answers with data, and every word of the phone's events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import get_resolver

from hustings.apps.canvass.actions import Outcome
from hustings.apps.canvass.kinds import REPORTED, Channel
from hustings.apps.canvass.report import MOST_IN_A_BATCH, Report
from tests.docs.pages import DOCS, text

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = text(DOCS / "reference/data.md")
ROW = re.compile(r"^\| `([a-z:-]+)` \| `(/c/CAMPAIGN/\S+)` \|", re.MULTILINE)
DATA = (".json", ".geojson", ".csv", ".pdf", ".mvt")
ARGUMENT = re.compile(r"<[^>]+>|\b[A-Z]+\b")


def campaigns(resolver: object, space: str = "", before: str = "/") -> Iterator[tuple[str, str]]:
    """Name and address of every address of a campaign."""
    for pattern in getattr(resolver, "url_patterns", []):
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = pattern.namespace
            yield from campaigns(pattern, f"{space}{inner}:" if inner else space, route)
        elif pattern.name and route.startswith("/c/"):
            yield space + pattern.name, route


def test_every_address_that_answers_with_data_is_there_under_its_own_path() -> None:
    program = {
        name: ARGUMENT.sub("*", route)
        for name, route in campaigns(get_resolver())
        if route.endswith(DATA)
    }

    documented = {name: ARGUMENT.sub("*", address) for name, address in ROW.findall(PAGE)}

    assert len(program) > 5
    assert documented == program


def test_every_word_of_the_phones_events_is_there() -> None:
    phones = PAGE.split("## For phones")[1].split("## For those")[0]
    said = set(re.findall(r"`([a-z_]+)`", phones))
    rows = set(re.findall(r"^\| (.+?) \|", phones, re.MULTILINE))
    fields = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    statuses = set(re.findall(r"\w+", str(Outcome.__annotations__["status"]))) - {"Literal"}

    assert fields == set(Report.__slots__) | statuses
    assert set(REPORTED) | set(Channel.values) <= said
    assert f"At most {MOST_IN_A_BATCH} " in phones
