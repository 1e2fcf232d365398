"""Doors in, from good files and bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from hustings.core.errors import BadInput
from hustings.core.town.generate import generate_town
from hustings.core.town.town import DOOR_COLUMNS
from hustings.formats.doors_csv import read_doors, write_doors

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "door_id,lon,lat,street,number,unit,postcode,district,people\n"


def _file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "doors.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_town_written_and_read_is_the_same_town(tmp_path: Path) -> None:
    town = generate_town(3000, 1, tower=200)
    path = tmp_path / "doors.csv"
    write_doors(path, DOOR_COLUMNS, town.rows())

    read = read_doors(path)

    doors = read.doors
    assert read.ids == [town.door_id(door) for door in range(3000)]
    assert np.allclose(doors.lon, town.doors.lon, atol=1e-7)
    assert (doors.house == town.doors.house).all()
    assert (doors.people == town.doors.people).all()
    assert [doors.street_names[s] for s in doors.street] == [
        town.doors.street_names[s] for s in town.doors.street
    ]
    assert (np.diff(doors.building) == np.diff(town.doors.building)).all()
    assert [read.districts[d] for d in doors.district] == [
        town.district_codes[d] for d in town.doors.district
    ]


def test_three_columns_are_enough_and_others_are_ignored(tmp_path: Path) -> None:
    path = _file(tmp_path, "\ufeffLAT;Door_ID;colour;Lon\n51.5;a;red;-0.1\n\n51.6;b;;-0.2\n")

    read = read_doors(path)

    assert read.ids == ["a", "b"]
    assert list(read.doors.lat) == [51.5, 51.6]
    assert list(read.doors.street) == [-1, -1]
    assert list(read.doors.people) == [1, 1]
    assert read.doors.street_names == ()


def test_flats_share_their_building_and_doors_of_one_postcode_point_do_not(tmp_path: Path) -> None:
    rows = [
        "a,1.0,2.0,Mill Lane,7,Flat 1,QX1 1AA,,",
        "b,1.0001,2.0,mill lane,7,Flat 2,QX1 1AA,,",
        "c,1.0,2.0,Mill Lane,9,,QX1 1AA,,",
        "d,1.0,2.0,Mill Lane,11,,QX1 1AA,,",
        "e,1.5,2.0,Mill Lane,7,Flat 1,QX1 1AA,,",
    ]
    doors = read_doors(_file(tmp_path, HEAD + "\n".join(rows) + "\n")).doors

    assert list(doors.building) == [0, 0, 1, 2, 3]
    assert doors.lon[1] == doors.lon[0]


def test_floors_are_read_from_hundreds_or_counted_four_to_a_floor(tmp_path: Path) -> None:
    hundreds = [f"h{n},1.0,2.0,Mill Lane,7,{n},QX1,," for n in (101, 102, 201, 304)]
    plain = [f"p{n},1.0,2.0,Mill Lane,8,Flat {n},QX1,," for n in (9, 1, 2, 3, 4, 5)]
    doors = read_doors(_file(tmp_path, HEAD + "\n".join([*hundreds, *plain]))).doors

    assert list(doors.floor) == [1, 1, 2, 3, 1, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "not a CSV file"),
        (b"%PDF-1.7\n\x00\x01", "door_id"),
        (b"\x00\x01\x02\x03\n", "not a CSV file"),
        ("id,lon,lat\n1,2,3\n", "row 1: The column door_id is missing"),
        (HEAD, "no door in this file"),
        ("door_id,lon,lat\na,1,2\na,1,2\n", "row 3, door_id: The door «a» comes twice"),
        ("door_id,lon,lat\n,1,2\n", "row 2, door_id: A door needs an id"),
        ("door_id,lon,lat\na,x,2\n", "row 2, lon: «x» is no place"),
        ("door_id,lon,lat\na,,2\n", "row 2, lon"),
        ("door_id,lon,lat\na,nan,2\n", "row 2, lon"),
        ("door_id,lon,lat\na,1,91\n", "row 2, lat: «91» is no place"),
        ("door_id,lon,lat\na,1\n", "row 2: There are 2 fields for 3 columns"),
        ("door_id,lon,lat,people\na,1,2,some\n", "row 2, people: «some» is no number"),
        ("door_id,lon,lat,street\na,1,2,Stra\xdfe\n".encode("latin-1"), "not in UTF-8"),
        ("door_id,lon,lat,street\na,1,2," + "x" * 200_000 + "\n", "cannot be read as CSV"),
        ("door_id,lon,lat,street\na,1,2," + "x" * 2_000_000, "longer than a million letters"),
        ("x" * 300_000, "door_id"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_field(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=r"doors\.csv") as caught:
        read_doors(_file(tmp_path, text))

    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.csv: This file cannot be opened"):
        read_doors(tmp_path / "nowhere.csv")
