"""A table of heads by band and answer, its shares weighted and not, and what of it may be shown to everyone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNKNOWN = "unknown"
"""A band of its own: whose age or gender nobody said. Nobody is put into another by a guess."""
MOST_BANDS = 40
FEW = 10
"""A cell with fewer heads is not shown to everyone."""


@dataclass(frozen=True, slots=True)
class Band:
    """
    Those of one band who were asked: ``heads`` of them, and ``counts`` by answer; who gave another answer is in heads only.

    ``weight`` is the band's part of all voters as the poll says it (18 for 18 %), where it was weighted.
    """

    name: str
    heads: int
    counts: Mapping[str, int]
    weight: Fraction | None = None

    def share(self, answer: str) -> Fraction | None:
        """Of those asked; nothing where nobody was."""
        return Fraction(self.counts.get(answer, 0), self.heads) if self.heads else None


@dataclass(frozen=True, slots=True)
class Table:
    """The bands of one question, in their order."""

    answers: tuple[str, ...]
    bands: tuple[Band, ...]

    @property
    def heads(self) -> int:
        """Everybody who was asked."""
        return sum(band.heads for band in self.bands)

    @property
    def is_weighted(self) -> bool:
        """Whether each band that has heads says what it weighs."""
        return bool(self.bands) and all(
            band.weight is not None for band in self.bands if band.heads
        )


def read(said: Mapping[str, Any], answers: Sequence[str], where: str = "") -> Table:
    """``BadInput`` names the band and the field that cannot be meant."""
    rows = said.get("bands")
    if not isinstance(rows, list) or not rows or len(rows) > MOST_BANDS:
        raise BadInput(f"«bands» must be a list of 1 to {MOST_BANDS} bands.", where=where)
    bands: list[Band] = []
    for row in rows:
        if not isinstance(row, dict):
            raise BadInput("A band must be values by name.", where=where)
        name = plain.name_of(row.get("band"), "band", where)
        at = f"{where}, {name}" if where else name
        if any(band.name == name for band in bands):
            raise BadInput("This band comes twice.", where=at)
        counts = plain.numbers(row, "counts", at)
        if strangers := [answer for answer in counts if answer not in answers]:
            raise BadInput(f"«{strangers[0]}» is nobody who stands here.", where=at)
        heads = plain.whole(row, "heads", at)
        if sum(counts.values()) > heads:
            raise BadInput(
                f"{sum(counts.values())} answers are counted, but only {heads} were asked.",
                where=at,
            )
        weight = row.get("weight")
        bands.append(
            Band(
                name,
                heads,
                counts,
                None if weight is None else plain.fraction(weight, "weight", at),
            )
        )
    weighed = [band for band in bands if band.weight is not None]
    if weighed and not sum((band.weight or 0 for band in weighed if band.heads), Fraction(0)):
        raise BadInput("The weights are all 0.", where=where)
    return Table(tuple(answers), tuple(bands))


def unweighted(table: Table) -> dict[str, Fraction] | None:
    """Each answer's part of all heads; nothing where nobody was asked."""
    if not table.heads:
        return None
    return {
        answer: Fraction(sum(band.counts.get(answer, 0) for band in table.bands), table.heads)
        for answer in table.answers
    }


def weighted(table: Table) -> dict[str, Fraction] | None:
    """
    Each answer's part with every band as heavy as it says; nothing where a band does not say it.

    Weights are taken as parts of their own sum: rounded shares of voters come to 101 as often as to 100.
    """
    if not table.is_weighted:
        return None
    asked = [band for band in table.bands if band.heads]
    whole = sum((band.weight or Fraction(0) for band in asked), Fraction(0))
    if not whole:
        return None
    return {
        answer: sum(
            ((band.weight or Fraction(0)) * (band.share(answer) or Fraction(0)) for band in asked),
            Fraction(0),
        )
        / whole
        for answer in table.answers
    }


def shown(table: Table, few: int = FEW) -> dict[str, dict[str, int] | None]:
    """
    The counts of each band that everyone may see; None for a band that is silent.

    A band is silent where any cell of it, or those of other answers, has heads but fewer than ``few``. What is silent
    together has at least ``few`` heads, or the next smallest band is silent too: totals less the others would say it.
    """
    silent = {band.name for band in table.bands if _has_small(table, band, few)}
    others = sorted(
        (band for band in table.bands if band.name not in silent and band.heads),
        key=lambda band: (band.heads, band.name),
    )
    while silent and others and _could_be_worked_out(table, silent, few):
        silent.add(others.pop(0).name)
    return {
        band.name: None
        if band.name in silent
        else {answer: band.counts.get(answer, 0) for answer in table.answers}
        for band in table.bands
    }


def _cells(table: Table, band: Band) -> list[int]:
    said = [band.counts.get(answer, 0) for answer in table.answers]
    return [*said, band.heads - sum(said)]


def _has_small(table: Table, band: Band, few: int) -> bool:
    return any(0 < number < few for number in _cells(table, band))


def _could_be_worked_out(table: Table, silent: set[str], few: int) -> bool:
    """Whether the totals less what is shown give a small cell away, or name one band alone."""
    hidden = [band for band in table.bands if band.name in silent and band.heads]
    together = [
        sum(numbers) for numbers in zip(*(_cells(table, band) for band in hidden), strict=True)
    ]
    return len(hidden) == 1 or any(0 < number < few for number in together)
