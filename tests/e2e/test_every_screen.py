"""Every screen of the isolation matrix: it fits both sizes, axe finds nothing, the console is silent."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from tests.apps.cast import member
from tests.apps.isolation_matrix import PLANTERS, ROUTES, World
from tests.e2e.conftest import context_of, eyes_on, let_in
from tests.mirrored import LANGUAGE, mirrored

__all__ = ["mirrored"]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

    type ColorScheme = Literal["light", "dark"]

SCREENS = sorted(name for name, route in ROUTES.items() if route.screen and route.method == "get")

WANTED = bool(os.environ.get("HUSTINGS_PICTURES") or os.environ.get("HUSTINGS_PICTURES_DRAFT"))
"""Whether anybody said where the pictures go: three of each screen are taken for nobody otherwise."""


class Windows:
    """
    Four that stay open from screen to screen, as a browser's do: two sizes, each in the light and in the dark.

    A new profile for each would load and compile the same style, fonts and code anew six hundred times.
    What one screen kept for itself is gone before the next.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser = browser
        self.server = server
        self.open: dict[tuple[str, str], Eyes] = {}

    def at(self, size: str, scheme: ColorScheme) -> Eyes:
        """In the dark it is read from right to left; on a phone in the light in German, whose words are the longest."""
        if (size, scheme) not in self.open:
            # Pictures are in English.
            light = "en-GB" if size == "desk" or "HUSTINGS_PICTURES" in os.environ else "de"
            locale = LANGUAGE if scheme == "dark" else light
            context = context_of(self.browser, size, color_scheme=scheme, locale=locale)
            self.open[size, scheme] = eyes_on(context, size, self.server)
        eyes = self.open[size, scheme]
        eyes.complaints.clear()
        eyes.expected[:] = [r"Failed to load resource.*(410|404)"]
        return eyes

    def leave(self, eyes: Eyes) -> None:
        """For a file of the same server that asks for nothing more; nothing is remembered."""
        eyes.page.goto(f"{self.server}/static/mark.svg")
        eyes.page.evaluate("sessionStorage.clear()")
        context = eyes.page.context
        context.clear_cookies()
        developer = context.new_cdp_session(eyes.page)
        kept = "local_storage,indexeddb,cache_storage,service_workers"
        developer.send("Storage.clearDataForOrigin", {"origin": self.server, "storageTypes": kept})
        developer.detach()


@pytest.fixture(scope="module")
def windows(browser: Browser, live_server: LiveServer) -> Iterator[Windows]:
    """They are opened when they are first looked through."""
    opened = Windows(browser, live_server.url)
    yield opened
    for eyes in opened.open.values():
        eyes.page.context.close()


@pytest.fixture
def world(campaign: Campaign) -> World:
    """Riverside, with one of everything."""
    planted = World(campaign)
    with tenant(campaign.pk):
        for plant in PLANTERS:
            plant(planted)
    return planted


def address(name: str, world: World) -> str:
    """The screen's path in that world."""
    route = ROUTES[name]
    arguments = dict(route.arguments(world))
    if not (route.open_to_all or route.phone) and "slug" not in arguments:
        arguments["slug"] = world.campaign.slug
    return reverse(name, kwargs=arguments)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_fits_its_window_and_hides_from_nobody(
    name: str, world: World, windows: Windows, live_server: LiveServer, mirrored: str
) -> None:
    """In the dark it is read in letters that no text by hand has."""
    route = ROUTES[name]
    nobody = route.open_to_all or route.phone or not route.roles
    role = None if nobody else sorted(route.roles)[-1]
    if "organiser" in route.roles and not nobody:
        role = "organiser"
    someone = member(world.campaign, "Rosa", role) if role else None
    wrong: list[str] = []

    for size in ("desk", "phone"):
        for scheme in ("light", "dark"):
            eyes = windows.at(size, scheme)
            if someone is not None:
                let_in(eyes.page.context, someone, live_server.url)
            if route.phone:
                cookie = {"name": DEVICE_COOKIE, "value": world.rows["token"]}
                eyes.page.context.add_cookies([{**cookie, "url": f"{live_server.url}/w/"}])
            page = eyes.open(address(name, world))
            with suppress(Error):  # pages of the phone draw what lies on it once they have read it
                page.locator("h1").first.wait_for(state="attached")
            title = page.title()
            if not title or not page.locator("h1").count():
                wrong.append(f"{size}: no title or no heading")
            if scheme == "dark" and page.locator("html").get_attribute("dir") != "rtl":
                wrong.append(f"{size}: not written from right to left")
            if eyes.overflow() > 0:
                wrong.append(f"{size}: {eyes.overflow()} px wider than the window")
            wrong += [f"{size}, {scheme}: {line}" for line in eyes.axe()]
            if WANTED and (scheme == "light" or size == "desk"):
                dark = "-dark" if scheme == "dark" else ""
                eyes.picture(f"every-{name.replace(':', '-')}{dark}", whole=True)
            try:
                eyes.check()
            except AssertionError as error:
                wrong.append(f"{size}, {scheme}: {error}")
            windows.leave(eyes)

    assert not wrong, "\n".join(wrong)
