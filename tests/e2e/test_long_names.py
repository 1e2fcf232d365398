"""Names longer than a phone is wide: nothing is pushed off the screen, and no page scrolls sideways."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import planning
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit
from tests.apps.shifts.cast import a_session
from tests.apps.volunteers.joining import open_the_door
from tests.e2e.conftest import context_of, eyes_on, let_in
from tests.e2e.test_people_who_come import tell

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

NARROW = {"width": 320, "height": 640}
ONE_WORD = "Wolfenbüttelschwarzenbergerhauptstraßenfest"


def in_sight(page: Page, selector: str) -> bool:
    """Whether all of each is within the window's width."""
    return bool(
        page.evaluate(  # found and measured within one step: the page may be drawn anew between two
            "(selector) => { const found = [...document.querySelectorAll(selector)]; return found.length > 0 && found.every((one) => { const { left, right } = one.getBoundingClientRect(); return left >= 0 && right <= innerWidth; }); }",
            selector,
        )
    )


def test_a_volunteers_pages_are_as_wide_as_a_small_phone_whatever_the_session_is_called(
    browser: Browser, live_server: LiveServer, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        open_the_door(campaign)
        a_session(campaign, ONE_WORD, place=f"{ONE_WORD} 12")
    context = context_of(browser, "phone")
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.page.set_viewport_size(NARROW)
    eyes.open("/join/riverside/")
    tell(eyes.page, f"Bob {ONE_WORD}", "bob@example.org")
    eyes.page.get_by_role("button", name="I want to help").click()

    eyes.page.get_by_role("heading", name="Thank you").wait_for()
    assert eyes.overflow() == 0
    eyes.page.get_by_role("link", name="Open my page").click()
    eyes.page.get_by_text(ONE_WORD).first.wait_for()
    assert eyes.overflow() == 0
    context.close()
    eyes.check()


def test_a_number_that_is_read_back_stands_in_sight_beside_a_long_name(
    phone: Eyes, campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, "Caucus", opens_at=timezone.now() - timedelta(hours=3))
        unit = a_unit(contest, "Ward 1")
        planning.say_who_stands(contest, ["Ash", f"Birch von {ONE_WORD}"], by=alice.actor)
        reporter, _token = a_reporter(contest, "Bob", unit)
    let_in(phone.page.context, alice, phone.server)
    phone.page.set_viewport_size(NARROW)
    page = phone.open(f"/c/riverside/contests/{contest.pk}/units/{unit.pk}/enter/final/")
    page.locator("[name=reporter]").select_option(str(reporter.pk))
    for nth, box in enumerate(page.locator("[name^=count_]").all()):
        box.fill(str(30 + nth))
    page.get_by_role("button", name="Read back").click()

    page.get_by_role("heading", name="Read this back").wait_for()
    assert in_sight(page, ".kv .number")
    assert phone.overflow() == 0


def test_a_reporters_first_page_does_not_scroll_sideways(phone: Eyes, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign, "Caucus", opens_at=timezone.now() - timedelta(hours=3))
        token = a_reporter(contest, "Bob", a_unit(contest, f"{ONE_WORD}schule"))[1]
    phone.page.set_viewport_size(NARROW)
    page = phone.open(f"/night/{token}/")

    page.locator(".night-photo").wait_for()
    assert phone.overflow() == 0
