"""Users, memberships, phones and the links that let somebody in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.roles import RIGHTS, Role
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any


class UserManager(BaseUserManager["User"]):
    """Makes users by their e-mail address; nobody has a password."""

    def create_user(self, email: str) -> User:
        """A user who signs in by code, link or passkey."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who signs in, known by an e-mail address; outside the wall, since one person may help several campaigns."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    if TYPE_CHECKING:
        of_request: dict[str, Membership]

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """
    What somebody is in a campaign, and what they are called there: no other campaign learns the name.

    Outside the wall: memberships decide which campaign a request may see. ``access.membership_for``
    is the only way to one.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="memberships")
    name = models.TextField(blank=True)
    role = models.CharField(max_length=12, choices=Role)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "user"], name="one_membership_each"),
        )

    def __str__(self) -> str:
        return f"{self.called}: {self.role} of {self.campaign}"

    @property
    def called(self) -> str:
        """The name in this campaign; the e-mail address where none was given."""
        return self.name or self.user.email

    @property
    def actor(self) -> Actor:
        """This member, as written into audit lines."""
        return Actor("member", str(self.pk), self.called)

    def may(self, right: str) -> bool:
        """Whether the role allows it; what the table does not name is not allowed."""
        return right in RIGHTS.get(self.role, frozenset())


class SpeakingRight(CampaignRow):
    """
    This member speaks for the candidate: since when, on whose word, and until when.

    A member's number is no foreign key: memberships stand outside the wall, and who spoke when is still
    asked after somebody has left. ``until`` is empty where it holds until it is taken back.
    """

    member_id = models.BigIntegerField()
    holder = models.TextField()
    given_by = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "member_id"],
                condition=models.Q(ended_at=None),
                name="one_open_right_to_speak_each",
            ),
        )
        indexes = (models.Index(fields=["campaign", "member_id"], name="speaking_by_member"),)

    def __str__(self) -> str:
        return f"{self.holder} speaks for the candidate since {self.given_at:%Y-%m-%d %H:%M}"

    def holds_at(self, moment: datetime) -> bool:
        """Whether it was given by then and neither over nor taken back."""
        ends = [end for end in (self.until, self.ended_at) if end is not None]
        return self.given_at <= moment and all(moment < end for end in ends)


class StatusAnswer(CampaignRow):
    """
    What somebody answered when asked once who they are, as the law of the United States asks; no documents.

    A user's number is no foreign key: users stand outside the wall.
    """

    class Status(models.TextChoices):
        """As the rules tell people apart."""

        CITIZEN = "citizen", _("a citizen of the United States")
        NATIONAL = "national", _("a US national")
        RESIDENT = "permanent-resident", _("a permanent resident there")
        FOREIGN = "foreign", _("none of these: a foreign national")

    user_id = models.BigIntegerField()
    us_status = models.CharField(max_length=20, choices=Status)
    answered_on = models.DateField()
    asked_by = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["campaign", "user_id"], name="answer_by_user"),)

    def __str__(self) -> str:
        return f"{self.us_status}, {self.answered_on}"


class SignInLink(models.Model):
    """A link that signs one person in once, made at the host's command line; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.user}, until {self.expires_at:%Y-%m-%d %H:%M}"


class Device(CampaignRow):
    """
    A phone that carries a walk.

    Enrolled by a code or link; shows nothing about people until it was let in, and nothing any more
    once it was revoked or its time is over. Only the hash of its token is kept.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    label = models.TextField()
    secret_hash = models.CharField(max_length=64)
    enrolled_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "public_id"], name="device_by_public_id"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def actor(self) -> Actor:
        """This phone, as written into audit lines."""
        return Actor("device", str(self.public_id), self.label)

    def is_let_in(self) -> bool:
        """Whether somebody let this phone in, nobody took that back, and its time is not over."""
        taken = self.revocations.filter(device=models.OuterRef("device"))
        return self.expires_at > timezone.now() and bool(
            self.admissions.exclude(models.Exists(taken)).exists()
        )

    if TYPE_CHECKING:
        admissions: Any
        revocations: Any
        was_let_in: bool  # as the request of a phone began: of one that ``access.device_of`` found
        was_taken_back: bool


class DeviceAdmission(CampaignRow):
    """Somebody let this phone in."""

    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="admissions")
    by_label = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["campaign", "device"], name="admission_by_device"),)

    def __str__(self) -> str:
        return f"{self.device_id} let in by {self.by_label}"


class DeviceRevocation(CampaignRow):
    """Somebody took this phone's leave back."""

    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="revocations")
    by_label = models.TextField()
    why = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["campaign", "device"], name="revocation_by_device"),)

    def __str__(self) -> str:
        return f"{self.device_id} revoked by {self.by_label}"
