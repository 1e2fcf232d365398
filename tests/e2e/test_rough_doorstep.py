"""What a cold thumb does at a door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.test_doorstep import Doorstep, all_sent, bob, doorstep, kept, to_door

if TYPE_CHECKING:
    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep"]

A_SECOND_TAP_MS = 150


def test_two_taps_on_no_answer_say_nothing_of_the_next_door(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    box = page.get_by_role("button", name="No answer", exact=True).bounding_box()
    assert box
    spot = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.touchscreen.tap(*spot)
    page.wait_for_timeout(A_SECOND_TAP_MS)
    page.touchscreen.tap(*spot)

    page.wait_for_timeout(1000)
    assert [one["event"]["door"] for one in kept(page)] == [doorstep.doors[0].pk]
    page.touchscreen.tap(*spot)
    page.wait_for_timeout(1000)
    assert len(kept(page)) == 2  # the next door is asked when the hand means it
    all_sent(page)
    assert doorstep.doors_recorded() == 2
