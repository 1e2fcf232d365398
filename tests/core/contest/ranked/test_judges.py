"""The judges find what was changed in a count that was right."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.check import check_irv
from hustings.core.contest.ranked.check_stv import check_stv
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.contest.ranked.stv_scottish import count_stv

if TYPE_CHECKING:
    from collections.abc import Callable

GIVEN: dict[str, Any] = {
    "candidates": ["A", "B", "C", "D"],
    "seats": 2,
    "ballots": [
        [11, ["A", "B"]],
        [6, ["B", "C"]],
        [5, ["C", "B"]],
        [3, ["D", "C"]],
        [1, []],
        [1, ["D", "", "", "A"]],
    ],
}
ONE_SEAT = GIVEN | {"seats": 1}
RULES = {"maxSkippedRanksAllowed": 1, "numberOfWinners": 1}
SEVERAL = {
    "winnerElectionMode": "multiWinnerAllowMultipleWinnersPerRound",
    "numberOfWinners": 2,
}


def changed(result: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    found = deepcopy(result)
    change(found)
    return found


def swap(one: str, other: str) -> Callable[[dict[str, Any]], None]:
    def change(result: dict[str, Any]) -> None:
        tally = result["rounds"][0]["tally"]
        tally[one], tally[other] = tally[other], tally[one]

    return change


def put(number: int, field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(result: dict[str, Any]) -> None:
        (result.get("rounds") or result["stages"])[number][field] = value

    return change


def top(field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(result: dict[str, Any]) -> None:
        result[field] = value

    return change


def without_last(result: dict[str, Any]) -> None:
    (result.get("rounds") or result["stages"]).pop()


def one_more(result: dict[str, Any]) -> None:
    rounds = result.get("rounds") or result["stages"]
    rounds.append(deepcopy(rounds[-1]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (swap("B", "C"), "round 1: B has 6, not 5."),
        (put(0, "threshold", 12), "round 1: the threshold is 14, not 12."),
        (put(0, "eliminated", ["C"]), "round 1: C cannot be who is eliminated."),
        (put(0, "eliminated", []), "round 1: nobody cannot be who is eliminated."),
        (put(0, "eliminated", ["C", "D"]), "round 1: C, D cannot be who is eliminated."),
        (put(0, "elected", ["A"]), "round 1: A cannot be elected here."),
        (put(-1, "elected", ["A"]), "round 3: A cannot be who is elected."),
        (put(-1, "eliminated", ["A"]), "round 3: C cannot be who is elected."),
        (put(0, "inactive", {"exhausted": 1}), "round 1: ballots were lost or won."),
        (put(1, "inactive", {"exhausted": 1}), "round 2: 1 ballots are skipped."),
        (put(1, "residual surplus", 1), "round 2: the residual surplus is 0."),
        (put(0, "transfers", {"D": {"C": 4}}), "round 1: the transfers from and to C are not"),
        (put(0, "transfers", {}), "round 1: the transfers from and to D are not"),
        (put(0, "transfers", {"A": {"B": 0}}), "round 1: A neither won nor went out"),
        (put(-1, "transfers", {"A": {"B": 1}}), "round 3: votes go on after the last round."),
        (put(1, "round", 7), "round 2: the rounds are not numbered 1, 2, 3 …"),
        (top("elected", ["A"]), "The elected are not those whom the rounds elect, in their order."),
        (top("ballots", 26), "The number of ballots is not that of the file."),
        (top("undervotes", 0), "The number of undervotes is not that of the file."),
        (without_last, "round 2: the count ended too early."),
        (one_more, "round 3: the count should have ended here."),
        (put(0, "pass", 2), "The passes are not numbered 1, 2, 3 …"),
    ],
)
def test_what_was_changed_in_a_run_off_is_found(
    change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    count = count_irv(ONE_SEAT, RULES, Lots())
    assert count.result["elected"] == ["C"]
    assert check_irv(ONE_SEAT, RULES, Lots(), count) == []
    false = replace(count, result=changed(dict(count.result), change))
    found = check_irv(ONE_SEAT, RULES, Lots(), false)
    assert any(sentence in each for each in found), found


def test_a_share_that_is_rounded_up_is_found() -> None:
    count = count_irv(GIVEN, SEVERAL, Lots())
    assert check_irv(GIVEN, SEVERAL, Lots(), count) == []
    second = count.result["rounds"][1]
    assert second["tally"]["B"] != 6

    def more(result: dict[str, Any]) -> None:
        tally = result["rounds"][1]["tally"]
        tally["B"] = str(Fraction(tally["B"]) + Fraction(1, 10_000))

    false = replace(count, result=changed(dict(count.result), more))
    assert any("round 2: B has" in each for each in check_irv(GIVEN, SEVERAL, Lots(), false))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put(0, "elected", []), "stage 1: elected are A."),
        (put(0, "elected", ["A", "B"]), "elected are A."),
        (put(0, "action", "exclusion"), "stage 1: the count does not begin"),
        (put(1, "action", "exclusion"), "stage 2: here a surplus is due."),
        (put(1, "non-transferable", 1), "votes are non-transferable."),
        (put(1, "lost by cutting off", 1), "votes are lost by cutting off."),
        (put(1, "stage", 3), "stage 2: the stages are not numbered 1, 2, 3 …"),
        (put(0, "totals", {"A": 11, "B": 6, "C": 5, "D": 3}), "stage 1: D has 4 votes, not 3."),
        (put(0, "totals", {"A": 11, "B": 6, "C": 5}), "stage 1: D has 4 votes, not None."),
        (put(1, "transfers", {"B": 3}), "stage 2: 3 are said to go to B"),
        (top("blank", 0), "«blank» is 1, not 0."),
        (top("quota", 8), "«quota» is 9, not 8."),
        (top("elected", ["A"]), "«elected» is"),
        (top("valid", 20), "«valid» is 26, not 20."),
        (top("void", 0), "«void» is 1, not 0."),
        (top("ballots", 20), "«ballots» is 27, not 20."),
        (without_last, "The count ended with a seat open and candidates left."),
        (one_more, "all seats were filled before."),
    ],
)
def test_what_was_changed_in_a_council_is_found(
    change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    count = count_stv(GIVEN, {}, Lots())
    assert check_stv(GIVEN, {}, Lots(), count) == []
    false = replace(count, result=changed(dict(count.result), change))
    found = check_stv(GIVEN, {}, Lots(), false)
    assert any(sentence in each for each in found), found


def test_a_council_that_excludes_another_than_the_lowest_is_found() -> None:
    count = count_stv(GIVEN, {}, Lots())
    stages = count.result["stages"]
    place = next(at for at, stage in enumerate(stages) if stage["action"] == "exclusion")
    false = replace(count, result=changed(dict(count.result), put(place, "candidate", "B")))
    found = check_stv(GIVEN, {}, Lots(), false)
    assert f"stage {place + 1}: B is not whose exclusion it is." in found


EQUAL: dict[str, Any] = {
    "candidates": ["A", "B", "C"],
    "seats": 1,
    "ballots": [[4, ["A"]], [3, ["B"]], [3, ["C"]]],
}


def test_a_tie_decided_without_its_lot_is_found() -> None:
    for counting, judging, step in (
        (count_irv, check_irv, "round 1: elimination"),
        (count_stv, check_stv, "stage 2: exclusion"),
    ):
        lots = Lots([Lot(step, ("B", "C"), ("B",))])
        count = counting(EQUAL, {}, lots)
        assert count.tie is None
        assert judging(EQUAL, {}, lots, count) == []
        found = judging(EQUAL, {}, Lots(), count)
        assert any("equal votes were decided without a lot" in each for each in found)
        other = Lots([Lot(step, ("B", "C"), ("C",))])
        assert judging(EQUAL, {}, other, count) != []


def test_a_count_that_stops_for_no_reason_is_found() -> None:
    for counting, judging in ((count_irv, check_irv), (count_stv, check_stv)):
        stopped = counting(EQUAL, {}, Lots())
        assert stopped.tie is not None
        assert judging(EQUAL, {}, Lots(), stopped) == []
        asked = replace(stopped, tie=replace(stopped.tie, among=("A", "B")))
        assert judging(EQUAL, {}, Lots(), asked) != []
        asked = (ONE_SEAT, RULES) if counting is count_irv else (GIVEN, {})
        other = counting(*asked, Lots())
        false = replace(other, tie=stopped.tie)
        assert any("a lot that is not needed" in each for each in judging(*asked, Lots(), false))
