"""The desk's first page in a browser: who is out, what came back, what needs somebody, and the next step of each."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.outings.handing_out import return_turf
from tests.apps.canvass.cast import a_report, a_walk
from tests.apps.cast import SETUP, member
from tests.e2e.conftest import context_of, eyes_on, let_in
from tests.e2e.test_doorstep import Doorstep, doorstep
from tests.e2e.test_follow_ups import at_both
from tests.e2e.test_organisers_side import address, organiser

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.conftest import Eyes

__all__ = ["doorstep", "organiser"]


def test_the_first_page_follows_the_day_and_leads_to_what_is_to_be_done(
    doorstep: Doorstep, organiser: Eyes
) -> None:
    campaign, turf, now = doorstep.campaign, doorstep.turf, timezone.now()
    with tenant(campaign.pk):
        person = doorstep.doors[0].pk
        actions.record(
            doorstep.device,
            [
                a_report(turf, person, "answered", sequence=1, support="1", wishes="poster call_back",
                         occurred_at=now - timedelta(minutes=20)),
                a_report(turf, doorstep.doors[1].pk, "come_back", sequence=2, occurred_at=now,
                         come_back_at=now - timedelta(days=2)),
                *[a_report(turf, door.pk, sequence=3 + nth, occurred_at=now)
                  for nth, door in enumerate(doorstep.doors[2:6])],
            ],
        )  # fmt: skip
        other = a_walk(campaign, [door.pk for door in doorstep.doors[6:8]], number=8, code="QWERTA")
        actions.ask_for_walk(other, "Asha")
    page = organiser.open(f"/c/{campaign.slug}/")
    assert page.url.endswith("/today/")  # organisers land there
    page.get_by_text("1 phone asks to be let in.", exact=True).wait_for()
    page.get_by_text("1 follow-up from the doors is overdue.", exact=True).wait_for()
    out = page.locator("section", has=page.get_by_role("heading", name=re.compile("^Out now")))
    expect(out.get_by_text("Bob", exact=True)).to_have_count(1)
    expect(out.get_by_text("6 of 20", exact=True)).to_have_count(1)
    at_both(organiser, "today-today")

    with tenant(campaign.pk):
        return_turf(campaign, turf.pk, by=SETUP)
    # The page asks for itself anew.
    page.get_by_text("nobody was in at 4 doors of the walks that are back").wait_for()
    page.get_by_role("button", name=re.compile("^Knock there again this evening")).click()
    page.get_by_text("A walk of 4 doors where nobody was in. Hand it out.").wait_for()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Walk 8: Second knock")
    page.get_by_label(re.compile("^Who")).or_(page.get_by_role("textbox")).first.fill("Ben")
    with page.expect_navigation():
        page.get_by_role("button", name="Hand out").click()
    organiser.open(address(doorstep, "today:today"))
    expect(out.get_by_text("Ben", exact=True)).to_have_count(1)
    page.get_by_role("link", name=re.compile("^See them")).click()
    page.get_by_role("heading", level=1, name="Follow-ups").wait_for()


def test_a_newcomer_is_led_from_the_register_to_the_first_walk(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    empty = create_campaign("seaside", "Seaside")
    context = context_of(browser, "desk")
    let_in(context, member(empty, "Ada", "organiser"), live_server.url)
    eyes = eyes_on(context, "desk", live_server.url)
    page = eyes.open("/c/seaside/today/")
    steps = page.locator(".first-steps li")
    expect(steps).to_have_count(6)
    at_both(eyes, "today-first-steps")
    page.get_by_role("link", name=re.compile("^Register ?: Bring in")).click()
    page.get_by_role("heading", level=1).wait_for()
    assert "/register/" in page.url
    context.close()
    eyes.check()
