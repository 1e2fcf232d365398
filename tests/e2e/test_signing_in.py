"""Signing in without a password: by e-mail code, on a desk and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core import mail

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes


def test_an_organiser_signs_in_with_a_code_from_the_mail(eyes: Eyes, alice: Membership) -> None:
    page = eyes.open("/")
    assert eyes.axe() == []
    eyes.picture("front-door")
    page.get_by_role("link", name="Sign in by e-mail code").click()
    assert eyes.axe() == []
    eyes.picture("sign-in")

    page.get_by_label("Email").fill(alice.user.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type the code").wait_for()
    assert eyes.axe() == []
    eyes.picture("sign-in-code")
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code, mail.outbox[-1].body

    page.get_by_label("Code").fill("wrong1")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".field-error").wait_for()
    assert eyes.axe() == []

    page.get_by_label("Code").fill(code[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"/c/riverside/"))
    assert page.get_by_role("navigation", name="Rooms").is_visible()


def test_the_passkey_page_obeys_the_strict_policy(desk: Eyes) -> None:
    page = desk.open("/accounts/login/")

    assert page.get_by_role("button", name="Sign in with a passkey").is_enabled()
    assert desk.axe() == []
    desk.picture("sign-in-passkey")
