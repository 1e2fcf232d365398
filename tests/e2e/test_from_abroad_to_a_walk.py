"""
From the join page of somebody who lives abroad to a walk in hand, and an answer that the organiser sees.

Nothing is planted for her but the campaign's own: a session today and the walks of a round. With
``HUSTINGS_PICTURES=yes`` it takes the guide's pictures, step by step.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.dispatch.models import Arrival
from hustings.apps.outings.models import Turf
from hustings.apps.places.models import PostcodePoint
from hustings.apps.shifts import reminding
from hustings.apps.shifts.models import SignUp
from hustings.apps.volunteers.letters import mail_everywhere
from hustings.apps.volunteers.models import Volunteer
from tests.apps.dispatch.cast import HERE
from tests.apps.shifts.cast import a_session, state_of
from tests.apps.volunteers.joining import open_the_door
from tests.e2e.conftest import context_of, eyes_on, let_in
from tests.e2e.test_people_who_come import come_from_abroad, tell
from tests.e2e.test_table import action, look, out_now, walk_in_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.shifts.models import Session
    from tests.e2e.conftest import Eyes

__all__ = ["action"]

pytestmark = pytest.mark.browser


def path_in(letter: str, server: str, ending: str = "/") -> str:
    """The way to her own page that a letter shows."""
    found = next(
        word
        for word in letter.split()
        if word.startswith(f"{server}/me/") and word.endswith(ending)
    )
    return found.removeprefix(server)


@pytest.mark.usefixtures("action")
def test_somebody_from_abroad_joins_and_has_a_walk_in_hand_on_the_day(
    phone: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, campaign: Campaign
) -> None:
    open_the_door(campaign, "US")
    with tenant(campaign.pk):
        PostcodePoint.objects.create(campaign=campaign, postcode="ZZ11AA", lon=HERE[0], lat=HERE[1])
    session = a_session(
        campaign, "Doors round Bank Street", starts_at=timezone.now() + timedelta(minutes=50),
        place="Town hall, 1 Bank Street", capacity=30,
    )  # fmt: skip
    at_the_desk, in_her_hand = context_of(browser, "desk"), context_of(browser, "phone", app=True)
    let_in(at_the_desk, alice, live_server.url)
    desk = eyes_on(at_the_desk, "desk", live_server.url)

    _joins_and_hears_what_the_rules_say(phone, campaign)
    own = _is_welcomed(desk, campaign, live_server)
    _signs_up_and_confirms(phone, own, session, campaign, live_server)
    number = phone.page.locator("dd strong").first.inner_text()
    assert re.fullmatch(r"\d{6}", number)

    address = _table_of(desk, session)
    vera = eyes_on(in_her_hand, "phone", live_server.url)
    vera.page.goto(address)
    vera.page.get_by_label("Your first name").fill("Vera")
    vera.page.get_by_label("Your family name, if you signed up").fill(number)
    vera.page.get_by_label("I am on foot").check()
    look(vera, "abroad-5-table", "phone")
    vera.page.get_by_role("button", name="Give me a walk").click()
    walk = walk_in_app(vera.page)
    assert out_now(campaign) == {"Vera": walk}
    look(vera, "abroad-6-walk", "phone")
    with tenant(campaign.pk):
        theirs = SignUp.objects.of(campaign).get()
        assert Arrival.objects.of(campaign).get().sign_up_id == theirs.pk
    assert state_of(theirs) == "came"

    _answers_at_one_door(vera, campaign, walk)
    _the_organiser_sees_it(desk, session, campaign, walk)
    phone.page.goto(f"{live_server.url}{own}")
    phone.page.get_by_role("heading", name="My walks").wait_for()
    phone.page.get_by_text("what you heard at 1 door has arrived").wait_for()
    for context in (at_the_desk, in_her_hand):
        context.close()
    for eyes in (desk, vera):
        eyes.check()


def _joins_and_hears_what_the_rules_say(phone: Eyes, campaign: Campaign) -> None:
    """A party abroad would pay her flight, and may not; she says anew that she pays it herself."""
    page = phone.open(f"/join/{campaign.slug}/")
    tell(page, "Vera Walker", "vera@example.net")
    come_from_abroad(page)
    look(phone, "abroad-1-join", "phone")
    page.get_by_role("button", name="I want to help").click()
    page.get_by_text("You want to help, and cannot yet.").wait_for()
    page.get_by_text("Doors round Bank Street").first.wait_for()  # the next session near her
    look(phone, "abroad-2-rules", "phone")
    page.get_by_role("link", name="Open my page").click()
    page.get_by_text("US-3").wait_for()
    page.get_by_role("link", name="Say anew who pays").click()
    page.locator('[name="travel_payer"]').select_option("self")
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("No rule that we know stands in your way").wait_for()


def _is_welcomed(desk: Eyes, campaign: Campaign, server: LiveServer) -> str:
    """One tap at the desk; the letter says where she is awaited next."""
    with tenant(campaign.pk):
        vera = Volunteer.objects.of(campaign).get()
    assert mail_everywhere() == 1  # the thanks
    page = desk.open(f"/c/{campaign.slug}/volunteers/{vera.pk}/")
    page.get_by_role("button", name="Welcome them").click()
    page.get_by_text("The welcome is on its way.").wait_for()
    mail.outbox.clear()
    assert mail_everywhere() == 1
    (letter,) = mail.outbox
    assert "Doors round Bank Street" in letter.body
    return path_in(letter.body, server.url)


def _signs_up_and_confirms(
    phone: Eyes, own: str, session: Session, campaign: Campaign, server: LiveServer
) -> None:
    """From her own page; a mail says that she has a place, and its link asks whether she comes."""
    page = phone.open(own)
    look(phone, "abroad-3-own-page", "phone")
    page.get_by_role("link", name=re.compile(session.name)).click()
    page.get_by_role("button", name="Sign up").click()
    page.get_by_text("You have a place. Thank you!").wait_for()
    mail.outbox.clear()
    reminding.remind_everywhere()
    (letter,) = mail.outbox
    assert letter.to == ["vera@example.net"]
    phone.open(path_in(letter.body, server.url, "/confirm/"))
    page.get_by_role("button", name="Yes, I come").click()
    page.get_by_text("Confirmed. See you there!").wait_for()
    with tenant(campaign.pk):
        mine = SignUp.objects.of(campaign).get()
    assert state_of(mine) == "confirmed"
    look(phone, "abroad-4-confirmed", "phone")


def _table_of(desk: Eyes, session: Session) -> str:
    """Opened from the session's page; the address that its code says."""
    page = desk.open(f"/c/riverside/sessions/{session.pk}/")
    page.get_by_role("link", name="Open a table").click()
    expect(page.get_by_label("For which session")).to_have_value(str(session.pk))
    page.get_by_label("Where it stands").fill("1 Bank Street")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("img", name="QR code that hands each arrival a walk").wait_for()
    page.get_by_role("heading", name=session.name).wait_for()
    return page.get_by_text(f"{desk.server}/t/").inner_text()


