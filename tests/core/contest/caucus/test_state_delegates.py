"""What a delegate is worth, satellites among the units, and rooms that newspapers told of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.caucus.count import count
from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from tests.core.contest.outside import outside_json, outside_rows
from tests.core.contest.rulesets import IOWA_2016, IOWA_2020

if TYPE_CHECKING:
    from tests.core.conftest import Vectors


def test_the_rate_of_a_county_is_exact(vectors: Vectors) -> None:
    rates = vectors.json("contests/dnc_proportional.json")["sde_rate"]

    assert len(rates) == 2
    for rate in rates:
        report = {
            "unit": rate["county"],
            "delegates": rate["precinct_delegates"],
            "first": {"A": 40},
            "final": {"A": 40},
            "rate": {name: rate[name] for name in ("state_delegates", "county_delegates")},
        }
        found = Fraction(count(report, IOWA_2020, Lots()).result["sde"]["A"])
        assert abs(found - Fraction(rate["sde"])) < Fraction(1, 10**15)


def _unit(name: str, **more: Any) -> dict[str, Any]:
    return {
        "unit": name,
        "delegates": 4,
        "first": {"A": 30, "B": 10},
        "final": {"A": 30, "B": 10},
        **more,
    }


def test_a_satellite_whose_worth_is_not_known_adds_delegates_and_no_state_delegates() -> None:
    said = {
        "units": [
            _unit("Mill Lane", rate={"state_delegates": 4, "county_delegates": 51}),
            _unit("Palm Springs", kind="satellite"),
            _unit("by telephone", kind="tele", rate="1/2"),
        ]
    }

    found = METHODS["caucus"].count(said, IOWA_2016, Lots())

    totals = found.result["totals"]
    assert [one["kind"] for one in found.result["units"]] == ["precinct", "satellite", "tele"]
    assert totals["delegates"] == {"A": 9, "B": 3}
    assert totals["units_without_rate"] == 1
    assert totals["sde"] == {
        "A": str(Fraction(12, 51) + Fraction(3, 2)),
        "B": str(Fraction(4, 51) + Fraction(1, 2)),
    }
    assert totals["sde_percent"] == {
        "from exact numbers": {"A": "75.00", "B": "25.00"},
        "rounded before dividing": {"A": "66.67", "B": "33.33"},
    }
    assert (totals["units"], totals["attendance"], totals["open"]) == (3, 120, 0)
    assert METHODS["caucus"].check(said, IOWA_2016, Lots(), found) == []


def test_totals_that_do_not_add_up_are_found() -> None:
    said = {"units": [_unit("Mill Lane", rate="1/9"), _unit("High Street", rate="1/9")]}
    found = METHODS["caucus"].count(said, IOWA_2016, Lots())

    assert METHODS["caucus"].check(said, IOWA_2016, Lots(), found) == []
    percent = found.result["totals"]["sde_percent"]
    for wrong in (
        {"delegates": {"A": 7, "B": 2}},
        {"sde": {"A": "1", "B": "2/9"}},
        {"sde": {"A": found.result["totals"]["sde"]["A"]}},
        {"sde": {}},
        {"sde_percent": {**percent, "rounded before dividing": {"A": "75.00", "B": "25.00"}}},
        {"sde_percent": {**percent, "from exact numbers": {"A": "75.01", "B": "25.00"}}},
        {"attendance": 81},
        {"open": 1},
        {"units": 3},
        {"units_without_rate": 1},
    ):
        totals = {**found.result["totals"], **wrong}
        changed = type(found)(found.method, {**found.result, "totals": totals}, found.transcript)
        assert METHODS["caucus"].check(said, IOWA_2016, Lots(), changed), wrong


def test_rooms_that_newspapers_told_of() -> None:
    told = outside_json("caucus/ia2016_expected_results.json")["press_precinct_cases"]
    branch, springdale, ames, *halves = told

    west = count(
        {"unit": "West Branch", "delegates": 12, "attendance": 218, "final": branch["final"]},
        IOWA_2016,
        Lots(),
    )
    assert west.tie is None, "the coin that was tossed was not asked for"
    assert west.result["awarded"] == branch["rule_result"] != branch["announced_on_night"]
    other = count(
        {"unit": "Springdale", "delegates": 6, "attendance": 123, "final": springdale["final"]},
        IOWA_2016,
        Lots(),
    )
    assert other.result["awarded"] == springdale["rule_result"]
    spare = count(
        {"unit": "Ames", "delegates": 8, "attendance": ames["checked_in"], "final": ames["final"]},
        IOWA_2016,
        Lots(),
    )
    assert spare.tie is None, "no coin was needed here either"
    assert {"Clinton": 5, "Sanders": 3}.items() <= spare.result["awarded"].items()
    assert ames["missing"] == 60
    assert "60 of 484 who attended stand in no group." in spare.flags[0]
    for room in halves:
        even = {
            "unit": room["precinct"],
            "delegates": 5,
            "attendance": sum(room["final"].values()),
            "final": room["final"],
        }
        tie = count(even, IOWA_2016, Lots()).tie
        assert tie is not None
        assert set(tie.among) == {"Clinton", "Sanders"}


def test_the_roster_of_2016_adds_up_to_11065_delegates() -> None:
    rows = outside_rows("caucus/ia2016_precinct_delegates.csv")

    # The file has no head, so its first precinct was read as one.
    assert len(rows) == 1_680
    assert sum(int(row["6"]) for row in rows) + 6 == 11_065


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"rate": {"state_delegates": 4, "county_delegates": 0}},
            "«county_delegates» must not be less than 1",
        ),
        ({"rate": "4/0"}, "«rate» must be written like"),
        ({"rate": 0.5}, "«rate» must be written like"),
        ({"delegates": 1_001}, "«delegates» is more than 1000"),
        ({"delegates": None}, "«delegates» is missing"),
        ({"delegates": "4"}, "«delegates» must be a whole number, not «4»"),
        ({"attendance": 39}, "«first» has 40 people, but only 39 attended"),
        ({"final": {"A": 401}}, "«final» has 401 people, but only 40 attended"),
        ({"kind": "lake"}, "«kind» must be one of precinct, satellite, tele"),
        ({"first": {f"g{number}": 1 for number in range(101)}}, "more than 100 groups"),
        ({"final": {"A": -1}}, "«final of A» must not be negative: -1"),
        ({"final": {"": 1}}, "«final» needs names"),
        ({"final": [1]}, "«final» must be numbers by name"),
        ({"lots": [{}]}, "Mill Lane, lot 1: «step» must name"),
    ],
)
def test_a_report_that_cannot_be_meant_names_unit_and_field(
    more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        count(_unit("Mill Lane", **more), IOWA_2020, Lots())

    assert sentence in str(refused.value)
    assert str(refused.value).startswith("Mill Lane")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"viability": []}, "«viability» must be a list"),
        ({"viability": [4]}, "«viability» must be a list"),
        ({"viability": [{"share": "15 %"}]}, "«share» must be written like"),
        ({"viability": [{"up_to": 2, "share": "1/4"}]}, "only its last row has no «up_to»"),
        (
            {
                "viability": [
                    {"up_to": 3, "share": "1/4"},
                    {"up_to": 2, "share": "1/4"},
                    {"share": "1/4"},
                ]
            },
            "must go up",
        ),
        ({"viability": [{"share": "1/4"}, {"share": "1/4"}]}, "must go up"),
        (
            {
                "viability": [
                    {"up_to": 2, "share": "1/4"},
                    {"up_to": 2, "share": "1/4"},
                    {"share": "1/4"},
                ]
            },
            "must go up",
        ),
        ({"locked": "yes"}, "must be true or false"),
        ({"too_many_groups": "toss"}, "«too_many_groups» must be one of"),
        ({"citation": "a book"}, "«citation» must be texts by name"),
        ({"high_card": {"ranks": []}}, "«high_card» must list"),
    ],
)
def test_rules_that_cannot_be_meant_name_the_field(more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        count(_unit("Mill Lane"), {**IOWA_2020, **more}, Lots())
