"""Minutes a door: the middle shift, without ways and pauses, near the default while the doors are few."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.pace.check import broken_laws
from hustings.core.pace.minutes import Learned, Step, learned, outermost
from tests.core.laws.busy import BUSY

if TYPE_CHECKING:
    from collections.abc import Sequence

WALKING = 75.0
DEFAULT = 3.0


def what(shifts: Sequence[Sequence[Step]], default: float = DEFAULT) -> Learned | None:
    found = learned(shifts, default=default, metres_per_minute=WALKING)
    assert broken_laws(shifts, default, WALKING, found) == []
    return found


def shift(minutes: float, doors: int = 40, metres: float = 15.0) -> list[Step]:
    """Doors that take so long each, and the way between them on top."""
    return [Step(60 * minutes + 60 * metres / WALKING, metres)] * doors


def known(found: Learned | None) -> Learned:
    assert found is not None
    return found


def test_many_doors_say_what_they_took_without_the_ways_between_them() -> None:
    found = known(what([shift(2.0, 400)] * 9))

    assert found.minutes == pytest.approx(2.0, abs=0.03)
    assert (found.low, found.high) == pytest.approx((2.0, 2.0))
    assert (found.doors, found.shifts) == (3600, 9)


def test_few_doors_stay_near_the_default() -> None:
    found = known(what([shift(1.0, 10)] * 5))

    assert found.minutes == pytest.approx((50 * 1.0 + 100 * DEFAULT) / 150)


def test_fewer_than_five_shifts_or_ten_doors_say_nothing() -> None:
    assert what([shift(2.0)] * 4) is None
    assert what([shift(2.0, 9)] * 50) is None
    assert what([]) is None


def test_a_lunch_an_hour_long_moves_a_shift_by_ten_minutes_at_most() -> None:
    lunch = [*shift(2.0), Step(3600, 0)]
    found = known(what([lunch] * 7))

    assert found.low == pytest.approx((40 * 2 + 10) / 41)


def test_one_shift_that_was_typed_in_at_once_and_one_that_slept_do_not_move_the_middle() -> None:
    honest = [shift(2.0 + n / 100) for n in range(9)]
    odd = [[Step(0.5, 12)] * 40, [Step(9000, 12)] * 40]

    assert known(what([*honest, *odd])).minutes == pytest.approx(
        known(what(honest)).minutes, abs=0.05
    )


def test_quick_doors_and_long_talks_count_together_as_they_fell() -> None:
    mixed = [Step(45, 0)] * 24 + [Step(360, 0)] * 6

    assert known(what([mixed] * 400)).minutes == pytest.approx((24 * 0.75 + 6 * 6) / 30, abs=0.02)


@pytest.mark.parametrize(
    ("count", "out"), [(5, 0), (6, 0), (7, 0), (8, 0), (9, 1), (20, 5), (101, 40)]
)
def test_the_limits_leave_out_as_many_shifts_as_a_coin_allows(count: int, out: int) -> None:
    assert outermost(count) == out


@BUSY
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 900), st.integers(0, 200)), max_size=14), max_size=12
    ),
    st.floats(0.5, 8),
)
def test_the_judge_finds_nothing_whatever_was_walked(
    drawn: Sequence[Sequence[tuple[int, int]]], default: float
) -> None:
    what([[Step(*step) for step in steps] for steps in drawn], default)


@BUSY
@given(st.integers(5, 12), st.integers(10, 30), st.floats(1.1, 3))
def test_a_slower_shift_never_makes_the_figure_quicker(shifts: int, doors: int, by: float) -> None:
    before = [shift(1 + n / 10, doors) for n in range(shifts)]
    slower = [[Step(step.seconds * by, step.metres) for step in before[0]], *before[1:]]

    assert known(what(slower)).minutes >= known(what(before)).minutes - 1e-9


def test_the_limits_hold_the_truth_as_often_as_they_say() -> None:
    chance = random.Random(4)  # noqa: S311  # the same shifts each time
    inside = 0
    for _round in range(600):
        found = known(what([shift(chance.lognormvariate(0.7, 0.4), 10) for _n in range(11)]))
        inside += (
            found.low <= 2.013752707 <= found.high
        )  # e to the 0.7: the middle of all such shifts

    assert inside / 600 >= 15 / 16 - 0.02


def test_the_judge_finds_a_planted_wrong() -> None:
    shifts = [shift(1 + n / 10) for n in range(9)]
    found = known(what(shifts))

    for wrong in (
        None,
        replace(found, doors=1),
        replace(found, minutes=9.0),
        replace(found, minutes=(found.minutes + 1.4) / 2),
        replace(found, high=1.2),
        replace(found, low=1.39, high=1.41),
        replace(found, low=0.0, high=9.0),
    ):
        assert broken_laws(shifts, DEFAULT, WALKING, wrong)
    assert broken_laws(shifts[:3], DEFAULT, WALKING, found)
