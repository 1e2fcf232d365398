"""
DOORS.csv: doors with their places, as the command line takes them.

``door_id, lon, lat`` are required; ``street, number, unit, postcode, district, people`` are used when
they are there, under any spelling of capitals, in any order; other columns are ignored.
"""

from __future__ import annotations

import csv
import re
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import numpy as np

from hustings.core.errors import BadInput
from hustings.core.turf.problem import Doors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

REQUIRED = ("door_id", "lon", "lat")
USED = ("street", "number", "unit", "postcode", "district", "people")
FLATS_A_FLOOR = 4
"""Where a file says nothing of floors: flats in the order of their numbers, four to a floor."""
SAME_BUILDING_DEGREES = 0.0006
"""Flats of one address further apart than this (about 60 m) are not taken for one building."""

LONGEST_LINE = 1 << 20

_WHOLE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class DoorFile:
    """The doors of a file, their ids in the order of the file, and the names of their districts."""

    doors: Doors
    ids: list[str]
    districts: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    """Columns as they come in, one number a door."""

    ids: list[str] = field(default_factory=list)
    lon: array[float] = field(default_factory=lambda: array("d"))
    lat: array[float] = field(default_factory=lambda: array("d"))
    street: array[int] = field(default_factory=lambda: array("i"))
    house: array[int] = field(default_factory=lambda: array("i"))
    building: array[int] = field(default_factory=lambda: array("i"))
    unit: array[int] = field(default_factory=lambda: array("i"))
    people: array[int] = field(default_factory=lambda: array("h"))
    district: array[int] = field(default_factory=lambda: array("i"))
    streets: dict[str, int] = field(default_factory=dict)
    districts: dict[str, int] = field(default_factory=dict)
    buildings: dict[tuple[object, ...], int] = field(default_factory=dict)
    first: array[int] = field(default_factory=lambda: array("i"))
    """The first door of each building."""


def read_doors(path: Path | str) -> DoorFile:
    """
    Read DOORS.csv, one row at a time.

    Doors at one point with the same street and number share a building, and so do flats (rows with a
    ``unit``) of one street, number and postcode within about 60 m; they get the point of the first.

    Raises
    ------
    BadInput
        With file, row and field, and what to do, at the first thing that is wrong.
    """
    name = str(path)
    gathered = _Gathered()
    seen: set[str] = set()
    with open_text(path) as file:
        rows = rows_of(file, name, REQUIRED)
        header = next(rows)[1]
        column = [header.index(field) if field in header else -1 for field in (*REQUIRED, *USED)]
        for line, row in rows:
            texts = [row[at].strip() if at >= 0 else "" for at in column]
            _add(gathered, seen, texts, name, line)
    if not gathered.ids:
        raise BadInput("There is no door in this file, only its head.", where=name)
    return _door_file(gathered)


def _add(gathered: _Gathered, seen: set[str], texts: list[str], name: str, line: int) -> None:
    door_id, lon_text, lat_text, street, number, unit, postcode, district, people = texts
    if not door_id:
        raise BadInput("A door needs an id.", where=f"{name}, row {line}, door_id")
    if door_id in seen:
        raise BadInput(
            f"The door «{door_id}» comes twice; give each door an id of its own.",
            where=f"{name}, row {line}, door_id",
        )
    seen.add(door_id)
    lon = _degrees(lon_text, 180.0, f"{name}, row {line}, lon")
    lat = _degrees(lat_text, 90.0, f"{name}, row {line}, lat")
    number = number.casefold()
    building = _building(gathered, lon, lat, (street.casefold(), number, postcode), bool(unit))
    gathered.ids.append(door_id)
    gathered.lon.append(gathered.lon[gathered.first[building]] if building >= 0 else lon)
    gathered.lat.append(gathered.lat[gathered.first[building]] if building >= 0 else lat)
    if building < 0:
        building = len(gathered.first)
        gathered.first.append(len(gathered.ids) - 1)
    gathered.building.append(building)
    gathered.street.append(
        gathered.streets.setdefault(street, len(gathered.streets)) if street else -1
    )
    gathered.house.append(_leading(number))
    gathered.unit.append(_leading(unit) if unit else -1)
    gathered.district.append(
        gathered.districts.setdefault(district, len(gathered.districts)) if district else -1
    )
    gathered.people.append(_people(people, f"{name}, row {line}, people"))


def _building(
    gathered: _Gathered, lon: float, lat: float, address: tuple[str, str, str], flat: bool
) -> int:
    """The building a door belongs to, -1 (and remembered) when it is the first of its building."""
    key: tuple[object, ...] = (lon, lat, *address[:2])
    if flat and address[0] and address[1]:
        known = gathered.buildings.setdefault(address, len(gathered.first))
        if known == len(gathered.first):
            return -1
        at = gathered.first[known]
        near = max(abs(gathered.lon[at] - lon), abs(gathered.lat[at] - lat))
        if near < SAME_BUILDING_DEGREES:
            return known
    known = gathered.buildings.setdefault(key, len(gathered.first))
    return -1 if known == len(gathered.first) else known


