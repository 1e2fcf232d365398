"""Whom a rule of law stops is handed no walk by a table, and the rules are told to nobody who only says a name."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch.models import Arrival
from hustings.apps.erasure.actions import erase_person
from hustings.apps.shifts import signing_up
from hustings.apps.shifts.recognising import number_of
from hustings.apps.volunteers.joining import FromAbroad, come_from_abroad
from hustings.apps.volunteers.models import Abroad
from tests.apps.dispatch.cast import ALICE, a_round, a_table
from tests.apps.dispatch.test_tables import has, scan
from tests.apps.shifts.cast import LINK, a_session
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import THINGS

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.models import Table
    from hustings.apps.shifts.models import Session
    from hustings.apps.volunteers.models import Volunteer

RULE = "US-3"


@pytest.fixture
def session(campaign: Campaign, alice: Membership) -> Session:
    """Where foreign payers are stopped; Alice was its organiser before anybody asked for her passport."""
    campaign.country = "US"
    campaign.save(update_fields=["country"])
    return a_session(campaign, starts_at=timezone.now() + timedelta(minutes=30))


@pytest.fixture
def table(campaign: Campaign, session: Session) -> Table:
    """In front of three walks."""
    return a_table(campaign, a_round(campaign)[0].action, session=session)


@pytest.fixture
def vera(campaign: Campaign, session: Session) -> Volunteer:
    """Her travel is paid by an organisation abroad, which no organisation may."""
    found = a_volunteer(campaign, "Vera Walker", home_country="AU")
    from_abroad(found, payer="organisation")
    return found


def from_abroad(volunteer: Volunteer, payer: str) -> None:
    today = timezone.now().date()
    came = {"from_on": today, "until_on": today, "us_status": "citizen", "us_status_on": today}
    paid = {"payer": payer, "payer_country": "AU", "amount_minor": 164_000, "currency": "USD"}
    others = {"payer": "nobody"}
    payments = [{"what": what, **(paid if what == "travel" else others)} for what in THINGS]
    with tenant(volunteer.campaign_id):
        come_from_abroad(volunteer, FromAbroad(came, payments), by=LINK)


def waiting(table: Table) -> Arrival:
    with tenant(table.campaign_id):
        return Arrival.objects.get(turf=None)


def test_the_number_on_their_own_page_is_told_the_rule_its_source_and_its_date_and_no_walk(
    session: Session, table: Table, vera: Volunteer, alice_signed_in: Client
) -> None:
    mine = signing_up.sign_up(session, vera, by=ALICE)

    page = scan(Client(), table, name="V.", who=number_of(mine)).content.decode()

    assert has(table) == {}
    desk = alice_signed_in.get(f"/c/riverside/tables/{table.pk}/").content.decode()
    for text in (html.unescape(page), html.unescape(desk)):
        assert RULE in text
        assert "52 U" in text
        assert "read on" in text
    assert "Vera Walker" in desk


def test_a_whole_name_alone_is_sent_to_the_organiser_who_reads_the_rule(
    table: Table, vera: Volunteer, alice_signed_in: Client
) -> None:
    page = scan(Client(), table, name="vera", who="WALKER").content.decode()

    assert has(table) == {}
    assert "Ask an organiser" in page
    assert RULE not in page
    desk = alice_signed_in.get(f"/c/riverside/tables/{table.pk}/").content.decode()
    assert "Vera Walker" in desk
    assert RULE in desk


def test_neither_the_nearest_walk_nor_a_partners_nor_one_made_on_the_spot_is_theirs(
    table: Table, vera: Volunteer
) -> None:
    scan(Client(), table, name="Tom", partner="on")
    with tenant(table.campaign_id):
        tom = Arrival.objects.get()

    scan(Client(), table, name="Vera", who="Walker", take=str(tom.turf_id + 1))
    scan(Client(), table, name="Vera", who="Walker", make="yes")
    scan(Client(), table, name="Vera", who="Walker", pair=str(tom.pair))

    assert has(table) == {"Tom": 1}


def test_a_phone_that_is_known_as_theirs_is_asked_for_too_and_gets_no_walk_from_here(
    session: Session, table: Table, campaign: Campaign
) -> None:
    vera = a_volunteer(campaign, "Vera Walker")
    signing_up.sign_up(session, vera, by=ALICE)
    phone = Client()
    scan(phone, table, name="Vera", who="Walker")
    assert has(table) == {"Vera": 1}
    from_abroad(vera, payer="organisation")
    other = a_table(campaign, table.action, name="Car park")

    at_a_table = scan(phone, other, name="Vera").content.decode()
    asked = phone.get("/w/ninety/").content.decode()
    once = asked.split('name="once" value="')[1].split('"')[0]
    from_here = phone.post(
        "/w/ninety/", {"minutes": "90", "lon": "0.001", "lat": "0", "once": once}
    ).content.decode()

    assert has(table) == {"Vera": 1}
    assert RULE in at_a_table
    assert RULE in from_here


def test_whoever_nobody_knows_and_whom_no_rule_stops_has_a_walk_as_before(
    table: Table, vera: Volunteer, campaign: Campaign
) -> None:
    free = a_volunteer(campaign, "Will Free", home_country="AU")
    from_abroad(free, payer="self")
    for name, who in (("Vera", ""), ("Will", "Free"), ("Tara", "Walker")):
        scan(Client(), table, name=name, who=who)

    assert has(table) == {"Vera": 1, "Will": 2, "Tara": 3}


def test_two_of_one_name_are_not_told_apart_by_it_so_that_it_stops_neither(
    table: Table, vera: Volunteer, campaign: Campaign
) -> None:
    a_volunteer(campaign, "Vera Walker")

    scan(Client(), table, name="Vera", who="Walker")

    assert has(table) == {"Vera": 1}


def test_when_nothing_stops_them_any_more_they_ask_once_more_and_have_their_walk(
    table: Table, vera: Volunteer, campaign: Campaign
) -> None:
    phone = Client()
    scan(phone, table, name="Vera", who="Walker")
    assert waiting(table).name == "Vera Walker"
    with tenant(campaign.pk):
        Abroad.objects.all().delete()

    scan(phone, table, name="Vera", who="Walker")

    assert has(table) == {"Vera": 1}


def test_whoever_was_stopped_by_name_is_nobody_there_when_they_are_erased(
    table: Table, vera: Volunteer, campaign: Campaign, alice: Membership
) -> None:
    scan(Client(), table, name="Vera", who="Walker")
    with tenant(campaign.pk):
        Abroad.objects.all().delete()
        erase_person(campaign, vera.person_id, request="person", by=alice.actor)

    assert (waiting(table).name, waiting(table).why) == ("—", "")
