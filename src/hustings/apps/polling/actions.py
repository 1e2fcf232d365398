"""Opening and ending a polling day, telling who has voted, taking that back, promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.polling.models import PollingDay, Promise, VotedMark
from hustings.core.errors import BadInput
from hustings.core.polling.telling import number_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from hustings.apps.people.models import Person


def open_day(
    campaign: Campaign,
    name: str,
    held_on: date,
    *,
    turn_out: Sequence[str],
    told_until: date,
    by: Actor,
) -> PollingDay:
    """
    Begin a polling day.

    Raises
    ------
    BadInput
        When what is told would be deleted before the day, or another day is open.
    """
    if told_until < held_on:
        raise BadInput(_("What tellers hear is needed on the day; delete it on a later date."))
    with tenant(campaign.pk):
        try:
            with transaction.atomic():
                day: PollingDay = PollingDay.objects.create(
                    campaign=campaign, name=name, held_on=held_on, turn_out=list(turn_out),
                    told_until=told_until, opened_by=by.label,
                )  # fmt: skip
        except IntegrityError as error:
            raise BadInput(_("A polling day is open already; end it first.")) from error
        record(by, "polling.open", subject="polling_day", subject_id=day.pk)
    return day


def end_day(day: PollingDay, *, by: Actor) -> None:
    """Nothing more is told; walks show everybody again."""
    with tenant(day.campaign_id):
        open_ = PollingDay.objects.of(day.campaign_id).filter(pk=day.pk, ended_at=None)
        if open_.update(ended_at=timezone.now(), ended_by=by.label):
            record(by, "polling.end", subject="polling_day", subject_id=day.pk)


def mark_voted(
    day: PollingDay,
    district: str,
    text: str,
    *,
    report_id: UUID,
    source: str = VotedMark.Source.TELLER,
    by: Actor,
) -> VotedMark:
    """
    Somebody with this number has voted.

    The same report twice is one mark. A number that nobody on our register has is kept all the same: tellers
    mishear, and registers grow.

    Raises
    ------
    BadInput
        When it is no number, or the day is over.
    """
    number = number_told(district, text)
    with tenant(day.campaign_id):
        if PollingDay.objects.of(day.campaign_id).filter(pk=day.pk, ended_at=None).first() is None:
            raise BadInput(_("This polling day has ended; nothing more is told."))
        mark: VotedMark
        mark, new = VotedMark.objects.of(day.campaign_id).get_or_create(
            campaign_id=day.campaign_id,
            report_id=report_id,
            defaults={
                "day": day,
                "number": number,
                "source": source,
                "told_by": by.label,
            },
        )
        if new:
            record(by, "polling.voted", subject="mark", subject_id=mark.pk)
    return mark


def take_back(mark: VotedMark, *, by: Actor) -> None:
    """It was heard wrong: the mark stays on record and counts nowhere."""
    with tenant(mark.campaign_id):
        live = VotedMark.objects.of(mark.campaign_id).filter(pk=mark.pk, withdrawn_at=None)
        if live.update(withdrawn_at=timezone.now(), withdrawn_by=by.label):
            record(by, "polling.not_voted", subject="mark", subject_id=mark.pk)


def promise(day: PollingDay, person: Person, source: str, *, by: Actor) -> Promise:
    """They will vote; once each."""
    with tenant(day.campaign_id):
        made: Promise
        made, new = Promise.objects.of(day.campaign_id).get_or_create(
            campaign_id=day.campaign_id,
            day=day,
            person=person,
            withdrawn_at=None,
            defaults={"source": source, "told_by": by.label},
        )
        if new:
            record(by, "polling.promise", subject="person", subject_id=person.pk)
    return made


def take_promise_back(made: Promise, *, by: Actor) -> None:
    """It holds no longer."""
    with tenant(made.campaign_id):
        live = Promise.objects.of(made.campaign_id).filter(pk=made.pk, withdrawn_at=None)
        if live.update(withdrawn_at=timezone.now(), withdrawn_by=by.label):
            record(by, "polling.no_promise", subject="person", subject_id=made.person_id)


def forget(campaign: Campaign, today: date, *, by: Actor) -> int:
    """Delete marks and promises of days whose stated date has passed; how many rows went."""
    gone = 0
    with tenant(campaign.pk):
        due = PollingDay.objects.of(campaign).filter(told_until__lt=today, forgotten_at=None)
        for day in due:
            rows = VotedMark.objects.of(campaign).filter(day=day).delete()[0]
            rows += Promise.objects.of(campaign).filter(day=day).delete()[0]
            PollingDay.objects.of(campaign).filter(pk=day.pk).update(
                forgotten_at=timezone.now(), ended_at=day.ended_at or timezone.now()
            )
            record(
                by, "polling.forget", subject="polling_day", subject_id=day.pk, count=max(rows, 1)
            )
            gone += rows
    return gone


def forget_everywhere() -> int:
    """The same for every campaign: what the worker does."""
    today = timezone.localdate()
    return sum(
        forget(campaign, today, by=Actor("job", "", "polling"))
        for campaign in Campaign.objects.all()
    )
