"""What was reported, as it came in; the sheets behind it; and what nobody vouches for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Report(CampaignRow):
    """
    One report of one phase of one unit. The database lets nobody change it: a correction is another report.

    ``event_id`` is made where it is written down, so that it can be sent twice. ``numbers`` are
    ``{"counts": {code: n}}`` with ``attendance`` (first phase) or ``spoilt`` beside; in the delegates phase
    ``counts`` are delegates. ``reported_at`` is by the clock of whoever wrote it down.
    What no reporter vouches for is no report: see :class:`TrayReport`.
    """

    class Source(models.TextChoices):
        """Who says so. Two that differ, and are not the same person, are independent."""

        CAPTAIN = "captain", _("our captain there")
        SECOND = "second", _("a second reporter there")
        OFFICIAL = "official", _("the official who read it out")
        OFFICE = "office", _("taken down by telephone")
        PAPER = "paper", _("read from the paper sheet")

    class Phase(models.TextChoices):
        """What it is about; a primary, a constituency and a members' ballot have the final count only."""

        FIRST = "first", _("first alignment")
        FINAL = "final", _("final count")
        DELEGATES = "delegates", _("delegates")

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="+")
    unit = CampaignForeignKey("contests.Unit", on_delete=models.CASCADE, related_name="reports")
    source = models.CharField(max_length=8, choices=Source)
    phase = models.CharField(max_length=9, choices=Phase)
    numbers = models.JSONField(default=dict)
    event_id = models.UUIDField()
    reporter = CampaignForeignKey(
        "contests.Reporter", on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    by = models.TextField()
    corrects = CampaignForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="corrections"
    )
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "event_id"], name="one_report_an_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "unit", "phase", "id"], name="report_by_unit"),
            models.Index(fields=["campaign", "contest", "id"], name="report_by_contest"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.phase} {self.source}"


class SheetPhoto(CampaignRow):
    """
    A photograph of a unit's paper sheet, by its digest; in the database, so that a backup has it.

    ``event_id`` is the phone's own; ``report_event`` that of the report it belongs to, which may come later.
    """

    unit = CampaignForeignKey("contests.Unit", on_delete=models.CASCADE, related_name="photos")
    event_id = models.UUIDField()
    report_event = models.UUIDField(null=True)
    media_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    content = models.BinaryField()
    taken_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "event_id"], name="one_photo_an_event")
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "unit"], name="photo_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.sha256[:12]}"


class TrayReport(CampaignRow):
    """
    A report that nobody we know vouches for: from an ended link, or from a caller who is not on the list.

    It counts nowhere. An organiser looks at it and either writes a report of their own (``became``) or lays it aside.
    ``reporter`` is whose link it came by, where it came by one.
    """

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="+")
    unit = CampaignForeignKey(
        "contests.Unit", on_delete=models.CASCADE, null=True, related_name="+"
    )
    event_id = models.UUIDField()
    phase = models.CharField(max_length=9, blank=True)
    numbers = models.JSONField(default=dict)
    reporter = CampaignForeignKey(
        "contests.Reporter", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    said_by = models.TextField(blank=True)
    words = models.TextField(blank=True)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.TextField(blank=True)
    became = CampaignForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "event_id"], name="one_tray_report_an_event"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "contest", "id"],
                condition=models.Q(settled_at=None),
                name="tray_report_that_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.phase}"
