"""
The tray: reports that wait for an organiser, because they came late or clash with another.

Nothing is overwritten. A late report that is accepted becomes the event it would have been; of two
reports under one id the organiser says which counts, and the other way round is a correction.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, walks
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.models import CanvassEvent, EventClash, LateReport, Settlement
from hustings.apps.canvass.report import report_from_json, somebody_from_json
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

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
    clashes = list(_open(campaign, EventClash, Settlement.About.CLASH).select_related("device"))
    there = {
        event.id: event
        for event in CanvassEvent.objects.of(campaign)
        .filter(id__in=[clash.event_id for clash in clashes])
        .select_related("device", "turf")
    }
    labels = {
        str(choice["code"]): str(choice["label"])
        for choice in actions.wording_now(campaign).choices
    }
    doors = walks.addresses(campaign, [each.door_id for each in (*late, *there.values())])
    names = walks.names(
        campaign,
        [p for each in (*late, *clashes) if (p := each.content.get("person"))],
    )
    entries = [
        Entry(
            Settlement.About.LATE, each.pk, each.get_why_display(), each.turf.number, doors.get(each.door_id, ""),
            _name(each.content, names), _heard(each.content, each.device.label, labels), None,
        )
        for each in late
    ]  # fmt: skip
    for clash in clashes:
        event = there[clash.event_id]
        entries.append(
            Entry(
                Settlement.About.CLASH, clash.pk, "", event.turf.number, doors.get(event.door_id, ""),
                _name(clash.content, names), _heard(clash.content, clash.device.label, labels),
                Heard(
                    _words(event.kind, event.support, event.strength, labels), event.occurred_at,
                    event.device.label,
                ),
            )
        )  # fmt: skip
    return entries


def _open(campaign: Campaign, model: Any, about: str) -> Any:
    settled = Settlement.objects.of(campaign).filter(about=about).values("subject_id")
    return model.objects.of(campaign).exclude(pk__in=settled).order_by("received_at", "pk")[:MOST]


def count_waiting(campaign: Campaign) -> int:
    """How many entries wait, up to a page of each kind."""
    return sum(
        len(_open(campaign, model, about).values_list("pk"))
        for model, about in (
            (LateReport, Settlement.About.LATE),
            (EventClash, Settlement.About.CLASH),
        )
    )


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
        _settled, new = Settlement.objects.get_or_create(
            campaign=campaign,
            about=about,
            subject_id=subject_id,
            defaults={"counts": counts, "by_label": by.label},
        )
        if not new:
            raise BadInput(_("Somebody decided about this already."))
        if counts and about == Settlement.About.LATE:
            _accept(campaign, entry)
        elif counts:
            _correct(campaign, entry)
        audit(by, "event.settle", subject=about, subject_id=subject_id, detail={"counts": counts})


def _accept(campaign: Campaign, late: LateReport) -> None:
    somebody = late.content.get("somebody")
    ahead_s = late.content.get("ahead_s")
    _record(
        campaign,
        late.device,
        _report(late.content),
        [somebody_from_json(somebody)] if somebody else [],
        ahead=None if ahead_s is None else timedelta(seconds=ahead_s),
        wherever=late.why == LateReport.Why.MOVED,
    )


def _correct(campaign: Campaign, clash: EventClash) -> None:
    """What came second counts: a new event of the same phone, which corrects the one that is there."""
    event = CanvassEvent.objects.of(campaign).select_related("device").get(id=clash.event_id)
    report = _report(clash.content)
    same_door = (event.turf_id, event.door_id) == (report.turf, report.door)
    fresh = replace(
        report,
        id=actions.new_event_id(report.id, bytes(clash.digest).hex()),
        corrects=event.id if same_door else report.corrects,
    )
    _record(campaign, event.device, fresh, [])


def _record(
    campaign: Campaign,
    device: Any,
    report: Any,
    met: list[Any],
    *,
    ahead: timedelta | None = None,
    wherever: bool = False,
) -> None:
    walks.walk_typed_in(campaign, report.turf)
    for outcome in actions.record(
        device, [report], met, ahead=ahead, on_paper=True, wherever=wherever
    ):
        if outcome.status not in {"stored", "known"}:
            raise BadInput(outcome.message)
