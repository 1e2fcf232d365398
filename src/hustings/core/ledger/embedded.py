"""
Statements in a text: ``[[statement 0f1e2d3c4b5a6978]]`` stands for the words of a record, and is no copy of them.

The sixteen or more letters begin the record's name. What the words are, and whether they may be said, is asked
each time the text is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hustings.core.errors import BadInput

LEAST_LETTERS = 16
_TOKEN = re.compile(r"\[\[statement ([0-9a-f]{16,64})\]\]")
_LIKE_ONE = re.compile(r"\[\[\s*statement", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: plain words, or where ``name`` is not empty a statement that stands there."""

    text: str
    name: str = ""


def token(name: str) -> str:
    """What is written into a text to embed the record of that name."""
    return f"[[statement {name[:LEAST_LETTERS]}]]"


def parts_of(text: str) -> list[Part]:
    """The text in its pieces; joined again they are the text."""
    parts, end = [], 0
    for found in _TOKEN.finditer(text):
        parts += [Part(text[end : found.start()]), Part(found[0], found[1])]
        end = found.end()
    return [part for part in (*parts, Part(text[end:])) if part.text]


def names_in(text: str) -> list[str]:
    """The names that stand in it, each once, as it writes them."""
    return list(dict.fromkeys(found[1] for found in _TOKEN.finditer(text)))


def check_tokens(text: str) -> None:
    """Nothing, if all that looks like an embedded statement is one; otherwise ``BadInput``."""
    if len(_LIKE_ONE.findall(text)) != len(_TOKEN.findall(text)):
        raise BadInput(
            "A statement is embedded as [[statement …]] with the letters that its page shows, 16 of them at least."
        )
