"""Asking for a walk, letting phones in, recording what was heard, handing the walk back."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone

from hustings.apps.accounts import actions as accounts
from hustings.apps.accounts.models import Device, DeviceAdmission, DeviceRevocation
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, counting, delivering, intake, walks
from hustings.apps.canvass.dial import same_by_any_dial
from hustings.apps.canvass.dials import Dials
from hustings.apps.canvass.leave import A_SHIFT, Leave, leaves
from hustings.apps.canvass.models import (
    CanvassEvent,
    EventClash,
    LateReport,
    PersonMet,
    RefusedReport,
    WalkGrant,
    WalkReturn,
    Wording,
)
from hustings.apps.outings.handing_out import LinkToken
from hustings.apps.people.queries import erased_among
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.canvass.report import Report, Somebody, Told
    from hustings.apps.outings.models import Turf

ERASED = "This person was erased; nothing about them is kept."
NOT_AT_THIS_DOOR = "That person is not at this door."
WAITS = {
    LateReport.Why.OVER: "This walk is over for this phone; an organiser decides what counts.",
    LateReport.Why.OLD: "This happened long before the walk was handed out; an organiser decides what counts.",
    LateReport.Why.MOVED: "By the register this person lives elsewhere by now; an organiser decides what counts.",
}
"""What the phone is told of a report that an organiser looks at first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one report: stored now, known already, clashing with another, kept for an organiser
    to look at first, about somebody who was erased, or refused and why.
    """

    id: UUID
    status: Literal["stored", "known", "clash", "late", "erased", "refused"]
    message: str = ""


# --- letting phones in --------------------------------------------------------------------------


def ask_for_walk(
    turf: Turf, first_name: str, *, device: Device | None = None, by: Actor | None = None
) -> tuple[Device, str | None]:
    """
    Remember that a phone asked for this walk; ``device`` when it is a phone of this campaign already.

    Parameters
    ----------
    by
        Whoever lets it in with the same stroke: the organiser who showed the link, or, where the
        campaign's settings say that codes open by themselves, nobody but the phone.

    Returns
    -------
    tuple
        The phone, and the token for its cookie when it is new.
    """
    campaign: Campaign = turf.campaign
    expires_at = timezone.now() + A_SHIFT
    token = None
    name = first_name.strip()[:40]
    if not name:
        raise BadInput("Say your first name, so that the organiser knows whom to let in.")
    if device is None or device.campaign_id != campaign.pk or device.revocations.exists():
        device, token = accounts.enrol_device(campaign, name, expires_at=expires_at)
    elif device.expires_at < expires_at:
        Device.objects.of(campaign).filter(pk=device.pk).update(expires_at=expires_at)
        device.expires_at = expires_at
    # A phone that comes back after its time, or after handing the walk back, asks anew.
    WalkReturn.objects.of(campaign).filter(grant__device=device, grant__turf=turf).delete()
    WalkGrant.objects.update_or_create(
        campaign=campaign,
        device=device,
        turf=turf,
        defaults={"holder": name, "asked_at": timezone.now(), "expires_at": expires_at},
    )
    audit(device.actor, "walk.ask", subject="turf", subject_id=turf.pk)
    if by is None and not campaign.phones_need_letting_in:
        by = device.actor
    if by is not None and not device.admissions.exists():
        let_phones_in(campaign, [device], by=by)
    elif device.is_let_in():
        walks.hand_out(campaign, turf.pk, device, name, expires_at, by=by or device.actor)
    return device, token


def let_phones_in(campaign: Campaign, devices: Iterable[Device], *, by: Actor) -> int:
    """From now on these phones see their walks; how many were waiting. One audit line for all."""
    waiting = [
        device
        for device in devices
        if not device.admissions.exists() and not device.revocations.exists()
    ]
    DeviceAdmission.objects.bulk_create(
        [DeviceAdmission(campaign=campaign, device=device, by_label=by.label) for device in waiting]
    )
    for device in waiting:
        for grant in access.live_grants(device):
            walks.hand_out(campaign, grant.turf_id, device, grant.holder, grant.expires_at, by=by)
    if waiting:
        audit(
            by,
            "device.let_in",
            subject="device",
            subject_id=waiting[0].pk,
            count=len(waiting),
            detail={"phones": [str(device.public_id) for device in waiting]},
        )
    return len(waiting)


def take_back(campaign: Campaign, devices: Iterable[Device], *, by: Actor, why: str = "") -> int:
    """From now on these phones see nothing; how many had a leave to lose."""
    taken = [device for device in devices if not device.revocations.exists()]
    DeviceRevocation.objects.bulk_create(
        [
            DeviceRevocation(campaign=campaign, device=device, by_label=by.label, why=why)
            for device in taken
        ]
    )
    for device in taken:
        for grant in WalkGrant.objects.of(campaign).filter(device=device):
            walks.copy_is_gone(campaign, grant.turf_id, device, by=by)
        audit(by, "device.revoke", subject="device", subject_id=device.pk, detail={"why": why})
    return len(taken)


def use_link(text: str, first_name: str) -> tuple[Device, str | None, int] | None:
    """
    Let in the first phone that uses this link, within its time; None for every other.

    Returns
    -------
    tuple
        The phone, the token for its cookie, and the walk's number.
    """
    if not first_name.strip():
        raise BadInput("Say your first name, so that the organiser knows who has the walk.")
    token_of = LinkToken.parse(text)
    if token_of is None:
        return None
    # One transaction: a link is used up only if its phone is let in.
    with tenant(token_of.campaign_id):
        used = walks.use_phone_link(text)
        if used is None:
            return None
        turf, by = used
        device, token = ask_for_walk(turf, first_name, by=by)
        return device, token, turf.pk


def hand_back(grant: WalkGrant, *, by: Actor) -> WalkReturn:
    """The phone gives the walk back; doors not knocked on are free again."""
    recorded = intake.doors_recorded(grant.campaign_id, grant.turf_id, grant.device_id)
    returned: WalkReturn
    returned, new = WalkReturn.objects.get_or_create(
        campaign_id=grant.campaign_id, grant=grant, defaults={"doors_recorded": recorded}
    )
    if new:
        walks.copy_is_gone(grant.campaign, grant.turf_id, grant.device, by=by)
        others = (
            WalkGrant.objects.of(grant.campaign_id)
            .filter(turf_id=grant.turf_id, returns__isnull=True, expires_at__gt=timezone.now())
            .exists()
        )
        if not others:
            walks.take_in(grant.turf_id, grant.campaign, by=by)
        audit(
            by, "walk.return", subject="turf", subject_id=grant.turf_id, count=max(recorded, 1),
            detail={"doors": recorded},
        )  # fmt: skip
    return returned


# --- recording ----------------------------------------------------------------------------------


def wording_now(campaign: Campaign) -> Wording:
    """What is asked today, kept word for word from the first time it is shown."""
    wording: Wording
    wording, _new = Wording.objects.get_or_create(
        campaign=campaign,
        version=campaign.script_version,
        defaults={
            "text": campaign.script_wording,
            "support_as": campaign.support_as,
            "choices": campaign.parties
            if campaign.support_as == Campaign.SupportAs.PARTIES
            else campaign.support_scale,
        },
    )
    return wording


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
    unknown = _unknown(device, list(first.values()), outcomes, dials)
    if unknown:
        batch = _Batch(device, met, outcomes, ahead, on_paper=on_paper, wherever=wherever)
        _by_dial(batch, _without_erased(device, unknown, outcomes), dials)
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


@dataclass(slots=True)
class _Batch:
    """What the reports of one call share."""

    device: Device
    met: Sequence[Somebody]
    outcomes: dict[UUID, Outcome]
    ahead: timedelta | None
    on_paper: bool
    wherever: bool
    after_its_time: bool = False

    def happened_at(self, report: Report) -> datetime | None:
        """By the phone's clock put right, where we know how."""
        return None if self.ahead is None else report.occurred_at - self.ahead

    @property
    def ahead_s(self) -> int:
        """The same in whole seconds; nothing where it is not known."""
        return round(self.ahead.total_seconds()) if self.ahead else 0


