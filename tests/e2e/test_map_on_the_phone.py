"""
The walk's map on a phone without a network, and the order in which somebody wants to walk.

All of it from what lies on the phone: the map shows streets, houses, doors and the way, a door is opened
and recorded from it, and an order that was chosen outlives the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.places.models import Building, Door
from tests.apps.canvass.a_ground import at, door_places, plant_ground, the_way
from tests.apps.canvass.cast import a_walk
from tests.e2e.conftest import context_of, eyes_on
from tests.e2e.test_doorstep import (
    APP,
    NAMES,
    Doorstep,
    a_door,
    all_sent,
    carry,
    shut,
    start,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


@pytest.fixture
def ground(campaign: Campaign, alice: Membership) -> Doorstep:
    """Up Mill Lane, a building of six flats, up Weir Street, and down Mill Lane on the other side."""
    with tenant(campaign.pk):
        plant_ground(campaign)
        doors = [
            a_door(campaign, street, number, [NAMES[nth % len(NAMES)]])
            for nth, (street, number, _lon, _lat) in enumerate(door_places())
        ]
        for door, (_street, _number, lon, lat) in zip(doors, door_places(), strict=True):
            Door.objects.filter(pk=door.pk).update(lon=lon, lat=lat)
        house = Building.objects.create(campaign=campaign, name="Rathaus Court")
        flats = [
            a_door(
                campaign, "Mill Lane", 17, [NAMES[n % 6]], unit=f"Flat {n + 1}", building=house,
                floor=n // 2,
            )
            for n in range(6)
        ]  # fmt: skip
        lon, lat = at(107.0, 40.0)
        Door.objects.filter(pk__in=[flat.pk for flat in flats]).update(lon=lon, lat=lat)
        doors[8:8] = flats
        turf = a_walk(campaign, [door.pk for door in doors], number=7, code="QWERTY")
        turf.route = the_way()
        turf.save(update_fields=["route"])
        device, token = actions.ask_for_walk(turf, "Bob", by=alice.actor)
    assert token
    return Doorstep(campaign, turf, device, token, doors, house)


@dataclass
class Phone:
    """Bob's phone with the walk and its ground on it."""

    eyes: Eyes
    walk: Doorstep

    @property
    def page(self) -> Page:
        return self.eyes.page

    def go(self, place: str, heading: str) -> None:
        self.page.evaluate(f"location.hash = '/walk/{self.walk.turf.pk}{place}'")
        self.page.get_by_role("heading", level=1, name=heading).wait_for()

    def open_map(self) -> None:
        self.go("/map", "Map of the walk")
        self.page.locator("walk-ground .sign").first.wait_for()

    def tap_stop(self, nth: int) -> None:
        """With a finger on the map, where the stop is drawn."""
        box = self.page.locator(f'walk-ground [data-stop="{nth}"] .sign-shape').bounding_box()
        assert box is not None
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def listed(self) -> list[str]:
        return self.page.locator(".list-row strong").all_inner_texts()


def a_phone(
    browser: Browser, ground: Doorstep, server: str, **options: object
) -> tuple[BrowserContext, Phone]:
    context = context_of(browser, "phone", app=True, **options)
    carry(context, ground, server)
    eyes = eyes_on(context, "phone", server)
    eyes.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    start(eyes.page, server)
    until(eyes.page, APP % f"beside.landOf({ground.turf.pk}) !== null")
    return context, Phone(eyes, ground)


@pytest.fixture
def bob(browser: Browser, live_server: LiveServer, ground: Doorstep) -> Iterator[Phone]:
    context, phone = a_phone(browser, ground, live_server.url)
    yield phone
    shut(context)
    phone.eyes.check()


def test_with_no_network_a_door_is_found_on_the_map_recorded_and_done_on_the_list(
    bob: Phone,
) -> None:
    page = bob.page
    page.context.set_offline(True)
    page.reload()  # nothing of it comes from anywhere but the phone
    bob.open_map()
    assert page.locator("walk-ground .sign").count() == 21  # twenty houses and a building
    assert "Mill Lane" in page.locator("walk-ground .ground-name").all_text_contents()
    house = page.locator("walk-ground .ground-house")
    assert len(re.findall("M", house.get_attribute("d") or "")) > 20

    bob.tap_stop(3)
    page.get_by_role("heading", level=2, name="8 Mill Lane").wait_for()
    page.get_by_role("link", name="Open 8 Mill Lane").click()
    page.get_by_role("heading", level=1, name="8 Mill Lane").wait_for()
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    bob.go("", "My walk")

    assert "done" in page.locator(".list-row", has_text="8 Mill Lane").inner_text()
    bob.open_map()
    assert "is-done" in (page.locator('[data-stop="3"]').get_attribute("class") or "")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    all_sent(page)
    assert [event.door_id for event in bob.walk.events()] == [bob.walk.doors[3].pk]


def test_no_answer_on_the_map_goes_on_to_the_next_door_and_can_be_taken_back(bob: Phone) -> None:
    page = bob.page
    page.context.set_offline(True)
    bob.open_map()
    page.get_by_role("heading", level=2, name="2 Mill Lane").wait_for()
    page.get_by_role("button", name="No answer at 2 Mill Lane").click()
    page.get_by_role("heading", level=2, name="4 Mill Lane").wait_for()
    assert "is-out" in (page.locator('[data-stop="0"]').get_attribute("class") or "")
    assert "is-next" in (page.locator('[data-stop="1"]').get_attribute("class") or "")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", level=2, name="2 Mill Lane").wait_for()

    assert [
        e["event"]["kind"] for e in page.evaluate(APP % "entries.map((e) => ({event: e.event}))")
    ] == ["no_answer", "undo"]
