"""A piece of background work, as the person who asked for it sees it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignRow


class Job(CampaignRow):
    """One piece of work; ``kind`` names the function (see ``kinds.py``), ``arguments`` are its."""

    class State(models.TextChoices):
        """Where it stands, worked out from the times below."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.TextField()
    arguments = models.JSONField(default=dict)
    asked_kind = models.CharField(max_length=10)
    asked_id = models.TextField(blank=True)
    asked_label = models.TextField()
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    share_done = models.FloatField(default=0.0)
    note = models.TextField(blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["campaign", "kind", "-asked_at"], name="job_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def state(self) -> str:
        """One of :class:`State`."""
        if self.finished_at is not None:
            return self.State.FAILED if self.error else self.State.DONE
        return self.State.RUNNING if self.started_at is not None else self.State.WAITING
