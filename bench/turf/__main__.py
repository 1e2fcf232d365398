"""
``python -m bench.turf``: the cutting of turf beside others, in ratios, each with its goal.

Pieces, each of which can be run alone:

* ``walk``: the engine with metres only, beside k-means with nearest neighbour, the lower bound and, with
  ``--pyvrp``, PyVRP under the same limits with ten times our CPU;
* ``people``: a cut by minutes with its prices, beside one by metres only with as many walks;
* ``cost``: CPU for a stop at each size beside reading a register as CSV, peak memory, a first cut in a
  cold process;
* ``again``: one per cent of new doors into a previous plan.

Everything is judged by ``hustings.core.turf.check``. Seeds are also those of the invented towns. Medians are
printed, and the worst seed beside them. The exit code is 0 whether goals are met or not.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from statistics import median

from bench.turf.bound import lower_bound
from bench.turf.contenders import DOORS_EACH, MINUTES_EACH, engine, k_means, pyvrp
from bench.turf.costs import again, cold_first_cut, cost_of
from bench.turf.instances import REAL, SIZES, Instance, instance
from hustings.core.turf.check import Asked, Report, check_plan
from hustings.core.turf.problem import METRES_ONLY, Prices

PIECES = ("walk", "people", "cost", "again")
KMEANS_GOAL = {"2k": 0.75, "20k": 0.75, "200k": 0.70, "helsinki": 0.60, "liechtenstein": 0.60}
AS_MANY_TRIES = 3
"""Cuts with metres alone until one has as many walks as ours."""
BOUND_GOAL = {"20k": 1.12, "200k": 1.10}


@dataclass
class Line:
    """One figure over all seeds, and its goal."""

    what: str
    goal: float | None = None
    at_least: bool = False
    unit: str = ""
    values: list[float] = field(default_factory=list)
    worst_goal: float | None = None

    def __str__(self) -> str:
        middle = median(self.values)
        worst = min(self.values) if self.at_least else max(self.values)
        text = (
            f"  {self.what:<58} {middle:>10.3f}{self.unit}  worst {worst:.3f}  n={len(self.values)}"
        )
        if self.goal is None:
            return text
        met = middle >= self.goal if self.at_least else middle <= self.goal
        sign = "≥" if self.at_least else "≤"
        text += f"  goal {sign} {self.goal:g}: {'met' if met else 'MISSED'}"
        if self.worst_goal is not None:
            text += (
                f"; worst ≤ {self.worst_goal:g}: {'met' if worst <= self.worst_goal else 'MISSED'}"
            )
        return text


class Table:
    """Figures by their words, in the order they first came."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.lines: dict[str, Line] = {}
        self.notes: list[str] = []

    def add(self, what: str, value: float, **about: float | bool | str | None) -> None:
        line = self.lines.setdefault(what, Line(what, **about))  # type: ignore[arg-type]  # fields of Line
        line.values.append(float(value))

    def laws(self, report: Report) -> None:
        """How many laws are broken, and which."""
        self.add("laws broken", len({broken.law for broken in report.broken}), goal=0)
        self.notes += [f"  {broken.law}: {broken.message}" for broken in report.broken]

    def print(self) -> None:
        print(self.title)
        for line in self.lines.values():
            print(line)
        for note in self.notes:
            print(note)
        print(flush=True)


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.turf", description=__doc__)
    parser.add_argument("pieces", nargs="*", default=[], metavar="|".join(PIECES))
    parser.add_argument("--instances", default="2k,20k,helsinki,liechtenstein")
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--pyvrp", action="store_true", help="the yardstick too; minutes a seed")
    parser.add_argument(
        "--pyvrp-wall", type=float, default=500.0, help="most seconds for one run of it"
    )
    parser.add_argument("--no-bound", action="store_true")
    chosen = parser.parse_args()
    if wrong := set(chosen.pieces) - set(PIECES):
        parser.error(f"There is no piece {wrong.pop()}; there are {', '.join(PIECES)}.")
    names = chosen.instances.split(",")
    if unknown := set(names) - {*SIZES, *REAL}:
        parser.error(
            f"There is no instance {unknown.pop()}; there are {', '.join([*SIZES, *REAL])}."
        )
    seeds = [int(seed) for seed in chosen.seeds.split(",")]
    from hustings.core.turf.warm import warm

    warm()
    for piece in chosen.pieces or PIECES:
        if piece == "cost":
            print_costs([name for name in names if name in SIZES], seeds[0])
            continue
        for name in names:
            table = Table(f"{piece}: {name}, seeds {chosen.seeds}")
            for seed in seeds:
                place = instance(name, seed)
                if piece == "walk":
                    walk(table, place, seed, chosen.pyvrp, chosen.pyvrp_wall, not chosen.no_bound)
                elif piece == "people":
                    people(table, place, seed)
                else:
                    again(table, place, seed)
            table.print()
    return 0


def judged(place: Instance, plan: object, asked: Asked) -> Report:
    return check_plan(place.doors, plan, asked, streets=place.streets)  # type: ignore[arg-type]  # a Plan


