"""Closing an audit where no report of ours has to be chosen, with the reason; what the officials say opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import Audit, AuditStep, OfficialResult, Report
from hustings.apps.contests.standing import (
    ENDS,
    FOUND_RIGHT,
    newest_step,
    same_numbers,
    standing_of,
    stands_in,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Unit
    from hustings.apps.contests.standing import Step

LONGEST = 1000


def close(audit: Audit, words: str, *, by: Actor) -> None:
    """
    End an audit by a reason alone; sources that differ need the report that holds instead.

    Raises
    ------
    BadInput
        Without a reason, of an audit that has ended, and of sources that differ.
    """
    if audit.why == Audit.Why.MISMATCH:
        raise BadInput(_("Two sources differ here. Choose the report that is right."))
    if has_ended(audit):
        raise BadInput(_("This audit has ended already."))
    if not words.strip():
        raise BadInput(_("Say why it can be closed."))
    _step(audit, AuditStep.Kind.SETTLED, by, owner=by.label, words=words.strip()[:LONGEST])


def has_ended(audit: Audit) -> bool:
    """Whether its newest step ends it."""
    newest = newest_step(audit)
    return newest is not None and newest.kind in ENDS


def beside_ours(result: OfficialResult, ours: Report | None, *, by: Actor) -> bool | None:
    """
    Open, reopen or end the audit of a unit whose official result came; whether both say the same.

    Nothing is known where we have no report; then no audit is opened, and an open one stays. An audit that found a
    report of ours right stays as it ended, and what differs anew is an audit of its own.
    """
    if ours is None:
        return None
    same = same_numbers(ours.numbers, result.numbers)
    newest = [(audit, newest_step(audit)) for audit in _of_officials(result.unit_id, result)]
    waits = [audit for audit, step in newest if step is None or step.kind not in ENDS]
    if same:
        for audit in waits:
            _step(audit, AuditStep.Kind.AGREED, by)
        return True
    if waits:
        return False
    if newest and (step := newest[-1][1]) is not None and step.stands_id is None:
        _step(newest[-1][0], AuditStep.Kind.REOPENED, by)
        return False
    audit = Audit.objects.create(
        campaign_id=result.campaign_id, contest_id=result.unit.contest_id, unit=result.unit,
        phase=result.phase, why=Audit.Why.OFFICIAL, about=[ours.pk], official=result,
    )  # fmt: skip
    record(by, "contest.audit_official", subject="audit", subject_id=audit.pk)
    return False


def after_a_report(
    unit: Unit, reports: Sequence[Report], steps: Sequence[Step], ours: Report, *, by: Actor
) -> None:
    """
    The same after a report of ours came, unless somebody settled this very difference already.

    Parameters
    ----------
    reports, steps
        All reports of the unit and phase, and the steps that all their audits had before this report came.
    ours
        The report that counts now.
    """
    result: OfficialResult | None = (
        OfficialResult.objects.of(unit.campaign_id)
        .filter(unit=unit, phase=ours.phase)
        .select_related("unit")
        .order_by("-pk")
        .first()
    )
    if result is None:
        return
    audits = _of_officials(unit.pk, result)
    ended = newest_step(audits[-1]) if audits else None
    if ended is not None and ended.kind in FOUND_RIGHT and result.at < ended.at:
        settled = _ours_at(ended, unit, reports, steps)
        if settled is not None and same_numbers(settled.numbers, ours.numbers):
            return
    beside_ours(result, ours, by=by)


def _ours_at(
    ended: AuditStep, unit: Unit, reports: Sequence[Report], steps: Sequence[Step]
) -> Report | None:
    """The report of ours that an audit of the official result was about when it ended."""
    if ended.stands_id is not None:
        return next((one for one in reports if one.pk == ended.stands_id), None)
    right = stands_in(step for step in steps if step.pk < ended.pk)
    known = [report for report in reports if report.received_at <= ended.at]
    stands = next((one for one in known if one.pk == right.get((unit.pk, one.phase))), None)
    return standing_of(known, stands).counts


def _of_officials(unit_id: int, result: OfficialResult) -> list[Audit]:
    return list(
        Audit.objects.of(result.campaign_id)
        .filter(unit_id=unit_id, phase=result.phase, why=Audit.Why.OFFICIAL)
        .order_by("pk")
    )


def _step(audit: Audit, kind: str, by: Actor, *, owner: str = "", words: str = "") -> None:
    AuditStep.objects.create(
        campaign_id=audit.campaign_id, audit=audit, kind=kind, owner=owner, words=words, by=by.label
    )
    record(by, "contest.audit_step", subject="audit", subject_id=audit.pk, detail={"step": kind})
