"""What tired people do to a reporter's phone: taps twice, goes back, types what is no number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.models import Report
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit
from tests.e2e.test_the_night import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest

PEOPLE = {"ash": 40, "birch": 35, "cedar": 25}


@pytest.fixture
def contest(campaign: Campaign) -> Contest:
    with tenant(campaign.pk):
        return a_caucus(
            campaign, "River county caucus", opens_at=timezone.now() - timedelta(hours=3)
        )


@pytest.fixture
def captain(browser: Browser, live_server: LiveServer, contest: Contest) -> Iterator[Phone]:
    """A captain's phone, at a ward with a long name."""
    with tenant(contest.campaign_id):
        unit = a_unit(contest, "Wilhelmina-Konstantinopolitanska-Schule", area="River")
        token = a_reporter(contest, "Bob", unit)[1]
    phone = Phone(browser, live_server.url, token)
    yield phone
    phone.close()


def test_a_report_that_is_sent_by_two_taps_is_one_report(captain: Phone, contest: Contest) -> None:
    captain.context.set_offline(True)
    captain.fill("first", PEOPLE)
    captain.read_back()
    captain.page.locator("[data-send]").evaluate("(button) => { button.click(); button.click(); }")

    captain.page.locator(".night-unit").first.wait_for()
    assert captain.page.locator("[data-waiting]").get_attribute("data-waiting") == "1"
    captain.context.set_offline(False)
    captain.page.evaluate("dispatchEvent(new Event('online'))")
    captain.all_there()
    with tenant(contest.campaign_id):
        assert Report.objects.of(contest.campaign_id).count() == 1


def test_what_nobody_answered_goes_out_when_the_captain_tries_now(
    captain: Phone, contest: Contest
) -> None:
    """The phone's clock stands still, so that it does not try again by itself."""
    page = captain.page
    page.clock.install(time=timezone.now())
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    refused: list[str] = []

    def nobody_answers(route: Route) -> None:
        refused.append(route.request.url)
        route.abort("connectionrefused")

    page.route("**/night/*/events/", nobody_answers)
    captain.report("first", PEOPLE)
    page.locator("[data-waiting='1']").wait_for()
    for _turn in range(450):
        if refused:
            break
        page.wait_for_timeout(100)
    assert refused
    page.unroute("**/night/*/events/")
    page.wait_for_timeout(500)
    with tenant(contest.campaign_id):
        assert not Report.objects.of(contest.campaign_id).exists()

    page.get_by_role("button", name="Try now").click()
    captain.all_there()
    with tenant(contest.campaign_id):
        assert Report.objects.of(contest.campaign_id).count() == 1


def test_what_is_no_number_is_marked_where_it_stands(captain: Phone) -> None:
    page = captain.page
    captain.fill("first", PEOPLE)
    page.locator("#field-count-birch").fill("3o")
    page.get_by_role("button", name="Read back").click()

    page.get_by_text("Whole numbers only.").wait_for()
    page.locator("#field-count-birch[aria-invalid=true]:focus").wait_for()
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    page.locator("#field-count-birch").fill("30")
    page.get_by_role("button", name="Read back").click()
    page.locator("[data-send]").wait_for()


def test_the_phones_own_button_goes_back_by_a_screen_and_loses_nothing(captain: Phone) -> None:
    page = captain.page
    captain.fill("first", PEOPLE)
    captain.read_back()

    page.go_back()
    page.locator("#field-count-ash").wait_for()
    expect(page.locator("#field-count-ash")).to_have_value("40")
    page.go_back()
    page.locator("[data-phase=first][data-where=begun]").wait_for()
    captain.fill("first", PEOPLE)
    captain.read_back()
    captain.send()
    captain.all_there()
    page.go_back()
    page.wait_for_timeout(500)
    expect(page.locator(".night-unit")).to_have_count(1)
