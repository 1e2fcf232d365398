"""Teams: who is in one, who leads it and which organiser looks after it, each from when and until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class Team(CampaignRow):
    """
    Volunteers who go out together in one area.

    Whoever was in it and led it when it was closed did so until ``closed_at`` to the microsecond, by which opening it
    again finds them.
    """

    name = models.TextField()
    area = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "name"], name="team_by_name")]

    def __str__(self) -> str:
        return self.name


class TeamPlace(CampaignRow):
    """Somebody is in a team, from when until when; a person may be in several."""

    team = CampaignForeignKey(Team, on_delete=models.CASCADE, related_name="places")
    volunteer = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="places"
    )
    since = models.DateTimeField(default=timezone.now)
    put_by = models.TextField()
    until = models.DateTimeField(null=True)
    taken_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "team", "volunteer"],
                condition=Q(until=None),
                name="one_open_place_in_a_team",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "volunteer"], name="place_by_person")]

    def __str__(self) -> str:
        return f"{self.volunteer_id} in {self.team_id}"


class Charge(CampaignRow):
    """
    Who leads a team and which organiser looks after it, from when until when; the open one counts.

    A member's number is no foreign key: memberships stand outside the wall. A hand-over is another row;
    ``undone_at`` says that it was taken back, and the row before it counts again.
    """

    team = CampaignForeignKey(Team, on_delete=models.CASCADE, related_name="charges")
    lead = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.SET_NULL, null=True, related_name="charges"
    )
    organiser_id = models.BigIntegerField(null=True)
    since = models.DateTimeField(default=timezone.now)
    given_by = models.TextField()
    until = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "team"], condition=Q(until=None), name="one_open_charge_a_team"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "lead"], name="charge_by_lead")]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.lead_id}, {self.organiser_id}"
