"""docs/story.md names every activity, and only screens, commands and tests that exist."""

from __future__ import annotations

import ast
import functools
import re
from typing import TYPE_CHECKING

from django.urls import get_resolver

from tests.docs.pages import DOCS, ROOT, text

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = text(DOCS / "story.md")
ACTIVITIES = [
    "Volunteers from near and abroad",
    "Door to door",
    "Field organising",
    "Polling day",
    "Phonebanks",
    "Supporter groups",
    "Messages of support: hoped for, claimed, sent, denied",
    "Endorsements",
    "Teams that lend people and methods",
    "Leaflets and badges",
    "A speaking tour",
    "A caucus night, with ties and coin tosses",
    "A constituency count",
    "A leadership ballot",
    "Who supports us, by age",
    "The press desk and its corrections",
    "Notices",
]
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^- (Screens|Commands|Tests): (.+)$", re.MULTILINE)
NAME = re.compile(r"`([^`]+)`")


def listed(section: str, what: str) -> list[str]:
    """What a section lists as its screens, commands or tests."""
    return [n for kind, names in LINE.findall(section) if kind == what for n in NAME.findall(names)]


@functools.cache
def facts_of(file: str) -> frozenset[str]:
    """The tests of a file, read from its source."""
    tree = ast.parse(text(ROOT / file))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def addresses(resolver: object, space: str = "") -> Iterator[str]:
    """The name of every address, as templates write it."""
    for pattern in getattr(resolver, "url_patterns", []):
        inner = getattr(pattern, "namespace", None)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, f"{space}{inner}:" if inner else space)
        elif pattern.name:
            yield space + pattern.name


def test_every_activity_is_told_in_its_order() -> None:
    assert [name for name, _ in SECTION.findall(PAGE)] == ACTIVITIES


def test_an_activity_has_a_screen_and_a_test_or_says_not_yet() -> None:
    for name, section in SECTION.findall(PAGE):
        played = bool(listed(section, "Screens")) and bool(listed(section, "Tests"))
        assert played or section.lstrip().startswith("Not yet."), name


def test_every_test_it_names_exists() -> None:
    names = [name for _, section in SECTION.findall(PAGE) for name in listed(section, "Tests")]

    assert names
    for name in names:
        file, _, test = name.partition("::")
        assert (ROOT / file).is_file(), name
        assert test in facts_of(file), name


def test_every_screen_and_command_it_names_exists() -> None:
    known = set(addresses(get_resolver()))
    commands = set(
        re.findall(
            r"^### `(hustings [a-z ]+)`$", text(DOCS / "reference/commands.md"), re.MULTILINE
        )
    )
    screens = {n for _, section in SECTION.findall(PAGE) for n in listed(section, "Screens")}
    called = {n for _, section in SECTION.findall(PAGE) for n in listed(section, "Commands")}

    assert screens - known == set()
    assert called - commands == set()
