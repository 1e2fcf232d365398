"""Taking reports in: each once, none changed, none without somebody who vouches for it among those that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.contests import contradicting, lots_in_the_tray, settling
from hustings.apps.contests.access import held_contest, hold_units, unit_or_away_for
from hustings.apps.contests.drawn_in_the_room import add_lot
from hustings.apps.contests.models import (
    Candidate,
    Report,
    Reporter,
    ReporterStep,
    ReporterUnit,
    TrayReport,
    Unit,
)
from hustings.apps.contests.report_json import Said, said_in
from hustings.apps.contests.standing import same_numbers
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.contests.models import Contest, ReporterLink
    from hustings.apps.contests.report_json import LotSaid

MOST_PRACTISED = 200
"""A reporter of twenty units may try each of their three phases out three times."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an event: stored, known (it was here already), tray, or refused with a sentence."""

    id: Any
    status: str
    message: str = ""


def receive(link: ReporterLink, items: list[dict[str, Any]]) -> list[Verdict]:
    """
    One verdict for each event, in their order; runs in the link's campaign.

    Whatever an ended link sends, what is said of a unit that the reporter does not report from or that was taken
    away, what comes before the night has begun, and a practice that comes after goes to the tray.
    """
    contest = held_contest(link.campaign_id, link.reporter.contest_id)
    if contest is None:
        raise NotHere
    link.reporter.contest = contest
    codes = codes_of(contest)
    read: list[Said | Verdict] = []
    for item in items:
        try:
            read.append(said_in(item, codes, contest.phases))
        except BadInput as error:
            read.append(Verdict(item.get("id"), "refused", str(error)))
    hold_units(contest, {said.unit_id for said in read if isinstance(said, Said)})
    return [said if isinstance(said, Verdict) else _take(link, contest, said) for said in read]


def codes_of(contest: Contest) -> tuple[str, ...]:
    """Codes of those who stand, in the order of the sheet."""
    return tuple(
        Candidate.objects.of(contest.campaign_id)
        .filter(contest=contest)
        .order_by("order", "pk")
        .values_list("code", flat=True)
    )


def _take(link: ReporterLink, contest: Contest, said: Said) -> Verdict:
    reporter = link.reporter
    begun = timezone.now() >= contest.opens_at
    if said.practice and (not begun or _is_known(reporter, said)):
        return _practised(link, said)
    try:
        unit = unit_or_away_for(contest, said.unit_id, lock=True)
    except NotHere:
        return Verdict(str(said.id), "refused", _("This contest has no such unit."))
    if contest.taken_away_at is not None:
        why = _("This contest was taken away; the office looks at it.")
        return _to_the_tray(contest, unit, said, reporter, why)
    if unit.taken_away_at is not None:
        why = _("This unit was taken away; the office looks at it.")
        return _to_the_tray(contest, unit, said, reporter, why)
    if link.ended_at is not None or not _reports_from(reporter, unit):
        why = _("Your link does not report from here; the office looks at it.")
        return _to_the_tray(contest, unit, said, reporter, why)
    if said.practice:  # a phone whose clock is behind, or that was open since before
        why = _("The night has begun, and this was sent as a practice; the office looks at it.")
        return _to_the_tray(contest, unit, said, reporter, why)
    if not begun:  # a phone whose clock is ahead
        why = _("The night has not begun; the office looks at it.")
        return _to_the_tray(contest, unit, said, reporter, why)
    by = Actor("link", str(reporter.pk), reporter.name)
    stored = add(
        unit, said.phase, said.numbers, source=reporter.source, event_id=said.id,
        reported_at=said.reported_at, reporter=reporter, corrects=said.corrects, lots=said.lots,
        by=by,
    )  # fmt: skip
    return Verdict(str(said.id), *stored)


def _is_known(reporter: Reporter, said: Said) -> bool:
    """Whether this practice was kept before the night began, and its answer was lost."""
    steps = ReporterStep.objects.of(reporter.campaign_id).filter(event_id=said.id)
    return bool(steps.exists())


