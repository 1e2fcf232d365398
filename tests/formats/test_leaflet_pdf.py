"""Leaflets and badges as files, read back."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader, PdfWriter

from hustings.core.errors import BadInput
from hustings.formats.artwork import look_at
from hustings.formats.leaflet_pdf import Sheet, SheetQuote, leaflet_pdf, leaflet_picture

SHEET = Sheet(
    "Library", "Riverside", "en-GB", headline="A library that stays open", text="One.\n\nTwo #let.",
    imprint=("Printed by Press & Sons.", "Promoted by Pat."),
    quotes=(SheetQuote("We support them.", "https://riverside.example/s/ab", "https://riverside.example/s/ab"),),
)  # fmt: skip


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def sizes(pdf: bytes) -> list[float]:
    """The heights of the type in which the imprint stands."""
    found: list[float] = []

    def visit(text: str, _cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if "Promoted" in text:
            found.append(round(size * abs(tm[3]) * abs(_cm[3]), 1))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    return found


def three_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(width=300, height=400)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_sheet_of_words_has_its_words_its_imprint_and_the_address() -> None:
    pdf = leaflet_pdf(SHEET)

    (text,) = pages(pdf)
    for words in ("A library that stays open", "Two #let.", "Promoted by Pat.", "https://riverside.example/s/ab"):  # fmt: skip
        assert words in text
    assert pdf == leaflet_pdf(SHEET)
    assert PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width == pytest.approx(419.5, abs=0.1)


@pytest.mark.parametrize("place", ["head", "foot"])
def test_on_artwork_the_imprint_stands_on_the_first_page_alone_and_the_size_stays(
    place: str,
) -> None:
    pdf = leaflet_pdf(
        replace(SHEET, artwork=("pdf", three_pages()), pages=3, place=place, quotes=())
    )  # type: ignore[arg-type]  # both are places

    first, *others = pages(pdf)
    assert "Promoted by Pat." in first
    assert all("Promoted" not in text for text in others)
    assert [float(p.mediabox.height) for p in PdfReader(io.BytesIO(pdf)).pages] == [400.0] * 3


@pytest.mark.parametrize("points", [6, 12])
def test_the_imprint_is_as_high_as_was_asked(points: int) -> None:
    assert sizes(leaflet_pdf(replace(SHEET, points=points))) == [points]


@pytest.mark.parametrize("points", [5, 25])
def test_too_small_to_be_seen_is_refused(points: int) -> None:
    with pytest.raises(BadInput, match="points high"):
        replace(SHEET, points=points)


def test_files_are_what_they_hold() -> None:
    picture = leaflet_picture(SHEET)

    assert (look_at(three_pages()).type, look_at(three_pages()).pages) == ("pdf", 3)
    assert (look_at(picture).type, look_at(picture).pages) == ("png", 1)
    assert "Promoted by Pat." in pages(leaflet_pdf(replace(SHEET, artwork=("png", picture))))[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7 and nothing more",
     b"\x89PNG\r\n\x1a\n" + bytes(60), b"\xff\xd8\xff\xe0" + bytes(60),
     b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0" + bytes(40)],
)  # fmt: skip
def test_what_is_none_of_the_three_or_broken_or_a_trap_is_refused_with_a_sentence(
    content: bytes,
) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        look_at(content)
