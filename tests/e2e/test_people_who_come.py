"""
From the join page of a volunteer abroad to a page of their own and a team, in a browser; with
``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.places.models import PostcodePoint
from hustings.apps.volunteers import teams
from hustings.apps.volunteers.letters import mail_everywhere
from hustings.apps.volunteers.models import Volunteer
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import open_the_door
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

pytestmark = pytest.mark.browser


def tell(page: Page | FrameLocator, name: str, email: str) -> None:
    """What everybody is asked."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Where could you help?").fill("ZZ1 1AA")
    page.get_by_label("Saturday afternoon").check()
    page.get_by_label("knock on doors").check()
    page.get_by_label("How do you get about?").select_option("public")
    page.get_by_label("I would rather go with a partner").check()
    page.get_by_label("may write to me and ring me").check()


def come_from_abroad(page: Page) -> None:
    """A party abroad would pay the flight."""
    page.get_by_label("I live in another country").check()
    page.get_by_label("Where do you live?").select_option("AU")
    page.get_by_label("First day here").fill("2026-06-01")
    page.get_by_label("Last day here").fill("2026-06-20")
    page.get_by_label("Are you …").select_option("foreign")
    page.locator('[name="travel_payer"]').select_option("organisation")
    page.locator('[name="travel_country"]').select_option("AU")
    page.locator('[name="travel_amount"]').fill("1,640.00")
    page.locator('[name="travel_currency"]').fill("USD")
    for thing in ("stipend", "lodging", "wage"):
        page.locator(f'[name="{thing}_payer"]').select_option("nobody")


def seen(eyes: Eyes, name: str) -> None:
    """The screen as it stands, with nothing that axe finds, and no wider than its window."""
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture(name, whole=True)


def test_a_volunteer_from_abroad_joins_and_is_welcomed_into_a_team(
    phone: Eyes, desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership,
    campaign: Campaign,
) -> None:  # fmt: skip
    open_the_door(campaign, "US", sites=("https://example.org",))
    with tenant(campaign.pk):
        PostcodePoint.objects.create(campaign=campaign, postcode="ZZ11AA", lon=0.5, lat=51.5)
    for eyes in (phone, desk):
        eyes.open(f"/join/{campaign.slug}/")
        expect(eyes.page.get_by_label("Where do you live?")).not_to_be_visible()
        seen(eyes, "join-page")

    page = phone.page
    tell(page, "Vera Walker", "vera@example.net")
    come_from_abroad(page)
    seen(phone, "join-from-abroad")
    page.get_by_role("button", name="I want to help").dblclick()
    page.get_by_text("You want to help, and cannot yet.").wait_for()
    with tenant(campaign.pk):
        vera = Volunteer.objects.get()
    assert vera.lon == 0.5
    seen(phone, "join-thanks")
    assert page.context.cookies() == []

    page.get_by_role("link", name="Open my page").click()
    page.get_by_text("US-3").wait_for()
    page.get_by_role("link", name="Say anew who pays").click()
    page.locator('[name="travel_payer"]').select_option("self")
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("No rule that we know stands in your way").wait_for()

    _at_the_desk(desk, phone, browser, live_server, alice, campaign, vera)

    page.reload()
    page.get_by_text("Lena Lead").wait_for()
    seen(phone, "me-page")
    with page.expect_navigation():
        page.get_by_role("link", name="Change it").click()
    assert page.get_by_label("Saturday afternoon").is_checked()
    page.get_by_label("Sunday morning").check()
    seen(phone, "me-change")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Sunday morning").wait_for()
    page.get_by_role("button", name="I leave").click()
    page.get_by_text("You have left").wait_for()
    assert phone.overflow() <= 0


def _at_the_desk(
    desk: Eyes, phone: Eyes, browser: Browser, live_server: LiveServer, alice: Membership,
    campaign: Campaign, vera: Volunteer,
) -> None:  # fmt: skip
    lena = a_volunteer(campaign, "Lena Lead", email="lena@example.net", near="Elm Road")
    north = teams.make_team(campaign, "North", "Mill Lane to Elm Road", by=alice.actor)
    teams.put_in(north, lena, by=alice.actor)
    room = f"/c/{campaign.slug}/volunteers/"
    let_in(desk.page.context, alice, live_server.url)
    context = context_of(browser, "phone")
    let_in(context, alice, live_server.url)
    small = eyes_on(context, "phone", live_server.url)

    desk.open(f"{room}{vera.pk}/")
    desk.page.get_by_role("button", name="Welcome them").click()
    desk.page.get_by_text("The welcome is on its way.").wait_for()
    assert mail_everywhere() == 2
    assert [letter.to for letter in mail.outbox] == [["vera@example.net"]] * 2
    desk.page.get_by_label("Put them into a team").select_option(str(north.pk))
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Put in").click()

    desk.open(f"{room}teams/{north.pk}/")
    desk.page.get_by_label("Team lead").select_option("Lena Lead")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.get_by_text("Handed over.").wait_for()
    for eyes in (desk, small):
        for path, name in (
            ("", "volunteers-list"), (f"{vera.pk}/", "volunteers-one"),
            ("teams/", "volunteers-teams"), (f"teams/{north.pk}/", "volunteers-team"),
            ("join-page/", "volunteers-join-page"),
        ):  # fmt: skip
            eyes.open(f"{room}{path}")
            seen(eyes, name)
    small.check()
    context.close()


def test_the_form_is_sent_from_another_sites_page_and_shown_on_no_site_that_was_not_named(
    desk: Eyes, live_server: LiveServer, campaign: Campaign
) -> None:
    open_the_door(campaign, "GB", sites=("https://example.org",))
    page = desk.page
    html = f'<!doctype html><title>x</title><iframe src="{live_server.url}/join/{campaign.slug}/frame/" width="390" height="800"></iframe>'
    for site in ("https://example.org/", "https://evil.example/"):
        page.route(site, lambda route: route.fulfill(body=html, content_type="text/html"))

    page.goto("https://example.org/")
    inside = page.frame_locator("iframe")
    tell(inside, "Vera Walker", "vera@example.net")
    inside.get_by_role("button", name="I want to help").click()
    inside.get_by_text("Thank you, Vera Walker").wait_for()
    with tenant(campaign.pk):
        assert Volunteer.objects.count() == 1
    assert page.context.cookies() == []

    desk.expect("frame-ancestors")
    desk.expect("ERR_BLOCKED_BY_RESPONSE")
    page.goto("https://evil.example/")
    page.wait_for_load_state("load")
    expect(inside.get_by_label("Your name")).to_have_count(0)
