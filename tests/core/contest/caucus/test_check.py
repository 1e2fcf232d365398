"""The judge finds nothing in what was counted, and finds every count that was tampered with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.contest.caucus.check import check
from hustings.core.contest.caucus.count import count
from hustings.core.contest.lot import Lot, Lots
from tests.core.contest.caucus.published import as_report
from tests.core.contest.caucus.rooms import RULES, rooms
from tests.core.contest.rulesets import IOWA_2020

if TYPE_CHECKING:
    from hustings.core.contest.count import Count
    from tests.core.conftest import Vectors


def _drawn(said: dict[str, Any], rules: dict[str, Any], which: int) -> tuple[Count, Lots]:
    """Counted with a lot for every tie, each of them the outcome number ``which``, round and round."""
    lots: tuple[Lot, ...] = ()
    while (found := count(said, rules, Lots(lots))).tie is not None:
        outcomes = list(found.tie.outcomes())
        lots = (*lots, Lot(found.tie.step, found.tie.among, outcomes[which % len(outcomes)]))
    return found, Lots(lots)


@settings(deadline=None)
@given(rooms(), st.sampled_from(RULES), st.integers(0, 50))
def test_nothing_is_wrong_with_a_count(
    said: dict[str, Any], rules: dict[str, Any], which: int
) -> None:
    assert check(said, rules, Lots(), count(said, rules, Lots())) == []
    found, lots = _drawn(said, rules, which)
    assert check(said, rules, lots, found) == []


@settings(deadline=None)
@given(rooms(), st.sampled_from(RULES), st.integers(0, 50), st.data())
def test_a_delegate_moved_by_hand_is_found(
    said: dict[str, Any], rules: dict[str, Any], which: int, data: st.DataObject
) -> None:
    del said["rate"]
    found, lots = _drawn(said, rules, which)
    awarded = dict(found.result["awarded"])
    having = [group for group, delegates in awarded.items() if delegates]
    if len(awarded) < 2 or not having:
        return
    giver = data.draw(st.sampled_from(having))
    taker = data.draw(st.sampled_from([group for group in awarded if group != giver]))
    awarded[giver] -= 1
    awarded[taker] += 1

    tampered = replace(found, result={**found.result, "awarded": awarded})

    assert check(said, rules, lots, tampered)


@settings(deadline=None)
@given(rooms(), st.sampled_from(RULES), st.integers(0, 50))
def test_a_delegate_more_or_less_is_found(
    said: dict[str, Any], rules: dict[str, Any], which: int
) -> None:
    del said["rate"]
    found, lots = _drawn(said, rules, which)
    for group in found.result["awarded"]:
        for change in (1, -1):
            awarded = dict(found.result["awarded"])
            awarded[group] += change
            assert check(
                said, rules, lots, replace(found, result={**found.result, "awarded": awarded})
            )


def test_nothing_is_wrong_with_any_precinct_of_2020(vectors: Vectors) -> None:
    rows = vectors.json("caucus/iowa2020_precincts.json")["precincts"]

    assert len(rows) == 1_305
    for row in rows:
        said = as_report(row)
        assert check(said, IOWA_2020, Lots(), count(said, IOWA_2020, Lots())) == [], said
        found, lots = _drawn(said, IOWA_2020, 1)
        assert check(said, IOWA_2020, lots, found) == [], said


def test_a_lot_that_nobody_drew_is_missed() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 6,
        "attendance": 200,
        "final": {"A": 100, "B": 50, "C": 50},
    }
    found, lots = _drawn(said, IOWA_2020, 0)

    assert check(said, IOWA_2020, lots, found) == []
    assert check(said, IOWA_2020, Lots(), found) == [
        "B and C are equal, and no lot for them is on record."
    ]


@settings(deadline=None)
@given(rooms(), st.sampled_from(RULES))
def test_a_tie_that_leaves_somebody_out_or_takes_somebody_in_is_found(
    said: dict[str, Any], rules: dict[str, Any]
) -> None:
    found = count(said, rules, Lots())
    if found.tie is None:
        return
    tie = found.tie
    others = [group for group in said["final"] if group not in tie.among]
    changed = [tie.among[1:]] if len(tie.among) - 1 > tie.choose else []
    changed += [(*tie.among, other) for other in others]
    for among in changed:
        assert check(said, rules, Lots(), replace(found, tie=replace(tie, among=among))), among
    if tie.choose + 1 < len(tie.among):
        assert check(said, rules, Lots(), replace(found, tie=replace(tie, choose=tie.choose + 1)))


TIED: dict[str, tuple[dict[str, Any], dict[str, int], str]] = {
    "one less": (
        {"delegates": 18, "attendance": 60, "final": {"A": 15, "B": 15, "C": 15, "D": 15}},
        {"A": 5, "B": 4, "C": 4, "D": 4},
        "A is as far ahead as those who draw, and draws not.",
    ),
    "one more": (
        {"delegates": 7, "attendance": 120, "final": {"A": 40, "B": 40, "C": 40}},
        {"A": 2, "B": 2, "C": 2},
        "A is as near as those who draw, and draws not.",
    ),
    "more groups": (
        {"delegates": 2, "attendance": 120, "final": {"A": 40, "B": 40, "C": 40}},
        {},
        "The tie for who must realign is not among the smallest groups.",
    ),
    "the one": (
        {"delegates": 1, "attendance": 120, "final": {"A": 40, "B": 40, "C": 40}},
        {"A": 0, "B": 0, "C": 0},
        "The tie for the one delegate is not among those with the most members.",
    ),
}


@pytest.mark.parametrize("what", TIED)
def test_a_tie_without_one_of_the_equals_is_found(what: str) -> None:
    """All else adds up: as many are awarded or hang on the lot as there are."""
    room, awarded, sentence = TIED[what]
    said = {"unit": "Mill Lane", **room}
    found = count(said, IOWA_2020, Lots())
    tie = found.tie
    assert tie is not None
    assert tie.step.startswith(what)
    short = replace(tie, among=tie.among[1:], choose=2 if what == "one less" else 1)
    result = {**found.result, "awarded": awarded, "open": 2 if what == "more groups" else 1}

    assert check(said, IOWA_2020, Lots(), replace(found, tie=short, result=result)) == [sentence]


def test_a_larger_group_that_had_to_leave_for_a_smaller_one_is_found() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 2,
        "attendance": 100,
        "final": {"A": 40, "B": 30, "C": 29, "D": 25},
    }
    found = count(said, IOWA_2020, Lots())
    assert found.result["awarded"] == {"A": 1, "B": 1}

    turned = replace(found, result={**found.result, "awarded": {"A": 1, "C": 1}})

    assert check(said, IOWA_2020, Lots(), turned) == [
        "A larger group had to realign while a smaller one stands."
    ]


def test_a_lot_for_one_more_that_nobody_drew_is_missed() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 7,
        "attendance": 120,
        "final": {"A": 40, "B": 40, "C": 40},
    }
    found, lots = _drawn(said, IOWA_2020, 0)

    assert check(said, IOWA_2020, lots, found) == []
    assert sorted(check(said, IOWA_2020, Lots(), found)) == [
        "A and B are equal, and no lot for them is on record.",
        "A and C are equal, and no lot for them is on record.",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "Elsewhere"), ("kind", "tele"), ("delegates", 5), ("attendance", 21), ("viability", 2),
        ("sde", {"Ash": "2/51"}), ("sde", {"Ash": "1", "Birch": "2/51"}), ("sde", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delegates", [4, 1])
def test_what_stands_beside_the_award_is_judged_too(field: str, value: Any, delegates: int) -> None:
    said = {
        "unit": "Mill Lane", "delegates": delegates, "attendance": 20, "final": {"Ash": 12, "Birch": 8},
        "rate": {"state_delegates": 1, "county_delegates": 51},
    }  # fmt: skip
    found = count(said, IOWA_2020, Lots())
    assert check(said, IOWA_2020, Lots(), found) == []

    bent = replace(found, result={**found.result, field: value})

    assert len(check(said, IOWA_2020, Lots(), bent)) >= 1


def test_state_delegates_that_were_left_out_are_missed() -> None:
    said = {
        "unit": "Mill Lane", "delegates": 4, "attendance": 20, "final": {"Ash": 12, "Birch": 8},
        "rate": {"state_delegates": 1, "county_delegates": 51},
    }  # fmt: skip
    found = count(said, IOWA_2020, Lots())
    without = {field: value for field, value in found.result.items() if field != "sde"}

    assert check(said, IOWA_2020, Lots(), replace(found, result=without)) != []
