"""Where the sentences of an article begin and end, inside quotes and outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.core.clippings.article import Article

END = re.compile(r"[.!?…]+[”’\"')\]]*\s+(?=[“‘\"'(\[`]?[A-Z0-9À-Þ])")
SHORTENED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Rev|St|Cllr|Insp|Sgt|Gen|Col|Capt|Supt|No|Nos|vs|Jan|Feb|Mar|Apr|Aug|"
    r"Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Jr|Sr|approx|cf|etc)|\b[A-Z]|\b(?:e\.g|i\.e|a\.m|p\.m|U\.S|U\.K))\.\s+$"
)


def breaks(text: str) -> Iterator[int]:
    """The places in ``text`` at which a new sentence begins, the first one left out."""
    for found in END.finditer(text):
        if not SHORTENED.search(text, max(0, found.end() - 12), found.end()):
            yield found.end()


def sentences(article: Article) -> Iterator[tuple[int, int]]:
    """Every sentence as a place in the article's text, paragraph by paragraph."""
    for paragraph in article.paragraphs:
        start = paragraph.start
        for place in breaks(article.words(paragraph)):
            end = paragraph.start + place
            yield start, start + len(article.text[start:end].rstrip())
            start = end
        yield start, paragraph.end
