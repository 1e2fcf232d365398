"""A judge of such tables: shares worked out from the other side, and whether a small cell can be read off."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.support.table import Table


def check_weighted(table: Table, shares: Mapping[str, Fraction]) -> list[str]:
    """
    A sentence for each share that is not what its bands say.

    By a common denominator in whole numbers, band by band, and not by adding fractions.
    """
    asked = [band for band in table.bands if band.heads]
    denominator = 1
    for band in asked:
        denominator *= band.heads * (band.weight or Fraction(0)).denominator
    whole = sum(int((band.weight or Fraction(0)) * denominator) for band in asked)
    wrong = []
    for answer in table.answers:
        part = sum(
            int((band.weight or Fraction(0)) * denominator)
            // band.heads
            * band.counts.get(answer, 0)
            for band in asked
        )
        if shares[answer] * whole != part:
            wrong.append(f"The weighted share of {answer} is not what the bands say.")
    return wrong


def check_shown(table: Table, shown: Mapping[str, Mapping[str, int] | None], few: int) -> list[str]:
    """A sentence for each small cell that is shown, or follows from the totals less what is shown."""
    wrong = []
    left = dict.fromkeys(table.answers, 0)
    silent = 0
    for band in table.bands:
        said = shown[band.name]
        if said is None:
            silent += bool(band.heads)
            for answer in table.answers:
                left[answer] += band.counts.get(answer, 0)
            continue
        wrong += [
            f"{band.name}, {answer}: {number} heads are shown."
            for answer, number in said.items()
            if 0 < number < few
        ]
    everybody = all(shown[band.name] is None for band in table.bands if band.heads)
    if not everybody:
        wrong += [
            f"{answer}: {number} heads follow from the total."
            for answer, number in left.items()
            if 0 < number < few
        ]
        if silent == 1:
            wrong.append("One band alone is silent, so the totals say it.")
    return wrong
