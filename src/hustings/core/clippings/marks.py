"""Quotation marks: which ones open, which close, and which are apostrophes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DOUBLE_OPEN, DOUBLE_CLOSE = "“„«", "”»"
SINGLE_OPEN, APOSTROPHES = "‘`", "'’´"
PUNCTUATION = ",.?!…;:—–-)]"
SHORTENED = re.compile(
    r"(?:\d0s|em|tis|twas|til|cause|cos|n|bout|round|im|ello|appen|ave|er|e)\b", re.I
)
DROPPED_G = re.compile(r"\w{2,}in$")


@dataclass(frozen=True, slots=True)
class Marked:
    """
    Words between marks: ``text[start:end]``, the marks at ``opened`` and, if it was closed, at ``end``.

    ``closed`` is the place just after the closing mark; nothing when the paragraph ends first.
    """

    opened: int
    start: int
    end: int
    closed: int | None
    family: str


def marked(text: str) -> list[Marked]:
    """The outermost quotations of one paragraph, in order; those that nothing closes are among them."""
    found: list[Marked] = []
    at = 0
    while at < len(text):
        opening = _opening(text, at)
        if opening is None:
            at += 1
            continue
        family, length = opening
        close = _double_close(text, at, length) if family == '"' else _single_close(text, at)
        start = at + length
        if close is None:
            found.append(Marked(at, start, len(text), None, family))
            at = start
            continue
        end, closed = close
        if text[start:end].strip():
            found.append(Marked(at, start, end, closed, family))
        at = closed
    return found


def _opening(text: str, at: int) -> tuple[str, int] | None:
    """The family of the mark that opens here and how many characters it has."""
    mark = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    free = not before or before.isspace() or before in "([—–-/‘“\"'"
    if mark in DOUBLE_OPEN:
        return ('"', 1) if after and not after.isspace() else None
    if text.startswith(("``", "‘‘"), at):
        return '"', 2
    if mark == '"':
        follows = free or (before in ",:;" and after.isalnum())
        return ('"', 1) if follows and after and not after.isspace() else None
    if mark in SINGLE_OPEN or mark == "'":
        if not (free or mark == "‘") or not after or after.isspace() or after in PUNCTUATION:
            return None
        if mark == "‘" and before.isalnum():
            return None
        return None if SHORTENED.match(text, at + 1) else ("'", 1)
    return None


def _double_close(text: str, opened: int, length: int) -> tuple[int, int] | None:
    closers = DOUBLE_CLOSE + ("“" if text[opened] == "„" else "")
    for at in range(opened + length, len(text)):
        mark = text[at]
        if mark in closers:
            return at, at + 1
        if length == 2 and text.startswith(("''", "’’"), at):
            return at, at + 2
        if mark in "“«":
            return None
        if mark == '"':
            before, after = text[at - 1], text[at + 1 : at + 2]
            if _opening(text, at) and after.isalnum():
                return None
            if not (before.isdigit() and _is_inches(text, at)):
                return at, at + 1
    return None


def _is_inches(text: str, at: int) -> bool:
    """14" wide: a digit before, a word after, and a mark still to come that closes better."""
    if not re.match(r"\s+[a-z]", text[at + 1 :]):
        return False
    later = re.search(r"[“\"”]", text[at + 1 :])
    if later is None:
        return False
    place = at + 1 + later.start()
    return text[place] != "“" and not (text[place] == '"' and text[place - 1].isspace())


def _single_close(text: str, opened: int) -> tuple[int, int] | None:
    doubtful: int | None = None
    for at in _outside_doubles(text, opened + 1):
        mark = text[at]
        if mark in SINGLE_OPEN or (mark == "'" and _opening(text, at)):
            break
        if mark not in APOSTROPHES:
            continue
        before, after = text[at - 1], text[at + 1 : at + 2]
        if after.isalnum() or before.isspace() or at == opened + 1:
            continue
        word = re.search(r"[\w’']*$", text[opened + 1 : at])
        possessive = word is not None and (
            word[0][-1:] in {"s", "S"} or DROPPED_G.match(word[0]) is not None
        )
        if possessive and after.isspace() and text[at + 2 : at + 3].isalnum():
            doubtful = doubtful or at
            continue
        return at, at + 1
    return (doubtful, doubtful + 1) if doubtful else None


def _outside_doubles(text: str, start: int) -> Iterator[int]:
    """Places from ``start`` on that do not lie within double marks."""
    at = start
    while at < len(text):
        opening = _opening(text, at)
        if opening and opening[0] == '"':
            inner = _double_close(text, at, opening[1])
            if inner:
                at = inner[1]
                continue
        yield at
        at += 1
