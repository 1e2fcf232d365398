"""What the worker does: alerts for whoever is overdue, their mail, and forgetting what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety import mailing, queries
from hustings.apps.safety.models import Alert, Watch

if TYPE_CHECKING:
    from datetime import datetime

JOB = Actor("job", "", "safety")


def raise_alert(watch: Watch, kind: str, since: datetime, *, by: Actor) -> Alert | None:
    """Once for each silence and each call; None where it was raised already."""
    try:
        with transaction.atomic():
            alert: Alert = Alert.objects.create(
                campaign_id=watch.campaign_id, watch=watch, kind=kind, since=since
            )
    except IntegrityError:  # another worker was first
        return None
    record(by, "safety.alert", subject="alert", subject_id=alert.pk)
    return alert


def raise_overdue(campaign: Campaign) -> int:
    """An alert for everybody whose sign is overdue, once for each silence; how many are new."""
    now = timezone.now()
    raised = 0
    with tenant(campaign.pk):
        for out in queries.out_now(campaign):
            known = Alert.objects.of(campaign).filter(
                watch_id=out.watch, kind=Alert.Kind.OVERDUE, since=out.heard_at
            )
            if out.is_overdue(now) and not known.exists():
                watch = Watch.objects.of(campaign).get(pk=out.watch)
                raised += raise_alert(watch, Alert.Kind.OVERDUE, out.heard_at, by=JOB) is not None
    return raised


def look_after_everybody() -> int:
    """What the worker does: alerts of every campaign, their mail, and forgetting what is over."""
    raised = 0
    for campaign in Campaign.objects.all():
        raised += raise_overdue(campaign)
        mailing.mail_what_waits(campaign)
        forget(campaign)
    return raised


def forget(campaign: Campaign) -> int:
    """Everything about watches whose day has passed goes; how many watches."""
    with tenant(campaign.pk):
        due = Watch.objects.of(campaign).filter(kept_until__lt=timezone.localdate())
        gone = due.count()
        if gone:
            due.delete()
            record(JOB, "safety.forget", subject="watch", count=gone)
    return gone
