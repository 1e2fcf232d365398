"""The kit and the map in a real browser, under the strict policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SIZES

if TYPE_CHECKING:
    from tests.e2e.conftest import Eyes

pytestmark = pytest.mark.urls("tests.e2e.design_page")


def test_every_part_of_the_kit_is_sound_at_both_sizes(eyes: Eyes) -> None:
    page = eyes.open("/design/")
    expect(page.locator("time[data-age]")).to_have_text(re.compile(r"^\d"))

    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture("kit", whole=True)


def test_what_a_finger_or_a_mouse_must_hit_is_large_enough(eyes: Eyes) -> None:
    page = eyes.open("/design/")

    small = page.evaluate(
        """[...document.querySelectorAll('.btn:not(.btn-sm), .rooms a, .field input, select, .tabs a, .list-row')]
        .filter(e => e.offsetParent && e.type !== 'checkbox' && e.type !== 'radio' && e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 90))"""
    )

    assert small == []


def test_no_motion_is_forced_on_who_asked_for_none(desk: Eyes) -> None:
    page = desk.open("/design/")

    moving = page.evaluate("document.getAnimations().length")

    assert moving == 0


def test_from_right_to_left_the_rooms_stand_on_the_right(desk: Eyes) -> None:
    page = desk.open("/design/")
    page.evaluate("document.documentElement.dir = 'rtl'")

    box = page.locator(".side").bounding_box()

    assert box is not None
    assert box["x"] + box["width"] == SIZES["desk"][0]
    assert desk.overflow() <= 0
    desk.picture("kit-rtl")


def test_at_four_times_the_size_nothing_is_cut_off(desk: Eyes) -> None:
    desk.page.set_viewport_size({"width": 340, "height": 260})
    desk.open("/design/")

    assert desk.overflow() <= 0


def ready(eyes: Eyes) -> None:
    """The map has drawn, or has said that it cannot."""
    eyes.page.wait_for_selector("turf-map[data-ready]", state="attached")
    assert eyes.page.get_attribute("turf-map", "data-ready") == "yes"


def test_choosing_a_walk_in_the_list_shows_it_on_the_map(eyes: Eyes) -> None:
    page = eyes.open("/design/map/")
    ready(eyes)

    page.locator("[data-walk='2']").click()

    page.get_by_text("Walk 2: 20 doors, in walking order along the line").wait_for()
    assert page.locator("[data-walk='2']").get_attribute("aria-current") == "true"
    assert page.url.endswith("?walk=2")
    page.wait_for_timeout(700)
    eyes.picture("kit-map")
    assert eyes.axe() == []
    assert eyes.overflow() <= 0


def test_the_keyboard_goes_from_walk_to_walk(desk: Eyes) -> None:
    page = desk.open("/design/map/")
    ready(desk)
    page.locator("turf-map canvas").focus()

    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")

    page.get_by_text("Walk 2:").wait_for()
    assert page.locator("[data-walk='2']").get_attribute("aria-current") == "true"


def test_a_map_that_cannot_be_drawn_says_so_and_the_list_stays(desk: Eyes) -> None:
    desk.expect("Failed to load resource|not loaded|404")
    desk.page.route("**/design/doors.json", lambda route: route.fulfill(status=404, body="{}"))
    page = desk.open("/design/map/")

    page.get_by_text("The map cannot be drawn in this browser.").wait_for()
    expect(page.locator("#walks [data-walk]")).to_have_count(3)
