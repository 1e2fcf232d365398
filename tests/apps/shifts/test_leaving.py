"""Whoever leaves gives up their places at once, and nothing more is sent to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning, reminding, sign_in, signing_up
from hustings.apps.shifts.models import Step
from hustings.apps.volunteers.leaving import BY_THEIR_LINK, leave
from hustings.apps.volunteers.models import Volunteer
from tests.apps.cast import alice, campaign
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["alice", "campaign"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


def somebody(campaign: Campaign, name: str) -> Volunteer:
    return a_volunteer(campaign, name, email=f"{name.lower()}@example.org")


def told() -> list[tuple[str, str]]:
    mail.outbox.clear()
    reminding.remind_everywhere()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_the_place_of_whoever_leaves_goes_to_whoever_waits_and_they_wait_for_none(
    campaign: Campaign,
) -> None:
    one, other = a_session(campaign, capacity=1), a_session(campaign, "Stall", capacity=1)
    vera, wim = somebody(campaign, "Vera"), somebody(campaign, "Wim")
    has = signing_up.sign_up(one, vera, by=LINK)
    next_one = signing_up.sign_up(one, wim, by=LINK)
    first = signing_up.sign_up(other, wim, by=LINK)
    waits = signing_up.sign_up(other, vera, by=LINK)
    told()

    leave(vera, by=BY_THEIR_LINK)
    signing_up.cannot_come(first, by=LINK)

    assert [state_of(row) for row in (has, next_one, waits)] == ["cancelled", "signed_up", "cancelled"]  # fmt: skip
    assert told() == [("wim@example.org", "Doors at the mill: a place is free, and it is yours")]


def test_whoever_was_there_stays_counted_when_they_leave(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    vera = somebody(campaign, "Vera")
    with time_machine.travel(SATURDAY):
        mine = signing_up.sign_up(session, vera, by=LINK)
        sign_in.came(campaign, session.pk, vera.pk, by=alice.actor)

        leave(vera, by=alice.actor)

        assert state_of(mine) == "came"


def test_nothing_is_sent_to_whoever_left_whatever_waited_or_happens_later(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign)
    vera = somebody(campaign, "Vera")
    mine = signing_up.sign_up(session, vera, by=LINK)
    leave(vera, by=BY_THEIR_LINK)
    # as it was kept of whoever left before places were given up with it
    with tenant(campaign.pk):
        Step.objects.of(campaign).filter(sign_up=mine, kind="cancelled").delete()
        assert Volunteer.objects.get(pk=vera.pk).left_at <= timezone.now()

    planning.change(session, {"place": "The Old Forge"}, by=alice.actor)
    mails = told()
    for hours in range(0, 12 * 24, 6):
        with time_machine.travel(NOON + timedelta(hours=hours)):
            mails += told()
    planning.cancel(session, "Storm", by=alice.actor)

    assert mails + told() == []
