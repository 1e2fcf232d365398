"""Recording what phones heard: each report once, whatever the rest of its batch is like."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass import (
    counting,
    delivering,
    in_hand,
    intake,
    residents,
    seen_before,
    set_aside,
    walks,
)
from hustings.apps.canvass.batch import NOT_AT_THIS_DOOR, Batch, Outcome
from hustings.apps.canvass.dials import Dials
from hustings.apps.canvass.judging import Known, no_such_choice, why_refused
from hustings.apps.canvass.leave import leaves
from hustings.apps.canvass.meeting import hold_phone, meet_all
from hustings.apps.canvass.models import CanvassEvent, LateReport
from hustings.apps.canvass.wordings import by_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.report import Report, Somebody, Told


def record(
    device: Device,
    reports: Sequence[Report],
    met: Sequence[Somebody] = (),
    *,
    ahead: timedelta | None = None,
    on_paper: bool = False,
    wherever: bool = False,
) -> list[Outcome]:
    """
    Take in what a phone reports: each once, whatever the rest of the batch is like.

    A report that is known by its id is answered before any other rule is asked, so that a phone which
    never heard our answer can always send again.

    Parameters
    ----------
    ahead
        How far the phone's clock was ahead when it sent; None where it did not say.
    on_paper
        An organiser types them in from a sheet, or takes them in after looking at them, which needs no
        leave of the phone's to carry the walk.
    wherever
        The organiser knows that somebody moved since: they need not live at the door.
    """
    first: dict[UUID, Report] = {}
    dials = Dials.of(device.campaign, reports)
    again = [
        report
        for report in reports
        if first.setdefault(report.id, report) is not report
        and report.digest() != first[report.id].digest()
    ]
    outcomes: dict[UUID, Outcome] = {}
    unknown = seen_before.unknown(device, list(first.values()), outcomes, dials)
    if unknown:
        batch = Batch(device, met, outcomes, ahead, on_paper=on_paper, wherever=wherever)
        _by_dial(batch, seen_before.without_erased(device, unknown, outcomes), dials)
    answers = [outcomes[report.id] for report in reports]
    if again:  # another report under an id of this very batch
        later = {
            outcome.id: outcome
            for outcome in record(
                device, again, met, ahead=ahead, on_paper=on_paper, wherever=wherever
            )
        }
        answers = [later.get(outcome.id, outcome) for outcome in answers]
    return answers


def _by_dial(batch: Batch, fresh: list[Report], dials: Dials) -> None:
    """Count what is only counted; take in the rest no finer than its walk keeps it."""
    together = {report.turf for report in fresh}
    if (
        len(together) > 1
    ):  # each kind holds its own walks below, in an order that is none for all of them
        hold_phone(batch.device, batch.met)
        in_hand.hold(batch.device.campaign, together)
    sums = [report for report in fresh if dials.sums_only(report)]
    rest = [report for each in fresh if (report := dials.kept(each)) is not None]
    counted = _count(batch, sums)
    if rest or counted.elsewhere:
        batch.met = dials.met(batch.met, rest)
        _take_in(batch, rest + counted.elsewhere, dials)
    for report_id, (status, sentence) in counted.said.items():
        batch.outcomes[report_id] = Outcome(report_id, status, sentence)
    set_aside.remember_refused(
        batch.device, [r for r in sums if batch.outcomes[r.id].status == "refused"]
    )


def _count(batch: Batch, sums: list[Report]) -> counting.Counted:
    campaign = batch.device.campaign
    wordings = by_version(campaign, {r.wording_version for r in sums}) if sums else {}
    return counting.count(
        batch.device, sums, ahead=batch.ahead, typed_in=batch.on_paper,
        refuses=lambda report: delivering.belongs(report, is_delivery=False)
        or no_such_choice(report, wordings.get(report.wording_version)),
    )  # fmt: skip


def _take_in(batch: Batch, fresh: list[Report], dials: Dials) -> None:
    """Judge reports that nobody sent before, store those that count, keep those that wait."""
    device, campaign, outcomes = batch.device, batch.device.campaign, batch.outcomes
    walk_of = {report.turf for report in fresh}
    if not batch.on_paper:
        leave = leaves(device, walk_of)
        batch.after_its_time = any(each.by_time for each in leave.values())
        waiting = set_aside.waiting(batch, fresh, leave)
        # A walk that is over may have lost the door, but one that never was cannot wait for anybody.
        ours = walks.doors_there(campaign, {report.door for report, _why in waiting.values()})
        for report_id in [
            each for each, (report, _why) in waiting.items() if report.door not in ours
        ]:
            del waiting[report_id]
        set_aside.keep(batch, waiting)
        fresh = [report for report in fresh if report.id not in waiting]
        walk_of = set(leave)
    on_walk = walks.doors_among(campaign, {(r.turf, r.door) for r in fresh if r.turf in walk_of})
    persons = meet_all(device, [s for s in batch.met if any(d == s.door for _t, d in on_walk)])
    homes = residents.residents(campaign, {door for _turf, door in on_walk})
    wordings = by_version(campaign, {r.wording_version for r in fresh})
    mine = _own_events(device, {r.corrects for r in fresh if r.corrects})
    places = on_walk | {place for report in fresh for place in dials.of_no_door(report)}
    known = Known(walk_of, places, mine)
    delivered: list[Report] = []
    accepted: list[tuple[Report, int | None, int | None]] = []
    elsewhere: list[Report] = []
    for report in fresh:
        person = report.person if report.met is None else persons.get(report.met)
        wording = wordings.get(report.wording_version)
        reason = why_refused(report, person, wording, known, is_delivery=dials.is_delivery(report))
        if reason:
            outcomes[report.id] = Outcome(report.id, "refused", reason)
        elif dials.is_delivery(report):
            delivered.append(report)
        elif report.met is None and person is not None and (person, report.door) not in homes:
            elsewhere.append(report)
        else:
            accepted.append((report, person, wording.pk if wording else None))
    if elsewhere:
        moved = residents.persons_among(campaign, {r.person for r in elsewhere if r.person})
        for report in elsewhere:
            if report.person not in moved or (batch.on_paper and not batch.wherever):
                outcomes[report.id] = Outcome(report.id, "refused", NOT_AT_THIS_DOOR)
            elif batch.wherever:
                accepted.append((report, report.person, wordings[report.wording_version].pk))
            else:
                set_aside.keep(batch, {report.id: (report, str(LateReport.Why.MOVED))})
    if delivered:
        delivering.add(device, delivered)
        outcomes.update({r.id: Outcome(r.id, "stored") for r in delivered})
    if accepted:
        _store(batch, accepted, homes, mine)
    if not batch.on_paper:
        set_aside.remember_refused(device, [r for r in fresh if outcomes[r.id].status == "refused"])


def _own_events(device: Device, ids: set[UUID]) -> dict[UUID, tuple[int, int, int | None]]:
    if not ids:
        return {}
    return {
        row.id: (row.turf_id, row.door_id, row.person_id)
        for row in CanvassEvent.objects.of(device.campaign_id).filter(device=device, id__in=ids)
    }


def _store(
    batch: Batch,
    accepted: list[tuple[Report, int | None, int | None]],
    homes: set[tuple[int, int]],
    mine: dict[UUID, tuple[int, int, int | None]],
) -> None:
    """Add the reports and bring what depends on them up to date."""
    device, campaign, outcomes = batch.device, batch.device.campaign, batch.outcomes
    doors = {(report.turf, report.door) for report, _person, _wording in accepted}
    at_doors = homes | {
        (person, report.door) for report, person, _wording in accepted if person is not None
    }
    touched = {door for _turf, door in doors}
    people = {person for person, door in at_doors if door in touched}
    people |= {person for _turf, _door, person in mine.values() if person is not None}
    intake.hold_walks(campaign, {turf for turf, _door in doors})
    held = intake.hold_people(campaign, people)
    earlier = intake.said(campaign, doors, people, at_doors)
    new = intake.add_events(campaign, device.pk, accepted, ahead_s=batch.ahead_s)
    added = {event.id for event in new}
    if added:
        before = {(event.turf, event.door) for event in earlier}
        now = intake.write(
            campaign, doors, people, at_doors, events=earlier + new, held=held,
            afresh=doors & before,
        )  # fmt: skip
        back = in_hand.mark_knocked(campaign, now)
        if batch.on_paper or batch.after_its_time:
            back = {turf for turf, _door in doors}
        if back:
            in_hand.hold_knocked_after_return(campaign, back)
    for report, _person, _wording in accepted:
        if report.id in added:
            outcomes[report.id] = Outcome(report.id, "stored")
    missed = [report for report, _person, _wording in accepted if report.id not in added]
    if missed:  # somebody else was quicker
        seen_before.unknown(device, missed, outcomes, Dials({}))
    if added:
        audit(
            device.actor, "event.record", subject="turf", subject_id=accepted[0][0].turf,
            count=len(added),
        )  # fmt: skip


def heard_from(device: Device, told: Told) -> timedelta | None:
    """Remember what a phone said of itself with a batch; how far its clock is ahead, where it said."""
    ahead = None if told.sent_at is None else told.sent_at - timezone.now()
    ahead_s = None if ahead is None else round(ahead.total_seconds())
    intake.write_last_sync(device, told, ahead_s)
    return ahead


def new_event_id(form_id: UUID, said: str) -> UUID:
    """An id for what a form says when its own is taken by something else: the same for the same words."""
    return uuid.uuid5(form_id, said)