def _answers_at_one_door(vera: Eyes, campaign: Campaign, walk: int) -> None:
    page: Page = vera.page
    page.locator("a[href*='/door/']").first.click()
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
    look(vera, "abroad-7-door", "phone")
    for _turn in range(450):
        with tenant(campaign.pk):
            if CanvassEvent.objects.of(campaign).filter(turf_id=walk).exists():
                return
        page.wait_for_timeout(100)
    raise AssertionError("Her answer did not arrive.")


def _the_organiser_sees_it(desk: Eyes, session: Session, campaign: Campaign, walk: int) -> None:
    """On the table's page by itself, at the session, and in the walk that she has."""
    from playwright.sync_api import expect

    page = desk.page
    page.get_by_text("signed in: Vera Walker").wait_for()
    look(desk, "abroad-8-table-page")
    with tenant(campaign.pk):
        number = Turf.objects.of(campaign).get(pk=walk).number
    desk.open(f"/c/riverside/sessions/{session.pk}/door/")
    page.get_by_role("heading", name="1 is here").wait_for()
    desk.open(f"/c/riverside/turf/walks/{walk}/")
    page.get_by_role("heading", name=f"Walk {number}").wait_for()
    page.get_by_text("Vera").first.wait_for()
    desk.open("/c/riverside/results/")
    knocked = page.locator(".stat", has_text="knocked").locator(".stat-value").first
    expect(knocked).to_have_text(re.compile(r"^1\b"))
    look(desk, "abroad-9-results")
