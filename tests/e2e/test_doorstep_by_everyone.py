"""The phone app by keyboard alone, from the list of walks to the receipt, and with letters twice as large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import context_of, eyes_on, go
from tests.e2e.test_doorstep import (
    all_sent,
    bob,
    carry,
    doorstep,
    numbers,
    receipt,
    shut,
    start,
    to_door,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["bob", "doorstep"]
USUAL_PX = 16


def test_from_the_list_of_walks_to_the_receipt_by_keyboard_alone(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    go(page, "/walks")
    page.get_by_role("heading", name="Your walks").wait_for()

    def press_to(name: str, key: str = "Enter") -> None:
        for _turn in range(80):
            page.keyboard.press("Tab")
            where = page.evaluate(
                "(() => { const at = document.activeElement;"
                " const text = at.matches('a, button, summary') ? at.innerText.trim() : '';"
                " return [text, getComputedStyle(at).outlineStyle]; })()"
            )
            if name in where[0]:
                assert where[1] != "none", f"nobody sees that the keyboard is at «{name}»"
                page.keyboard.press(key)
                return
        raise AssertionError(f"the keyboard does not come to «{name}»")

    press_to("Mill Lane")
    page.get_by_role("heading", name="My walk").wait_for()
    press_to("4 Mill Lane")
    page.get_by_role("heading", name="4 Mill Lane").wait_for()
    press_to("Opposed", "Space")
    page.get_by_role("button", name="Opposed", exact=True, pressed=True).first.wait_for()
    press_to("Undo")
    page.get_by_role("button", name="Opposed", exact=True, pressed=False).first.wait_for()
    press_to("Come back")
    press_to(":")  # an hour of the clock
    page.get_by_role("button", name="Undo").wait_for()
    press_to("Next door")
    page.get_by_role("heading", name="6 Mill Lane").wait_for()
    press_to("Walk 7")
    press_to("Rathaus Court")
    page.get_by_role("heading", name="Rathaus Court").wait_for()
    press_to("No answer at 4 doors")
    page.get_by_role("button", name="Undo “No answer” at 4 doors").wait_for()
    press_to("Receipt")
    page.get_by_text("Everything arrived").wait_for()

    kinds = [event.kind for event in doorstep.events()]
    assert kinds == ["answered", "undo", "come_back"] + ["no_answer"] * 4
    assert numbers(page) == ["5", "5"]


@pytest.mark.parametrize("width", [320, 390])
def test_with_letters_twice_as_large_every_screen_fits_and_can_be_used(
    width: int, browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    page = eyes.page
    page.set_viewport_size({"width": width, "height": 700})
    sizes = {"standard": 2 * USUAL_PX, "fixed": 2 * 13}
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    start(page, live_server.url)
    root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert root >= 2 * USUAL_PX
    wrong: list[str] = []

    def look(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        too_wide = max(eyes.overflow(), page.evaluate("innerWidth") - width)  # a phone zooms out
        if too_wide > 0:
            widest = page.evaluate(
                "(width) => [...document.querySelectorAll('main *')]"
                ".filter((one) => one.getBoundingClientRect().right > width).map((one) => one.outerHTML.slice(0, 120))",
                width,
            )
            wrong.append(f"{name}: {too_wide} px too wide: {widest}")
        cut = page.evaluate(
            "[...document.querySelectorAll('button, a, h1, h2, p, summary')]"
            ".filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0"
            " && getComputedStyle(one).display !== 'inline').map((one) => one.innerText)"
        )
        wrong.extend(f"{name}: cut off: {text}" for text in cut)
        wrong.extend(f"{name}: {line}" for line in eyes.axe())
        still = page.evaluate(
            "[...document.querySelectorAll('.phone-head, .phone-actions, .phone-tabs')]"
            ".filter((one) => getComputedStyle(one).position === 'sticky')"
            ".reduce((sum, one) => sum + one.offsetHeight, 0) / innerHeight"
        )
        if still > 0.4:
            wrong.append(f"{name}: {still:.0%} of the screen stands still")
        eyes.picture(f"app-large-{name}")
        page.set_viewport_size({"width": width, "height": 700})

    look("walk")
    to_door(page, doorstep, 1)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
    look("door")
    go(page, f"/walk/{doorstep.turf.pk}/building/{doorstep.building.pk}")
    page.get_by_role("heading", name="Rathaus Court").wait_for()
    look("building")
    go(page, f"/walk/{doorstep.turf.pk}/script")
    page.get_by_role("heading", name="What to say").wait_for()
    look("script")
    all_sent(page)
    receipt(page, doorstep)
    look("receipt")
    go(page, "/walks")
    page.get_by_role("heading", name="Your walks").wait_for()
    shut(context)
    eyes.check()
    assert not wrong, "\n".join(wrong)
