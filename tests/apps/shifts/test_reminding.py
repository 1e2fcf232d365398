"""Reminders as mail: never twice under a changing clock, one of two workers, and what a dead worker leaves."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from icalendar import Calendar

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import DoNotContact
from hustings.apps.shifts import mailing, planning, queries, reminding, signing_up
from hustings.apps.shifts.models import Message
from hustings.apps.volunteers.models import OwnPage
from tests.apps.cast import alice, campaign
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session, SignUp

__all__ = ["alice", "campaign"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def session(campaign: Campaign) -> Session:
    return a_session(campaign)


@pytest.fixture
def vera(session: Session) -> SignUp:
    return signing_up.sign_up(
        session, a_volunteer(session.campaign, email="vera@example.org", time_zone="Europe/London"), by=LINK,
    )  # fmt: skip


def looked_at(hours: range) -> Counter[str]:
    """What is sent while a worker looks every so often."""
    mail.outbox.clear()
    for hour in hours:
        with time_machine.travel(NOON + timedelta(hours=hour)):
            reminding.remind_everywhere()
    return Counter(message.subject for message in mail.outbox)


CONFIRM = "Doors at the mill: please confirm that you come"
DAY_BEFORE = "Doors at the mill is on Saturday 13 June 2026, 14:00–16:00 (Europe/London)"
BOOKED = "Doors at the mill: you have a place"


def test_under_a_changing_clock_each_is_sent_once(vera: SignUp) -> None:
    forwards = looked_at(range(0, 300, 3))
    again = looked_at(range(300, -1, -7))  # the host's clock is put back

    assert forwards == {BOOKED: 1, CONFIRM: 1, DAY_BEFORE: 1}
    assert again == {}


def test_whoever_confirmed_is_not_asked_to_until_it_moves_to_another_day(
    vera: SignUp, session: Session, alice: Membership
) -> None:
    signing_up.confirm(vera, by=LINK)
    assert looked_at(range(0, 12 * 24, 3))[CONFIRM] == 0

    later = timedelta(days=14)
    planning.change(
        session, {"starts_at": SATURDAY + later, "ends_at": SATURDAY + later + timedelta(hours=2)},
        by=alice.actor,
    )  # fmt: skip
    assert looked_at(range(12 * 24, 27 * 24, 3))[CONFIRM] == 1


def test_of_two_workers_one_sends(vera: SignUp, campaign: Campaign) -> None:
    together, went_wrong = threading.Barrier(2), []

    def work() -> None:
        try:
            together.wait()
            reminding.remind_everywhere()
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            went_wrong.append(error)
        finally:
            connection.close()

    with time_machine.travel(SATURDAY - timedelta(hours=20)):
        threads = [threading.Thread(target=work) for _worker in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert went_wrong == []
    assert Counter(message.subject for message in mail.outbox) == {BOOKED: 1, DAY_BEFORE: 1}


def test_a_worker_that_dies_between_claiming_and_sending_leaves_it_visible_and_sends_no_second(
    vera: SignUp, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", dies)
        with pytest.raises(SystemExit):
            reminding.remind_everywhere()
    reminding.remind_everywhere()

    assert mail.outbox == []
    with time_machine.travel(NOON + timedelta(minutes=11)), tenant(session.campaign_id):
        [row] = queries.rows_of(session)
        assert [one.kind for one in row.maybe_sent] == ["booked"]


@pytest.mark.parametrize(
    ("where", "error", "left"),
    [
        ("open", ConnectionRefusedError(), "waits"),
        ("open", socket.gaierror(), "waits"),
        ("open", TimeoutError(), "waits"),
        ("send_messages", smtplib.SMTPRecipientsRefused({"vera@example.org": (451, b"later")}), "waits"),
        ("send_messages", smtplib.SMTPRecipientsRefused({"vera@example.org": (550, b"no")}), "failed"),
        ("send_messages", ValueError("no address"), "failed"),
        ("send_messages", smtplib.SMTPServerDisconnected(), "maybe"),
    ],
)  # fmt: skip
def test_only_what_surely_did_not_leave_is_tried_again(
    where: str,
    error: Exception,
    left: str,
    vera: SignUp,
    campaign: Campaign,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, where, fails)
        assert mailing.send_what_waits(campaign) == 0
    with tenant(campaign.pk):
        row = Message.objects.of(campaign).get()
        links = OwnPage.objects.of(campaign).count()
    found = "failed" if row.dropped else "maybe" if row.claimed_at else "waits"

    assert found == left
    assert links == (1 if left == "maybe" else 0), "a link that surely nobody has is none"
    assert mailing.send_what_waits(campaign) == (left == "waits")


def test_while_the_network_is_down_no_mail_of_a_cancellation_is_lost(
    session: Session, campaign: Campaign, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        one = a_volunteer(campaign, f"Vera {number}", email=f"vera{number}@example.org")
        signing_up.sign_up(session, one, by=LINK)
    mailing.send_what_waits(campaign)
    planning.cancel(session, "Storm", by=alice.actor)
    mail.outbox.clear()

    def no_name(_server: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", no_name)
        assert mailing.send_what_waits(campaign) == 0

    assert mailing.send_what_waits(campaign) == 5


def test_nobody_is_written_to_who_asked_not_to_be(vera: SignUp, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        DoNotContact.objects.create(
            campaign=campaign, person_id=vera.volunteer.person_id, channel="email"
        )

    assert mailing.send_what_waits(campaign) == 0
    with tenant(campaign.pk):
        assert Message.objects.of(campaign).get().dropped == "no_address"


def test_a_mail_has_the_session_for_a_calendar_and_a_link_to_say_that_they_cannot(
    vera: SignUp, campaign: Campaign
) -> None:
    mailing.send_what_waits(campaign)
    [message] = mail.outbox
    [(name, content, kind)] = message.attachments

    assert (name, kind.split(";")[0]) == ("session.ics", "text/calendar")
    assert "DTSTART:20260613T130000Z" in content
    assert "/sessions/" in message.body
    assert "I can’t make it: " in message.body


def test_the_mail_of_a_cancelled_session_takes_it_out_of_the_calendar_that_has_it(
    vera: SignUp, session: Session, campaign: Campaign, alice: Membership
) -> None:
    mailing.send_what_waits(campaign)
    planning.cancel(session, "Rain", by=alice.actor)
    mailing.send_what_waits(campaign)
    (_name, booked, published), (_same, ended, cancelled) = (
        one.attachments[0] for one in mail.outbox
    )

    assert (published, cancelled) == tuple(
        f"text/calendar; method={method}; charset=utf-8" for method in ("PUBLISH", "CANCEL")
    )
    before, after = Calendar.from_ical(booked), Calendar.from_ical(ended)
    [had], [gone] = before.walk("VEVENT"), after.walk("VEVENT")
    assert str(after["METHOD"]) == "CANCEL"
    assert (had["UID"], had["ORGANIZER"]) == (gone["UID"], gone["ORGANIZER"])
    assert gone["SEQUENCE"] == had["SEQUENCE"] + 1
    assert str(gone["ATTENDEE"]) == f"mailto:{mail.outbox[-1].to[0]}"


def test_a_reminder_for_the_night_waits_for_the_morning_where_the_volunteer_is(
    session: Session, campaign: Campaign
) -> None:
    far = a_volunteer(campaign, "Aroha Far", email="aroha@example.org", time_zone="Pacific/Auckland")  # fmt: skip
    signing_up.sign_up(session, far, by=LINK)
    mailing.send_what_waits(campaign)
    mail.outbox.clear()
    hours = {}
    for hour in range(24, 2, -1):
        with time_machine.travel(SATURDAY - timedelta(hours=hour)):
            reminding.remind_everywhere()
        hours[hour] = len(mail.outbox)

    assert hours[24] == hours[18] == 0  # one in the night there, to seven in the morning
    assert hours[17] == hours[3] == 1


@contextmanager
def no_mail_server() -> Iterator[None]:
    """Reminders are made meanwhile, and none can be sent."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(EmailBackend, "open", _is_down)
        yield


