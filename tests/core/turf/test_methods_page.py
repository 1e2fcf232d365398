"""The worked example of ``docs/methods/cutting.md`` is worked out here again, number by number."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hustings.core.turf.check import Asked, check_plan
from hustings.core.turf.cut import cut
from hustings.core.turf.explain import explain
from hustings.core.turf.problem import METRES_ONLY, Pace, Prices, Wishes
from hustings.core.walk.network import MID_BLOCK_CROSSING_M, StreetKind
from tests.core.turf.ground import doors_at, village

PAGE = Path(__file__).resolve().parents[3] / "docs" / "methods" / "cutting.md"
LANE, HIGH = 0, 1
DOORS = doors_at(
    *((10.0 * n, 5.0, LANE) for n in range(1, 11)),
    (190.0, 5.0, LANE),
    *((195.0, 10.0 * n, HIGH) for n in range(1, 11)),
)
CORNER = 10
WISHES = Wishes(doors_each=11)


def row(name: str) -> list[float]:
    """The numbers of one row of the page's tables."""
    line = re.search(rf"^\| {re.escape(name)} \|(.*)\|$", PAGE.read_text(), re.MULTILINE)
    assert line, name
    return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+(?:\.\d+)?", line[1])]


def measured(wishes: Wishes) -> list[float]:
    plan = cut(DOORS, village(), wishes).plan
    report = check_plan(DOORS, plan, Asked(doors_each=11), streets=village())
    sizes = sorted(len(walk) for walk in plan.walks().values())
    assert report.good
    return [
        sizes[0], sizes[1], report.walk_m, report.minutes, report.streets_split,
        report.street_changes,
    ]  # fmt: skip


def test_the_cut_with_prices_is_the_pages() -> None:
    assert measured(WISHES) == pytest.approx(row("with the prices"), abs=0.06)


def test_the_cut_by_metres_alone_is_the_pages() -> None:
    assert measured(replace(WISHES, prices=METRES_ONLY)) == pytest.approx(
        row("metres only"), abs=0.06
    )


def test_what_the_corner_house_costs_is_the_pages() -> None:
    plan = cut(DOORS, village(), WISHES).plan

    move = explain(DOORS, plan, CORNER, village(), WISHES).others[0].moves[0]

    assert [move.metres, move.minutes, move.price_minutes, move.total_minutes] == pytest.approx(
        row("the corner house with High Street"), abs=0.006
    )


def test_the_pages_prices_and_paces_are_the_programs() -> None:
    prices, pace = Prices(), Pace()
    assert row("a split street") == [prices.split_street]
    assert row("a change of street") == [prices.street_change]
    assert row("a crossing away from a junction") == [prices.mid_block_crossing]
    assert row("one more walk") == [prices.extra_turf]
    assert row("talking, a door") == [pace.minutes_per_door]
    assert row("walking") == [pace.metres_per_minute]
    assert row("stairs, a floor") == [pace.seconds_per_floor]
    assert row("crossing a side street") == [MID_BLOCK_CROSSING_M[StreetKind.SIDE]]
    assert row("crossing a main street") == [MID_BLOCK_CROSSING_M[StreetKind.MAIN]]
