"""Plans out and in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hustings.core.errors import BadInput
from hustings.core.town.generate import generate_town
from hustings.core.turf.plan import Plan
from hustings.formats.geojson import write_geojson
from hustings.formats.plan_csv import read_plan, write_plan

if TYPE_CHECKING:
    from pathlib import Path


def test_a_plan_written_and_read_is_the_same_and_stands_in_walking_order(tmp_path: Path) -> None:
    plan = Plan(np.array([2, 1, 2, 1], np.int32), np.array([2, 1, 1, 2], np.int32))
    path = tmp_path / "plan.csv"
    write_plan(path, ["a", "b", "c", "d"], plan)

    assert path.read_text() == "door_id,turf,stop\nb,1,1\nd,1,2\nc,2,1\na,2,2\n"
    again = read_plan(path).on(["a", "b", "c", "d"])
    assert (again.turf == plan.turf).all()
    assert (again.stop == plan.stop).all()


def test_doors_forgotten_repeated_and_unknown_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("door_id,turf,stop\na,1,1\na,2,1\nz,1,2\n")
    rows = read_plan(path)

    assert rows.repeated() == ["a"]
    assert rows.unknown(["a", "b"]) == ["z"]
    assert list(rows.on(["a", "b"]).turf) == [2, 0]


@pytest.mark.parametrize("row", ["a,x,1", "a,0,1", "a,1,-1", "a,1,99999999999", "a,1.5,1"])
def test_a_turf_or_stop_that_is_no_number_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(f"door_id,turf,stop\n{row}\n")

    with pytest.raises(BadInput, match=r"plan\.csv, row 2, (turf|stop): «.*» is no number"):
        read_plan(path)


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path) -> None:
    plan = Plan(np.array([1, 1], np.int32), np.array([1, 2], np.int32))
    path = tmp_path / "plan.csv"
    path.write_text("the plan of yesterday")

    with pytest.raises(IndexError):
        write_plan(path, ["only one id"], plan)

    assert path.read_text() == "the plan of yesterday"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    plan = Plan(np.array([1], np.int32), np.array([1], np.int32))

    with pytest.raises(BadInput, match="cannot be written"):
        write_plan(tmp_path / "no" / "plan.csv", ["a"], plan)


def test_geojson_holds_every_walk_and_every_door(tmp_path: Path) -> None:
    town = generate_town(60, 1)
    turf = np.where(np.arange(60) < 59, 1, 2).astype(np.int32)
    stop = np.where(turf == 1, np.arange(60) + 1, 1).astype(np.int32)
    path = tmp_path / "plan.geojson"
    write_geojson(path, town.doors, [town.door_id(i) for i in range(60)], Plan(turf, stop))

    written = json.loads(path.read_text())

    kinds = [f["geometry"]["type"] for f in written["features"] if "doors" in f["properties"]]
    doors = [f for f in written["features"] if "door_id" in f["properties"]]
    assert kinds == ["LineString", "Point"]
    assert sorted(f["properties"]["door_id"] for f in doors) == [town.door_id(i) for i in range(60)]
