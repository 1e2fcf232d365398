"""The shared table of cases, and the published rows of 2020."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.caucus.entry_checks import entry_checks
from hustings.core.contest.caucus.night import findings
from hustings.core.contest.caucus.report import Report
from hustings.core.contest.caucus.rules import CaucusRules
from tests.core.contest.caucus.published import as_report
from tests.core.contest.rulesets import IOWA_2020, ruleset

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "entry_cases.json").read_text("utf-8")
)
NOT_ON_THE_PHONE = {"citation", "high_card"}
"""Words, and whether the cards on record decided as they say, which the server checks alone."""


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: str(case["name"]))
def test_a_case_of_the_shared_table(case: dict[str, Any]) -> None:
    found = entry_checks(
        Report.read(case["report"]),
        CaucusRules.read(TABLE["rules"][case["rules"]]),
        [Report.read(one) for one in case.get("neighbours", [])],
    )

    assert [
        {"check": one.check, "names": list(one.names), "numbers": dict(one.numbers)}
        for one in found
    ] == case["found"]
    assert all(one.sentence.endswith(".") for one in found)


def test_every_check_has_a_case_that_raises_it() -> None:
    raised = {one["check"] for case in TABLE["cases"] for one in case["found"]}

    assert raised == {f"V{number}" for number in range(1, 11)}


def test_the_table_holds_the_rules_of_the_ruleset_files() -> None:
    for name, rules in TABLE["rules"].items():
        assert rules.items() <= ruleset(name).items()
        bare = {key: value for key, value in ruleset(name).items() if key not in NOT_ON_THE_PHONE}
        assert CaucusRules.read(rules) == CaucusRules.read(bare)


def test_the_flags_of_2020(vectors: Vectors) -> None:
    """67 more at the end than at first, 55 lost supporters, 32 wrong totals, 22 to groups that were not viable."""
    rows = vectors.json("caucus/iowa2020_precincts.json")["precincts"]
    rules = CaucusRules.read(IOWA_2020)
    reports = [Report.read(as_report(row)) for row in rows]
    same_flags = {
        "V1": "more_final_than_first",
        "V2": "viable_lost_supporters",
        "V3": "delegates_awarded_differ",
        "V4": "delegate_to_nonviable",
    }

    night = findings({"units": [as_report(row) for row in rows]}, IOWA_2020)
    raised = Counter(finding.check for _, finding in night)
    for row, report in zip(rows, reports, strict=True):
        codes = {one.check for one in entry_checks(report, rules)}
        assert {same_flags[code] for code in codes & set(same_flags)} == set(row["flags"])

    assert [raised[code] for code in ("V1", "V2", "V3", "V4")] == [67, 55, 32, 22]
    assert raised["V5"] == 1_305 - 1_204
    assert raised["V6"] == 108
    assert (raised["V7"], raised["V8"], raised["V9"], raised["V10"]) == (0, 10, 42, 0)
    copies = {unit: finding.names for unit, finding in night if finding.check == "V8"}
    assert copies["Ida, City of Galva"] == ("Cass, Union Twp/Cumberland",)
