"""US-1 and US-4: in the United States whoever decides is asked once who they are; nowhere else is anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts import actions
from hustings.apps.accounts.duties import RoleNotGiven
from hustings.apps.accounts.models import Membership, StatusAnswer
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def in_the_united_states(campaign: Campaign, alice: Membership) -> Campaign:
    """Riverside, whose register came from there after Alice had come."""
    Campaign.objects.filter(pk=campaign.pk).update(country="US")
    campaign.refresh_from_db()
    return campaign


def add(campaign: Campaign, role: str, us_status: str = "", name: str = "Nora") -> Membership:
    return actions.add_member(
        campaign, f"{name.lower()}@example.org", role, name=name, us_status=us_status, by=SETUP
    )


@pytest.mark.parametrize("role", ["organiser", "press"])
def test_a_role_that_decides_is_closed_to_a_foreign_national(
    in_the_united_states: Campaign, role: str
) -> None:
    with pytest.raises(RoleNotGiven, match=r"US-4.*read on 2026-11-26"):
        add(in_the_united_states, role, "foreign")
    with pytest.raises(RoleNotGiven, match=r"permanent resident.*US-4"):
        add(in_the_united_states, role)

    assert not Membership.objects.filter(user__email="nora@example.org").exists()


@pytest.mark.parametrize("role", ["canvasser", "observer"])
@pytest.mark.parametrize("status", ["", "foreign"])
def test_a_foreign_national_may_help_and_attend(
    in_the_united_states: Campaign, role: str, status: str
) -> None:
    assert add(in_the_united_states, role, status).role == role


@pytest.mark.parametrize("status", ["citizen", "national", "permanent-resident"])
def test_whoever_may_decide_is_asked_once(in_the_united_states: Campaign, status: str) -> None:
    add(in_the_united_states, "canvasser", status)
    add(in_the_united_states, "organiser")

    with tenant(in_the_united_states.pk):
        (answer,) = StatusAnswer.objects.of(in_the_united_states)
    assert (answer.us_status, answer.answered_on) == (status, timezone.localdate())


def test_what_was_answered_before_keeps_somebody_from_deciding_later(
    in_the_united_states: Campaign,
) -> None:
    add(in_the_united_states, "canvasser", "foreign")

    with pytest.raises(RoleNotGiven, match="US-4"):
        add(in_the_united_states, "organiser")
    assert Membership.objects.get(user__email="nora@example.org").role == "canvasser"


@pytest.mark.parametrize("country", ["", "GB", "FI"])
def test_nobody_is_asked_elsewhere(
    campaign: Campaign, alice_signed_in: Client, country: str
) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(country=country)
    campaign.refresh_from_db()
    add(campaign, "organiser")

    page = alice_signed_in.get(reverse("settings:members", args=[campaign.slug])).content.decode()
    assert "us_status" not in page
    address = reverse("settings:answer-status", args=[campaign.slug, Membership.objects.first().pk])  # type: ignore[union-attr]  # Alice
    alice_signed_in.post(address, {"us_status": "foreign"})
    with tenant(campaign.pk):
        assert not StatusAnswer.objects.of(campaign).exists()


def test_the_page_asks_refuses_and_keeps(
    in_the_united_states: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    address = reverse("settings:members", args=[in_the_united_states.slug])
    form = {"name": "Nora", "email": "nora@example.org", "role": "organiser"}

    assert "not asked yet" in alice_signed_in.get(address).content.decode()
    for status, sentence in (("", "permanent resident"), ("foreign", "may attend but not decide")):
        answer = alice_signed_in.post(address, {**form, "us_status": status})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert alice_signed_in.post(address, {**form, "us_status": "citizen"}).status_code == 302

    status = reverse("settings:answer-status", args=[in_the_united_states.slug, alice.pk])
    alice_signed_in.post(status, {"us_status": "foreign"})
    page = alice_signed_in.get(address).content.decode()
    assert "Give them another role." in page
    assert "US-4" in page


def test_the_country_is_set_on_the_page_of_the_law(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    address = reverse("settings:law", args=[campaign.slug])
    assert (
        alice_signed_in.post(address, {"country": "1", "copies_kept_days": "9"}).status_code == 422
    )

    answer = alice_signed_in.post(address, {"country": "us", "copies_kept_days": "9"})
    campaign.refresh_from_db()
    assert (answer.status_code, campaign.country, campaign.copies_kept_days) == (302, "US", 9)


def test_the_command_asks_as_well(
    in_the_united_states: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    from hustings.apps.accounts.command import main

    arguments = ["member", in_the_united_states.slug, "nora@example.org"]
    assert main(arguments) == 2
    assert "permanent resident" in capsys.readouterr().err
    assert main([*arguments, "--us-status", "citizen"]) == 0
