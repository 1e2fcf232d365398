"""Law: a suggestion keeps its promise exactly, and signing up one more would break it."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from hustings.core.shifts.check import (
    broken_suggestion,
    chance_exactly,
    share_below_exactly,
)
from hustings.core.shifts.overbooking import (
    FEWEST,
    LIMITS,
    Figures,
    chance_of_more,
    share_below,
    suggest,
)

TENTH = Fraction(1, 10)


@st.composite
def figures(draw: st.DrawFn, most: int = 60) -> Figures:
    said_yes = draw(st.integers(0, most))
    return Figures(said_yes, draw(st.integers(0, said_yes)))


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 8), figures())
def test_a_suggestion_keeps_its_promise_and_one_more_would_break_it(
    room: int, mine: Figures
) -> None:
    made = suggest(room, mine)
    if made.sign_up > 40:  # nearly nobody comes: the judge's whole numbers would take minutes
        assert chance_of_more(room, made.sign_up, mine) <= 0.1
        return

    assert (
        broken_suggestion(
            room, made.sign_up, mine.said_yes, mine.came, few=mine.are_few, chance=TENTH
        )
        == []
    )


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 6), st.integers(0, 16), figures())
def test_the_chance_is_that_of_whole_numbers(room: int, signed_up: int, mine: Figures) -> None:
    exactly = chance_exactly(room, signed_up, mine.said_yes, mine.came, few=mine.are_few)

    assert chance_of_more(room, signed_up, mine) == pytest.approx(float(exactly), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(figures(), st.sampled_from([LIMITS, 0.5, 1 - LIMITS]))
def test_the_limits_of_the_share_are_those_of_whole_numbers(mine: Figures, part: float) -> None:
    x = Fraction(share_below(mine, part))

    assert float(share_below_exactly(x, mine.said_yes, mine.came)) == pytest.approx(part, abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 30), st.integers(FEWEST, 60), st.data())
def test_where_more_come_fewer_are_signed_up(room: int, said_yes: int, data: st.DataObject) -> None:
    came = data.draw(st.integers(5, said_yes - 1))

    assert (
        suggest(room, Figures(said_yes, came + 1)).sign_up
        <= suggest(room, Figures(said_yes, came)).sign_up
    )


def _as_if_the_share_were_known(room: int, mine: Figures) -> int:
    """A plain binomial with the share itself: it forgets how little the figures say."""
    share, many = mine.came / max(1, mine.said_yes), room
    while many < 40:
        more = sum(
            comb(many + 1, k) * share**k * (1 - share) ** (many + 1 - k)
            for k in range(room + 1, many + 2)
        )
        if more > 0.1:
            return many
        many += 1
    return many


def _room_by_share(room: int, mine: Figures) -> int:
    return min(40, room * mine.said_yes // max(1, mine.came))


def _one_too_many(room: int, mine: Figures) -> int:
    return suggest(room, mine).sign_up + 1


def _one_too_few(room: int, mine: Figures) -> int:
    return suggest(room, mine).sign_up - 1


@pytest.mark.parametrize(
    "planted", [_as_if_the_share_were_known, _room_by_share, _one_too_many, _one_too_few]
)
def test_the_judge_finds_a_planted_bug(planted: object) -> None:
    assert callable(planted)

    def found(case: tuple[int, int]) -> bool:
        room, came = case
        return bool(
            broken_suggestion(
                room, planted(room, Figures(24, came)), 24, came, few=False, chance=TENTH
            )
        )

    find(
        st.tuples(st.integers(2, 6), st.integers(12, 24)),
        found,
        settings=settings(max_examples=60, database=None, derandomize=True, deadline=None),
    )
