"""A table that is opened for a session signs in whoever says who they are, and tells nobody who signed up."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch import arriving
from hustings.apps.dispatch.models import Arrival
from hustings.apps.shifts import planning, signing_up
from hustings.apps.shifts.models import Step
from hustings.apps.shifts.recognising import number_of, recognised
from hustings.apps.volunteers.own_page import make_link
from tests.apps.dispatch.cast import ALICE, a_round, a_table
from tests.apps.dispatch.test_tables import has, scan
from tests.apps.shifts.cast import LINK, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.dispatch.models import Table
    from hustings.apps.shifts.models import Session, SignUp


@pytest.fixture
def session(campaign: Campaign) -> Session:
    """It begins in half an hour."""
    return a_session(campaign, starts_at=timezone.now() + timedelta(minutes=30))


@pytest.fixture
def table(campaign: Campaign, session: Session) -> Table:
    """In front of three walks."""
    return a_table(campaign, a_round(campaign)[0].action, session=session)


@pytest.fixture
def veras(campaign: Campaign, session: Session) -> SignUp:
    """Vera's place."""
    return signing_up.sign_up(session, a_volunteer(campaign, "Vera Walker"), by=LINK)


def test_whoever_says_the_name_that_they_signed_up_with_is_signed_in_with_their_walk(
    table: Table, veras: SignUp
) -> None:
    scan(Client(), table, name="vera", who="WALKER")

    assert state_of(veras) == "came"
    assert has(table) == {"vera": 1}
    with tenant(table.campaign_id):
        assert Arrival.objects.get().sign_up_id == veras.pk


def test_the_number_on_their_own_page_says_who_they_are(
    campaign: Campaign, session: Session, table: Table, veras: SignUp
) -> None:
    with tenant(campaign.pk):
        link = make_link(veras.volunteer)
    page = Client().get(f"/me/{link}/sessions/{session.pk}/").content.decode()
    number = number_of(veras)
    assert number in page

    scan(Client(), table, name="V.", who=f"{number[:3]} {number[3:]}")

    assert state_of(veras) == "came"


@pytest.mark.parametrize("who", ["", "Wanderer", "000000", "12", "Walker Vera Walker"])
def test_whoever_cannot_be_told_has_a_walk_and_signs_nobody_in(
    table: Table, veras: SignUp, who: str
) -> None:
    scan(Client(), table, name="Tom", who=who)

    assert state_of(veras) == "signed_up"
    assert has(table) == {"Tom": 1}


def test_two_of_one_name_are_told_apart_by_their_numbers_alone(
    campaign: Campaign, session: Session, table: Table, veras: SignUp
) -> None:
    other = signing_up.sign_up(session, a_volunteer(campaign, "Vera Walker"), by=LINK)

    scan(Client(), table, name="Vera", who="Walker")
    assert {state_of(veras), state_of(other)} == {"signed_up"}
    scan(Client(), table, name="Vera", who=number_of(other))

    assert (state_of(veras), state_of(other)) == ("signed_up", "came")


def test_the_phone_is_told_the_same_whether_the_name_is_on_the_list_or_not(
    campaign: Campaign, session: Session, veras: SignUp
) -> None:
    table = a_table(campaign, a_round(campaign, walks=1)[0].action, session=session)
    scan(Client(), table, name="First", who="")

    known = scan(Client(), table, name="Vera", who="Walker").content.decode()
    unknown = scan(Client(), table, name="Tara", who="Walker").content.decode()

    assert state_of(veras) == "came"  # they came, although no walk was left
    assert _alike(known, "Vera") == _alike(unknown, "Tara")


def _alike(page: str, name: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page).replace(name, "")


def test_what_the_organiser_took_back_stays_taken_back_when_they_scan_again(
    campaign: Campaign, table: Table, veras: SignUp
) -> None:
    phone = Client()
    scan(phone, table, name="Vera", who="Walker")
    with tenant(campaign.pk):
        step = Step.objects.get(kind="came")
    signing_up.take_back(step, by=ALICE)

    scan(phone, table, name="Vera", who="Walker")

    assert state_of(veras) == "signed_up"


def test_at_the_table_of_a_cancelled_session_nobody_is_signed_in_and_walks_go_out(
    session: Session, table: Table, veras: SignUp
) -> None:
    planning.cancel(session, "Rain", by=ALICE)

    scan(Client(), table, name="Vera", who="Walker")

    assert state_of(veras) == "signed_up"
    assert has(table) == {"Vera": 1}


def test_a_session_of_another_day_knows_nobody_of_this_one(
    campaign: Campaign, veras: SignUp
) -> None:
    other = a_session(campaign, "Another", starts_at=timezone.now() + timedelta(days=2))
    with tenant(campaign.pk):
        assert recognised(other, "Vera Walker") is None
        assert recognised(other, number_of(veras)) is None


def test_a_table_opened_from_a_session_has_its_name_and_its_end(
    campaign: Campaign, alice_signed_in: Client, session: Session
) -> None:
    action = a_round(campaign)[0].action
    at = f"/c/{campaign.slug}/tables/new/?session={session.pk}"
    page = alice_signed_in.get(at)
    form = page.context["form"]

    answer = alice_signed_in.post(
        at,
        {
            "action": action.pk, "session": session.pk, "name": "", "place": "",
            "ends_at": form["ends_at"].value().strftime("%Y-%m-%dT%H:%M"),
        },
        follow=True,
    )  # fmt: skip

    assert f'<option value="{session.pk}" selected>' in page.content.decode()
    assert answer.status_code == 200
    now = answer.context["table"]
    assert (now.session_id, now.name) == (session.pk, session.name)
    assert abs(now.ends_at - session.ends_at) < timedelta(minutes=1)


def test_their_own_page_has_the_walk_they_were_handed_and_its_receipt(
    campaign: Campaign, table: Table, veras: SignUp
) -> None:
    with tenant(campaign.pk):
        link = make_link(veras.volunteer)
    assert "My walks" not in Client().get(f"/me/{link}/").content.decode()
    scan(Client(), table, name="Vera", who="Walker")

    page = Client().get(f"/me/{link}/").content.decode()

    assert "My walks" in page
    assert "Walk 1" in page
    assert "you have it now" in page
    assert "what you heard at 0 doors has arrived" in page


def test_a_walk_that_was_taken_back_is_not_said_to_be_theirs(
    campaign: Campaign, table: Table, veras: SignUp
) -> None:
    scan(Client(), table, name="Vera", who="Walker")
    with tenant(campaign.pk):
        link = make_link(veras.volunteer)
        arrival = Arrival.objects.get()
    arriving.take_back(table, arrival.pk, by=ALICE)

    page = Client().get(f"/me/{link}/").content.decode()

    assert "Walk 1" in page
    assert "you have it now" not in page
