"""Sessions, who signed up, every step of theirs, and what was sent to them. No questions here."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.volunteers.models import Volunteer


class Session(CampaignRow):
    """
    A time and a place for people who help.

    ``capacity`` is how many there is room for, ``sign_up_limit`` how many may have a place: more, where some
    will not come. Either may be nothing: then everybody may. ``sequence`` is that of its calendar entry and
    grows with every change. Of ``step_free``, ``toilets`` and ``parking`` nothing may be known.
    """

    class Kind(models.TextChoices):
        """What is done there."""

        DOORS = "doors", _("doors")
        LEAFLETS = "leaflets", _("leaflets")
        CALLS = "calls", _("telephone")
        STALL = "stall", _("street stall")
        TRAINING = "training", _("training")
        OTHER = "other", _("something else")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.DOORS)
    name = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.TextField()
    place = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    at_a_home = models.BooleanField(default=False)
    contact = CampaignForeignKey(
        Volunteer, on_delete=models.SET_NULL, null=True, related_name="contact_of"
    )
    contact_words = models.TextField(blank=True)
    capacity = models.PositiveIntegerField(null=True)
    sign_up_limit = models.PositiveIntegerField(null=True)
    step_free = models.BooleanField(null=True)
    toilets = models.BooleanField(null=True)
    parking = models.BooleanField(null=True)
    access_notes = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.TextField(blank=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "starts_at"], name="session_by_start"),
            models.Index(fields=["campaign", "ends_at"], name="session_by_end"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the session is in."""
        return ZoneInfo(self.time_zone)

    @property
    def limit(self) -> int | None:
        """How many may have a place; None where everybody may."""
        return self.sign_up_limit if self.sign_up_limit is not None else self.capacity

    @property
    def is_over(self) -> bool:
        """Whether its time is past."""
        return self.ends_at <= timezone.now()


class Edit(CampaignRow):
    """A change of a session: what stood there before, by field, so that it can be put back."""

    session = CampaignForeignKey(Session, on_delete=models.CASCADE, related_name="edits")
    before = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "session"], name="edit_by_session")]

    def __str__(self) -> str:
        return f"session {self.session_id}, {self.at:%Y-%m-%d %H:%M}"


class SignUp(CampaignRow):
    """
    Somebody and a session; where it stands is worked out from its steps.

    ``report_id`` is the form's own, where somebody was written down at the door: sent twice it counts once.
    """

    session = CampaignForeignKey(Session, on_delete=models.CASCADE, related_name="sign_ups")
    volunteer = CampaignForeignKey(Volunteer, on_delete=models.CASCADE, related_name="sign_ups")
    made_at = models.DateTimeField(default=timezone.now)
    report_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "session", "volunteer"], name="one_sign_up_each"
            ),
            models.UniqueConstraint(
                fields=["campaign", "session", "report_id"], name="one_arrival_a_report"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "volunteer"], name="sign_up_by_volunteer")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} at {self.session_id}"


class Step(CampaignRow):
    """
    What happened to a sign-up, when and by whom; a mistake is taken back by a further step that names it.

    ``by`` is the member's name, and empty where the volunteer did it themselves. ``starts_at`` is when the
    session was to begin by then: who confirmed for another day has not confirmed.
    """

    class Kind(models.TextChoices):
        """``hustings.core.shifts.standing`` says what each makes of the sign-up."""

        OFFERED = "offered", _("asked")
        SIGNED_UP = "signed_up", _("signed up")
        WAITING = "waiting", _("waits for a place")
        CONFIRMED = "confirmed", _("confirmed")
        CAME = "came", _("came")
        DID_NOT_COME = "did_not_come", _("did not come")
        CANCELLED = "cancelled", _("cannot come")
        CHASED = "chased", _("rung up")
        UNDONE = "undone", _("taken back")

    class Who(models.TextChoices):
        """Who did it."""

        VOLUNTEER = "volunteer", _("the volunteer")
        ORGANISER = "organiser", _("an organiser")
        PROGRAM = "program", _("the waiting list")

    sign_up = CampaignForeignKey(SignUp, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    who = models.CharField(max_length=9, choices=Who)
    by = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    starts_at = models.DateTimeField()
    undoes = CampaignForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "sign_up"], name="step_by_sign_up")]

    def __str__(self) -> str:
        return self.kind


class Message(CampaignRow):
    """
    One mail about a sign-up; the same ``kind`` and ``key`` is never made twice.

    It waits while ``claimed_at`` is empty. A worker claims it, then sends it: one that is claimed and has no
    ``sent_at`` may have been sent, and is not tried again. ``dropped`` says why one was never sent. ``was``
    is what stood there before a change.
    """

    class Kind(models.TextChoices):
        """What it says."""

        BOOKED = "booked", _("has a place")
        PLACE = "place", _("a place is free")
        CONFIRM = "confirm", _("please confirm")
        DAY_BEFORE = "day_before", _("the day before")
        MOVED = "moved", _("it changed")
        CANCELLED = "cancelled", _("it is cancelled")
        RESTORED = "restored", _("it takes place after all")

    class Dropped(models.TextChoices):
        """Why one was not sent."""

        QUIET = "quiet", _("only the night was left for it")
        NO_ADDRESS = "no_address", _("no e-mail address that may be written to")
        OVERTAKEN = "overtaken", _("it was no longer so")
        FAILED = "failed", _("the mail server refused it")

    sign_up = CampaignForeignKey(SignUp, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.TextField()
    was = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped = models.CharField(max_length=10, choices=Dropped, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "sign_up", "kind", "key"], name="one_message_each"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["campaign", "made_at"],
                condition=Q(claimed_at=None, dropped=""),
                name="message_that_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
