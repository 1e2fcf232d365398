"""The dial: how fine what is heard at doors is kept at all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """From coarse to fine. What is finer than the dial of a walk is stored nowhere."""

    COUNTS = "counts", _("sums only: nothing about any door or person")
    HOUSEHOLD = "household", _("doors: nothing about who lives there")
    PERSON = "person", _("people: who said what")


def is_finer(one: str, other: str) -> bool:
    """Whether the one keeps more than the other."""
    order = list(Precision)
    return order.index(Precision(one)) > order.index(Precision(other))
