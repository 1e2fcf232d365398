"""Reminders as mail: never twice under a changing clock, one of two workers, and what a dead worker leaves."""

from __future__ import annotations

import smtplib
import threading
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import DoNotContact
from hustings.apps.shifts import mailing, planning, queries, reminding, signing_up
from hustings.apps.shifts.models import Message
from tests.apps.cast import alice, campaign
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    def dies(mail: EmailMessage) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", dies)
        with pytest.raises(SystemExit):
            reminding.remind_everywhere()
    reminding.remind_everywhere()

    assert mail.outbox == []
    with time_machine.travel(NOON + timedelta(minutes=11)), tenant(session.campaign_id):
        [row] = queries.rows_of(session)
        assert [one.kind for one in row.maybe_sent] == ["booked"]


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (ConnectionRefusedError(), "waits"),
        (smtplib.SMTPRecipientsRefused({}), "failed"),
        (smtplib.SMTPServerDisconnected(), "maybe"),
    ],
)
def test_only_what_surely_did_not_leave_is_tried_again(
    error: Exception, left: str, vera: SignUp, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(mail: EmailMessage) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", fails)
        assert mailing.send_what_waits(campaign) == 0
    with tenant(campaign.pk):
        row = Message.objects.of(campaign).get()
    found = "failed" if row.dropped else "maybe" if row.claimed_at else "waits"

    assert found == left
    assert mailing.send_what_waits(campaign) == (left == "waits")


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
