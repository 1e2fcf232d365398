"""Copies of register rows that left, and that they were destroyed. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Copy(CampaignRow):
    """
    Rows of the register left: by whom, on which path, for what, and until when.

    Parameters
    ----------
    rows
        How many people, addresses or lines it holds.
    subject, subject_id
        What it is a copy of: a model's short name, and its number.
    rules
        Those that were asked and have it recorded.
    """

    class Purpose(models.TextChoices):
        """As the rules tell them apart."""

        CAMPAIGNING = "campaigning", _("campaigning")
        DONATION_CHECK = "donation-check", _("checking a donation")
        BACKUP = "backup", _("a backup")
        OTHER = "other", _("something else")

    class Receiver(models.TextChoices):
        """As the rules tell them apart; the last two are never let through."""

        OWN_CAMPAIGN = "own-campaign", _("the campaign itself")
        OWN_HELPER = "own-helper", _("a helper of its own")
        ANOTHER_CAMPAIGN = "another-campaign", _("another campaign")
        ANOTHER_PERSON = "another-person", _("another person")

    path = models.CharField(max_length=20)
    purpose = models.CharField(max_length=16, choices=Purpose)
    receiver = models.CharField(max_length=20, choices=Receiver)
    country = models.CharField(max_length=2, blank=True)
    rows = models.PositiveIntegerField()
    subject = models.TextField(blank=True)
    subject_id = models.TextField(blank=True)
    rules = models.TextField(blank=True)
    expires_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "-at"], name="copy_by_time")]

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.path}"


class Destroyed(CampaignRow):
    """Somebody says that this copy is no more."""

    copy = CampaignForeignKey(Copy, on_delete=models.CASCADE, related_name="destroyed")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "copy"], name="destroyed_once")
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} destroyed"
