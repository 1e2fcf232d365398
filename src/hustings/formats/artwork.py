"""Artwork that somebody sends: what it is by its content, whatever it is called, and whether it can be printed."""

from __future__ import annotations

from dataclasses import dataclass

from hustings.core.errors import BadInput
from hustings.formats.leaflet_pdf import MOST_PAGES, Sheet, leaflet_pdf

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 100_000_000
"""A0 at 300 dots an inch; a picture that unpacks to more is a trap or a mistake."""
PNG, JPEG, PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"


@dataclass(frozen=True, slots=True)
class Artwork:
    """What was found: ``pdf``, ``png`` or ``jpg``, and how many pages."""

    type: str
    pages: int


def look_at(content: bytes) -> Artwork:
    """
    What this file is.

    Raises
    ------
    BadInput
        It is none of the three kinds, too large, or cannot be typeset.
    """
    if len(content) > MOST_BYTES:
        raise BadInput(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB; make it smaller.")
    if content.startswith(PDF):
        return Artwork("pdf", _pages(content))
    if content.startswith(PNG):
        width, height, ending = *_png_size(content), "png"
    elif content.startswith(JPEG):
        width, height, ending = *_jpeg_size(content), "jpg"
    else:
        raise BadInput("This is no PDF, PNG or JPEG, whatever its name says. Send one of these.")
    if not 0 < width * height <= MOST_PIXELS:
        raise BadInput(f"The picture is {width:,} × {height:,} dots, more than anybody prints.")
    if not _can_be_set(ending, content, 1):
        raise BadInput("The picture is broken. Save it anew and send that.")
    return Artwork(ending, 1)


def _png_size(content: bytes) -> tuple[int, int]:
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """From the frame header, found by walking the segments."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(
                content[at + 5 : at + 7]
            )
        at += 2 + length
    raise BadInput("The picture is broken. Save it anew and send that.")


def _can_be_set(ending: str, content: bytes, page: int) -> bool:
    try:
        leaflet_pdf(Sheet("?", "?", "en", artwork=(ending, content), pages=page))
    except BadInput:
        return False
    return True


def _pages(content: bytes) -> int:
    """How many pages a PDF has: the largest number that can be set."""
    if not _can_be_set("pdf", content, 1):
        raise BadInput("The PDF is broken or locked with a password. Save it anew and send that.")
    if _can_be_set("pdf", content, MOST_PAGES):
        raise BadInput(f"The PDF has {MOST_PAGES} pages or more; send its parts one by one.")
    least, most = 1, MOST_PAGES
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if _can_be_set("pdf", content, middle) else (least, middle)
    return least
