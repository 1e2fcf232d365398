"""Lists of addresses, and of postcodes, with coordinates: OpenAddresses, UPRN lists, code-point lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.places.match import KnownPlace
from hustings.formats.register.recognise import something_else
from hustings.formats.register.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAMES = {
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "lat": ("lat", "latitude", "y"),
    "number": ("number", "house_number", "housenumber", "building_number", "street_number"),
    "street": ("street", "street_name", "thoroughfare", "street_description"),
    "unit": ("unit", "sub_building", "flat", "apartment"),
    "postcode": ("postcode", "post_code", "zip", "zipcode"),
    "uprn": ("uprn",),
}
"""What each column may be called, case aside."""


def read_addresses(path: Path) -> Iterator[KnownPlace]:
    """
    Addresses with coordinates, row by row.

    ``lon`` and ``lat`` are needed, and either ``uprn`` or ``number`` and ``street``.

    Raises
    ------
    BadInput
        When the columns are not there, or a coordinate is no number; with the row.
    """
    for row, cells in _rows(path, need=("lon", "lat")):
        if not cells["uprn"] and not (cells["street"] and cells["number"]):
            continue
        lon, lat = _point(path, row, cells)
        yield KnownPlace(
            cells["number"],
            cells["street"],
            cells["unit"],
            cells["postcode"],
            cells["uprn"],
            lon,
            lat,
        )


def read_postcodes(path: Path) -> Iterator[tuple[str, float, float]]:
    """Postcode, lon, lat of each row of a list of postcodes."""
    for row, cells in _rows(path, need=("lon", "lat", "postcode")):
        if cells["postcode"]:
            yield (cells["postcode"], *_point(path, row, cells))


def is_postcode_list(path: Path) -> bool:
    """Whether the columns are those of a list of postcodes: places, but no streets and no UPRN."""
    columns = _columns(open_table(path, name=str(path)).first)
    return {"lon", "lat", "postcode"} <= set(columns) and not {"street", "uprn"} & set(columns)


def _columns(header: Sequence[str]) -> dict[str, int]:
    said = [name.strip().casefold() for name in header]
    found = {}
    for name, spellings in NAMES.items():
        at = [said.index(spelling) for spelling in spellings if spelling in said]
        if at:
            found[name] = at[0]
    return found


def _rows(path: Path, need: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    table = open_table(path, name=str(path))
    columns = _columns(table.first)
    missing = [name for name in need if name not in columns]
    other = something_else(table)
    if other and (missing or "polling-station" in other):
        raise BadInput(f"This is {other}.", where=str(path))
    if missing:
        raise BadInput(
            f"There is no column «{'», «'.join(missing)}»; a list of addresses needs lon, lat and either "
            "uprn or number and street, a list of postcodes lon, lat and postcode.",
            where=str(path),
        )
    for row, line in table.rows():
        yield (
            row,
            {
                name: line[columns[name]].strip()
                if name in columns and columns[name] < len(line)
                else ""
                for name in NAMES
            },
        )


def _point(path: Path, row: int, cells: dict[str, str]) -> tuple[float, float]:
    try:
        lon, lat = float(cells["lon"]), float(cells["lat"])
    except ValueError:
        raise BadInput(
            f"«{cells['lon']}», «{cells['lat']}» are not degrees.",
            where=f"{path}, row {row}, lon and lat",
        ) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput(
            f"{lon}, {lat} is not on the earth; give degrees (WGS 84), not metres.",
            where=f"{path}, row {row}, lon and lat",
        )
    return lon, lat
