"""A clipping as a file: plain text or a saved page, in the encoding it says, or the likeliest one."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from hustings.core.errors import BadInput

LARGEST_BYTES = 4 << 20
"""A saved page with its scripts may be large; an article is not."""
HEAD_BYTES = 2048
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)


def read_clipping(path: Path | str) -> str:
    """
    The characters of a clipping.

    Raises
    ------
    BadInput
        When the file cannot be read, is too large, or is no text.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"the file cannot be read: {error.strerror}.", where=name) from error
    return text_of(content, where=name)


def text_of(content: bytes, *, where: str) -> str:
    """
    The characters of a clipping that was read or sent already.

    Raises
    ------
    BadInput
        When it is too large, or is no text.
    """
    if len(content) > LARGEST_BYTES:
        raise BadInput(
            f"the file is larger than {LARGEST_BYTES >> 20} MB; save the article alone, without pictures.",
            where=where,
        )
    text = _decoded(content)
    if "\0" in text:
        raise BadInput(
            "this is no text; save the article as text or as a page of HTML.", where=where
        )
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    named = _CHARSET.search(content[:HEAD_BYTES])
    for encoding in ("utf-8", named[1].decode("ascii") if named else ""):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")
