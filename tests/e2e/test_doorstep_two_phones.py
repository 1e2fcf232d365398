"""Two phones on one walk: each sees the other's doors, and what both recorded without a network counts once for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from tests.e2e.conftest import context_of, eyes_on, go, until
from tests.e2e.test_doorstep import (
    APP,
    all_sent,
    bob,
    carry,
    doorstep,
    kept,
    receipt,
    shut,
    start,
    to_door,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["bob", "doorstep"]


def says(page: Page, doorstep: Doorstep, place: int, answer: str) -> None:
    to_door(page, doorstep, place)
    page.get_by_role("button", name=answer, exact=True).first.click()
    page.get_by_role("button", name=answer, exact=True, pressed=True).first.wait_for()


def tag_of(page: Page, doorstep: Doorstep, place: int) -> str:
    """What the walk's list says of a door."""
    go(page, f"/walk/{doorstep.turf.pk}")
    page.get_by_role("heading", name="My walk").wait_for()
    return (
        page.locator(f'[data-key="door-{doorstep.doors[place].pk}"]').inner_text().split("\n")[-1]
    )


def test_two_phones_see_each_others_doors_and_both_receipts_say_what_the_server_says(
    bob: Eyes, doorstep: Doorstep, alice: Membership, browser: Browser
) -> None:
    with tenant(doorstep.campaign.pk):
        device, token = actions.ask_for_walk(doorstep.turf, "Ann", by=alice.actor)
    assert token
    anns = replace(doorstep, device=device, token=token)
    context = context_of(browser, "phone", app=True)
    carry(context, anns, bob.server)
    ann = eyes_on(context, "phone", bob.server)
    ann.expect("ERR_INTERNET_DISCONNECTED")
    start(ann.page, bob.server)
    phones = ((bob.page, doorstep), (ann.page, anns))

    says(bob.page, doorstep, 0, "Support")
    says(ann.page, anns, 1, "Opposed")
    for page, _whose in phones:
        all_sent(page)
    for page, _whose in phones:
        page.evaluate("dispatchEvent(new Event('online'))")  # as when the app is looked at again
        until(page, APP % "walks.values().next().value.doors.some((door) => door.elsewhere)")
    assert tag_of(bob.page, doorstep, 1) == tag_of(ann.page, anns, 0) == "done"

    for page, _whose in phones:
        page.context.set_offline(True)
    for place, answer in ((2, "Support"), (3, "Support"), (4, "Undecided"), (5, "Opposed")):
        says(bob.page, doorstep, place, answer)
    for place, answer in ((6, "Opposed"), (4, "Opposed"), (3, "Support"), (0, "Undecided")):
        says(ann.page, anns, place, answer)
    assert len(doorstep.events()) == 2
    for page, _whose in reversed(phones):
        page.context.set_offline(False)
    for page, _whose in phones:
        all_sent(page)

    made = [entry["id"] for page, _whose in phones for entry in kept(page)]
    assert len(made) == len(set(made)) == 10
    assert sorted(str(event.id) for event in doorstep.events()) == sorted(made)
    assert doorstep.set_aside() == 0
    for (page, whose), mine in zip(phones, (5, 5), strict=True):
        assert receipt(page, whose) == [str(mine)] * 2
        assert whose.doors_recorded() == mine
    shut(context)
    ann.check()
