"""One code on the table: each arrival is handed the next walk that fits, and nobody the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from hustings.apps.accounts.models import Device
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.access import live_grants
from hustings.apps.canvass.leave import leaves
from hustings.apps.canvass.models import WalkGrant
from hustings.apps.dispatch import access, arriving, fitting, tables
from hustings.apps.dispatch.fitting import Wants
from hustings.apps.dispatch.models import Arrival, Table
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import Checkout, Turf, TurfDoor
from hustings.apps.outings.publishing import NotNow
from hustings.apps.places.models import Door
from tests.apps.dispatch.cast import ALICE, HERE, a_round, a_table, code_of
from tests.apps.outings.planting import STEP

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


def scan(browser: Client, table: Table, name: str = "Tom", **said: object) -> object:
    """Scan the code, say who you are, and follow where it leads."""
    address = f"/w/t/{code_of(table)}/"
    browser.get(address)
    return browser.post(address, {"first_name": name, **said}, follow=True)


def has(table: Table) -> dict[str, int]:
    """Who has which walk by now."""
    with tenant(table.campaign_id):
        return {
            one.holder: one.turf.number
            for one in Checkout.objects.select_related("turf").filter(returned_at=None)
        }


def carried(device: Device) -> list[int]:
    """Numbers of the walks that this phone shows."""
    return [grant.turf.number for grant in live_grants(device)]


def test_the_short_address_leads_to_the_page_of_the_phone(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)

    answer = Client().get(f"/t/{code_of(table)}/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/w/t/{code_of(table)}/"


def test_an_arrival_lands_in_the_walk_with_the_phone_let_in_by_the_table(
    campaign: Campaign,
) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    browser = Client()

    answer = scan(browser, table)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/w/walk/")
    assert has(table) == {"Tom": 1}
    with tenant(campaign.pk):
        device = Device.objects.get()
        assert device.is_let_in()
        line = AuditLine.objects.get(verb="device.let_in")
        assert (line.actor_kind, line.actor_id, line.actor_label) == (
            "link", f"table {table.pk}", "Alice",
        )  # fmt: skip


def test_scanning_twice_hands_the_same_walk_again(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    browser = Client()
    scan(browser, table)

    again = scan(browser, table, name="Tom again")
    looked = browser.get(f"/w/t/{code_of(table)}/")

    assert has(table) == {"Tom": 1}
    assert again.status_code == 200
    assert looked["Location"].startswith("/w/walk/")


def test_a_first_answer_that_was_lost_is_answered_with_the_same_leave(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    browser, address = Client(), f"/w/t/{code_of(table)}/"
    browser.get(address)
    lost = Client()
    lost.cookies["hustings_arrival"] = browser.cookies["hustings_arrival"].value
    lost.post(address, {"first_name": "Tom"})

    answer = browser.post(address, {"first_name": "Tom"}, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].startswith("/w/walk/")
    with tenant(campaign.pk):
        assert Device.objects.count() == 1


def test_each_arrival_has_a_walk_of_their_own_until_none_is_left(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign, walks=2)[0].action)
    scan(Client(), table, name="Ann")
    scan(Client(), table, name="Ben")

    answer = scan(Client(), table, name="Cat")

    assert has(table) == {"Ann": 1, "Ben": 2}
    assert "No walk is free right now." in answer.content.decode()


def test_a_walk_longer_than_the_time_they_have_is_not_theirs_and_is_offered_as_the_nearest(
    campaign: Campaign,
) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    browser = Client()

    answer = scan(browser, table, minutes="45")

    assert has(table) == {}
    text = answer.content.decode()
    assert "3 take longer than your 45 minutes; the shortest takes 60." in text
    assert "takes about 60 minutes" in text
    with tenant(campaign.pk):
        turf = Turf.objects.get(number=1)
    taken = browser.post(
        f"/w/t/{code_of(table)}/", {"first_name": "Tom", "minutes": "45", "take": turf.pk}
    )
    assert taken.status_code == 302
    assert has(table) == {"Tom": 1}


def test_who_wants_no_stairs_is_handed_a_walk_on_the_ground(campaign: Campaign) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    with tenant(campaign.pk):
        Door.objects.filter(pk=3).update(floor=2)

    scan(Client(), table, no_stairs="on")

    assert has(table) == {"Tom": 2}


def test_a_door_upstairs_that_was_moved_out_of_a_walk_is_none_of_its_stairs(
    campaign: Campaign,
) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    with tenant(campaign.pk):
        Door.objects.filter(pk=3).update(floor=2)
        TurfDoor.objects.filter(door_id=3).update(live=False, taken_at=timezone.now())

    scan(Client(), table, no_stairs="on")

    assert has(table) == {"Tom": 1}


def test_who_is_on_foot_is_not_sent_across_the_town(campaign: Campaign) -> None:
    walks = a_round(campaign, walks=2)
    with tenant(campaign.pk):
        Turf.objects.filter(pk=walks[0].pk).update(lon=1.0)
    table = a_table(campaign, walks[0].action, place=HERE)

    scan(Client(), table, on_foot="on")

    assert has(table) == {"Tom": 2}


def test_the_walk_nearest_to_the_street_they_name_is_theirs(campaign: Campaign) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action, place=HERE)
    with tenant(campaign.pk):
        Door.objects.filter(pk=25).update(street_key="kirk street", house=25)

    scan(Client(), table, near="25 Kirk Street")

    assert has(table) == {"Tom": 3}
    assert walks[2].lon < 25 * STEP


def test_a_partner_joins_the_walk_by_its_number(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    scan(Client(), table, name="Ann", partner="on")
    with tenant(campaign.pk):
        pair = Arrival.objects.get(name="Ann").pair

    answer = scan(Client(), table, name="Ben", pair=pair)

    assert answer.redirect_chain[-1][0].startswith("/w/walk/")
    assert has(table) == {"Ann": 1}
    with tenant(campaign.pk):
        assert WalkGrant.objects.filter(turf__number=1).count() == 2
        assert Arrival.objects.get(name="Ben").joins.name == "Ann"


def test_a_number_that_nobody_has_joins_nothing(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)

    answer = scan(Client(), table, pair="123")

    assert answer.status_code == 422
    assert "Nobody here has that number." in answer.content.decode()
    assert has(table) == {}


def test_whoever_waits_can_tell_the_organiser(campaign: Campaign, alice_signed_in: Client) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    browser = Client()
    scan(browser, table, minutes="45")

    browser.post(f"/w/t/{code_of(table)}/tell/")

    page = alice_signed_in.get(f"/c/riverside/tables/{table.pk}/now/").content.decode()
    assert "asks for you" in page
    assert "fits nobody who came" in page


def test_taking_back_frees_the_walk_and_empties_both_phones(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    ann, ben = Client(), Client()
    scan(ann, table, name="Ann", partner="on")
    with tenant(campaign.pk):
        first = Arrival.objects.get(name="Ann")
    scan(ben, table, name="Ben", pair=first.pair)

    with tenant(campaign.pk):
        arriving.take_back(table, first.pk, by=ALICE)

    assert has(table) == {}
    with tenant(campaign.pk):
        assert [carried(device) for device in Device.objects.all()] == [[], []]
        assert Turf.objects.get(number=1).state == Turf.State.PUBLISHED
    scan(ann, table, name="Ann")
    assert has(table) == {"Ann": 1}


def test_a_phone_whose_walk_was_taken_back_stays_the_same_phone_and_keeps_its_other_walks(
    campaign: Campaign,
) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    browser = Client()
    scan(browser, table, name="Ann")
    with tenant(campaign.pk):
        device = Device.objects.get()
        walks[2].campaign = campaign
        canvass.ask_for_walk(walks[2], "Ann", device=device, by=ALICE)

        arriving.take_back(table, Arrival.objects.get().pk, by=ALICE)

        assert carried(device) == [3]
        assert leaves(device, [walks[0].pk])[walks[0].pk].late(None, timezone.now()) == "over"
    scan(browser, table, name="Ann")
    with tenant(campaign.pk):
        assert Device.objects.get() == device
        assert carried(device) == [3, 1]


def test_a_walk_whose_handing_out_was_undone_is_in_the_hands_of_the_next_alone(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    walks = a_round(campaign, walks=2)
    table = a_table(campaign, walks[0].action)
    ann = Client()
    scan(ann, table, name="Ann")
    with tenant(campaign.pk):
        handing_out.take_back(campaign, walks[0].pk, by=ALICE)
        (phone,) = Device.objects.all()
        assert carried(phone) == []
    scan(Client(), table, name="Ben")
    assert has(table) == {"Ben": 1}

    page = alice_signed_in.get(f"/c/riverside/tables/{table.pk}/now/").content.decode()
    with tenant(campaign.pk):
        anns = Arrival.objects.get(name="Ann")
        assert not access.is_theirs_now(anns)
        with pytest.raises(NotNow, match="no walk that could be taken back"):
            arriving.take_back(table, anns.pk, by=ALICE)
    scan(ann, table, name="Ann")

    assert 'Take back<span class="visually-hidden">: Ben' in page
    assert 'Take back<span class="visually-hidden">: Ann' not in page
    assert has(table) == {"Ann": 2, "Ben": 1}


def test_a_walk_that_was_put_away_and_brought_back_is_on_no_phone(campaign: Campaign) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    scan(Client(), table, name="Ann")

    with tenant(campaign.pk):
        handing_out.retire(campaign, walks[0].pk, by=ALICE)
        handing_out.undo_retire(campaign, walks[0].pk, by=ALICE)

        assert carried(Device.objects.get()) == []
    assert has(table) == {}


def test_a_closed_table_hands_out_nothing_and_shows_nothing(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    code = code_of(table)
    with tenant(campaign.pk):
        tables.close_table(campaign, table.pk, by=ALICE)

    looked = Client().get(f"/w/t/{code}/")
    asked = Client().post(f"/w/t/{code}/", {"first_name": "Tom"})

    assert (looked.status_code, asked.status_code) == (410, 410)
    assert b"Town hall" not in looked.content
    assert has(table) == {}


def test_a_table_whose_time_is_over_is_closed(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    Table.objects.filter(pk=table.pk)
    with tenant(campaign.pk):
        Table.objects.update(ends_at=timezone.now() - timedelta(seconds=1))

    answer = Client().get(f"/w/t/{code_of(table)}/")

    assert answer.status_code == 410


def test_a_new_code_ends_the_one_before(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    old = code_of(table)
    with tenant(campaign.pk):
        fresh = tables.new_code(campaign, table.pk, by=ALICE)

    assert Client().get(f"/w/t/{old}/").status_code == 404
    assert Client().get(f"/w/t/{code_of(fresh)}/").status_code == 200


def test_only_a_hash_of_the_code_is_kept(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)
    secret = code_of(table).partition(".")[2]

    assert secret not in str(vars(table))


def test_who_came_again_after_their_walk_is_handed_another(campaign: Campaign) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    browser = Client()
    scan(browser, table)
    with tenant(campaign.pk):
        handing_out.return_turf(campaign, walks[0].pk, by=ALICE)

    scan(browser, table)

    assert has(table) == {"Tom": 2}


def test_the_rivals_see_nothing_of_a_table(
    campaign: Campaign, charlie_signed_in: Client, rivals: Campaign, charlie: Membership
) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)

    assert charlie_signed_in.get(f"/c/riverside/tables/{table.pk}/").status_code == 404
    assert charlie_signed_in.get(f"/c/hillside/tables/{table.pk}/").status_code == 404
    with tenant(rivals.pk):
        assert not Table.objects.exists()


def test_canvassers_and_observers_do_not_open_tables(
    campaign: Campaign, bob_signed_in: Client
) -> None:
    assert bob_signed_in.get("/c/riverside/tables/new/").status_code == 403


def test_what_they_chose_stays_on_their_phone_alone(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign, walks=1)[0].action)
    browser = Client()
    scan(browser, table, minutes="45", no_stairs="on")

    page = browser.get(f"/w/t/{code_of(table)}/").content.decode()

    assert 'value="Tom"' in page
    assert 'value="45"' in page
    kept = browser.cookies["hustings_chosen"]
    assert kept["httponly"]
    assert kept["path"] == "/w/t/"


def test_without_a_name_nobody_is_handed_a_walk(campaign: Campaign) -> None:
    table = a_table(campaign, a_round(campaign)[0].action)

    answer = scan(Client(), table, name="  ")

    assert answer.status_code == 422
    assert has(table) == {}


def test_a_taken_walk_cannot_be_taken_by_its_number(campaign: Campaign) -> None:
    walks = a_round(campaign)
    table = a_table(campaign, walks[0].action)
    scan(Client(), table)

    with tenant(campaign.pk), pytest.raises(NotNow, match="gone meanwhile"):
        arriving.arrive(table, "other", "Ben", Wants(), take=walks[0].pk)


def test_where_all_that_fitted_went_to_others_meanwhile_it_is_looked_anew(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = a_round(campaign, walks=2)
    table = a_table(campaign, walks[0].action)
    with tenant(campaign.pk):
        seen_before = [one for one in fitting.free_walks(table.action) if one.number == 1]
    scan(Client(), table, name="Ann")
    looks = iter([seen_before])
    really = fitting.free_walks
    monkeypatch.setattr(fitting, "free_walks", lambda *asked: next(looks, None) or really(*asked))

    scan(Client(), table, name="Ben")

    assert has(table) == {"Ann": 1, "Ben": 2}


def test_who_was_slower_each_time_is_told_so(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = a_table(campaign, a_round(campaign, walks=1)[0].action)
    with tenant(campaign.pk):
        seen = fitting.free_walks(table.action)
    scan(Client(), table, name="Ann")
    monkeypatch.setattr(fitting, "free_walks", lambda *_asked: seen)

    answer = scan(Client(), table, name="Ben")

    text = answer.content.decode()
    assert "were handed out while you asked. Try once more." in text
    assert "is free" not in text


def test_what_an_organiser_holds_for_a_moment_is_waited_for_when_nothing_else_is_left(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = a_table(campaign, a_round(campaign, walks=1)[0].action)
    really, asked = access.free_turf, []

    def held(campaign: Campaign, turf_id: int, *, wait: bool = False) -> Turf | None:
        asked.append(wait)
        return really(campaign, turf_id, wait=True) if wait else None

    monkeypatch.setattr(access, "free_turf", held)

    scan(Client(), table, name="Ann")

    assert has(table) == {"Ann": 1}
    assert asked == [False] * (fitting.LOOKS - 1) + [True]
