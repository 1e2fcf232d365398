"""Below 10,000 people in a room, four decimals say the same as the exact numbers, cut or rounded."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st


@settings(deadline=None)
@given(st.integers(1, 10_000), st.data())
def test_two_rests_that_differ_differ_in_the_first_four_decimals(
    people: int, data: st.DataObject
) -> None:
    one, other = (Fraction(data.draw(st.integers(0, people - 1)), people) for _ in range(2))

    def cut(rest: Fraction) -> int:
        return (rest * 10_000).__floor__()

    def rounded(rest: Fraction) -> int:
        return (rest * 10_000 + Fraction(1, 2)).__floor__()

    for seen in (cut, rounded):
        assert (seen(one) == seen(other)) == (one == other)
        assert (seen(one) < seen(other)) == (one < other)
