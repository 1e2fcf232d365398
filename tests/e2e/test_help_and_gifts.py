"""
A volunteer, and seven people whom a party abroad would pay for, in a browser; with ``HUSTINGS_PICTURES=yes`` it
takes the guide's pictures.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exports.models import Copy
from hustings.apps.exports.paths import PATHS
from tests.apps.contributions.planting import (
    a_gift,
    matter_under_review_7035,
    nobody_pays,
    paid,
    some_spending,
)
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes


def fill(page: Page, fields: dict[str, str]) -> None:
    """Fields by their names, whatever they are."""
    for name, value in fields.items():
        field = page.locator(f'[name="{name}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_help_is_written_down_judged_and_decided(
    desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, campaign: Campaign
) -> None:
    let_in(desk.page.context, alice, live_server.url)
    context = context_of(browser, "phone")
    let_in(context, alice, live_server.url)
    phone = eyes_on(context, "phone", live_server.url)
    page = desk.page
    room = f"/c/{campaign.slug}/contributions/"

    def both(name: str) -> None:
        """The screen as it stands, and the same address on a phone; axe finds nothing on either."""
        phone.open(page.url.removeprefix(live_server.url))
        for eyes in (desk, phone):
            assert eyes.axe() == []
            assert eyes.overflow() <= 0
            eyes.picture(f"contributions-{name}", whole=True)

    desk.open(f"{room}help/new/")
    both("new-help")
    own_way = nobody_pays(us_status="foreign", names="Vera", **paid("travel", "self", "", "640.00"))
    fill(page, own_way)
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_role("button", name="Agree, having read this").click()
    page.get_by_text("Written down: agreed.").wait_for()

    desk.open(f"{room}help/new/")
    fill(page, matter_under_review_7035())
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("Nobody can go past this.").first.wait_for()
    expect(page.locator("body")).to_contain_text("24,422.00 USD")
    expect(page.get_by_role("button", name="Agree")).to_have_count(0)
    both("help")
    page.get_by_role("link", name="Other terms").click()
    expect(page.locator('[name="travel_amount"]')).to_have_value("16,140.00")
    both("change-help")

    desk.open(f"{room}gifts/new/")
    both("new-gift")
    fill(page, a_gift(amount="600.00", received_on=str(timezone.localdate() - timedelta(days=26))))
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("It cannot be accepted as it stands.").wait_for()
    both("gift")

    desk.open(f"{room}spending/new/")
    fill(page, some_spending(amount="650.00"))
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("Written down, and added up.").wait_for()
    desk.open(f"{room}spending/new/")
    fill(page, some_spending(amount="50.01"))
    page.get_by_role("button", name="Save and ask the rules").click()
    page.get_by_text("700.01 GBP").wait_for()
    both("new-spending")
    desk.expect("422")

    desk.open(room)
    both("list")
    phone.check()
    context.close()


def test_who_decides_is_asked_in_the_united_states(
    desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, campaign: Campaign
) -> None:
    let_in(desk.page.context, alice, live_server.url)
    context = context_of(browser, "phone")
    let_in(context, alice, live_server.url)
    phone = eyes_on(context, "phone", live_server.url)

    desk.open(f"/c/{campaign.slug}/settings/law/")
    desk.page.locator('[name="country"]').fill("US")
    desk.page.get_by_role("button", name="Save").click()
    desk.page.get_by_text("The rules are asked by it from now on.").wait_for()
    for eyes in (desk, phone):
        eyes.open(f"/c/{campaign.slug}/settings/law/")
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture("settings-law", whole=True)
        eyes.open(f"/c/{campaign.slug}/settings/members/")
        assert "not asked yet" in eyes.page.content()
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture("settings-who-decides", whole=True)
    phone.check()
    context.close()


def test_copies_are_listed_and_destroyed(
    desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, campaign: Campaign
) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(country="GB")
    with tenant(campaign.pk):
        for path, rows, days in (
            ("backup", 4210, -1),
            ("pack", 118, 30),
            ("pack", 64, 30),
            ("phone", 59, 0),
        ):
            Copy.objects.create(
                campaign=campaign, path=path, rows=rows, purpose=PATHS[path].purpose,
                receiver=PATHS[path].receiver, country="GB", rules="UK-12, OWN-1", by="Alice",
                expires_on=timezone.localdate() + timedelta(days=days),
            )  # fmt: skip
    let_in(desk.page.context, alice, live_server.url)
    context = context_of(browser, "phone")
    let_in(context, alice, live_server.url)
    phone = eyes_on(context, "phone", live_server.url)

    for eyes in (desk, phone):
        page = eyes.open(f"/c/{campaign.slug}/copies/")
        assert "1 copy should be destroyed by now." in page.content()
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture("exports-list", whole=True)
    desk.page.get_by_role("button", name="Destroyed").first.click()
    desk.page.get_by_text("1 copy destroyed.").wait_for()
    assert "should be destroyed by now" not in desk.page.content()
    phone.check()
    context.close()
