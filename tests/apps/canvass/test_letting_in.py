"""Codes that only name a walk, links that work once, and guessers who are slowed but not shut out."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from hustings.apps.accounts.models import Device
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, guessing
from hustings.apps.outings import handing_out
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import member

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

CODE = "ABCDEF"


@pytest.fixture
def turf(campaign: Campaign) -> Turf:
    with tenant(campaign.pk):
        door = Door.objects.create(
            campaign=campaign, address_key="1 mill lane|", street="Mill Lane", number="1"
        )
        home = Household.objects.create(campaign=campaign, address_key="1 mill lane|")
        Person.objects.create(campaign=campaign, household=home, surname="Hasler", forename="Mira")
        return a_walk(campaign, [door.pk], code=CODE)


def asks(client: Client, name: str = "Tom") -> None:
    client.post(reverse("phone:code", args=[CODE]), {"first_name": name})


def test_a_code_names_the_walk_and_shows_nothing_until_an_organiser_lets_the_phone_in(
    turf: Turf, alice_signed_in: Client, campaign: Campaign
) -> None:
    phone = Client()
    named = phone.post(reverse("phone:start"), {"code": "abc def"}, follow=True)
    asks(phone)
    waiting = phone.get(reverse("phone:start"))
    refused = phone.get(reverse("phone:walk", args=[turf.pk]))
    with tenant(campaign.pk):
        device = Device.objects.get()

    alice_signed_in.post(reverse("phones:let-in", args=[campaign.slug]), {"phone": device.pk})
    walk = phone.get(reverse("phone:start"), follow=True)

    assert "Mill Lane" in named.content.decode()
    assert "Hasler" not in named.content.decode()
    assert "Nearly there, Tom" in waiting.content.decode()
    assert refused.status_code == 403
    assert "1 Mill Lane" in walk.content.decode()


def test_with_nothing_ticked_it_says_so_and_lets_nobody_in(
    turf: Turf, alice_signed_in: Client, campaign: Campaign
) -> None:
    asks(Client(), "Tom")

    page = alice_signed_in.post(
        reverse("phones:let-in", args=[campaign.slug]), follow=True
    ).content.decode()

    assert "No phone was ticked." in page
    assert "0 phones" not in page
    with tenant(campaign.pk):
        assert not Device.objects.get().is_let_in()
        assert not AuditLine.objects.filter(verb="device.let_in").exists()


def test_many_phones_are_let_in_with_one_stroke_and_one_line(
    turf: Turf, alice_signed_in: Client, campaign: Campaign
) -> None:
    for name in ("Tom", "Ann", "Eve"):
        asks(Client(), name)
    with tenant(campaign.pk):
        ids = list(Device.objects.values_list("pk", flat=True))

    alice_signed_in.post(reverse("phones:let-in", args=[campaign.slug]), {"phone": ids})

    with tenant(campaign.pk):
        assert [device.is_let_in() for device in Device.objects.all()] == [True] * 3
        assert [line.count for line in AuditLine.objects.filter(verb="device.let_in")] == [3]


@pytest.mark.trust(8)
def test_a_phone_that_was_taken_back_sees_nothing_at_once(
    turf: Turf, alice: Membership, alice_signed_in: Client, campaign: Campaign
) -> None:
    phone = Client()
    asks(phone)
    with tenant(campaign.pk):
        device = Device.objects.get()
        actions.let_phones_in(campaign, [device], by=alice.actor)
    address = reverse("phone:walk", args=[turf.pk])
    before = phone.get(address).status_code

    alice_signed_in.post(reverse("phones:take-back", args=[campaign.slug]), {"phone": device.pk})

    assert (before, phone.get(address).status_code) == (200, 403)


@pytest.mark.trust(8)
def test_a_phone_shows_nothing_after_its_time(
    turf: Turf, alice: Membership, campaign: Campaign
) -> None:
    phone = Client()
    asks(phone)
    with tenant(campaign.pk):
        actions.let_phones_in(campaign, Device.objects.all(), by=alice.actor)
    address = reverse("phone:walk", args=[turf.pk])
    before = phone.get(address).status_code

    with time_machine.travel("2036-01-01"):
        after = phone.get(address).status_code

    assert (before, after) == (200, 403)


def test_a_made_up_token_opens_no_campaigns_wall(campaign: Campaign) -> None:
    phone = Client()
    phone.cookies["hustings_device"] = f"{campaign.pk}.{campaign.pk}.guess"

    assert phone.get(reverse("phone:start")).status_code == 200
    assert phone.get(reverse("phone:walk", args=[1])).status_code == 403


def test_a_link_lets_the_phone_in_on_the_word_of_whoever_showed_it(
    turf: Turf, alice: Membership, campaign: Campaign
) -> None:
    token = handing_out.make_phone_link(campaign, turf.pk, by=alice.actor)
    phone = Client()
    address = reverse("phone:link", args=[token])

    looked = phone.get(address)
    opened = phone.post(address, {"first_name": "Tom"}, follow=True)
    again = Client().post(address, {"first_name": "Eve"})

    assert looked.status_code == 200
    assert "1 Mill Lane" in opened.content.decode()
    assert again.status_code == 410


def test_a_name_that_is_missing_does_not_use_the_link_up(
    turf: Turf, alice: Membership, campaign: Campaign
) -> None:
    token = handing_out.make_phone_link(campaign, turf.pk, by=alice.actor)
    address = reverse("phone:link", args=[token])

    assert Client().post(address, {"first_name": " "}).status_code == 422
    assert Client().post(address, {"first_name": "Tom"}).status_code == 302


@pytest.mark.trust(20)
def test_a_link_is_over_after_fifteen_minutes(
    turf: Turf, alice: Membership, campaign: Campaign
) -> None:
    from datetime import timedelta

    token = handing_out.make_phone_link(
        campaign, turf.pk, by=alice.actor, lives=timedelta(seconds=-1)
    )

    assert (
        Client().post(reverse("phone:link", args=[token]), {"first_name": "T"}).status_code == 410
    )


@pytest.mark.trust(20)
@pytest.mark.slow
def test_of_a_hundred_phones_that_use_a_link_at_once_one_is_let_in(pooled: None) -> None:
    campaign = create_campaign("riverside", "Riverside")
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1])
    token = handing_out.make_phone_link(campaign, turf.pk, by=alice.actor)
    statuses: list[int] = []
    connection.close()
    together = threading.Barrier(100)

    def race() -> None:
        try:
            together.wait()
            answer = Client().post(reverse("phone:link", args=[token]), {"first_name": "Tom"})
            statuses.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=race) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [302] + [410] * 99
    with tenant(campaign.pk):
        assert Device.objects.count() == 1


@pytest.mark.django_db
def test_a_guesser_is_slowed_and_heard_again_after_the_seconds_that_were_named() -> None:
    phone = Client()

    answers = [phone.post(reverse("phone:start"), {"code": "QQQQQQ"}) for _ in range(12)]

    statuses = [answer.status_code for answer in answers]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    assert 1 <= int(answers[-1]["Retry-After"]) <= guessing.BROWSER.refill_s + 1


@pytest.mark.django_db
def test_an_office_of_thirty_that_mistypes_once_each_is_not_held_up(turf: Turf) -> None:
    wrong = [Client().post(reverse("phone:start"), {"code": "QQQQQQ"}) for _ in range(29)]

    assert {answer.status_code for answer in wrong} == {422}
    assert Client().post(reverse("phone:start"), {"code": CODE}).status_code == 302


@pytest.mark.django_db
def test_an_empty_network_is_held_up_for_seconds_and_never_longer() -> None:
    keys = {"a network": guessing.NETWORK}

    for _ in range(500):
        guessing.take_one(keys)

    assert 1 <= guessing.seconds_to_wait(keys) <= guessing.NETWORK.refill_s + 1


@pytest.mark.django_db
def test_guesses_keep_no_address() -> None:
    Client(REMOTE_ADDR="203.0.113.9").post(reverse("phone:start"), {"code": "QQQQQQ"})

    with connection.cursor() as cursor:
        cursor.execute("select string_agg(key, ' ') from canvass_codeguesses")
        kept = cursor.fetchone()[0]

    assert re.fullmatch(r"[0-9a-f ]+", kept)
    assert "203.0.113.9" not in kept
