"""
What was sent as practice although the night had begun, as its hour says now.

Practice comes only before the hour, so there is some where the hour was wrong and was mended afterwards. Whether it
was a count or a try nobody but the reporter knows: it stays practice, and somebody may take it down anew, or lay all
of them into the tray, where each is vouched for or laid aside.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import Report, ReporterStep, TrayReport, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
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
    """In the order in which they came, without those that were laid into the tray."""
    steps = _steps(contest)[:MOST_SHOWN]
    if not steps:
        return []
    units = _here(contest, steps)
    there = set(
        Report.objects.of(contest.campaign_id)
        .filter(contest=contest, unit_id__in=units)
        .values_list("unit_id", "phase")
    )
    return [_early(step, candidates, units, there) for step in steps]


def lay_all_in_the_tray(contest: Contest, *, by: Actor) -> int:
    """
    Of each reporter, unit and phase the newest, unless that reporter reported it since; how many.

    The contest must be held. One that was laid there is not laid there again.
    """
    steps = [step for step in _steps(contest) if step.numbers.get("unit")]
    units = _here(contest, steps)
    reported = set(
        Report.objects.of(contest.campaign_id)
        .filter(contest=contest, unit_id__in=units)
        .values_list("reporter_id", "unit_id", "phase")
    )
    newest = {(step.reporter_id, step.numbers["unit"], step.numbers["phase"]): step for step in steps}  # fmt: skip
    laid = [
        TrayReport(
            campaign_id=contest.campaign_id, contest=contest, unit=units[unit], phase=phase,
            numbers=_numbers(step), event_id=_in_the_tray(step), reporter=step.reporter,
            said_by=step.reporter.name, words=_("Sent as a practice after the hour."),
            reported_at=step.at,
        )
        for (reporter, unit, phase), step in newest.items()
        if unit in units and (reporter, unit, phase) not in reported
    ]  # fmt: skip
    TrayReport.objects.bulk_create(laid)
    if laid:
        record(
            by, "contest.early_to_tray", subject="contest", subject_id=contest.pk, count=len(laid)
        )
    return len(laid)


def _steps(contest: Contest) -> list[ReporterStep]:
    steps = list(
        ReporterStep.objects.of(contest.campaign_id)
        .filter(
            reporter__contest=contest, kind=ReporterStep.Kind.PRACTISED, at__gte=contest.opens_at
        )
        .select_related("reporter")
        .order_by("pk")
    )
    if not steps:
        return []
    laid = TrayReport.objects.of(contest.campaign_id).filter(
        event_id__in=[_in_the_tray(step) for step in steps]
    )
    there = set(laid.values_list("event_id", flat=True))
    found, done = [], set()
    for step in reversed(steps):  # what was said before one that lies there goes with it
        said = step.reporter_id, step.numbers.get("unit"), step.numbers["phase"]
        if _in_the_tray(step) in there:
            done.add(said)
        elif said not in done:
            found.append(step)
    return found[::-1]


def _in_the_tray(step: ReporterStep) -> uuid.UUID:
    """The number that it has there, so that it is there once."""
    return uuid.uuid5(step.event_id or uuid.UUID(int=step.pk), "sent as a practice")


def _numbers(step: ReporterStep) -> dict[str, Any]:
    return {name: said for name, said in step.numbers.items() if name not in {"phase", "unit"}}


def _here(contest: Contest, steps: Sequence[ReporterStep]) -> dict[int, Unit]:
    named = {step.numbers.get("unit") for step in steps} - {None}
    rows = Unit.objects.of(contest.campaign_id).filter(contest=contest, taken_away_at=None)
    found: dict[int, Unit] = rows.in_bulk(named)
    return found


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
