"""
What follows from a report for its unit: an audit opens where sources differ, and ends where they agree again.

What the officials say is looked at again too: see :mod:`hustings.apps.contests.auditing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.contests import auditing
from hustings.apps.contests.models import Audit, AuditStep, Report
from hustings.apps.contests.standing import (
    ENDS,
    STEP,
    State,
    Step,
    newest_step,
    newest_verdicts,
    same_numbers,
    standing_of,
    voices_of,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.contests.models import Unit
    from hustings.apps.contests.standing import Standing

BY_ITSELF = Actor("job", "", "Hustings")
"""Who opens and ends audits where nobody decides anything."""


def look_again(unit: Unit, phase: str) -> State:
    """
    Open, reopen or end the audits of this unit after a report; the unit must be locked.

    An audit that found a report right is opened again by a report that says otherwise, and only by that.
    """
    campaign_id = unit.campaign_id
    reports = list(Report.objects.of(campaign_id).filter(unit=unit, phase=phase))
    rows = AuditStep.objects.of(campaign_id).filter(audit__unit=unit, audit__phase=phase)
    steps = [Step(*row) for row in rows.values_list(*STEP)]
    standing = standing_of(reports, _still_stands(unit, phase, reports, steps))
    _follow_sources(unit, phase, standing)
    if standing.counts is not None:
        auditing.after_a_report(unit, reports, steps, standing.counts, by=BY_ITSELF)
    return standing.state


def _still_stands(
    unit: Unit, phase: str, reports: list[Report], steps: list[Step]
) -> Report | None:
    """The report that an audit found right, unless one that came later says otherwise: that opens the audit again."""
    found = newest_verdicts(steps).get((unit.pk, phase))
    if found is None:
        return None
    verdict = (
        AuditStep.objects.of(unit.campaign_id).select_related("audit", "stands").get(pk=found.pk)
    )
    stands: Report = verdict.stands
    later = [one for one in reports if one.received_at > verdict.at]
    if all(same_numbers(stands.numbers, one.numbers) for one in later):
        return stands
    _step(verdict.audit, AuditStep.Kind.REOPENED, BY_ITSELF)
    return None


def _follow_sources(unit: Unit, phase: str, standing: Standing) -> None:
    """The audit of sources that differ is open while they do."""
    audit = (
        Audit.objects.of(unit.campaign_id)
        .filter(unit=unit, phase=phase, why=Audit.Why.MISMATCH)
        .order_by("-pk")
        .first()
    )
    newest = audit and newest_step(audit)
    has_ended = newest is not None and newest.kind in ENDS
    if standing.state == State.MISMATCH:
        if audit is None:
            audit = Audit.objects.create(
                campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit, phase=phase,
                why=Audit.Why.MISMATCH, about=[one.pk for one in standing.voices],
            )  # fmt: skip
            record(BY_ITSELF, "contest.audit_opened", subject="audit", subject_id=audit.pk)
        elif has_ended:
            _step(audit, AuditStep.Kind.REOPENED, BY_ITSELF)
    elif audit is not None and standing.state in {State.MATCHED, State.REPORTED} and not has_ended:
        _step(audit, AuditStep.Kind.AGREED, BY_ITSELF)


def take(audit: Audit, *, by: Actor) -> AuditStep:
    """Somebody looks after it."""
    if auditing.has_ended(audit):
        raise BadInput(_("This audit has ended; there is nothing to look after."))
    return _step(audit, AuditStep.Kind.TAKEN, by, owner=by.label)


def settle(
    audit: Audit, report: Report, words: str, *, seen: int, photo: str = "", by: Actor
) -> AuditStep:
    """
    This report stands; seen on the sheet where a photograph is named.

    Parameters
    ----------
    seen
        The number of the newest report of this unit and phase that whoever decides had before them.

    Raises
    ------
    BadInput
        When the audit has ended, when the report is of another unit or phase, when a later report came or took its
        place, or when nobody says why.
    """
    if report.unit_id != audit.unit_id or report.phase != audit.phase:
        raise BadInput(_("That report is of another unit or phase."))
    if auditing.has_ended(audit):
        raise BadInput(_("This audit has ended already."))
    reports = list(
        Report.objects.of(audit.campaign_id).filter(unit_id=audit.unit_id, phase=audit.phase)
    )
    if max(one.pk for one in reports) != seen or report not in voices_of(reports):
        raise BadInput(
            _("Somebody else did something about this a moment ago. Look again, then decide.")
        )
    if not words.strip():
        raise BadInput(_("Say how you know that this report is right."))
    kind = AuditStep.Kind.VERIFIED if photo else AuditStep.Kind.SETTLED
    return _step(
        audit, kind, by, owner=by.label, stands=report, photo=photo, words=words.strip()[:1000]
    )


def _step(
    audit: Audit, kind: str, by: Actor, *, owner: str = "", stands: Report | None = None,
    photo: str = "", words: str = "",
) -> AuditStep:  # fmt: skip
    step: AuditStep = AuditStep.objects.create(
        campaign_id=audit.campaign_id, audit=audit, kind=kind, owner=owner, stands=stands,
        photo=photo, words=words, by=by.label,
    )  # fmt: skip
    record(by, "contest.audit", subject="audit", subject_id=audit.pk, detail={"step": kind})
    return step
