"""Links that work once, phones that are let in and out, and the last organiser."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts import access, actions
from hustings.apps.accounts.models import Membership, User
from hustings.apps.accounts.roles import RIGHTS, Right, Role
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def test_a_link_signs_in_once(alice: Membership) -> None:
    address = reverse("sign-in-link", args=[actions.make_sign_in_link(alice.user)])

    first, second = Client().post(address), Client().post(address)

    assert (first.status_code, second.status_code) == (302, 410)


def test_looking_at_a_link_does_not_use_it_up(alice: Membership) -> None:
    address = reverse("sign-in-link", args=[actions.make_sign_in_link(alice.user)])

    Client().get(address)

    assert Client().post(address).status_code == 302


def test_a_link_is_over_after_its_time(alice: Membership) -> None:
    secret = actions.make_sign_in_link(alice.user, lives=timedelta(seconds=-1))

    assert actions.use_sign_in_link(secret) is None


@pytest.mark.trust(20)
@pytest.mark.slow
def test_of_a_hundred_who_use_a_link_at_once_one_wins(pooled: None) -> None:
    user = User.objects.create_user("one@example.org")
    secret = actions.make_sign_in_link(user)
    winners: list[User] = []
    together = threading.Barrier(100)

    def race() -> None:
        try:
            together.wait()
            if winner := actions.use_sign_in_link(secret):
                winners.append(winner)
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert winners == [user]


@pytest.mark.trust(8)
def test_a_phone_shows_nothing_until_it_is_let_in_and_nothing_after_it_is_revoked(
    campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        device, _token = actions.enrol_device(
            campaign, "Bob's phone", expires_at=timezone.now() + timedelta(hours=8)
        )
        states = [device.is_let_in()]
        actions.let_in(device, by=alice.actor)
        states.append(device.is_let_in())
        actions.revoke(device, by=alice.actor, why="lost")
        states.append(device.is_let_in())

    assert states == [False, True, False]


def test_a_phone_whose_time_is_over_is_not_let_in(campaign: Campaign, alice: Membership) -> None:
    with tenant(campaign.pk):
        device, _token = actions.enrol_device(
            campaign, "Bob's phone", expires_at=timezone.now() - timedelta(seconds=1)
        )
        actions.let_in(device, by=alice.actor)

        assert not device.is_let_in()


def test_a_token_with_a_wrong_secret_finds_no_phone(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        device, text = actions.enrol_device(
            campaign, "Bob's phone", expires_at=timezone.now() + timedelta(hours=8)
        )
        token = access.DeviceToken.parse(text)
        assert token is not None

        assert access.device_of(token) == device
        assert access.device_of(token._replace(secret="wrong")) is None


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "..", "0" * 5000])
def test_what_is_not_a_token_is_none(text: str) -> None:
    assert access.DeviceToken.parse(text) is None


def test_the_last_organiser_cannot_be_removed(alice: Membership) -> None:
    with pytest.raises(actions.LastOrganiser):
        actions.remove_member(alice, by=alice.actor)


@pytest.mark.trust(9)
def test_a_removed_member_sees_nothing_at_once(
    campaign: Campaign, alice: Membership, bob: Membership, bob_signed_in: Client
) -> None:
    address = reverse("campaign-home", kwargs={"slug": campaign.slug})
    before = bob_signed_in.get(address).status_code

    actions.remove_member(bob, by=alice.actor)

    assert (before, bob_signed_in.get(address).status_code) == (302, 404)


def test_every_right_is_somebodys_and_no_role_has_a_right_that_does_not_exist() -> None:
    given = frozenset().union(*RIGHTS.values())

    assert given == frozenset(Right.values)
    assert set(RIGHTS) == set(Role)


def test_changed_settings_leave_an_audit_line_that_names_them(
    campaign: Campaign, alice: Membership, alice_signed_in: Client
) -> None:
    form = {
        "balance_by": "doors", "doors_per_walk": 45, "minutes_per_walk": 120, "minutes_per_door": 2.0,
        "metres_per_minute": 80.0, "seconds_per_floor": 20.0, "price_split_street_minutes": 13.0,
        "price_street_change_minutes": 0.15, "price_mid_block_crossing_minutes": 0.05,
        "price_extra_turf_minutes": 10.0,
    }  # fmt: skip

    response = alice_signed_in.post(reverse("settings:walks", kwargs={"slug": campaign.slug}), form)

    assert response.status_code == 302
    with tenant(campaign.pk):
        line = AuditLine.objects.get(verb="settings.change")
    assert line.detail == {"changed": ["balance_by", "doors_per_walk"]}


def test_a_new_wording_gets_a_new_version(campaign: Campaign, alice: Membership) -> None:
    values = {"script_wording": "Good evening.", "phones_need_letting_in": True}
    scale = campaign.support_scale

    actions.change_script(campaign, values, by=alice.actor)
    actions.change_script(campaign, values, by=alice.actor)

    campaign.refresh_from_db()
    assert campaign.script_version == 2
    assert campaign.script_wording == "Good evening."
    assert campaign.support_scale == scale
