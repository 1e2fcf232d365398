"""
Walks that keep less, and rounds that bring things, on a phone without a network and at the organiser's desk.

With ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hustings.apps.audit.actors import command
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import handed_in
from hustings.apps.canvass.models import CanvassEvent, Delivery, Tally
from hustings.apps.outings import actions as outings
from hustings.apps.outings.models import Action
from tests.e2e.conftest import context_of, eyes_on, go, let_in
from tests.e2e.test_doorstep import (
    NAMES,
    all_sent,
    carry,
    doorstep,
    kept,
    receipt,
    shut,
    start,
    to_door,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["doorstep"]
pytestmark = pytest.mark.browser
SURNAMES = [name.split()[1] for name in NAMES]


def a_phone(browser: Browser, server: str, walk: Doorstep) -> Eyes:
    context = context_of(browser, "phone", app=True)
    carry(context, walk, server)
    eyes = eyes_on(context, "phone", server)
    eyes.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of (503|422|409)")
    start(eyes.page, server)
    return eyes


@pytest.fixture
def bob(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> Iterator[Eyes]:
    """Bob's phone on a walk whose round is as the test says: (kind, what it keeps)."""
    kind, keeps = request.param
    with tenant(doorstep.campaign.pk):
        Action.objects.of(doorstep.campaign).update(kind=kind)
        if keeps:
            outings.turn_dial(
                doorstep.campaign, doorstep.turf.action_id, keeps, by=command("tests")
            )
        doorstep.turf.action.refresh_from_db()
    eyes = a_phone(browser, live_server.url, doorstep)
    yield eyes
    shut(eyes.page.context)
    eyes.check()


def look_well(eyes: Eyes, name: str) -> None:
    """Nothing is wrong by axe, nothing is cut off at 390 nor at 320 px; and a picture of each."""
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture(name, whole=True)
    eyes.page.set_viewport_size({"width": 320, "height": 568})
    assert eyes.overflow() <= 0
    _small(eyes, name)
    eyes.page.set_viewport_size({"width": 390, "height": 844})


def _small(eyes: Eyes, name: str) -> Path:
    made = eyes.picture(f"{name}-small")
    return made.rename(made.with_name(f"{name}-320.png"))


def nobody_is_named(eyes: Eyes) -> None:
    """Neither on the screen nor in what lies on the phone."""
    stored = eyes.page.evaluate("""() => new Promise((resolve, reject) => {
      const open = indexedDB.open("hustings-doorstep");
      open.onerror = () => reject(open.error);
      open.onsuccess = async () => {
        const found = {};
        const transaction = open.result.transaction(["walks", "entries"]);
        for (const name of ["walks", "entries"]) {
          found[name] = await new Promise((done) => {
            const all = transaction.objectStore(name).getAll();
            all.onsuccess = () => done(all.result);
          });
        }
        open.result.close();
        resolve(found);
      };
    })""")
    everything = json.dumps(stored, ensure_ascii=False) + eyes.page.inner_text("body")
    assert not [name for name in SURNAMES if name in everything]