def walk(
    table: Table, place: Instance, seed: int, yardstick: bool, wall: float, bound: bool
) -> None:
    """(a): walking alone, districts crossed, in ratios to others."""
    asked = Asked(doors_each=DOORS_EACH, cross_districts=True)
    ours = engine(place, seed)
    report = judged(place, ours.plan, asked)
    table.add("engine: km walked", report.walk_m / 1000)
    table.add("engine: walks", report.turfs)
    table.add("engine: CPU seconds", ours.cpu)
    others = k_means(place, seed, report.turfs)
    theirs = judged(place, others.plan, asked)
    table.add(
        "walk ÷ k-means with nearest neighbour", report.walk_m / theirs.walk_m,
        goal=KMEANS_GOAL.get(place.name),
    )  # fmt: skip
    table.add("k-means: doors max ÷ mean", theirs.doors_balance)
    if bound:
        floor = lower_bound(place, ours.plan, report.turfs, report.doors_max, report.walk_m)
        table.add("walk ÷ lower bound", report.walk_m / floor, goal=BOUND_GOAL.get(place.name))
    if yardstick:
        run = pyvrp(place, seed, report.turfs, report.doors_max, ours.cpu, wall)
        best = judged(place, run.plan, asked)
        table.add("walk ÷ PyVRP", report.walk_m / best.walk_m, goal=1.0, worst_goal=1.03)
        table.add("PyVRP: CPU ÷ ours", run.cpu / ours.cpu, goal=10.0, at_least=True)
        table.add("PyVRP: iterations", run.iterations, goal=20_000, at_least=True)
    table.add("doors max ÷ mean", report.doors_balance, goal=1.10)
    table.add("connected", report.connected or 0.0, goal=1.0, at_least=True)
    table.add("barrier crossings", report.barrier_crossings or 0, goal=0)
    table.laws(report)


def people(table: Table, place: Instance, seed: int) -> None:
    """(b): as people get it, by minutes, within districts, beside metres alone."""
    asked = Asked(minutes_each=MINUTES_EACH)
    priced = engine(place, seed, minutes=True, prices=Prices(), cross_districts=False)
    ours = judged(place, priced.plan, asked)
    bare = _metres_only_with_as_many(place, seed, ours.turfs, asked)
    table.add("minutes max ÷ mean, walks not rural", ours.minutes_balance_not_rural, goal=1.15)
    table.add(
        "streets shorter than a walk kept whole", ours.short_streets_whole, goal=0.95, at_least=True
    )
    table.add("the same with metres only", bare.short_streets_whole)
    table.add("walk ÷ walk with metres only", ours.walk_m / bare.walk_m, goal=1.10)
    table.add("walks ÷ walks with metres only", ours.turfs / bare.turfs)
    table.add(
        "street changes ÷ those with metres only", ours.street_changes / max(bare.street_changes, 1)
    )
    table.add(
        "crossings mid-block ÷ those with metres only",
        ours.mid_block_crossings / max(bare.mid_block_crossings, 1),
    )
    table.add("connected", ours.connected or 0.0, goal=1.0, at_least=True)
    table.add("barrier crossings", ours.barrier_crossings or 0, goal=0)
    table.laws(ours)
    table.add("engine: CPU seconds", priced.cpu)


def _metres_only_with_as_many(place: Instance, seed: int, turfs: int, asked: Asked) -> Report:
    """Of cuts with metres alone the one whose number of walks is nearest; the size asked for is adjusted."""
    each, tried = MINUTES_EACH, []
    for _ in range(AS_MANY_TRIES):
        plan = engine(
            place, seed, minutes=True, minutes_each=each, prices=METRES_ONLY, cross_districts=False
        ).plan
        report = judged(place, plan, asked)
        tried.append((abs(report.turfs - turfs), len(tried), report))
        if report.turfs == turfs:
            break
        each *= report.turfs / turfs
    return min(tried, key=lambda found: found[:2])[2]


def print_costs(names: list[str], seed: int) -> None:
    """(c): each size and effort in a process of its own."""
    table = Table(f"cost: seed {seed}")
    for name in names:
        for effort, goal in (("first", 30.0), ("polished", 110.0)):
            found = cost_of(name, seed, effort)
            table.add(f"{name}, {effort}: CPU µs a stop", found["us_a_stop"], goal=goal)
            table.add(f"{name}, {effort}: CPU seconds", found["cpu"])
            table.add(f"{name}, {effort}: wall seconds", found["wall"])
            table.add(f"{name}, {effort}: peak memory, MB", found["peak_mb"])
            if "register_mb" in found:
                table.add(
                    f"{name}, {effort}: csv.reader over the register, CPU seconds", found["csv_cpu"]
                )
                table.add(f"{name}, {effort}: CPU ÷ csv.reader", found["cpu"] / found["csv_cpu"])
                table.add(
                    f"{name}, {effort}: peak memory ÷ register ({found['register_mb']:.0f} MB)",
                    found["peak_mb"] / found["register_mb"], goal=5.0,
                )  # fmt: skip
    if "2k" in names:
        for _ in range(3):
            table.add("2k, first cut in a cold process: seconds", cold_first_cut(seed), goal=3.0)
    table.print()


if __name__ == "__main__":
    sys.exit(main())
