"""Changing, cancelling and copying a session: nobody is lost, and everybody is told once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning, reminding, signing_up
from hustings.apps.shifts.models import Edit, Message, Session
from hustings.core.errors import BadInput
from tests.apps.cast import alice, campaign
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import SignUp

__all__ = ["alice", "campaign"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


def signed_up(session: Session, *names: str) -> list[SignUp]:
    return [
        signing_up.sign_up(
            session,
            a_volunteer(session.campaign, name, email=f"{name.split()[0].lower()}@example.org"),
            by=LINK,
        )
        for name in names
    ]


def sent() -> list[tuple[str, str]]:
    """Who got what since the last time."""
    reminding.remind_everywhere()
    found = [(message.to[0].split("@")[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return sorted(found)


def test_a_change_of_time_loses_no_sign_up_and_tells_everybody_once_what_changed(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=2)
    rows = signed_up(session, "Vera One", "Wim Two", "Xena Three")
    signing_up.confirm(rows[1], by=LINK)
    sent()
    before = [state_of(one) for one in rows]

    planning.change(
        session,
        {"starts_at": SATURDAY + timedelta(hours=1), "ends_at": SATURDAY + timedelta(hours=3)},
        by=alice.actor,
    )
    planning.change(session, {"place": "The Old Forge"}, by=alice.actor)
    reminding.remind_everywhere()
    told = {message.to[0]: message.body for message in mail.outbox}
    again = len(mail.outbox)
    reminding.remind_everywhere()

    assert [state_of(one) for one in rows] == before == ["signed_up", "confirmed", "waiting"]
    assert sorted(told) == ["vera@example.org", "wim@example.org", "xena@example.org"]
    assert again == len(mail.outbox) == 3
    for text in told.values():
        assert "Before: Saturday 13 June 2026, 14:00–16:00 (Europe/London)" in text
        assert "When: Saturday 13 June 2026, 15:00–17:00 (Europe/London)" in text
        assert "Before, the place was: Mill Hall, 3 Mill Lane" in text
        assert "Where: The Old Forge" in text
    with tenant(campaign.pk):
        assert Session.objects.get(pk=session.pk).sequence == 2


def test_a_change_that_is_put_back_before_it_was_told_is_told_to_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    signed_up(session, "Vera One")
    sent()
    edit = planning.change(session, {"place": "The Old Forge"}, by=alice.actor)
    assert edit

    for _tapped_twice in range(2):
        planning.undo_change(edit, by=alice.actor)

    assert sent() == []
    with tenant(campaign.pk):
        assert Session.objects.get(pk=session.pk).place == "Mill Hall, 3 Mill Lane"
        assert Edit.objects.of(campaign).count() == 2


def test_what_is_not_the_time_or_the_place_is_told_to_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    signed_up(session, "Vera One")
    sent()

    planning.change(session, {"toilets": True, "capacity": 9}, by=alice.actor)

    assert sent() == []


def test_a_cancelled_session_tells_everybody_why_and_reminds_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1)
    rows = signed_up(session, "Vera One", "Wim Two")
    sent()
    planning.cancel(session, "The hall is flooded", by=alice.actor)
    reminding.remind_everywhere()
    bodies = [message.body for message in mail.outbox]

    assert sent() == [
        ("vera", "Doors at the mill is cancelled"),
        ("wim", "Doors at the mill is cancelled"),
    ]
    assert all("The hall is flooded" in body for body in bodies)
    for hours in range(0, 13 * 24, 2):
        with time_machine.travel(NOON + timedelta(hours=hours)):
            assert sent() == []
    assert [state_of(one) for one in rows] == ["signed_up", "waiting"]


def test_a_session_that_takes_place_after_all_tells_again_and_reminds_again(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    signed_up(session, "Vera One")
    sent()
    planning.cancel(session, "Storm", by=alice.actor)
    sent()

    planning.restore(session, by=alice.actor)

    assert sent() == [("vera", "Doors at the mill takes place after all")]
    with time_machine.travel(SATURDAY - timedelta(hours=23)):
        assert [who for who, _subject in sent()] == ["vera"]


def test_cancelled_and_restored_within_the_minute_tells_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    signed_up(session, "Vera One")
    sent()

    planning.cancel(session, "Storm", by=alice.actor)
    planning.restore(session, by=alice.actor)

    assert sent() == []
    with tenant(campaign.pk):
        assert set(
            Message.objects.of(campaign).exclude(dropped="").values_list("kind", "dropped")
        ) == {("cancelled", "overtaken"), ("restored", "overtaken")}


def test_cancelling_wants_a_reason(campaign: Campaign) -> None:
    with pytest.raises(BadInput, match="why it is cancelled"):
        planning.cancel(a_session(campaign), " ", by=LINK)


def test_the_copy_of_a_session_of_long_ago_is_in_the_first_week_that_comes(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, starts_at=SATURDAY - timedelta(weeks=5))

    copy = planning.copy_to_next_week(session, by=alice.actor)

    assert copy.starts_at == SATURDAY - timedelta(weeks=1)  # the Saturday after this Monday


def test_the_copy_is_at_the_same_hour_of_the_clock_also_when_it_was_put_forward(
    campaign: Campaign, alice: Membership
) -> None:
    before = datetime(2026, 10, 24, 13, tzinfo=UTC)  # two o'clock, on summer time's last day
    session = a_session(campaign, starts_at=before)
    signed_up(session, "Vera One")

    copy = planning.copy_to_next_week(session, by=alice.actor)

    assert copy.starts_at == datetime(2026, 10, 31, 14, tzinfo=UTC)
    assert copy.starts_at.astimezone(copy.zone).hour == 14
    with tenant(campaign.pk):
        assert copy.sign_ups.count() == 0


def test_a_home_stands_in_no_mail_to_whoever_only_waits(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1, at_a_home=True, place="7 Secret Row")
    signed_up(session, "Vera One", "Wim Two")
    sent()

    planning.change(session, {"place": "9 Secret Row"}, by=alice.actor)
    planning.change(session, {"starts_at": SATURDAY + timedelta(minutes=30)}, by=alice.actor)
    reminding.remind_everywhere()
    told = {message.to[0]: message.message().as_string() for message in mail.outbox}

    assert re.search("9 Secret Row", told["vera@example.org"])
    assert "Secret Row" not in told["wim@example.org"]
    assert "somebody" in told["wim@example.org"]


def test_a_home_that_somebody_only_waited_for_is_not_told_when_the_session_moves_out_of_it(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1, at_a_home=True, place="7 Secret Row")
    signed_up(session, "Vera One", "Wim Two")
    sent()

    planning.change(session, {"place": "The Town Hall", "at_a_home": False}, by=alice.actor)
    reminding.remind_everywhere()
    told = {message.to[0]: message.body for message in mail.outbox}

    assert "Before, the place was: 7 Secret Row" in told["vera@example.org"]
    assert "Where: The Town Hall" in told["wim@example.org"]
    assert "Secret" not in told["wim@example.org"]


def test_whoever_waits_is_not_told_that_they_are_signed_up(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1)
    signed_up(session, "Vera One", "Wim Two")
    sent()

    def told() -> dict[str, str]:
        reminding.remind_everywhere()
        found = {message.to[0].split("@")[0]: message.body for message in mail.outbox}
        mail.outbox.clear()
        return found

    planning.change(session, {"place": "The Old Forge"}, by=alice.actor)
    moved = told()
    planning.cancel(session, "Storm", by=alice.actor)
    told()
    planning.restore(session, by=alice.actor)
    restored = told()

    for mails in (moved, restored):
        assert "You are still signed up." in mails["vera"]
        assert "You still wait for a place." in mails["wim"]
        assert "signed up" not in mails["wim"]


def test_only_the_newest_change_is_put_back(campaign: Campaign, alice: Membership) -> None:
    session = a_session(campaign)
    later = {"starts_at": session.starts_at + timedelta(hours=5),
             "ends_at": session.ends_at + timedelta(hours=5)}  # fmt: skip
    moved = planning.change(session, later, by=alice.actor)
    shorter = planning.change(session, {"ends_at": later["starts_at"] + timedelta(minutes=30)}, by=alice.actor)  # fmt: skip
    assert moved
    assert shorter

    with pytest.raises(BadInput, match="changed since"):
        planning.undo_change(moved, by=alice.actor)

    planning.undo_change(shorter, by=alice.actor)
    with tenant(campaign.pk):
        now = Session.objects.get(pk=session.pk)
    assert (now.starts_at, now.ends_at) == (later["starts_at"], later["ends_at"])
