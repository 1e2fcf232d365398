"""The article in a text or a page: paragraphs at exact places, and the date it was published."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.dates import FULL, full_dates, iso_date
from hustings.core.clippings.furniture import ends_article, is_furniture
from hustings.core.clippings.page import Block, blocks_of, is_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

BYLINE = re.compile(
    r"(?:by|words by|words|comment by|analysis by|written by|posted|published|updated|last updated|"
    r"last modified|first published|exclusive by|from)\b(?!.*[.?!]$)",
    re.I,
)
STAMP = re.compile(r"(?:first )?(?:published|updated|last updated|posted on|posted)\b\W*", re.I)
SENTENCE_END = re.compile(r"[.?!:…;,][\"”’')\]]*$")
WRAPPED_LEAST, WRAPPED_MOST = 45, 100
"""A line that a mail program or a teleprinter broke is about this long."""
TITLE_LENGTH, TITLE_WORDS, CROSSHEAD_WORDS, META_WORDS, STAMP_WORDS = 160, 24, 12, 6, 3
PLACE = re.compile(r"[A-ZÀ-Þ][^a-zß-ÿ]{2,}")
DASH = re.compile(r"\s*(?:\([^()]{1,30}\))?\s*[-–—:]")
"""How a dateline begins, and what comes after its date."""
HEAD_BLOCKS, DATELINE_LENGTH = 8, 90
MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text[start:end]`` of the article; headlines and crossheads are headings."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """What is left when the furniture is gone. Every offset of a reading counts in ``text``."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    published: date | None
    left_out: tuple[str, ...] = ()
    """Lines that were taken for furniture, so that a person can see what is missing."""

    def paragraph_at(self, place: int) -> Paragraph:
        """The paragraph in which, or before whose end, a place lies."""
        number = bisect_right(self.paragraphs, place, key=lambda paragraph: paragraph.start)
        return self.paragraphs[max(0, number - 1)]

    def words(self, paragraph: Paragraph) -> str:
        """The text of one paragraph."""
        return self.text[paragraph.start : paragraph.end]


def article_of(source: str, published: date | None = None) -> Article:
    """The article in ``source``; a date that is known beforehand goes before the one found."""
    source = source.encode("utf-8", "replace").decode("utf-8")
    if is_html(source):
        blocks, stamped = blocks_of(source)
        found = iso_date(stamped)
    else:
        blocks, found = list(_plain(source)), None
    body, meta, left_out = _parted([Block(_tidy(block.text), block.heading) for block in blocks])
    published = published or found or _date_of(meta, body)
    texts, paragraphs, at = [], [], 0
    for block in body:
        paragraphs.append(Paragraph(at, at + len(block.text), block.heading))
        texts.append(block.text)
        at += len(block.text) + 2
    return Article("\n\n".join(texts), tuple(paragraphs), published, tuple(left_out))


def _tidy(text: str) -> str:
    """One space for any white space; nothing that has no place on paper."""
    kept = "".join(
        " " if unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc"} else c
        for c in text
        if unicodedata.category(c) != "Cf" and c != MASK
    )
    return " ".join(kept.split())


def _plain(source: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if not lines:
            continue
        wrapped = all(WRAPPED_LEAST <= len(line) <= WRAPPED_MOST for line in lines[:-1])
        if wrapped and len(lines[-1]) <= WRAPPED_MOST:
            yield Block(" ".join(lines))
        else:
            yield from map(Block, lines)


def _parted(blocks: list[Block]) -> tuple[list[Block], list[str], list[str]]:
    """The article's own blocks; the lines that say who wrote it, where and when; and furniture."""
    body: list[Block] = []
    meta: list[str] = []
    left_out: list[str] = []
    begun, before = False, ""
    for number, block in enumerate(blocks):
        line = block.text
        if body and ends_article(line):
            left_out += [after.text for after in blocks[number:] if after.text]
            break
        if line == before and not SENTENCE_END.search(line):
            continue  # a caption, with the words that stand in for the picture
        before = line
        if line and _is_meta(line, head=not (begun or block.heading), first=not body):
            meta.append(line)
        elif line and is_furniture(line):
            left_out.append(line)
        elif line:
            heading = block.heading or _is_heading(line, first=not body, begun=begun)
            begun = begun or not heading
            body.append(Block(line, heading))
    if not begun and len(body) == 1:
        body = [Block(body[0].text)]  # one line alone is an excerpt, not a headline
    return body, meta, left_out


def _is_meta(line: str, *, head: bool, first: bool) -> bool:
    words = line.split()
    if STAMP.match(line) and len(words) <= CROSSHEAD_WORDS and not line.endswith("."):
        return True
    dated = [*full_dates(line)]
    ended = SENTENCE_END.search(line) and not re.search(r"\b[ap]\.m\.$", line)
    alone = bool(dated) and len(words) <= TITLE_WORDS and not ended
    rest = FULL.sub(" ", line)
    if alone and len(re.findall(r"[^\W\d_]{2,}", rest)) <= STAMP_WORDS:
        return True
    if not head:
        return False
    if BYLINE.match(line) and len(words) <= TITLE_WORDS:
        return True
    if alone and (not first or len(words) <= META_WORDS):
        return True
    capitals = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return not first and capitals and len(words) <= META_WORDS and not SENTENCE_END.search(line)


def _is_heading(line: str, *, first: bool, begun: bool) -> bool:
    words = len(line.split())
    if first:
        return (
            len(line) <= TITLE_LENGTH and words <= TITLE_WORDS and not re.search(r"[.:,;]$", line)
        )
    quoted = line[-1:] in "\"”’'"
    if quoted and not begun and line[:1] in "\"“‘'" and line[-2:-1] not in ".?!":
        return True
    if SENTENCE_END.search(line) or quoted:
        return False
    return words <= (CROSSHEAD_WORDS if begun else TITLE_WORDS)


def _date_of(meta: list[str], body: list[Block]) -> date | None:
    published = [
        line for line in meta if not re.match(r"(?:last )?(?:updated|modified)", line, re.I)
    ]
    for line in [*published, *meta]:
        for _, _, day in full_dates(line):
            return day
    for block in body[:HEAD_BLOCKS]:
        opening = block.text[:DATELINE_LENGTH]
        for _, end, day in full_dates(opening):
            if block.heading or PLACE.match(opening) or DASH.match(opening, end):
                return day
    return None
