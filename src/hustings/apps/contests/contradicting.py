"""
Numbers on which two sources agree and that cannot all be true: an audit asks somebody to look at the sheet.

Where sources differ an audit opens by itself; where they agree nobody would ever look. So of the ten checks those that
no room can pass by chance open one too, once both sources say it. No number is changed, and none leaves a total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record
from hustings.apps.contests import checking, queries
from hustings.apps.contests.models import Audit, AuditStep, Report
from hustings.apps.contests.settling import BY_ITSELF
from hustings.apps.contests.standing import ENDS, State, found_right, newest_step, same_numbers
from hustings.core.contest.caucus.entry_checks import entry_checks
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.contests.models import Unit

SERIOUS = {"V1", "V3", "V4", "V5", "V9", "V10"}
"""More people than there were, or delegates that no outcome of the rule gives. The others may be right as they stand."""
OF_THE_AWARD = {"V3", "V4", "V5"}
VOUCHED = {State.MATCHED, State.VERIFIED}
"""What stands by two sources, or by an audit; what one source says alone, and what differs, is judged by nobody."""


def look(unit: Unit) -> None:
    """After a report, a lot or a verdict of this unit, which must be locked; a unit without a caucus's rules has no such audit."""
    rules = checking.rules_of(unit.contest)
    if rules is None:
        return
    phases = queries.phases_of(unit, found_right(unit.contest))
    vouched = {
        one.phase: one.standing.counts
        for one in phases
        if one.standing.state in VOUCHED and one.standing.counts is not None
    }
    if not vouched:
        return
    numbers = {phase: report.numbers for phase, report in vouched.items()}
    codes = [one.code for one in queries.candidates(unit.contest)]
    try:
        report = checking.report_of(unit, numbers, codes, checking.lots_of(unit))
    except BadInput:  # nobody has said in two voices how many attended
        return
    found = {one.check for one in entry_checks(report, rules)} & SERIOUS
    by_both = any(one.standing.state == State.MATCHED for one in phases)
    _follow(unit, found, vouched, by_both=by_both)


def _follow(unit: Unit, found: set[str], vouched: dict[str, Report], *, by_both: bool) -> None:
    """What audits alone found right, somebody has looked at: it may end an audit, and opens none."""
    audits = [
        one
        for one in Audit.objects.of(unit.campaign_id)
        .filter(unit=unit, why=Audit.Why.CHECK)
        .order_by("pk")
        if one.about  # one without reports asks which of two lots was drawn
    ]
    newest = newest_step(audits[-1]) if audits else None
    waits = bool(audits) and (newest is None or newest.kind not in ENDS)
    if not found:
        if waits:
            AuditStep.objects.create(
                campaign_id=unit.campaign_id, audit=audits[-1], kind=AuditStep.Kind.FITS,
                by=BY_ITSELF.label,
            )  # fmt: skip
            record(
                BY_ITSELF, "contest.audit_step", subject="audit", subject_id=audits[-1].pk,
                detail={"step": AuditStep.Kind.FITS},
            )  # fmt: skip
        return
    if waits or not by_both:
        return
    if audits and newest is not None and _is_settled(audits[-1], newest, vouched):
        return
    audit = Audit.objects.create(
        campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit,
        phase=_phase_of(found, vouched), why=Audit.Why.CHECK,
        about=sorted(report.pk for report in vouched.values()),
    )  # fmt: skip
    record(BY_ITSELF, "contest.audit_check", subject="audit", subject_id=audit.pk)


def _is_settled(audit: Audit, newest: AuditStep, vouched: dict[str, Report]) -> bool:
    """Whether somebody has said of these very numbers that they may stay as they are."""
    if newest.kind == AuditStep.Kind.FITS:
        return False
    about = Report.objects.of(audit.campaign_id).filter(pk__in=audit.about)
    looked_at = {report.phase: report.numbers for report in about}
    return all(
        phase in looked_at and same_numbers(looked_at[phase], report.numbers)
        for phase, report in vouched.items()
    )


def _phase_of(found: set[str], vouched: dict[str, Report]) -> str:
    """Where whoever looks begins: the delegates, where they are what cannot be."""
    if found & OF_THE_AWARD and Report.Phase.DELEGATES in vouched:
        return Report.Phase.DELEGATES
    if Report.Phase.FINAL in vouched:
        return Report.Phase.FINAL
    return next(iter(vouched))
