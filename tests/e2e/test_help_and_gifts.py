"""
A volunteer, and seven people whom a party abroad would pay for, in a browser; with ``HUSTINGS_PICTURES=yes`` it
takes the guide's pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.apps.contributions.planting import matter_under_review_7035, nobody_pays, paid
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
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
    assert "24,422.00 USD" in page.content()
    assert not page.get_by_role("button", name="Agree").count()
    both("help")
    page.get_by_role("link", name="Other terms").click()
    assert page.locator('[name="travel_amount"]').input_value() == "16,140.00"
    both("change-help")

    desk.open(room)
    both("list")
    phone.check()
    context.close()
