"""
The judge: whether a reading keeps to its article, and the article to its source.

Written without the code that reads, plain rather than clever, by these laws.

- *Text*: paragraphs are the text, in order, parted by one empty line, without white space at their ends.
- *Source*: the letters and figures of each paragraph stand in the source, one after the other; in a page whose
  tags are broken with other letters between them.
- *Furniture*: no paragraph begins as adverts, appeals, sign-ups, captions and links to elsewhere do.
- *Quote*: exact places within one paragraph, a quotation mark just before, no white space at the ends, none
  within another; closed by a mark unless it ends its paragraph.
- *Speaker*: the words that name the speaker stand where the reading says, and the name is in the article.
- *Proposal*: a place within one paragraph, the words that speak for it within that place; «own words» lie within a
  quote of the same speaker; an answer answers a claim.
- *Date*: a place that names it, and a first day not after the last.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.core.clippings.proposals import Proposal
    from hustings.core.clippings.read import Reading
    from hustings.core.clippings.spoken import Quote

MARKS = "\"'“”‘’„«»`´"
KINDS = {
    "claim", "hope", "denial", "correction", "retraction", "praise", "offer of help", "event", "fact",
}  # fmt: skip
QUOTE_KINDS = {"speech", "fragment", "scare", "headline"}
BASES = {"own words", "reported", "paper"}
FURNITURE_BEGINS = (
    "advertisement", "hide ad", "story continues", "article continues", "read more", "related articles",
    "sign up", "subscribe", "join our comment", "join the conversation", "support our journalism",
    "your support makes", "we use cookies", "accept all", "share this", "follow us", "most read", "photo:",
    "image source", "pictured:", "all rights reserved", "©", "unsubscribe", "view in browser", "you may also like",
    "have your say", "get unlimited", "notes to editors",
)  # fmt: skip
INVISIBLE = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that a reading breaks."""

    law: str
    message: str


def check(source: str, reading: Reading) -> list[Broken]:
    """Every law that is broken; an empty list is good."""
    return [
        *_text(reading),
        *_source(source, reading),
        *_quotes(reading),
        *_proposals(reading),
        *_dates(reading),
    ]


def _text(reading: Reading) -> Iterator[Broken]:
    text = reading.article.text
    at = 0
    for number, paragraph in enumerate(reading.article.paragraphs):
        words = text[paragraph.start : paragraph.end]
        if paragraph.start != at or not words or words != words.strip():
            yield Broken("text", f"Paragraph {number} is not where the text has one.")
        at = paragraph.end + 2
        if text[paragraph.end : at] not in {"\n\n", ""}:
            yield Broken("text", f"After paragraph {number} there is no empty line.")
        if words.lower().startswith(FURNITURE_BEGINS):
            yield Broken("furniture", f"Paragraph {number} is furniture: «{words[:40]}».")
    if at != len(text) + 2 and text:
        yield Broken("text", "The text goes on after its last paragraph.")


def _source(source: str, reading: Reading) -> Iterator[Broken]:
    without_tags = html.unescape(INVISIBLE.sub("", source))
    plain = _bare(source) + " " + _bare(without_tags)
    broken_tags = "<" in INVISIBLE.sub("", source)
    for number, paragraph in enumerate(reading.article.paragraphs):
        words = reading.article.text[paragraph.start : paragraph.end]
        found = _bare(words) in plain
        if not found and broken_tags:
            found = _in_order(_bare(words), _bare(html.unescape(source)))
        if not found:
            yield Broken("source", f"Paragraph {number} is not in the source: «{words[:40]}».")


def _in_order(letters: str, source: str) -> bool:
    """Whether letters follow each other in a page whose tags are too broken to be taken out by a pattern."""
    rest = iter(source)
    return all(letter in rest for letter in letters)


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _quotes(reading: Reading) -> Iterator[Broken]:
    text = reading.article.text
    last = 0
    for number, quote in enumerate(reading.quotes):
        name = f"Quote {number}"
        if not _within(reading, quote.start, quote.end) or quote.start < last:
            yield Broken(
                "quote", f"{name} does not lie within one paragraph, after the one before."
            )
            continue
        last = quote.end
        words = text[quote.start : quote.end]
        if words != words.strip() or quote.kind not in QUOTE_KINDS:
            yield Broken("quote", f"{name} is no exact quote: «{words[:40]}», {quote.kind}.")
        if text[: quote.start].rstrip(" ")[-1:] not in set(MARKS):
            yield Broken("quote", f"No mark opens {name.lower()}: «{words[:40]}».")
        after = text[quote.end :].lstrip(" ")
        if after[:1] not in set(MARKS) and after[:2] not in {"\n\n", ""}:
            yield Broken("quote", f"No mark closes {name.lower()}: «{words[-40:]}».")
        yield from _speaker(name, text, quote)


def _speaker(name: str, text: str, quote: Quote | Proposal) -> Iterator[Broken]:
    speaker = quote.speaker
    if speaker is None:
        return
    if not text[speaker.start : speaker.end].strip():
        yield Broken("speaker", f"{name}: nothing stands where its speaker is named.")
    surname = speaker.name.split()[-1].replace("'", "[’']") if speaker.name else ""
    if re.search(surname, text, re.I) is None:
        yield Broken("speaker", f"{name}: «{speaker.name}» is not in the article.")
    if not speaker.name and not speaker.described:
        yield Broken("speaker", f"{name}: a speaker without a name and without a description.")


def _proposals(reading: Reading) -> Iterator[Broken]:
    for number, proposal in enumerate(reading.proposals):
        name = f"Proposal {number}"
        if proposal.kind not in KINDS or proposal.basis not in BASES:
            yield Broken("proposal", f"{name} is of no known kind: {proposal.kind}.")
        if not _within(reading, proposal.start, proposal.end):
            yield Broken("proposal", f"{name} does not point to a place in one paragraph.")
        if not proposal.start <= proposal.cue_start < proposal.cue_end <= proposal.end:
            yield Broken("proposal", f"{name}: the words that speak for it are not in its place.")
        if proposal.basis == "own words" and not any(
            quote.start <= proposal.cue_start < quote.end and quote.speaker == proposal.speaker
            for quote in reading.quotes
        ):
            yield Broken("proposal", f"{name} is nobody's own words.")
        if proposal.answers is not None:
            answered = reading.proposals[proposal.answers : proposal.answers + 1]
            if proposal.answers == number or not answered or answered[0].kind != "claim":
                yield Broken("proposal", f"{name} answers what is no claim.")
        yield from _speaker(name, reading.article.text, proposal)


def _dates(reading: Reading) -> Iterator[Broken]:
    for when in reading.whens:
        if not _within(reading, when.start, when.end) or when.first > when.last:
            yield Broken("date", f"The date at {when.start} is not in a paragraph, or ends first.")


def _within(reading: Reading, start: int, end: int) -> bool:
    """Whether a place is not empty and lies in one paragraph."""
    paragraphs = reading.article.paragraphs
    place = bisect_right(paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    return place >= 0 and start < end <= paragraphs[place].end
