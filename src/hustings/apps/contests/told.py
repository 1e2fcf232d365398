"""
What ``core/contest/caucus`` is told of a unit: its phases put together, for the count and for the checks alike.

Whoever came late may say in the final count how many signed in at the door; the first alignment says it first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.contests.models import Report
from hustings.apps.contests.standing import State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hustings.apps.contests.models import Lot, Unit
    from hustings.apps.contests.standing import Standing

SIGNED_IN = (Report.Phase.FIRST, Report.Phase.FINAL)
"""Where the attendance may stand, the one to be believed first."""


def said_of(
    unit: Unit, numbers: Mapping[str, Mapping[str, Any]], codes: Collection[str],
    lots: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    """
    One unit's report.

    Parameters
    ----------
    numbers
        By phase, what was said of it; a phase of which nothing was said is not there.
    codes
        Those who stand, in the order of the sheet: the database keeps none.
    lots
        As :func:`lot_said` says them.
    """
    first, final, delegates = (numbers.get(phase, {}) for phase in Report.Phase.values)
    said: dict[str, Any] = {
        "unit": unit.code,
        "delegates": unit.delegates,
        "attendance": signed_in(numbers),
        "first": _in_order(first, codes),
        "final": _in_order(final, codes),
    }
    if unit.eligible is not None:
        said["eligible"] = unit.eligible
    if delegates:
        said["awarded"] = _in_order(delegates, codes)
    if unit.state_rate:
        said["rate"] = unit.state_rate
    if lots:
        said["lots"] = list(lots)
    return said


def signed_in(numbers: Mapping[str, Mapping[str, Any]]) -> int | None:
    """How many attended; None where nobody said so in any phase."""
    said = (numbers.get(phase, {}).get("attendance") for phase in SIGNED_IN)
    return next((number for number in said if number is not None), None)


def that_count(phases: Mapping[str, Standing]) -> dict[str, Mapping[str, Any]]:
    """By phase, the numbers that count; a phase whose sources differ says nothing."""
    return {
        phase: standing.counts.numbers
        for phase, standing in phases.items()
        if standing.counts is not None
    }


def is_disputed(phases: Mapping[str, Standing]) -> bool:
    """Whether sources differ in what the count of a room is made of; delegates that were read out settle nothing then."""
    return any(
        phase in phases and phases[phase].state == State.MISMATCH
        for phase in (Report.Phase.FIRST, Report.Phase.FINAL)
    )


def lot_said(lot: Lot) -> dict[str, Any]:
    """A lot as a count is handed it; who saw it stands in its record."""
    return {
        "step": lot.step, "among": list(lot.among), "chosen": list(lot.chosen), "how": lot.how,
        "record": lot.record,
    }  # fmt: skip


def _in_order(numbers: Mapping[str, Any], codes: Collection[str]) -> dict[str, int]:
    """Whoever is named and stands no more comes last, and is left out of nothing."""
    counts: Mapping[str, int] = numbers.get("counts", {})
    return {
        code: counts[code] for code in [*codes, *sorted(set(counts) - set(codes))] if code in counts
    }
