"""What was done about a follow-up. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.outings.models import Turf
from hustings.apps.people.models import Person
from hustings.apps.volunteers.models import Volunteer


class FollowUpStep(CampaignRow):
    """
    One thing that was done about a follow-up: added, never changed.

    A follow-up is named by its walk, its door, the person (none: whoever was at the door) and its kind, so that
    an answer that was corrected leaves it the same. ``nth`` counts its steps, so that two people who do
    something at once do not both do it. ``owner`` is the name of whoever has it now; a member's unless
    ``volunteer`` is there. ``takes_back`` names the step that counts no more.
    """

    class What(models.TextChoices):
        """What was done."""

        TAKEN = "taken", _("taken")
        GIVEN = "given", _("given to somebody")
        DUE = "due", _("due on another day")
        NOTE = "note", _("a note")
        DONE = "done", _("done")
        TAKEN_BACK = "taken_back", _("taken back")

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    door_id = models.BigIntegerField()
    person = CampaignForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    nth = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=What)
    owner = models.TextField(blank=True)
    volunteer = CampaignForeignKey(
        Volunteer, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    due = models.DateField(null=True)
    note = models.TextField(blank=True)
    takes_back = CampaignForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    by_label = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "turf", "door_id", "person", "kind", "nth"],
                nulls_distinct=False,
                name="one_step_at_a_time",
            ),
            models.UniqueConstraint(fields=["campaign", "takes_back"], name="step_taken_back_once"),
            models.CheckConstraint(
                condition=~Q(what="taken_back") | Q(takes_back__isnull=False),
                name="taking_back_names_a_step",
            ),
            models.CheckConstraint(
                condition=~Q(what="due") | Q(due__isnull=False), name="due_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(takes_back__isnull=True) | ~Q(takes_back=F("id")),
                name="no_step_takes_itself_back",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "-at"], name="step_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} at door {self.door_id}: {self.what}"
