"""
A wish tapped at a door without a signal is on the desk's tray, is taken and done there; a card left is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.followups.models import FollowUpStep
from hustings.apps.materials.models import CampaignImprint
from tests.e2e.conftest import go, until
from tests.e2e.test_doorstep import APP, Doorstep, all_sent, bob, doorstep, to_door
from tests.e2e.test_organisers_side import address, look, organiser

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.e2e.conftest import Eyes

__all__ = ["bob", "doorstep", "organiser"]


def pressed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True, pressed=True).first.wait_for()


def at_both(eyes: Eyes, name: str) -> None:
    """A look at 1360 and at 390 pixels, and back."""
    look(eyes, name)
    eyes.page.set_viewport_size({"width": 390, "height": 844})
    eyes.size = "phone"
    look(eyes, name)
    eyes.page.set_viewport_size({"width": 1360, "height": 860})
    eyes.size = "desk"


def test_what_is_wished_for_at_a_door_is_done_at_the_desk(
    bob: Eyes, doorstep: Doorstep, organiser: Eyes
) -> None:
    phone = bob.page
    phone.context.set_offline(True)
    to_door(phone, doorstep, 0)
    expect(phone.get_by_text("They would like…")).to_have_count(
        0
    )  # not before somebody said something
    phone.get_by_role("button", name="Support", exact=True).first.click()
    phone.get_by_text("They would like…").click()
    phone.get_by_role("button", name="A poster").click()
    pressed(phone, "A poster")
    phone.get_by_role("button", name="Help with something").click()
    pressed(phone, "Help with something")
    phone.get_by_label("What it is about, in a few words").fill("the lamp at the corner is out")
    phone.get_by_role("button", name="Keep it").click()
    until(phone, APP % "entries.some((one) => one.event.wish_note)")
    phone.get_by_role("button", name="To help us").click()
    pressed(phone, "To help us")
    phone.get_by_role("button", name="Strong support").first.click()  # the wishes stay
    pressed(phone, "A poster")
    look(bob)
    bob.picture("app-wishes", whole=True)
    to_door(phone, doorstep, 1)
    phone.get_by_role("button", name="No answer, card left").click()
    phone.get_by_role("heading", level=1, name=doorstep.doors[2].number).wait_for()
    phone.context.set_offline(False)
    all_sent(phone)
    events = doorstep.events()
    assert (events[-2].wishes, events[-2].wish_note) == (
        "poster casework volunteer", "the lamp at the corner is out",
    )  # fmt: skip
    assert (events[-2].support, events[-1].card_left) == ("1", True)

    tray = organiser.open(address(doorstep, "followups:tray"))
    rows = tray.locator(".follow-ups > li")
    expect(rows).to_have_count(3)
    expect(tray.get_by_text("the lamp at the corner is out")).to_have_count(3)
    for tick in rows.get_by_role("checkbox").all():
        tick.check()
    tray.get_by_label("Due on").fill("2020-01-02")
    tray.get_by_role("button", name="Set the day").click()
    tray.get_by_text("3 are due then.").wait_for()
    expect(tray.get_by_text("was due")).to_have_count(3)
    tray.get_by_role("button", name=re.compile("^Take ?: Poster")).click()
    tray.get_by_text("1 is yours.").wait_for()
    tray.get_by_role("button", name=re.compile("^Make a volunteer")).click()
    tray.get_by_text("is a volunteer now.").wait_for()
    expect(rows).to_have_count(2)
    organiser.open(address(doorstep, "followups:tray"))  # without what was just said
    at_both(organiser, "followups-tray")
    tray.get_by_role("button", name=re.compile("^Done ?: Poster")).click()
    tray.get_by_text("1 is done.").wait_for()
    expect(rows).to_have_count(1)
    tray.get_by_role("link", name="Done", exact=True).click()
    tray.get_by_role("button", name=re.compile("^Not done after all ?: Poster")).click()
    tray.get_by_text("Taken back.").wait_for()
    with tenant(doorstep.campaign.pk):
        CampaignImprint.objects.create(
            campaign=doorstep.campaign, country="GB", set_by="Alice",
            promoter_name="Pat Promoter", promoter_address="1 Mill Lane, Riverside",
        )  # fmt: skip
        assert FollowUpStep.objects.count() == 7

    organiser.open(address(doorstep, "followups:cards"))
    expect(tray.locator("td.num")).to_have_text("1")
    at_both(organiser, "followups-cards")
    tray.get_by_label("How many cards").fill("8")
    tray.get_by_label("How people reach you").fill("01632 960001")
    tray.get_by_role("button", name="Show the sheets").click()
    expect(tray.get_by_text("Sorry we missed you")).to_have_count(8)
    at_both(organiser, "followups-print-cards")
    one = tray.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", one)) == 1  # eight cards are one sheet


def test_who_was_out_is_knocked_on_again_on_the_same_phone_once_the_rest_is_tried(
    bob: Eyes, doorstep: Doorstep
) -> None:
    phone = bob.page
    for place, door in enumerate(doorstep.doors):
        to_door(phone, doorstep, place)
        if place in {1, 4}:
            phone.get_by_role("button", name="No answer", exact=True).click()
        else:
            phone.get_by_role("button", name="Refused").first.click()
            pressed(phone, "Refused")
        assert door.pk
    go(phone, f"/walk/{doorstep.turf.pk}")
    phone.get_by_role("button", name="Knock again at the 2 doors where nobody was in").click()
    phone.get_by_role("link", name=re.compile("^Next: 4 Mill Lane")).click()
    phone.get_by_role("heading", level=1, name="4 Mill Lane").wait_for()
    phone.get_by_role("button", name="No answer", exact=True).click()
    phone.get_by_role("heading", level=1, name=re.compile("Weir Street")).wait_for()
    phone.get_by_role("button", name="Support", exact=True).first.click()
    pressed(phone, "Support")
    phone.get_by_role("link", name="All doors tried: to the receipt").wait_for()
    all_sent(phone)
    kinds = [event.kind for event in doorstep.events() if event.door_id == doorstep.doors[1].pk]
    assert kinds == ["no_answer", "no_answer"]
