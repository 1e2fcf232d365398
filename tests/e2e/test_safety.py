"""A volunteer who checks in, in a real browser: overdue on the organiser's page, help, no signal, and looks."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.safety import actions, overdue
from hustings.apps.safety.models import Alert, Sign, Watch
from tests.apps.cast import SETUP
from tests.e2e.conftest import context_of, eyes_on, go, let_in
from tests.e2e.test_doorstep import Doorstep, bob, carry, doorstep, picture, shut, start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep"]

LEAD = "+44 7700 900123"
LATER = "import('/static/canvass/main.js').then(({ app }) => { const real = app.world.now; app.world.now = () => real() + %d * 60_000; return app.look(); })"


def offered(doorstep: Doorstep, page: Page) -> None:
    """The campaign offers it, and the phone has learnt so."""
    actions.offer(doorstep.campaign, LEAD, by=SETUP)
    go(page, f"/walk/{doorstep.turf.pk}/safety")
    page.get_by_role("button", name="Begin to check in").wait_for()


def begun(doorstep: Doorstep, page: Page) -> None:
    page.get_by_role("button", name="Begin to check in").click()
    page.locator(".safety-well").wait_for()
    signs_there(doorstep, 0, watches=1)


def signs_there(doorstep: Doorstep, many: int, *, watches: int = 1) -> None:
    for _turn in range(450):
        with tenant(doorstep.campaign.pk):
            there = (
                Watch.objects.of(doorstep.campaign).count(),
                Sign.objects.of(doorstep.campaign).count(),
            )
        if there == (watches, many):
            return
        time.sleep(0.1)
    raise AssertionError(there)


def earlier(doorstep: Doorstep, minutes: int) -> None:
    """The clock is moved: everything happened so long ago."""
    back = timedelta(minutes=minutes)
    with tenant(doorstep.campaign.pk):
        for watch in Watch.objects.of(doorstep.campaign):
            watch.began_at -= back
            watch.save()
        for sign in Sign.objects.of(doorstep.campaign):
            sign.at -= back
            sign.save()


def test_somebody_who_is_silent_reaches_the_organisers_page_and_is_settled_there(
    bob: Eyes, doorstep: Doorstep, alice: Membership, browser: Browser, live_server: LiveServer
) -> None:
    offered(doorstep, bob.page)
    begun(doorstep, bob.page)
    bob.page.locator(".safety-well").click()
    signs_there(doorstep, 1)
    wrong = []
    earlier(doorstep, 36)
    assert overdue.look_after_everybody() == 1

    for size in ("desk", "phone"):
        context = context_of(browser, size)
        let_in(context, alice, live_server.url)
        desk = eyes_on(context, size, live_server.url)
        desk.open(f"/c/{doorstep.campaign.slug}/phones/")
        desk.page.get_by_text(
            "Bob is overdue: last heard from at"
        ).click()  # on every page of the desk
        desk.page.get_by_role("heading", name="Bob overdue").wait_for()
        desk.page.get_by_text("Bob is overdue: last heard from at").wait_for()
        wrong += [f"{size}: too wide"] if desk.overflow() > 0 else []
        wrong += [f"{size}: {line}" for line in desk.axe()]
        desk.picture("safety-desk")
        if size == "phone":
            desk.page.get_by_label("What you found").fill("Flat battery; at the van.")
            desk.page.get_by_role("button", name="Settle it").click()
            desk.page.get_by_text("Flat battery; at the van.").wait_for()
            desk.page.get_by_role("button", name="Take back").wait_for()
        shut(context)
        desk.check()
    assert not wrong


def test_without_a_signal_the_phone_reminds_says_what_has_not_arrived_and_whom_to_call(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    offered(doorstep, page)
    begun(doorstep, page)
    page.context.set_offline(True)
    page.evaluate(
        "import('/static/canvass/main.js').then(() => { navigator.vibrate = (how) => { (window.shaken ??= []).push(how); return true; }; })"
    )
    page.evaluate(LATER % 31)
    page.get_by_text("Are you all right?").wait_for()
    assert page.evaluate("window.shaken.length") == 1
    page.locator(".safety-bar").get_by_role("button", name="I’m all right").click()
    page.get_by_text("Check in by").first.wait_for()
    page.get_by_text("The organisers have heard nothing since").wait_for()
    page.get_by_role("button", name="I need help").click()
    page.get_by_text("It has not arrived: there is no signal for it. Call.").wait_for()
    assert (
        page.get_by_role("link", name=f"Call {LEAD}").get_attribute("href") == "tel:+447700900123"
    )
    page.reload()  # the page is killed; what was tapped is kept
    page.get_by_text("It has not arrived").wait_for()
    signs_there(doorstep, 0)

    page.context.set_offline(False)
    page.get_by_text("It has reached the campaign").wait_for()
    signs_there(doorstep, 2)
    with tenant(doorstep.campaign.pk):
        [alert] = Alert.objects.of(doorstep.campaign)
        assert alert.kind == "help"
        assert timezone.now() - alert.since < timedelta(minutes=3)


def test_it_is_off_until_somebody_turns_it_on_and_off_again_when_they_are_done(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    expect(page.get_by_role("link", name="Check in while I am out")).to_have_count(0)
    actions.offer(doorstep.campaign, LEAD, by=SETUP)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("link", name="Check in while I am out").wait_for()
    expect(page.locator(".safety-bar")).to_have_count(0)

    page.get_by_role("link", name="Check in while I am out").focus()  # by keyboard alone
    page.keyboard.press("Enter")
    page.get_by_role("button", name="60 minutes").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="60 minutes", pressed=True).wait_for()
    page.get_by_role("button", name="Begin to check in").focus()
    page.keyboard.press("Enter")
    signs_there(doorstep, 0)
    page.locator(".safety-bar").wait_for()
    page.get_by_role("button", name="I am done: stop checking in").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Begin to check in").wait_for()
    expect(page.locator(".safety-bar")).to_have_count(0)
    signs_there(doorstep, 1)
    with tenant(doorstep.campaign.pk):
        watch = Watch.objects.of(doorstep.campaign).get()
    assert watch.every_minutes == 60
    assert watch.ended_at


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_checking_in_fits_a_small_phone_and_axe_finds_nothing(
    width: int, scheme: str, browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True, color_scheme=scheme)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect("ERR_INTERNET_DISCONNECTED")
    page = eyes.page
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 568})
    start(page, live_server.url)
    wrong: list[str] = []

    def look(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        wrong.extend([f"{name}: too wide"] if eyes.overflow() > 0 else [])
        wrong.extend(f"{name}: {line}" for line in eyes.axe())
        if scheme == "light":
            picture(eyes, f"app-{name}", width)

    offered(doorstep, page)
    look("safety")
    begun(doorstep, page)
    look("safety-on")
    page.context.set_offline(True)
    page.evaluate(LATER % 31)
    page.get_by_text("Are you all right?").wait_for()
    look("safety-due")
    page.get_by_role("button", name="I need help").click()
    page.get_by_text("It has not arrived").wait_for()
    look("safety-help")
    shut(context)
    eyes.check()
    assert not wrong, "\n".join(wrong)
