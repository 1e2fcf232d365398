"""
What was sent as practice although the night had begun, as its hour says now.

Practice comes only before the hour, so there is some where the hour was wrong and was mended afterwards. Whether it
was a count or a try nobody but the reporter knows: it stays practice, and somebody may take it down anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.contests.models import Report, ReporterStep, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hustings.apps.contests.models import Candidate, Contest

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Early:
    """One of them; ``unit`` is empty where the phone said none that is here, ``there`` where nothing was reported."""

    unit: Unit | None
    phase: str
    title: str
    at: datetime
    numbers: Sequence[int | None]
    """Of those who stand, in their order."""
    signed_in: int | None
    there: bool


def sent_too_early(contest: Contest, candidates: Sequence[Candidate]) -> list[Early]:
    """In the order in which they came."""
    steps = list(
        ReporterStep.objects.of(contest.campaign_id)
        .filter(
            reporter__contest=contest, kind=ReporterStep.Kind.PRACTISED, at__gte=contest.opens_at
        )
        .order_by("pk")[:MOST_SHOWN]
    )
    if not steps:
        return []
    here = {step.numbers.get("unit") for step in steps} - {None}
    units = (
        Unit.objects.of(contest.campaign_id)
        .filter(contest=contest, taken_away_at=None)
        .in_bulk(here)
    )
    there = set(
        Report.objects.of(contest.campaign_id)
        .filter(contest=contest, unit_id__in=units)
        .values_list("unit_id", "phase")
    )
    return [_early(step, candidates, units, there) for step in steps]


def _early(
    step: ReporterStep, candidates: Sequence[Candidate], units: dict[int, Unit],
    there: set[tuple[int, str]],
) -> Early:  # fmt: skip
    said = step.numbers
    unit, phase = units.get(said.get("unit", 0)), said["phase"]
    return Early(
        unit, phase, str(Report.Phase(phase).label), step.at,
        [said["counts"].get(one.code) for one in candidates], said.get("attendance"),
        unit is not None and (unit.pk, phase) in there,
    )  # fmt: skip
