"""Every screen of the isolation matrix: it fits both sizes, axe finds nothing, the console is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from tests.apps.cast import member
from tests.apps.isolation_matrix import PLANTERS, ROUTES, World
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign

SCREENS = sorted(name for name, route in ROUTES.items() if route.screen and route.method == "get")


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
    name: str, world: World, browser: Browser, live_server: LiveServer
) -> None:
    route = ROUTES[name]
    nobody = route.open_to_all or route.phone or not route.roles
    role = None if nobody else sorted(route.roles)[-1]
    if "organiser" in route.roles and not nobody:
        role = "organiser"
    someone = member(world.campaign, "Rosa", role) if role else None
    wrong: list[str] = []

    for size in ("desk", "phone"):
        for scheme in ("light", "dark"):
            context = context_of(browser, size, color_scheme=scheme)
            if someone is not None:
                let_in(context, someone, live_server.url)
            if route.phone:
                cookie = {"name": DEVICE_COOKIE, "value": world.rows["token"]}
                context.add_cookies([{**cookie, "url": f"{live_server.url}/w/"}])
            eyes = eyes_on(context, size, live_server.url)
            eyes.expect(r"Failed to load resource.*(410|404)")
            page = eyes.open(address(name, world))
            title = page.title()
            if not title or not page.locator("h1").count():
                wrong.append(f"{size}: no title or no heading")
            if eyes.overflow() > 0:
                wrong.append(f"{size}: {eyes.overflow()} px wider than the window")
            wrong += [f"{size}, {scheme}: {line}" for line in eyes.axe()]
            eyes.picture(
                f"every-{name.replace(':', '-')}{'-dark' if scheme == 'dark' else ''}", whole=True
            ) if scheme == "light" or size == "desk" else None
            try:
                eyes.check()
            except AssertionError as error:
                wrong.append(f"{size}, {scheme}: {error}")
            context.close()

    assert not wrong, "\n".join(wrong)
