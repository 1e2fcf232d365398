"""What the live screen shows of the pools that delegates are given from: a row for each, and their sum."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hustings.apps.contests.board import Of
from hustings.apps.contests.live import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.contests.board import Board
    from hustings.apps.contests.pool_counts import Part

MOST_SHOWN = 12
"""So many who have delegates get a column of their own; the files have everybody."""


@dataclass(frozen=True, slots=True)
class Row:
    """One pool: ``numbers`` are in the order of the columns, dashes while no vote of it counts."""

    part: Part
    numbers: Sequence[str]

    @property
    def waits(self) -> bool:
        """Whether delegates of it are nobody’s, though it is counted."""
        return self.part.said is not None and self.part.open > 0


@dataclass(frozen=True, slots=True)
class Parts:
    """``names`` are those who have a delegate in any pool; ``sums`` stand below their columns."""

    names: Sequence[str]
    rows: Sequence[Row]
    sums: Sequence[str]
    delegates: int
    open: int
    astray: int


def parts_of(board: Board) -> Parts | None:
    """Nothing where all delegates are one pool."""
    if not board.parts:
        return None
    sums = board.together.awarded if board.together else {}
    codes = [one.code for one in board.candidates if sums.get(one.code)][:MOST_SHOWN]
    return Parts(
        [board.names[code] for code in codes],
        [Row(part, [_number(part, code) for code in codes]) for part in board.parts],
        [_shown(sums[code]) for code in codes],
        sum(part.pool.delegates for part in board.parts),
        sum(part.open for part in board.parts),
        len(board.astray),
    )


def _number(part: Part, code: str) -> str:
    return "–" if part.said is None else _shown(part.whole.awarded.get(code, 0))


def _shown(number: int) -> str:
    return shown(Of.PLEDGED, Fraction(number))
