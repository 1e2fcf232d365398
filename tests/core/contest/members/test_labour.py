"""The leadership counts of 2015 and 2016 to the vote, and a college by thirds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hustings.core.contest.count import Count
from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from tests.core.contest.outside import outside_json
from tests.core.contest.rulesets import OMOV, THIRDS

METHOD = METHODS["omov"]


def counted(said: dict[str, Any], rules: dict[str, Any] = OMOV, *lots: Lot) -> Count:
    found = METHOD.count(said, rules, Lots(lots))
    assert METHOD.check(said, rules, Lots(lots), found) == []
    return found


def test_labour_2016_to_the_vote_with_turnout_by_both_definitions() -> None:
    told = outside_json("omov/labour_leadership_2015_2016.json")[0]

    found = counted(
        {
            "unit": told["contest"],
            "sections": told["sections"],
            "spoilt": told["spoilt"],
            "issued": told["ballots_distributed"],
        }
    ).result

    assert found["elected"] == "Jeremy Corbyn"
    assert found["totals"] == told["totals"] == {"Jeremy Corbyn": 313_209, "Owen Smith": 193_229}
    assert found["valid"] == told["valid_votes"] == 506_438
    assert found["percent"] == {"Jeremy Corbyn": "61.85", "Owen Smith": "38.15"}
    assert found["turnout"] == {"valid votes": "77.44", "valid and invalid votes": "77.60"}


def test_labour_2015_to_the_vote() -> None:
    told = outside_json("omov/labour_leadership_2015_2016.json")[1]

    found = counted(
        {
            "unit": told["contest"],
            "sections": told["first_round"],
            "spoilt": told["turnout_votes_reported"] - told["valid_votes"],
        }
    ).result

    assert found["elected"] == "Corbyn"
    assert found["round"] == told["rounds_needed"] == 1
    assert found["totals"] == told["totals"]
    assert found["valid"] == told["valid_votes"] == 422_664
    assert found["spoilt"] == 207
    assert [float(found["percent"][name]) for name in told["percent"]] == pytest.approx(
        list(told["percent"].values()), abs=0.06
    )
    assert found["turnout"] == {"valid votes": None, "valid and invalid votes": None}


def test_thirds_weigh_sections_whatever_their_votes() -> None:
    said = {
        "sections": {
            "parliament": {"A": 3, "B": 1},
            "members": {"A": 400, "B": 600},
            "unions": {"A": 1_000_000, "B": 1_000_000},
        }
    }

    found = counted(said, THIRDS).result

    assert Fraction(found["totals"]["A"]) == Fraction(3, 4) / 3 + Fraction(4, 10) / 3 + Fraction(
        1, 6
    )
    assert found["elected"] == "A"
    assert counted(said).result["elected"] == "B"


def test_sections_by_the_weights_of_the_rules() -> None:
    rules = {**OMOV, "sections": "by weight", "weights": {"members": "3/5", "unions": "2/5"}}
    said = {"sections": {"members": {"A": 1, "B": 0}, "unions": {"A": 0, "B": 900}}}

    assert counted(said, rules).result["totals"] == {"A": "3/5", "B": "2/5"}
    with pytest.raises(BadInput, match="must add up to 1"):
        METHOD.count(said, {**rules, "weights": {"members": "3/5", "unions": "3/5"}}, Lots())


ROUNDS = [
    {"members": {"A": 40, "B": 35, "C": 25}},
    {"members": {"A": 45, "B": 52}},
]


def test_votes_that_went_on_are_in_the_next_round() -> None:
    found = counted({"rounds": ROUNDS})

    assert (found.result["elected"], found.result["round"]) == ("B", 2)
    assert found.result["valid"] == 100


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        ([{"members": {"A": 400, "B": 600}}], "Round 2 has 1000 votes in «members», more than the 100"),
        ([{"members": {"A": 39, "B": 52}}], "A has 39 in «members» in round 2, and had 40 before"),
        ([ROUNDS[1], {"members": {"B": 52}}], "Round 2 decides, but there are 3 rounds"),
    ],
)  # fmt: skip
def test_votes_come_from_nowhere_in_no_round(later: list[Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        METHOD.count({"rounds": [ROUNDS[0], *later]}, OMOV, Lots())


WRONG: dict[str, Any] = {
    "elected": "A",
    "round": 1,
    "totals": {"A": 46, "B": 51},
    "percent": {"A": "46.40", "B": "53.60"},
    "by_section": {"members": {"A": 45, "B": 51}},
    "valid": 99,
    "spoilt": 1,
    "issued": 130,
    "turnout": {"valid votes": "83.34", "valid and invalid votes": "85.00"},
    "open": 1,
}


@pytest.mark.parametrize("field", WRONG)
def test_the_judge_finds_whatever_of_a_result_was_changed(field: str) -> None:
    said = {"rounds": ROUNDS, "spoilt": 2, "issued": 120}
    found = counted(said)
    bent = replace(found, result={**found.result, field: WRONG[field]})

    assert METHOD.check(said, OMOV, Lots(), bent) != []


def test_the_judge_asks_for_the_lot_by_which_one_of_equals_went_out() -> None:
    said = {"rounds": [{"m": {"A": 40, "B": 30, "C": 30}}, {"m": {"A": 45, "B": 52}}]}
    lot = Lot("round 1: the last", ("B", "C"), ("C",))
    found = counted(said, OMOV, lot)

    assert METHOD.check(said, OMOV, Lots(), found) != []
    assert METHOD.check(said, OMOV, Lots([replace(lot, chosen=("B",))]), found) != []


def test_a_round_that_is_not_there_is_a_sentence_of_the_judge() -> None:
    found = counted({"rounds": ROUNDS})

    assert METHOD.check(
        {"rounds": ROUNDS}, OMOV, Lots(), replace(found, result={**found.result, "round": 9})
    ) == ["There is no round 9 in the input."]


def test_without_the_next_round_nobody_is_elected() -> None:
    found = counted({"sections": ROUNDS[0]})

    assert found.result["elected"] is None
    assert found.result["open"] == 1
    assert found.flags[0].startswith("Nobody has more than half after round 1; C goes out")


def test_the_next_round_must_be_without_the_last_one() -> None:
    with pytest.raises(BadInput, match="Round 2 must be among A, B, since C went out"):
        METHOD.count({"rounds": [ROUNDS[0], {"members": {"A": 45, "C": 52}}]}, OMOV, Lots())


def test_two_equal_last_ones_need_a_lot() -> None:
    rounds = [{"members": {"A": 40, "B": 30, "C": 30}}, {"members": {"A": 45, "B": 52}}]

    found = counted({"rounds": rounds})

    assert found.tie is not None
    assert (found.tie.step, found.tie.among) == ("round 1: the last", ("B", "C"))
    assert (
        counted({"rounds": rounds}, OMOV, Lot(found.tie.step, ("B", "C"), ("C",))).result["elected"]
        == "B"
    )


def test_two_with_half_each_need_a_lot_for_the_election() -> None:
    said = {"sections": {"members": {"A": 5, "B": 5}}}

    found = counted(said)

    assert found.tie is not None
    assert found.tie.fate == "is elected"
    assert counted(said, OMOV, Lot(found.tie.step, ("A", "B"), ("B",))).result["elected"] == "B"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Either «sections» or «rounds»"),
        ({"sections": {"members": {"A": 1}, "unions": {"B": 1}}}, "the same candidates"),
        ({"sections": {"members": {"A": 0}}}, "not one vote"),
        ({"sections": {"members": {"A": 5}}, "issued": 4}, "only 4 papers issued"),
        ({"sections": {"members": {"A": True}}}, "members: |whole number"),
    ],
)
def test_bad_input_says_what(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        METHOD.count(said, OMOV, Lots())


def test_a_tampered_ballot_is_found() -> None:
    said = {"rounds": ROUNDS}
    found = METHOD.count(said, OMOV, Lots())

    for wrong in ({"elected": "A"}, {"totals": {"A": 1, "B": 2}}, {"valid": 9}, {"round": 1}):
        changed = Count(found.method, {**found.result, **wrong}, found.transcript)
        assert METHOD.check(said, OMOV, Lots(), changed), wrong


def test_weights_that_are_no_shares_by_section_are_refused() -> None:
    said = {"unit": "X", "sections": {"members": {"A": 3, "B": 2}}}
    rules = {"method": "omov", "sections": "by weight", "weights": ["members"]}
    with pytest.raises(BadInput, match="«weights» must be shares by section"):
        METHOD.count(said, rules, Lots())


def test_a_lot_for_another_tie_is_told_of_while_the_election_is_open() -> None:
    said = {"sections": {"members": {"A": 5, "B": 5}}}

    found = METHOD.count(said, OMOV, Lots([Lot("round 4: the last", ("A", "B"), ("B",))]))

    assert found.tie is not None
    assert found.flags == ("The lot for «round 4: the last» was asked for by no tie.",)
