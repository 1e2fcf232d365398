"""
A quick round is asked about, the canvasser replies on the phone, the batch is held, and counts again.

Nobody is accused and nothing is lost: the totals fall and come back, and the receipt says so on the phone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, residents
from hustings.apps.canvass.report import Report
from tests.apps.canvass.cast import a_phone, a_report
from tests.e2e.conftest import context_of, eyes_on, go, let_in, until
from tests.e2e.test_doorstep import (
    APP,
    Doorstep,
    all_sent,
    bob,
    doorstep,
    numbers,
    to_door,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep"]
DOORS = 12


@pytest.fixture
def organiser(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep, alice: Membership
) -> Iterator[Eyes]:
    """Alice at her desk."""
    context = context_of(browser, "desk")
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, "desk", live_server.url)
    yield eyes
    context.close()
    eyes.check()


def address(doorstep: Doorstep, name: str) -> str:
    return reverse(name, kwargs={"slug": doorstep.campaign.slug})


def knocked(organiser: Eyes, doorstep: Doorstep) -> str:
    """What the results page says of doors."""
    page = organiser.open(address(doorstep, "results:overview"))
    return page.get_by_text(re.compile(r"^\d+ of 20 doors on walks$")).inner_text()


def look(eyes: Eyes, name: str = "") -> None:
    """It fits its window, axe finds nothing, and there is a picture of it for the guide where it has a name."""
    assert eyes.overflow() <= 0
    assert eyes.axe() == []
    if name:
        eyes.picture(name, whole=True)


def at_both_sizes(organiser: Eyes, name: str = "") -> None:
    look(organiser, name)
    organiser.page.set_viewport_size({"width": 390, "height": 844})
    organiser.size = "phone"
    look(organiser, name)
    organiser.size = "desk"
    organiser.page.set_viewport_size({"width": 1360, "height": 860})


SLOW_CLOCK = (
    APP
    % "world).then((world) => { const began = Date.now(); self.clock = world.now; world.now = () => began + (Date.now() - began) / 60; }"
)
RIGHT_CLOCK = APP % "world).then((world) => { world.now = self.clock; }"


def quick_round(page: Page, doorstep: Doorstep) -> None:
    """Twelve doors within a minute by the phone's clock, however slow the machine is, and sent together."""
    page.context.set_offline(True)
    page.evaluate(SLOW_CLOCK)
    for place in range(DOORS):
        to_door(page, doorstep, place)
        page.get_by_role("button", name="Refused").first.click()
        until(page, APP % f"entries.length === {place + 1}")
    page.evaluate(RIGHT_CLOCK)
    page.context.set_offline(False)
    all_sent(page)


def test_a_quick_round_is_asked_about_replied_to_held_and_counts_again(
    bob: Eyes, organiser: Eyes, doorstep: Doorstep
) -> None:
    phone, desk = bob.page, organiser.page
    quick_round(phone, doorstep)
    assert knocked(organiser, doorstep) == "12 of 20 doors on walks"

    organiser.open(address(doorstep, "phones:questions"))
    desk.get_by_text("12 doors in 1 minute").first.wait_for()
    at_both_sizes(organiser)
    desk.get_by_role("button", name=re.compile("^Ask Bob ?: 12 doors")).click()
    desk.get_by_text("can be held back when the reply is here").wait_for()
    expect(desk.get_by_text("Hold these answers back")).to_have_count(0)

    go(phone, f"/walk/{doorstep.turf.pk}")
    phone.evaluate(APP % "refresh().then(() => true)")
    phone.get_by_role("heading", name="Your organiser asks").wait_for()
    look(bob, "app-question")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Several of us knocked").click()
    phone.get_by_text("your reply was not sent").wait_for()
    phone.context.set_offline(False)
    phone.get_by_label("Or in your own words").fill("Wei and I each took a side of the street.")
    phone.get_by_role("button", name="Tell them").click()
    phone.get_by_role("heading", name="Your organiser asks").wait_for(state="detached")

    organiser.open(address(doorstep, "phones:questions"))
    desk.get_by_text("Wei and I each took a side of the street.").wait_for()
    desk.get_by_text("Hold these answers back").click()
    desk.get_by_label(re.compile("^Why")).fill("Wei is not on the list of today.")
    desk.get_by_role("button", name="Hold them back").click()
    desk.get_by_role("button", name="Let these answers count again").wait_for()
    at_both_sizes(organiser, "phones-questions")
    assert knocked(organiser, doorstep) == "0 of 20 doors on walks"
    organiser.open(address(doorstep, "phones:progress"))
    desk.get_by_text("0 doors recorded, 12 held").wait_for()
    at_both_sizes(organiser, "phones-progress")

    go(phone, f"/walk/{doorstep.turf.pk}/receipt")
    phone.get_by_text("12 doors are held: an organiser is looking at them").wait_for()
    assert numbers(phone) == ["12", "12"]
    phone.get_by_text("Everything arrived").wait_for()
    look(bob, "app-receipt-held")

    organiser.open(address(doorstep, "phones:questions"))
    desk.get_by_role("button", name="Let these answers count again").click()
    desk.get_by_text("These answers count again.").wait_for()
    assert knocked(organiser, doorstep) == "12 of 20 doors on walks"
    phone.reload()
    phone.get_by_text("Your organiser sees the same 12.").wait_for()
    expect(phone.get_by_text("doors are held")).to_have_count(0)


