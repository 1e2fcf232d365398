"""A phone's leave goes on to another browser: by a link that works once, and the browser before is out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from tests.apps.canvass.test_phone_page import Shift, a_batch, post

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def link(shift: Shift) -> str:
    answer = shift.client.post(reverse("phone:app-move"), "{}", content_type="application/json")
    assert answer.status_code == 200
    return str(answer.json()["link"])


def phone_of(client: Client) -> object:
    said = client.get(reverse("phone:carried")).json()["phone"]
    return said and said["id"]


def test_the_other_browser_is_the_same_phone_and_the_one_before_is_out(shift: Shift) -> None:
    address, other = link(shift), Client()
    assert other.get(address).status_code == 200  # looking at it uses nothing up
    assert phone_of(shift.client) == str(shift.device.public_id)

    moved = other.post(address)

    assert moved["Location"] == reverse("phone:app")
    assert phone_of(other) == str(shift.device.public_id)
    assert phone_of(shift.client) is None
    assert shift.client.get(shift.address("walk-data")).status_code == 403
    assert other.get(shift.address("walk-data")).status_code == 200
    with tenant(shift.campaign.pk):
        assert AuditLine.objects.filter(verb="device.move").count() == 1


def test_what_the_browser_before_could_not_send_is_this_phones_still(shift: Shift) -> None:
    unsent = a_batch(shift)
    address, other = link(shift), Client()
    other.post(address)
    before, shift.client = shift.client, other

    assert post(shift, unsent).status_code == 200
    shift.client = before
    assert post(shift, unsent).status_code == 403


def test_a_link_works_once_within_a_quarter_of_an_hour_and_not_altered(shift: Shift) -> None:
    address = link(shift)
    assert Client().post(address.rstrip("/") + "x/").status_code == 410
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert Client().post(address).status_code == 410
    assert Client().post(address).status_code == 302
    assert Client().post(address).status_code == 410


def test_a_link_of_a_phone_whose_leave_was_taken_back_meanwhile_opens_nothing(
    shift: Shift, alice: Membership
) -> None:
    address = link(shift)
    with tenant(shift.campaign.pk):
        actions.take_back(shift.campaign, [shift.device], by=alice.actor)

    assert Client().post(address).status_code == 410
    answer = shift.client.post(reverse("phone:app-move"), "{}", content_type="application/json")
    assert answer.status_code == 403


def test_a_form_of_another_site_makes_no_link(shift: Shift) -> None:
    assert shift.client.post(reverse("phone:app-move"), {}).status_code == 415
