"""Iowa 2020: what the rule gives for the published first and final counts, beside what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.caucus.count import count_report
from hustings.core.contest.caucus.outcomes import every_outcome, is_an_outcome
from hustings.core.contest.caucus.report import Report
from hustings.core.contest.caucus.rules import CaucusRules
from hustings.core.contest.lot import Lots
from tests.core.contest.caucus.published import as_report
from tests.core.contest.rulesets import IOWA_2020

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

RULES = CaucusRules.read(IOWA_2020)


@pytest.fixture(scope="module")
def precincts(vectors: Vectors) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = vectors.json("caucus/iowa2020_precincts.json")["precincts"]
    assert len(found) == 1_305
    return found


def test_the_rule_reproduces_1204_precincts(precincts: list[dict[str, Any]]) -> None:
    """One more than the data's own verdict: it does not judge Graham Township, which had no final count."""
    odd: list[str] = []
    reproduced = 0
    for row in precincts:
        report = Report.read(as_report(row))
        assert report.awarded is not None
        same = is_an_outcome(report, RULES, report.awarded)
        assert same == any(
            {g: n for g, n in one.items() if n} == {g: n for g, n in report.awarded.items() if n}
            for one in every_outcome(report, RULES)
        )
        reproduced += same
        if same != bool(row["naive_rule_agrees"]):
            odd.append(row["precinct"])

    assert reproduced == 1_204
    assert odd == ["GRAHAM TOWNSHIP"]


def test_108_precincts_need_a_lot(precincts: list[dict[str, Any]]) -> None:
    lots = [
        row["lot"]
        for row in precincts
        if count_report(Report.read(as_report(row)), RULES, Lots()).tie is not None
    ]

    assert len(lots) == 108
    assert all(lots)
