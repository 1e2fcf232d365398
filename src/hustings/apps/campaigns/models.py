"""The campaign and its settings."""

from __future__ import annotations

import uuid

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.precision import Precision


def neutral_support_scale() -> list[dict[str, str]]:
    """Five plain levels from for to against; "not asked" and "refused" are not levels."""
    return [
        {"code": "1", "label": "Strong support"},
        {"code": "2", "label": "Support"},
        {"code": "3", "label": "Undecided"},
        {"code": "4", "label": "Opposed"},
        {"code": "5", "label": "Strongly opposed"},
    ]


class Campaign(models.Model):
    """
    One campaign: the owner of everything else.

    ``script_wording`` is the published script as one text, ``script_steps`` the same with its branches where it has
    any. ``support_scale`` and ``parties`` are what is asked now; ``retired_choices`` keeps what was asked before,
    since answers hold their codes.

    The table is outside the wall, since a campaign must be found before its wall can be chosen; it
    holds nothing about voters.
    """

    class SupportAs(models.TextChoices):
        """How support is asked for."""

        SCALE = "scale", _("an ordered scale")
        PARTIES = "parties", _("a choice of parties, with strength")

    class Units(models.TextChoices):
        """What a walk is balanced by."""

        DOORS = "doors", _("doors")
        MINUTES = "minutes", _("minutes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        unique=True,
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$")],
    )
    name = models.TextField()
    language = models.CharField(max_length=12, default="en-gb")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    made_at = models.DateTimeField(auto_now_add=True)

    country = models.CharField(max_length=2, blank=True)
    foreigners_cut_lists = models.BooleanField(default=False)
    copies_kept_days = models.PositiveIntegerField(default=30, validators=[MinValueValidator(1)])

    balance_by = models.CharField(max_length=8, choices=Units, default=Units.MINUTES)
    doors_per_walk = models.PositiveIntegerField(default=60, validators=[MinValueValidator(1)])
    minutes_per_walk = models.PositiveIntegerField(default=120, validators=[MinValueValidator(5)])
    minutes_per_door = models.FloatField(default=2.0)
    metres_per_minute = models.FloatField(default=80.0)
    seconds_per_floor = models.FloatField(default=20.0)
    price_split_street_minutes = models.FloatField(default=13.0)
    price_street_change_minutes = models.FloatField(default=0.15)
    price_mid_block_crossing_minutes = models.FloatField(default=0.05)
    price_extra_turf_minutes = models.FloatField(default=10.0)
    never_split_streets = models.BooleanField(default=False)
    cross_districts = models.BooleanField(default=False)

    support_as = models.CharField(max_length=8, choices=SupportAs, default=SupportAs.SCALE)
    support_scale = models.JSONField(default=neutral_support_scale)
    parties = models.JSONField(default=list, blank=True)
    script_wording = models.TextField(
        default="Hello, I am a volunteer with the campaign. How do you feel about us at this election?"
    )
    script_version = models.PositiveIntegerField(default=1)
    script_steps = models.JSONField(default=list, blank=True)
    retired_choices = models.JSONField(default=list, blank=True)
    stores_opposition = models.BooleanField(default=True)
    phones_need_letting_in = models.BooleanField(default=True)
    precision = models.CharField(max_length=9, choices=Precision, default=Precision.PERSON)

    def __str__(self) -> str:
        return self.name
