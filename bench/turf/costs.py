"""What a cut costs: CPU, memory, a cold start, and one per cent of new doors."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.turf.contenders import DOORS_EACH
from bench.turf.instances import Instance, instance
from hustings.core.town.electors import invent_electors
from hustings.core.town.generate import generate_town
from hustings.core.town.town import DOOR_COLUMNS, Town
from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.cut import TRIES_LEAST, cut
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Wishes
from hustings.formats.doors_csv import write_doors
from hustings.formats.osm_write import write_osm

if TYPE_CHECKING:
    from bench.turf.__main__ import Table

REGISTER_ROWS = 1_000_000
REGISTER_COLUMNS = (
    "elector_number", "marker", "attains", "surname", "forename", "number", "unit", "street",
    "place", "postcode", "district", "door_id",
)  # fmt: skip


def cost_of(name: str, seed: int, effort: str) -> dict[str, Any]:
    """One cut in a process of its own; at 1m also ``csv.reader`` over a register of a million rows."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.turf.costs", name, str(seed), effort],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def cold_first_cut(seed: int) -> float:
    """Wall seconds of ``hustings turf cut --first`` on 2,000 doors, Python's start included."""
    with tempfile.TemporaryDirectory() as folder:
        town = generate_town(2_000, seed)
        doors, streets = Path(folder) / "doors.csv", Path(folder) / "town.osm.pbf"
        write_doors(doors, DOOR_COLUMNS, town.rows())
        write_osm(streets, town)
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "hustings.cli.main", "turf", "cut", str(doors), "--streets",
             str(streets), "--out", str(Path(folder) / "plan.csv"), "--first", "--no-check"],
            check=True,
            capture_output=True,
        )  # fmt: skip
        return time.perf_counter() - began


def again(table: Table, place: Instance, seed: int) -> None:
    """(d): a plan without one door in a hundred, then with it."""
    doors = place.doors
    rng = np.random.default_rng(seed)
    buildings = np.unique(doors.building)
    late = np.isin(doors.building, rng.choice(buildings, max(1, len(buildings) // 100), False))
    wishes = Wishes(doors_each=DOORS_EACH, seed=seed)
    before = cut(doors.only(~late), place.streets, wishes).plan
    previous = Plan(np.zeros(len(doors), np.int32), np.zeros(len(doors), np.int32))
    previous.turf[~late], previous.stop[~late] = before.turf, before.stop
    began = time.process_time()
    cut(doors, place.streets, wishes)
    full = time.process_time() - began
    began = time.process_time()
    plan = cut(doors, place.streets, wishes, previous=previous).plan
    small = time.process_time() - began
    asked = Asked(doors_each=DOORS_EACH)
    report = check_plan(doors, plan, asked, streets=place.streets, previous=previous)
    table.add("CPU ÷ full cut", small / full, goal=0.05)
    table.add("CPU seconds", small)
    table.add("old doors in another walk, share", report.doors_moved_share or 0.0, goal=0.03)
    table.add("walks with another number", report.numbers_changed or 0, goal=0)
    table.add("connected", report.connected or 0.0, goal=1.0, at_least=True)
    table.laws(report)


def write_register(path: Path, town: Town, seed: int, rows: int) -> None:
    """A register of twelve columns; the electors come again, numbered on, until there are enough."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REGISTER_COLUMNS)
        written = 0
        while written < rows:
            for elector in invent_electors(town, seed):
                street, number, unit, postcode, district = town.address(elector.door)
                writer.writerow(
                    (elector.code, elector.marker, elector.attains, elector.surname, elector.forename,
                     number, unit, street, town.places[town.street_place[town.doors.street[elector.door]]],
                     postcode, district, town.door_id(elector.door))
                )  # fmt: skip
                written += 1
                if written == rows:
                    return


def _measure(name: str, seed: int, effort: str) -> dict[str, float]:
    """
    In this process: the cut, timed, and the most memory it took.

    Polished with as many tries a stop as a large place gets; smaller ones get more, up to seconds of work.
    """
    from hustings.core.turf.warm import warm

    warm()
    place = instance(name, seed)
    wishes = Wishes(doors_each=DOORS_EACH, seed=seed)
    began, began_wall = time.process_time(), time.perf_counter()
    cut(place.doors, place.streets, wishes, effort="first" if effort == "first" else TRIES_LEAST)
    cpu, wall = time.process_time() - began, time.perf_counter() - began_wall
    peak = _peak_mb()
    found = {"cpu": cpu, "wall": wall, "peak_mb": peak, "us_a_stop": 1e6 * cpu / place.stops}
    if name == "1m":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.csv"
            write_register(path, generate_town(20_000, seed), seed, REGISTER_ROWS)
            found["register_mb"] = path.stat().st_size / 1e6
            began = time.process_time()
            with path.open(encoding="utf-8", newline="") as file:
                rows = sum(1 for _ in csv.reader(file))
            found["csv_cpu"] = time.process_time() - began
            found["csv_rows"] = rows
    return found


def _peak_mb() -> float:
    """
    The most memory this process held, in MB.

    Linux counts what a process forked from held into ``ru_maxrss``, so that is asked only elsewhere.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
