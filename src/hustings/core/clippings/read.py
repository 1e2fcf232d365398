"""Reads one article: its text, its quotes and speakers, and what a person may confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.article import article_of
from hustings.core.clippings.dates import When, whens
from hustings.core.clippings.people import People
from hustings.core.clippings.posts import Facts
from hustings.core.clippings.proposals import Proposals
from hustings.core.clippings.quotes import quoted
from hustings.core.clippings.relations import conflicts
from hustings.core.clippings.roles import Roles
from hustings.core.clippings.speakers import Speakers

if TYPE_CHECKING:
    from datetime import date

    from hustings.core.clippings.article import Article
    from hustings.core.clippings.proposals import Proposal
    from hustings.core.clippings.quotes import Quoted
    from hustings.core.clippings.relations import Conflict
    from hustings.core.clippings.spoken import Quote


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, read. Every offset counts in ``article.text``; nothing here is true until a person confirms it."""

    article: Article
    quotes: tuple[Quote, ...]
    proposals: tuple[Proposal, ...]
    whens: tuple[When, ...]
    conflicts: tuple[Conflict, ...]


def _whens(article: Article, marked: Quoted) -> list[When]:
    """Dates outside quotes; and inside, where «yesterday» is the day before the quote was spoken."""
    outside = whens(marked.frame, article.published)
    found = list(outside)
    for span in marked.spans:
        start = article.paragraphs[span.paragraph].start
        spoken = article.published
        for when in outside:
            past = article.published is None or when.first <= article.published
            if start <= when.start and when.end <= span.opened and when.first == when.last and past:
                spoken = when.first
        for when in whens(article.text[span.start : span.end], spoken):
            place = span.start + when.start
            found.append(When(place, span.start + when.end, when.first, when.last))
    return sorted(found, key=lambda when: when.start)


def read(source: str, published: date | None = None) -> Reading:
    """Read a text or a page of HTML; ``published`` overrules the date that the article gives."""
    article = article_of(source, published)
    marked = quoted(article)
    people = People(article.text, marked.frame)
    facts = Facts(article, marked.frame, people)
    roles = Roles(marked.frame, people, facts.posts)
    speakers = Speakers(article, marked, people, roles)
    quotes = speakers.quotes()
    found = _whens(article, marked)
    proposals = Proposals(article, quotes, speakers, people, found)
    year = article.published.year if article.published else None
    return Reading(
        article,
        tuple(quotes),
        tuple(proposals.all(facts.posts, facts.relations)),
        tuple(found),
        tuple(conflicts(facts.posts, facts.relations, year)),
    )
