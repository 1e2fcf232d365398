"""
A leaflet, badge or playbook as a print-ready PDF, with the imprint set on its first page.

Either artwork that somebody sent (PDF, PNG, JPEG), or a sheet made of a headline and text. The imprint stands in a
box of its own, black on white, over whatever is behind it, in the type that was asked for; so what the rules are
told about it is what is on the paper. All words reach the typesetter as data, never as its program, and of a PDF
only what is drawn is taken over: no script, form or attachment of it.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, overload

import segno
import typst

from hustings.core.errors import BadInput
from hustings.core.materials.imprint import LEAST_POINTS, MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PAGES = 60
MOST_WORDS = 40_000
"""Characters of text in one sheet."""
WORDS = {
    "check": "Check these words:",
    "qr_alt": "The proof of these words as a QR code; also at",
    "printed": "Printed by",
    "promoted": "Promoted by",
    "on_behalf": "on behalf of",
}
"""Keys and English words; a caller hands in those of the sheet's language."""


@dataclass(frozen=True, slots=True)
class SheetQuote:
    """
    Words of a statement, with where they can be checked.

    Parameters
    ----------
    qr
        What a QR code beside them says: the address, or the whole proof; nothing where it is empty.
    """

    words: str
    address: str
    qr: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    What is printed.

    Parameters
    ----------
    paper
        ``a4``, ``a5``, ``a6`` or ``badge``; a picture is set as wide as it, a PDF keeps its own size.
    artwork
        The ending and the bytes of a file, or none for a sheet of words.
    imprint
        Its lines, as they stand on the first page at ``place``: the head or the foot.
    draft
        A word across every page, while nothing may be printed.
    """

    title: str
    author: str
    language: str
    paper: str = "a5"
    headline: str = ""
    text: str = ""
    artwork: tuple[str, bytes] | None = None
    pages: int = 1
    imprint: tuple[str, ...] = ()
    place: Literal["foot", "head"] = "foot"
    points: int = 8
    quotes: tuple[SheetQuote, ...] = ()
    draft: str = ""

    def __post_init__(self) -> None:
        if not LEAST_POINTS <= self.points <= MOST_POINTS:
            raise BadInput(f"The imprint is {LEAST_POINTS} to {MOST_POINTS} points high.")
        if not 1 <= self.pages <= MOST_PAGES:
            raise BadInput(f"A file has 1 to {MOST_PAGES} pages.")
        if len(self.text) > MOST_WORDS:
            raise BadInput(f"The text is longer than {MOST_WORDS:,} characters; send it as a PDF.")


def leaflet_pdf(sheet: Sheet, words: Mapping[str, str] | None = None) -> bytes:
    """The whole sheet as PDF; the same sheet is the same file."""
    return _typeset(sheet, words, "pdf")


def leaflet_picture(sheet: Sheet, words: Mapping[str, str] | None = None) -> bytes:
    """The first page as PNG, to look at on a screen."""
    made = _typeset(sheet, words, "png")
    return made[0] if isinstance(made, list) else made


@overload
def _typeset(sheet: Sheet, words: Mapping[str, str] | None, form: Literal["pdf"]) -> bytes: ...
@overload
def _typeset(
    sheet: Sheet, words: Mapping[str, str] | None, form: Literal["png"]
) -> bytes | list[bytes]: ...
def _typeset(
    sheet: Sheet, words: Mapping[str, str] | None, form: Literal["pdf", "png"]
) -> bytes | list[bytes]:
    said = {**WORDS, **(words or {})}
    data = {
        "title": sheet.title,
        "author": sheet.author,
        "language": sheet.language,
        "paper": sheet.paper,
        "headline": sheet.headline or sheet.title,
        "text": [part.strip() for part in sheet.text.split("\n\n") if part.strip()],
        "artwork": f"artwork.{sheet.artwork[0]}" if sheet.artwork else "",
        "pages": sheet.pages if form == "pdf" else 1,
        "imprint": list(sheet.imprint),
        "place": sheet.place,
        "points": sheet.points,
        "draft": sheet.draft,
        "words": said,
        "quotes": [
            {
                "words": quote.words,
                "address": quote.address,
                "qr": proof_qr(quote.qr) if quote.qr else "",
                "qr_mm": 20 if len(quote.qr) < 200 else 62,
            }
            for quote in sheet.quotes
        ],
    }
    with TemporaryDirectory(prefix="hustings-leaflet-") as folder:
        program = Path(folder) / "leaflet.typ"
        program.write_bytes(
            resources.files("hustings.formats").joinpath("leaflet.typ").read_bytes()
        )
        if sheet.artwork:
            (Path(folder) / f"artwork.{sheet.artwork[0]}").write_bytes(sheet.artwork[1])
        try:
            made: object = typst.compile(  # type: ignore[call-overload]  # a list of pages as PNG is not in its types
                program,
                root=folder,
                format=form,
                pdf_standards="ua-1" if form == "pdf" and not sheet.artwork else [],
                ignore_system_fonts=True,
                ppi=80,
                sys_inputs={"sheet": json.dumps(data, ensure_ascii=False)},
                timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # the same sheet is the same file
            )
        except typst.TypstError as error:
            raise BadInput(
                f"This cannot be typeset ({error.message}). Save the artwork anew as PDF, PNG or JPEG."
            ) from error
    if isinstance(made, bytes | list):
        return made
    raise BadInput("This cannot be typeset.")


@lru_cache(maxsize=64)
def proof_qr(text: str) -> str:
    """
    A QR code as SVG: of an address sturdy, of a whole proof as small as it can be.

    A public page asks for the same one again and again, and trying its eight masks takes 30 ms of CPU.
    """
    out = io.BytesIO()
    segno.make(text, error="m" if len(text) < 200 else "l", micro=False, boost_error=False).save(
        out, kind="svg", border=2, xmldecl=False, light="#ffffff", unit="", scale=4
    )
    return out.getvalue().decode()


def imprint_lines(
    fields: Mapping[str, str], words: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The lines of an imprint out of its fields; what is empty is left out."""
    said = {**WORDS, **(words or {})}

    def who(name: str) -> str:
        return ", ".join(
            part.strip()
            for part in (fields.get(f"{name}_name", ""), fields.get(f"{name}_address", ""))
            if part.strip()
        )

    lines = [fields.get("paid_for_by", "").strip()]
    if printer := who("printer"):
        lines.append(f"{said['printed']} {printer}.")
    if promoter := who("promoter"):
        behalf = f", {said['on_behalf']} {who('behalf')}" if who("behalf") else ""
        lines.append(f"{said['promoted']} {promoter}{behalf}.")
    return tuple(line for line in lines if line)
