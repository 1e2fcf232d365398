"""Signing up: the last place, the waiting list, confirming, rebooking, and taking back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning, signing_up
from hustings.apps.shifts.models import Message, SignUp, Step
from hustings.core.errors import BadInput
from tests.apps.cast import alice, campaign, signed_in
from tests.apps.shifts.cast import LINK, NOON, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["alice", "campaign"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


@pytest.fixture
def monday() -> object:
    with time_machine.travel(NOON, tick=True):
        yield


def test_of_two_who_sign_up_for_the_last_place_at_once_one_is_in_and_one_waits(
    campaign: Campaign,
) -> None:
    went_wrong: list[Exception] = []
    for turn in range(5):
        session = a_session(campaign, capacity=1)
        both = [a_volunteer(campaign, f"Vera{turn} {name}") for name in ("One", "Two")]
        together = threading.Barrier(2)

        def go(volunteer: object, session: object = session, together: threading.Barrier = together) -> None:  # fmt: skip
            try:
                together.wait()
                signing_up.sign_up(session, volunteer, by=LINK)  # type: ignore[arg-type]  # as above
            except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
                went_wrong.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=go, args=(one,)) for one in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert went_wrong == []
        with tenant(campaign.pk):
            rows = list(SignUp.objects.of(campaign).filter(session=session))
        assert sorted(state_of(one) for one in rows) == ["signed_up", "waiting"]


def test_a_place_that_is_free_goes_to_whoever_waits_longest_and_they_are_told(
    campaign: Campaign,
) -> None:
    session = a_session(campaign, capacity=1)
    rows = [
        signing_up.sign_up(session, a_volunteer(campaign, f"V{number} Walker"), by=LINK)
        for number in range(3)
    ]

    assert [state_of(one) for one in rows] == ["signed_up", "waiting", "waiting"]
    assert signing_up.cannot_come(rows[0], by=LINK) == 1
    assert [state_of(one) for one in rows] == ["cancelled", "signed_up", "waiting"]
    with tenant(campaign.pk):
        told = Message.objects.of(campaign).filter(kind="place")
        assert [one.sign_up_id for one in told] == [rows[1].pk]
        assert Step.objects.of(campaign).get(sign_up=rows[1], kind="signed_up").who == "program"


def test_signing_up_twice_is_signing_up_once(campaign: Campaign) -> None:
    session, vera = a_session(campaign), a_volunteer(campaign)

    first, second = (signing_up.sign_up(session, vera, by=LINK) for _turn in range(2))

    assert first == second
    with tenant(campaign.pk):
        assert Step.objects.of(campaign).count() == Message.objects.of(campaign).count() == 1


def test_nobody_confirms_who_only_waits(campaign: Campaign) -> None:
    session = a_session(campaign, capacity=1)
    signing_up.sign_up(session, a_volunteer(campaign, "Vera One"), by=LINK)
    waits = signing_up.sign_up(session, a_volunteer(campaign, "Vera Two"), by=LINK)

    with pytest.raises(BadInput, match="no place to confirm"):
        signing_up.confirm(waits, by=LINK)


def test_nobody_signs_up_for_what_is_cancelled_or_over(campaign: Campaign) -> None:
    session, vera = a_session(campaign), a_volunteer(campaign)
    planning.cancel(session, "Storm", by=LINK)

    with pytest.raises(BadInput, match="cancelled"):
        signing_up.sign_up(session, vera, by=LINK)
    planning.restore(session, by=LINK)
    with time_machine.travel(session.ends_at), pytest.raises(BadInput, match="over"):
        signing_up.sign_up(session, vera, by=LINK)


def test_rebooking_leaves_nobody_between_two_sessions(
    campaign: Campaign, alice: Membership
) -> None:
    old, new = a_session(campaign, capacity=1), a_session(campaign, "Leaflets")
    mine = signing_up.sign_up(old, a_volunteer(campaign, "Vera One"), by=LINK)
    waits = signing_up.sign_up(old, a_volunteer(campaign, "Vera Two"), by=LINK)

    taken = signing_up.rebook(mine, new, by=alice.actor)

    assert (state_of(mine), state_of(taken), state_of(waits)) == ("cancelled", "signed_up", "signed_up")  # fmt: skip
    planning.cancel(new, "Storm", by=alice.actor)
    with pytest.raises(BadInput, match="cancelled"):
        signing_up.rebook(waits, new, by=alice.actor)
    assert state_of(waits) == "signed_up"


def test_taking_back_a_cancellation_whose_place_is_gone_waits_at_the_end(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1)
    mine = signing_up.sign_up(session, a_volunteer(campaign, "Vera One"), by=LINK)
    other = signing_up.sign_up(session, a_volunteer(campaign, "Vera Two"), by=LINK)
    signing_up.cannot_come(mine, by=alice.actor)
    with tenant(campaign.pk):
        step = Step.objects.of(campaign).get(sign_up=mine, kind="cancelled")

    for _tapped_twice in range(2):
        signing_up.take_back(step, by=alice.actor)

    assert (state_of(mine), state_of(other)) == ("waiting", "signed_up")


def test_taking_back_a_cancellation_whose_place_is_free_gives_it_back(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=1)
    mine = signing_up.sign_up(session, a_volunteer(campaign), by=LINK)
    signing_up.cannot_come(mine, by=alice.actor)
    with tenant(campaign.pk):
        step = Step.objects.of(campaign).get(sign_up=mine, kind="cancelled")

    signing_up.take_back(step, by=alice.actor)

    assert state_of(mine) == "signed_up"
    with tenant(campaign.pk):
        verbs = list(AuditLine.objects.of(campaign).order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == ["session.make", "session.sign_up", "session.cannot_come", "session.take_back"]  # fmt: skip


def test_more_places_go_to_those_who_wait_and_fewer_are_taken_from_nobody(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, capacity=2)
    rows = [
        signing_up.sign_up(session, a_volunteer(campaign, f"V{number} Walker"), by=LINK)
        for number in range(4)
    ]

    planning.change(session, {"sign_up_limit": 3}, by=alice.actor)
    assert [state_of(one) for one in rows] == ["signed_up"] * 3 + ["waiting"]
    planning.change(session, {"sign_up_limit": None, "capacity": 1}, by=alice.actor)
    assert [state_of(one) for one in rows] == ["signed_up"] * 3 + ["waiting"]


def test_nobody_gives_a_place_up_for_the_end_of_a_waiting_list(
    campaign: Campaign, alice: Membership
) -> None:
    old, full = a_session(campaign, capacity=1), a_session(campaign, "Leaflets", capacity=1)
    mine = signing_up.sign_up(old, a_volunteer(campaign, "Vera One"), by=LINK)
    waits = signing_up.sign_up(old, a_volunteer(campaign, "Vera Two"), by=LINK)
    signing_up.sign_up(full, a_volunteer(campaign, "Wim Full"), by=LINK)

    with pytest.raises(BadInput, match="They keep the place that they have"):
        signing_up.rebook(mine, full, by=alice.actor)

    assert (state_of(mine), state_of(waits)) == ("signed_up", "waiting")
    with tenant(campaign.pk):
        assert SignUp.objects.of(campaign).filter(session=full).count() == 1
    moved = signing_up.rebook(waits, full, by=alice.actor)  # from one waiting list to another
    assert (state_of(waits), state_of(moved)) == ("cancelled", "waiting")


def test_a_place_that_an_erasure_left_goes_to_whoever_waits_and_not_to_the_next_who_asks(
    campaign: Campaign,
) -> None:
    session = a_session(campaign, capacity=1)
    first = signing_up.sign_up(session, a_volunteer(campaign, "Vera One"), by=LINK)
    waits = signing_up.sign_up(session, a_volunteer(campaign, "Vera Two"), by=LINK)
    with tenant(campaign.pk):
        first.delete()  # as erasing does

    late = signing_up.sign_up(session, a_volunteer(campaign, "Vera Three"), by=LINK)

    assert (state_of(waits), state_of(late)) == ("signed_up", "waiting")


def newest(mine: SignUp) -> Step:
    with tenant(mine.campaign_id):
        return Step.objects.of(mine.campaign_id).filter(sign_up=mine).latest("pk")


@pytest.mark.parametrize("side", ["here", "there"])
def test_one_undo_of_a_rebooking_puts_both_sessions_right(
    campaign: Campaign, alice: Membership, side: str
) -> None:
    old, new = a_session(campaign), a_session(campaign, "Leaflets", capacity=1)
    mine = signing_up.sign_up(old, a_volunteer(campaign, "Vera One"), by=LINK)
    taken = signing_up.rebook(mine, new, by=alice.actor)
    waits = signing_up.sign_up(new, a_volunteer(campaign, "Vera Two"), by=LINK)
    step = newest(mine if side == "here" else taken)

    for _tapped_twice in range(2):
        signing_up.take_back(step, by=alice.actor)

    assert (state_of(mine), state_of(taken), state_of(waits)) == ("signed_up", "cancelled", "signed_up")  # fmt: skip


def test_a_rebooking_is_not_undone_over_what_happened_at_the_other_session_since(
    campaign: Campaign, alice: Membership
) -> None:
    old, new = a_session(campaign), a_session(campaign, "Leaflets")
    mine = signing_up.sign_up(old, a_volunteer(campaign), by=LINK)
    taken = signing_up.rebook(mine, new, by=alice.actor)
    step = newest(mine)
    signing_up.confirm(taken, by=alice.actor)

    answer = signed_in(alice).post(f"/c/{campaign.slug}/sessions/steps/{step.pk}/back/")

    assert answer.status_code == 422
    assert "at “Leaflets” something was written down for them since" in answer.content.decode()
    assert (state_of(mine), state_of(taken)) == ("cancelled", "confirmed")
    signing_up.take_back(newest(taken), by=alice.actor)
    signing_up.take_back(step, by=alice.actor)
    assert (state_of(mine), state_of(taken)) == ("signed_up", "cancelled")


def test_a_half_that_was_put_right_by_hand_is_left_alone(
    campaign: Campaign, alice: Membership
) -> None:
    """As they are known of before both halves were of one moment, or where somebody was in both."""
    old, new = a_session(campaign), a_session(campaign, "Leaflets")
    vera = a_volunteer(campaign)
    mine, other = (signing_up.sign_up(one, vera, by=LINK) for one in (old, new))
    signing_up.rebook(mine, new, by=alice.actor)

    signing_up.take_back(newest(mine), by=alice.actor)

    assert (state_of(mine), state_of(other)) == ("signed_up", "signed_up")
