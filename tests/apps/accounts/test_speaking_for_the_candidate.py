"""Who speaks for the candidate is a row that an organiser gives and takes back; one question answers it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.actions import add_member, end_speaking, let_speak, remove_member
from hustings.apps.accounts.models import SpeakingRight
from hustings.apps.accounts.queries import right_to_speak
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.core.errors import BadInput
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def may(member: Membership, at: datetime | None = None) -> bool:
    """The question as later rooms ask it, inside the campaign."""
    with tenant(member.campaign_id):
        return right_to_speak(member, at=at) is not None


def verbs(campaign: Campaign) -> list[str]:
    with tenant(campaign.pk):
        lines = AuditLine.objects.filter(verb__startswith="speaking.").order_by("id")
        return list(lines.values_list("verb", flat=True))


def test_no_role_speaks_for_the_candidate_by_itself(alice: Membership, petra: Membership) -> None:
    assert not may(alice)
    assert not may(petra)


def test_who_was_given_the_right_speaks_until_it_is_taken_back(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    let_speak(petra, by=alice.actor)
    then = timezone.now()
    assert may(petra)

    assert end_speaking(petra, by=alice.actor)

    assert not may(petra)
    assert may(petra, at=then), "What was said while the right held keeps its authority."
    assert not end_speaking(petra, by=alice.actor)
    assert verbs(campaign) == ["speaking.give", "speaking.take_back"]
    with tenant(campaign.pk):
        right = SpeakingRight.objects.get()
        assert (right.holder, right.given_by, right.ended_by) == ("Petra", "Alice", "Alice")


def test_a_right_with_an_end_is_over_at_that_moment(alice: Membership, petra: Membership) -> None:
    end = timezone.now() + timedelta(days=1)

    let_speak(petra, until=end, by=alice.actor)

    assert may(petra, at=end - timedelta(seconds=1))
    assert not may(petra, at=end)


def test_a_right_that_would_be_over_already_is_not_given(
    alice: Membership, petra: Membership
) -> None:
    with pytest.raises(BadInput, match="still to come"):
        let_speak(petra, until=timezone.now(), by=alice.actor)

    assert not may(petra)


def test_a_right_given_again_replaces_the_one_before(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    let_speak(petra, by=alice.actor)
    let_speak(petra, until=timezone.now() + timedelta(days=1), by=alice.actor)

    with tenant(campaign.pk):
        assert SpeakingRight.objects.filter(ended_at=None).count() == 1
        assert SpeakingRight.objects.count() == 2


def test_another_role_leaves_the_right_as_it_is(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    let_speak(petra, by=alice.actor)

    add_member(campaign, petra.user.email, "observer", by=alice.actor)

    assert may(petra)


def test_who_is_removed_no_longer_speaks_and_does_not_when_they_come_back(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    let_speak(petra, by=alice.actor)

    remove_member(petra, by=alice.actor)
    again = add_member(campaign, petra.user.email, "press", by=alice.actor)

    assert not may(again)
    assert verbs(campaign) == ["speaking.give", "speaking.take_back"]


def test_the_members_page_shows_who_speaks_on_whose_word_and_until_when(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    client = signed_in(alice)
    page = reverse("settings:members", args=[campaign.slug])
    give = reverse("settings:let-speak", args=[campaign.slug, petra.pk])
    day = timezone.localdate() + timedelta(days=3)

    client.post(give, {"until": day.isoformat()})

    shown = client.get(page).content.decode()
    assert "by Alice" in shown
    assert "until" in shown
    assert may(petra)
    client.post(reverse("settings:end-speaking", args=[campaign.slug, petra.pk]))
    assert not may(petra)


def test_a_day_that_is_none_changes_nothing(
    alice: Membership, petra: Membership, campaign: Campaign
) -> None:
    give = reverse("settings:let-speak", args=[campaign.slug, petra.pk])

    answer = signed_in(alice).post(give, {"until": "soon"}, follow=True)

    assert "That is not a day" in answer.content.decode()
    assert not may(petra)


@pytest.mark.trust(9)
def test_a_press_officer_cannot_give_the_right_to_anybody(
    petra: Membership, bob: Membership, campaign: Campaign
) -> None:
    give = reverse("settings:let-speak", args=[campaign.slug, petra.pk])

    assert signed_in(petra).post(give).status_code == 403
    assert signed_in(bob).post(give).status_code == 403
    assert not may(petra)


@pytest.mark.trust(1)
def test_charlie_cannot_let_anybody_of_ours_speak(
    charlie: Membership, petra: Membership, campaign: Campaign, rivals: Campaign
) -> None:
    client = signed_in(charlie)

    for slug in (campaign.slug, rivals.slug):
        give = reverse("settings:let-speak", args=[slug, petra.pk])
        assert client.post(give).status_code == 404
    assert not may(petra)
