"""
An invitation as iCalendar (RFC 5545) with a method (RFC 5546), for calendars and for other campaigns.

Who invites and who is invited stand as nodes, which are addresses too, and never as somebody's e-mail.
Times are written in UTC, so that no rules of time zones travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from icalendar import Calendar, Event, vCalAddress, vText

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 100_000
_MAKER = "-//Hustings//Invitations//EN"
_METHODS = {"REQUEST", "REPLY", "CANCEL"}


@dataclass(frozen=True, slots=True)
class Gathering:
    """
    What a calendar needs of an event.

    Parameters
    ----------
    organizer, attendees
        Nodes; ``answers`` are theirs, by node: accepted, declined or tentative.
    """

    method: str
    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str
    words: str
    organizer: str
    host: str
    attendees: tuple[str, ...]
    answers: tuple[tuple[str, str], ...] = ()


def write_ics(one: Gathering) -> bytes:
    """The file."""
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.stamp.astimezone(UTC))
    event.add("dtstart", one.starts.astimezone(UTC))
    event.add("dtend", one.ends.astimezone(UTC))
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    if one.words:
        event.add("description", one.words)
    organizer = vCalAddress(one.organizer)
    organizer.params["CN"] = vText(one.host)
    event.add("organizer", organizer)
    answers = dict(one.answers)
    for node in one.attendees:
        attendee = vCalAddress(node)
        attendee.params["PARTSTAT"] = vText(answers.get(node, "needs-action").upper())
        event.add("attendee", attendee)
    event.add("status", "CANCELLED" if one.method == "cancel" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", one.method.upper())
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def read_ics(content: bytes) -> Gathering:
    """
    The invitation in a file of another campaign.

    Raises
    ------
    BadInput
        It is no calendar, has more or less than one event, repeats, or names people by their e-mail.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("This calendar file is larger than any invitation.")
    try:
        calendar = Calendar.from_ical(content)
        events = list(calendar.walk("VEVENT"))
        method = str(calendar.get("method", ""))
        if len(events) != 1 or method not in _METHODS:
            raise BadInput(
                "An invitation is a calendar file with one event and a method; this one is not."
            )
        return _read(events[0], method.lower())
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
            OverflowError) as error:  # fmt: skip
        raise BadInput(
            "This is no calendar file that can be read, so nothing is known of the event."
        ) from error


def _read(event: Any, method: str) -> Gathering:
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        raise BadInput("An invitation is to one event; this one repeats.")
    organizer = event["organizer"]
    attendees = list(_several(event.get("attendee", [])))
    if any(str(one).lower().startswith("mailto:") for one in (organizer, *attendees)):
        raise BadInput(
            "This invitation names people by their e-mail addresses; between campaigns it must not."
        )
    starts, ends = (event.decoded(name) for name in ("dtstart", "dtend"))
    if not all(isinstance(one, datetime) and one.tzinfo for one in (starts, ends)):
        raise BadInput("An invitation says the hour, with its time zone; this one does not.")
    answers = {str(one): str(one.params.get("PARTSTAT", "")).lower() for one in attendees}
    return Gathering(
        method, str(event["uid"]), int(event.get("sequence", 0)), event.decoded("dtstamp"),
        starts.astimezone(UTC), ends.astimezone(UTC), str(event.get("summary", "")),
        str(event.get("location", "")), str(event.get("description", "")), str(organizer),
        str(organizer.params.get("CN", "")), tuple(answers),
        tuple((who, said) for who, said in answers.items() if said != "needs-action"),
    )  # fmt: skip


def _several(found: Any) -> Iterable[Any]:
    return found if isinstance(found, list) else [found]
