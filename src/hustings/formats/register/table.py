"""
A register file as rows of cells: any size, in flat memory.

CSV with any of four delimiters, in any encoding that :mod:`sniff` knows, alone or in a ZIP.
"""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from hustings.core.errors import BadInput
from hustings.formats.register.sniff import BLOCK, Text, look_through

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

DELIMITERS = (",", "\t", "|", ";")
UNPACKED_FREELY = 64 << 20
"""Bytes a ZIP may unpack to whatever its size."""
UNPACKED_TIMES = 100
"""Beyond that, how many times its packed size; real registers pack to a fifth or a tenth."""
_NAMES = {",": "commas", "\t": "tabs", "|": "bars", ";": "semicolons"}


@dataclass(frozen=True)
class Table:
    """
    A file that is a table: how it is written, its first row, and its rows on demand.

    Parameters
    ----------
    path, where
        The file, and the name to call it by in messages.
    member
        The file's name inside its ZIP; empty if it is none.
    delimiter, text
        How to read it.
    first, sample
        Its first record, and up to a hundred after it.
    """

    path: Path
    where: str
    member: str
    delimiter: str
    text: Text
    first: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]

    @property
    def written(self) -> str:
        """How it is written, in words: ``utf-8, commas``."""
        inside = f", in a ZIP as {self.member}" if self.member else ""
        return f"{self.text.encoding}, {_NAMES[self.delimiter]}{inside}"

    def rows(self, *, skip_header: bool = True) -> Generator[tuple[int, list[str]]]:
        """
        Every record with its number, the first being 1; empty lines are passed over.

        Raises
        ------
        BadInput
            A quote that never closes, or a ZIP that unpacks without end.
        """
        with (
            open_bytes(self.path, self.where, self.member) as source,
            io.TextIOWrapper(
                source, encoding=self.text.encoding, errors=self.text.errors, newline=""
            ) as lines,
        ):
            yield from self._read(lines, skip=1 if skip_header else 0)

    def _read(self, lines: IO[str], skip: int) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(_without_nul(lines), delimiter=self.delimiter)
        number = 0
        try:
            for number, cells in enumerate(reader, 1):
                if number > skip and cells:
                    yield number, cells
        except csv.Error as error:
            raise BadInput(
                "A quote opens here and is never closed, or a cell is endless.",
                where=f"{self.where}, row {number + 1}",
            ) from error


def open_table(path: Path, *, name: str = "") -> Table:
    """
    Look at a file and say how to read it as a table.

    Raises
    ------
    BadInput
        It is missing, empty, something else, or no table; one sentence each.
    """
    where = name or path.name
    try:
        member = _member(path, where)
        with open_bytes(path, where, member) as source:
            text = look_through(source, where)
        with (
            open_bytes(path, where, member) as source,
            io.TextIOWrapper(
                source, encoding=text.encoding, errors=text.errors, newline=""
            ) as lines,
        ):
            head = lines.read(BLOCK)
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, FileNotFoundError):
            raise BadInput("There is no such file.", where=where) from error
        if isinstance(error, IsADirectoryError):
            raise BadInput("This is a folder, not a file.", where=where) from error
        if isinstance(error, (zipfile.BadZipFile, EOFError)):
            raise BadInput(
                "The ZIP is damaged or cut short: fetch it again.", where=where
            ) from error
        raise BadInput(f"The file cannot be read: {error.strerror}.", where=where) from error
    delimiter = _delimiter(head, where)
    found = Table(path, where, member, delimiter, text, (), ())
    with closing(found.rows(skip_header=False)) as rows:
        records = [cells for _number, cells in islice(rows, 101)]
    if len(records) < 2:
        raise BadInput("The file holds one line and no rows.", where=where)
    return Table(
        path,
        where,
        member,
        delimiter,
        text,
        tuple(cell.strip() for cell in records[0]),
        tuple(tuple(cells) for cells in records[1:]),
    )


def _without_nul(lines: IO[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "") if "\x00" in line else line


def _delimiter(head: str, where: str) -> str:
    """The delimiter that parts the first line most and the next ones about as often."""
    lines = [line for line in head.splitlines() if line.strip()][:20]
    best, most = "", 0.0
    for delimiter in DELIMITERS:
        counts = [
            len(cells) - 1
            for cells in csv.reader((line[:100_000] for line in lines), delimiter=delimiter)
        ]
        if not counts or counts[0] < 1:
            continue
        steady = sum(1 for count in counts if count == counts[0]) / len(counts)
        if counts[0] * (0.2 + steady) > most:
            best, most = delimiter, counts[0] * (0.2 + steady)
    if not best:
        raise BadInput(
            "This is text, but not a table: its first line has no comma, tab, bar or semicolon.",
            where=where,
        )
    return best


def _member(path: Path, where: str) -> str:
    """The one file inside a ZIP; empty when the file is no ZIP."""
    with path.open("rb") as source:
        if source.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return ""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        if "[Content_Types].xml" in names:
            kind = (
                "an Excel workbook"
                if any(n.startswith("xl/") for n in names)
                else "a Word or other Office file"
            )
            raise BadInput(
                f"This is {kind}, not a table of text. Save it as CSV UTF-8 and import that.",
                where=where,
            )
        if "mimetype" in names:
            raise BadInput(
                "This is an OpenDocument file, not a table of text. Save it as CSV.", where=where
            )
        inside = [
            info
            for info in infos
            if not info.is_dir() and not info.filename.startswith(("__MACOSX/", "."))
        ]
        if len(inside) != 1:
            raise BadInput(
                f"The ZIP holds {len(inside)} files: unpack it and import one at a time.",
                where=where,
            )
        info = inside[0]
        if info.flag_bits & 1:
            raise BadInput("The ZIP is locked by a password: unpack it first.", where=where)
        if info.file_size > max(UNPACKED_FREELY, UNPACKED_TIMES * info.compress_size):
            raise _bomb(where)
        return info.filename


def _bomb(where: str) -> BadInput:
    return BadInput(
        "The ZIP unpacks to far more than a register could: it is refused. Unpack it yourself if"
        " you trust it, and import the file inside.",
        where=where,
    )


class _Guarded(io.RawIOBase):
    """A ZIP member that stops when it has given more than it may, whatever its directory says."""

    def __init__(self, source: BinaryIO, limit: int, where: str) -> None:
        self._source, self._left, self._where = source, limit, where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        got = self._source.read(len(view))
        self._left -= len(got)
        if self._left < 0:
            raise _bomb(self._where)
        view[: len(got)] = got
        return len(got)


@contextmanager
def open_bytes(path: Path, where: str, member: str = "") -> Iterator[BinaryIO]:
    """The file's bytes, out of its ZIP if it stands in one."""
    if not member:
        with path.open("rb") as source:
            yield source
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
        limit = max(UNPACKED_FREELY, UNPACKED_TIMES * archive.getinfo(member).compress_size)
        yield cast(
            "BinaryIO", io.BufferedReader(_Guarded(cast("BinaryIO", packed), limit, where), BLOCK)
        )
