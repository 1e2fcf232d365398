"""The parties' and newspapers' worked examples, and the nine of the Nevada memo."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.caucus.count import count
from hustings.core.contest.caucus.outcomes import every_outcome
from hustings.core.contest.caucus.report import Report
from hustings.core.contest.caucus.rules import CaucusRules
from hustings.core.contest.lot import Lot, Lots
from tests.core.contest.rulesets import IOWA_2016, NEVADA_2020

if TYPE_CHECKING:
    from tests.core.conftest import Vectors


def _example(vectors: Vectors, name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = vectors.json("caucus/worked_examples.json")
    return next(one for one in found if one["id"] == name)


def _report(example: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": example["id"],
        "delegates": example["delegates"],
        "attendance": example["attendance"],
        "final": example["groups"],
    }


@pytest.mark.parametrize(
    "name",
    [
        "idp2016-alpha", "ankeny2016", "ocheyedan2020", "warren-natural", "warren-majority",
        "warren-only-delegate", "warren-subtract",
    ],
)  # fmt: skip
def test_an_example_without_a_lot(vectors: Vectors, name: str) -> None:
    example = _example(vectors, name)

    found = count(_report(example), IOWA_2016, Lots())

    assert found.tie is None
    assert found.result["awarded"] == example["expect"]
    if "viability" in example:
        assert found.result["viability"] == example["viability"]
    if "raw" in example:
        (step,) = [one for one in found.transcript.steps if one.name == "raw delegates"]
        assert dict(step.numbers) == {g: Fraction(n) for g, n in example["raw"].items()}
        (step,) = [one for one in found.transcript.steps if one.name == "rounding"]
        assert dict(step.numbers) == example["rounded"]


def test_two_groups_of_fifty_draw_for_the_loss(vectors: Vectors) -> None:
    example = _example(vectors, "warren-two-way-lot")

    found = count(_report(example), IOWA_2016, Lots())

    assert found.tie is not None
    assert found.tie.among == ("Sanders", "Biden")
    assert (found.tie.choose, found.tie.fate) == (1, "loses one delegate")
    assert found.result["awarded"] == {"Warren": 3, "Sanders": 1, "Biden": 1}
    assert found.result["open"] == 1
    outcomes = list(every_outcome(Report.read(_report(example)), CaucusRules.read(IOWA_2016)))
    assert sorted(map(json.dumps, outcomes)) == sorted(map(json.dumps, example["expect_outcomes"]))


def test_four_equal_groups_have_six_outcomes(vectors: Vectors) -> None:
    example = _example(vectors, "warren-four-way-lot")

    found = count(_report(example), IOWA_2016, Lots())

    assert found.tie is not None
    assert found.result["viability"] == example["viability"]
    assert set(found.tie.among) == set(example["expect_lot"]["among"])
    assert found.tie.choose == example["expect_lot"]["lose"]
    assert found.tie.possible == example["n_outcomes"]
    outcomes = list(every_outcome(Report.read(_report(example)), CaucusRules.read(IOWA_2016)))
    assert len(outcomes) == 6
    assert all(sum(one.values()) == 18 and min(one.values()) == 4 for one in outcomes)


def test_one_delegate_and_two_equal_groups_need_a_lot(vectors: Vectors) -> None:
    example = _example(vectors, "warren-one-delegate-tie")

    found = count(_report(example), IOWA_2016, Lots())

    assert found.tie is not None
    assert found.tie.among == ("Warren", "Sanders")
    assert found.tie.choose == example["expect_lot"]["win"]
    drawn = count(
        _report(example), IOWA_2016, Lots([Lot(found.tie.step, found.tie.among, ("Sanders",))])
    )
    assert drawn.result["awarded"] == {"Warren": 0, "Sanders": 1}


def test_the_viability_tables(vectors: Vectors) -> None:
    rules = CaucusRules.read(IOWA_2016)

    for attendance, delegates, least in _example(vectors, "viability")["viability_table"]:
        expected = None if least == "simple majority" else least
        assert rules.least_members(delegates, attendance) == expected
    traps = _example(vectors, "viability-traps")["ceil_n_over_6_67_wrong"]
    assert len(traps) == 30
    for attendance, least in traps:
        assert rules.least_members(4, attendance) == least


def _memo() -> list[dict[str, Any]]:
    folder = os.environ.get("HUSTINGS_TEST_DATA", "")
    if not folder:
        return []
    text = (Path(folder) / "caucus/nv2020_official_worked_examples.json").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)["examples"]
    assert len(found) == 9
    return found


@pytest.mark.parametrize("example", _memo(), ids=lambda example: str(example["id"]))
def test_the_nevada_memo(example: dict[str, Any]) -> None:
    report = {
        "unit": example["id"],
        "delegates": example["delegates"],
        "attendance": example["participants"],
        "final": example["final"],
    }

    found = count(report, NEVADA_2020, Lots())

    if example["expected_tie"] is None:
        assert found.tie is None
        assert found.result["awarded"] == example["expected"]
        return
    assert found.tie is not None
    assert found.tie.fate == "loses one delegate"
    assert list(found.tie.among) == example["expected_tie"]["groups"]
    lot = Lot(found.tie.step, found.tie.among, (found.tie.among[0],), "physical")
    drawn = count(report, NEVADA_2020, Lots([lot]))
    assert drawn.tie is None
    assert drawn.result["awarded"] == example["after_card_draw"]
