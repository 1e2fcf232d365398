"""Actions, cuts, turfs, their doors, and who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.precision import Precision
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

CODE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"
"""Letters that are not taken for one another in print or by ear at a table: no I, O, S or Z."""
CODE_LENGTH = 6


class Action(CampaignRow):
    """
    One round of the campaign: a canvass or a leaflet round.

    ``universe`` is the choice of doors as it was made (see ``universe.Choice``). A door is in at most
    one live turf of each action; a canvass and a leaflet round may share a door. ``precision`` is the dial:
    how fine what is heard on its walks is stored at all.
    """

    class Kind(models.TextChoices):
        """What is done at the doors."""

        CANVASS = "canvass", _("canvass")
        LEAFLET = "leaflet", _("leaflet round")
        POSTER = "poster", _("poster round")
        TURN_OUT = "turn_out", _("polling day: turning people out")

    name = models.TextField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CANVASS)
    precision = models.CharField(max_length=9, choices=Precision, default=Precision.PERSON)
    universe = models.JSONField(default=dict)
    held_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "-made_at"], name="action_by_time")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_delivery(self) -> bool:
        """Whether things are brought to doors, and nobody is spoken to."""
        return self.kind in DELIVERIES

    @property
    def keeps_people(self) -> bool:
        """Whether anything is kept about who lives there, so that names are on the phone and on paper."""
        return self.precision == Precision.PERSON and not self.is_delivery

    @property
    def keeps_sums_only(self) -> bool:
        """Whether nothing is kept about any door."""
        return self.precision == Precision.COUNTS and not self.is_delivery


DELIVERIES = frozenset({Action.Kind.LEAFLET, Action.Kind.POSTER})
"""Rounds on which things are brought to doors."""


class Cut(CampaignRow):
    """
    One run of cutting: what was wished for, and what came of it.

    ``wishes`` holds the settings as they were (``background.wishes_of``); ``numbers`` what an organiser
    judges the cut by, once there is a result; ``broken_laws`` what the independent judge found.
    """

    class State(models.TextChoices):
        """Where it stands, worked out from the times below."""

        CUTTING = "cutting", _("being cut")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        THROWN_AWAY = "thrown_away", _("thrown away")

    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="cuts")
    wishes = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=1)
    job_id = models.BigIntegerField(null=True)
    numbers = models.JSONField(null=True)
    broken_laws = models.JSONField(default=list)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.TextField()
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    thrown_away_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "action", "-asked_at"], name="cut_by_action")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}/{self.pk}"

    @property
    def state(self) -> str:
        """One of :class:`State`."""
        if self.thrown_away_at is not None:
            return self.State.THROWN_AWAY
        if self.published_at is not None:
            return self.State.PUBLISHED
        return self.State.DRAFT if self.finished_at is not None else self.State.CUTTING

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.State(self.state).label)


class SplitStreet(CampaignRow):
    """A street of a cut that falls into several walks, and why."""

    cut = CampaignForeignKey(Cut, on_delete=models.CASCADE, related_name="split_streets")
    street = models.TextField()
    turfs = models.JSONField(default=list)
    reason = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "cut"], name="split_by_cut")]

    def __str__(self) -> str:
        return self.street


class Turf(CampaignRow):
    """
    The doors one person is given, and the walk past them.

    Minutes and metres are of the whole walk; ``streets`` and ``flags`` are lists of words; ``route`` is
    the line to walk as [lon, lat] pairs. ``code`` is the six letters that name it on paper, once it is
    published. While ``locked_at`` is set, no step and no new cut changes it. ``meant_for`` is whose usual
    road it is (``workbench_models.Pin``).
    """

    class State(models.TextChoices):
        """Where it stands, worked out from the times below and the open check-out."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("free")
        CHECKED_OUT = "checked_out", _("out")
        RETURNED = "returned", _("back")
        RETIRED = "retired", _("retired")

    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="turfs")
    cut = CampaignForeignKey(Cut, on_delete=models.CASCADE, related_name="turfs")
    number = models.PositiveIntegerField()
    name = models.TextField()
    door_count = models.PositiveIntegerField()
    minutes = models.FloatField()
    walk_m = models.FloatField()
    streets = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    route = models.JSONField(default=list)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    published_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    meant_for = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "cut", "number"], name="one_turf_a_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "action", "number"], name="turf_by_action")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    if TYPE_CHECKING:
        checkouts: Any
        held: Any

    @property
    def open_checkout(self) -> Checkout | None:
        """
        Who has it; None when nobody has.

        Lists fetch it for all their turfs at once (``queries.with_holders``).
        """
        if not hasattr(self, "held"):
            self.held = list(self.checkouts.filter(returned_at=None))
        return self.held[0] if self.held else None

    @property
    def state(self) -> str:
        """One of :class:`State`."""
        if self.retired_at is not None:
            return self.State.RETIRED
        if self.returned_at is not None:
            return self.State.RETURNED
        if self.published_at is None:
            return self.State.DRAFT
        return self.State.CHECKED_OUT if self.open_checkout else self.State.PUBLISHED

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.State(self.state).label)


