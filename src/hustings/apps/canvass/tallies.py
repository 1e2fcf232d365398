"""
What is kept of a walk whose dial says sums: how many doors, by what came of them, and which reports are in it.

The two tables are apart on purpose. A report's number says nothing of what it said, and a sum names no report:
in the walk's order, answers one by one would tell which door gave them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.canvass.kinds import Kind
from hustings.apps.outings.models import Turf


class Standing(models.TextChoices):
    """Whether doors are in the sums, or wait for an organiser and why, or were set aside by one."""

    COUNTS = "counts", _("counted")
    OVER = "over", _("the walk was over for this phone")
    OLD = "old", _("it happened long before the walk was handed out")
    ASIDE = "aside", _("set aside")


class CountedReport(CampaignRow):
    """
    A report that is in the sums, so that it is counted once and can be taken back; without what it said.

    ``says`` is false for an undo, which is in no sum itself; ``corrects`` is the report whose door it takes
    out again.
    """

    report_id = models.UUIDField()
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    says = models.BooleanField()
    corrects = models.UUIDField(null=True)
    standing = models.CharField(max_length=6, choices=Standing, default=Standing.COUNTS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "report_id"], name="counted_once_each")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "device", "turf"], name="counted_by_phone"),
            models.Index(fields=["campaign", "corrects"], name="counted_by_what_it_corrects"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"


class Tally(CampaignRow):
    """How many doors of a walk had the same come of them, by phone or sheet and the campaign's own day."""

    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    standing = models.CharField(max_length=6, choices=Standing, default=Standing.COUNTS)
    kind = models.CharField(max_length=14, choices=Kind)
    support = models.TextField(blank=True)
    wording_version = models.PositiveIntegerField(default=0)
    doors = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "campaign", "turf", "device", "day", "standing", "kind", "support",
                    "wording_version",
                ],
                name="one_tally_each",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="answered", support__gt="")
                | (~models.Q(kind="answered") & models.Q(support="")),
                name="a_tally_is_a_result_or_an_answer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.support}: {self.doors}"
