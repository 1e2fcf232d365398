"""What a campaign offers, who checks in, their signs, and the alerts that organisers settle."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.outings.models import Turf

EVERY_MINUTES = (15, 30, 60, 90)
"""How often somebody may choose to check in."""
GRACE = timedelta(minutes=5)
"""How long the organisers wait after the time has come: the phone reminds its holder first."""
KEPT = timedelta(days=7)
"""How long everything of it is kept once the walk's time is over."""


class Offer(CampaignRow):
    """The campaign lets its volunteers check in, and whom they call. Without an open one nobody can begin."""

    lead_phone = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(ended_at=None), name="one_open_offer_of_safety"
            )
        ]

    def __str__(self) -> str:
        return self.lead_phone


class Watch(CampaignRow):
    """
    Somebody on this walk checks in: they turned it on themselves, on this phone.

    ``ends_at`` is when the walk's time on the phone is over; nobody is missed after it. ``answers_count``
    says that they agreed that an answer which they record is a sign of life.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # type: ignore[assignment]  # made on the phone
    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="watches")
    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    every_minutes = models.PositiveSmallIntegerField()
    answers_count = models.BooleanField()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kept_until = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "device", "turf"],
                condition=Q(ended_at=None),
                name="one_open_watch_a_walk",
            )
        ]

    def __str__(self) -> str:
        return f"{self.device_id}: every {self.every_minutes} min"


class Sign(CampaignRow):
    """What they tapped, and when by the server's clock: the phone says how long ago it was."""

    class Kind(models.TextChoices):
        """Three buttons."""

        WELL = "well", _("all right")
        HELP = "help", _("needs help")
        DONE = "done", _("is done")

    id = models.UUIDField(primary_key=True, editable=False)  # type: ignore[assignment]  # made on the phone
    watch = CampaignForeignKey(Watch, on_delete=models.CASCADE, related_name="signs")
    kind = models.CharField(max_length=4, choices=Kind)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "watch", "at"], name="sign_by_watch")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%H:%M}"


class Alert(CampaignRow):
    """
    Somebody is overdue, or asked for help: once for each silence, and once for each call.

    A worker claims it before it mails anybody; ``mailed_at`` is set when that is done.
    """

    class Kind(models.TextChoices):
        """Why."""

        OVERDUE = "overdue", _("overdue")
        HELP = "help", _("needs help")

    watch = CampaignForeignKey(Watch, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=7, choices=Kind)
    since = models.DateTimeField()
    raised_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "watch", "kind", "since"], name="one_alert_a_silence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since:%H:%M}"


class Settlement(CampaignRow):
    """An organiser has looked after it, and says what they found; it can be taken back."""

    alert = CampaignForeignKey(Alert, on_delete=models.CASCADE, related_name="settlements")
    note = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "alert"],
                condition=Q(taken_back_at=None),
                name="one_settlement_an_alert",
            )
        ]

    def __str__(self) -> str:
        return self.note
