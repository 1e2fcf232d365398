"""
The stock of one release: moves in, what is where out.

Nothing is ever set; it is worked out from the moves. What was printed = what is held at places + what is given
out and did not come back + what was destroyed, and none of these is ever below nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["printed", "given_out", "returned", "destroyed"]
KINDS: tuple[Kind, ...] = ("printed", "given_out", "returned", "destroyed")
MOST_COPIES = 100_000_000
"""In one move; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Move:
    """
    Copies that came to be, or changed hands.

    Parameters
    ----------
    kind
        ``printed``: now at the place. ``given_out``: from the place to the holder. ``returned``: back from the
        holder. ``destroyed``: at the place, or what the holder had where one is named.
    place
        Where they lie, or where the holder had them from.
    holder
        Who has them; empty where they lie at the place.
    """

    kind: Kind
    place: int
    count: int
    holder: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput(f"«{self.kind}» is nothing that happens to copies.")
        if not 1 <= self.count <= MOST_COPIES:
            raise BadInput(f"Write how many copies, from 1 to {MOST_COPIES:,}.")
        if self.kind in ("given_out", "returned") and self.holder is None:
            raise BadInput("Say who takes the copies, or brings them back.")
        if self.kind == "printed" and self.holder is not None:
            raise BadInput("What is printed lies at a place first; give it out in a second step.")


@dataclass(slots=True)
class Stock:
    """What is where; :meth:`add` refuses what cannot have been."""

    printed: int = 0
    destroyed: int = 0
    at: Counter[int] = field(default_factory=Counter)
    """Place → copies that lie there."""
    out: Counter[tuple[int, int]] = field(default_factory=Counter)
    """(Place, holder) → copies that the holder had from there and has still."""

    @property
    def held(self) -> int:
        """Copies that lie at places."""
        return self.at.total()

    @property
    def given_out(self) -> int:
        """Copies in somebody's hands, or gone from them to the public."""
        return self.out.total()

    @property
    def left(self) -> int:
        """Copies that still exist, as far as anybody wrote down."""
        return self.held + self.given_out

    def add(self, move: Move) -> None:
        """
        One more move.

        Raises
        ------
        BadInput
            There are not so many copies there; nothing has changed.
        """
        hand = (move.place, move.holder) if move.holder is not None else None
        if move.kind == "printed":
            self.printed += move.count
            self.at[move.place] += move.count
        elif move.kind == "given_out" and hand:
            _take(self.at, move.place, move.count, "lie there")
            self.out[hand] += move.count
        elif move.kind == "returned" and hand:
            _take(self.out, hand, move.count, "are with them from there")
            self.at[move.place] += move.count
        else:
            if hand:
                _take(self.out, hand, move.count, "are with them from there")
            else:
                _take(self.at, move.place, move.count, "lie there")
            self.destroyed += move.count


def _take[Key](where: Counter[Key], key: Key, count: int, words: str) -> None:
    there = where[key]
    if there < count:
        raise BadInput(f"Only {there:,} {words}, so {count:,} cannot go from it; count again.")
    where[key] = there - count


def stock_of(moves: Iterable[Move]) -> Stock:
    """What is where after these moves, in their order."""
    stock = Stock()
    for move in moves:
        stock.add(move)
    return stock
