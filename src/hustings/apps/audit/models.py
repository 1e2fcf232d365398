"""The audit line."""

from __future__ import annotations

from django.db import models

from hustings.apps.campaigns.rows import CampaignRow


class AuditLine(CampaignRow):
    """
    One line: who did or saw what, when.

    Bulk work writes one line with a count. The web role can add and read lines only.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.TextField(blank=True)
    actor_label = models.TextField()
    verb = models.TextField()
    subject = models.TextField(blank=True)
    subject_id = models.TextField(blank=True)
    count = models.PositiveIntegerField(default=1)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["campaign", "-at"], name="audit_line_by_time"),
            models.Index(
                fields=["campaign", "subject", "subject_id"], name="audit_line_by_subject"
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.verb} {self.subject} {self.subject_id}"
