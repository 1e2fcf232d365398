"""
RESULTS.csv: one row for each group or candidate of each unit, as a spreadsheet of results has it.

What is said of a unit (delegates, attendance, electorate …) stands in each of its rows, or in the first of them.
Other columns are ignored.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from hustings.core.contest.candidates import stranger
from hustings.core.contest.plain import DECIMAL, FRACTION, LONGEST_NAME, MOST, unseen
from hustings.core.errors import BadInput
from hustings.formats.doors_csv import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of sheet."""

    who: str
    required: tuple[str, ...]
    tables: tuple[str, ...]
    """Whole numbers by name: each column a table of the unit."""
    exact: tuple[str, ...] = ()
    """The same, with decimals."""
    whole: tuple[str, ...] = ()
    """Whole numbers of the unit."""
    words: tuple[str, ...] = ()


LAYOUTS = {
    "caucus": Layout(
        "group",
        ("unit", "group", "final", "delegates"),
        ("first", "final", "awarded"),
        exact=("sde",),
        whole=("delegates", "attendance", "eligible", "state_delegates", "county_delegates"),
        words=("kind",),
    ),
    "plurality": Layout(
        "candidate", ("unit", "candidate", "votes"), ("votes",), whole=("electorate", "invalid")
    ),
    "delegates": Layout(
        "candidate",
        ("unit", "candidate", "votes", "delegates"),
        (),
        exact=("votes",),
        whole=("delegates",),
        words=("pool",),
    ),
    "omov": Layout(
        "candidate",
        ("unit", "section", "candidate", "votes"),
        ("votes",),
        whole=("spoilt", "issued"),
    ),
}


@dataclass(slots=True)
class Sheet:
    """The units of a sheet as the input of a count, and the row in which each begins."""

    units: list[dict[str, Any]] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)


def read_sheet(raw: bytes, name: str, method: str, candidates: tuple[str, ...] = ()) -> Sheet:
    """``BadInput`` names file, row and field."""
    layout = LAYOUTS[method]
    sheet = Sheet()
    units: dict[str, dict[str, Any]] = {}
    gaps: list[tuple[str, str]] = []
    text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig", newline="")
    rows = rows_of(text, name, layout.required)
    _, header = next(rows)
    if len(set(header)) != len(header):
        twice = next(column for column in header if header.count(column) > 1)
        raise BadInput(f"The column «{twice[:60]}» comes twice.", where=f"{name}, row 1")
    _refuse_slips(header, layout, name)
    for line, cells in rows:
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        for column, cell in row.items():
            if "\n" in cell or "\r" in cell:
                raise BadInput(
                    "A line ends inside this cell, so that rows may be lost in it; "
                    "look for a quote that is not closed, or write the cell in one line.",
                    where=f"{name}, row {line}, {column[:60]}",
                )
        if any(row.values()):
            place = _Place(name, line)
            _add(units, sheet, row, layout, place, candidates)
            if method == "caucus" and not row["final"]:
                gaps.append((row["unit"], place.at("final")))
    if not units:
        raise BadInput("There is no result in this file, only its head.", where=name)
    _refuse_gaps(layout, gaps, units)
    sheet.units = [
        _finished(unit, f"{name}, row {sheet.row_of[unit['unit']]}") for unit in units.values()
    ]
    return sheet


def _refuse_slips(header: list[str], layout: Layout, name: str) -> None:
    """A column that is nearly called like one that is read would be lost without a word."""
    read = {*layout.required, *layout.tables, *layout.exact, *layout.whole, *layout.words, "party"}
    for column in header:
        near = get_close_matches(column, sorted(read - set(header)), n=1, cutoff=0.85)
        if column not in read and near:
            raise BadInput(
                f"The column «{column[:60]}» would not be read; call it «{near[0]}» if that is meant, "
                "or take it out.",
                where=f"{name}, row 1",
            )


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    row: int

    def at(self, column: str) -> str:
        return f"{self.file}, row {self.row}, {column}"


