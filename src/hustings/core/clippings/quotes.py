"""The quotes of an article at their exact places, and the text between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.article import MASK
from hustings.core.clippings.marks import marked

if TYPE_CHECKING:
    from hustings.core.clippings.article import Article, Paragraph
    from hustings.core.clippings.marks import Marked

INTRODUCED = re.compile(r"(?::|\b(?:said|says|added|wrote|replied|told \w+),)\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """
    Words between quotation marks: ``text[start:end]``, the marks left out.

    ``opened`` and ``closed`` take the marks in. ``carries_on`` says that the quote has no closing mark because
    the next paragraph goes on with it, as papers print it; ``headline`` that an editor, not a speaker, cut it.
    """

    start: int
    end: int
    opened: int
    closed: int
    paragraph: int
    carries_on: bool = False
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """All spans of an article, and its text with every one of them masked, sign for sign."""

    spans: tuple[Span, ...]
    frame: str


def quoted(article: Article) -> Quoted:
    """Find what stands between quotation marks, paragraph by paragraph."""
    found = [marked(article.words(paragraph)) for paragraph in article.paragraphs]
    spans: list[Span] = []
    for number, marks in enumerate(found):
        paragraph = article.paragraphs[number]
        for mark in marks:
            if spans and paragraph.start + mark.opened < spans[-1].closed:
                continue  # within one that nothing closed
            span = _span(article, paragraph, number, mark, found)
            if span is not None:
                spans.append(span)
    return Quoted(tuple(spans), _masked(article.text, spans))


def _span(
    article: Article, paragraph: Paragraph, number: int, mark: Marked, found: list[list[Marked]]
) -> Span | None:
    words = article.words(paragraph)
    carries_on = False
    if mark.closed is None:
        following = next(
            (n for n in range(number + 1, len(found)) if not article.paragraphs[n].heading), None
        )
        carries_on = following is not None and any(
            other.opened == 0 and other.family == mark.family for other in found[following]
        )
        introduced = mark.opened == 0 or INTRODUCED.search(words[: mark.opened])
        alone = introduced and mark.opened
        if paragraph.heading or not (carries_on or alone):
            return None
    inner = words[mark.start : mark.end]
    start = paragraph.start + mark.start + len(inner) - len(inner.lstrip())
    end = paragraph.start + mark.end - (len(inner) - len(inner.rstrip()))
    if end <= start:
        return None
    closed = paragraph.start + (mark.closed if mark.closed is not None else mark.end)
    return Span(
        start, end, paragraph.start + mark.opened, closed, number, carries_on, paragraph.heading
    )


def _masked(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.opened], MASK * (span.closed - span.opened)]
        at = span.closed
    return "".join([*parts, text[at:]])
