"""What the worker does every few minutes: makes the reminders that are due, and sends the mail that waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import mailing
from hustings.apps.shifts.models import Message, Session, SignUp, Step
from hustings.apps.shifts.places_given import message, plain, steps_of
from hustings.apps.shifts.queries import is_for_its_day
from hustings.core.shifts import reminding, standing

if TYPE_CHECKING:
    from datetime import datetime

AHEAD = timedelta(days=5)
"""No reminder is sent earlier."""


def remind_everywhere() -> int:
    """What the worker does; how many mails were sent."""
    sent = 0
    for campaign in Campaign.objects.all():
        make_due(campaign)
        sent += mailing.send_what_waits(campaign)
    return sent


def make_due(campaign: Campaign, now: datetime | None = None) -> int:
    """A row for each reminder that is due, once however often this runs and in how many workers; how many."""
    now = now or timezone.now()
    made = 0
    with tenant(campaign.pk):
        rows = Session.objects.of(campaign).filter(
            starts_at__gt=now, starts_at__lte=now + AHEAD, cancelled_at=None
        )
        sessions = {one.pk: one for one in rows}
        steps = steps_of(campaign.pk, list(sessions))
        reminded = _reminded(campaign, list(steps))
        sign_ups = SignUp.objects.of(campaign).filter(pk__in=list(steps), volunteer__left_at=None)
        for mine in sign_ups.select_related("volunteer").order_by("pk"):  # two workers, one order
            session = sessions[mine.session_id]
            booked = _booked(session, mine, steps[mine.pk], reminded.get(mine.pk, set()))
            for one in reminding.due(now, booked):
                message(mine, one.kind, one.day.isoformat(), dropped=one.dropped)
                made += 1
    return made


def _booked(
    session: Session, mine: SignUp, steps: list[Step], reminded: set[tuple[str, str]]
) -> reminding.Booked:
    rules = plain(steps)
    state, decides = standing.state_of(rules), standing.deciding_step(rules)
    by_number = {step.pk: step for step in steps}
    if (
        state == standing.CONFIRMED
        and decides
        and not is_for_its_day(session, by_number[decides.number])
    ):
        state = standing.SIGNED_UP  # they confirmed for another day
    yes = [by_number[one.number] for one in standing.standing_steps(rules) if one.kind == standing.SIGNED_UP]  # fmt: skip
    day = session.starts_at.astimezone(session.zone).date()
    return reminding.Booked(
        starts_at=session.starts_at, session_zone=session.zone, state=state,
        signed_up_at=yes[-1].at if yes else mine.made_at, zone=mailing.zone_of(mine.volunteer.time_zone),
        reminded={(kind, day) for kind, key in reminded if key == day.isoformat()},
    )  # fmt: skip


def _reminded(campaign: Campaign, sign_ups: list[int]) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    rows = Message.objects.of(campaign).filter(sign_up_id__in=sign_ups, kind__in=reminding.KINDS)
    for sign_up_id, kind, key in rows.values_list("sign_up_id", "kind", "key"):
        found.setdefault(sign_up_id, set()).add((kind, key))
    return found
