"""Sessions as a calendar reads them: in UTC, with a SEQUENCE that grows, and folded as RFC 5545 wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from hustings.formats.session_ics import Entry, write_cancellation, write_sessions

LONDON = ZoneInfo("Europe/London")
ENTRY = Entry(
    "session-1@hustings", 3, datetime(2026, 6, 1, tzinfo=LONDON),
    datetime(2026, 6, 13, 14, tzinfo=LONDON), datetime(2026, 6, 13, 16, tzinfo=LONDON),
    "Doors; at the mill, with Ürsula", place="3 Mill Lane, Riverside",
    words="Through the yard\nand up\\down " + "long " * 30, url="https://example.org/me/x/",
)  # fmt: skip


def test_what_was_written_is_read_back() -> None:
    content = write_sessions([ENTRY], name="My sessions")
    [event] = Calendar.from_ical(content).walk("VEVENT")

    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (ENTRY.uid, 3, "CONFIRMED")  # fmt: skip
    assert str(event["SUMMARY"]) == ENTRY.title
    assert str(event["LOCATION"]) == ENTRY.place
    assert str(event["DESCRIPTION"]) == ENTRY.words
    assert event.decoded("DTSTART") == ENTRY.starts


def test_times_are_in_utc_and_lines_are_folded() -> None:
    content = write_sessions([ENTRY])

    assert b"DTSTART:20260613T130000Z" in content
    assert b"METHOD:PUBLISH" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_nothing_stands_there_that_was_not_given() -> None:
    plain = Entry("u", 0, ENTRY.stamp, ENTRY.starts, ENTRY.ends, "Doors", status="CANCELLED")
    content = write_sessions([plain])

    assert b"STATUS:CANCELLED" in content
    assert not any(word in content for word in (b"LOCATION", b"DESCRIPTION", b"URL"))


def test_a_cancellation_has_the_method_that_takes_the_entry_away_and_says_who_and_for_whom() -> (
    None
):
    one = replace(ENTRY, sequence=4, status="CANCELLED", organizer="us@example.org", host="Us, all")
    calendar = Calendar.from_ical(write_cancellation(one, "vera@example.net"))
    [event] = calendar.walk("VEVENT")

    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (ENTRY.uid, 4, "CANCELLED")  # fmt: skip
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == ("mailto:us@example.org", "Us, all")  # fmt: skip
    assert str(event["ATTENDEE"]) == "mailto:vera@example.net"


def test_what_is_published_asks_nobody_to_attend() -> None:
    content = write_sessions([replace(ENTRY, organizer="us@example.org", host="Us")])

    assert b"ORGANIZER;CN=Us:mailto:us@example.org" in content
    assert b"ATTENDEE" not in content
