"""Entrance and exit polls: heads by age band and by gender, as whoever asked wrote them down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Poll(CampaignRow):
    """
    One poll of one contest; whoever wrote it down wrongly writes it again, and names the one it ``corrects``.

    ``tables`` has ``age`` and ``gender``, each with ``bands`` as ``core/contest/support`` reads them: heads, weight
    and counts by candidate, those whose age or gender nobody said in a band of their own.
    """

    class Kind(models.TextChoices):
        """When people were asked."""

        ENTRANCE = "entrance", _("entrance poll")
        EXIT = "exit", _("exit poll")

    contest = CampaignForeignKey("contests.Contest", on_delete=models.CASCADE, related_name="polls")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ENTRANCE)
    asked_by = models.TextField()
    tables = models.JSONField(default=dict)
    corrects = CampaignForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest", "id"], name="poll_by_contest")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_by}"
