"""
Which reminders are due for a sign-up at a moment.

Two are sent: «please confirm» five to four days before, to whoever has not confirmed, and one the day before to
everybody with a place. Neither falls into the quiet hours where the volunteer is: it waits until they are over, and
where that would be too late for it, it is dropped with a reason. Nothing is sent about what is cancelled, nor to
somebody who only waits for a place, nor a second time for the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from hustings.core.shifts.standing import CONFIRMED, SAID_YES, SIGNED_UP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, tzinfo

type Kind = Literal["confirm", "day_before"]

KINDS: tuple[Kind, ...] = ("confirm", "day_before")
FIRST: dict[Kind, timedelta] = {"confirm": timedelta(days=5), "day_before": timedelta(days=1)}
"""So long before the start it is due."""
LAST: dict[Kind, timedelta] = {"confirm": timedelta(days=2), "day_before": timedelta(hours=3)}
"""Later than this it helps nobody: there is another one coming, or they are on their way."""
NEW: dict[Kind, timedelta] = {"confirm": timedelta(days=4), "day_before": timedelta(days=1)}
"""Whoever signed up later than so long before the start has just said that they come."""
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""By the clock where the volunteer is."""
CHASE_AFTER = timedelta(minutes=20)
"""So late somebody is rung up."""


@dataclass(frozen=True, slots=True)
class Booked:
    """
    A sign-up to a session, as far as reminding goes.

    Parameters
    ----------
    session_zone, zone
        The session's, which says on which day it is; and the volunteer's, which says when it is quiet.
    reminded
        What was sent, may have been sent, or was dropped: kind and day of the session.
    """

    starts_at: datetime
    session_zone: tzinfo
    state: str
    signed_up_at: datetime
    zone: tzinfo
    cancelled: bool = False
    reminded: Collection[tuple[str, date]] = frozenset()

    @property
    def day(self) -> date:
        """The session's day where it is; moved to another day, it is reminded of again."""
        return self.starts_at.astimezone(self.session_zone).date()


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder to be sent now, or with a reason one that will never be."""

    kind: Kind
    day: date
    dropped: Literal["", "quiet"] = ""


def is_quiet(moment: datetime, zone: tzinfo) -> bool:
    """Whether somebody there is to be left alone."""
    clock = moment.astimezone(zone).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def end_of_quiet(moment: datetime, zone: tzinfo) -> datetime:
    """The first moment from this one on that is not quiet there."""
    if not is_quiet(moment, zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone).astimezone(UTC)


def due(now: datetime, booked: Booked) -> list[Due]:
    """What is to be done about reminders at this moment."""
    if booked.cancelled or booked.state not in SAID_YES:
        return []
    found = []
    for kind in KINDS:
        first, last = booked.starts_at - FIRST[kind], booked.starts_at - LAST[kind]
        if (
            not first <= now < last
            or (kind, booked.day) in booked.reminded
            or booked.signed_up_at > booked.starts_at - NEW[kind]
            or (kind == "confirm" and booked.state == CONFIRMED)
        ):
            continue
        if end_of_quiet(now, booked.zone) >= last:
            found.append(Due(kind, booked.day, "quiet"))
        elif not is_quiet(now, booked.zone):
            found.append(Due(kind, booked.day))
    return found


def to_chase[Key](
    now: datetime, starts_at: datetime, ends_at: datetime, states: Iterable[tuple[Key, str]]
) -> list[Key]:
    """Who said yes, is twenty minutes late, and can still come."""
    if not starts_at + CHASE_AFTER <= now < ends_at:
        return []
    return [key for key, state in states if state in (SIGNED_UP, CONFIRMED)]
