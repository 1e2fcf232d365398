"""The second knock of an evening goes to doors where nobody was in, and cards left there are counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.walks import doors_of
from hustings.apps.followups.cards import left_by_walk
from hustings.apps.followups.second_knock import knock_again, nobody_in
from hustings.apps.materials.models import CampaignImprint
from hustings.apps.outings.handing_out import check_out, retire, return_turf, undo_return
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.outings.publishing import DoorIsOut, NotNow
from hustings.apps.people.models import DoNotContact, Household, Person
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign


class Evening:
    """A walk of six doors that a phone went along, and is back."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign, self.alice = campaign, alice
        self.turf: Turf = a_walk(campaign, [1, 2, 3, 4, 5, 6], code="ABCDEF")
        self.phone: Device = a_phone(self.turf, "Bob", alice)
        said = [
            (1, "no_answer", {}), (2, "refused", {}), (3, "no_answer", {"card_left": True}),
            (4, "answered", {"support": "1"}), (5, "no_answer", {}),
        ]  # fmt: skip
        now = timezone.now()
        canvass.record(
            self.phone,
            [
                a_report(self.turf, door, kind, sequence=nth, occurred_at=now, **more)
                for nth, (door, kind, more) in enumerate(said, 1)
            ],
        )

    def back(self) -> None:
        return_turf(self.campaign, self.turf.pk, by=SETUP)

    def knock(self) -> Turf:
        return knock_again(self.campaign, self.turf.action_id, by=self.alice.actor)


@pytest.fixture
def evening(campaign: Campaign, alice: Membership) -> Iterator[Evening]:
    with tenant(campaign.pk):
        yield Evening(campaign, alice)


def doors_on(turf: Turf) -> list[int]:
    return [door.id for door in doors_of(turf.campaign, turf.pk)]


def test_one_tap_makes_a_walk_of_the_doors_where_nobody_was_in_and_of_no_others(
    evening: Evening,
) -> None:
    assert nobody_in(evening.campaign) == []  # it is still out
    evening.back()
    (again,) = nobody_in(evening.campaign)
    assert (again.walks, [door for _turf, door in again.doors]) == ([7], [1, 3, 5])
    made = evening.knock()
    assert doors_on(made) == [1, 3, 5]
    assert (made.state, made.number, made.door_count, len(made.code)) == ("published", 8, 3, 6)
    assert made.name == "Second knock: Mill Lane"
    live = TurfDoor.objects.filter(live=True).values_list("turf_id", "door_id")
    assert set(live) == {(made.pk, door) for door in (1, 3, 5)} | {
        (evening.turf.pk, door) for door in (2, 4)
    }
    assert nobody_in(evening.campaign) == []
    with pytest.raises(NotNow):
        evening.knock()


def test_it_is_handed_out_and_recorded_like_any_walk_and_what_was_heard_before_stays(
    evening: Evening, alice: Membership
) -> None:
    evening.back()
    made = evening.knock()
    check_out(evening.campaign, made.pk, "Ben", by=SETUP)
    phone = a_phone(made, "Ben", alice)
    (outcome,) = canvass.record(phone, [a_report(made, 3, "answered", support="1")])
    assert outcome.status == "stored"
    assert len(doors_on(evening.turf)) == 5  # what was knocked on stays in its list
    with pytest.raises(DoorIsOut):
        undo_return(evening.campaign, evening.turf.pk, by=SETUP)


def test_a_third_knock_goes_to_those_who_were_out_again(
    evening: Evening, alice: Membership
) -> None:
    evening.back()
    made = evening.knock()
    phone = a_phone(made, "Ben", alice)
    now = timezone.now()
    canvass.record(
        phone,
        [
            a_report(made, 1, sequence=1, occurred_at=now),
            a_report(made, 3, "answered", support="1", sequence=2, occurred_at=now),
        ],
    )
    return_turf(evening.campaign, made.pk, by=SETUP)
    assert doors_on(evening.knock()) == [1]


def test_a_door_where_everybody_asked_to_be_left_alone_is_not_knocked_on_again(
    evening: Evening,
) -> None:
    for door, stopped in ((1, [True, True]), (3, [True, False])):
        home = Household.objects.create(
            campaign=evening.campaign, door_id=door, address_key=f"door {door}"
        )
        for asked in stopped:
            person = Person.objects.create(
                campaign=evening.campaign, household=home, surname="X", name_key="x"
            )
            if asked:
                DoNotContact.objects.create(
                    campaign=evening.campaign, person=person, reason="asked"
                )
    evening.back()
    assert doors_on(evening.knock()) == [3, 5]


def test_a_walk_that_came_back_yesterday_or_was_put_away_is_left_in_peace(
    evening: Evening,
) -> None:
    evening.back()
    Turf.objects.filter(pk=evening.turf.pk).update(returned_at=timezone.now() - timedelta(days=1))
    assert nobody_in(evening.campaign) == []
    Turf.objects.filter(pk=evening.turf.pk).update(returned_at=timezone.now())
    retire(evening.campaign, evening.turf.pk, by=SETUP)
    assert nobody_in(evening.campaign) == []


def test_the_button_leads_to_the_new_walk_and_a_second_tap_says_why_there_is_none(
    evening: Evening, alice_signed_in: Client
) -> None:
    evening.back()
    slug = evening.campaign.slug
    assert (
        "Knock there again this evening"
        in alice_signed_in.get(f"/c/{slug}/today/").content.decode()
    )
    address = f"/c/{slug}/follow-ups/knock-again/{evening.turf.action_id}/"
    page = alice_signed_in.post(address, follow=True).content.decode()
    assert "A walk of 3 doors where nobody was in." in page
    again = alice_signed_in.post(address, follow=True).content.decode()
    assert "There is no door to knock on again." in again
    assert Turf.objects.count() == 2


def test_cards_that_were_left_are_counted_by_walk_until_the_tap_is_taken_back(
    evening: Evening,
) -> None:
    assert [(one.number, one.cards) for one in left_by_walk(evening.campaign)] == [(7, 1)]
    event = next(iter(canvass_events(evening)))
    canvass.record(evening.phone, [a_report(evening.turf, 3, "undo", corrects=event, sequence=9)])
    assert left_by_walk(evening.campaign) == []


def canvass_events(evening: Evening) -> list[object]:
    from hustings.apps.canvass.models import CanvassEvent

    found = CanvassEvent.objects.of(evening.campaign).filter(card_left=True)
    return list(found.values_list("pk", flat=True))


def test_cards_are_printed_with_the_campaigns_imprint_and_what_it_would_like_to_say(
    evening: Evening, alice_signed_in: Client
) -> None:
    address = f"/c/{evening.campaign.slug}/follow-ups/cards/"
    assert "has no imprint" in alice_signed_in.get(address).content.decode()
    CampaignImprint.objects.create(
        campaign=evening.campaign, country="GB", set_by="Alice",
        promoter_name="Pat Promoter", promoter_address="1 Mill Lane",
    )  # fmt: skip
    page = alice_signed_in.get(address).content.decode()
    assert "Pat Promoter" in page
    assert "has no imprint" not in page
    sheets = alice_signed_in.get(
        f"{address}print/",
        {"copies": 9, "words": "Ring us <b>any</b> time.", "reach": "01632 960001"},
    ).content.decode()
    assert sheets.count("Sorry we missed you") == 16  # whole sheets
    assert sheets.count("Pat Promoter") == 16
    assert "&lt;b&gt;any" in sheets
    assert alice_signed_in.get(f"{address}print/", {"copies": 99999}).status_code == 422
