"""
A register in the layout of British councils, on the real addresses of a map.

Nobody in it exists: names come from two short lists, by counting. The same map makes the same register.
"""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from hustings.core.places.address import number_key, street_key
from hustings.formats.osm_addresses import read_addresses

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    "Elector Number Prefix", "Elector Number", "Elector Number Suffix", "Elector Markers",
    "Elector DOB", "Elector Surname", "Elector Forename", "PostCode", "Address1", "Address2",
    "Address3", "Address4", "Address5", "Address6",
)  # fmt: skip
SURNAMES = ("Aalto", "Järvinen", "Korhonen", "Lindqvist", "Mäkelä", "Niemi", "Sjöberg")
FORENAMES = ("Aino", "Eero", "Helmi", "Onni", "Saga")


def write_register(extract: Path, path: Path) -> int:
    """One to three electors at every address of the map, in two districts; returns the addresses."""
    # «12a» and «12 A» are one address.
    known = {(street_key(p.street), number_key(p.number)): p for p in read_addresses(extract)}
    addresses = sorted((place.street, place.number) for place in known.values())
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(HEAD)
        number = 0
        for at, (street, house) in enumerate(addresses):
            prefix = "HA1" if at < len(addresses) // 2 else "HB1"
            for _elector in range(1 + at % 3):
                number += 1
                surname = SURNAMES[at % len(SURNAMES)]
                forename = FORENAMES[number % len(FORENAMES)]
                write.writerow(
                    (prefix, number, 0, "", "", surname, forename, "", f"{house} {street}",
                     "Helsinki", "", "", "", "")
                )  # fmt: skip
    sys.stdout.write(f"\n{path.name}: {number} electors at {len(addresses)} addresses\n")
    return len(addresses)
