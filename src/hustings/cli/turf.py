"""``hustings turf cut``, ``hustings turf check`` and ``hustings turf explain``."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hustings.cli.arguments import Parser, above_nothing, amount, joined, place, turfs, whole
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from hustings.core.turf.check import Asked, Report
    from hustings.core.turf.cut import Cut
    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork

DOORS_EACH = 60
AROUND_DEGREES = 0.04
"""How far round the doors streets are read from a large extract; 2.5 km and more."""


def main(argv: list[str]) -> int:
    """Exit 0 when the plan is good, 1 when it breaks a law."""
    chosen = _parser().parse_args(joined(argv, "--start"))
    code: int = chosen.run(chosen)
    return code


def _parser() -> Parser:
    parser = Parser(prog="hustings turf", description="Cut doors into walks, and judge a plan.")
    verbs = parser.add_subparsers(required=True, metavar="cut|check|explain")
    cut = verbs.add_parser("cut", help="doors in, walks out")
    cut.set_defaults(run=_cut)
    cut.add_argument("doors_file", metavar="DOORS.csv", help="door_id,lon,lat and more if known")
    cut.add_argument("--out", required=True, metavar="PLAN.csv", help="door_id,turf,stop")
    _common(cut)
    _prices(cut)
    cut.add_argument("--geojson", metavar="FILE", help="write the walks as GeoJSON too")
    cut.add_argument("--seed", type=whole, default=1, metavar="N", help="the only chance there is")
    cut.add_argument("--first", action="store_true", help="the first plan, without polishing it")
    cut.add_argument("--no-check", action="store_true", help="do not judge the plan afterwards")
    check = verbs.add_parser("check", help="judge any plan")
    check.set_defaults(run=_check)
    check.add_argument("plan_file", metavar="PLAN.csv")
    check.add_argument("doors_file", metavar="DOORS.csv")
    _common(check)
    explain = verbs.add_parser("explain", help="why a door is in its walk")
    explain.set_defaults(run=_explain)
    explain.add_argument("plan_file", metavar="PLAN.csv")
    explain.add_argument("doors_file", metavar="DOORS.csv")
    explain.add_argument("door_id", metavar="DOOR_ID")
    _common(explain)
    _prices(explain)
    return parser


def _prices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--metres-only", action="store_true", help="no prices: walking alone counts"
    )
    parser.add_argument(
        "--extra-turf-metres",
        type=amount,
        metavar="N",
        help="walking that one more walk must save to be worth a further person",
    )


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--streets", metavar="FILE", help="OpenStreetMap: .osm.pbf or .osm.gz")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--doors", type=whole, metavar="N", help=f"doors in a walk ({DOORS_EACH})")
    size.add_argument("--minutes", type=above_nothing, metavar="N", help="minutes of a walk")
    parser.add_argument("--previous", metavar="PLAN.csv", help="change as little of it as possible")
    parser.add_argument(
        "--lock", type=turfs, default=frozenset(), metavar="T,…", help="walks that stay as they are"
    )
    parser.add_argument("--start", type=place, metavar="LON,LAT", help="where every walk begins")
    parser.add_argument("--loop", action="store_true", help="walks end where they began")
    parser.add_argument(
        "--cross-districts", action="store_true", help="walks may cross borders of districts"
    )
    parser.add_argument(
        "--never-split", action="store_true", help="never split a street shorter than a walk"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _cut(chosen: argparse.Namespace) -> int:
    from hustings.core.turf.cut import cut
    from hustings.formats.doors_csv import read_doors
    from hustings.formats.geojson import write_geojson
    from hustings.formats.plan_csv import read_plan, write_plan

    began = time.perf_counter()
    if chosen.doors is None and chosen.minutes is None:
        chosen.doors = DOORS_EACH
    file = read_doors(chosen.doors_file)
    streets = _streets(chosen, file.doors)
    previous = read_plan(chosen.previous).on(file.ids) if chosen.previous else None
    read = time.perf_counter()
    made = cut(
        file.doors,
        streets,
        _wishes(chosen),
        previous=previous,
        locked=chosen.lock,
        effort="first" if chosen.first else "polished",
        progress=_progress(quiet=chosen.json),
    )
    done = time.perf_counter()
    write_plan(chosen.out, file.ids, made.plan)
    if chosen.geojson:
        write_geojson(chosen.geojson, file.doors, file.ids, made.plan)
    answer: dict[str, Any] = {"checked": not chosen.no_check}
    if chosen.no_check:
        answer |= {
            "doors": len(file.doors),
            "turfs": len(made.turfs),
            "walk_m": round(sum(turf.walk_m for turf in made.turfs), 1),
            "minutes": round(sum(turf.minutes for turf in made.turfs), 1),
            "broken": [],
        }
    else:
        from hustings.core.turf.check import check_plan

        report = check_plan(
            file.doors, made.plan, _asked(chosen), streets=streets, previous=previous
        )
        answer |= asdict(report)
    answer |= {
        "split_streets": _splits(made, file.doors),
        "seconds": round(time.perf_counter() - began, 3),
        "seconds_reading": round(read - began, 3),
        "seconds_cutting": round(done - read, 3),
    }
    return _say(answer, chosen)


def _check(chosen: argparse.Namespace) -> int:
    from hustings.core.turf.check import check_plan
    from hustings.formats.doors_csv import read_doors
    from hustings.formats.plan_csv import read_plan

    began = time.perf_counter()
    plan = read_plan(chosen.plan_file)
    file = read_doors(chosen.doors_file)
    report: Report = check_plan(
        file.doors,
        plan.on(file.ids),
        _asked(chosen),
        streets=_streets(chosen, file.doors),
        previous=read_plan(chosen.previous).on(file.ids) if chosen.previous else None,
        repeated=plan.repeated(),
        unknown=plan.unknown(file.ids),
    )
    return _say(asdict(report) | {"seconds": round(time.perf_counter() - began, 3)}, chosen)


def _explain(chosen: argparse.Namespace) -> int:
    from hustings.cli.turf_explain import explained
    from hustings.formats.doors_csv import read_doors

    if chosen.doors is None and chosen.minutes is None:
        chosen.doors = DOORS_EACH
    chosen.seed = 1
    file = read_doors(chosen.doors_file)
    return explained(chosen, file.doors, file.ids, _streets(chosen, file.doors), _wishes(chosen))


def _streets(chosen: argparse.Namespace, doors: Doors) -> StreetNetwork | None:
    if not chosen.streets:
        return None
    from hustings.formats.osm import read_streets

    around = AROUND_DEGREES
    box = (
        float(doors.lon.min()) - around,
        float(doors.lat.min()) - around,
        float(doors.lon.max()) + around,
        float(doors.lat.max()) + around,
    )
    return read_streets(chosen.streets, box=box)


def _wishes(chosen: argparse.Namespace) -> Wishes:
    from dataclasses import replace

    from hustings.core.turf.problem import METRES_ONLY, Pace, Prices, Wishes

    prices = METRES_ONLY if chosen.metres_only else Prices()
    if chosen.extra_turf_metres is not None:
        prices = replace(prices, extra_turf=chosen.extra_turf_metres / Pace().metres_per_minute)
    return Wishes(
        doors_each=chosen.doors,
        minutes_each=chosen.minutes,
        prices=prices,
        never_split_streets=chosen.never_split,
        cross_districts=chosen.cross_districts,
        loop=chosen.loop,
        start=chosen.start,
        seed=chosen.seed,
    )


def _asked(chosen: argparse.Namespace) -> Asked:
    from hustings.core.turf.check import Asked

    if chosen.lock and not chosen.previous:
        raise BadInput("--lock needs --previous: the plan in which these walks are.")
    return Asked(
        doors_each=chosen.doors,
        minutes_each=chosen.minutes,
        cross_districts=chosen.cross_districts,
        never_split_streets=chosen.never_split,
        loop=chosen.loop,
        start=chosen.start,
        locked=tuple(sorted(chosen.lock)),
    )


def _splits(made: Cut, doors: Doors) -> list[dict[str, Any]]:
    return [
        {
            "street": doors.street_names[split.street],
            "turfs": list(split.turfs),
            "reason": split.reason,
        }
        for split in made.split_streets
    ]


def _progress(*, quiet: bool) -> Callable[[float, str], None] | None:
    if quiet or not sys.stderr.isatty():
        return None

    def show(share: float, note: str) -> None:
        end = "\n" if share >= 1 else ""
        print(f"\r{share:4.0%}  {note:<60}", end=end, file=sys.stderr, flush=True)

    return show


def _say(answer: dict[str, Any], chosen: argparse.Namespace) -> int:
    if chosen.json:
        json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=False)
        print()
    else:
        print(_in_words(answer))
    return 1 if answer["broken"] else 0


def _in_words(answer: dict[str, Any]) -> str:
    """The answer for a person."""
    turfs, doors = answer["turfs"], answer["doors"]
    lines = [
        f"{doors} doors in {turfs} walks: {answer['walk_m'] / 1000:.1f} km of walking, "
        f"{answer['minutes'] / max(turfs, 1):.0f} minutes a walk."
    ]
    if answer.get("checked") is False:
        return "\n".join([*lines, "Not checked, as asked (--no-check)."])
    lines.append(
        f"The largest walk is {answer['doors_balance']:.2f} times the mean in doors, "
        f"{answer['minutes_balance']:.2f} times in minutes."
    )
    lines.append(
        f"{answer['streets_split']} of {answer['streets']} streets are split; of the "
        f"{answer['short_streets']} shorter than a walk {answer['short_streets_whole']:.1%} are whole."
    )
    lines.append(
        f"{answer['street_changes']} changes of street, {answer['mid_block_crossings']} crossings "
        "away from a junction."
    )
    if answer["connected"] is not None:
        lines.append(f"{answer['connected']:.1%} of the walks are connected.")
    if answer["doors_moved"] is not None:
        lines.append(
            f"Since the previous plan {answer['doors_moved']} doors changed walk "
            f"({answer['doors_moved_share']:.1%}), {answer['numbers_changed']} walks their number."
        )
    lines += [
        f"Split: {split['street']} ({split['reason']})"
        for split in answer.get("split_streets", [])[:20]
    ]
    lines += [f"Broken law «{broken['law']}»: {broken['message']}" for broken in answer["broken"]]
    if not answer["broken"]:
        lines.append("No law is broken.")
    return "\n".join(lines)
