"""A day of voting, promises and marks, and when the doors of a walk were begun anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.people.models import Person


class PollingDay(CampaignRow):
    """
    One election's day of voting.

    ``turn_out`` has the codes of the campaign's scale or parties that are turned out ("" for those never asked);
    who promised is turned out besides. What tellers heard is deleted after ``told_until``.
    """

    name = models.TextField()
    held_on = models.DateField()
    turn_out = models.JSONField(default=list)
    told_until = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(ended_at=None),
                name="one_open_polling_day",
            )
        ]

    def __str__(self) -> str:
        return self.name


class VotedMark(CampaignRow):
    """
    Somebody has voted: who says so, and of which number.

    ``report_id`` is made where it is told, so that it can be sent twice. Whose number it is, the register says
    each time it is asked: it may grow. ``withdrawn_at`` says that the mark was taken back.
    """

    class Source(models.TextChoices):
        """How we know."""

        TELLER = "teller", _("a teller")
        OFFICER = "officer", _("the polling station’s list")
        ABSENT_RETURN = "absent", _("a postal vote that is in")
        SELF = "self", _("they said so")

    report_id = models.UUIDField()
    day = CampaignForeignKey(PollingDay, on_delete=models.CASCADE, related_name="marks")
    number = models.TextField()
    source = models.CharField(max_length=8, choices=Source, default=Source.TELLER)
    at = models.DateTimeField(default=timezone.now)
    told_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "report_id"], name="one_mark_a_report")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "day", "number"], name="mark_by_number"),
        ]

    def __str__(self) -> str:
        return self.number


class Promise(CampaignRow):
    """Somebody said they will vote for what this campaign is for: in this election, and no longer."""

    day = CampaignForeignKey(PollingDay, on_delete=models.CASCADE, related_name="promises")
    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    source = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    told_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "day", "person"],
                condition=Q(withdrawn_at=None),
                name="one_promise_each",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "person"], name="promise_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at:%Y-%m-%d}"


class Knock(CampaignRow):
    """
    When the doors of a walk were begun anew: the second knock, the third, and so on; the first needs no row.

    ``turf_id`` is a walk of ``outings``, ``after`` the position of the last event of ``canvass`` before it began:
    these rooms stand above this one. No clock decides what belongs to which knock.
    """

    turf_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    after = models.BigIntegerField()
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "turf_id", "number"], name="one_knock_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.turf_id}: {self.number}"