def _by_dial(batch: _Batch, fresh: list[Report], dials: Dials) -> None:
    """Count what is only counted; take in the rest no finer than its walk keeps it."""
    sums = [report for report in fresh if dials.sums_only(report)]
    wordings = _wordings(batch.device.campaign, {r.wording_version for r in sums}) if sums else {}
    counted = counting.count(
        batch.device, sums, ahead=batch.ahead, typed_in=batch.on_paper,
        refuses=lambda report: delivering.belongs(report, is_delivery=False)
        or _no_such_choice(report, wordings.get(report.wording_version)),
    )  # fmt: skip
    rest = [report for each in fresh if (report := dials.kept(each)) is not None]
    if rest or counted.elsewhere:
        batch.met = dials.met(batch.met, rest)
        _take_in(batch, rest + counted.elsewhere, dials)
    for report_id, (status, sentence) in counted.said.items():
        batch.outcomes[report_id] = Outcome(report_id, status, sentence)
    _remember_refused(batch.device, [r for r in sums if batch.outcomes[r.id].status == "refused"])


def _take_in(batch: _Batch, fresh: list[Report], dials: Dials) -> None:
    """Judge reports that nobody sent before, store those that count, keep those that wait."""
    device, campaign, outcomes = batch.device, batch.device.campaign, batch.outcomes
    walk_of = {report.turf for report in fresh}
    if not batch.on_paper:
        leave = leaves(device, walk_of)
        batch.after_its_time = any(each.by_time for each in leave.values())
        waiting = _waiting(batch, fresh, leave)
        _keep(batch, waiting)
        fresh = [report for report in fresh if report.id not in waiting]
        walk_of = set(leave)
    on_walk = walks.doors_among(campaign, {(r.turf, r.door) for r in fresh if r.turf in walk_of})
    persons = _meet(device, [s for s in batch.met if any(d == s.door for _t, d in on_walk)])
    homes = walks.residents(campaign, {door for _turf, door in on_walk})
    wordings = _wordings(campaign, {r.wording_version for r in fresh})
    mine = _own_events(device, {r.corrects for r in fresh if r.corrects})
    accepted: list[tuple[Report, int | None, int | None]] = []
    elsewhere: list[Report] = []
    delivered: list[Report] = []
    for report in fresh:
        person = report.person if report.met is None else persons.get(report.met)
        wording = wordings.get(report.wording_version)
        reason = (
            _not_on_walk(report, walk_of, on_walk | dials.of_no_door(report))
            or delivering.belongs(report, is_delivery=dials.is_delivery(report))
            or _no_such_choice(report, wording)
            or _not_yours_to_correct(report, mine)
            or _nobody_met(report, person)
        )
        if reason:
            outcomes[report.id] = Outcome(report.id, "refused", reason)
        elif dials.is_delivery(report):
            delivered.append(report)
        elif report.met is None and person is not None and (person, report.door) not in homes:
            elsewhere.append(report)
        else:
            accepted.append((report, person, wording.pk if wording else None))
    if elsewhere:
        moved = walks.persons_among(campaign, {r.person for r in elsewhere if r.person})
        for report in elsewhere:
            if report.person not in moved or (batch.on_paper and not batch.wherever):
                outcomes[report.id] = Outcome(report.id, "refused", NOT_AT_THIS_DOOR)
            elif batch.wherever:
                accepted.append((report, report.person, wordings[report.wording_version].pk))
            else:
                _keep(batch, {report.id: (report, str(LateReport.Why.MOVED))})
    delivering.add(device, delivered)
    outcomes.update({r.id: Outcome(r.id, "stored") for r in delivered})
    if accepted:
        _store(batch, accepted, homes, mine)
    if not batch.on_paper:
        _remember_refused(device, [r for r in fresh if outcomes[r.id].status == "refused"])


