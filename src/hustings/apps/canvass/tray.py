"""
The tray: reports that wait for an organiser, because they came late or clash with another.

Nothing is overwritten. A late report that is accepted becomes the event it would have been; of two
reports under one id the organiser says which counts, and the other way round is a correction. What was
decided can be taken back (``tray_undo.py``), and what came of one phone on one walk be decided in one tap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.accounts.models import Device
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, in_hand, residents
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.meeting import hold_phone
from hustings.apps.canvass.models import (
    CanvassEvent,
    EventClash,
    LateReport,
    Settlement,
    SettlementTakenBack,
)
from hustings.apps.canvass.report import report_from_json, somebody_from_json
from hustings.apps.canvass.wordings import labels_now
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

MOST = 200
"""Entries on one page."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a report says, for a person to read."""

    what: str
    at: datetime
    phone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to decide: who and where, what came, why it waits, and for a clash what is there already."""

    about: str
    id: int
    why: str
    walk: int
    door: str
    person: str
    came: Heard
    there: Heard | None


def waiting(campaign: Campaign) -> list[Entry]:
    """
    What nobody has decided yet, oldest first; a fixed number of questions.

    Whoever asks writes the audit line.
    """
    late = list(_open(campaign, LateReport, Settlement.About.LATE).select_related("device", "turf"))
    clashes = list(
        _open(campaign, EventClash, Settlement.About.CLASH)
        .select_related("device")
        .annotate(there=_event_there(campaign))
    )
    labels = labels_now(campaign)
    doors, names = residents.addresses_and_names(
        campaign,
        {each.door_id for each in late if each.door_id} | {each.there["door"] for each in clashes},
        {p for each in (*late, *clashes) if (p := each.content.get("person"))},
    )
    entries = [
        Entry(
            Settlement.About.LATE, each.pk, each.get_why_display(), each.turf.number, doors.get(each.door_id, ""),
            _name(each.content, names), _heard(each.content, each.device.label, labels), None,
        )
        for each in late
    ]  # fmt: skip
    for clash in clashes:
        there = clash.there
        entries.append(
            Entry(
                Settlement.About.CLASH, clash.pk, "", there["walk"], doors.get(there["door"], ""),
                _name(clash.content, names), _heard(clash.content, clash.device.label, labels),
                Heard(
                    _words(there["kind"], there["support"], there["strength"], labels),
                    datetime.fromisoformat(there["at"]), there["phone"],
                ),
            )
        )  # fmt: skip
    return entries


def _event_there(campaign: Campaign) -> Any:
    """The event whose id a clashing report has too."""
    said = JSONObject(
        walk="turf__number", door="door_id", kind="kind", support="support", strength="strength",
        at="occurred_at", phone="device__label",
    )  # fmt: skip
    return Subquery(
        CanvassEvent.objects.of(campaign)
        .filter(id=OuterRef("event_id"))
        .annotate(said=said)
        .values("said")
    )


def _open(campaign: Campaign, model: Any, about: str) -> Any:
    settled = standing_settlements(campaign).filter(about=about).values("subject_id")
    return model.objects.of(campaign).exclude(pk__in=settled).order_by("received_at", "pk")[:MOST]


def standing_settlements(campaign: Campaign) -> QuerySet[Settlement]:
    """What is decided now: without decisions that were taken back."""
    back = SettlementTakenBack.objects.of(campaign).filter(settlement=OuterRef("pk"))
    found: QuerySet[Settlement] = Settlement.objects.of(campaign).exclude(Exists(back))
    return found


@dataclass(frozen=True, slots=True)
class Batch:
    """All late reports of one phone on one walk that wait."""

    device: int
    phone: str
    turf: int
    walk: int
    reports: int


def batches(campaign: Campaign) -> list[Batch]:
    """Late reports by phone and walk, where there are several; the most first."""
    settled = standing_settlements(campaign).filter(about=Settlement.About.LATE)
    counted = (
        LateReport.objects.of(campaign)
        .exclude(pk__in=settled.values("subject_id"))
        .values_list("device_id", "device__label", "turf_id", "turf__number")
        .annotate(reports=Count("pk"))
        .filter(reports__gt=1)
        .order_by("-reports", "device_id", "turf_id")
    )
    return [Batch(*row) for row in counted[:MOST]]


def _name(content: dict[str, Any], names: dict[int, str]) -> str:
    somebody = content.get("somebody")
    if somebody:
        return f"{somebody.get('forename', '')} {somebody.get('surname', '')}".strip()
    return names.get(content.get("person") or 0, "")


def _heard(content: dict[str, Any], phone: str, labels: dict[str, str]) -> Heard:
    report = _report(content)
    return Heard(
        _words(report.kind, report.support, report.strength, labels), report.occurred_at, phone
    )


def _words(kind: str, support: str, strength: int | None, labels: dict[str, str]) -> str:
    if kind != Kind.ANSWERED:
        return str(Kind(kind).label)
    said = labels.get(support, support)
    return f"{said} ({strength})" if strength else said


def _report(content: dict[str, Any]) -> Any:
    return report_from_json({k: v for k, v in content.items() if k not in {"somebody", "ahead_s"}})


def settle(campaign: Campaign, about: str, subject_id: int, *, counts: bool, by: Actor) -> None:
    """
    Decide about one entry: what came counts, or it is set aside. Once; the second says so.

    Raises
    ------
    BadInput
        When it was decided already, or when what came cannot count any more, with the reason.
    """
    with tenant(campaign.pk):
        model: Any = LateReport if about == Settlement.About.LATE else EventClash
        entry = model.objects.of(campaign).select_related("device").filter(pk=subject_id).first()
        if entry is None:
            raise NotHere
        nth = 1 + _taken_back(campaign, about, [subject_id]).get(subject_id, 0)
        _settled, new = Settlement.objects.get_or_create(
            campaign=campaign,
            about=about,
            subject_id=subject_id,
            nth=nth,
            defaults={"counts": counts, "by_label": by.label},
        )
        if not new:
            raise BadInput(_("Somebody decided about this already."))
        if counts and about == Settlement.About.LATE:
            _accept(campaign, entry, nth)
        elif counts:
            _correct(campaign, entry, nth)
        audit(by, "event.settle", subject=about, subject_id=subject_id, detail={"counts": counts})


def settle_batch(
    campaign: Campaign, device_id: int, turf_id: int, *, counts: bool, by: Actor
) -> tuple[int, list[str]]:
    """
    Decide about all late reports of one phone on one walk at once.

    Returns
    -------
    tuple
        How many were decided about, and why each of the others still waits.
    """
    with tenant(campaign.pk):
        # Whoever decides at the same time waits here, and finds them decided.
        device = (
            Device.objects.of(campaign).select_for_update(no_key=True).filter(pk=device_id).first()
        )
        if device is None:
            raise NotHere
        settled = standing_settlements(campaign).filter(about=Settlement.About.LATE)
        late = list(
            LateReport.objects.of(campaign)
            .filter(device_id=device_id, turf_id=turf_id)
            .exclude(pk__in=settled.values("subject_id"))
            .select_related("device")
            .order_by("received_at", "pk")
        )
        if not late:
            raise BadInput(_("Nothing of this phone waits on this walk any more."))
        before = _taken_back(campaign, Settlement.About.LATE, [each.pk for each in late])
        refused: dict[int, str] = {}
        if counts:
            in_hand.walk_typed_in(campaign, turf_id)
            refused = _accept_all(device, late, before)
        together = uuid4()
        Settlement.objects.bulk_create(
            Settlement(
                campaign=campaign, about=Settlement.About.LATE, subject_id=each.pk, counts=counts,
                nth=1 + before.get(each.pk, 0), together=together, by_label=by.label,
            )
            for each in late if each.pk not in refused
        )  # fmt: skip
        done = len(late) - len(refused)
        if done:
            audit(
                by, "event.settle", subject="device", subject_id=device_id, count=done,
                detail={"counts": counts, "walk": turf_id},
            )  # fmt: skip
    return done, list(refused.values())


def _accept_all(
    device: Device, late: Sequence[LateReport], before: dict[int, int]
) -> dict[int, str]:
    """Record them as they came; by the number of the row, why one cannot count."""
    alike: dict[tuple[bool, int | None], list[LateReport]] = {}
    for each in late:
        key = (each.why == LateReport.Why.MOVED, each.content.get("ahead_s"))
        alike.setdefault(key, []).append(each)
    refused = {}
    for (wherever, ahead_s), rows in alike.items():
        reports = [_as_accepted(each, 1 + before.get(each.pk, 0)) for each in rows]
        met = [somebody_from_json(s) for each in rows if (s := each.content.get("somebody"))]
        outcomes = actions.record(
            device, reports, met, on_paper=True, wherever=wherever,
            ahead=None if ahead_s is None else timedelta(seconds=ahead_s),
        )  # fmt: skip
        for each, outcome in zip(rows, outcomes, strict=True):
            if outcome.status not in {"stored", "known"}:
                refused[each.pk] = outcome.message
    return refused


def _taken_back(campaign: Campaign, about: str, subject_ids: Collection[int]) -> dict[int, int]:
    """How often a decision about each was taken back; those without are not there."""
    rows = (
        SettlementTakenBack.objects.of(campaign)
        .filter(settlement__about=about, settlement__subject_id__in=list(subject_ids))
        .values_list("settlement__subject_id")
        .annotate(times=Count("pk"))
    )
    return dict(rows)


def event_id_of(late: LateReport, nth: int) -> UUID:
    """The id of the event that a late report becomes: its own, or a new one after that was taken back."""
    own = UUID(str(late.content["id"]))
    return own if nth == 1 else actions.new_event_id(own, f"accepted {nth}")


def _as_accepted(late: LateReport, nth: int) -> Any:
    return replace(_report(late.content), id=event_id_of(late, nth))


def _accept(campaign: Campaign, late: LateReport, nth: int) -> None:
    somebody = late.content.get("somebody")
    ahead_s = late.content.get("ahead_s")
    record_anew(
        campaign,
        late.device,
        _as_accepted(late, nth),
        [somebody_from_json(somebody)] if somebody else [],
        ahead=None if ahead_s is None else timedelta(seconds=ahead_s),
        wherever=late.why == LateReport.Why.MOVED,
    )


def _correct(campaign: Campaign, clash: EventClash, nth: int) -> None:
    """What came second counts: a new event of the same phone, which corrects what counts by now."""
    event = CanvassEvent.objects.of(campaign).select_related("device").get(id=clash.event_id)
    report = _report(clash.content)
    same_door = (event.turf_id, event.door_id) == (report.turf, report.door)
    fresh = replace(
        report,
        id=second_of(clash, nth),
        corrects=newest_of(event).id if same_door else report.corrects,
    )
    record_anew(campaign, event.device, fresh, [])


def second_of(clash: EventClash, nth: int) -> UUID:
    """The id of the event that the second of two clashing reports becomes."""
    said = bytes(clash.digest).hex() + ("" if nth == 1 else f" {nth}")
    return actions.new_event_id(UUID(str(clash.content["id"])), said)


def newest_of(event: CanvassEvent) -> CanvassEvent:
    """The event itself, or the last of those that corrected it."""
    seen = {event.id}
    while True:
        after = (
            CanvassEvent.objects.of(event.campaign_id)
            .filter(
                corrects=event.id, device_id=event.device_id, turf_id=event.turf_id,
                door_id=event.door_id,
            )
            .order_by("-position").first()
        )  # fmt: skip
        if after is None or after.id in seen:
            return event
        seen.add(after.id)
        event = after


def record_anew(
    campaign: Campaign,
    device: Any,
    report: Any,
    met: list[Any],
    *,
    ahead: timedelta | None = None,
    wherever: bool = False,
) -> None:
    """Record a report of this phone on an organiser's word; :class:`BadInput` where it cannot count."""
    hold_phone(device, met)
    in_hand.walk_typed_in(campaign, report.turf)
    for outcome in actions.record(
        device, [report], met, ahead=ahead, on_paper=True, wherever=wherever
    ):
        if outcome.status not in {"stored", "known"}:
            raise BadInput(outcome.message)
