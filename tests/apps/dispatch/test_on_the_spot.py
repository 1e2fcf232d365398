"""A walk from here within a time: out of free doors, no door twice, back by itself."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.dispatch import access, arriving
from hustings.apps.dispatch.fitting import Wants
from hustings.apps.dispatch.models import Arrival, SpotCut
from hustings.apps.outings import handing_out, near, publishing, sources
from hustings.apps.outings.models import Checkout, Turf, TurfDoor, WalkCode
from hustings.apps.outings.universe import Choice
from hustings.apps.people.models import DoNotContact, Person
from tests.apps.dispatch.cast import ALICE, HERE, a_round, a_table, a_town_round, code_of
from tests.apps.outings.planting import a_cut

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action


def ask(
    campaign: Campaign, action: Action, name: str = "Tom", minutes: int = 90, **options: object
) -> Arrival:
    secret = options.pop("secret", uuid4().hex)
    wants = Wants(minutes, on_foot=True, place=HERE, **options)
    with tenant(campaign.pk):
        return arriving.ninety(campaign, action, wants, secret, name, by=ALICE).arrival


def free_here(campaign: Campaign, action: Action) -> list[int]:
    """The doors that a walk from here would be made of."""
    with tenant(campaign.pk):
        return list(near.free_doors(action, Choice(), HERE, 400).ids.tolist())


def test_a_walk_on_the_spot_has_no_number_of_a_draft_that_may_be_published_later(
    campaign: Campaign,
) -> None:
    action, doors = a_town_round(campaign)
    with tenant(campaign.pk):
        draft = a_cut(campaign, action, doors[-20:-10], doors[-10:])

    arrival = ask(campaign, action)

    assert arrival.turf.number == 3
    with tenant(campaign.pk):
        publishing.publish(campaign, draft.pk, by=ALICE)
        numbers = sorted(Turf.objects.filter(action=action).values_list("number", flat=True))
    assert numbers == [1, 2, 3]


def test_a_walk_is_made_of_the_doors_round_the_place_and_is_theirs(campaign: Campaign) -> None:
    action, doors = a_town_round(campaign)

    arrival = ask(campaign, action)

    with tenant(campaign.pk):
        turf = arrival.turf
        assert turf.state == Turf.State.CHECKED_OUT
        assert turf.code
        assert 45 <= turf.minutes <= 90
        rows = list(TurfDoor.objects.filter(turf=turf).order_by("stop"))
        assert [row.stop for row in rows] == list(range(1, turf.door_count + 1))
        assert all(row.live for row in rows)
        assert doors[0] in {row.door_id for row in rows}
        held = Checkout.objects.get(turf=turf)
        assert held.holder == "Tom"
        assert held.expires_at < timezone.now() + timedelta(hours=3)


def test_the_next_who_asks_from_the_same_place_is_given_other_doors(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign)

    first, second = ask(campaign, action), ask(campaign, action, "Ann")

    with tenant(campaign.pk):
        one, other = (
            set(TurfDoor.objects.filter(turf=each.turf).values_list("door_id", flat=True))
            for each in (first, second)
        )
        assert one
        assert other
        assert not one & other
        assert SpotCut.objects.count() == 1
        assert {first.turf.number, second.turf.number} == {1, 2}


def test_the_same_page_sent_twice_reserves_one_walk(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign)

    first, second = (ask(campaign, action, secret="one page") for _turn in range(2))

    assert first.turf_id == second.turf_id
    with tenant(campaign.pk):
        assert Turf.objects.count() == 1


def test_a_walk_that_was_cut_before_and_begins_here_goes_first(campaign: Campaign) -> None:
    walks = a_round(campaign)

    arrival = ask(campaign, walks[0].action)

    assert arrival.turf_id in {turf.pk for turf in walks}


def test_doors_of_a_live_walk_and_of_who_wants_no_visit_are_left_out(campaign: Campaign) -> None:
    action, doors = a_town_round(campaign)
    with tenant(campaign.pk):
        for person in Person.objects.filter(household__door_id=doors[1]):
            DoNotContact.objects.create(campaign=campaign, person=person)
    first = ask(campaign, action, minutes=45)

    with tenant(campaign.pk):
        taken = set(TurfDoor.objects.filter(turf=first.turf).values_list("door_id", flat=True))
        left = near.free_doors(action, Choice(), HERE, 300)
        assert doors[1] not in taken
        assert not set(left.ids.tolist()) & (taken | {doors[1]})


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(districts=("AA",)),
        Choice(streets=("Mill Lane",)),
        Choice(support=("",)),
        Choice(not_contacted_days=7),
        Choice(absent="none"),
    ],
)
def test_the_doors_near_by_are_those_that_the_whole_choice_has(
    campaign: Campaign, choice: Choice
) -> None:
    action, _doors = a_town_round(campaign, doors_each=20)
    with tenant(campaign.pk):
        everywhere = sources.chosen_doors(campaign, choice, action.pk)
        here = near.free_doors(action, choice, HERE, 400)

    assert here.ids.tolist() == everywhere.ids.tolist()
    assert here.doors.people.tolist() == everywhere.doors.people.tolist()
    assert len(here.ids)


def test_it_comes_back_by_itself_and_its_doors_are_free_again(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign, doors_each=45)
    free = free_here(campaign, action)
    arrival = ask(campaign, action)
    assert free_here(campaign, action) != free

    handing_out.return_overdue(campaign, by=ALICE, now=timezone.now() + timedelta(hours=4))

    with tenant(campaign.pk):
        assert Turf.objects.get(pk=arrival.turf_id).state == Turf.State.RETURNED
    assert free_here(campaign, action) == free


def test_where_no_door_is_free_they_are_told_so(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign)
    with tenant(campaign.pk):
        wants = Wants(90, on_foot=True, place=(10.0, 10.0))
        arrival = arriving.ninety(campaign, action, wants, "x", "Tom", by=ALICE).arrival

    assert arrival.turf_id is None
    assert "no free doors" in arrival.why


def test_at_a_table_one_is_made_where_none_fits(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign)
    table = a_table(campaign, action, place=HERE)
    browser, address = Client(), f"/w/t/{code_of(table)}/"
    browser.get(address)
    asked = browser.post(address, {"first_name": "Tom", "minutes": "60"})
    assert "Make one for me from here" in asked.content.decode()

    made = browser.post(address, {"first_name": "Tom", "minutes": "60", "make": "yes"}, follow=True)

    assert made.redirect_chain[-1][0].startswith("/w/walk/")
    with tenant(campaign.pk):
        assert Turf.objects.get().minutes <= 60


def test_taking_a_made_walk_back_frees_its_doors(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign, doors_each=45)
    free = free_here(campaign, action)
    table = a_table(campaign, action, place=HERE)
    with tenant(campaign.pk):
        handed = arriving.arrive(table, "s", "Tom", Wants(60, place=HERE), make=True)
        assert free_here(campaign, action) != free
        arriving.take_back(table, handed.arrival.pk, by=ALICE)

    assert free_here(campaign, action) == free


def test_a_phone_that_was_let_in_asks_from_where_it_is(campaign: Campaign) -> None:
    action, _doors = a_town_round(campaign)
    with tenant(campaign.pk):
        first = ask(campaign, action, minutes=45)
        _device, token = canvass.ask_for_walk(first.turf, "Tom", by=ALICE)
    phone = Client()
    phone.cookies[DEVICE_COOKIE] = token

    page = phone.get("/w/ninety/")
    answer = phone.post(
        "/w/ninety/",
        {"minutes": "90", "lon": HERE[0], "lat": HERE[1], "once": uuid4(), "address": ""},
        follow=True,
    )

    assert page.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/w/walk/")
    with tenant(campaign.pk):
        assert Arrival.objects.filter(device_id__isnull=False, turf__isnull=False).count() == 1
        assert not any("lon" in str(one.wishes) for one in Arrival.objects.all())


def test_a_phone_that_was_not_let_in_is_given_nothing(campaign: Campaign) -> None:
    assert Client().get("/w/ninety/").status_code == 403


def test_an_organiser_reserves_one_for_somebody_at_the_desk(
    campaign: Campaign, alice_signed_in: Client, alice: Membership
) -> None:
    action, _doors = a_town_round(campaign)

    answer = alice_signed_in.post(
        "/c/riverside/tables/ninety/",
        {
            "holder": "Tom", "action": action.pk, "minutes": "90", "address": "1 Bank Street",
            "once": uuid4(),
        },
    )  # fmt: skip

    assert answer.status_code == 302
    with tenant(campaign.pk):
        assert Checkout.objects.get().holder == "Tom"


def test_the_page_of_the_running_cut_says_what_all_walks_on_the_spot_are_together(
    campaign: Campaign,
) -> None:
    action, _doors = a_town_round(campaign)
    for name in ("Ann", "Ben"):
        ask(campaign, action, name, minutes=30)
    with tenant(campaign.pk):
        walks = [one.turf for one in Arrival.objects.select_related("turf")]
        numbers = SpotCut.objects.select_related("cut").get().cut.numbers
    minutes = [walk.minutes for walk in walks]
    doors = [walk.door_count for walk in walks]

    assert numbers == {
        "turfs": 2, "doors": sum(doors), "minutes": round(sum(minutes)),
        "walk_m": round(sum(walk.walk_m for walk in walks)),
        "longest_minutes": max(minutes), "shortest_minutes": min(minutes),
        "mean_minutes": pytest.approx(sum(minutes) / 2, abs=0.06),
        "most_doors": max(doors), "fewest_doors": min(doors),
    }  # fmt: skip


def test_a_walk_keeps_the_letters_that_it_has(campaign: Campaign) -> None:
    with tenant(campaign.pk):
        first = publishing.claim_codes(campaign, [1, 2])
        assert publishing.claim_codes(campaign, [2, 1, 3]) == {
            **first, 3: WalkCode.objects.get(campaign=campaign, turf_id=3).code,
        }  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_a_table", [True, False])
def test_however_many_ask_at_once_no_walk_and_no_door_is_given_twice(
    pooled: None, *, at_a_table: bool
) -> None:
    campaign = create_campaign("riverside", "Riverside")
    if at_a_table:
        action = a_round(campaign, walks=10)[0].action
    else:
        action, _doors = a_town_round(campaign, doors_each=100)
    table = a_table(campaign, action, place=HERE)
    many = 14
    together, got, wrong = threading.Barrier(many), [], []

    def come(number: int) -> None:
        try:
            together.wait()
            with tenant(campaign.pk):
                wants = Wants(60 if at_a_table is False else None, place=HERE)
                if at_a_table:
                    handed = arriving.arrive(table, f"phone {number}", f"P{number}", wants)
                else:
                    handed = arriving.ninety(
                        campaign, action, wants, f"page {number}", f"P{number}", by=ALICE
                    )
            got.append(handed.arrival.turf_id)
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    handed = [turf for turf in got if turf is not None]
    assert len(handed) == len(set(handed)) >= 10
    with tenant(campaign.pk):
        doors = list(TurfDoor.objects.filter(turf__in=handed).values_list("door_id", flat=True))
        assert len(doors) == len(set(doors))
        assert Checkout.objects.filter(returned_at=None).count() == len(handed)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_double_tap_is_one_arrival(pooled: None) -> None:
    campaign = create_campaign("riverside", "Riverside")
    table = a_table(campaign, a_round(campaign)[0].action)
    together, got, wrong = threading.Barrier(4), [], []

    def tap() -> None:
        try:
            together.wait()
            handed = arriving.arrive(table, "one phone", "Tom", Wants())
            got.append((handed.arrival.turf_id, handed.token))
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _tap in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(set(got)) == 1
    with tenant(campaign.pk):
        assert Checkout.objects.filter(returned_at=None).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_walk_that_has_gone_meanwhile_is_not_held_while_another_is_waited_for(
    pooled: None,
) -> None:
    campaign = create_campaign("riverside", "Riverside")
    table = a_table(campaign, a_round(campaign, walks=1)[0].action)
    gone = arriving.arrive(table, "one phone", "Tom", Wants()).arrival.turf_id
    got, wrong = [], []

    def hold() -> None:
        try:
            with tenant(campaign.pk):
                rows = Turf.objects.of(campaign).select_for_update(nowait=True)
                got.append(rows.get(pk=gone).pk)
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            wrong.append(error)
        finally:
            connection.close()

    with tenant(campaign.pk):
        assert access.free_turf(campaign, gone) is None
        organiser = threading.Thread(target=hold)
        organiser.start()
        organiser.join()

    assert (got, wrong) == ([gone], [])
