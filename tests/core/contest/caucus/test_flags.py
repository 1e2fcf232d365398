"""What is odd is said in a sentence and counted as it stands."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hustings.core.contest.caucus.check import check
from hustings.core.contest.caucus.count import count
from hustings.core.contest.caucus.rules import SMALLEST_REALIGN, CaucusRules
from hustings.core.contest.lot import Lot, Lots
from hustings.core.errors import BadInput
from tests.core.contest.rulesets import IOWA_2016, IOWA_2020, NEVADA_2020

HELD = {"delegates": 4, "first": {"A": 30, "B": 10}, "final": {"A": 30, "B": 10}}


@pytest.mark.parametrize(
    ("said", "rules", "flags", "awarded"),
    [
        (HELD, IOWA_2020, (), {"A": 3, "B": 1}),
        ({**HELD, "delegates": 0}, IOWA_2020, ("This unit elects no delegate.",), {}),
        (
            {"delegates": 4, "attendance": 0, "final": {"A": 0}},
            IOWA_2020,
            ("Nobody attended, so nobody is elected.",),
            {},
        ),
        (
            {**HELD, "final": {"A": 5, "B": 5}},
            IOWA_2016,
            ("No group is viable at the end, and the rule does not say what follows.",),
            {},
        ),
        (
            {"delegates": 1, "attendance": 3, "final": {}},
            IOWA_2020,
            ("Nobody is reported to have been there.",),
            {},
        ),
        (
            {"delegates": 1, "first": {"A": 3, "B": 2}, "final": {}},
            IOWA_2020,
            ("No final count was reported; the first one is counted.",),
            {"A": 1, "B": 0},
        ),
        (
            {**HELD, "final": {"A": 31, "B": 10}},
            IOWA_2020,
            ("41 people are in the final alignment, 40 attended.",),
            {"A": 3, "B": 1},
        ),
        (
            {**HELD, "final": {"A": 31, "B": 9}},
            IOWA_2020,
            (
                "B was viable with 10 and has 9 at the end, though nobody may leave a viable group.",
            ),
            {"A": 3, "B": 1},
        ),
        ({**HELD, "final": {"A": 31, "B": 9}}, IOWA_2016, (), {"A": 3, "B": 1}),
        (
            {"delegates": 4, "attendance": 76, "final": {"A": 13, "B": 13, "C": 13, "D": 13, "E": 24}},
            NEVADA_2020,
            ("5 delegates for 4: each viable group keeps its only one.",),
            {"A": 1, "B": 1, "C": 1, "D": 1, "E": 1},
        ),
        (
            {"delegates": 10, "attendance": 75, "final": {"D": 23, "E": 27}},
            IOWA_2020,
            (
                "Delegates are left though each group that was rounded down has one more; the rule does not "
                "say who gets them, and the order of the first time is kept. "
                "25 of 75 who attended stand in no group.",
            ),
            {"D": 5, "E": 5},
        ),
        ({"delegates": 10, "attendance": 75, "final": {"D": 23, "E": 27}}, NEVADA_2020, (), {"D": 5, "E": 5}),
    ],
)  # fmt: skip
def test_a_flag_and_the_count_beside_it(
    said: dict[str, Any], rules: dict[str, Any], flags: tuple[str, ...], awarded: dict[str, int]
) -> None:
    found = count({"unit": "Mill Lane", **said}, rules, Lots())

    assert found.flags == flags
    assert found.result["awarded"] == awarded
    assert found.tie is None


def test_who_exactly_reaches_the_share_is_viable() -> None:
    for delegates, attendance, least in ((4, 40, 6), (2, 40, 10), (3, 42, 7)):
        said = {
            "unit": "Mill Lane",
            "delegates": delegates,
            "attendance": attendance,
            "final": {"A": least, "B": least - 1},
        }
        found = count(said, IOWA_2020, Lots()).result
        assert found["viability"] == least
        assert set(found["awarded"]) == {"A"}


def test_what_is_open_is_as_many_as_hang_on_the_lot() -> None:
    three = {
        "unit": "Mill Lane",
        "delegates": 2,
        "attendance": 9,
        "final": {"A": 3, "B": 3, "C": 3},
    }
    one = {**three, "delegates": 1}
    more = {**three, "delegates": 7, "attendance": 120, "final": {"A": 40, "B": 40, "C": 40}}

    for said, opened, awarded in (
        (three, 2, {}),
        (one, 1, {"A": 0, "B": 0, "C": 0}),
        (more, 1, {"A": 2, "B": 2, "C": 2}),
    ):
        found = count(said, IOWA_2020, Lots())
        assert found.tie is not None
        assert (found.result["open"], found.result["awarded"]) == (opened, awarded)


def test_a_lot_where_nothing_is_equal_is_refused() -> None:
    with pytest.raises(
        BadInput,
        match="Mill Lane: There is a lot for «one less, turn 1», but nothing is equal there",
    ):
        count(
            {"unit": "Mill Lane", **HELD},
            IOWA_2020,
            Lots([Lot("one less, turn 1", ("A", "B"), ("A",))]),
        )


def test_a_lot_that_was_drawn_is_told_in_the_order_of_the_input() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 18,
        "attendance": 60,
        "final": {"A": 15, "B": 15, "C": 15, "D": 15},
    }
    lot = Lot("one less, turn 1", ("D", "C", "B", "A"), ("D", "B"))

    found = count(said, IOWA_2020, Lots([lot]))

    assert found.result["awarded"] == {"A": 5, "B": 4, "C": 5, "D": 4}
    assert found.transcript.steps[-1].sentence == "B, D: one less. Together 18."


def test_what_a_ruleset_does_not_say() -> None:
    """Groups are not locked, numbers are exact, and what is left over twice is flagged."""
    rules = CaucusRules.read(
        {"too_many_groups": SMALLEST_REALIGN, "viability": [{"share": "3/20"}]}
    )

    assert (rules.locked, rules.further_passes, rules.tie_places, rules.cards) == (
        False,
        False,
        None,
        None,
    )
    assert rules.round_up_from == Fraction(1, 2)
    assert rules.says("viability") == ""


def test_where_no_group_is_viable_every_delegate_is_open() -> None:
    said = {"unit": "Mill Lane", **HELD, "final": {"A": 5, "B": 5}}

    found = count(said, IOWA_2016, Lots())

    assert (found.result["open"], found.tie) == (4, None)
    assert check(said, IOWA_2016, Lots(), found) == []
    decided = replace(found, result={**found.result, "open": 0})
    assert check(said, IOWA_2016, Lots(), decided) == [
        "0 delegates are said to be open, but 4 are."
    ]


def test_the_one_delegate_is_open_where_nobody_of_those_who_came_stands_anywhere() -> None:
    said = {"unit": "Mill Lane", "delegates": 1, "attendance": 3, "final": {}}

    found = count(said, IOWA_2020, Lots())

    assert found.result["open"] == 1
    assert check(said, IOWA_2020, Lots(), found) == []


def test_a_lot_for_another_tie_is_told_of_while_the_real_one_is_open() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 6,
        "attendance": 200,
        "final": {"A": 100, "B": 50, "C": 50},
    }

    found = count(said, IOWA_2020, Lots([Lot("one more, turn 3", ("B", "C"), ("B",))]))

    assert found.tie is not None
    assert found.flags == ("The lot for «one more, turn 3» was asked for by no tie.",)


def test_who_has_to_realign_is_told_that_delegates_are_fewer_than_groups() -> None:
    said = {
        "unit": "Mill Lane",
        "delegates": 2,
        "attendance": 100,
        "final": {"A": 40, "B": 32, "C": 28},
    }

    assert count(said, IOWA_2020, Lots()).flags == (
        "C had to realign, since there are fewer delegates than groups; "
        "the report says them still standing.",
    )
