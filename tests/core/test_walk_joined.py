"""What is left of several walks is one walk: each in its order, the nearest next."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.walk.joined import joined, metres_between

PLACES = st.lists(st.tuples(st.floats(9.0, 9.1), st.floats(47.0, 47.1)), min_size=0, max_size=6)


def test_the_nearest_end_comes_next_and_a_walk_is_turned_round_for_it() -> None:
    west = [(9.00, 47.0), (9.01, 47.0)]
    far = [(9.09, 47.0), (9.08, 47.0)]
    near = [(9.03, 47.0), (9.02, 47.0)]  # its last door is the nearest
    order, metres = joined([west, far, near])
    assert order == [(0, 0), (0, 1), (2, 1), (2, 0), (1, 1), (1, 0)]
    assert metres == pytest.approx(metres_between((9.0, 47.0), (9.09, 47.0)), rel=1e-6)


@given(st.lists(PLACES, max_size=5))
def test_every_door_is_there_once_and_each_walk_stays_together_in_its_order(
    walks: list[list[tuple[float, float]]],
) -> None:
    order, metres = joined(walks)
    assert sorted(order) == [(n, p) for n, walk in enumerate(walks) for p in range(len(walk))]
    for nth, places in itertools.groupby(order, key=lambda one: one[0]):
        there = [place for _walk, place in places]
        assert there in ([*range(len(walks[nth]))], [*reversed(range(len(walks[nth])))])
    at = [walks[nth][place] for nth, place in order]
    assert metres == pytest.approx(sum(metres_between(a, b) for a, b in itertools.pairwise(at)))
