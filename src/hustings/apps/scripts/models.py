"""Versions of the script, the draft beside them, and translations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.core.script.as_json import from_json
from hustings.core.script.tree import Script, of_one_step


class ScriptVersion(CampaignRow):
    """
    What is said and asked from then on: the steps, the same as one text, and the answers there are; never changed.

    ``number`` is what answers keep. ``came_from`` is the older version that was published again.
    """

    number = models.PositiveIntegerField()
    steps = models.JSONField(default=list)
    text = models.TextField()
    support_as = models.CharField(max_length=8)
    choices = models.JSONField(default=list)
    came_from = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="script_version_by_number")
        ]

    def __str__(self) -> str:
        return f"script {self.number}"

    @property
    def script(self) -> Script:
        """As a value; a version without steps is one text."""
        return from_json(self.steps) if self.steps else of_one_step(self.text)


class DraftEdit(CampaignRow):
    """One change of the draft and the whole draft after it; the newest that was not undone is the draft."""

    steps = models.JSONField(default=list)
    did = models.CharField(max_length=12)
    step = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.did} {self.step}"

    @property
    def script(self) -> Script:
        """As a value."""
        return from_json(self.steps)


class Translation(CampaignRow):
    """
    A version in another language: words by the key of what they stand for; another wording is another row.

    Keys are a step's name, and ``name/0`` for its first answer. What has no words here is said as it was written.
    """

    version = CampaignForeignKey(
        ScriptVersion, on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(max_length=12)
    texts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "version", "language"], name="translation_by_version")
        ]

    def __str__(self) -> str:
        return f"{self.language} of {self.version_id}"


class TranslationCheck(CampaignRow):
    """Somebody who speaks the language read a translation and found it right; until then it is a draft."""

    translation = CampaignForeignKey(Translation, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField(default=timezone.now)
    checked_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "translation"], name="checked_once")
        ]

    def __str__(self) -> str:
        return f"check of {self.translation_id}"
