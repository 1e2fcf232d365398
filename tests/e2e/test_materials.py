"""
A leaflet from the imprint to the printer and back, in a browser; with ``HUSTINGS_PICTURES=yes`` it takes the guide's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from tests.apps.materials.planting import a_statement
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


def fill(page: Page, **fields: str) -> None:
    """Fields by their names; ``GB_printer_name`` is one of a country's block."""
    for name, value in fields.items():
        page.locator(f'[name="{re.sub("^GB_", "GB-", name)}"]').fill(value)


def test_a_leaflet_from_the_imprint_to_the_printer_and_back(
    desk: Eyes, browser: Browser, live_server: LiveServer, alice: Membership, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        a_statement(campaign, "We will keep it open.")
    let_in(desk.page.context, alice, live_server.url)
    context = context_of(browser, "phone")
    let_in(context, alice, live_server.url)
    phone = eyes_on(context, "phone", live_server.url)
    page = desk.page
    room = f"/c/{campaign.slug}/materials/"

    def both(name: str) -> None:
        """The screen as it stands, and the same address on a phone; axe finds nothing on either."""
        phone.open(page.url.removeprefix(live_server.url))
        for eyes in (desk, phone):
            assert eyes.axe() == []
            assert eyes.overflow() <= 0
            eyes.picture(f"materials-{name}", whole=True)

    desk.open(f"{room}imprints/")
    fill(
        page, country="GB", promoter_name="Pat Promoter", promoter_address="1 Mill Lane, Riverside"
    )
    page.locator('select[name="publisher"]').select_option("candidate")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("New versions begin with it").first.wait_for()
    both("imprints")

    desk.open(f"{room}new/")
    both("new")
    fill(
        page,
        name="A library that stays open",
        headline="A library that stays open",
        text="It is where we learnt to read.",
        quote_words="We will keep it open.",
    )
    page.locator('[name="quote_statement"]').select_option(index=1)
    page.locator('[name="quote_qr"]').check()
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_text("fill in what is empty").wait_for()
    assert "Representation of the People Act 1983" in page.content()
    both("release")

    page.get_by_role("link", name="Next version").click()
    fill(page, GB_printer_name="Press & Sons", GB_printer_address="2 Quay, Riverside")
    both("next")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("It can be printed from here").wait_for()
    release = page.url.removeprefix(live_server.url)
    with page.expect_download() as download:
        page.get_by_role("link", name="Print-ready PDF for GB").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    desk.open(f"{room}places/")
    fill(page, name="The office", address="4 High Street")
    with page.expect_navigation():
        page.get_by_role("button", name="Add").click()
    for kind, count, holder in (("printed", "500", ""), ("given_out", "120", "Asha")):
        desk.open(release)
        page.locator('select[name="kind"]').select_option(kind)
        fill(page, count=count, holder=holder)
        page.get_by_role("button", name="Write it down").click()
        page.get_by_text("Counted.").wait_for()
    desk.open(f"{room}places/")
    both("places")
    desk.open(room)
    both("list")

    desk.open(release)
    fill(page, why="The words it quotes were denied.")
    page.get_by_role("button", name="Withdraw this version").click()
    page.get_by_text("list to bring back").wait_for()
    desk.open(f"{room}copies/")
    assert "Asha" in page.content()
    both("copies")
    phone.check()
    context.close()
