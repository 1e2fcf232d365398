"""What one room reports: who attended, both alignments, and what was awarded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.contest.reading_lots import lots_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.contest.lot import Lot

KINDS = ("precinct", "satellite", "tele")
FIELDS = frozenset(
    {
        "unit",
        "kind",
        "delegates",
        "attendance",
        "eligible",
        "first",
        "final",
        "awarded",
        "sde",
        "rate",
        "lots",
    }
)
MOST_DELEGATES = 1_000
MOST_GROUPS = 100
MOST_TIMES = 10
"""A few more at the end than attended are counted and flagged; ten times as many are a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A number as it was printed, and to how many decimal places."""

    value: Fraction
    places: int


@dataclass(frozen=True, slots=True)
class Report:
    """
    One unit's report.

    ``attendance`` is the number that signed in at the start, never the number left at the end; where it is not
    reported it is the sum of the first alignment. ``rate`` is what one delegate is worth in state delegates.
    """

    unit: str
    kind: str
    delegates: int
    attendance: int
    eligible: int | None
    first: Mapping[str, int]
    final: Mapping[str, int]
    awarded: Mapping[str, int] | None
    sde: Mapping[str, Reported]
    rate: Fraction | None
    lots: tuple[Lot, ...] = ()

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Report:
        """``BadInput`` names the unit and the field."""
        unit = plain.text(said, "unit", "")
        where = unit
        plain.refuse_unknown(said, FIELDS, where)
        first, final = plain.numbers(said, "first", where), plain.numbers(said, "final", where)
        attendance = plain.whole_or_none(said, "attendance", where)
        if attendance is None and not first:
            raise BadInput(
                "«attendance» is missing, and there is no first alignment to add up.", where=where
            )
        delegates = plain.whole(said, "delegates", where)
        if delegates > MOST_DELEGATES:
            raise BadInput(f"«delegates» is more than {MOST_DELEGATES}: {delegates}.", where=where)
        if len({*first, *final}) > MOST_GROUPS:
            raise BadInput(f"There are more than {MOST_GROUPS} groups.", where=where)
        attended = sum(first.values()) if attendance is None else attendance
        if 0 < attended * MOST_TIMES < sum(final.values()):
            raise BadInput(
                f"«final» has {sum(final.values())} people, but only {attended} attended.",
                where=where,
            )
        return cls(
            unit=unit,
            kind=plain.one_of(said, "kind", KINDS, where),
            delegates=delegates,
            attendance=attended,
            eligible=plain.whole_or_none(said, "eligible", where),
            first=first,
            final=final,
            awarded=None if said.get("awarded") is None else plain.numbers(said, "awarded", where),
            sde=_reported(said, where),
            rate=_rate(said, where),
            lots=lots_of(said.get("lots", []), where),
        )


def _reported(said: Mapping[str, Any], where: str) -> dict[str, Reported]:
    table = said.get("sde") or {}
    if not isinstance(table, dict):
        raise BadInput("«sde» must be numbers by name.", where=where)
    plain.refuse_twins(table, "sde", where)
    return {
        plain.name_of(name, "sde", where): Reported(
            plain.fraction(value, f"sde of {name}", where), plain.places(value)
        )
        for name, value in table.items()
    }


def _rate(said: Mapping[str, Any], where: str) -> Fraction | None:
    rate = said.get("rate")
    if rate is None:
        return None
    if isinstance(rate, dict):
        plain.refuse_unknown(rate, frozenset({"state_delegates", "county_delegates"}), where)
        return Fraction(
            plain.whole(rate, "state_delegates", where),
            plain.whole(rate, "county_delegates", where, least=1),
        )
    return plain.fraction(rate, "rate", where)
