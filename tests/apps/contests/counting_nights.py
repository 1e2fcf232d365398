"""Contests with units and reports in them, made from rows alone."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hustings.apps.contests.models import Audit, AuditStep, Candidate, Contest, Lot, Report, Unit
from hustings.formats.contest.rulesets import own_ruleset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.apps.campaigns.models import Campaign

OPENED = datetime(2026, 2, 2, 0, 0, tzinfo=UTC)
NAMES = {"ash": "Ash Hollow", "birch": "Birch Lane", "cedar": "Cedar Row"}


def a_caucus(campaign: Campaign, *, rules: str = "iowa-2016", name: str = "Caucus") -> Contest:
    """A caucus with three who stand, the first ours."""
    contest = Contest.objects.create(
        campaign=campaign, kind="caucus", name=name, held_on=date(2026, 2, 2), opens_at=OPENED,
        time_zone="America/Chicago", ruleset=rules, rules=own_ruleset(rules), made_by="tests",
    )  # fmt: skip
    for order, (code, called) in enumerate(NAMES.items()):
        Candidate.objects.create(
            campaign=campaign, contest=contest, code=code, name=called, order=order,
            ours=code == "ash",
        )  # fmt: skip
    return contest


def a_unit(contest: Contest, code: str, *, delegates: int | None = 8, **said: Any) -> Unit:
    """A precinct of eight delegates in Adair, each worth 4/51 of a state delegate."""
    values: dict[str, Any] = {"name": f"Precinct {code}", "area": "Adair", "state_rate": "4/51"}
    unit: Unit = Unit.objects.create(
        campaign_id=contest.campaign_id, contest=contest, code=code, delegates=delegates,
        **values | said,
    )  # fmt: skip
    return unit


def a_report(
    unit: Unit, phase: str, counts: Mapping[str, int], *, source: str = "captain", by: str = "",
    at: datetime = OPENED, **said: Any,
) -> Report:  # fmt: skip
    """One report; ``said`` are further numbers, as the attendance, and what it corrects."""
    corrects = said.pop("corrects", None)
    report: Report = Report.objects.create(
        campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit, phase=phase,
        source=source, numbers={"counts": dict(counts), **said}, event_id=uuid.uuid4(),
        by=by or source, reported_at=at, corrects=corrects,
    )  # fmt: skip
    return report


def a_room(
    unit: Unit, first: Mapping[str, int], final: Mapping[str, int] | None = None,
    *, attendance: int | None = None, source: str = "captain", awarded: Mapping[str, int] | None = None,
) -> list[Report]:  # fmt: skip
    """All that one source reports of a caucus in one room."""
    reports = [
        a_report(unit, "first", first, source=source, attendance=attendance or sum(first.values())),
        a_report(unit, "final", first if final is None else final, source=source),
    ]
    if awarded is not None:
        reports.append(a_report(unit, "delegates", awarded, source=source))
    return reports


def a_lot(unit: Unit, step: str, among: list[str], chosen: list[str], **said: Any) -> Lot:
    """A lot that was drawn by hand."""
    lot: Lot = Lot.objects.create(
        campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit, event_id=uuid.uuid4(),
        step=step, among=among, chosen=chosen, drawn_at=OPENED, by="tests",
        record={"device": "coin", "called_by": "the chair", "order": among, "witnesses": ["W"]},
        **said,
    )  # fmt: skip
    return lot


def an_audit(unit: Unit, phase: str = "final", why: str = "mismatch") -> Audit:
    """An audit that nobody has taken yet."""
    audit: Audit = Audit.objects.create(
        campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit, phase=phase, why=why
    )
    return audit


def a_step(audit: Audit, kind: str, **said: Any) -> AuditStep:
    """What was done about it."""
    step: AuditStep = AuditStep.objects.create(
        campaign_id=audit.campaign_id, audit=audit, kind=kind, by="tests", **said
    )
    return step
