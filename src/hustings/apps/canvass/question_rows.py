"""Questions about a phone's answers on a walk, what was replied, batches held back, and decisions taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.outings.models import Turf
from hustings.apps.people.models import Person


class Question(CampaignRow):
    """
    Something an organiser asks whoever carried a walk: how these answers came about.

    ``figures`` are those that the question names (``core/quality/signals.py``); ``first_at`` and
    ``last_at`` the stretch that it is about, both empty where it is about all of the walk.
    """

    class About(models.TextChoices):
        """What made it worth a question."""

        PACE = "pace", _("pace")
        CONTACTS = "contacts", _("how often somebody answered")
        RUN = "run", _("the same answer in a row")
        MINUTE = "minute", _("many answers in one minute")
        CLOCK = "clock", _("the phone’s clock")
        OTHER = "other", _("something else")

    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="questions")
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=About)
    figures = models.JSONField(default=dict)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "device", "turf"], name="question_by_phone")
        ]

    def __str__(self) -> str:
        return f"{self.about}: walk {self.turf_id}"


class Reply(CampaignRow):
    """What was replied, from the phone itself, or written down by an organiser who heard it."""

    question = CampaignForeignKey(Question, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    written_down_by = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"reply to {self.question_id}"


class Hold(CampaignRow):
    """A batch held back: what this phone recorded on this walk, or within a stretch, counts nowhere."""

    question = CampaignForeignKey(Question, on_delete=models.PROTECT, related_name="holds")
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "device", "turf"], name="hold_by_phone")
        ]

    def __str__(self) -> str:
        return f"held: walk {self.turf_id}"


class Release(CampaignRow):
    """A hold is over; what it held counts again."""

    hold = CampaignForeignKey(Hold, on_delete=models.CASCADE, related_name="releases")
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "hold"], name="released_once")
        ]

    def __str__(self) -> str:
        return f"released: {self.hold_id}"


class Ruling(CampaignRow):
    """
    Two canvassers heard different answers of one person, and an organiser said which of them counts.

    It concerns what had arrived by then (``upto``, a position): a new answer is a new difference.
    """

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    event_id = models.UUIDField()
    upto = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "turf", "person"], name="ruling_by_person")
        ]

    def __str__(self) -> str:
        return f"walk {self.turf_id}: {self.event_id}"


class RulingTakenBack(CampaignRow):
    """The ruling is no more; both answers stand beside each other again."""

    ruling = CampaignForeignKey(Ruling, on_delete=models.CASCADE, related_name="taken_back")
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "ruling"], name="ruling_taken_back_once")
        ]

    def __str__(self) -> str:
        return f"taken back: {self.ruling_id}"


class SettlementTakenBack(CampaignRow):
    """What was decided about a late report or a clash is undecided again."""

    settlement = CampaignForeignKey(
        "canvass.Settlement", on_delete=models.CASCADE, related_name="taken_back"
    )
    at = models.DateTimeField(default=timezone.now)
    by_label = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "settlement"], name="settlement_taken_back_once"
            )
        ]

    def __str__(self) -> str:
        return f"taken back: {self.settlement_id}"
