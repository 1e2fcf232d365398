"""
Whatever is counted in whatever order: printed = held + given out + destroyed, and nothing is below nothing.

A move that is refused changes nothing, and a refused one is one that a plain count by hand forbids too.
"""

from __future__ import annotations

from hypothesis import event, given
from hypothesis import strategies as st

from hustings.core.errors import BadInput
from hustings.core.materials.stock import KINDS, Move, Stock

PLACES, HOLDERS = (1, 2), (7, 8)


@st.composite
def moves(draw: st.DrawFn) -> Move:
    kind = draw(st.sampled_from(KINDS))
    holder = {
        "printed": st.none(),
        "destroyed": st.none() | st.sampled_from(HOLDERS),
    }.get(kind, st.sampled_from(HOLDERS))
    return Move(kind, draw(st.sampled_from(PLACES)), draw(st.integers(1, 30)), draw(holder))


def by_hand(done: list[Move], place: int, holder: int | None) -> int:
    """What one pile must hold, added up from the start."""
    sign = {
        (True, "printed"): 1, (True, "given_out"): -1, (True, "returned"): 1,
        (False, "given_out"): 1, (False, "returned"): -1,
    }  # fmt: skip
    total = 0
    for move in done:
        if move.place != place:
            continue
        if move.kind == "destroyed":
            total -= move.count if move.holder == holder else 0
        elif holder is None or move.holder == holder:
            total += sign.get((holder is None, move.kind), 0) * move.count
    return total


@given(st.lists(moves(), max_size=40))
def test_nothing_is_lost_made_or_below_nothing(tried: list[Move]) -> None:
    stock, done = Stock(), []
    for move in tried:
        before = (stock.printed, stock.destroyed, dict(stock.at), dict(stock.out))
        pile = None if move.kind in ("given_out", "printed") else move.holder
        if move.kind == "destroyed":
            pile = move.holder
        there = by_hand(done, move.place, pile)
        try:
            stock.add(move)
        except BadInput:
            event("refused")
            assert move.kind != "printed"
            assert there < move.count
            after = (stock.printed, stock.destroyed, +stock.at, +stock.out)
            assert after == (before[0], before[1], {k: v for k, v in before[2].items() if v}, {k: v for k, v in before[3].items() if v})  # fmt: skip
        else:
            assert move.kind == "printed" or there >= move.count
            done.append(move)

        assert stock.printed == stock.held + stock.given_out + stock.destroyed
        assert min([*stock.at.values(), *stock.out.values(), 0]) == 0
        assert stock.printed == sum(m.count for m in done if m.kind == "printed")
        for place in PLACES:
            assert stock.at[place] == by_hand(done, place, None)
            for holder in HOLDERS:
                assert stock.out[place, holder] == by_hand(done, place, holder)
