"""docs/reference/sync.md has every promise to a phone that was away, each with tests that there are."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS, ROOT, text

PAGE = text(DOCS / "reference/sync.md")
ROW = re.compile(r"^\| (.+) \| (.*`test_.+`) \|$", re.MULTILINE)
DEFINED = re.compile(r"^(?:def )?(test_\w+)(?:\(| = )", re.MULTILINE)
PROMISES = tuple(f"S{number}" for number in range(1, 21))
OF_THE_SYNC = ("test_sync_rules.py", "test_changes.py", "test_sync_storm.py", "test_sync_killed.py")


def defined(*names: str) -> set[str]:
    """The tests of these files of the canvass room; of all of them when none is named."""
    files = (ROOT / "tests/apps/canvass").glob("*.py")
    return {
        found
        for file in files
        if not names or file.name in names
        for found in DEFINED.findall(text(file))
    }


def test_every_promise_has_one_row_with_tests_that_there_are() -> None:
    rows = {first.split(" | ")[0]: tests for first, tests in ROW.findall(PAGE)}
    named = re.findall(r"`(test_\w+)`", PAGE)

    assert tuple(number for number in rows if re.fullmatch(r"S\d+", number)) == PROMISES
    assert len(rows) > len(PROMISES)
    assert set(named) - defined() == set()


def test_every_test_of_these_promises_is_named() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert len(defined(*OF_THE_SYNC)) > 40
    assert defined(*OF_THE_SYNC) - named == set()
