"""
Sessions as iCalendar (RFC 5545), for a volunteer's own calendar: one of them, or all of theirs.

Times are written in UTC, so that no rules of time zones travel. A calendar takes a later SEQUENCE of the same UID for
the same session moved, and STATUS:CANCELLED for one that does not take place, or that they cannot come to;
one at which they have no place (yet) is TENTATIVE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAKER = "-//Hustings//Sessions//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar needs of a session; ``place`` and ``words`` only what its reader may know."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    words: str = ""
    url: str = ""
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"] = "CONFIRMED"


def write_sessions(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """The file; ``name`` is what a calendar that follows it is called."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for one in entries:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", one.stamp.astimezone(UTC))
        event.add("dtstart", one.starts.astimezone(UTC))
        event.add("dtend", one.ends.astimezone(UTC))
        event.add("summary", one.title)
        for key, value in (("location", one.place), ("description", one.words), ("url", one.url)):
            if value:
                event.add(key, value)
        event.add("status", one.status)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
