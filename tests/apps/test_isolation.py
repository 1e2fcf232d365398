"""Campaigns are strangers: every address, as a member of another campaign and signed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from hustings.apps.accounts.roles import Role
from hustings.apps.campaigns.rows import CampaignQuerySet
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from tests.apps.cast import member, signed_in
from tests.apps.isolation_matrix import CANARY, NOT_OURS, ONLY_JSON, ROUTES, World
from tests.apps.knocking import (
    IN_A_CAMPAIGN,
    ON_A_PHONE,
    a_phone,
    body,
    knock,
    names_of,
    phone_of_the_rivals,
    undone,
)
from tests.apps.planted import campaign, planted, world

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["campaign", "planted", "world"]
SCREENS_WITH_PEOPLE = ("phone:door", "phone:walk-data")


@pytest.mark.trust(1)
def test_every_address_has_a_row_in_the_matrix() -> None:
    ours = {name for name in names_of(get_resolver().url_patterns) if not name.startswith(NOT_OURS)}

    assert ours == set(ROUTES)


@pytest.mark.trust(1, 2)
@pytest.mark.parametrize("name", IN_A_CAMPAIGN)
def test_a_member_of_another_campaign_sees_nothing(
    name: str, world: World, charlie: Membership, campaign: Campaign, rivals: Campaign
) -> None:
    client = signed_in(charlie)

    at_alices_address = knock(client, name, world, campaign)
    with_alices_ids = knock(client, name, world, rivals)

    assert at_alices_address.status_code == 404
    assert CANARY not in body(at_alices_address)
    assert CANARY not in body(with_alices_ids)
    assert with_alices_ids.status_code != 500


@pytest.mark.trust(1)
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_signed_out_nothing_is_seen(name: str, world: World, campaign: Campaign) -> None:
    response = knock(Client(), name, world, campaign)

    assert CANARY not in body(response)
    if not ROUTES[name].open_to_all:
        assert response.status_code in {302, 403, 404}


@pytest.mark.trust(4)
@pytest.mark.parametrize("name", IN_A_CAMPAIGN)
def test_the_second_wall_holds_when_the_filter_is_taken_out(
    name: str,
    world: World,
    charlie: Membership,
    campaign: Campaign,
    rivals: Campaign,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(CampaignQuerySet, "of", lambda rows, campaign: rows.all())

    response = knock(signed_in(charlie), name, world, rivals)

    assert CANARY not in body(response)
    assert response.status_code != 500


@pytest.mark.trust(1, 2)
@pytest.mark.parametrize("name", ON_A_PHONE)
def test_a_phone_of_another_campaign_sees_nothing(
    name: str, world: World, campaign: Campaign, rivals: Campaign, charlie: Membership
) -> None:
    route = ROUTES[name]
    response = knock(phone_of_the_rivals(rivals, charlie), name, world, campaign)

    assert CANARY not in body(response)
    # A page whose address names no walk is each phone's own: theirs opens, with nothing of ours on it.
    own = {200} if route.method == "get" and not route.arguments(world) else set()
    assert response.status_code in {302, 403, 404, 415} | own


@pytest.mark.trust(4)
@pytest.mark.parametrize("name", ON_A_PHONE)
def test_the_second_wall_holds_for_phones_when_the_filter_is_taken_out(
    name: str,
    world: World,
    campaign: Campaign,
    rivals: Campaign,
    charlie: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = phone_of_the_rivals(rivals, charlie)
    monkeypatch.setattr(CampaignQuerySet, "of", lambda rows, campaign: rows.all())

    response = knock(client, name, world, campaign)

    assert CANARY not in body(response)
    assert response.status_code != 500


@pytest.mark.trust(8)
@pytest.mark.parametrize("name", sorted(name for name in ROUTES if name.startswith("phone:")))
@pytest.mark.parametrize("state", ["waiting", "revoked", "expired"])
def test_a_phone_that_is_not_in_sees_nothing(
    name: str, state: str, world: World, campaign: Campaign, alice: Membership
) -> None:
    token = world.rows["waiting_token" if state == "waiting" else "token"]
    device = world.rows["phone"]
    with tenant(campaign.pk):
        if state == "revoked":
            canvass.take_back(campaign, [device], by=alice.actor)
        if state == "expired":
            type(device).objects.filter(pk=device.pk).update(expires_at="2020-01-01T00:00Z")

    response = knock(a_phone(token), name, world, campaign)

    # Its own name is all that a waiting phone is told.
    assert CANARY not in body(response).replace(f"Nearly there, {CANARY}", "").replace(
        f"“{CANARY} is waiting.”", ""
    ).replace(f'value="{CANARY}"', "")
    # 415: it may still report late, as JSON, and is shown nothing
    assert response.status_code in {200, 302, 403, 404, 415}


@pytest.mark.parametrize("name", ON_A_PHONE)
def test_a_phone_that_was_let_in_opens_its_walk(
    name: str, world: World, campaign: Campaign
) -> None:
    response = knock(a_phone(world.rows["token"]), name, world, campaign)

    assert response.status_code < 400 or name in ONLY_JSON
    if name in SCREENS_WITH_PEOPLE:
        assert CANARY in body(response)


@pytest.mark.trust(9)
@pytest.mark.parametrize("name", IN_A_CAMPAIGN)
def test_each_role_opens_just_its_own_doors(name: str, world: World, campaign: Campaign) -> None:
    opened = set()
    for role in Role.values:
        with undone():
            client = signed_in(member(campaign, f"A.{role}", role))
            status = knock(client, name, world, campaign).status_code
        assert status < 400 or status in {403, 404}, (role, status)
        if status < 400:
            opened.add(role)

    assert opened == ROUTES[name].roles


@pytest.mark.trust(1, 2)
def test_the_canary_would_be_seen_if_it_were_shown(
    world: World, alice: Membership, campaign: Campaign
) -> None:
    seen = [
        name
        for name in IN_A_CAMPAIGN
        if CANARY in body(knock(signed_in(alice), name, world, campaign))
    ]

    assert seen, "No page shows its own members a canary, so the tests above could not fail."


@pytest.mark.trust(3)
@pytest.mark.django_db
def test_the_tests_run_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute(
            "select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user"
        )
        assert cursor.fetchone() == (0,)
