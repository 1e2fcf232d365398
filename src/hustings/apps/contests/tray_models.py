"""Lots that came with reports which nobody vouches for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class TrayLot(CampaignRow):
    """
    A lot as it was written down in the room, with a report that lies in the tray. It decides nothing.

    Somebody of the office takes it in, for a tie that it fits (``became``), or lays it aside. ``record`` is in the
    words of whoever wrote it down: device, called_by, order, witnesses. ``event_id`` is the lot's own on the phone.
    """

    tray = CampaignForeignKey(
        "contests.TrayReport", on_delete=models.CASCADE, related_name="came_with"
    )
    event_id = models.UUIDField()
    step = models.TextField()
    among = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    record = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)
    became = CampaignForeignKey(
        "contests.Lot", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "event_id"], name="one_tray_lot_an_event")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "tray"],
                condition=models.Q(settled_at=None),
                name="tray_lot_that_waits",
            )
        ]

    def __str__(self) -> str:
        return self.step