def test_progress_moves_on_the_organisers_page_without_reloading_it(
    bob: Eyes, organiser: Eyes, doorstep: Doorstep
) -> None:
    organiser.open(address(doorstep, "phones:progress"))
    organiser.page.get_by_text("0 of 20 doors").wait_for()
    organiser.page.evaluate("window.stayed = true")

    to_door(bob.page, doorstep, 0)
    bob.page.get_by_role("button", name="Refused").first.click()
    bob.page.get_by_role("button", name="Refused", pressed=True).first.wait_for()
    all_sent(bob.page)

    organiser.page.get_by_text("1 of 20 doors").wait_for(timeout=60_000)
    organiser.page.get_by_text("1 door recorded").wait_for()
    until(organiser.page, "window.stayed === true")
    go(bob.page, f"/walk/{doorstep.turf.pk}/receipt")
    bob.page.get_by_text("Your organiser sees the same 1.").wait_for()


def test_late_reports_of_one_phone_and_two_answers_of_one_person_are_decided_in_one_place(
    organiser: Eyes, doorstep: Doorstep, alice: Membership
) -> None:
    with tenant(doorstep.campaign.pk):
        ann = a_phone(doorstep.turf, "Ann", alice)
        person = next(iter(doorstep_people(doorstep)))
        for phone, support in ((doorstep.device, "1"), (ann, "4")):
            report = a_report(
                doorstep.turf, doorstep.doors[0].pk, "answered", person=person, support=support
            )
            actions.record(phone, [report])
        actions.take_back(doorstep.campaign, [ann], by=alice.actor)
        late: list[Report] = [
            a_report(doorstep.turf, door.pk, sequence=n)
            for n, door in enumerate(doorstep.doors[1:8], 2)
        ]
        assert {each.status for each in actions.record(ann, late)} == {"late"}
    desk = organiser.page

    organiser.open(address(doorstep, "phones:tray"))
    at_both_sizes(organiser, "phones-tray")
    desk.get_by_role("button", name="Take «Strong support»").click()
    desk.get_by_text("It counts now; the other answer is kept.").wait_for()
    desk.get_by_role("button", name=re.compile("^Accept all")).click()
    desk.get_by_text("7 reports count now.").wait_for()
    assert knocked(organiser, doorstep) == "8 of 20 doors on walks"

    organiser.open(address(doorstep, "phones:tray"))
    desk.get_by_text("Decided lately").click()
    at_both_sizes(organiser)
    row = desk.get_by_role("listitem").filter(has_text="7 reports accepted")
    row.get_by_role("button", name=re.compile("^Take back")).click()
    desk.get_by_text("7 reports wait again.").wait_for()
    assert knocked(organiser, doorstep) == "1 of 20 doors on walks"


def doorstep_people(doorstep: Doorstep) -> list[int]:
    """Who lives at the first door."""
    return [
        person for person, _door in residents.residents(doorstep.campaign, [doorstep.doors[0].pk])
    ]