def _unknown(
    device: Device, reports: Sequence[Report], outcomes: dict[UUID, Outcome], dials: Dials
) -> list[Report]:
    """Answer what is there already; the rest."""
    ids = [r.id for r in reports]
    there = {
        event_id: bytes(digest)
        for event_id, digest in CanvassEvent.objects.of(device.campaign_id)
        .filter(id__in=ids)
        .values_list("id", "digest")
    }
    # What is in a sum has no digest: its number again is known, whatever comes under it.
    there |= delivering.known(device.campaign_id, ids)
    there |= dict.fromkeys(counting.known(device.campaign_id, ids), b"")
    rest = []
    for report in reports:
        if report.id in there:
            outcomes[report.id] = _compared(device, report, there[report.id], dials)
        else:
            rest.append(report)
    return rest


def _without_erased(
    device: Device, reports: Sequence[Report], outcomes: dict[UUID, Outcome]
) -> list[Report]:
    """Put away what is about somebody who was erased, also when it is late; the rest."""
    persons = erased_among(device.campaign_id, {r.person for r in reports if r.person})
    asked = [r.met for r in reports if r.met]
    met: set[UUID] = set()
    if asked:
        met = set(
            PersonMet.objects.of(device.campaign_id)
            .filter(id__in=asked, person=None)
            .values_list("id", flat=True)
        )
    gone = [r for r in reports if r.person in persons or r.met in met]
    if gone:
        _remember_refused(device, gone, erased=True)
    for report in gone:
        outcomes[report.id] = Outcome(report.id, "erased", ERASED)
    return [report for report in reports if report.id not in outcomes]


