"""What is written down about looking at results."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.audit.actions import record
from hustings.apps.audit.models import AuditLine

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign

A_SITTING = timedelta(hours=1)
"""Whoever keeps the map open leaves one line in this time, however often it looks for new answers."""


def looked_at_the_map(who: Actor, campaign: Campaign, action: int | None, answers: int) -> None:
    """Write down that somebody was shown what each door said: one line a sitting."""
    subject_id = f"map {action or 'all'}"
    lately = AuditLine.objects.of(campaign).filter(
        subject="results",
        subject_id=subject_id,
        verb="results.map",
        actor_kind=who.kind,
        actor_id=who.id,
        at__gt=timezone.now() - A_SITTING,
    )
    if not lately.exists():
        record(who, "results.map", subject="results", subject_id=subject_id, count=answers)
