"""An invented town, written as an extract and read like any other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pytest

from hustings.core.errors import BadInput
from hustings.core.town.generate import generate_town
from hustings.core.turf.check import check_plan
from hustings.core.turf.plan import Plan
from hustings.formats.osm import read_streets
from hustings.formats.osm_write import write_osm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("suffix", [".osm.pbf", ".osm.gz"])
def test_the_streets_come_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    town = generate_town(2500, 1)
    path = tmp_path / f"town{suffix}"
    write_osm(path, town)

    read = read_streets(path)

    assert read.edge_count == town.streets.edge_count
    assert read.node_count == town.streets.node_count
    assert read.edge_length_m.sum() == pytest.approx(town.streets.edge_length_m.sum(), rel=0.001)
    assert Counter(read.edge_kind.tolist()) == Counter(town.streets.edge_kind.tolist())
    assert set(read.street_names) == set(town.streets.street_names)
    assert len(read.barrier_start) - 1 >= 2
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_walk_is_as_long_on_the_streets_read_as_on_those_made(tmp_path: Path) -> None:
    town = generate_town(800, 2)
    path = tmp_path / "town.osm.pbf"
    write_osm(path, town)
    stop = np.arange(1, 801, dtype=np.int32)
    plan = Plan(np.ones(800, np.int32), stop)

    made = check_plan(town.doors, plan, streets=town.streets)
    read = check_plan(town.doors, plan, streets=read_streets(path))

    assert read.walk_m == pytest.approx(made.walk_m, rel=0.002)
    assert read.no_way == 0


def test_every_building_has_its_address_and_a_block_its_flats(tmp_path: Path) -> None:
    town = generate_town(2500, 3, tower=600)
    path = tmp_path / "town.osm.pbf"
    write_osm(path, town)

    tags = [
        dict(way.tags)
        for way in osmium.FileProcessor(str(path), osmium.osm.WAY)
        if "building" in way.tags
    ]
    flats = sum(int(t["addr:flats"].split("-")[1]) for t in tags if "addr:flats" in t)
    houses = sum("addr:flats" not in t for t in tags)
    assert houses + flats == 2500
    assert {(t["addr:street"], t["addr:housenumber"]) for t in tags} == {
        town.address(door)[:2] for door in range(2500)
    }
    tower = next(t for t in tags if t.get("addr:flats") == "1-600")
    assert tower["building:levels"] == "75"


def test_level_crossings_are_points_of_both_street_and_railway(tmp_path: Path) -> None:
    town = generate_town(20_000, 4)
    path = tmp_path / "town.osm.pbf"
    write_osm(path, town)
    crossings = {
        node.id
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE)
        if node.tags.get("railway") == "level_crossing"
    }
    on_street: set[int] = set()
    on_rail: set[int] = set()
    bridges = parks = 0
    for way in osmium.FileProcessor(str(path), osmium.osm.WAY):
        refs = {node.ref for node in way.nodes} & crossings
        if "highway" in way.tags:
            on_street |= refs
        if "railway" in way.tags:
            on_rail |= refs
        bridges += way.tags.get("bridge") == "yes"
        parks += way.tags.get("leisure") == "park"

    assert crossings
    assert crossings == on_street == on_rail
    assert bridges >= 3
    assert parks >= 1


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"ends in \.osm\.pbf"):
        write_osm(tmp_path / "town.geojson", generate_town(10, 1))
    with pytest.raises(BadInput, match="cannot be written"):
        write_osm(tmp_path / "no" / "town.osm.pbf", generate_town(10, 1))
