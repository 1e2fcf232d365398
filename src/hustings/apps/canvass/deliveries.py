"""What was put through a letterbox on a leaflet or poster round; no canvass, and nothing about people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.canvass.kinds import OF_DELIVERIES, Kind
from hustings.apps.outings.models import Turf

STANDS = """
d.kind <> 'undo' and not exists (
  select from canvass_delivery c where c.campaign_id = d.campaign_id and c.corrects = d.report_id
    and c.device_id = d.device_id and c.turf_id = d.turf_id and c.door_id is not distinct from d.door_id)
"""
"""A delivery ``d`` that nothing takes back."""


class Delivery(CampaignRow):
    """
    One report of a delivery: added, never changed; the newest at a door that nothing takes back counts.

    The table's own number is the server's order. ``left_over``, how many were left, is of the walk and has no
    door.
    """

    report_id = models.UUIDField()
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    door_id = models.BigIntegerField(null=True)
    kind = models.CharField(
        max_length=14, choices=[(kind, kind.label) for kind in (*OF_DELIVERIES, Kind.UNDO)]
    )
    left_over = models.PositiveIntegerField(null=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    corrects = models.UUIDField(null=True)
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "report_id"], name="delivered_once_each"),
            models.CheckConstraint(
                condition=models.Q(kind="left_over", left_over__isnull=False, door_id__isnull=True)
                | (~models.Q(kind="left_over") & models.Q(left_over__isnull=True)),
                name="how_many_goes_with_left_over",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "turf", "door_id"], name="delivery_by_door"),
            models.Index(fields=["campaign", "device", "turf"], name="delivery_by_phone"),
            models.Index(fields=["campaign", "corrects"], name="delivery_by_what_it_corrects"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at door {self.door_id}"
