"""Whatever the file, the command line says one clear sentence, exits 2, writes nothing, and stays small."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.files import BAD, write

ROOT = Path(__file__).resolve().parents[2]
GOOD_DOORS = "door_id,lon,lat\na,1.0,51.0\nb,1.001,51.0\n"
GOOD_PLAN = "door_id,turf,stop\na,1,1\nb,1,2\n"
GOOD_SEATS = "unit,candidate,votes\nMill Lane,Ash,3\n"
MOST_MEGABYTES = 512
RUN = """
import contextlib, io, json, re, sys
from hustings.cli.main import main
said = []
for arguments in json.loads(sys.argv[1]):
    text = io.StringIO()
    with contextlib.redirect_stderr(text), contextlib.redirect_stdout(io.StringIO()):
        code = main(arguments)
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
    said.append((code, text.getvalue(), peak))
print(json.dumps(said))
"""

COMMANDS = {
    "DOORS.csv": (".csv", ["turf", "cut", "BAD", "--out", "new.csv"]),
    "PLAN.csv": (".csv", ["turf", "check", "BAD", "doors.csv"]),
    "--previous": (".csv", ["turf", "cut", "doors.csv", "--out", "new.csv", "--previous", "BAD"]),
    "a map, .pbf": (
        ".osm.pbf",
        ["turf", "cut", "doors.csv", "--out", "new.csv", "--streets", "BAD"],
    ),
    "RESULTS.csv": (".csv", ["count", "caucus", "BAD", "--rules", "iowa-2020"]),
    "COUNT.json": (".json", ["count", "replay", "BAD"]),
    "LOTS.json": (".json", ["count", "plurality", "seats.csv", "--lots", "BAD"]),
    "own rules": (".toml", ["count", "plurality", "seats.csv", "--rules", "BAD"]),
    "BUNDLE": (".bundle", ["statement", "verify", "BAD"]),
    "a map, .gz": (".osm.gz", ["turf", "cut", "doors.csv", "--out", "new.csv", "--streets", "BAD"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", COMMANDS)
def test_a_bad_file_is_one_sentence_and_nothing_is_written(what: str, tmp_path: Path) -> None:
    ending, words = COMMANDS[what]
    (tmp_path / "doors.csv").write_text(GOOD_DOORS)
    (tmp_path / "seats.csv").write_text(GOOD_SEATS)
    kinds = sorted(BAD)
    asked = []
    for number, kind in enumerate(kinds):
        bad = write(tmp_path, kind, ending).rename(tmp_path / f"bad{number}{ending}")
        asked.append([bad.name if word == "BAD" else word for word in words])

    ran = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(asked)], capture_output=True, text=True, check=False,
        cwd=tmp_path, timeout=300,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr[-800:]
    answers = json.loads(ran.stdout)
    for number, (kind, (code, said, peak)) in enumerate(zip(kinds, answers, strict=True)):
        assert code == 2, (kind, said)
        assert said.startswith("hustings: "), (kind, said)
        assert said.count("\n") == 1, (kind, said)
        assert f"bad{number}{ending}" in said, (kind, said)
        assert 30 < len(said) < 600, (kind, said)
        assert peak < MOST_MEGABYTES, (kind, peak)
    assert not (tmp_path / "new.csv").exists()


def a_town_and_a_plan(folder: Path) -> None:
    doors = "".join(f"d{n},{1 + n / 10000:.5f},51.0\n" for n in range(1500))
    (folder / "doors.csv").write_text("door_id,lon,lat\n" + doors)
    (folder / "plan.csv").write_text(GOOD_PLAN)


def cut(
    folder: Path, kernels: Path, room: int = resource.RLIM_INFINITY, out: str = "plan.csv"
) -> subprocess.CompletedProcess[str]:
    """No file it writes may be longer than ``room`` bytes."""
    return subprocess.run(
        [sys.executable, "-m", "hustings.cli.main",
         "turf", "cut", "doors.csv", "--out", out, "--no-check", "--first"],
        capture_output=True, text=True, check=False, cwd=folder, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1",
             "NUMBA_CACHE_DIR": str(kernels)},
    )  # fmt: skip


@pytest.mark.slow
def test_a_disk_with_no_room_for_what_is_compiled_is_one_sentence_too(tmp_path: Path) -> None:
    a_town_and_a_plan(tmp_path)

    done = cut(tmp_path, tmp_path / "kernels", room=40)

    assert done.returncode == 2, done.stderr[-800:]
    assert "no room left on the disk" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "plan.csv").read_text() == GOOD_PLAN


@pytest.mark.slow
@pytest.mark.parametrize("length", [1, 40, 3000])
def test_a_disk_that_is_full_is_one_sentence_and_the_old_plan_is_whole(
    tmp_path: Path, length: int
) -> None:
    a_town_and_a_plan(tmp_path)
    kernels = ROOT / "var/numba"
    assert cut(tmp_path, kernels, out="other.csv").returncode == 0  # they are compiled, then

    done = cut(tmp_path, kernels, room=length)

    assert done.returncode == 2, done.stderr[-800:]
    assert "plan.csv: This file cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "plan.csv").read_text() == GOOD_PLAN
    assert not list(tmp_path.glob("*.part"))
