"""Standings over many contests: each kind of number has a column of its own, and none is added to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from hustings.core.contest.percent import both_roundings
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = {
    "votes": "votes that people cast",
    "state delegates": "state delegate equivalents of a caucus",
    "delegates": "pledged delegates to the convention",
    "seats": "seats that were won",
}
"""What may be counted, and what it is; a vote, a state delegate, a delegate and a seat are four different things."""
PLACES = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of one kind from one contest; ``definition`` says what exactly was counted, by whom and when."""

    contest: str
    kind: str
    numbers: Mapping[str, Fraction]
    definition: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput(
                f"«{self.kind}» cannot stand in standings; there are {', '.join(KINDS)}.",
                where=self.contest,
            )


@dataclass(frozen=True, slots=True)
class Column:
    """The sum of one kind: over which contests it goes, and whose definitions differ."""

    kind: str
    sums: Mapping[str, Fraction]
    contests: tuple[str, ...]
    definitions: tuple[str, ...]

    def shares(self) -> dict[str, dict[str, str | None]]:
        """By both roundings."""
        return both_roundings(self.sums, PLACES)


@dataclass(frozen=True, slots=True)
class Standings:
    """The columns, each alone; there is no total over them."""

    columns: Mapping[str, Column] = field(default_factory=dict)

    def of(self, kind: str) -> Column:
        """One column."""
        return self.columns[kind]

    def together(self, kinds: Iterable[str]) -> Column:
        """The one column that is asked for; two kinds are refused, since their sum means nothing."""
        asked = list(dict.fromkeys(kinds))
        if len(asked) != 1:
            raise BadInput(
                f"{' and '.join(asked)} cannot be added: "
                + "; ".join(f"{kind} are {KINDS.get(kind, 'unknown')}" for kind in asked)
                + "."
            )
        return self.of(asked[0])


def standings(tallies: Iterable[Tally]) -> Standings:
    """Add up each kind over its contests; the same contest twice in one kind is refused."""
    of_kind: dict[str, list[Tally]] = {}
    for tally in tallies:
        others = of_kind.setdefault(tally.kind, [])
        if any(other.contest == tally.contest for other in others):
            raise BadInput(f"The {tally.kind} of this contest come twice.", where=tally.contest)
        others.append(tally)
    return Standings({kind: _column(kind, of_kind[kind]) for kind in KINDS if kind in of_kind})


def _column(kind: str, tallies: list[Tally]) -> Column:
    sums: dict[str, Fraction] = {}
    for tally in tallies:
        for name, number in tally.numbers.items():
            sums[name] = sums.get(name, Fraction(0)) + number
    return Column(
        kind,
        dict(sorted(sums.items(), key=lambda row: (-row[1], row[0]))),
        tuple(tally.contest for tally in tallies),
        tuple(dict.fromkeys(tally.definition for tally in tallies if tally.definition)),
    )