@pytest.mark.parametrize("bob", [("canvass", "counts")], indirect=True)
def test_a_walk_of_sums_works_without_a_network_and_says_nothing_of_any_door(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_text("This walk keeps sums only").wait_for()
    expect(page.get_by_role("button", name="Do not contact")).to_have_count(0)
    expect(page.get_by_role("button", name="Somebody else")).to_have_count(0)
    page.get_by_role("button", name="Strong support").click()
    page.get_by_role("button", name="Strong support", pressed=True).wait_for()
    look_well(bob, "app-door-counts")
    page.get_by_role("button", name="Opposed", exact=True).click()  # a wrong tap before
    page.get_by_role("link", name="Next door").click()
    page.get_by_role("button", name="No answer", exact=True).click()
    to_door(page, doorstep, 2)
    page.get_by_role("button", name="Refused").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("5 answers on this phone").wait_for()
    for entry in kept(page):
        assert not {"door", "person", "met"} & set(entry["event"])
    nobody_is_named(bob)

    page.context.set_offline(False)
    all_sent(page)

    assert receipt(page, doorstep) == ["2", "2"]
    assert doorstep.doors_recorded() == 2
    with tenant(doorstep.campaign.pk):
        sums = Tally.objects.filter(doors__gt=0).order_by("kind")
        assert list(sums.values_list("kind", "support", "doors")) == [
            ("answered", "4", 1), ("no_answer", "", 1),
        ]  # fmt: skip
        assert not CanvassEvent.objects.exists()


@pytest.mark.parametrize("bob", [("canvass", "household")], indirect=True)
def test_a_walk_of_doors_shows_no_name_and_keeps_what_came_of_the_door(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    page.get_by_text("This walk keeps nothing about who lives here").wait_for()
    page.get_by_role("button", name="Support", exact=True).click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).wait_for()
    look_well(bob, "app-door-household")
    all_sent(page)
    nobody_is_named(bob)

    (event,) = doorstep.events()
    assert (event.door_id, event.person_id, event.support) == (doorstep.doors[0].pk, None, "2")
    assert receipt(page, doorstep) == ["1", "1"]


@pytest.mark.parametrize("bob", [("leaflet", "")], indirect=True)
def test_a_leaflet_round_is_three_big_buttons_a_whole_street_and_a_whole_building(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    expect(page.get_by_role("link", name="Script")).to_have_count(0)
    to_door(page, doorstep, 0)
    look_well(bob, "app-delivery")
    page.get_by_role("button", name="Not delivered").click()
    page.get_by_role("heading", name="4 Mill Lane").wait_for()  # it goes on by itself
    page.get_by_role("button", name="Delivered in part").click()
    page.get_by_role("heading", name="6 Mill Lane").wait_for()
    page.get_by_role("button", name="All of Mill Lane: delivered (2 doors left)").click()
    page.get_by_role("button", name="Undo “Delivered”: 2 doors").click()
    page.get_by_role("button", name="All of Mill Lane: delivered (2 doors left)").click()
    go(page, f"/walk/{doorstep.turf.pk}/building/{doorstep.building.pk}")
    page.get_by_role("heading", name="All 12 doors that are left").wait_for()
    look_well(bob, "app-delivery-building")
    page.get_by_role("button", name="Delivered", exact=True).click()
    page.get_by_role("heading", name="Door by door").wait_for()
    go(page, f"/walk/{doorstep.turf.pk}")
    page.get_by_role("heading", name="My walk").wait_for()
    look_well(bob, "app-delivery-walk")
    go(page, f"/walk/{doorstep.turf.pk}/receipt")
    page.get_by_label("Leaflets left over").fill("37")
    page.get_by_role("button", name="Keep this number").click()
    page.get_by_text("37 is kept.").wait_for()
    nobody_is_named(bob)

    page.context.set_offline(False)
    all_sent(page)

    assert receipt(page, doorstep) == ["16", "16"]
    look_well(bob, "app-delivery-receipt")
    with tenant(doorstep.campaign.pk):
        (walk,) = handed_in.walks_delivered(doorstep.turf.action)
        assert not CanvassEvent.objects.exists()
        assert Delivery.objects.count() == 21  # with the street that was taken back and done again
    assert (walk.delivered, walk.part, walk.not_delivered, walk.to_do) == (14, 1, 1, 4)
    assert walk.left_over == 37


@pytest.mark.parametrize("bob", [("leaflet", "")], indirect=True)
def test_the_organiser_sees_what_was_delivered_and_sets_what_a_round_keeps(
    bob: Eyes, doorstep: Doorstep, browser: Browser, live_server: LiveServer, alice: Membership
) -> None:
    to_door(bob.page, doorstep, 0)
    bob.page.get_by_role("button", name="Delivered", exact=True).click()
    bob.page.get_by_role(
        "heading", name="4 Mill Lane"
    ).wait_for()  # it is kept, and goes on by itself
    all_sent(bob.page)
    slug, action = doorstep.campaign.slug, doorstep.turf.action_id
    for size in ("desk", "phone"):
        context = context_of(browser, size)
        eyes = eyes_on(context, size, live_server.url)
        let_in(context, alice, live_server.url)
        eyes.open(f"/c/{slug}/phones/rounds/{action}/")
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture("phones-round", whole=True)
        assert "1 of 20 doors delivered" in eyes.page.inner_text("body")
        with tenant(doorstep.campaign.pk):
            Action.objects.of(doorstep.campaign).update(kind="canvass")
        eyes.open(f"/c/{slug}/turf/{action}/dial/")
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture("outings-dial", whole=True)
        with tenant(doorstep.campaign.pk):
            Action.objects.of(doorstep.campaign).update(kind="leaflet")
        eyes.check()
        context.close()