def _refuse_gaps(
    layout: Layout, gaps: list[tuple[str, str]], units: Mapping[str, Mapping[str, Any]]
) -> None:
    """Where one group of a unit has its final number, a cell of another that was left empty is a number forgotten."""
    for unit, where in gaps:
        if units[unit].get("final"):
            raise BadInput(
                f"This is empty, but another {layout.who} of «{unit}» has its number; write 0 if nobody stood there.",
                where=where,
            )


def _add(
    units: dict[str, dict[str, Any]],
    sheet: Sheet,
    row: Mapping[str, str],
    layout: Layout,
    place: _Place,
    candidates: tuple[str, ...],
) -> None:
    unit_name, who = _name(row, "unit", place), _name(row, layout.who, place)
    if candidates and who not in candidates:
        raise BadInput(stranger(who, layout.who, candidates), where=place.at(layout.who))
    if unit_name not in units:
        units[unit_name] = {"unit": unit_name}
        sheet.row_of[unit_name] = place.row
    unit = units[unit_name]
    into = unit
    if "section" in layout.required:
        into = unit.setdefault("sections", {}).setdefault(_name(row, "section", place), {})
        _number(into, who, row, "votes", place)
    else:
        for column in (*layout.tables, *layout.exact):
            if row.get(column) or column == "votes":
                table = into.setdefault(column, {})
                _number(table, who, row, column, place, exact=column in layout.exact)
    if layout.who == "candidate" and row.get("party"):
        unit.setdefault("parties", {})[who] = row["party"]
    for column in (*layout.whole, *layout.words):
        if row.get(column):
            _of_unit(unit, row, column, place, words=column in layout.words)


def _name(row: Mapping[str, str], column: str, place: _Place) -> str:
    name = row[column]
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(
            f"A name of 1 to {LONGEST_NAME} letters is needed here.", where=place.at(column)
        )
    if hidden := unseen(name):
        raise BadInput(f"This name {hidden}", where=place.at(column))
    return name


def _number(
    table: dict[str, Any],
    who: str,
    row: Mapping[str, str],
    column: str,
    place: _Place,
    *,
    exact: bool = False,
) -> None:
    if who in table:
        raise BadInput(f"«{who}» comes twice in this unit.", where=place.at(column))
    text = row[column]
    if exact and (DECIMAL.fullmatch(text) or FRACTION.fullmatch(text)):
        table[who] = text
    else:
        table[who] = _whole(text, column, place)


def _of_unit(
    unit: dict[str, Any], row: Mapping[str, str], column: str, place: _Place, *, words: bool
) -> None:
    value: Any = row[column] if words else _whole(row[column], column, place)
    if unit.setdefault(column, value) != value:
        raise BadInput(
            f"This row says {value}, an earlier one of «{unit['unit']}» {unit[column]}.",
            where=place.at(column),
        )


def _whole(text: str, column: str, place: _Place) -> int:
    if not text:
        raise BadInput("This is empty; write 0 if it is none.", where=place.at(column))
    if text.startswith("-") and text[1:].isdigit():
        raise BadInput(
            f"«{text[:40]}» is negative; nobody counts fewer than none.", where=place.at(column)
        )
    if not text.isascii() or not text.isdigit():
        raise BadInput(f"«{text[:40]}» is no whole number.", where=place.at(column))
    if len(text) > len(str(MOST)) or int(text) > MOST:
        raise BadInput(f"«{text[:40]}» is more than {MOST}.", where=place.at(column))
    return int(text)


def _finished(unit: dict[str, Any], where: str) -> dict[str, Any]:
    """The two halves of a rate as the one value they are."""
    halves = ("state_delegates", "county_delegates")
    if missing := [half for half in halves if half not in unit]:
        if len(missing) == 1:
            raise BadInput(
                f"«{missing[0]}» of «{unit['unit']}» is missing; a rate needs both.", where=where
            )
    else:
        unit["rate"] = {
            "state_delegates": unit.pop("state_delegates"),
            "county_delegates": unit.pop("county_delegates"),
        }
    return unit
