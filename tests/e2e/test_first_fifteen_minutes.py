"""
A newcomer's first fifteen minutes: an empty campaign, the first link, and nothing but what the screens offer.

She follows «Your first Saturday» from step to step, types no address, and ends with a code on a table and a join
page that somebody outside can open. Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.tasks import task_backends
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.accounts import command
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings.models import Checkout
from tests.e2e.a_day import a_worker, drawn, files_of_a_small_town
from tests.e2e.conftest import SIZES, context_of, eyes_on
from tests.e2e.test_table import walk_in_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.a_day import Files
    from tests.e2e.conftest import Eyes

pytestmark = pytest.mark.browser

SLOW_MS = 120_000
"""Milliseconds to wait for work in the background."""


@pytest.fixture
def ada(
    db: None, browser: Browser, live_server: LiveServer, settings: SettingsWrapper,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Eyes]:  # fmt: skip
    """Her desk; the server's worker runs beside it."""
    settings.JOBS_RUN_AT_ONCE = False
    settings.SITE_URL = live_server.url
    cache.clear()
    monkeypatch.setitem(
        task_backends.settings["default"], "BACKEND", "django_tasks_db.DatabaseBackend"
    )
    context = context_of(browser, "desk")
    with a_worker():
        eyes = eyes_on(context, "desk", live_server.url)
        yield eyes
        context.close()
    eyes.check()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """What she was given: a register and a map."""
    return files_of_a_small_town(tmp_path / "town")


def step(page: Page, title: str) -> None:
    """Back to the first page by the bar, and on by the button of that step."""
    rooms = page.get_by_role("navigation", name="Rooms")
    rooms.get_by_role("link", name="Today").click()
    page.get_by_role("heading", name="Your first Saturday").wait_for()
    row = page.locator(".first-steps .list-row", has_text=title)
    assert "is-done" not in (row.get_attribute("class") or "")
    row.get_by_role("link").click()


def shown(eyes: Eyes, name: str) -> None:
    """At both sizes: no wider than its window, nothing that axe finds, and a picture."""
    for size, (width, height) in SIZES.items():
        eyes.page.set_viewport_size({"width": width, "height": height})
        eyes.size = size
        drawn(eyes.page)
        assert eyes.overflow() <= 0, f"{name}, {size}"
        assert eyes.axe() == [], f"{name}, {size}"
        eyes.picture(name, whole=True)
    eyes.size = "desk"
    width, height = SIZES["desk"]
    eyes.page.set_viewport_size({"width": width, "height": height})


def test_a_newcomer_has_a_code_on_the_table_with_nothing_but_the_screens(
    ada: Eyes, files: Files, browser: Browser, live_server: LiveServer,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    page = ada.page
    command.main(["create", "newtown", "--name", "Newtown"])
    command.main(["member", "newtown", "ada@example.org", "--name", "Ada"])
    command.main(["link", "ada@example.org"])
    link = capsys.readouterr().out.split()[-1]
    assert link.startswith(live_server.url)

    page.goto(link)
    page.get_by_role("button", name="Sign me in").click()
    page.get_by_role("heading", name="Your first Saturday").wait_for()
    expect(page.locator(".first-steps .is-done")).to_have_count(0)
    shown(ada, "first-1-today")

    step(page, "Hand the first walk out")  # too early: it says what to do before
    page.get_by_role("heading", name="No walks to hand out yet").wait_for()
    shown(ada, "first-2-too-early")

    step(page, "Bring in the register")
    page.locator('input[type="file"]').set_input_files(files.register)
    page.get_by_role("button", name="Look through it").click()
    page.get_by_role("button", name="Bring it in").click(timeout=SLOW_MS)
    page.get_by_role("link", name="Put the doors on the map").click(timeout=SLOW_MS)

    page.locator('input[type="file"]').set_input_files(files.map)
    page.get_by_role("button", name="Place the doors").click()
    page.get_by_role("link", name="See what it did").click(timeout=SLOW_MS)
    page.get_by_role("link", name="Plan a round of walks").click(timeout=SLOW_MS)

    page.get_by_label("Name", exact=True).fill("First canvass")
    page.get_by_role("button", name="Go on to the size of a walk").click()
    page.get_by_label("Doors, or minutes, in a walk").fill("60")
    page.get_by_role("button", name="Cut into walks").click()
    page.get_by_role("heading", name=re.compile("^Walks")).wait_for(timeout=SLOW_MS)
    page.get_by_role("button", name="Publish these walks").click()
    page.get_by_text("Published: the walks can be handed out.").wait_for()

    outside = _opens_the_join_page(ada)
    _plans_a_session(ada)
    step(page, "Hand the first walk out")
    page.get_by_label("For which session").select_option(index=1)
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("img", name="QR code that hands each arrival a walk").wait_for()
    shown(ada, "first-5-table")
    address = page.get_by_text(f"{live_server.url}/t/").inner_text()

    _somebody_outside(browser, live_server.url, outside, address)
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Today").click()
    page.get_by_role("heading", name=re.compile("Out now")).wait_for()
    page.get_by_text("Tom").first.wait_for()
    expect(page.locator(".first-steps")).to_have_count(0)  # she knows the way
    campaign = Campaign.objects.get(slug="newtown")
    with tenant(campaign.pk):
        assert Checkout.objects.of(campaign).filter(returned_at=None).count() == 1


def _opens_the_join_page(ada: Eyes) -> str:
    """The register said in which country the campaign is; the link is for outside."""
    page = ada.page
    step(page, "Open the join page")
    with page.expect_navigation():
        page.get_by_role("button", name="Open the join page").click()
    shown(ada, "first-3-join-page")
    found = re.search(rf"{re.escape(ada.server)}/join/newtown/", page.content())
    assert found
    return found[0]


def _plans_a_session(ada: Eyes) -> None:
    page = ada.page
    step(page, "Plan a session")
    tomorrow = timezone.now() + timedelta(days=1)
    page.get_by_label("What it is called").fill("First Saturday")
    page.get_by_label("Day").fill(tomorrow.strftime("%Y-%m-%d"))
    page.get_by_label("From").fill("14:00")
    page.get_by_label("Until").fill("16:00")
    page.get_by_label("Where").fill("Town hall")
    page.get_by_role("button", name="Make the session").click()
    page.get_by_text("The session is there.").wait_for()
    shown(ada, "first-4-session")


def _somebody_outside(browser: Browser, server: str, outside: str, table: str) -> None:
    """The join page opens for anybody, and the code hands out a walk."""
    context = context_of(browser, "phone", app=True)
    eyes = eyes_on(context, "phone", server)
    eyes.page.goto(outside)
    eyes.page.get_by_role("button", name="I want to help").wait_for()
    eyes.page.goto(table)
    eyes.page.get_by_label("Your first name").fill("Tom")
    eyes.page.get_by_role("button", name="Give me a walk").click()
    walk_in_app(eyes.page)
    context.close()
    eyes.check()