def _is_down(_server: object) -> None:
    raise ConnectionRefusedError


def sent_at(moment: datetime) -> list[str]:
    """What is sent when a worker looks then."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        reminding.remind_everywhere()
    return [message.subject for message in mail.outbox]


def test_a_reminder_that_waited_into_the_night_waits_for_the_morning(
    campaign: Campaign, vera: SignUp
) -> None:
    mailing.send_what_waits(campaign)
    london = SATURDAY - timedelta(hours=17)  # the evening before, at nine
    with no_mail_server():
        assert sent_at(london - timedelta(minutes=1)) == []

    assert sent_at(london) == []
    assert sent_at(london + timedelta(hours=10, minutes=59)) == []
    assert sent_at(london + timedelta(hours=11)) == [DAY_BEFORE]


def test_what_is_new_is_told_in_the_night_as_well(campaign: Campaign, vera: SignUp) -> None:
    assert sent_at(NOON + timedelta(hours=13)) == [BOOKED]


@pytest.mark.parametrize(
    ("made", "looked", "expected"),
    [
        (timedelta(hours=20), timedelta(hours=3, minutes=1), [DAY_BEFORE]),
        (timedelta(hours=20), timedelta(hours=3), []),
        (timedelta(hours=20), timedelta(minutes=-30), []),  # it has begun
        (timedelta(days=4, hours=20), timedelta(days=2, minutes=1), [CONFIRM]),
        (timedelta(days=4, hours=20), timedelta(days=2), []),
    ],
)
def test_a_reminder_that_waited_until_it_helps_nobody_is_not_sent(
    campaign: Campaign,
    vera: SignUp,
    made: timedelta,
    looked: timedelta,
    expected: list[str],
) -> None:
    mailing.send_what_waits(campaign)
    with no_mail_server():
        assert sent_at(SATURDAY - made) == []

    assert sent_at(SATURDAY - looked) == expected


def test_a_reminder_that_waited_while_its_session_moved_is_sent_for_the_new_day_alone(
    campaign: Campaign, session: Session, vera: SignUp, alice: Membership
) -> None:
    mailing.send_what_waits(campaign)
    week, before = timedelta(days=7), SATURDAY - timedelta(hours=20)
    with no_mail_server():
        sent_at(before)
        with time_machine.travel(before):
            planning.change(
                session,
                {"starts_at": SATURDAY + week, "ends_at": SATURDAY + week + timedelta(hours=2)},
                by=alice.actor,
            )

    assert sent_at(before) == ["Doors at the mill has changed"]
    assert sent_at(before + week) == [DAY_BEFORE.replace("13 June", "20 June")]


def test_only_mail_that_is_sent_counts_towards_a_round(
    session: Session, campaign: Campaign, vera: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "AT_ONCE", 1)
    with tenant(campaign.pk):
        DoNotContact.objects.create(campaign=campaign, person_id=vera.volunteer.person_id)
    signing_up.sign_up(session, a_volunteer(campaign, "Wim", email="wim@example.org"), by=LINK)

    assert mailing.send_what_waits(campaign) == 1
    assert mail.outbox[0].to == ["wim@example.org"]
