"""A CSV file with a row for each unit of a contest: its name, and what is known of it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hustings.core.contest.plain import unseen
from hustings.core.contest.unit_names import folded, unit_key
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
LONGEST = 200
MOST_NUMBER = 100_000_000
MEANINGS: dict[str, tuple[str, ...]] = {
    "code": ("code", "id", "unit code", "precinct code", "ons id", "number"),
    "name": ("name", "unit", "precinct", "constituency", "section", "constituency name"),
    "area": ("area", "county", "region", "county name", "region name"),
    "district": (
        "district",
        "congressional district",
        "legislative district",
        "senate district",
        "delegate district",
        "cd",
    ),
    "delegates": ("delegates", "county delegates", "seats"),
    "state_rate": ("state rate", "rate", "sde rate"),
    "eligible": ("eligible", "electorate", "democrats in precinct"),
    "lon": ("lon", "lng", "longitude"),
    "lat": ("lat", "latitude"),
}
"""What a column may be called, folded, for what it means; the first of a file that fits has it."""
LEFT_OUT = "-"
RATE = re.compile(r"(\d{1,9})/([1-9]\d{0,8})")
DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row: where it stands in the file, how the unit is called, and the other values that were filled in."""

    number: int
    code: str
    name: str
    area: str
    values: dict[str, int | float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The rows, and what was taken for what: meaning by column, in their order."""

    header: tuple[str, ...]
    rows: tuple[UnitRow, ...]


def read_units(
    raw: bytes,
    file_name: str,
    *,
    columns: Sequence[str] = (),
    numbers: Mapping[str, str] | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> UnitTable:
    """
    All rows, or ``BadInput`` with the file, the row and the field of the first that cannot be meant.

    Parameters
    ----------
    columns
        The meanings of the columns in order, of a file without a header; ``-`` leaves one out.
    numbers
        Further columns that hold whole numbers: what they may be called, folded, by what they mean.
    """
    table = list(_lines(raw, file_name))
    if not table:
        raise BadInput("The file is empty.", where=file_name)
    if columns:
        meanings, begins = _said(columns, file_name), 0
    else:
        meanings, begins = _recognised(table[0][1], file_name, numbers or {}), 1
    if begins == len(table):
        raise BadInput("There is a header and no row below it.", where=file_name)
    rows: list[UnitRow] = []
    seen: dict[tuple[str, ...], int] = {}
    for place, (number, cells) in enumerate(table[begins:]):
        row = _row(cells, meanings, f"{file_name}, row {number}", number, frozenset(numbers or ()))
        same = (row.code,) if row.code else ("", unit_key(row.area, row.name))
        if same in seen:
            raise BadInput(
                f"«{row.name}» stands in row {seen[same]} already; a unit has one row.",
                where=f"{file_name}, row {number}, {'code' if row.code else 'name'}",
            )
        seen[same] = number
        rows.append(row)
        if place % 200 == 0:
            progress(place / len(table))
    return UnitTable(tuple(meanings), tuple(rows))


def _lines(raw: bytes, file_name: str) -> list[tuple[int, list[str]]]:
    if len(raw) > MOST_BYTES:
        raise BadInput(
            f"The file has {len(raw):,} bytes and a list of units at most {MOST_BYTES:,}; it is another file.",
            where=file_name,
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            "This is not UTF-8 text. Save it as «CSV UTF-8» and send it again.",
            where=f"{file_name}, row {row}",
        ) from error
    if "\x00" in text:
        row = text[: text.index("\x00")].count("\n") + 1
        raise BadInput("This is no CSV file.", where=f"{file_name}, row {row}")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((reader.line_num, [cell.strip() for cell in cells]))
            if len(found) > MOST_ROWS + 1:
                raise BadInput(f"There are more than {MOST_ROWS:,} rows.", where=file_name)
    except csv.Error as error:
        raise BadInput(
            f"This row cannot be read ({error}).", where=f"{file_name}, row {reader.line_num}"
        ) from error
    return found


def _said(columns: Sequence[str], file_name: str) -> list[str]:
    known = {*MEANINGS, LEFT_OUT}
    for name in columns:
        if name not in known:
            raise BadInput(
                f"«{name}» is no column; there are {', '.join(MEANINGS)}, and - for one to leave out.",
                where=file_name,
            )
    if "name" not in columns:
        raise BadInput("One column must be the name.", where=file_name)
    return list(columns)


def _recognised(cells: list[str], file_name: str, numbers: Mapping[str, str]) -> list[str]:
    named = {called: meaning for meaning, names in MEANINGS.items() for called in names}
    named |= {folded(called): meaning for meaning, called in numbers.items()}
    named |= {folded(meaning): meaning for meaning in numbers}
    found: list[str] = []
    for cell in cells:
        meaning = named.get(folded(cell), LEFT_OUT)
        found.append(LEFT_OUT if meaning in found else meaning)
    if "name" not in found:
        raise BadInput(
            "The first row names no column «name», «precinct» or «constituency». Add a header, "
            "or say below what the columns are, in their order.",
            where=f"{file_name}, row 1",
        )
    return found


def _row(
    cells: list[str], meanings: list[str], where: str, number: int, numbers: frozenset[str]
) -> UnitRow:
    if len(cells) > len(meanings):
        raise BadInput(
            f"There are {len(cells)} cells, and the file has {len(meanings)} columns.", where=where
        )
    said = {meaning: cell for meaning, cell in zip(meanings, cells, strict=False) if cell}
    said.pop(LEFT_OUT, None)
    for meaning in ("code", "name", "area", "district"):
        if len(said.get(meaning, "")) > LONGEST:
            raise BadInput(f"This is longer than {LONGEST} letters.", where=f"{where}, {meaning}")
    name = said.pop("name", "")
    if not name:
        raise BadInput("The name is missing.", where=f"{where}, name")
    code, area = said.pop("code", ""), said.pop("area", "")
    values = {
        meaning: _value(meaning, cell, f"{where}, {meaning}", numbers)
        for meaning, cell in said.items()
    }
    return UnitRow(number, code, name, area, values)


def _value(meaning: str, cell: str, where: str, numbers: frozenset[str]) -> int | float | str:
    if meaning in {"delegates", "eligible"} or meaning in numbers:
        digits = cell.replace(",", "").replace(" ", "")
        if digits.startswith("-") and digits[1:].isdecimal():
            raise BadInput(f"It must not be negative: {cell}.", where=where)
        if not (digits.isascii() and digits.isdecimal()) or int(digits) > MOST_NUMBER:
            raise BadInput(f"It must be a whole number, not «{cell[:40]}».", where=where)
        return int(digits)
    if meaning == "district":
        if hidden := unseen(cell):
            raise BadInput(f"It {hidden}", where=where)
        return cell
    if meaning == "state_rate":
        if not RATE.fullmatch(cell):
            raise BadInput(f"It must be written exactly, as 4/51, not «{cell[:40]}».", where=where)
        return cell
    limit = 180 if meaning == "lon" else 90
    if not DEGREES.fullmatch(cell) or abs(float(cell)) > limit:
        raise BadInput(
            f"It must be degrees from -{limit} to {limit}, not «{cell[:40]}».", where=where
        )
    return float(cell)
