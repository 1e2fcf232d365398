"""
Delegates of one contest counted pool by pool: a district from what its units give, every other from what all give.

A primary's units give votes, a caucus's state delegates; both by the same rule, and never added together.

Each pool is a unit of the count, as ``hustings count delegates`` counts many, so a lot names its pool in its step.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.apps.contests.counting import Whole, count_whole
from hustings.apps.contests.pools import DISTRICT, pools_of, rules_of
from hustings.apps.contests.told import lot_said
from hustings.core.contest.many import named
from hustings.core.contest.percent import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.contests.board import Line
    from hustings.apps.contests.models import Contest, Lot
    from hustings.apps.contests.pools import Pool
    from hustings.core.contest.tie import Tie

METHOD, PLACES = "delegates", 20


@dataclass(frozen=True, slots=True)
class Part:
    """
    One pool by the votes so far: ``units`` of ``of`` are in it, and ``whole`` is its count.

    ``said`` is what the count is told of it; nothing while no vote of it counts.
    """

    pool: Pool
    units: int
    of: int
    said: Mapping[str, Any] | None = None
    whole: Whole = field(default_factory=Whole)

    @property
    def open(self) -> int:
        """Delegates that nobody has yet."""
        return self.pool.delegates - sum(self.whole.awarded.values())

    @property
    def tie(self) -> Tie | None:
        """What is equal, by the name that it has in the count of all pools."""
        tie = self.whole.tie
        return tie and replace(tie, step=named(self.pool.name, tie.step))

    @property
    def flags(self) -> tuple[str, ...]:
        """The sentences of its count, each with its name."""
        return tuple(named(self.pool.name, flag) for flag in self.whole.flags)


def parts_of(
    contest: Contest, codes: Sequence[str], lines: Sequence[Line], lots: Sequence[Lot]
) -> list[Part]:
    """Every pool of the contest, in order; none where it has no pools."""
    rules = json.dumps(rules_of(contest), sort_keys=True)
    return [_part(pool, codes, lines, lots, rules) for pool in pools_of(contest)]


def given(line: Line) -> Mapping[str, int | Fraction]:
    """What a unit gives to its pools by now: state delegates of a room that is counted, else votes."""
    return line.final if line.counted is None else line.counted.state


def _part(
    pool: Pool, codes: Sequence[str], lines: Sequence[Line], lots: Sequence[Lot], rules: str
) -> Part:
    here = [line for line in lines if pool.has(line.unit)]
    counting = [line for line in here if given(line)]
    votes: dict[str, int | Fraction] = dict.fromkeys(codes, 0)
    for line in counting:
        for code, number in given(line).items():
            if number and code in votes:
                votes[code] += number
    if not any(votes.values()):
        return Part(pool, len(counting), len(here))
    said = {
        "unit": pool.name, "pool": pool.kind, "delegates": pool.delegates,
        "votes": {code: _as_votes(number) for code, number in votes.items()},
    }  # fmt: skip
    begins = named(pool.name, "")
    drawn = [
        lot_said(lot) | {"step": lot.step.removeprefix(begins)}
        for lot in lots
        if lot.step.startswith(begins)
    ]
    whole = count_whole(METHOD, said, rules, drawn)
    return Part(pool, len(counting), len(here), said, whole)


def _as_votes(number: int | Fraction) -> int | str:
    """Whole, or with twenty decimals: the fractions of a hundred counties have no denominator that can be written."""
    exactly = Fraction(number)
    return int(exactly) if exactly.denominator == 1 else written(exactly, PLACES)


def as_one(parts: Sequence[Part]) -> Whole | None:
    """All pools together; a tie stays with its pool. Nothing while no pool is counted."""
    if not any(part.said for part in parts):
        return None
    awarded: dict[str, int] = {}
    for part in parts:
        for code, number in part.whole.awarded.items():
            awarded[code] = awarded.get(code, 0) + number
    return Whole(
        awarded=awarded,
        flags=tuple(flag for part in parts for flag in part.flags),
        lots_used=tuple(
            named(part.pool.name, step) for part in parts for step in part.whole.lots_used
        ),
    )


def astray(contest: Contest, lines: Sequence[Line]) -> list[Line]:
    """The units that lie in no district of a contest that has districts."""
    districts = [pool for pool in pools_of(contest) if pool.kind == DISTRICT]
    if not districts:
        return []
    return [line for line in lines if not any(pool.has(line.unit) for pool in districts)]
