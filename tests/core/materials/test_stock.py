"""Copies: what was printed is somewhere."""

from __future__ import annotations

import pytest

from hustings.core.errors import BadInput
from hustings.core.materials import Move, stock_of

OFFICE, HALL, BOB = 1, 2, 7


def test_copies_go_out_come_back_and_are_destroyed() -> None:
    stock = stock_of(
        [
            Move("printed", OFFICE, 500),
            Move("given_out", OFFICE, 200, BOB),
            Move("returned", OFFICE, 60, BOB),
            Move("destroyed", OFFICE, 100),
            Move("destroyed", OFFICE, 40, BOB),
        ]
    )

    assert (stock.printed, stock.held, stock.given_out, stock.destroyed) == (500, 260, 100, 140)
    assert stock.at[OFFICE] == 260
    assert stock.out[OFFICE, BOB] == 100
    assert stock.left == 360


@pytest.mark.parametrize(
    "move",
    [
        Move("given_out", OFFICE, 501, BOB),
        Move("given_out", HALL, 1, BOB),
        Move("returned", OFFICE, 1, BOB),
        Move("destroyed", OFFICE, 501),
        Move("destroyed", OFFICE, 1, BOB),
    ],
)
def test_what_is_not_there_cannot_go_and_nothing_changes(move: Move) -> None:
    stock = stock_of([Move("printed", OFFICE, 500)])

    with pytest.raises(BadInput, match="count again"):
        stock.add(move)

    assert (stock.printed, stock.held, stock.given_out, stock.destroyed) == (500, 500, 0, 0)


@pytest.mark.parametrize(
    ("kind", "count", "holder"),
    [("printed", 0, None), ("printed", -3, None), ("printed", 10**9, None), ("given_out", 1, None),
     ("returned", 1, None), ("printed", 1, BOB), ("lost", 1, None)],
)  # fmt: skip
def test_a_move_that_says_nothing_sensible_is_refused(
    kind: str, count: int, holder: int | None
) -> None:
    with pytest.raises(BadInput):
        Move(kind, OFFICE, count, holder)  # type: ignore[arg-type]  # that is what is tried
