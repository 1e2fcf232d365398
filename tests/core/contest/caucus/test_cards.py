"""Cards on record decide as the rule says: the high card keeps the delegate, spades before hearts."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.core.contest.caucus.count import count
from hustings.core.contest.lot import Lot, Lots
from hustings.core.errors import BadInput
from tests.core.contest.rulesets import IOWA_2020, NEVADA_2020

LOSS = {"unit": "Mill Lane", "delegates": 5, "attendance": 60, "final": {"A": 20, "B": 20, "C": 20}}
GAIN = {
    "unit": "Mill Lane",
    "delegates": 7,
    "attendance": 120,
    "final": {"A": 40, "B": 40, "C": 40},
}


def drawn(
    said: dict[str, Any], chosen: str, cards: Any, rules: dict[str, Any] = NEVADA_2020
) -> dict[str, int]:
    tie = count(said, rules, Lots()).tie
    assert tie is not None
    lot = Lot(tie.step, tie.among, (chosen,), "physical", {"cards": cards})
    awarded: dict[str, int] = count(said, rules, Lots([lot])).result["awarded"]
    return awarded


def test_the_lowest_card_loses_and_the_suit_decides_between_equals() -> None:
    cards = {"A": "10 of hearts", "B": "10 of spades", "C": "A of clubs"}

    assert drawn(LOSS, "A", cards) == {"A": 1, "B": 2, "C": 2}
    with pytest.raises(BadInput, match="fell on A, not on B"):
        drawn(LOSS, "B", cards)


def test_the_high_card_gets_the_delegate_that_is_left() -> None:
    cards = {"A": "10 of hearts", "B": "10 of spades", "C": "2 of clubs"}

    assert drawn(GAIN, "B", cards) == {"A": 2, "B": 3, "C": 2}
    with pytest.raises(BadInput, match="fell on B, not on C"):
        drawn(GAIN, "C", cards)


@pytest.mark.parametrize(
    ("cards", "sentence"),
    [
        ({"A": "joker", "B": "2 of clubs", "C": "3 of clubs"}, "«joker» is no card"),
        ({"A": "2 of clubs", "B": "2 of clubs", "C": "3 of clubs"}, "drawn twice"),
        ({"A": "2 of clubs", "B": "3 of clubs"}, "one for each of A, B, C"),
        ("2 of clubs", "one for each of A, B, C"),
    ],
)
def test_what_is_no_draw_is_said(cards: Any, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        drawn(LOSS, "A", cards)


def test_where_the_rules_toss_coins_cards_are_only_kept() -> None:
    assert drawn(LOSS, "B", {"A": "nothing"}, IOWA_2020) == {"A": 2, "B": 1, "C": 2}
