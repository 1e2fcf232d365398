"""Law: where a sign-up stands follows from its rows, and a free place goes to whoever waits longest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from hustings.core.shifts.check import broken_places, state_by_hand
from hustings.core.shifts.standing import CHASED, STATES, UNDONE, Step, state_of, to_promote

if TYPE_CHECKING:
    from collections.abc import Callable

type Rows = dict[int, list[Step]]


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """Up to eight sign-ups whose rows were written in one order; a row that undoes names one of its own."""
    found: Rows = defaultdict(list)
    for number in range(1, draw(st.integers(0, 24)) + 1):
        key = draw(st.integers(1, 8))
        mine = [step.number for step in found[key]]
        kinds = [*STATES, "waiting", "waiting", CHASED, *([UNDONE] if mine else [])]
        kind = draw(st.sampled_from(kinds))
        undoes = draw(st.sampled_from(mine)) if kind == UNDONE else None
        found[key].append(Step(number, kind, undoes))
    return dict(found)


LIMITS = st.none() | st.integers(0, 8)


@given(rows())
def test_a_sign_up_stands_where_its_rows_say(found: Rows) -> None:
    assert all(state_of(steps) == state_by_hand(steps) for steps in found.values())


@given(LIMITS, rows())
def test_a_free_place_goes_to_whoever_waits_longest(limit: int | None, found: Rows) -> None:
    assert broken_places(limit, found, to_promote(limit, found)) == []


def _the_newest_first(limit: int | None, found: Rows) -> list[int]:
    return to_promote(limit, found)[::-1]


def _one_too_many(limit: int | None, found: Rows) -> list[int]:
    return to_promote(None if limit is None else limit + 1, found)


def _by_the_first_row(limit: int | None, found: Rows) -> list[int]:
    several = len(to_promote(limit, found))
    waiting = [key for key, steps in found.items() if state_of(steps) == "waiting"]
    return sorted(waiting, key=lambda key: found[key][0].number)[:several]


def _nobody(limit: int | None, found: Rows) -> list[int]:
    return []


@pytest.mark.parametrize("planted", [_the_newest_first, _one_too_many, _by_the_first_row, _nobody])
def test_the_judge_finds_a_planted_bug(planted: Callable[[int | None, Rows], list[int]]) -> None:
    find(
        st.tuples(LIMITS, rows()),
        lambda case: bool(broken_places(*case, planted(*case))),
        settings=settings(max_examples=3_000, database=None, derandomize=True),
    )


def test_the_judge_finds_a_row_that_undoes_twice() -> None:
    """Without asking whether the row that undoes is undone itself."""

    def planted(steps: list[Step]) -> str:
        undone = {step.undoes for step in steps}
        said = [s.kind for s in steps if s.kind in STATES and s.number not in undone]
        return said[-1] if said else "cancelled"

    find(
        rows(),
        lambda found: any(planted(steps) != state_by_hand(steps) for steps in found.values()),
        settings=settings(max_examples=3_000, database=None, derandomize=True),
    )
