"""The open door: whether people may join, forms that came, invitations, letters, and help from abroad."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow


class JoinPage(CampaignRow):
    """
    The campaign's public join page is open. Without an open row there is no such page.

    ``sites`` are the web addresses (``https://example.org``) whose pages may show the form in a frame.
    """

    sites = models.JSONField(default=list)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.TextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(closed_at=None), name="one_open_join_page"
            )
        ]

    def __str__(self) -> str:
        return f"open since {self.opened_at:%Y-%m-%d %H:%M}"


class JoinForm(CampaignRow):
    """A form that came, by the number it was handed out with: the same form sent again is the same volunteer."""

    form_id = models.UUIDField()
    volunteer = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.SET_NULL, null=True, related_name="forms"
    )
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "form_id"], name="one_volunteer_a_form")
        ]

    def __str__(self) -> str:
        return str(self.form_id)


class Invite(CampaignRow):
    """What stands in a volunteer's invite link, so that it is known who brought whom: made up, and says nothing."""

    volunteer = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="invites"
    )
    code = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "code"], name="one_volunteer_a_code")
        ]

    def __str__(self) -> str:
        return self.code


class Abroad(CampaignRow):
    """A volunteer who lives abroad, and the help (with its terms and who pays) that the rules judge."""

    volunteer = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="abroad"
    )
    help = CampaignForeignKey("contributions.Help", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "volunteer"], name="one_help_a_volunteer")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id}"


class Letter(CampaignRow):
    """
    Something that is told to a volunteer by mail; the worker sends it, and it waits until it could be sent.

    ``rung`` is a welcome by telephone, for those who have no e-mail: nothing is sent.
    """

    class Kind(models.TextChoices):
        """What it says."""

        JOINED = "joined", _("thanks, with the link to their own page")
        LINK = "link", _("the link to their own page, once more")
        WELCOME = "welcome", _("welcome, with the next session near them")
        RUNG = "rung", _("welcomed by telephone")

    WELCOMES: ClassVar = (Kind.WELCOME, Kind.RUNG)

    volunteer = CampaignForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="letters"
    )
    kind = models.CharField(max_length=7, choices=Kind)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.TextField()
    mailed_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "volunteer"],
                condition=Q(kind__in=("welcome", "rung")),
                name="welcomed_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "asked_at"],
                condition=Q(mailed_at=None, given_up_at=None),
                name="letter_that_waits",
            )
        ]

    def __str__(self) -> str:
        return self.kind
