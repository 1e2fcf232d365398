"""
Holding a batch back, and letting it count again; see ``docs/decisions/0086-*``.

Nothing is written to an event. The sums of the doors and people that it concerns are worked out anew, so that a
hold and its release leave what was there before.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import in_hand, intake, residents
from hustings.apps.canvass.asking import question_for
from hustings.apps.canvass.held import HELD
from hustings.apps.canvass.models import CanvassEvent, Hold, Release
from hustings.core.errors import BadInput

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.models import Question
    from hustings.apps.canvass.standing import DoorRow

PATIENCE = timedelta(minutes=30)
"""How long a question may stand unanswered before its batch can be held back."""
LONGEST_WHY = 500
"""Characters."""


def may_hold_from(question: Question) -> datetime | None:
    """From when on the batch of this question can be held back; None: now, since it was answered."""
    if question.replies.all():
        return None
    after: datetime = question.asked_at + PATIENCE
    return None if after <= timezone.now() else after


def hold(
    campaign: Campaign, question_id: int, *, whole: bool = False, why: str = "", by: Actor
) -> Hold:
    """
    Hold back what a question is about.

    Parameters
    ----------
    whole
        All that the phone recorded on the walk, not only the stretch that the question names.

    Raises
    ------
    BadInput
        When nobody has replied and it is too early, or when it is held already.
    """
    with tenant(campaign.pk):
        question = question_for(campaign, question_id)
        intake.hold_walks(campaign, {question.turf_id})
        if may_hold_from(question) is not None:
            raise BadInput(
                _("Wait for the reply, or for %(minutes)d minutes after the question.")
                % {"minutes": PATIENCE.seconds // 60}
            )
        if open_holds(campaign).filter(question=question).exists():
            raise BadInput(_("This is held already."))
        held: Hold = Hold.objects.create(
            campaign=campaign, question=question, device_id=question.device_id,
            turf_id=question.turf_id, first_at=None if whole else question.first_at,
            last_at=None if whole else question.last_at,
            why=" ".join(why.split())[:LONGEST_WHY], by_label=by.label,
        )  # fmt: skip
        _work_out(campaign, held)
        audit(
            by, "batch.hold", subject="device", subject_id=question.device_id,
            detail={"walk": question.turf_id, "question": question.pk},
        )  # fmt: skip
    return held


def release(campaign: Campaign, hold_id: int, *, by: Actor) -> None:
    """What was held counts again."""
    with tenant(campaign.pk):
        held = Hold.objects.of(campaign).filter(pk=hold_id).first()
        if held is None:
            raise NotHere
        intake.hold_walks(campaign, {held.turf_id})
        _released, new = Release.objects.get_or_create(
            campaign=campaign, hold=held, defaults={"by_label": by.label}
        )
        if not new:
            raise BadInput(_("This counts again already."))
        in_hand.mark_knocked(campaign, _work_out(campaign, held))
        in_hand.hold_knocked_after_return(campaign, {held.turf_id})
        audit(
            by, "batch.release", subject="device", subject_id=held.device_id,
            detail={"walk": held.turf_id},
        )  # fmt: skip


def open_holds(campaign: Campaign) -> QuerySet[Hold]:
    """What is held back now."""
    over = Release.objects.of(campaign).filter(hold=OuterRef("pk"))
    found: QuerySet[Hold] = Hold.objects.of(campaign).exclude(Exists(over))
    return found


def events_of(held: Hold) -> QuerySet[CanvassEvent]:
    """The events that this holds back."""
    events: QuerySet[CanvassEvent] = CanvassEvent.objects.of(held.campaign_id).filter(
        device_id=held.device_id, turf_id=held.turf_id
    )
    if held.first_at is None:
        return events
    return events.filter(happened_at__range=(held.first_at, held.last_at))


def held_among(campaign_id: UUID, events: Collection[CanvassEvent]) -> set[UUID]:
    """The ids of those of these events that are held back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.id from canvass_canvassevent e where e.campaign_id = %s "
            f"and e.id = any(%s::uuid[]) and {HELD}",
            [campaign_id, [event.id for event in events]],
        )
        return {row[0] for row in cursor.fetchall()}


def _work_out(campaign: Campaign, held: Hold) -> list[DoorRow]:
    """Bring what depends on these events up to what counts now; the doors as they stand then."""
    return work_out_again(campaign, events_of(held))


def work_out_again(campaign: Campaign, events: QuerySet[CanvassEvent]) -> list[DoorRow]:
    """The same for any events; their walks are held already."""
    said: set[tuple[int, int, int | None]] = set(
        events.values_list("turf_id", "door_id", "person_id")
    )
    places = {(turf, door) for turf, door, _person in said}
    homes = residents.residents(campaign, {door for _turf, door in places})
    at_doors = homes | {(person, door) for _turf, door, person in said if person is not None}
    if not places:
        return []
    return intake.work_out(campaign, places, {person for person, _door in at_doors}, at_doors)
