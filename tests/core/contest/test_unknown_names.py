"""What stands under a name that nothing reads is refused, not counted without it."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from tests.core.contest.rulesets import DNC, IOWA_2020, NEVADA_2020, OMOV, UK_PARLIAMENT

ROOM = {"unit": "Mill Lane", "delegates": 4, "attendance": 20, "final": {"A": 12, "B": 8}}
SEAT = {"unit": "X", "votes": {"A": 3, "B": 2}}
POOL = {**SEAT, "delegates": 5}
BALLOT = {"unit": "X", "sections": {"all": {"A": 3, "B": 2}}}
INPUTS = {
    "caucus": (ROOM, IOWA_2020),
    "plurality": (SEAT, UK_PARLIAMENT),
    "delegates": (POOL, DNC),
    "omov": (BALLOT, OMOV),
}


def counted(method: str, said: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    return METHODS[method].count(said, rules, Lots()).result


@pytest.mark.parametrize("twin", ["Ann ", "An\u200bn", "Ann\u2060", "Ann\u00a0"])
def test_names_that_look_the_same_are_not_two_candidates(twin: str) -> None:
    with pytest.raises(BadInput, match="stands twice in"):
        counted("plurality", {"unit": "X", "votes": {"Ann": 5, twin: 6}}, UK_PARLIAMENT)


def test_the_party_of_somebody_who_does_not_stand_is_refused_in_one_seat_too() -> None:
    with pytest.raises(BadInput, match="«parties» names Z, who has no votes here"):
        counted("plurality", {**SEAT, "parties": {"Z": "P"}}, UK_PARLIAMENT)


@pytest.mark.parametrize("method", INPUTS)
def test_a_slip_in_the_name_of_a_field_or_a_rule_is_refused(method: str) -> None:
    said, rules = INPUTS[method]
    counted(method, said, rules)

    with pytest.raises(BadInput, match=r"«attendence» means nothing here; there are .*unit"):
        counted(method, {**said, "attendence": 3}, rules)
    with pytest.raises(BadInput, match="«lockd» means nothing here"):
        counted(method, said, {**rules, "lockd": True})


@pytest.mark.parametrize("method", INPUTS)
def test_what_stands_beside_the_units_is_read_or_refused(method: str) -> None:
    said, rules = INPUTS[method]
    many = {"units": [said], "candidates": ["A", "B"], "contest": "Council"}
    counted(method, many, rules)

    with pytest.raises(BadInput, match="«lots» beside «units» are not read"):
        counted(method, {**many, "lots": []}, rules)
    with pytest.raises(BadInput, match="«electorate» means nothing here"):
        counted(method, {**many, "electorate": 9}, rules)
    with pytest.raises(BadInput, match="«candidates» stand beside «units»"):
        counted(method, {"units": [{**said, "candidates": ["A"]}]}, rules)


def test_rules_of_a_caucus_say_what_happens_with_too_many_groups() -> None:
    rules = {name: value for name, value in NEVADA_2020.items() if name != "too_many_groups"}

    with pytest.raises(BadInput, match="«too_many_groups» is missing; it must be smallest realign"):
        counted("caucus", ROOM, rules)
    with pytest.raises(BadInput, match="«upto» means nothing here"):
        counted("caucus", ROOM, {**NEVADA_2020, "viability": [{"upto": 3, "share": "1/4"}]})
    rate = {"state_delegates": 4, "county_delegates": 51, "delegates": 3}
    with pytest.raises(BadInput, match="«delegates» means nothing here"):
        counted("caucus", {**ROOM, "rate": rate}, NEVADA_2020)


def test_a_word_of_a_choice_may_have_capitals() -> None:
    assert counted("delegates", {**POOL, "pool": "District"}, DNC)["pool"] == "district"
    with pytest.raises(BadInput, match="«pool» must be one of district, at-large, pleo"):
        counted("delegates", {**POOL, "pool": "state"}, DNC)
