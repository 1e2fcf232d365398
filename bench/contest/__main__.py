"""
``python -m bench.contest [--precincts N] [--rounds N]``: a night of precinct reports, read, counted and judged.

Needs ``HUSTINGS_TEST_DATA``: the 1,305 published precincts of 2020 are written as one result sheet, and the first of
them again under other names until there are N. Printed, each the median of the rounds, with the fastest:

* CPU seconds to read the sheet into our own reports, and no more;
* seconds of ``hustings count caucus SHEET --rules iowa-2020`` in this process, ÷ reading;
* the same with ``--check --json``: count, entry checks, judge and the count file, ÷ reading; and of ``hustings count replay`` of that file, ÷ reading;
* how many lots it asked for, and how many reports were odd.

The exit code is 0 whether the goal is met or not.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from hustings.cli.main import main as hustings
from hustings.core.contest.caucus.report import Report
from hustings.formats.result_sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL_SECONDS = 5.0
HEAD = ("unit", "group", "first", "final", "awarded", "delegates")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.contest", description=__doc__)
    parser.add_argument("--precincts", type=int, default=1_765)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        print("HUSTINGS_TEST_DATA is not set: there are no precincts to count.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="hustings-bench-") as here:
        sheet, counted = Path(here) / "night.csv", Path(here) / "count.json"
        rows = write_sheet(
            Path(folder) / "vectors/caucus/iowa2020_precincts.json", sheet, chosen.precincts
        )
        print(f"{chosen.precincts:,} precincts, {rows:,} rows, {chosen.rounds} rounds")
        measure(sheet, counted, chosen.rounds)
    return 0


def write_sheet(source: Path, sheet: Path, wanted: int) -> int:
    """The precincts as a result sheet; how many rows that are."""
    published = json.loads(source.read_text("utf-8"))["precincts"]
    written = 0
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(wanted):
            row = published[number % len(published)]
            again = f" ({number // len(published)})" if number >= len(published) else ""
            for group in {**row["first"], **row["final"], **row["reported_delegates"]}:
                cells = [
                    table.get(group, "")
                    for table in (row["first"], row["final"], row["reported_delegates"])
                ]
                writer.writerow(
                    [
                        f"{row['county']}, {row['precinct']}{again}",
                        group,
                        *cells,
                        row["county_delegates"],
                    ]
                )
                written += 1
    return written


def measure(sheet: Path, counted: Path, rounds: int) -> None:
    """Read, count and replay, turn about, and print."""
    command = ["count", "caucus", str(sheet), "--rules", "iowa-2020", "--check", "--json"]
    read, alone, whole, replayed = [], [], [], []
    for _ in range(rounds):
        read.append(seconds(lambda: read_reports(sheet)))
        alone.append(seconds(lambda: quietly(command[:5], io.StringIO())))
        said = io.StringIO()
        whole.append(seconds(lambda said=said: quietly(command, said)))
        counted.write_text(said.getvalue(), encoding="utf-8")
        replayed.append(seconds(lambda: quietly(["count", "replay", str(counted)], io.StringIO())))
    file = json.loads(counted.read_text("utf-8"))
    figures = {
        "read into reports, s": (median(read), min(read)),
        "count, s": (median(alone), min(alone)),
        "count ÷ reading": (median(alone) / median(read), min(alone) / min(read)),
        "count --check --json, s": (median(whole), min(whole)),
        "count --check --json ÷ reading": (median(whole) / median(read), min(whole) / min(read)),
        "replay, s": (median(replayed), min(replayed)),
        "replay ÷ reading": (median(replayed) / median(read), min(replayed) / min(read)),
    }
    for name, (middle, fastest) in figures.items():
        print(f"{name:32} {middle:8.3f}  (fastest {fastest:.3f})")
    print(
        f"{'goal, s':32} {GOAL_SECONDS:8.3f}  {'met' if median(whole) <= GOAL_SECONDS else 'NOT met'}"
    )
    odd = {unit for unit, *_ in file["checks"]["findings"]}
    print(f"lots asked for {len(file['count']['result']['ties'])}, reports that are odd {len(odd)}")


def read_reports(sheet: Path) -> None:
    """The sheet as our own reports, and no more."""
    for unit in read_sheet(sheet.read_bytes(), str(sheet), "caucus").units:
        Report.read(unit)


def quietly(arguments: list[str], said: io.StringIO) -> None:
    """One command, its output kept."""
    with contextlib.redirect_stdout(said):
        hustings(arguments)


def seconds(work: Callable[[], None]) -> float:
    """CPU seconds, since others may work on the same machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
