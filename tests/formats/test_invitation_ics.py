"""An invitation goes out as calendars read it and comes back the same; everything else is refused in a sentence."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hustings.core.errors import BadInput
from hustings.formats.invitation_ics import Gathering, read_ics, write_ics

ONE = Gathering(
    "request", "urn:uuid:5f2d", 2, datetime(2026, 6, 1, 9, tzinfo=UTC),
    datetime(2026, 6, 13, 17, 30, tzinfo=UTC), datetime(2026, 6, 13, 19, tzinfo=UTC),
    "A talk; with tea, and “cake”", "Town Hall\nRoom 2", "Not a campaign event.", "node:zA", "Riverside",
    ("node:zB", "node:zC"), (("node:zB", "accepted"),),
)  # fmt: skip


@pytest.mark.parametrize("method", ["request", "reply", "cancel"])
def test_what_goes_out_comes_back(method: str) -> None:
    one = replace(ONE, method=method)

    assert read_ics(write_ics(one)) == one


def test_a_calendar_program_reads_method_sequence_answers_and_no_address_of_a_person() -> None:
    content = write_ics(ONE)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")

    assert (calendar["method"], int(event["sequence"]), str(event["status"])) == (
        "REQUEST", 2, "CONFIRMED",
    )  # fmt: skip
    assert [one.params["PARTSTAT"] for one in event["attendee"]] == ["ACCEPTED", "NEEDS-ACTION"]
    assert b"mailto" not in content.lower()
    assert content.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"node:zB", b"mailto:asha@example.org", "e-mail addresses"),
        (b"SUMMARY", b"RRULE:FREQ=DAILY\r\nSUMMARY", "repeats"),
        (b"METHOD:REQUEST\r\n", b"", "a method"),
        (b"DTSTART:20260613T173000Z", b"DTSTART;VALUE=DATE:20260613", "says the hour"),
        (b"DTSTART:20260613T173000Z", b"DTSTART:20260613T173000", "time zone"),
        (b"UID:urn:uuid:5f2d\r\n", b"", "no calendar file"),
        (b"BEGIN:VCALENDAR", b"", "no calendar file"),
    ],
)
def test_what_is_no_invitation_between_campaigns_is_refused(
    old: bytes, new: bytes, why: str
) -> None:
    content = write_ics(ONE)
    assert old in content

    with pytest.raises(BadInput, match=why):
        read_ics(content.replace(old, new))


@given(st.binary(max_size=200))
def test_no_bytes_at_all_fail_otherwise_than_in_a_sentence(noise: bytes) -> None:
    for content in (noise, b"BEGIN:VCALENDAR\r\n" + noise, write_ics(ONE)[:-30] + noise):
        with pytest.raises(BadInput):
            read_ics(content)


def test_calendar_files_of_the_world_are_refused_each_in_a_sentence() -> None:
    """They are real calendars and no invitations between campaigns: several events, rules, no organizer."""
    folder = Path(os.environ.get("HUSTINGS_TEST_DATA", "/nowhere")) / "events/ics"
    if not folder.is_dir():
        pytest.skip(
            "The calendar files are not here; HUSTINGS_TEST_DATA names the folder of test data."
        )
    files = sorted(folder.glob("*.ics"))

    for file in files:
        with pytest.raises(BadInput):
            read_ics(file.read_bytes())
    assert len(files) >= 9
