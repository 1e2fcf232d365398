"""Tables where arrivals are handed walks, who came, and the running cuts of walks made on the spot."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.apps.outings.models import Action, Cut, Turf
from hustings.apps.shifts.models import Session, SignUp

MOST_ARRIVALS = 300
"""A table hands out to no more phones than this: whoever passes its picture on does not empty a town."""


class Table(CampaignRow):
    """
    A table that people come to: one code for all, until a time or until somebody closes it.

    The secret of its link is made of ``nonce`` and the installation's own key, so that it can be shown again;
    only its hash is kept. ``lon`` and ``lat`` are where it stands, where that is known. Where it is opened for
    a ``session``, whoever says who they are is signed in there.
    """

    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="tables")
    session = CampaignForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.TextField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    nonce = models.UUIDField(default=uuid.uuid4)
    secret_hash = models.CharField(max_length=64)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.TextField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "secret_hash"], name="one_table_a_secret")
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "-opened_at"], name="table_by_time")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it hands out walks now."""
        return self.closed_at is None and self.ends_at > timezone.now()

    @property
    def place(self) -> tuple[float, float] | None:
        """Where it stands; None where that is not known."""
        return (self.lon, self.lat) if self.lon is not None and self.lat is not None else None

    @property
    def actor(self) -> Actor:
        """Who lets phones in here: the link that this organiser put on the table."""
        return Actor("link", f"table {self.pk}", self.opened_by)


class SpotCut(CampaignRow):
    """The running cut of an action that its walks made on the spot belong to; one an action."""

    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    cut = CampaignForeignKey(Cut, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "action"], name="one_spot_cut_an_action")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}/{self.cut_id}"


class Arrival(CampaignRow):
    """
    Somebody asked for a walk: at a table, or from anywhere (``table`` is empty then).

    ``key`` is the hash of what tells the one who asks from others, so that asking twice is the same as once;
    ``over_at`` is set when they come again after their walk. ``wishes`` is :class:`fitting.Wants` as JSON,
    without any place; ``pair`` is the number that a partner types to join the walk. ``why`` says why nothing
    fitted, in words. ``sign_up`` is theirs, where they said who they are.
    """

    table = CampaignForeignKey(Table, on_delete=models.CASCADE, null=True, related_name="arrivals")
    action = CampaignForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    turf = CampaignForeignKey(Turf, on_delete=models.CASCADE, null=True, related_name="+")
    joins = CampaignForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="partners"
    )
    sign_up = CampaignForeignKey(SignUp, on_delete=models.SET_NULL, null=True, related_name="+")
    device_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=64)
    name = models.TextField()
    wishes = models.JSONField(default=dict)
    pair = models.PositiveSmallIntegerField(null=True)
    why = models.TextField(blank=True)
    arrived_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    taken_back_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "key"], condition=Q(over_at=None), name="one_arrival_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "table", "arrived_at"], name="arrival_by_table")
        ]

    def __str__(self) -> str:
        return self.name
