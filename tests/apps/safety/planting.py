"""Somebody who checks in on the planted walk and is overdue, and an alert that is settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from hustings.apps.safety.models import Alert, Offer, Settlement, Sign, Watch

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """An offer, a watch, a sign, two alerts and a settlement."""
    campaign, now = world.campaign, timezone.now()
    Offer.objects.create(campaign=campaign, lead_phone=canary, made_by=canary)
    watch = Watch.objects.create(
        id=uuid4(), campaign=campaign, device=world.rows["phone"], turf=world.rows["walk"],
        every_minutes=30, answers_count=False, began_at=now - timedelta(hours=2),
        ends_at=now + timedelta(hours=3), kept_until=(now + timedelta(days=7)).date(),
    )  # fmt: skip
    heard = now - timedelta(hours=1)
    Sign.objects.create(id=uuid4(), campaign=campaign, watch=watch, kind="well", at=heard)
    world.rows["alert"] = Alert.objects.create(
        campaign=campaign, watch=watch, kind="overdue", since=heard, mailed_at=now
    )
    settled = Alert.objects.create(
        campaign=campaign, watch=watch, kind="help", since=heard, mailed_at=now
    )
    world.rows["settlement"] = Settlement.objects.create(
        campaign=campaign, alert=settled, note=canary, by=canary
    )
