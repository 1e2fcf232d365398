"""What a cold thumb does at a door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.conftest import until
from tests.e2e.test_doorstep import APP, Doorstep, all_sent, bob, doorstep, kept, to_door
from tests.e2e.test_map_on_the_phone import MIDDLE

if TYPE_CHECKING:
    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep"]

A_SECOND_TAP_MS = 150
TWICE = """async ([x, y, soon]) => {
  const tap = () => document.elementFromPoint(x, y).dispatchEvent(new PointerEvent("click",
    { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y, pointerType: "touch" }));
  tap(); await new Promise((done) => setTimeout(done, soon)); tap(); }"""
"""Both within the page, so that no stall of the machine parts them."""


def test_two_taps_on_no_answer_say_nothing_of_the_next_door(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="No answer", exact=True).wait_for()
    spot = page.evaluate(MIDDLE, "[data-key=nobody]")

    page.evaluate(TWICE, [*spot, A_SECOND_TAP_MS])
    until(page, APP % "entries.length === 1")
    page.wait_for_timeout(1000)
    assert [one["event"]["door"] for one in kept(page)] == [doorstep.doors[0].pk]
    page.touchscreen.tap(*spot)
    until(page, APP % "entries.length === 2")  # the next door is asked when the hand means it
    all_sent(page)
    assert doorstep.doors_recorded() == 2


def test_a_click_is_heard_though_something_came_in_while_the_mouse_was_down(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    page.mouse.move(*page.evaluate(MIDDLE, "[data-key=nobody]"))
    page.mouse.down()
    page.evaluate(APP % "look()")
    page.mouse.up()
    page.get_by_role("heading", level=1, name="4 Mill Lane").wait_for()
    until(page, APP % "entries.length === 1")
    all_sent(page)
    assert doorstep.doors_recorded() == 1
