"""How much one reporter may have waiting in the tray: a link that was ended, and passed on, must not fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from hustings.apps.contests.models import ReporterUnit, TrayReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.contests.models import ReporterLink

MOST_WAITING = 200
"""A reporter of twenty units may correct each of their three phases twice."""


def taken_now(link: ReporterLink, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    What of these events is taken in; whatever finds no room in the tray is not heard, and stays on the phone.

    What counts by itself is always taken in, and so is what lies in the tray already.
    """
    reporter = link.reporter
    tray = TrayReport.objects.of(reporter.campaign_id).filter(contest=reporter.contest)
    room = MOST_WAITING - tray.filter(said_by=reporter.name, settled_at=None).count()
    if room >= len(items):
        return list(items)
    theirs = set(
        ReporterUnit.objects.of(reporter.campaign_id)
        .filter(reporter=reporter, taken_at=None, unit__taken_away_at=None)
        .values_list("unit_id", flat=True)
    )
    vouched_for = not link.is_over and timezone.now() >= reporter.contest.opens_at
    ids = [found for one in items if (found := _uuid(one.get("id"))) is not None]
    lie_there = set(tray.filter(event_id__in=ids).values_list("event_id", flat=True))
    taken: list[dict[str, Any]] = []
    for one in items:
        unit = one.get("unit")
        counts = vouched_for and isinstance(unit, int) and unit in theirs
        if counts or _uuid(one.get("id")) in lie_there:
            taken.append(one)
        elif room > 0:
            room -= 1
            taken.append(one)
    return taken


def _uuid(said: object) -> UUID | None:
    try:
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None
