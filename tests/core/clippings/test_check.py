"""The judge finds each law broken when it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hustings.core.clippings.article import Article, Paragraph
from hustings.core.clippings.check import check
from hustings.core.clippings.read import Reading, read
from tests.core.clippings.labelled import labelled

SOURCE = next(a.source for a in labelled("seen") if a.name == "phantom-message")
GOOD = read(SOURCE)


def with_quote(**changes: object) -> Reading:
    first, second, *others = GOOD.quotes
    return replace(GOOD, quotes=(first, replace(second, **changes), *others))  # type: ignore[arg-type]


def with_proposal(number: int, **changes: object) -> Reading:
    proposals = list(GOOD.proposals)
    proposals[number] = replace(proposals[number], **changes)  # type: ignore[arg-type]
    return replace(GOOD, proposals=tuple(proposals))


def with_article(change: Callable[[str], str]) -> Reading:
    text = change(GOOD.article.text)
    paragraphs, at = [], 0
    for words in text.split("\n\n"):
        paragraphs.append(Paragraph(at, at + len(words)))
        at += len(words) + 2
    return Reading(Article(text, tuple(paragraphs), None), (), (), (), ())


QUOTE = GOOD.quotes[1]
CLAIM = next(n for n, p in enumerate(GOOD.proposals) if p.kind == "claim")
DENIAL = next(n for n, p in enumerate(GOOD.proposals) if p.kind == "denial")
MUTANTS = {
    "a quote one letter late": (with_quote(start=QUOTE.start + 1), "quote"),
    "a quote one letter short": (with_quote(end=QUOTE.end - 1), "quote"),
    "a quote with its mark": (with_quote(start=QUOTE.start - 1), "quote"),
    "a quote of nothing": (with_quote(end=QUOTE.start), "quote"),
    "a quote over two paragraphs": (with_quote(end=GOOD.quotes[2].end), "quote"),
    "a quote of no known kind": (with_quote(kind="rumour"), "quote"),
    "a speaker who is not there": (
        with_quote(speaker=replace(QUOTE.speaker, name="Ned Nobody")),  # type: ignore[type-var]
        "speaker",
    ),
    "a speaker named nowhere": (
        with_quote(speaker=replace(QUOTE.speaker, start=0, end=0)),  # type: ignore[type-var]
        "speaker",
    ),
    "a proposal without a place": (with_proposal(CLAIM, end=GOOD.proposals[CLAIM].start), "proposal"),
    "a proposal of no kind": (with_proposal(CLAIM, kind="rumour"), "proposal"),
    "a cue outside its place": (with_proposal(CLAIM, cue_end=GOOD.proposals[CLAIM].end + 5), "proposal"),
    "own words of somebody else": (with_proposal(CLAIM, speaker=None), "proposal"),
    "an answer to a denial": (with_proposal(DENIAL, answers=DENIAL), "proposal"),
    "a word that the source has not": (with_article(lambda text: text.replace("misinformed", "misled")), "source"),
    "an advert": (with_article(lambda text: text + "\n\nSign up to our newsletter"), "furniture"),
    "an empty paragraph": (with_article(lambda text: text + "\n\n"), "text"),
    "a date that ends first": (
        replace(GOOD, whens=(replace(GOOD.whens[0], last=GOOD.whens[0].first.replace(year=1999)),)),
        "date",
    ),
}  # fmt: skip


def test_a_good_reading_breaks_no_law() -> None:
    assert check(SOURCE, GOOD) == []


@pytest.mark.parametrize(("mutant", "law"), MUTANTS.values(), ids=MUTANTS)
def test_a_broken_law_is_found(mutant: Reading, law: str) -> None:
    assert law in {broken.law for broken in check(SOURCE, mutant)}
