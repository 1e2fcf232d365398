"""Volunteers, and the secret links of their own pages; teams and the join page stand beside. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.people.models import Person
from hustings.apps.volunteers.join_models import Abroad, Invite, JoinForm, JoinPage, Letter
from hustings.apps.volunteers.team_models import Charge, Team, TeamPlace

__all__ = [
    "Abroad", "Charge", "Invite", "JoinForm", "JoinPage", "Letter", "OwnPage", "Team", "TeamPlace",
    "Volunteer",
]  # fmt: skip


class Volunteer(CampaignRow):
    """
    A person who came to help, and what they told us of themselves.

    Name, telephone and e-mail are the person's (``people``). ``languages`` are language tags, best first;
    ``wishes`` and ``times`` are codes that ``joining.py`` names. ``near`` is where they will be, as typed;
    ``lon`` and ``lat`` its place where one is known. ``home_country`` is where they live when that is
    abroad. ``time_zone`` is an IANA name.
    """

    class Transport(models.TextChoices):
        """How they get about."""

        FOOT = "foot", _("on foot")
        BICYCLE = "bicycle", _("by bicycle")
        PUBLIC = "public", _("by bus or train")
        CAR = "car", _("by car")

    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="volunteers")
    joined_at = models.DateTimeField(default=timezone.now)
    languages = models.JSONField(default=list)
    wishes = models.JSONField(default=list)
    times = models.JSONField(default=list)
    transport = models.CharField(max_length=7, choices=Transport, default=Transport.FOOT)
    no_stairs = models.BooleanField(default=False)
    with_partner = models.BooleanField(default=False)
    near = models.TextField(blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    home_country = models.CharField(max_length=2, blank=True)
    time_zone = models.TextField(default="UTC")
    brought_by = CampaignForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="brought"
    )
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "person"], name="one_volunteer_a_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "-joined_at"], name="volunteer_by_time")
        ]

    def __str__(self) -> str:
        return str(self.person.name)


class OwnPage(CampaignRow):
    """A secret link of a volunteer's own page, each for its time (``own_page.LINK_LASTS``); only its hash is kept."""

    volunteer = CampaignForeignKey(Volunteer, on_delete=models.CASCADE, related_name="own_pages")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "secret_hash"], name="one_own_page_each")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}"
