"""Why a door is where it is: counted by hand in a village, and what a move costs in towns of any shape."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.turf.check import Asked, judge
from hustings.core.turf.cut import cut
from hustings.core.turf.explain import explain
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import METRES_ONLY, Doors, Prices, Wishes
from hustings.core.walk.network import StreetNetwork
from tests.core.laws.strategies import towns
from tests.core.turf.ground import doors_at, plan_of, village

LANE, HIGH = 0, 1
ROW = [(20.0 * n, 5.0, LANE) for n in range(1, 8)]
BY_FOUR = Wishes(doors_each=4)


def test_a_split_street_is_in_pieces_for_the_price_it_was_worth() -> None:
    doors = doors_at(*ROW[:4], (195.0, 50.0, HIGH), (195.0, 60.0, HIGH))

    said = explain(doors, plan_of(1, 1, 1, 2, 2, 2), 2, village(), BY_FOUR)

    assert said.pieces.why == "priced"
    assert said.pieces.by_turf == ((1, 3), (2, 1))
    assert (said.metres_before, said.metres_after) == (pytest.approx(20, abs=0.1), None)
    nearest = said.others[0]
    assert nearest.turf == 2
    assert nearest.metres == pytest.approx(20, abs=0.1)


def test_a_street_kept_whole_and_one_longer_than_a_walk_are_told_apart() -> None:
    doors = doors_at(*ROW)

    whole = explain(doors, plan_of(*[1] * 7), 0, village(), Wishes(doors_each=10))
    long = explain(doors, plan_of(1, 1, 1, 1, 2, 2, 2), 0, village(), BY_FOUR)
    free = explain(
        doors, plan_of(1, 1, 1, 1, 2, 2, 2), 0, village(), Wishes(doors_each=9, prices=METRES_ONLY)
    )

    assert (whole.pieces.why, whole.others) == ("whole", ())
    assert (long.pieces.why, free.pieces.why) == ("long", "free")


def test_a_street_in_two_districts_is_split_by_their_border() -> None:
    doors = doors_at(*ROW[:4], district=[0, 0, 1, 1])

    said = explain(doors, plan_of(1, 1, 2, 2), 1, village(), BY_FOUR)

    assert said.pieces.why == "districts"
    assert said.bound
    assert said.others[0].across_district
    assert "districts" in said.others[0].moves[0].breaks


def test_giving_back_the_door_that_splits_a_street_saves_the_price_of_the_split() -> None:
    # the fourth house of the lane is walked with High Street, 115 m away
    doors = doors_at(*ROW[:4], (195.0, 30.0, HIGH), (195.0, 40.0, HIGH))

    move = explain(doors, plan_of(1, 1, 1, 2, 2, 2), 3, village(), BY_FOUR).others[0].moves[0]

    assert (move.unit, move.doors, move.pieces, move.street_changes) == ("building", 1, -1, -1)
    # 20 m more in the lane; 120 m to the corner, 30 m up High Street less
    assert move.metres == pytest.approx(20 - 150, abs=1)
    assert move.minutes == pytest.approx(move.metres / 80, abs=1e-6)
    assert move.price_minutes == pytest.approx(-13 - 0.15)
    assert [size.doors for size in (*move.before, *move.after)] == [3, 3, 2, 4]
    assert move.breaks == ()
    assert move.plan.turf.tolist() == [1, 1, 1, 1, 2, 2]
    assert move.plan.stop.tolist() == [1, 2, 3, 4, 1, 2]


def test_a_street_moves_in_one_piece_and_in_its_order() -> None:
    doors = doors_at(*ROW[:3], (195.0, 30.0, HIGH), (195.0, 40.0, HIGH))

    moves = (
        explain(doors, plan_of(1, 1, 1, 2, 2), 1, village(), Wishes(doors_each=9)).others[0].moves
    )

    street = moves[1]
    assert (street.unit, street.doors, street.walks) == ("street", 3, -1)
    assert street.after[0].doors == 0
    assert street.plan.stop.tolist() == [1, 2, 3, 4, 5]


def test_a_walk_that_would_be_too_large_and_a_locked_one_are_said() -> None:
    doors = doors_at(*ROW)

    said = explain(
        doors,
        plan_of(1, 1, 1, 2, 2, 2, 2),
        2,
        village(),
        Wishes(doors_each=3),
        locked=frozenset({2}),
    )

    assert said.others[0].locked
    assert not said.locked
    assert said.others[0].moves[0].breaks == ("size", "locked")


def test_a_river_between_two_walks_is_seen() -> None:
    # two lanes that meet nowhere near: the way round is by High Street
    apart = village(
        barrier=[(-50.0, 50.0), (180.0, 50.0)],
        nodes=np.array([(0.0, 0.0), (700.0, 0.0), (700.0, 100.0), (0.0, 100.0)]),
        edges=((0, 1, 0, 0), (1, 2, 1, 0), (2, 3, 0, 0)),  # type: ignore[arg-type]  # kinds by number
    )
    doors = doors_at((10.0, 5.0, LANE), (30.0, 5.0, LANE), (10.0, 95.0, LANE), (30.0, 95.0, LANE))

    other = explain(doors, plan_of(1, 1, 2, 2), 0, apart, BY_FOUR).others[0]

    assert other.across_barrier
    assert "barriers" in other.moves[0].breaks


def test_what_the_previous_plan_said_is_told() -> None:
    doors = doors_at(*ROW[:4])
    now = plan_of(1, 1, 2, 2)

    said = explain(doors, now, 1, None, BY_FOUR, previous=plan_of(2, 2, 2, 2))
    new = explain(doors, now, 1, None, BY_FOUR, previous=plan_of(2, 0, 2, 2))

    assert (said.previous, new.previous) == (2, 0)


def test_a_door_that_the_plan_leaves_out_is_refused() -> None:
    with pytest.raises(BadInput, match="in no walk"):
        explain(doors_at(*ROW[:2]), plan_of(1, 0), 1, None, BY_FOUR)


WISHES = st.builds(
    Wishes,
    doors_each=st.integers(3, 20),
    cross_districts=st.booleans(),
    loop=st.booleans(),
    start=st.one_of(st.none(), st.just((0.001, 51.001))),
    prices=st.sampled_from([Prices(), METRES_ONLY, Prices(split_street=3, street_change=2)]),
)


@settings(deadline=None, max_examples=60)
@given(towns(least=2), WISHES, st.booleans(), st.integers(0, 10_000))
def test_what_a_move_is_said_to_cost_is_what_the_judge_finds_for_the_whole_plan(
    town: tuple[Doors, StreetNetwork], wishes: Wishes, with_streets: bool, which: int
) -> None:
    doors, streets = town
    ground = streets if with_streets else None
    plan = cut(doors, ground, wishes, effort="first").plan
    door = which % len(doors)
    asked = Asked(
        wishes.doors_each,
        cross_districts=wishes.cross_districts,
        loop=wishes.loop,
        start=wishes.start,
    )
    before, walks = judge(doors, plan, asked, ground)

    for other in explain(doors, plan, door, ground, wishes).others:
        for move in other.moves:
            after, moved = judge(doors, move.plan, asked, ground)

            every_stop_once(move.plan)
            changed = np.flatnonzero(move.plan.turf != plan.turf)
            assert door in changed
            assert len(changed) == move.doors
            assert moved.metres.sum() - walks.metres.sum() == pytest.approx(move.metres, abs=0.05)
            assert moved.minutes.sum() - walks.minutes.sum() == pytest.approx(
                move.minutes, abs=0.001
            )
            assert after.street_changes - before.street_changes == move.street_changes
            assert (
                after.mid_block_crossings - before.mid_block_crossings == move.mid_block_crossings
            )
            assert after.turfs - before.turfs == move.walks
            assert move.price_minutes == pytest.approx(
                move.pieces * wishes.prices.split_street
                + move.street_changes * wishes.prices.street_change
                + move.mid_block_crossings * wishes.prices.mid_block_crossing
                + move.walks * wishes.prices.extra_turf
            )


def every_stop_once(plan: Plan) -> None:
    for walk in plan.walks().values():
        assert plan.stop[walk].tolist() == list(range(1, len(walk) + 1))
