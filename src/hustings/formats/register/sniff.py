"""What a file is, before anybody reads it as a table: its kind, its encoding, its longest line."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from hustings.core.errors import BadInput

BLOCK = 1 << 18
LONGEST_LINE = 1 << 20
"""Bytes. A register's line is a few hundred; one of a million is no line."""

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel, Word or Access file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"{\\rtf", "an RTF document"),
)
_FCS_KEYS = (b'"stationId"', b'"defaultStationId"')


@dataclass(frozen=True, slots=True)
class Text:
    """How to read a file as text: its encoding, what to do with broken bytes, its size and lines."""

    encoding: str
    errors: str
    size: int
    lines: int


def name_other_kind(head: bytes) -> str:
    """What a file is when it is certainly no table of text, in words; empty when it may be one."""
    for magic, name in _OTHER_KINDS:
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start[:64].lower()
    if start[:1] in (b"{", b"["):
        if any(key in head for key in _FCS_KEYS):
            return "a polling-station export of FCS (JSON), which holds no electors"
        return "a JSON file"
    if lower.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if lower.startswith((b"<?xml", b"<kml", b"<svg")):
        return "an XML file"
    return ""


def look_through(source: BinaryIO, where: str) -> Text:
    """
    Read the whole file once, in blocks, and say how to read it as text.

    Raises
    ------
    BadInput
        Empty, binary, or with a line longer than ``LONGEST_LINE``.
    """
    head = source.read(BLOCK)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise BadInput("The file is empty.", where=where)
    if other := name_other_kind(head):
        raise BadInput(
            f"This is {other}, not a table of text. Save or export it as CSV.", where=where
        )
    known = _by_mark(head)
    newline = "\n".encode(known.removesuffix("-sig") if known else "utf-8")
    if known in ("utf-16", "utf-32"):
        newline = b"\n"
    elif known is None and b"\x00" in head:
        raise BadInput("This is a binary file, not a table of text. Export it as CSV.", where=where)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    size = lines = since = odd = broken = 0
    undefined = False
    block = head
    while block:
        size += len(block)
        lines += block.count(newline)
        cut = block.rfind(b"\n")
        cut = cut if cut >= 0 else block.rfind(b"\r")
        if cut < 0:
            since += len(block)
            if since > LONGEST_LINE:
                raise BadInput(
                    "A line is longer than a million characters: this is not a register, or its"
                    " line breaks were lost.",
                    where=where,
                )
        else:
            since = len(block) - cut - 1
        if known is None and not block.isascii():
            text = decoder.decode(block)
            broken += text.count("\ufffd")
            odd += len(block) - len(text)  # a letter beyond ASCII takes two bytes or more
            undefined = undefined or any(byte in block for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
        elif known is None:
            decoder.reset()
        block = source.read(BLOCK)
    if known:
        return Text(known, "replace", size, lines)
    if broken == 0:
        return Text("utf-8", "replace", size, lines)
    if odd and broken * 10 <= odd:  # UTF-8 all through but for a few bytes: a cut or patched file
        return Text("utf-8", "replace", size, lines)
    if not undefined:
        return Text("cp1252", "replace", size, lines)
    return Text(_guess(source), "replace", size, lines)


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    if sample.count(0) * 10 > len(sample) * 3:
        even, uneven = sample[::2].count(0), sample[1::2].count(0)
        if uneven > 9 * even:
            return "utf-16-le"
        if even > 9 * uneven:
            return "utf-16-be"
    return None


def _guess(source: BinaryIO) -> str:
    """The last resort, for bytes that are neither UTF-8 nor windows-1252."""
    from charset_normalizer import from_bytes

    source.seek(0)
    best = from_bytes(source.read(BLOCK)).best()
    return best.encoding if best else "latin-1"
