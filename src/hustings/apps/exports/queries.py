"""What left and when it must be destroyed, for the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.exports.leaving import is_gone
from hustings.apps.exports.models import Copy
from hustings.apps.exports.paths import PATHS

if TYPE_CHECKING:
    from datetime import date

    from hustings.apps.campaigns.models import Campaign

SHOWN = 2_000
"""Copies, newest first; a Saturday makes a few hundred."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Copies that one person made on one day, on one path, for one thing: one line of the list."""

    copies: tuple[Copy, ...]
    today: date

    @property
    def first(self) -> Copy:
        """Stands for them all."""
        return self.copies[0]

    @property
    def label(self) -> str:
        """What they are."""
        path = PATHS.get(self.first.path)
        return str(path.label) if path else self.first.path

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(copy.rows for copy in self.copies)

    @property
    def left(self) -> list[Copy]:
        """Those that are still somewhere."""
        return [copy for copy in self.copies if not is_gone(copy, self.today)]

    @property
    def is_overdue(self) -> bool:
        """Whether one should be destroyed by now."""
        return any(copy.expires_on < self.today for copy in self.left)


def batches(campaign: Campaign) -> list[Batch]:
    """What left: what is overdue first, then what is still somewhere by its last day, then the rest."""
    today = timezone.localdate()
    rows = Copy.objects.of(campaign).prefetch_related("destroyed").order_by("-at", "-pk")[:SHOWN]

    def kind(copy: Copy) -> tuple[object, ...]:
        day = timezone.localtime(copy.at).date()
        return (day, copy.path, copy.by, copy.purpose, copy.receiver, copy.country, copy.expires_on)

    found = [
        Batch(tuple(group), today) for _key, group in groupby(sorted(rows, key=kind), key=kind)
    ]
    return sorted(found, key=lambda one: (not one.left, one.first.expires_on, -one.first.pk))
