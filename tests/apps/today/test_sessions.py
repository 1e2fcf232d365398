"""Who has not confirmed, and who is late, stand on the first page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning, signing_up
from hustings.apps.shifts.models import Step
from hustings.apps.today.matters import not_confirmed, what_needs_me
from tests.apps.cast import SETUP, member, signed_in
from tests.apps.shifts.cast import a_session
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def names(campaign: Campaign, by: Membership) -> list[str]:
    with tenant(campaign.pk):
        return [one.name for one in not_confirmed(campaign, by)]


def late(campaign: Campaign, by: Membership) -> int:
    with tenant(campaign.pk):
        found = what_needs_me(campaign, by)
        return sum(one.number for one in found if "late for a session" in one.sentence)


def test_who_signed_up_and_has_not_confirmed_is_named_until_they_do(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, starts_at=timezone.now() + timedelta(days=2))
    vera, walt = a_volunteer(campaign, "Vera Walker"), a_volunteer(campaign, "Walt Miller")
    mine = signing_up.sign_up(session, vera, by=SETUP)
    signing_up.sign_up(session, walt, by=SETUP)

    assert sorted(names(campaign, alice)) == ["Vera Walker", "Walt Miller"]
    signing_up.confirm(mine, by=SETUP)
    assert names(campaign, alice) == ["Walt Miller"]
    planning.cancel(session, "Storm", by=SETUP)
    assert names(campaign, alice) == []


def test_when_it_begins_is_said_by_the_clock_there_with_its_zone(
    campaign: Campaign, alice: Membership
) -> None:
    soon = timezone.now() + timedelta(days=2)
    session = a_session(campaign, starts_at=soon, time_zone="America/Los_Angeles")
    signing_up.sign_up(session, a_volunteer(campaign), by=SETUP)

    with tenant(campaign.pk):
        (one,) = not_confirmed(campaign, alice)

    there = timezone.localtime(soon, ZoneInfo("America/Los_Angeles"))
    assert f"{there:%H:%M}–" in one.when
    assert "(America/Los_Angeles)" in one.when
    assert one.when in signed_in(alice).get(f"/c/{campaign.slug}/today/").content.decode()


def test_who_is_twenty_minutes_late_wants_ringing_up_until_they_come(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, starts_at=timezone.now() + timedelta(minutes=1))
    mine = signing_up.sign_up(session, a_volunteer(campaign), by=SETUP)
    assert late(campaign, alice) == 0

    with tenant(campaign.pk):
        session.starts_at -= timedelta(minutes=30)
        session.save(update_fields=["starts_at"])

    assert late(campaign, alice) == 1
    signing_up.cannot_come(mine, by=SETUP)
    assert late(campaign, alice) == 0


def test_whoever_was_rung_up_since_it_began_wants_no_ringing_up_until_that_is_taken_back(
    campaign: Campaign, alice: Membership
) -> None:
    session = a_session(campaign, starts_at=timezone.now() + timedelta(minutes=1))
    mine = signing_up.sign_up(session, a_volunteer(campaign), by=SETUP)
    with tenant(campaign.pk):
        session.starts_at -= timedelta(minutes=30)
        session.save(update_fields=["starts_at"])
    assert late(campaign, alice) == 1

    signing_up.chased(mine, by=alice.actor)

    assert late(campaign, alice) == 0
    with tenant(campaign.pk):
        rung = Step.objects.of(campaign).get(kind=Step.Kind.CHASED)
    signing_up.take_back(rung, by=alice.actor)
    assert late(campaign, alice) == 1


def test_a_session_that_is_far_away_asks_for_nothing(campaign: Campaign, alice: Membership) -> None:
    session = a_session(campaign, starts_at=timezone.now() + timedelta(days=9))
    signing_up.sign_up(session, a_volunteer(campaign), by=SETUP)

    assert names(campaign, alice) == []


def test_only_who_looks_after_sessions_is_told(campaign: Campaign) -> None:
    session = a_session(campaign, starts_at=timezone.now() + timedelta(days=2))
    signing_up.sign_up(session, a_volunteer(campaign), by=SETUP)

    assert names(campaign, member(campaign, "Olive", "observer")) == []
