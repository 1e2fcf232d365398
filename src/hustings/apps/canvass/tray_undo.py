"""Taking back what was decided in the tray: it waits again, and what it had put into the totals is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, tray
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.models import (  # fmt: skip
    CanvassEvent,
    EventClash,
    LateReport,
    Settlement,
    SettlementTakenBack,
)
from hustings.apps.canvass.report import Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class Decided:
    """What one tap decided, and by whom."""

    together: UUID
    counts: bool
    reports: int
    by_label: str
    at: datetime


def decided_lately(campaign: Campaign, *, most: int = 10) -> list[Decided]:
    """The newest decisions that stand."""
    rows = (
        tray.standing_settlements(campaign)
        .values_list("together", "counts", "by_label")
        .annotate(reports=Count("pk"), decided_at=Min("at"))
        .order_by("-decided_at")[:most]
    )
    return [
        Decided(together, counts, reports, label, at)
        for together, counts, label, reports, at in rows
    ]


def take_back(campaign: Campaign, together: UUID, *, by: Actor) -> tuple[int, list[str]]:
    """
    What one tap decided is undecided again.

    Returns
    -------
    tuple
        How many wait again, and why each of the others stays as it is.
    """
    with tenant(campaign.pk):
        settled = list(Settlement.objects.of(campaign).filter(together=together).order_by("pk"))
        if not settled:
            raise NotHere
        done, kept = 0, []
        for each in settled:
            try:
                with transaction.atomic():
                    _back, new = SettlementTakenBack.objects.get_or_create(
                        campaign=campaign, settlement=each, defaults={"by_label": by.label}
                    )
                    if new:
                        _undo(campaign, each)
                        done += 1
            except BadInput as error:
                kept.append(error.message)
        if done:
            audit(
                by, "event.unsettle", subject=settled[0].about, subject_id=settled[0].subject_id,
                count=done,
            )  # fmt: skip
    return done, kept


def _undo(campaign: Campaign, settled: Settlement) -> None:
    if not settled.counts:
        return
    if settled.about == Settlement.About.LATE:
        late = LateReport.objects.of(campaign).filter(pk=settled.subject_id).first()
        if late is None:
            raise BadInput(_("The report is about somebody who was erased; nothing of it waits."))
        event = _counting(campaign, tray.event_id_of(late, settled.nth))
        tray.record_anew(campaign, event.device, _undoing(event), [])
        return
    clash = EventClash.objects.of(campaign).filter(pk=settled.subject_id).first()
    if clash is None:
        raise BadInput(_("The report is about somebody who was erased; nothing of it waits."))
    second = _counting(campaign, tray.second_of(clash, settled.nth))
    first = CanvassEvent.objects.of(campaign).select_related("wording").get(id=clash.event_id)
    same_door = (first.turf_id, first.door_id) == (second.turf_id, second.door_id)
    again = _said_again(first, second) if same_door else _undoing(second)
    tray.record_anew(campaign, second.device, again, [])


def _counting(campaign: Campaign, event_id: UUID) -> CanvassEvent:
    """The event that the decision brought about, where nothing came after it."""
    event: CanvassEvent | None = (
        CanvassEvent.objects.of(campaign).select_related("device").filter(id=event_id).first()
    )
    if event is None or event.kind == Kind.UNDO:
        raise BadInput(_("What was taken back at the door stays taken back; record it anew."))
    if tray.newest_of(event).id != event.id:
        raise BadInput(_("It was corrected since; the correction counts."))
    return event


def _undoing(event: CanvassEvent) -> Report:
    return Report(
        id=actions.new_event_id(event.id, "taken back"),
        sequence=event.sequence,
        turf=event.turf_id,
        door=event.door_id,
        kind=Kind.UNDO,
        occurred_at=event.occurred_at,
        corrects=event.id,
    )


def _said_again(first: CanvassEvent, second: CanvassEvent) -> Report:
    """What the first of two clashing reports said, once more, over the second."""
    return Report(
        id=actions.new_event_id(second.id, "the first again"),
        sequence=first.sequence,
        turf=first.turf_id,
        door=first.door_id,
        kind=first.kind,
        occurred_at=first.occurred_at,
        channel=first.channel,
        person=first.person_id,
        support=first.support,
        strength=first.strength,
        language=first.language,
        come_back_at=first.come_back_at,
        wishes=first.wishes,
        wish_note=first.wish_note,
        card_left=first.card_left,
        wording_version=first.wording.version if first.wording else 0,
        corrects=second.id,
    )
