"""A session in a real browser: signed up for from a volunteer's own link, moved, confirmed, signed in, cancelled."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import ContactPoint
from hustings.apps.shifts import reminding, signing_up
from hustings.apps.shifts.models import Session, SignUp
from hustings.apps.volunteers.own_page import make_link
from tests.apps.shifts.cast import LINK, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.volunteers.models import Volunteer
    from tests.e2e.conftest import Eyes

HOME = "7 Orchard Row"


@pytest.fixture
def vera(campaign: Campaign) -> Volunteer:
    return a_volunteer(campaign, "Vera Walker", email="vera@example.org")


def looked(eyes: Eyes, wrong: list[str], name: str) -> None:
    """It fits, axe finds nothing, and there is a picture."""
    eyes.page.wait_for_load_state("load")
    eyes.page.evaluate("document.fonts.ready.then(() => true)")
    wrong += [f"{name}, {eyes.size}: too wide"] if eyes.overflow() > 0 else []
    wrong += [f"{name}, {eyes.size}: {line}" for line in eyes.axe()]
    eyes.picture(name, whole=True)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_session_is_signed_up_for_moved_confirmed_and_cancelled(
    size: str, browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership,
    vera: Volunteer,
) -> None:  # fmt: skip
    wrong: list[str] = []
    now = timezone.now()
    day = (now + timedelta(days=3)).strftime("%Y-%m-%d")
    at_the_desk, at_home = context_of(browser, size), context_of(browser, size)
    let_in(at_the_desk, alice, live_server.url)
    desk, own = (eyes_on(one, size, live_server.url) for one in (at_the_desk, at_home))
    own.expect(r"Failed to load resource.*404")

    page = desk.open("/c/riverside/sessions/")
    page.get_by_role("link", name="New session").first.click()
    page.get_by_label("What it is called").fill("Doors round the orchard")
    page.get_by_label("Day").fill(day)
    page.get_by_label("From").fill("14:00")
    page.get_by_label("Until").fill("16:00")
    page.get_by_label("Where").fill(HOME)
    page.get_by_label("It is somebody’s home").check()
    page.get_by_label("Whom to ask for").fill("Maya, in the yard")
    page.get_by_label("How many there is room for").fill("6")
    page.get_by_label("Without steps").select_option("yes")
    looked(desk, wrong, "sessions-new")
    page.get_by_role("button", name="Make the session").click()
    page.get_by_text("The session is there.").wait_for()
    with tenant(campaign.pk):
        session = Session.objects.of(campaign).get()
        token = make_link(vera)
        for name, number in (("Wim Two", "+447700900101"), ("Xena Three", "+447700900102"), ("Yusuf Four", "+447700900103")):  # fmt: skip
            other = a_volunteer(campaign, name)
            ContactPoint.objects.create(
                campaign=campaign, person=other.person, kind="phone", value=number
            )
            row = signing_up.sign_up(session, other, by=LINK)
            if name.startswith("Wim"):
                signing_up.confirm(row, by=LINK)
    a_session(campaign, "Leaflets by the mill", starts_at=now + timedelta(days=9))

    theirs = own.open(f"/me/{token}/sessions/")
    theirs.get_by_role("link", name="Doors round the orchard").wait_for()
    assert HOME not in theirs.content()
    theirs.get_by_role("link", name="Doors round the orchard").click()
    theirs.get_by_role("button", name="Sign up").wait_for()
    assert HOME not in theirs.content()
    looked(own, wrong, "my-session-free")
    theirs.get_by_role("button", name="Sign up").click()
    theirs.get_by_text("You have a place. Thank you!").wait_for()
    theirs.get_by_text(HOME).wait_for()

    with page.expect_navigation():
        page.get_by_role("link", name="Change", exact=True).click()
    looked(desk, wrong, "sessions-change")
    page.get_by_label("From").fill("15:00")
    page.get_by_label("Until").fill("17:00")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Everybody who signed up is told").wait_for()
    reminding.remind_everywhere()
    moved = next(one for one in mail.outbox if "has changed" in one.subject)
    assert moved.to == ["vera@example.org"]
    link = next(word for word in moved.body.split() if word.endswith("/confirm/"))
    theirs.goto(live_server.url + link[link.index("/me/") :])
    with tenant(campaign.pk):
        mine = SignUp.objects.of(campaign).get(volunteer=vera)
    assert state_of(mine) == "signed_up"  # following the link changed nothing
    theirs.get_by_text("15:00–17:00").wait_for()
    looked(own, wrong, "my-session")
    theirs.get_by_role("button", name="Yes, I come").click()
    theirs.get_by_text("Confirmed. See you there!").wait_for()
    theirs.get_by_role("link", name="My sessions").click()
    theirs.get_by_role("heading", name="You could sign up for").wait_for()
    looked(own, wrong, "my-sessions")

    desk.open(f"/c/riverside/sessions/{session.pk}/")
    page.get_by_text("4 of 6 places").wait_for()
    looked(desk, wrong, "sessions-session")
    page.get_by_role("link", name="Sign in at the door").click()
    page.get_by_role("button", name="Vera Walker").wait_for()
    page.get_by_role("button", name="Vera Walker").click()
    page.get_by_text("Vera Walker is here.").wait_for()
    page.get_by_label("Somebody new").fill("Wanda Newcomer")
    page.get_by_role("button", name="New here, and came").click()
    page.get_by_role("heading", name="2 are here").wait_for()
    looked(desk, wrong, "sessions-door")
    page.get_by_role("button", name=re.compile("Undo.*Vera Walker")).click()
    page.get_by_text("Taken back.").wait_for()
    page.get_by_role("button", name="Vera Walker").wait_for()
    assert state_of(mine) == "confirmed"
    desk.open("/c/riverside/sessions/")
    looked(desk, wrong, "sessions-list")

    desk.open(f"/c/riverside/sessions/{session.pk}/")
    page.get_by_label("Why it is cancelled").fill("The orchard is under water")
    page.get_by_role("button", name="Cancel the session").click()
    page.get_by_text("It is cancelled; nobody is reminded of it.").wait_for()
    looked(desk, wrong, "sessions-cancelled")
    mail.outbox.clear()
    reminding.remind_everywhere()
    assert [one.to for one in mail.outbox] == [["vera@example.org"]]
    theirs.reload()
    theirs.get_by_text("cancelled").first.wait_for()
    for context in (at_the_desk, at_home):
        context.close()
    for eyes in (desk, own):
        eyes.check()
    assert not wrong, "\n".join(wrong)
