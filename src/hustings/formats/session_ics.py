"""
Sessions as iCalendar (RFC 5545), for a volunteer's own calendar: one of them, or all of theirs.

Times are written in UTC, so that no rules of time zones travel. A calendar takes a later SEQUENCE of the same UID for
the same session moved, and STATUS:CANCELLED for one that does not take place, or that they cannot come to;
one at which they have no place (yet) is TENTATIVE.
All of it is METHOD:PUBLISH (RFC 5546), which asks for no answer, but for the mail that takes a session away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from icalendar import Calendar, Event, vCalAddress, vText

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAKER = "-//Hustings//Sessions//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a calendar needs of a session; ``place`` and ``words`` only what its reader may know.

    ``organizer`` is an e-mail address, and ``host`` who that is.
    """

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
    organizer: str = ""
    host: str = ""


def write_sessions(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """The file; ``name`` is what a calendar that follows it is called."""
    calendar = _calendar("PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for one in entries:
        calendar.add_component(_event(one))
    content: bytes = calendar.to_ical()
    return content


def write_cancellation(one: Entry, attendee: str) -> bytes:
    """
    A session is taken out of the calendar of whoever has this e-mail address (RFC 5546, 3.2.5).

    It has the UID of the entry that they have, and a SEQUENCE above it: some calendars keep what is only published
    as cancelled beside that entry.
    """
    event = _event(one)
    event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    calendar = _calendar("CANCEL")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(one: Entry) -> Event:
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
    if one.organizer:
        organizer = vCalAddress(f"mailto:{one.organizer}")
        organizer.params["CN"] = vText(one.host)
        event.add("organizer", organizer)
    return event
