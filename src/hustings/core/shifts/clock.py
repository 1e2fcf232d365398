"""Hours as they stand on a clock on the wall, and what a change of the clock does to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import tzinfo


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """
    The moment at which the clock there shows this; of two, the earlier.

    Raises
    ------
    BadInput
        When the clock there never shows it, because it is put forward over it.
    """
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall.replace(fold=0):
        raise BadInput(
            f"There is no {wall:%H:%M} on {wall:%d %B %Y} there: the clock is put forward that night."
        )
    return moment


def comes_twice(wall: datetime, zone: tzinfo) -> bool:
    """Whether the clock there shows this twice, because it is put back over it."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def days_later(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """So many days later at the same hour of the clock there, also where it was put forward or back meanwhile."""
    wall = moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return moment_of(wall, zone)
