"""Tables out of bytes: encodings, delimiters, ZIPs, and what must be refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from hustings.core.errors import BadInput
from hustings.formats.register import open_table

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "number,name\nAB-1,Zoë Müller\nAB-2,Łucja\n"


def made(tmp_path: Path, content: bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("codec", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_an_encoding_is_found_and_read(tmp_path: Path, codec: str, mark: bytes, found: str) -> None:
    table = open_table(made(tmp_path, mark + (ROWS * 3).encode(codec)))

    assert table.text.encoding == found
    assert table.first == ("number", "name")
    first, *_rest = table.rows()
    assert first == (2, ["AB-1", "Zoë Müller"])


def test_windows_letters_are_read_where_it_is_not_utf_8(tmp_path: Path) -> None:
    table = open_table(made(tmp_path, "a,b\n1,Zoë “Öz” €\n".encode("cp1252")))

    assert table.text.encoding == "cp1252"
    assert list(table.rows()) == [(2, ["1", "Zoë “Öz” €"])]


def test_bytes_that_are_neither_are_guessed(tmp_path: Path) -> None:
    words = "a,b\n" + "1,Быть или не быть вот в чём вопрос\n" * 20
    table = open_table(made(tmp_path, words.encode("cp866")))

    first, *_rest = table.rows()
    assert "вопрос" in first[1][1]


def test_a_utf_8_file_cut_inside_a_letter_stays_utf_8(tmp_path: Path) -> None:
    table = open_table(made(tmp_path, ("a,b\n" + "1,Zoë\n" * 20 + "2,Zoë").encode()[:-1]))

    assert table.text.encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_quotes_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    lines = [f"a{delimiter}b", f'"1{delimiter}2"{delimiter}"say ""hi"""']
    table = open_table(made(tmp_path, (end.join(lines) + end).encode()))

    assert table.delimiter == delimiter
    assert list(table.rows()) == [(2, [f"1{delimiter}2", 'say "hi"'])]


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED
            )  # one date: it stands in names of tests
    return out.getvalue()


def test_a_zip_with_one_table_is_read_as_that_table(tmp_path: Path) -> None:
    table = open_table(
        made(tmp_path, packed({"r.csv": ROWS.encode(), "__MACOSX/r": b"x"}), "r.zip")
    )

    assert table.member == "r.csv"
    assert len(list(table.rows())) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\r\n  \n", "The file is empty"),
        (b"a,b,c\n", "one line and no rows"),
        (b"just some words\nand more\n", "not a table"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b'<?xml version="1.0"?>', "an XML file"),
        (b'{"a": 1}', "a JSON file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"SQLite format 3\x00", "a SQLite database"),
        (b"a\x00\x01\x02,b\n\x07\x00c", "a binary file"),
        (packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "an Excel workbook"),
        (packed({"[Content_Types].xml": b"", "word/document.xml": b""}), "a Word"),
        (packed({"mimetype": b"application/vnd.oasis"}), "an OpenDocument file"),
        (packed({"a.csv": b"1", "b.csv": b"2"}), "holds 2 files"),
        (packed({"a.csv": ROWS.encode()})[:40], "damaged or cut short"),
        (b"a,b\n" + b"x" * 1_100_000, "longer than a million"),
        (b"a,b\n1," + b'"never closed\n' + b"2,c\n" * 60_000, "never closed"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence) as refusal:
        list(open_table(made(tmp_path, content)).rows())

    assert str(refusal.value).startswith("file.csv")


def test_no_file_and_a_folder_are_said_to_be_that(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="a folder"):
        open_table(tmp_path)


def test_a_zip_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    bomb = packed({"a.csv": b"a,b\n" + b"0,0\n" * 25_000_000})

    with pytest.raises(BadInput, match="far more than a register could"):
        open_table(made(tmp_path, bomb))


def test_a_zip_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    bomb = bytearray(packed({"a.csv": b"a,b\n" + b"0,0\n" * 25_000_000}))
    directory = bomb.rindex(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = (60_000_000).to_bytes(4, "little")

    with pytest.raises(BadInput, match=r"far more|damaged"):
        list(open_table(made(tmp_path, bytes(bomb))).rows())


def test_a_large_file_is_read_in_flat_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = made(tmp_path, b"a,b,c\n" + b"AB-1,Some Name,1 Some Street\n" * rows)
        tracemalloc.start()
        for _row in open_table(path).rows():
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(60_000) < peak(20_000) * 1.2 + 200_000
