"""What the campaign's own shifts took a door is offered where doors are cut, and used only where it is accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, asking, holding, paper
from hustings.apps.canvass.learned_minutes import minutes_per_door
from hustings.apps.outings import actions as outings
from hustings.apps.outings.learning import Box, offer_for
from hustings.apps.outings.models import Cut
from hustings.apps.outings.queries import estimate
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk
from tests.apps.cast import SETUP, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db
DOORS = range(1, 21)
HERE = Box(9.5, 47.1, 9.6, 47.2)


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    with tenant(campaign.pk):
        yield a_walk(campaign, list(DOORS))


def a_shift(turf: Turf, alice: Membership, name: str, minutes: float, days: int = 0) -> Device:
    """Twenty doors that took so long each, all at one place on the map."""
    phone = a_phone(turf, name, alice)
    actions.record(
        phone,
        [
            a_report(turf, door, sequence=door,
                     occurred_at=NOON + timedelta(days=days, minutes=minutes * door))
            for door in DOORS
        ],
    )  # fmt: skip
    return phone


@pytest.fixture
def shifts(turf: Turf, alice: Membership) -> list[Device]:
    return [a_shift(turf, alice, f"Phone {n}", 3.0 + n / 10) for n in range(7)]


def test_the_middle_shift_is_drawn_to_the_setting_by_its_doors(
    turf: Turf, shifts: list[Device]
) -> None:
    found = minutes_per_door(turf.campaign, "canvass", HERE)

    assert found is not None
    assert (found.shifts, found.doors) == (7, 7 * 19)
    assert found.minutes == pytest.approx((133 * 3.3 + 100 * 2.0) / 233)
    assert (found.low, found.high) == pytest.approx((3.0, 3.6))


def test_another_area_another_kind_paper_and_what_is_held_say_nothing_here(
    turf: Turf, shifts: list[Device], alice: Membership
) -> None:
    assert minutes_per_door(turf.campaign, "canvass", Box(0, 0, 1, 1)) is None
    assert minutes_per_door(turf.campaign, "leaflet", HERE) is None
    lines: dict[paper.Line, str] = {(door, None): "-" for door in DOORS}
    paper.type_in(turf.campaign, turf.pk, "Asha", NOON.date(), lines, by=alice.actor)
    question = asking.ask(turf.campaign, shifts[0].pk, turf.pk, "other", figures={}, by=alice.actor)
    asking.reply(question, "From paper.", by=shifts[0].actor)
    holding.hold(turf.campaign, question.pk, by=alice.actor)

    found = minutes_per_door(turf.campaign, "canvass", None)

    assert found is not None
    assert found.shifts == 6


def test_the_page_of_a_cut_offers_it_and_a_cut_uses_it_only_where_that_is_ticked(
    turf: Turf, shifts: list[Device], alice: Membership
) -> None:
    action = turf.action
    address = reverse("outings:cut", kwargs={"slug": turf.campaign.slug, "action_id": action.pk})
    client = signed_in(alice)

    page = client.get(address).content.decode()
    assert "Your teams took 2.7 minutes a door" in page
    assert "133 doors in 7 shifts, middle shift between 3.0 and 3.6" in page
    assert 'name="use_learned" id="id_use_learned">' in page
    form = {"units": "minutes", "size": "90", "split_street": "12", "learned_minutes": "2.7"}
    client.post(address, form)
    client.post(address, {**form, "use_learned": "on"})

    silent, accepted = Cut.objects.of(turf.campaign).order_by("pk")[1:]
    assert silent.wishes["pace"]["minutes_per_door"] == 2.0
    assert accepted.wishes["pace"]["minutes_per_door"] == 2.7
    turf.campaign.refresh_from_db()
    assert turf.campaign.minutes_per_door == 2.0
    again = outings.cut_again(turf.campaign, accepted, [], by=SETUP)
    assert again.wishes["pace"]["minutes_per_door"] == 2.7


def test_the_number_of_walks_on_the_page_follows_the_tick(
    turf: Turf, shifts: list[Device], alice: Membership
) -> None:
    address = reverse(
        "outings:estimate", kwargs={"slug": turf.campaign.slug, "action_id": turf.action_id}
    )
    form = {"units": "minutes", "size": "90", "split_street": "12", "learned_minutes": "9.0"}
    client = signed_in(alice)

    assert client.get(address, form).status_code == 200
    assert client.get(address, {**form, "use_learned": "on"}).status_code == 200
    assert estimate(turf.campaign, 500, "minutes", 90, 9.0) > estimate(
        turf.campaign, 500, "minutes", 90
    )


def test_nothing_is_offered_while_few_shifts_are_known(turf: Turf, alice: Membership) -> None:
    for n in range(4):
        a_shift(turf, alice, f"Phone {n}", 3.0)
    assert offer_for(turf.campaign, turf.action) is None

    address = reverse(
        "outings:cut", kwargs={"slug": turf.campaign.slug, "action_id": turf.action_id}
    )
    assert "use_learned" not in signed_in(alice).get(address).content.decode()