def _compared(device: Device, report: Report, there: bytes, dials: Dials) -> Outcome:
    """The same again, from whichever phone, or another report under an id that is taken: then both are kept."""
    if not there or same_by_any_dial(report, there):  # what was erased is not taken in again
        return Outcome(report.id, "known")
    kept = dials.kept(report)
    if kept is None:  # a walk of sums keeps no second report beside one from before
        _remember_refused(device, [report])
        return Outcome(report.id, "refused", "Another report came under this number.")
    report = kept
    content = {name: value for name, value in asdict(report).items() if value is not None}
    _clash, new = EventClash.objects.get_or_create(
        campaign_id=device.campaign_id,
        event_id=report.id,
        digest=report.digest(),
        defaults={"device": device, "content": _as_json(content)},
    )
    if new:
        audit(device.actor, "event.clash", subject="event", subject_id=report.id)
    return Outcome(
        report.id, "clash", "Another report came under this number; both are kept for an organiser."
    )


def _waiting(
    batch: _Batch, reports: Sequence[Report], leave: dict[int, Leave]
) -> dict[UUID, tuple[Report, str]]:
    """Those that an organiser is to look at first, with why; not those of walks that it never carried."""
    now = timezone.now()
    found = {}
    for report in reports:
        if report.turf in leave:
            why = leave[report.turf].late(batch.happened_at(report), now)
            if why:
                found[report.id] = (report, why)
    return found


def _keep(batch: _Batch, waiting: dict[UUID, tuple[Report, str]]) -> None:
    """Keep reports for an organiser, each once."""
    if not waiting:
        return
    device = batch.device
    somebody = {each.id: each for each in batch.met}
    late = LateReport.objects.of(device.campaign_id)
    there = {
        (report_id, bytes(digest))
        for report_id, digest in late.filter(report_id__in=list(waiting)).values_list(
            "report_id", "digest"
        )
    }
    new = []
    for report, why in waiting.values():
        outcome = Outcome(report.id, "late", WAITS[LateReport.Why(why)])
        batch.outcomes[report.id] = outcome
        if (report.id, report.digest()) in there:
            continue
        content = {name: value for name, value in asdict(report).items() if value is not None}
        if report.met in somebody:
            content["somebody"] = _as_json(asdict(somebody[report.met]))
        if batch.ahead is not None:
            content["ahead_s"] = batch.ahead_s
        new.append(
            LateReport(
                campaign_id=device.campaign_id, report_id=report.id, digest=report.digest(),
                device=device, turf_id=report.turf, door_id=report.door or None, why=why,
                content=_as_json(content),
            )
        )  # fmt: skip
    LateReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit(device.actor, "event.late", subject="device", subject_id=device.pk, count=len(new))


def _remember_refused(device: Device, reports: Sequence[Report], *, erased: bool = False) -> None:
    """That they came, without what they said: so their numbers are no gap in the phone's row."""
    if not reports:
        return
    there = set(
        RefusedReport.objects.of(device.campaign_id)
        .filter(device=device, report_id__in=[report.id for report in reports])
        .values_list("report_id", flat=True)
    )
    new = [
        RefusedReport(
            campaign_id=device.campaign_id, device=device, report_id=report.id,
            sequence=report.sequence, erased=erased,
        )
        for report in reports if report.id not in there
    ]  # fmt: skip
    RefusedReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit(device.actor, "event.refuse", subject="device", subject_id=device.pk, count=len(new))


