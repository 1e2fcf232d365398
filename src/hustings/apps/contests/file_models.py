"""Files about units: who is there, and what the officials say; each is brought in whole or not at all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class UnitFile(CampaignRow):
    """
    A file that was read, and waits until each of its rows has a unit; then it is brought in at once.

    ``sha256`` is of its bytes: the same file is told of. ``header`` are the names of its columns in order.
    It waits while both ``brought_in_at`` and ``dropped_at`` are empty.
    """

    class What(models.TextChoices):
        """What the file is about."""

        ROSTER = "roster", _("the roster of units")
        OFFICIAL = "official", _("official results")

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="files")
    what = models.CharField(max_length=8, choices=What)
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    header = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)
    read_by = models.TextField()
    brought_in_at = models.DateTimeField(null=True)
    brought_in_by = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "contest", "what", "sha256"],
                condition=Q(dropped_at=None),
                name="one_unit_file_a_digest",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def waits(self) -> bool:
        """Whether it was neither brought in nor dropped."""
        return self.brought_in_at is None and self.dropped_at is None


class UnitFileRow(CampaignRow):
    """
    One row of such a file, and which unit it is of.

    ``values`` are what it says, checked. ``unit`` is empty where nobody has settled it yet, and where the row makes
    a unit of its own.
    """

    class Settled(models.TextChoices):
        """How the row came to its unit."""

        NOT_YET = "", _("not settled")
        BY_CODE = "code", _("by its code")
        BY_NAME = "name", _("by its name")
        BY_ALIAS = "alias", _("by a name it had before")
        BY_HAND = "hand", _("by hand")
        NEW = "new", _("a unit of its own")
        LEFT_OUT = "left_out", _("left out")

    file = CampaignForeignKey(UnitFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    code = models.TextField(blank=True)
    name = models.TextField()
    area = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    unit = CampaignForeignKey(
        "contests.Unit", on_delete=models.CASCADE, null=True, related_name="file_rows"
    )
    settled = models.CharField(max_length=8, choices=Settled, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "file", "number"], name="one_row_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class OfficialResult(CampaignRow):
    """What the officials say of one unit; a later file says it anew, and both stay."""

    file = CampaignForeignKey(UnitFile, on_delete=models.CASCADE, related_name="results")
    unit = CampaignForeignKey(
        "contests.Unit", on_delete=models.CASCADE, related_name="official_results"
    )
    phase = models.CharField(max_length=9)
    numbers = models.JSONField(default=dict)
    row = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "file", "unit", "phase"], name="one_official_result_a_file"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "unit", "phase", "id"], name="official_by_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.phase}"
