"""Any text and any page can be read, and the judge finds every place in the reading exact."""

from __future__ import annotations

from hypothesis import example, given, settings

from hustings.core.clippings.check import check
from hustings.core.clippings.read import read
from tests.core.laws.articles import sources


@settings(deadline=None, max_examples=400)
@given(sources)
@example("")
@example("<p>" * 3000 + "“Deep,” said Tom Barrow." + "</p>" * 3000)
@example("<div>" * 3000 + "“Deep,” said Tom Barrow.")
@example(
    '<script type="application/ld+json">'
    + "[" * 2000
    + "</script><p>“We won,” said Tom Barrow.</p>"
)
@example("“" * 2000)
@example("'a " * 2000)
def test_whatever_the_text(source: str) -> None:
    reading = read(source)

    assert [broken for broken in check(source, reading) if broken.law != "furniture"] == []
    for quote in reading.quotes:
        words = reading.article.text[quote.start : quote.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words


@settings(deadline=None, max_examples=60)
@given(sources)
def test_the_same_text_is_read_the_same_way(source: str) -> None:
    assert read(source) == read(source)
