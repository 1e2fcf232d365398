"""
A word that is taken back, watched in open pages: the public page, a phone at the script, and the list of places.

Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements import told
from tests.apps.statements.talking import a_desk
from tests.apps.statements.test_embedding import called_back, everywhere
from tests.apps.statements.test_their_word import a_call
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign

A_MINUTE_MS = 60_000


def test_open_pages_drop_a_word_within_a_minute_of_its_denial(
    browser: Browser, live_server: LiveServer, campaign: Campaign
) -> None:
    ours = a_desk(campaign)
    party, row = called_back(ours)
    one = everywhere(ours, row, party)
    contexts = {size: context_of(browser, size) for size in ("desk", "phone")}
    eyes = {size: eyes_on(context, size, live_server.url) for size, context in contexts.items()}
    contexts["phone"].add_cookies(
        [
            {
                "name": DEVICE_COOKIE,
                "value": one.phone.cookies[DEVICE_COOKIE].value,
                "url": live_server.url,
            }
        ]
    )
    public = eyes["desk"]
    public.open(f"/says/{campaign.slug}/")
    public.page.get_by_text("a lot of respect").wait_for()
    phone = eyes["phone"]
    phone.open(f"/w/walk/{one.walk}/script/")
    phone.page.get_by_text("a lot of respect").wait_for()
    away = eyes_on(context_of(browser, "phone"), "phone", live_server.url)
    away.page.context.add_cookies(contexts["phone"].cookies())
    away.open(f"/w/walk/{one.walk}/script/")
    away.page.wait_for_load_state("networkidle")
    away.page.context.set_offline(True)  # Playwright's own way

    began = time.monotonic()
    with tenant(campaign.pk):
        told.answer_of(
            campaign, party, row, decision="deny", text="She did not send a message.",
            authority="press_office", when=timezone.now(), evidence="called_back",
            source="telephone", call=a_call(), by=ours.ada.actor,
        )  # fmt: skip
    phone.page.get_by_text("Do not say this any more.").wait_for(timeout=A_MINUTE_MS)
    expect(phone.page.get_by_text("a lot of respect")).to_have_count(0)
    public.page.get_by_text("a lot of respect").wait_for(state="detached", timeout=A_MINUTE_MS)
    assert time.monotonic() - began < 60

    # Without a network a phone goes on showing it; with the signal the word is gone at once.
    expect(away.page.get_by_text("a lot of respect")).to_have_count(1)
    away.page.context.set_offline(False)
    away.page.get_by_text("Do not say this any more.").wait_for()
    away.page.context.close()
    phone.picture("phone-script-taken-back")
    assert phone.axe() == []

    for each in (public, phone):
        let_in(each.page.context, ours.ada, live_server.url)
        each.open(reverse("statements:where", args=[campaign.slug, row.pk]))
        each.picture("statements-where", whole=True)
        assert each.axe() == []
        assert each.overflow() <= 0
        assert "3 of 3 places have dropped these words" in each.page.content()
        assert "101 copies still say so" in each.page.content()
    for each in (public, phone):
        each.page.context.close()
        each.check()
