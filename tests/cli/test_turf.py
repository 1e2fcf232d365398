"""``hustings turf`` as somebody at a terminal meets it: where Django is not installed, once in its own process."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hustings.cli.main import main
from hustings.core.town.generate import generate_town
from hustings.core.town.town import DOOR_COLUMNS
from hustings.formats.doors_csv import write_doors
from hustings.formats.osm_write import write_osm

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_DJANGO = (
    "import sys; sys.modules['django'] = None; sys.modules['psycopg'] = None; "
    "from hustings.cli.main import main; sys.exit(main())"
)


def in_its_own_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", str(ROOT / "var" / "numba")),
    }
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=300,
    )


def hustings(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same here, so that the kernels are loaded once."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as here,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
    ):
        for absent in ("django", "psycopg"):
            here.setitem(sys.modules, absent, None)
        try:
            code = main([*map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town of «Ö» and spaces")
    invented = generate_town(400, 5)
    write_doors(folder / "doors.csv", DOOR_COLUMNS, invented.rows())
    write_osm(folder / "town.osm.pbf", invented)
    write_osm(folder / "town.osm.gz", invented)
    return folder


def test_a_cut_is_written_judged_and_judged_the_same_by_check(town: Path) -> None:
    common = ["--streets", town / "town.osm.pbf", "--doors", "40"]
    made = in_its_own_process("turf", "cut", town / "doors.csv", "--out", town / "plan.csv", *common,
                    "--geojson", town / "plan.geojson", "--json")  # fmt: skip
    cut = answer(made)
    assert made.returncode == (1 if cut["broken"] else 0)

    judged = in_its_own_process(
        "turf", "check", town / "plan.csv", town / "doors.csv", *common, "--json"
    )
    check = answer(judged)

    assert judged.returncode == made.returncode
    assert {key: cut[key] for key in check if key != "seconds"} == {
        key: value for key, value in check.items() if key != "seconds"
    }
    with (town / "plan.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["door_id", "turf", "stop"]
    assert sorted(row["door_id"] for row in rows) == [f"D{n:07d}" for n in range(1, 401)]
    assert len({row["turf"] for row in rows}) == cut["turfs"]
    assert json.loads((town / "plan.geojson").read_text())["type"] == "FeatureCollection"


def test_both_kinds_of_extract_give_the_same_plan_for_the_same_seed(town: Path) -> None:
    plans = []
    for suffix in ("pbf", "gz"):
        out = town / f"plan-{suffix}.csv"
        hustings("turf", "cut", town / "doors.csv", "--out", out, "--minutes", "60", "--first",
                 "--streets", town / f"town.osm.{suffix}", "--seed", "7", "--metres-only")  # fmt: skip
        plans.append(out.read_text())

    assert plans[0] == plans[1]


def test_without_streets_doors_alone_are_enough(town: Path) -> None:
    made = hustings("turf", "cut", town / "doors.csv", "--out", town / "bare.csv", "--json", "--first",
                    "--start", "-1.9,52.1", "--loop", "--extra-turf-metres", "500")  # fmt: skip

    cut = answer(made)
    assert cut["connected"] is None
    assert cut["doors"] == 400
    assert cut["walk_m"] > 0


def test_a_plan_that_breaks_a_law_exits_with_one_and_says_which(town: Path) -> None:
    (town / "half.csv").write_text("door_id,turf,stop\nD0000001,1,1\nD0000002,1,3\nnobody,1,4\n")

    judged = hustings("turf", "check", town / "half.csv", town / "doors.csv", "--json")

    assert judged.returncode == 1
    assert {broken["law"] for broken in answer(judged)["broken"]} == {
        "every-door-once",
        "stops-in-order",
    }
    in_words = hustings("turf", "check", town / "half.csv", town / "doors.csv")
    assert "398 of 400 doors are in no walk" in in_words.stdout


def test_a_previous_plan_keeps_its_numbers_and_locked_walks(town: Path) -> None:
    doors = town / "doors.csv"
    hustings("turf", "cut", doors, "--out", town / "before.csv", "--doors", "40", "--first",
             "--cross-districts")  # fmt: skip
    made = hustings("turf", "cut", doors, "--out", town / "after.csv", "--doors", "40", "--json",
                    "--previous", town / "before.csv", "--lock", "1,2", "--cross-districts")  # fmt: skip

    cut = answer(made)
    assert cut["doors_moved"] == 0
    assert cut["numbers_changed"] == 0
    assert "locked" not in {broken["law"] for broken in cut["broken"]}


def test_a_cut_that_was_not_judged_says_so(town: Path) -> None:
    done = hustings("turf", "cut", town / "doors.csv", "--out", town / "fast.csv", "--first",
                    "--no-check", "--json")  # fmt: skip

    cut = answer(done)
    assert cut["checked"] is False
    assert {"doors", "turfs", "walk_m", "minutes", "seconds"} <= set(cut)
    assert "connected" not in cut


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["turf", "cut", "nowhere.csv", "--out", "p.csv"],
            "nowhere.csv: This file cannot be opened",
        ),
        (["turf", "cut", "d.csv"], "--out"),
        (["turf", "cut", "d.csv", "--out", "p", "--doors", "0"], "whole number of 1 or more"),
        (["turf", "cut", "d.csv", "--out", "p", "--minutes", "-3"], "--minutes"),
        (["turf", "cut", "d.csv", "--out", "p", "--doors", "9", "--minutes", "9"], "not allowed"),
        (["turf", "cut", "d.csv", "--out", "p", "--start", "51,here"], "is no place"),
        (["turf", "cut", "d.csv", "--out", "p", "--lock", "x"], "no turf numbers"),
        (["turf", "weave"], "invalid choice"),
        (["turf", "cut", "d.csv", "--out", "p", "--streets", "d.csv"], "d.csv"),
        (["turf", "check", "d.csv", "d.csv"], "The columns turf, stop are missing"),
        (["elect"], "There is no command «elect»"),
        (["campaign", "list"], "needs the server's parts"),
    ],
)
def test_bad_input_exits_with_two_and_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text("door_id,lon,lat\na,1,2\n")

    done = hustings(*arguments)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p.csv").exists()


def test_help_starts_without_the_heavy_libraries() -> None:
    heavy = ("numpy", "scipy", "numba", "osmium", "shapely")
    code = (
        "import sys\nfrom hustings.cli.main import main\n"
        "try: main(['turf', '--help'])\nexcept SystemExit: pass\nmain(['--help'])\n"
        f"sys.exit(','.join(m for m in {heavy!r} if m in sys.modules) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )

    assert done.returncode == 0, done.stderr
    assert "cut doors into walks" in done.stdout


def test_the_town_command_writes_what_turf_cut_takes(tmp_path: Path) -> None:
    done = hustings("town", "50", "--out", tmp_path / "d.csv", "--streets", tmp_path / "t.osm.gz")

    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "d.csv").read_text().splitlines()) == 51
    assert (tmp_path / "t.osm.gz").stat().st_size > 500


def test_the_reference_names_every_json_key_option_and_law(town: Path) -> None:
    from hustings.core.turf.check_laws import LAWS

    page = (ROOT / "docs" / "reference" / "turf.md").read_text(encoding="utf-8")
    keys_part = page.split("## JSON keys")[1].split("## Files")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", keys_part, re.MULTILINE))
    cut = answer(
        hustings("turf", "cut", town / "doors.csv", "--out", town / "x.csv", "--json", "--first")
    )
    assert documented == set(cut)

    for verb in ("cut", "check", "explain"):
        options = set(re.findall(r"--[a-z-]+", hustings("turf", verb, "--help").stdout)) - {
            "--help"
        }
        part = page.split(f"## `hustings turf {verb}`")[1].split("```")[1]
        assert set(re.findall(r"--[a-z-]+", part)) == options
    laws_part = page.split("### The laws")[1].split("## JSON keys")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", laws_part, re.MULTILINE)) == set(LAWS)


def test_a_door_is_explained_in_sentences_and_as_json(town: Path) -> None:
    common = ["--streets", town / "town.osm.pbf", "--doors", "40"]
    hustings("turf", "cut", town / "doors.csv", "--out", town / "why.csv", *common, "--first")
    with (town / "why.csv").open(newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["door_id"] == "D0000007")

    said = hustings(
        "turf", "explain", town / "why.csv", town / "doors.csv", "D0000007", *common, "--json"
    )
    words = hustings("turf", "explain", town / "why.csv", town / "doors.csv", "D0000007", *common)

    found = answer(said)
    assert said.returncode == words.returncode == 0
    assert (found["turf"], found["stop"]) == (int(row["turf"]), int(row["stop"]))
    assert found["others"][0]["metres"] <= found["others"][1]["metres"]
    move = found["others"][0]["moves"][0]
    assert move["total_minutes"] == pytest.approx(move["minutes"] + move["price_minutes"], abs=0.02)
    assert f"is stop {row['stop']} of walk {row['turf']}." in words.stdout
    assert f"Walk {found['others'][0]['turf']} is " in words.stdout


def test_a_door_that_is_not_there_cannot_be_explained(town: Path) -> None:
    hustings(
        "turf", "cut", town / "doors.csv", "--out", town / "why-not.csv", "--first", "--no-check"
    )

    said = hustings("turf", "explain", town / "why-not.csv", town / "doors.csv", "nobody")

    assert said.returncode == 2
    assert "There is no door «nobody»" in said.stderr
