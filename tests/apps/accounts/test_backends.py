"""Who is signed in comes with what they are where, as of now and in one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def asked_about_members(campaign: Campaign, alice: Membership) -> list[str]:
    client = signed_in(alice)
    url = reverse("outings:list", kwargs={"slug": campaign.slug})
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [
        one["sql"]
        for one in asked.captured_queries
        if 'FROM "accounts_user"' in one["sql"] or 'FROM "accounts_membership"' in one["sql"]
    ]


def test_a_page_asks_once_who_somebody_is_and_what_they_may(
    campaign: Campaign, alice: Membership
) -> None:
    assert len(asked_about_members(campaign, alice)) == 1


def test_a_membership_that_ended_opens_nothing_from_the_next_request_on(
    campaign: Campaign, rivals: Campaign, alice: Membership
) -> None:
    client = signed_in(alice)
    url = reverse("outings:list", kwargs={"slug": campaign.slug})
    assert client.get(url).status_code == 200
    assert client.get(reverse("outings:list", kwargs={"slug": rivals.slug})).status_code == 404

    alice.delete()

    assert client.get(url).status_code == 404


def test_somebody_who_may_not_sign_in_any_more_is_signed_out(
    campaign: Campaign, alice: Membership
) -> None:
    client = signed_in(alice)
    alice.user.is_active = False
    alice.user.save()

    answer = client.get(reverse("outings:list", kwargs={"slug": campaign.slug}))

    assert answer.status_code == 302


def test_a_session_begun_before_is_still_good(campaign: Campaign, alice: Membership) -> None:
    client = signed_in(alice)
    client.force_login(alice.user, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse("outings:list", kwargs={"slug": campaign.slug}))

    assert answer.status_code == 200
