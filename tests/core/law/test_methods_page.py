"""``docs/methods/law.md`` says what the rules and the program say."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from hustings.core.law.condition import TESTS
from hustings.core.law.fact import WANTED
from hustings.core.law.rule import SEVERITIES
from hustings.formats.law import own_tables, read_book, the_book

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "methods" / "law.md").read_text("utf-8")


def first_column(heading: str) -> list[str]:
    part = PAGE.split(heading)[1].split("\n\n")[1]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]


def test_the_table_of_rules_from_memory_is_whole() -> None:
    rows = re.findall(r"^\| ([A-Z]+-\d+) \| ([\w-]+) \| `(\w+)` \|$", PAGE, re.MULTILINE)

    assert rows == [
        (rule.id, case.name, case.holds_as)
        for rule in the_book().rules
        for case in rule.cases
        if case.sure == "memory"
    ]


def test_every_severity_test_and_kind_has_a_row() -> None:
    assert first_column("## Severities") == list(SEVERITIES)
    assert first_column("A case has a `since` of its own") == list(TESTS)
    assert first_column("A new question is a table") == list(WANTED)


def test_the_example_is_a_rule_that_can_be_read() -> None:
    example = tomllib.loads(PAGE.split("```toml\n")[1].split("```")[0])

    book = read_book([*own_tables(), example])

    assert len(book.rules) == len(the_book().rules) + 1


def test_it_says_that_it_is_no_legal_advice() -> None:
    assert "It is not legal advice" in PAGE