def _practised(link: ReporterLink, said: Said) -> Verdict:
    """Kept with its unit, so that a count that was sent before a wrong hour can be found; past the limit only said."""
    reporter = link.reporter
    steps = ReporterStep.objects.of(reporter.campaign_id)
    if steps.filter(event_id=said.id).exists():
        return Verdict(str(said.id), "known")
    if link.is_over:
        why = _("Your link was ended, and this practice was not kept; ring the office.")
        return Verdict(str(said.id), "refused", why)
    practised = ReporterStep.Kind.PRACTISED
    if steps.filter(reporter=reporter, kind=practised).count() >= MOST_PRACTISED:
        return Verdict(str(said.id), "known")
    _step, new = steps.get_or_create(
        campaign_id=reporter.campaign_id,
        event_id=said.id,
        defaults={
            "reporter": reporter, "kind": practised,
            "numbers": {"phase": said.phase, "unit": said.unit_id, **said.numbers},
        },
    )  # fmt: skip
    return Verdict(str(said.id), "stored" if new else "known")


def _reports_from(reporter: Reporter, unit: Unit) -> bool:
    return bool(
        ReporterUnit.objects.of(unit.campaign_id)
        .filter(reporter=reporter, unit=unit, taken_at=None)
        .exists()
    )


def _is_here(reporter: Reporter, unit: Unit, said: Said) -> bool:
    """Whether it was taken in before, while it could be, and its answer was lost."""
    rows = Report.objects.of(unit.campaign_id).filter(event_id=said.id, reporter=reporter)
    before = rows.filter(unit=unit, phase=said.phase).first()
    return before is not None and same_numbers(before.numbers, said.numbers)


def _to_the_tray(contest: Contest, unit: Unit, said: Said, reporter: Reporter, why: str) -> Verdict:
    if not said.practice and _is_here(reporter, unit, said):
        return Verdict(str(said.id), "known")
    row, new = TrayReport.objects.of(contest.campaign_id).get_or_create(
        campaign_id=contest.campaign_id,
        event_id=said.id,
        defaults={
            "contest": contest, "unit": unit, "phase": said.phase, "numbers": said.numbers,
            "reporter": reporter, "said_by": reporter.name, "reported_at": said.reported_at,
        },
    )  # fmt: skip
    if new:
        lots_in_the_tray.lay(row, said.lots)
        by = Actor("link", "", reporter.name)
        record(by, "contest.tray", subject="unit", subject_id=unit.pk, detail={"phase": said.phase})
    return Verdict(str(said.id), "tray", why)


def add(
    unit: Unit, phase: str, numbers: dict[str, Any], *, source: str, event_id: UUID,
    reported_at: datetime, by: Actor, reporter: Reporter | None = None,
    corrects: UUID | None = None, lots: tuple[LotSaid, ...] = (),
) -> tuple[str, str]:  # fmt: skip
    """
    Write a report down and see what follows for its unit, which must be locked; the status and what to say.

    The same event twice is one report; under the same id with other numbers it is refused.
    """
    before = Report.objects.of(unit.campaign_id).filter(event_id=event_id).first()
    if before is not None:
        same = before.unit_id == unit.pk and before.phase == phase
        if same and same_numbers(before.numbers, numbers):
            return "known", ""
        return "refused", _("Another report has this id. Write it down anew.")
    corrected = None
    if corrects is not None:
        corrected = (
            Report.objects.of(unit.campaign_id)
            .filter(event_id=corrects, unit=unit, phase=phase)
            .first()
        )
    report = Report.objects.create(
        campaign_id=unit.campaign_id, contest_id=unit.contest_id, unit=unit, source=source,
        phase=phase, numbers=numbers, event_id=event_id, reporter=reporter, by=by.label,
        corrects=corrected, reported_at=reported_at,
    )  # fmt: skip
    state = settling.look_again(unit, phase)
    for lot in lots:
        add_lot(unit, lot, drawn_at=reported_at, by=by)
    if state in contradicting.VOUCHED:
        contradicting.look(unit)
    record(
        by, "contest.report", subject="unit", subject_id=unit.pk,
        detail={"phase": phase, "source": source, "report": report.pk},
    )  # fmt: skip
    return "stored", ""
