"""What tired people do to a reporter's phone: taps twice, goes back, types what is no number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.models import Lot, Report, Unit
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit
from tests.e2e.test_map_on_the_phone import MIDDLE
from tests.e2e.test_the_night import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest

PEOPLE = {"ash": 40, "birch": 35, "cedar": 25}
EQUAL = {"ash": 100, "birch": 50, "cedar": 50}
"""Of six delegates a lot says which of Birch and Cedar gets one less."""


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


def test_the_second_of_two_taps_is_not_meant_for_what_came_to_that_spot(captain: Phone) -> None:
    page = captain.page
    captain.fill("first", PEOPLE)
    captain.read_back()
    spot = {"clientX": 100, "clientY": 600}
    page.locator("[data-send]").dispatch_event("click", {**spot, "detail": 1})
    expect(page.locator(".night-unit")).to_be_visible()

    page.locator("[data-phase=final]").dispatch_event("click", {**spot, "detail": 2})
    expect(page.locator(".night-unit")).to_be_visible()
    page.locator("[data-phase=final]").click()
    expect(page.locator("#field-count-ash")).to_be_visible()


def test_a_click_is_heard_though_the_page_heard_news_while_the_mouse_was_down(
    captain: Phone,
) -> None:
    page = captain.page
    page.mouse.move(*page.evaluate(MIDDLE, "[data-phase=first]"))
    page.mouse.down()
    with page.expect_response("**/facts/"):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)  # what it heard is kept, and would be drawn
    page.mouse.up()
    page.locator("#field-count-ash").wait_for()


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


@pytest.fixture
def at_a_lot(browser: Browser, live_server: LiveServer, contest: Contest) -> Iterator[Phone]:
    """A captain's phone, whose delegates wait for a lot between Birch and Cedar."""
    with tenant(contest.campaign_id):
        unit = a_unit(contest, "Methodist church", area="River", delegates=6)
        token = a_reporter(contest, "Bob", unit)[1]
    phone = Phone(browser, live_server.url, token)
    phone.report("first", EQUAL)
    phone.report("final", EQUAL, odd="V6")
    phone.fill("delegates", {"ash": 3, "birch": 2, "cedar": 1})
    phone.read_back()
    yield phone
    phone.close()


def write_down(page: Page, fell_on: str, order: str) -> None:
    page.locator(f"#lot-{fell_on}").check()
    page.locator("#lot-device").fill("a coin")
    page.locator("#lot-called_by").fill("the chair")
    page.locator("#lot-order").fill(order)
    page.locator("#lot-witnesses").fill("both captains")
    page.get_by_role("button", name="Write this lot down").click()


def test_a_lot_that_was_written_down_is_there_when_the_phone_was_switched_off(
    at_a_lot: Phone, contest: Contest
) -> None:
    page = at_a_lot.page
    write_down(page, "cedar", "heads Birch, tails Cedar")
    expect(page.locator(".night-lot")).to_have_count(0)

    page.reload()
    page.locator("[data-phase=delegates][data-where=begun]").click()
    at_a_lot.read_back()
    expect(page.locator("[data-findings]")).to_have_count(0)
    at_a_lot.send()
    at_a_lot.all_there()

    with tenant(contest.campaign_id):
        lot = Lot.objects.get()
        assert lot.chosen == ["cedar"]
        assert lot.record == {
            "device": "a coin", "called_by": "the chair", "order": "heads Birch, tails Cedar",
            "witnesses": "both captains",
        }  # fmt: skip


def test_a_lot_is_written_down_only_with_everything_that_a_witness_would_ask(
    at_a_lot: Phone,
) -> None:
    page = at_a_lot.page
    write_down(page, "cedar", " ")

    expect(page.locator("#lot-order")).to_be_focused()
    expect(page.locator("[data-findings]")).to_have_attribute("data-findings", "V6")
    expect(page.locator("[data-send]")).to_be_enabled()


def test_after_a_correction_the_phone_asks_for_the_lot_that_is_due_now(
    at_a_lot: Phone, contest: Contest
) -> None:
    page = at_a_lot.page
    write_down(page, "cedar", "heads Birch, tails Cedar")
    expect(page.locator(".night-lot")).to_have_count(0)
    at_a_lot.send()
    at_a_lot.report("final", {"ash": 50, "birch": 50, "cedar": 100}, odd="V2 V5 V6")
    at_a_lot.fill("delegates", {"ash": 2, "birch": 1, "cedar": 3})
    at_a_lot.read_back()

    write_down(page, "birch", "heads Ash, tails Birch")
    expect(page.locator("[data-findings]")).to_have_attribute("data-findings", "V2")
    at_a_lot.send()
    at_a_lot.all_there()

    with tenant(contest.campaign_id):
        before, after = Lot.objects.order_by("pk")
        assert (before.among, before.chosen) == (["birch", "cedar"], ["cedar"])
        assert (after.among, after.chosen) == (["ash", "birch"], ["birch"])
        assert after.corrects_id == before.pk


def test_a_browser_that_asks_whether_it_may_keep_things_shows_the_units_meanwhile(
    captain: Phone, contest: Contest, live_server: LiveServer
) -> None:
    with tenant(contest.campaign_id):
        token = a_reporter(contest, "Carol", Unit.objects.get())[1]
    captain.context.add_init_script(
        "StorageManager.prototype.persist = () => new Promise(() => {});"
    )

    captain.page.goto(f"{live_server.url}/night/{token}/")

    expect(captain.page.get_by_text("Carol")).to_be_visible()
    expect(captain.page.locator(".night-unit")).to_have_count(1)