def _degrees(text: str, limit: float, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise BadInput(
            f"«{text[:40]}» is no place in degrees; write decimal degrees (WGS 84) from -{limit:g} to "
            f"{limit:g}, or place the door before cutting.",
            where=where,
        )
    return value


def _people(text: str, where: str) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or int(text) > 32_000:
        raise BadInput(f"«{text[:40]}» is no number of people; write 0, 1, 2 …", where=where)
    return int(text)


def _leading(text: str) -> int:
    """The first whole number in a text, -1 without one or when it is absurdly long."""
    found = _WHOLE.search(text)
    return int(found.group()) if found and len(found.group()) < 9 else -1


def _door_file(gathered: _Gathered) -> DoorFile:
    building = np.array(gathered.building, np.int32)
    doors = Doors(
        lon=np.array(gathered.lon),
        lat=np.array(gathered.lat),
        street=np.array(gathered.street, np.int32),
        street_names=tuple(gathered.streets),
        house=np.array(gathered.house, np.int32),
        building=building,
        floor=_floors(building, np.array(gathered.unit, np.int32)),
        staircase=np.zeros(len(building), np.int16),
        people=np.array(gathered.people, np.int16),
        district=np.array(gathered.district, np.int32),
    )
    return DoorFile(doors, gathered.ids, tuple(gathered.districts))


def _floors(building: NDArray[np.int32], unit: NDArray[np.int32]) -> NDArray[np.int16]:
    """Floors as far as flats' numbers tell: 100s where all are 100 and more, else four to a floor."""
    if not len(building):
        return np.zeros(0, np.int16)
    order = np.lexsort((unit, building))
    first = np.searchsorted(building[order], building[order])
    rank = np.zeros(len(order), np.int64)
    rank[order] = np.arange(len(order)) - first
    least = np.full(int(building.max()) + 1, np.iinfo(np.int32).max)
    np.minimum.at(least, building, unit)
    by_hundreds = (least[building] >= 100) & (unit < 10_000)
    floor = np.where(by_hundreds, unit // 100, rank // FLATS_A_FLOOR)
    shared = np.bincount(building)[building] > 1
    return np.asarray(np.where(shared, np.clip(floor, 0, 199), 0).astype(np.int16))


def write_doors(path: Path | str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows of doors under their columns; the file appears whole or not at all."""
    with whole_file(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def open_text(path: Path | str) -> TextIO:
    """The file as text, with a sentence when it cannot be had."""
    try:
        return Path(path).open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise BadInput(
            f"This file cannot be opened ({error.strerror}).", where=str(path)
        ) from error


def whole_file(path: Path | str) -> WholeFile:
    """A text file to write that appears under its name only when all of it is written."""
    return WholeFile(Path(path))


class WholeFile:
    """Writes beside the name and moves into place at the end; on an error nothing is left."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")

    def __enter__(self) -> TextIO:
        try:
            self.file = self.part.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise BadInput(
                f"This file cannot be written ({error.strerror}).", where=str(self.path)
            ) from error
        return self.file

    def __exit__(
        self, kind: type[BaseException] | None, failed: BaseException | None, _: object
    ) -> None:
        try:
            self.file.close()
            if isinstance(failed, OSError):
                raise failed
            if kind is None:
                self.part.replace(self.path)
        except OSError as error:
            raise BadInput(
                f"This file cannot be written ({error.strerror}).", where=str(self.path)
            ) from error
        finally:
            self.part.unlink(missing_ok=True)


def rows_of(file: TextIO, name: str, required: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """
    The head of a CSV file (lower case) and then its rows, each with its row number (the head is 1).

    Commas, semicolons and tabs are understood. Empty rows are passed over.
    A quote that is not closed is refused, since it takes all rows after it for one cell.
    """
    at = 0
    try:
        head = file.readline(65_536)
        separator = max(",;\t", key=head.count)
        header = [
            text.strip().casefold()
            for text in next(csv.reader([head], delimiter=separator, strict=True), [])
        ]
        if "\0" in head or not any(header):
            raise BadInput(
                f"This is not a CSV file; the first row must name the columns {', '.join(required)}.",
                where=name,
            )
        missing = [column for column in required if column not in header]
        if missing:
            columns = "column {} is" if len(missing) == 1 else "columns {} are"
            raise BadInput(
                f"The {columns.format(', '.join(missing))} missing; the first row must name "
                f"{', '.join(required)}, and names {', '.join(header)[:200]}.",
                where=f"{name}, row 1",
            )
        yield 1, header
        at = 1
        lines = csv.reader(_lines(file, name), delimiter=separator, strict=True)
        for at, row in enumerate(lines, start=2):
            if not row:
                continue
            if len(row) != len(header):
                raise BadInput(
                    f"There are {len(row)} fields for {len(header)} columns; the file may be cut off "
                    "here, or a field with a comma lacks its quotes.",
                    where=f"{name}, row {at}",
                )
            yield at, row
    except UnicodeDecodeError as error:
        raise BadInput(
            "This file is not in UTF-8; save it as «CSV UTF-8» and try again.", where=name
        ) from error
    except csv.Error as error:
        raise BadInput(
            f"This row cannot be read as CSV ({error}); look for a quote that is not closed.",
            where=f"{name}, row {at + 1}",
        ) from error


def _lines(file: TextIO, name: str) -> Iterator[str]:
    """Lines of a sane length, so that one endless line does not fill the memory."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise BadInput("A row is longer than a million letters: this is no table.", where=name)
        yield line
