"""The demo's town as the two files a campaign would be given: a register and a map."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from hustings.core.town.electors import invent_electors
from hustings.core.town.generate import generate_town
from hustings.formats.osm_write import write_osm

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.core.town.town import Town

DOORS, SEED = 1_500, 2016
HEADER = [
    "Elector Number Prefix",
    "Elector Number",
    "Elector Number Suffix",
    "Elector Markers",
    "Elector DOB",
    "Elector Surname",
    "Elector Forename",
    "PostCode",
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "Address5",
    "Address6",
]


def write_town(folder: Path, doors: int = DOORS, seed: int = SEED) -> tuple[Town, Path, Path]:
    """The town, its register (full register, 14 columns, no coordinates) and its map (``.osm.pbf``)."""
    folder.mkdir(parents=True, exist_ok=True)
    town = generate_town(doors, seed)
    register, extract = folder / "register.csv", folder / "town.osm.pbf"
    with register.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for elector in invent_electors(town, seed):
            street, number, unit, postcode, district = town.address(elector.door)
            place = town.places[town.street_place[town.doors.street[elector.door]]]
            lines = [*([unit] if unit else []), f"{number} {street}", place]
            out.writerow(
                [
                    district, elector.number, 0, elector.marker, elector.attains, elector.surname,
                    elector.forename, postcode, *lines, *[""] * (6 - len(lines)),
                ]
            )  # fmt: skip
    write_osm(extract, town)
    return town, register, extract
