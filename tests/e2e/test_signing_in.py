"""Signing in without a password: by e-mail code, on a desk and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes


@pytest.fixture(autouse=True)
def nobody_tried_before(transactional_db: None) -> None:
    """Tries are counted against guessers; the test before this one does not count."""
    cache.clear()


def sign_in_by_code(eyes: Eyes, somebody: Membership) -> None:
    """From the front door to the first room."""
    page = eyes.open("/")
    page.get_by_role("link", name="Sign in by e-mail code").click()
    page.get_by_label("Email").fill(somebody.user.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    page.get_by_label("Code").fill(code_in_the_mail())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/c/riverside/"))


def code_in_the_mail() -> str:
    """The newest."""
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code, mail.outbox[-1].body
    return code[1]


def test_an_organiser_signs_in_with_a_code_from_the_mail(eyes: Eyes, alice: Membership) -> None:
    page = eyes.open("/")
    assert eyes.axe() == []
    eyes.picture("front-door")
    with page.expect_navigation():
        page.get_by_role("link", name="Sign in by e-mail code").click()
    assert eyes.axe() == []
    eyes.picture("sign-in")

    page.get_by_label("Email").fill(alice.user.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    assert eyes.axe() == []
    eyes.picture("sign-in-code")
    code = code_in_the_mail()

    page.get_by_label("Code").fill("wrong1")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".field-error").wait_for()
    assert eyes.axe() == []

    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/c/riverside/"))
    expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()


def test_a_code_that_is_too_old_says_so_and_leads_to_a_new_one(
    desk: Eyes, alice: Membership
) -> None:
    page = desk.open("/")
    page.get_by_role("link", name="Sign in by e-mail code").click()
    page.get_by_label("Email").fill(alice.user.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    page.get_by_label("Code").fill(code_in_the_mail())

    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=True):
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("This code is too old or used up. Ask for a new one.").wait_for()

    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()


def test_the_passkey_page_obeys_the_strict_policy(desk: Eyes) -> None:
    page = desk.open("/accounts/login/")

    assert page.get_by_role("button", name="Sign in with a passkey").is_enabled()
    assert desk.axe() == []
    desk.picture("sign-in-passkey")


def test_an_organiser_adds_a_passkey_and_signs_in_with_it(desk: Eyes, alice: Membership) -> None:
    page = desk.page
    chip = page.context.new_cdp_session(page)
    chip.send("WebAuthn.enable")
    chip.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    sign_in_by_code(desk, alice)
    with page.expect_navigation():
        page.get_by_role("link", name="Passkeys").first.click()
    assert desk.axe() == []
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My laptop")
    if page.get_by_label("Passwordless").count():
        page.get_by_label("Passwordless").check()
    assert desk.axe() == []
    page.get_by_role("button", name="Add").click()
    page.get_by_text("The passkey is added.").wait_for()
    assert desk.axe() == []
    page.get_by_role("link", name="Use your passkey").click()
    page.wait_for_load_state("load")  # its script hears the button
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("heading", name="Recovery Codes").wait_for()
    assert desk.axe() == []

    page.goto(desk.server + "/c/riverside/")
    page.get_by_role("button", name="Sign out").first.click()
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.wait_for_load_state("load")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url(re.compile(r"/c/riverside/"))
    expect(page.get_by_role("navigation", name="Rooms")).to_be_visible()
