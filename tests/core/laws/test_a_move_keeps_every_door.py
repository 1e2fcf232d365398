"""Whatever is moved from walk to walk: every door stays in one walk, and the judge finds what was promised."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.turf.check import Asked, Walks, judge
from hustings.core.turf.cut import cut
from hustings.core.turf.hand_over import HandOver, hand_over
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns

WISHES = st.builds(Wishes, doors_each=st.integers(4, 15), cross_districts=st.just(True))


@st.composite
def moves(draw: st.DrawFn) -> tuple[Doors, StreetNetwork, Wishes, Plan, np.ndarray, int]:
    """A cut town, some of its doors, and where they are to go: a walk, a new one, or out."""
    doors, streets = draw(towns(least=6))
    wishes = draw(WISHES)
    plan = cut(doors, streets, wishes, effort=1).plan
    numbers = np.unique(plan.turf).tolist()
    moved = np.array(
        draw(st.lists(st.integers(0, len(doors) - 1), min_size=1, max_size=8, unique=True))
    )
    to = draw(st.sampled_from([*numbers, numbers[-1] + 1, 0]))
    return doors, streets, wishes, plan, moved, to


def asked(wishes: Wishes) -> Asked:
    return Asked(wishes.doors_each, wishes.minutes_each, wishes.pace, wishes.cross_districts)


def figures_agree(found: HandOver, walks: Walks) -> bool:
    """
    Whether the judge measures the touched walks as they were promised.

    Metres may be apart by what a decimetre at a junction makes; minutes of a building's stairs by the
    floors that lie between two of its doors, which the judge climbs one by one.
    """
    for turf in found.after:
        at = int(np.flatnonzero(walks.turf == turf.number)[0])
        if turf.doors != walks.doors[at] or abs(turf.walk_m - walks.metres[at]) > 2.0:
            return False
    return True


def every_door_once(found: HandOver, before: Plan, moved: np.ndarray, to: int) -> bool:
    """Whether moved doors are where they should be, the others where they were, and stops are 1, 2, 3 …"""
    turf = before.turf.copy()
    turf[moved] = to
    if not np.array_equal(found.plan.turf, turf):
        return False
    return all(
        number == 0 or found.plan.stop[walk].tolist() == list(range(1, len(walk) + 1))
        for number, walk in found.plan.walks().items()
    )


@settings(deadline=None, max_examples=60)
@given(moves())
def test_every_door_is_in_one_walk_and_the_judge_measures_what_was_promised(
    move: tuple[Doors, StreetNetwork, Wishes, Plan, np.ndarray, int],
) -> None:
    doors, streets, wishes, plan, moved, to = move

    found = hand_over(doors, plan, moved, to, streets, wishes)

    assert every_door_once(found, plan, moved, to)
    _report, walks = judge(doors, found.plan, asked(wishes), streets)
    assert figures_agree(found, walks)
    untouched = ~np.isin(plan.turf, [to, *plan.turf[moved]])
    assert np.array_equal(found.plan.stop[untouched], plan.stop[untouched])


@settings(deadline=None, max_examples=40)
@given(moves())
def test_a_law_that_is_said_to_break_is_found_broken_by_the_judge(
    move: tuple[Doors, StreetNetwork, Wishes, Plan, np.ndarray, int],
) -> None:
    doors, streets, wishes, plan, moved, to = move
    found = hand_over(doors, plan, moved, to, streets, wishes)
    laws = {broken.law for broken in judge(doors, found.plan, asked(wishes), streets)[0].broken}

    assert set(found.breaks) <= laws
    before = {broken.law for broken in judge(doors, plan, asked(wishes), streets)[0].broken}
    new = laws - before - {"every-door-once"}
    others = {turf.number for turf in found.after}
    if (
        "connected" in new
    ):  # a walk that was not touched may be cut off by what came to lie in its way
        _report, walks = judge(doors, found.plan, asked(wishes), streets)
        if not others & set(walks.turf[~walks.connected].tolist()):
            new.discard("connected")
    assert new <= set(found.breaks)


@settings(deadline=None, max_examples=30)
@given(moves(), st.data())
def test_two_moves_between_other_walks_give_the_same_in_either_order(
    move: tuple[Doors, StreetNetwork, Wishes, Plan, np.ndarray, int], data: st.DataObject
) -> None:
    doors, streets, wishes, plan, moved, to = move
    touched = {to, *plan.turf[moved].tolist()}
    free = [n for n in np.unique(plan.turf).tolist() if n not in touched]
    assume(len(free) >= 2)
    other = np.flatnonzero(plan.turf == free[0])[: data.draw(st.integers(1, 3))]

    one = hand_over(doors, plan, moved, to, streets, wishes).plan
    both = hand_over(doors, one, other, free[1], streets, wishes).plan
    first = hand_over(doors, plan, other, free[1], streets, wishes).plan
    turned = hand_over(doors, first, moved, to, streets, wishes).plan

    assert np.array_equal(both.turf, turned.turf)
    assert np.array_equal(both.stop, turned.stop)


@settings(deadline=None, max_examples=30)
@given(moves())
def test_who_is_out_keeps_the_order_of_their_doors_and_new_ones_come_last(
    move: tuple[Doors, StreetNetwork, Wishes, Plan, np.ndarray, int],
) -> None:
    doors, streets, wishes, plan, moved, to = move
    out = frozenset({to, *plan.turf[moved].tolist()} - {0})

    after = hand_over(doors, plan, moved, to, streets, wishes, in_hand=out).plan

    for number in out:
        old = plan.walks().get(number, np.zeros(0, int))
        stays = [door for door in old.tolist() if after.turf[door] == number]
        now = after.walks().get(number, np.zeros(0, int)).tolist()
        assert now[: len(stays)] == stays


@pytest.mark.parametrize("bug", ["forgets a door", "counts twice", "leaves a gap", "no metres"])
def test_a_planted_bug_is_found(bug: str) -> None:
    rng = np.random.default_rng(3)
    from tests.core.laws.strategies import STEP, doors_at, grid

    streets = grid(4, 4)
    lon, lat = rng.uniform(0, 3 * STEP, 30), 51 + rng.uniform(0, 3 * STEP, 30)
    doors, wishes = doors_at(lon, lat, names=8), Wishes(doors_each=8, cross_districts=True)
    plan = cut(doors, streets, wishes, effort=1).plan
    moved = np.flatnonzero(plan.turf == 1)[:2]
    found = hand_over(doors, plan, moved, 2, streets, wishes)
    turf, stop, after = found.plan.turf.copy(), found.plan.stop.copy(), found.after
    if bug == "forgets a door":
        turf[moved[0]] = 0
    if bug == "counts twice":
        after = tuple(replace(each, doors=each.doors + 1) for each in after)
    if bug == "leaves a gap":
        stop[plan.walks()[1][-1]] += 1
    if bug == "no metres":
        after = tuple(replace(each, walk_m=0.0) for each in after)
    planted = replace(found, plan=Plan(turf, stop), after=after)

    _report, walks = judge(doors, found.plan, asked(wishes), streets)
    assert figures_agree(found, walks)
    assert every_door_once(found, plan, moved, 2)
    assert not (figures_agree(planted, walks) and every_door_once(planted, plan, moved, 2))
