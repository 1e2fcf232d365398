"""Prose has one sentence a line, so that a change shows as a change; links and pictures lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT, named, text, without_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECOND_SENTENCE = re.compile(r'(?<=[a-zäöüß0-9)»”"*`\]][.!?])[*)]* +(?=[«“*\[(]?[A-Z])')
SHORTENED = re.compile(r"\b(?:e\.g|i\.e|cf|vs|St|Mr|Mrs|Dr|No|Nos|p|pp)\.\s*$")
SOURCES = re.compile(r"^## Sources$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def prose(markdown: str) -> Iterator[tuple[int, str]]:
    """Numbered lines of prose: no code, no tables, no lists of printed sources."""
    blank = SOURCES.sub(lambda found: "\n" * found[0].count("\n"), without_code(markdown))
    for number, line in enumerate(blank.splitlines(), 1):
        if not line.lstrip().startswith("|"):
            # An item may open with its name as a sentence of its own: "**Gather.** Doors of …".
            yield number, re.sub(r"^\s*(?:#+ )?(?:[-*]\s+|\d+\.\s+)?(?:\*\*[^*]+\*\*)?", "", line)


def second_sentences(markdown: str) -> list[tuple[int, str]]:
    """Where a line goes on after its first sentence."""
    return [
        (number, line[found.end() :])
        for number, line in prose(markdown)
        for found in SECOND_SENTENCE.finditer(line)
        if not SHORTENED.search(line[: found.start()])
    ]


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = HEADING.findall(re.sub(r"```.*?```", "", text(page), flags=re.DOTALL))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_prose_has_one_sentence_a_line(page: Path) -> None:
    assert second_sentences(text(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_inside_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(without_code(text(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        if there.is_relative_to(DOCS / "pictures") and not (DOCS / "pictures").is_dir():
            continue  # they are taken by the browser tests
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def test_these_laws_can_be_broken() -> None:
    assert second_sentences("One sentence. Another one.\n")
    assert second_sentences("- Tap **Save**. It goes.\n")
    assert not second_sentences(
        "See e.g. Helsinki.\n\n`A. B` and | A. B |\n\n1. **Cut.** Doors go.\n"
    )
    assert LINK.findall("[a](b.md#c) ![d](e.png)") == ["b.md#c", "e.png"]


def test_every_page_can_be_reached_from_the_front_page() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page.suffix == ".md":
            paths = (t.partition("#")[0] for t in LINK.findall(without_code(text(page))))
            waiting += [
                (page.parent / path).resolve() for path in paths if path and ":" not in path
            ]

    assert {named(page) for page in PAGES} - {
        named(page) for page in seen if page.exists()
    } == set()