class TurfDoor(CampaignRow):
    """
    One door's place in a walk.

    ``live`` says that nobody else may be given this door in this action: it is set while its turf is
    published or out, and stays set for a door that was knocked on when the turf came back. The database
    allows one live row for each action and door. ``door_id`` is a door of ``places``. ``taken_at`` is when
    a step on the workbench took the door from a walk that was published: the row stays, so that paper and
    phones that still have the door can say what they heard there.
    """

    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="turf_doors")
    door_id = models.BigIntegerField()
    stop = models.PositiveIntegerField()
    live = models.BooleanField(default=False)
    knocked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "turf", "stop"], name="one_door_a_stop"),
            models.UniqueConstraint(
                fields=["campaign", "action", "door_id"],
                condition=Q(live=True),
                name="one_live_turf_a_door",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "door_id"], name="turf_by_door")]

    def __str__(self) -> str:
        return f"{self.turf_id}: {self.stop}"


class Checkout(CampaignRow):
    """A turf in somebody's hands, until it comes back or its time is over."""

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="checkouts")
    holder = models.TextField()
    device_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    expires_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "turf"],
                condition=Q(returned_at=None),
                name="one_open_checkout_a_turf",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "turf"], name="checkout_by_turf")]

    def __str__(self) -> str:
        return f"{self.turf_id}: {self.holder}"

    def is_overdue(self, now: datetime | None = None) -> bool:
        """Whether its time is over and it has not come back."""
        return self.returned_at is None and self.expires_at <= (now or timezone.now())


class PhoneLink(CampaignRow):
    """A link shown on a screen that lets one phone in, once, within fifteen minutes; only its hash is kept."""

    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, related_name="phone_links")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "secret_hash"], name="one_phone_link_each")
        ]

    def __str__(self) -> str:
        return f"{self.turf_id}, until {self.expires_at:%Y-%m-%d %H:%M}"


class WalkCode(models.Model):
    """
    Which campaign and turf six letters name.

    Outside the wall, since a code must be found before a wall can be chosen, and so that no two
    campaigns of one installation hand out the same letters. It holds nothing about people, and a code
    by itself opens nothing about people.
    """

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    turf_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "turf_id"], name="one_code_a_turf")
        ]

    def __str__(self) -> str:
        return self.code


class PlanStep(CampaignRow):
    """
    One step on the workbench: doors that went from walk to walk, a lock, walks that became one.

    ``number`` counts the steps of a cut. ``change`` is the cut's count of everything that was done to it:
    steps, undone and made again; a screen says which it has seen. ``before`` and ``after`` hold each touched
    walk as it was and as it became, by its number (``plan_state.py``): enough to undo the step, and to make
    it again. ``moved`` are [door, from walk, to walk], 0 for none. ``broken`` are laws it broke.
    """

    class What(models.TextChoices):
        """What a step does."""

        MOVE = "move", _("moved doors")
        NEW_WALK = "new_walk", _("made a walk of doors")
        TAKE_OUT = "take_out", _("took doors out of the cut")
        MERGE = "merge", _("made one walk of several")
        LOCK = "lock", _("locked a walk")
        UNLOCK = "unlock", _("unlocked a walk")

    cut = CampaignForeignKey(Cut, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    change = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What)
    moved = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    broken = models.JSONField(default=list)
    by = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "cut", "number"], name="one_step_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.cut_id}: {self.number} {self.what}"


class AtWorkbench(CampaignRow):
    """Somebody who has a cut's workbench open; gone a while after the page last asked."""

    cut = CampaignForeignKey(Cut, on_delete=models.CASCADE, related_name="at_it")
    member_id = models.BigIntegerField()
    name = models.TextField()
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "cut", "member_id"], name="once_at_a_cut")
        ]

    def __str__(self) -> str:
        return f"{self.cut_id}: {self.name}"


class Area(CampaignRow):
    """A named shape on the map, as [lon, lat] corners: doors inside it are chosen with one tap."""

    name = models.TextField()
    corners = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "name"], name="area_by_name")]

    def __str__(self) -> str:
        return self.name


class Pin(CampaignRow):
    """
    «My usual road»: doors that every cut keeps together, and whom their walk is meant for.

    A whole street by name, or some ``doors``.
    """

    meant_for = models.TextField()
    street = models.TextField(blank=True)
    doors = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "-made_at"], name="pin_by_time")]

    def __str__(self) -> str:
        return f"{self.meant_for}: {self.street or len(self.doors)}"