def _as_json(content: dict[str, Any]) -> dict[str, Any]:
    """As a phone would have sent it: to the microsecond, so that it has the same digest again."""
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else value
        if isinstance(value, int | str | dict)
        else str(value)
        for name, value in content.items()
    }


def _not_on_walk(report: Report, walk_of: set[int], on_walk: set[tuple[int, int]]) -> str:
    if report.turf not in walk_of:
        return "This phone does not carry that walk, or its time for it is over."
    if (report.turf, report.door) not in on_walk:
        return "That door is not on this walk."
    return ""


def _nobody_met(report: Report, person: int | None) -> str:
    if report.met is not None and person is None:
        return "Nobody by that number was met at that door."
    return ""


def _no_such_choice(report: Report, wording: Wording | None) -> str:
    if wording is None:
        return "That wording of the script was never shown by this campaign."
    if not report.support:
        return ""
    if report.support not in {choice["code"] for choice in wording.choices}:
        return "That answer was not among the choices."
    if report.strength is not None and wording.support_as != Campaign.SupportAs.PARTIES:
        return "Strength goes with a party, and this campaign asks by a scale."
    return ""


def _not_yours_to_correct(report: Report, mine: dict[UUID, tuple[int, int, int | None]]) -> str:
    # An event that has not arrived yet may be corrected already; one that has must be this phone's.
    if report.corrects in mine:
        turf, door, _person = mine[report.corrects]
        if (turf, door) != (report.turf, report.door):
            return "Only an event of the same door can be corrected."
    return ""


def _own_events(device: Device, ids: set[UUID]) -> dict[UUID, tuple[int, int, int | None]]:
    if not ids:
        return {}
    return {
        row.id: (row.turf_id, row.door_id, row.person_id)
        for row in CanvassEvent.objects.of(device.campaign_id).filter(device=device, id__in=ids)
    }


def _wordings(campaign: Campaign, versions: set[int]) -> dict[int, Wording]:
    """By version; 0 stands for what is asked today."""
    now = wording_now(campaign)
    others = versions - {0, now.version}
    earlier = Wording.objects.of(campaign).filter(version__in=others) if others else ()
    found = {wording.version: wording for wording in earlier}
    return {**found, now.version: now, 0: now}


def meet(device: Device, somebody: Somebody) -> int:
    """Add somebody met at a door, once; the number of the person."""
    person = _meet(device, [somebody]).get(somebody.id)
    if person is None:
        raise BadInput(ERASED)
    return person


def _meet(device: Device, somebodies: Sequence[Somebody]) -> dict[UUID, int]:
    """Make the people met at doors, each once; their persons' numbers by the phone's ids, without the erased."""
    if not somebodies:
        return {}
    campaign_id = device.campaign_id
    # A phone that gave up waiting sends again while we still work: the second waits, and finds them here.
    Device.objects.of(campaign_id).select_for_update(no_key=True).get(pk=device.pk)
    known: dict[UUID, int | None] = dict(
        PersonMet.objects.of(campaign_id)
        .filter(id__in=[s.id for s in somebodies])
        .values_list("id", "person_id")
    )
    for somebody in somebodies:
        if somebody.id in known:
            continue
        person = walks.add_person(
            device.campaign, somebody.door, somebody.forename.strip(), somebody.surname.strip()
        )
        PersonMet.objects.create(
            campaign_id=campaign_id,
            id=somebody.id,
            device=device,
            door_id=somebody.door,
            person_id=person,
        )
        known[somebody.id] = person
        audit(device.actor, "person.add", subject="person", subject_id=person)
    return {met: person for met, person in known.items() if person is not None}


def _store(
    batch: _Batch,
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
    added = intake.add_events(campaign, device.pk, accepted, ahead_s=batch.ahead_s)
    if added:
        intake.work_out(campaign, doors, people, at_doors)
        walks.mark_knocked(campaign, doors)
        if batch.on_paper or batch.after_its_time:
            walks.hold_knocked_after_return(campaign, {turf for turf, _door in doors})
    for report, _person, _wording in accepted:
        if report.id in added:
            outcomes[report.id] = Outcome(report.id, "stored")
    missed = [report for report, _person, _wording in accepted if report.id not in added]
    if missed:  # somebody else was quicker
        _unknown(device, missed, outcomes, Dials({}))
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
