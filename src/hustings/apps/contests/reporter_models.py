"""Who reports from which unit, their link, and whether they have tried it out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.volunteers.models import Volunteer


class Reporter(CampaignRow):
    """
    Somebody who reports from one or more units of a contest.

    ``volunteer`` is empty where they are not one of ours; ``source`` is what their reports count as.
    """

    contest = CampaignForeignKey(
        "contests.Contest", on_delete=models.CASCADE, related_name="reporters"
    )
    volunteer = CampaignForeignKey(
        Volunteer, on_delete=models.SET_NULL, null=True, related_name="reports_from"
    )
    name = models.TextField()
    telephone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    source = models.CharField(max_length=8, default="captain")
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "contest", "name"], name="reporter_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class ReporterUnit(CampaignRow):
    """This reporter reports from this unit, until it is taken from them."""

    reporter = CampaignForeignKey(Reporter, on_delete=models.CASCADE, related_name="places")
    unit = CampaignForeignKey("contests.Unit", on_delete=models.CASCADE, related_name="reporters")
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.TextField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "reporter", "unit"], name="one_reporter_a_unit_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "unit"], name="reporter_by_unit")]

    def __str__(self) -> str:
        return f"{self.reporter_id} at {self.unit_id}"


class ReporterLink(CampaignRow):
    """The secret link of a reporter's phone; only its hash is kept."""

    reporter = CampaignForeignKey(Reporter, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "secret_hash"], name="one_reporter_link_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id}"

    @property
    def is_over(self) -> bool:
        """Whether nothing that it sends counts: it was ended, or its contest was taken away."""
        return self.ended_at is not None or self.reporter.contest.taken_away_at is not None


class ReporterStep(CampaignRow):
    """What happened with a reporter before the night; a practice keeps its numbers, and counts nowhere."""

    class Kind(models.TextChoices):
        """How ready they are."""

        OPENED = "opened", _("opened the link")
        PRACTISED = "practised", _("sent a practice report")

    reporter = CampaignForeignKey(Reporter, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind)
    event_id = models.UUIDField(null=True)
    numbers = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "event_id"], name="one_practice_an_event")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "reporter", "kind"], name="reporter_step_by_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class ReporterLetter(CampaignRow):
    """
    One mail with a link for a reporter.

    It waits while ``claimed_at`` is empty. A worker claims it, then sends it: one that is claimed and has no
    ``sent_at`` may have been sent, and is not tried again by itself. ``dropped`` says why one was never sent.
    """

    class Dropped(models.TextChoices):
        """Why one was not sent."""

        NO_ADDRESS = "no_address", _("no e-mail address that may be written to")
        FAILED = "failed", _("the mail server refused it")
        ENDED = "ended", _("the link was ended before it was sent")
        OVER = "over", _("the day was over before it was sent")
        AWAY = "away", _("the contest, or their units, were taken away before it was sent")

    reporter = CampaignForeignKey(Reporter, on_delete=models.CASCADE, related_name="letters")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.TextField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped = models.CharField(max_length=10, choices=Dropped, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "reporter"],
                condition=models.Q(claimed_at=None, dropped=""),
                name="one_reporter_letter_waits",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "reporter", "id"], name="letter_by_reporter")
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def waits(self) -> bool:
        """Whether the worker has it before it."""
        return self.claimed_at is None and not self.dropped
