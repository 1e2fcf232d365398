"""Phones' grants, events, and what is worked out from them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow, ManyCampaignRow
from hustings.apps.campaigns.shades import shades_of
from hustings.apps.canvass.deliveries import Delivery as Delivery
from hustings.apps.canvass.kinds import Channel, Kind
from hustings.apps.canvass.question_rows import (  # fmt: skip
    Hold,
    Question,
    Release,
    Reply,
    Ruling,
    RulingTakenBack,
    SettlementTakenBack,
)
from hustings.apps.canvass.tallies import CountedReport as CountedReport
from hustings.apps.canvass.tallies import Tally as Tally
from hustings.apps.outings.models import Turf
from hustings.apps.people.models import Person

__all__ = [
    "Hold",
    "Question",
    "Release",
    "Reply",
    "Ruling",
    "RulingTakenBack",
    "SettlementTakenBack",
]


class CodeGuesses(models.Model):
    """
    How many wrong codes came lately from one browser or network; see ``guessing.py``.

    Outside the wall: a guess names no campaign yet. The key is a keyed hash.
    """

    key = models.CharField(max_length=64, primary_key=True)
    used = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.used}"


class WalkGrant(CampaignRow):
    """This phone asked for this walk; it shows it once the phone is let in, until it expires."""

    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="grants")
    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    holder = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "device", "turf"], name="one_grant_each")
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "turf"], name="grant_by_turf")]

    def __str__(self) -> str:
        return f"{self.holder}: walk {self.turf_id}"


class WalkReturn(CampaignRow):
    """The walk was handed back by this phone; its grant is over."""

    grant = CampaignForeignKey(WalkGrant, on_delete=models.CASCADE, related_name="returns")
    at = models.DateTimeField(default=timezone.now)
    doors_recorded = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "grant"], name="returned_once")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} returned"


class Wording(CampaignRow):
    """What was asked, word for word, with the answers there were to choose from; kept for ever."""

    version = models.PositiveIntegerField()
    text = models.TextField()
    support_as = models.CharField(max_length=8)
    choices = models.JSONField(default=list)
    first_shown_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "version"], name="wording_by_version")
        ]

    def __str__(self) -> str:
        return f"wording {self.version}"

    @property
    def shaded_choices(self) -> list[dict[str, str]]:
        """The levels, each with its colour by where it stands from for to against."""
        return [
            {**choice, "shade": shade}
            for choice, shade in zip(self.choices, shades_of(self.choices), strict=True)
        ]


class PersonMet(CampaignRow):
    """
    Somebody met at a door who is not on the register, by the id that the phone gave them.

    The row stays without a person when they are erased, so that a phone that reports them again is refused.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # type: ignore[assignment]  # made on the phone
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    door_id = models.BigIntegerField()
    person = CampaignForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "door_id"], name="met_by_door")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class CanvassEvent(ManyCampaignRow):
    """
    One outcome of one attempt: added, never changed.

    ``position`` is the server's order. ``corrects`` and ``after`` may name an event that arrives later, so
    they are no foreign keys. ``occurred_at`` is what the phone's clock said, ``happened_at`` the same
    with the clock put right by what it said when it sent, and never later than the arrival. ``more`` is
    what a newer app said in words that were not known here; ``wishes`` are codes of :class:`~.wishes.Wish` with
    a space between two, ``wish_note`` what they are about. ``digest`` tells the same report sent twice
    from two reports with one id; it is empty, as the person and the answer are, once the person was
    erased.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # type: ignore[assignment]  # made on the phone
    position = models.BigIntegerField(
        db_default=Func(Value("canvass_event_position"), function="nextval")
    )
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    door_id = models.BigIntegerField()
    person = CampaignForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    kind = models.CharField(max_length=14, choices=Kind)
    support = models.TextField(blank=True)
    strength = models.PositiveSmallIntegerField(null=True)
    language = models.TextField(blank=True)
    come_back_at = models.DateTimeField(null=True)
    wishes = models.TextField(db_default="", blank=True)
    wish_note = models.TextField(db_default="", blank=True)
    card_left = models.BooleanField(db_default=False)
    wording = CampaignForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    happened_at = models.DateTimeField(
        db_default=Func(function="now"),
    )
    corrects = models.UUIDField(null=True)
    after = models.UUIDField(null=True)
    app = models.TextField(blank=True)
    more = models.JSONField(db_default=Value({}, output_field=models.JSONField()))
    digest = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="answered", support__gt="")
                | (~Q(kind="answered") & Q(support="")),
                name="either_a_result_or_answers",
            ),
            models.CheckConstraint(
                condition=Q(strength__isnull=True)
                | Q(strength__gte=1, strength__lte=3, support__gt=""),
                name="strength_goes_with_a_choice",
            ),
            models.CheckConstraint(
                condition=~Q(kind="undo") | Q(corrects__isnull=False),
                name="undo_names_what_is_undone",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="no_event_corrects_itself",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "door_id", "position"], name="event_by_door"),
            models.Index(fields=["campaign", "person"], name="event_by_person"),
            models.Index(fields=["campaign", "device", "turf", "sequence"], name="event_by_device"),
            models.Index(fields=["campaign", "corrects"], name="event_by_what_it_corrects"),
            models.Index(
                fields=["campaign", "happened_at"],
                condition=~Q(wishes="") | Q(kind="come_back"),
                name="event_with_a_wish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at door {self.door_id}"


class EventClash(CampaignRow):
    """Another report under an id that was taken, kept for a person to look at; counts nowhere."""

    event_id = models.UUIDField()
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "event_id", "digest"], name="one_clash_each"
            )
        ]

    def __str__(self) -> str:
        return f"clash at {self.event_id}"


class LateReport(CampaignRow):
    """
    A report that an organiser is to look at first: it counts nowhere until they accept it.

    ``content`` is the report as it came, with the person met at the door under ``somebody`` where there
    is one, and with ``ahead_s``, how far the phone's clock was ahead when it sent.
    """

    class Why(models.TextChoices):
        """Why it waits."""

        OVER = "over", _("the walk was over for this phone")
        OLD = "old", _("it happened long before the walk was handed out")
        MOVED = "moved", _("by the register, the person lives elsewhere by now")

    why = models.CharField(max_length=5, choices=Why, default=Why.OVER)
    report_id = models.UUIDField()
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    turf = CampaignForeignKey(Turf, on_delete=models.PROTECT, related_name="+")
    door_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    digest = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "report_id", "digest"], name="one_late_each"
            )
        ]

    def __str__(self) -> str:
        return f"late at door {self.door_id}"


class RefusedReport(CampaignRow):
    """
    A report that was refused, without what it said: so that its number in the phone's row is no gap.

    ``erased`` says that it was about somebody who was erased.
    """

    report_id = models.UUIDField()
    device = CampaignForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    sequence = models.BigIntegerField()
    erased = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "device", "report_id"], name="refused_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"refused: {self.report_id}"


class LastSync(CampaignRow):
    """
    What a phone said of itself when it was last heard from; one row a phone.

    ``first`` and ``newest`` are the lowest and highest number that it gave to an event, sent or not;
    ``unsent`` how many it still had; ``ahead_s`` how many seconds its clock was ahead, where it said.
    """

    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="last_syncs")
    at = models.DateTimeField(default=timezone.now)
    first = models.BigIntegerField(default=1)
    newest = models.BigIntegerField(default=0)
    unsent = models.PositiveIntegerField(null=True)
    ahead_s = models.BigIntegerField(null=True)
    app = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "device"], name="last_sync_each")
        ]

    def __str__(self) -> str:
        return f"{self.device_id} at {self.at}"


class WalkMark(CampaignRow):
    """
    How often something happened on a walk: whoever writes holds the row until they commit.

    So no change with a lower number becomes seen after one with a higher: a phone that asks for what
    changed since a number misses none.
    """

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    changes = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "turf"], name="one_mark_a_walk")
        ]

    def __str__(self) -> str:
        return f"walk {self.turf_id}: {self.changes}"


class Settlement(CampaignRow):
    """
    What an organiser decided about a late report or a clash: it counts, or it is set aside.

    ``nth`` is one more for each decision that was taken back before; ``together`` those that were one tap.
    """

    class About(models.TextChoices):
        """What was decided about."""

        LATE = "late", _("a late report")
        CLASH = "clash", _("a clash")

    about = models.CharField(max_length=5, choices=About)
    subject_id = models.BigIntegerField()
    counts = models.BooleanField()
    nth = models.PositiveSmallIntegerField(default=1)
    together = models.UUIDField(default=uuid4)
    by_label = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "about", "subject_id", "nth"], name="settled_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.subject_id}: {self.counts}"


class DoorStanding(ManyCampaignRow):
    """What happened at a door of a walk by now, worked out from its events; ``change`` of :class:`WalkMark`."""

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    door_id = models.BigIntegerField()
    visits = models.PositiveIntegerField(default=0)
    contacted = models.BooleanField(default=False)
    answers = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    last_kind = models.CharField(max_length=14, blank=True)
    come_back_at = models.DateTimeField(null=True)
    change = models.BigIntegerField(db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "turf", "door_id"], name="one_standing_a_door"
            )
        ]

    def __str__(self) -> str:
        return f"door {self.door_id}: {self.visits}"


class Visit(ManyCampaignRow):
    """One phone at one door on one day (the campaign's own day), worked out from the events."""

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    door_id = models.BigIntegerField()
    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    contacted = models.BooleanField()
    answers = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "turf", "door_id", "device", "day"], name="one_visit_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: door {self.door_id}"


class Answer(ManyCampaignRow):
    """
    The answer of a person in a walk by now (of the door, where nobody is known), worked out.

    ``device`` and ``day`` are of the newest answer that counts; ``disputed`` says that two phones of
    this walk heard different ones.
    """

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="+")
    door_id = models.BigIntegerField()
    person = CampaignForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    device = CampaignForeignKey(Device, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    support = models.TextField()
    strength = models.PositiveSmallIntegerField(null=True)
    disputed = models.BooleanField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "turf", "door_id"], name="answer_by_door")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.support}"


class Received(CampaignRow):
    """
    How many events have arrived, counted in sixteen parts so that phones do not wait for each other.

    Their sum says whether anything changed since a page was made, exactly and at once.
    """

    part = models.PositiveSmallIntegerField()
    events = models.BigIntegerField(default=0)
    newest_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "part"], name="one_count_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.events}"
