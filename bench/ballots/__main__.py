"""
``python -m bench.ballots [--times N]``: counting rankings beside reading them.

* ``2013_minneapolis_mayor_scale.json``, 1,041,313 ballots in 7,084 rankings, by RCTab's rules of that set, its lots
  taken from the expected result that stands in the file;
* ``sf2018special_mayor.abif``, 254,016 ballots in some 500 rankings, with candidates eliminated in batches and one by
  one, equal ones without a vote going out in the order of the file;
* the first again with every ballot on a line of its own, as BLT, which is what a scanner writes.

Reading is the file into our own ballots, all names looked up; counting is the whole of ``count_irv`` with its
transcript, from those plain values; checking is the judge's. Each figure is the median of ``--times`` runs in this
process; the goal is counting ÷ reading ÷ rounds ≤ 3. The data are in the folder that HUSTINGS_TEST_DATA names.
The exit code is 0 whether the goal is met or not.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.ballots import read_ranked
from hustings.core.contest.ranked.check import check_irv
from hustings.core.contest.ranked.irv import count_irv
from hustings.formats.ballots_file import read_ballots

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL = 3.0
SAN_FRANCISCO: dict[str, Any] = {"tiebreakMode": "useCandidateOrder"}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.ballots", description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    times: int = parser.parse_args().times
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        print("HUSTINGS_TEST_DATA is not set: there is nothing to count.", file=sys.stderr)
        return 2
    mayor = Path(folder) / "vectors/rcv_rctab/2013_minneapolis_mayor_scale.json"
    city = Path(folder) / "ranked/sf2018special_mayor.abif"
    print(f"{'what':<44}{'ballots':>10}{'rankings':>9}{'rounds':>7}", end="")
    print(f"{'read s':>8}{'count s':>8}{'check s':>8}{'÷ read ÷ round':>15}")
    given, rules = read_ballots(mayor)
    rules = rules or {}
    lots = _lots(given, rules, mayor)
    _line("Minneapolis 2013 × 13", mayor, rules, lots, times)
    _line("San Francisco 2018, one by one", city, SAN_FRANCISCO, [], times)
    batch = SAN_FRANCISCO | {"batchElimination": True}
    _line("San Francisco 2018, in batches", city, batch, [], times)
    with tempfile.TemporaryDirectory() as own:
        long = Path(own) / "each.blt"
        _one_a_line(given, long)
        _line("Minneapolis × 13, a ballot a line", long, rules, lots, max(1, times // 3))
    return 0


def _line(what: str, path: Path, rules: dict[str, Any], lots: list[Lot], times: int) -> None:
    given = read_ballots(path)[0]
    count = count_irv(given, rules, Lots(lots))
    assert count.tie is None, count.tie
    read = _seconds(lambda: read_ranked(read_ballots(path)[0]), times)
    counting = _seconds(lambda: count_irv(given, rules, Lots(lots)), times)
    broken: list[str] = []
    checking = _seconds(lambda: broken.extend(check_irv(given, rules, Lots(lots), count)), 1)
    assert not broken, broken
    rounds = len(count.result["rounds"])
    ratio = counting / read / rounds
    met = "met" if ratio <= GOAL else "MISSED"
    print(
        f"{what:<44}{count.result['ballots']:>10,}{len(given['ballots']):>9,}{rounds:>7}"
        f"{read:>8.3f}{counting:>8.3f}{checking:>8.3f}{ratio:>15.3f}  goal ≤ {GOAL:g}: {met}; "
        f"elected {', '.join(count.result['elected'])}; {len(lots)} lots"
    )


def _seconds(work: Callable[[], object], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _lots(given: dict[str, Any], rules: dict[str, Any], path: Path) -> list[Lot]:
    """The lots that the expected result of the file shows."""
    expected = json.loads(path.read_text("utf-8"))["expected"][0]["results"]
    lots: list[Lot] = []
    while (tie := count_irv(given, rules, Lots(lots)).tie) is not None:
        number = int(tie.step.removeprefix("round ").partition(":")[0])
        done = expected[number - 1]["tallyResults"]
        key = "elected" if tie.step.endswith("election") else "eliminated"
        (chosen,) = {each[key] for each in done if key in each} & set(tie.among)
        lots.append(Lot(tie.step, tie.among, (chosen,)))
    return lots


def _one_a_line(given: dict[str, Any], path: Path) -> None:
    """The same ballots as BLT, each on a line of its own; an overvote that names nobody becomes one of all."""
    names = [each["name"] for each in given["candidates"]] + ["Undeclared Write-ins"]
    place = {name: str(at) for at, name in enumerate(names, 1)}
    everybody = "=".join(place.values())
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{len(names)} 1\n")
        for count, ranks in given["ballots"]:
            marks = [
                everybody if isinstance(rank, list) else place[rank] if rank else "-"
                for rank in ranks
            ]
            file.write(" ".join(["1", *marks, "0\n"]) * count)
        file.write("0\n" + "".join(f'"{name}"\n' for name in names))


if __name__ == "__main__":
    sys.exit(main())
