"""The sending side of the phone app in a real browser: what others did, a killed page, a closed store, codes, a move."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.gaps import gaps_of
from hustings.apps.canvass.models import LastSync
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person
from tests.apps.canvass.cast import a_phone, a_report
from tests.apps.cast import SETUP
from tests.e2e.conftest import PATIENCE_MS, context_of, eyes_on, go, let_in, until
from tests.e2e.test_doorstep import (
    APP,
    MANY,
    STANDS_STILL,
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
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["bob", "doorstep"]

EVERYTHING = "import('/static/canvass/store.js').then((store) => store.all()).then((all) => JSON.stringify(all))"

EVERYTHING_BEGUN = "import('/static/canvass/store.js').then((store) => store.all()).then(({ drafts }) => JSON.stringify([...drafts]))"


def test_what_another_phone_did_is_here_within_a_minute_and_an_erased_name_is_gone(
    bob: Eyes, doorstep: Doorstep, alice: Membership
) -> None:
    page, asked = bob.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    first = page.locator(".list-row", has_text="2 Mill Lane")
    with tenant(doorstep.campaign.pk):
        other = a_phone(doorstep.turf, "Asha", alice)
        actions.record(other, [a_report(doorstep.turf, doorstep.doors[0].pk, "no_answer")])

    first.get_by_text("No answer").wait_for(timeout=60_000 + PATIENCE_MS)

    assert any("/changes/?since=" in url for url in asked)
    assert not any(url.endswith("/data/") for url in asked)

    with tenant(doorstep.campaign.pk):
        adaeze = Person.objects.of(doorstep.campaign).filter(forename="Adaeze").first()
        assert adaeze is not None
        erase_person(doorstep.campaign, adaeze.pk, by=SETUP, request="person")
        left = Person.objects.of(doorstep.campaign).filter(forename="Adaeze").count()
    before = page.evaluate(EVERYTHING).count("Adaeze")
    page.evaluate(APP % "catchUp()")

    assert page.evaluate(EVERYTHING).count("Adaeze") == left < before


def test_with_a_clock_two_hours_wrong_come_back_is_at_the_right_time_in_the_phones_own_zone(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True, timezone_id="Asia/Kathmandu")
    context.add_init_script("const real = Date.now; Date.now = () => real.call(Date) + 7_200_000;")
    carry(context, doorstep, live_server.url)
    page = context.new_page()
    start(page, live_server.url)
    context.set_offline(True)
    page.reload()  # what is known of the clock lies on the phone
    for place in (0, 0, 2):
        to_door(page, doorstep, place)
        page.get_by_role("button", name="Come back").first.click()
        page.locator(".asked button").first.click()
        page.locator(".asked").wait_for(state="detached")
    shown = kept(page)[-1]["answer"]
    context.set_offline(False)
    all_sent(page)
    shut(context)

    events = doorstep.events()
    back = events[-1].come_back_at
    assert back is not None
    assert timedelta(minutes=40) < back - timezone.now() <= timedelta(minutes=60)
    assert shown.endswith(f"{back.astimezone(ZoneInfo('Asia/Kathmandu')):%H:%M}")
    assert [event.after for event in events] == [None, events[0].pk, None]
    with tenant(doorstep.campaign.pk):
        said = LastSync.objects.get(device=doorstep.device)
    assert abs((said.ahead_s or 0) - 7200) < 30
    assert (said.first, said.newest, said.unsent) == (1, 3, 3)
    assert {abs(timezone.now() - event.happened_at) < timedelta(minutes=3) for event in events} == {
        True
    }


# --- a store that closes, and one that is full ------------------------------------------------------

LOSES = """
const open = IDBFactory.prototype.open;
self.connections = [];
IDBFactory.prototype.open = function (...named) {
  const request = open.apply(this, named);
  request.addEventListener("success", () => self.connections.push(request.result));
  return request;
};
const transaction = IDBDatabase.prototype.transaction;
self.aborting = 0;
IDBDatabase.prototype.transaction = function (...asked) {
  const made = transaction.apply(this, asked);
  if (self.aborting > 0 && asked[1] === "readwrite" && asked[0].includes("entries")) {
    self.aborting--;
    made.objectStore("entries").count().onsuccess = () => { made.abort(); this.close(); };
  }
  return made;
};
"""


def a_phone_that(context: BrowserContext, script: str, doorstep: Doorstep, server: str) -> Page:
    """Bob's phone with this run before the app."""
    context.add_init_script(script)
    carry(context, doorstep, server)
    page = context.new_page()
    start(page, server)
    return page


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.get_by_role("button", name=name, exact=True, pressed=True).first.wait_for()


def test_a_store_that_the_browser_closes_is_opened_again_and_each_tap_is_kept_once(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True)
    page = a_phone_that(context, LOSES, doorstep, live_server.url)
    context.set_offline(True)

    to_door(page, doorstep, 0)
    page.evaluate(
        "self.connections.forEach((db) => db.close())"
    )  # the next question finds it closed
    tap(page, "Support")
    page.evaluate(
        "self.connections.forEach((db) => { db.close(); db.dispatchEvent(new Event('close')); })"
    )
    tap(page, "Opposed")
    page.evaluate("self.aborting = 2")  # it is taken away in the middle of keeping, twice
    tap(page, "Undecided")
    opened = page.evaluate("self.connections.length")
    assert page.evaluate("self.aborting") == 0

    assert [entry["event"]["sequence"] for entry in kept(page)] == [1, 2, 3]
    assert opened >= 4
    context.set_offline(False)
    all_sent(page)
    shut(context)
    assert [event.sequence for event in doorstep.events()] == [1, 2, 3]


def test_a_full_phone_says_so_at_once_shows_nothing_as_recorded_and_keeps_the_answer_on_screen(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    full = """
    const put = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...what) {
      if (self.full) {  // as browsers do it: the request comes, and the transaction is undone at its end
        const request = put.apply(this, what);
        Object.defineProperty(this.transaction, "error", { value: new DOMException("The disk is full", "QuotaExceededError") });
        request.onsuccess = null;
        request.addEventListener("success", () => this.transaction.abort());
        return request;
      }
      return put.apply(this, what);
    };
    """
    context = context_of(browser, "phone", app=True)
    page = a_phone_that(context, full, doorstep, live_server.url)
    context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Come back").first.click()
    page.evaluate("self.full = true")
    page.locator(".asked button").first.click()

    page.get_by_text("This phone has no room left, so the tap was not kept.").wait_for()
    expect(page.locator(".asked button").first).to_be_visible()
    expect(page.locator('.answer[aria-pressed="true"]')).to_have_count(0)
    expect(page.get_by_text("answers on this phone")).to_have_count(0)
    assert kept(page) == []

    page.evaluate("self.full = false")
    page.locator(".asked button").first.click()
    page.get_by_role("button", name="Come back", pressed=True).first.wait_for()
    expect(page.get_by_text("This phone has no room left")).to_have_count(0)
    shut(context)


# --- what was begun and not said yet ------------------------------------------------------------------


def begun(page: Page, word: str) -> None:
    """It lies in the store beside the app."""
    until(page, EVERYTHING_BEGUN + f".then((said) => said.includes('{word}'))")


def killed(page: Page) -> Page:
    """The page is gone without a word, and opened again where it was."""
    address, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    page.locator("[data-ready]").wait_for()
    return page


def test_a_name_that_was_typed_outlives_the_page_until_it_is_said_or_given_up(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Somebody else is at the door").click()
    page.get_by_label("First name").press_sequentially("Siobhán")
    begun(page, "Siobhán")
    page = killed(page)
    expect(page.get_by_label("First name")).to_have_value("Siobhán")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("details.person", has_text="Siobhán").wait_for()
    begun(page, '"adding":false')
    page = killed(page)
    bob.page = page
    page.get_by_role("button", name="Take Siobhán off again").wait_for()
    bob.picture("app-door-unfinished")
    go(page, f"/walk/{doorstep.turf.pk}")
    page.locator(".list-row", has_text="2 Mill Lane").get_by_text("not finished").wait_for()
    to_door(page, doorstep, 0)

    page.get_by_role("button", name="Take Siobhán off again").click()
    page.locator("details.person", has_text="Siobhán").wait_for(state="detached")
    until(page, EVERYTHING_BEGUN + ".then((said) => !said.includes('Siobhán'))")
    assert "Siobhán" not in killed(page).locator("body").inner_text()

    page = bob.page = page.context.pages[0]
    page.get_by_role("button", name="Somebody else is at the door").click()
    page.get_by_label("First name").press_sequentially("Jon")
    page.get_by_role("button", name="Add", exact=True).click()
    begun(page, '"adding":false')
    page = killed(page)
    card = page.locator("details.person", has_text="not on the register")
    card.get_by_role("button", name="Strong support").click()
    card.get_by_role("button", name="Strong support", pressed=True).wait_for()
    until(page, APP % "store.all().then(({ drafts }) => drafts.size === 0)")
    assert [entry["somebody"]["forename"] for entry in kept(page)] == ["Jon"]
    bob.page = page


def test_a_language_that_was_being_typed_is_there_again(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    page.locator("summary", has_text="Something else").first.click()
    page.get_by_role("button", name="Other language").first.click()
    page.get_by_label("Which language").press_sequentially("Tigri")
    begun(page, "Tigri")

    page = killed(page)
    expect(page.get_by_label("Which language")).to_have_value("Tigri")
    # The screen drawn anew while somebody writes: what is typed goes where they were.
    page.get_by_label("Which language").evaluate(
        "(box) => { box.focus(); box.setSelectionRange(1, 5); }"
    )
    page.evaluate(APP % "look()")
    page.keyboard.type("igrinya")
    expect(page.get_by_label("Which language")).to_have_value("Tigrinya")
    page.get_by_role("button", name="Record the language").click()
    page.get_by_role("button", name="Other language", pressed=True).first.wait_for()
    all_sent(page)

    assert [event.language for event in doorstep.events()] == ["Tigrinya"]
    bob.page = page


# --- unsent answers as codes --------------------------------------------------------------------------

FILMED = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  let place = 0;
  setInterval(async () => {
    const picture = new Image();
    picture.src = self.filmed[place++ % self.filmed.length];
    await picture.decode();
    canvas.width = 640; canvas.height = 640;
    pen.fillStyle = "#888"; pen.fillRect(0, 0, 640, 640);
    pen.rotate(0.03); pen.drawImage(picture, 60, 50, 500, 500); pen.resetTransform();
  }, 400);
  return canvas.captureStream(10);
};
"""
"""A camera, held a little askew before one code after the other."""


def test_answers_that_cannot_be_sent_are_shown_as_codes_and_count_once(
    bob: Eyes,
    doorstep: Doorstep,
    alice: Membership,
    browser: Browser,
    live_server: LiveServer,
    tmp_path: Path,
) -> None:
    page, asked = bob.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    # While codes are filmed nothing is tried again by itself: a try draws the screen anew.
    page.evaluate(APP % "world).then((world) => { self.tries = world.after; }")
    page.evaluate(STANDS_STILL)
    page.evaluate(MANY, {"turf": doorstep.turf.pk, "events": 40, "seed": 3})
    until(page, APP % "sending === false")
    assert not any("vendor/qr" in url for url in asked)
    go(page, "/unsent")
    page.get_by_role("link", name="Show them as codes").click()
    page.get_by_text(re.compile(r"Code 1 of \d+")).wait_for()
    assert any("vendor/qr" in url for url in asked)
    assert bob.axe() == []
    assert bob.overflow() <= 0
    bob.picture("app-codes")
    page.set_viewport_size({"width": 320, "height": 568})
    assert bob.overflow() <= 0
    page.set_viewport_size({"width": 390, "height": 844})
    shown = page.locator("textarea").input_value().split("\n")
    pictures = []
    for nth, _code in enumerate(shown):
        page.get_by_text(f"Code {nth + 1} of {len(shown)}").wait_for()
        pictures.append(tmp_path / f"{nth}.png")
        page.locator("svg.code").screenshot(path=pictures[-1])
        page.get_by_role("button", name="After", exact=True).click()
    page.get_by_text(f"Code 1 of {len(shown)}").wait_for()
    unsent = kept(page)
    assert len(shown) > 3

    context = context_of(browser, "desk")
    let_in(context, alice, live_server.url)
    context.add_init_script(FILMED)
    desk = eyes_on(context, "desk", live_server.url)
    desk.expect("status of 422")
    address = f"/c/{doorstep.campaign.slug}/phones/take-in/"
    desk.open(address)
    assert desk.axe() == []
    said = desk.page.locator("#codes-said")
    desk.page.locator("#id_pictures").set_input_files(pictures[2:])
    said.get_by_text("missing: 1, 2.").wait_for()
    desk.picture("phones-take-in-codes")
    desk.page.get_by_role("button", name="Take the codes in").click()
    desk.page.get_by_text(f"Of {len(shown)} codes these are missing: 1, 2.").wait_for()
    desk.page.wait_for_load_state("load")  # the page's script hears of the next file
    desk.page.locator("#id_pictures").set_input_files(pictures[:2])
    said.get_by_text(f"All {len(shown)} codes are here.").wait_for()
    desk.page.get_by_role("button", name="Take the codes in").click()
    desk.page.get_by_text(f"{len(unsent)} new, 0 here already").wait_for()
    expect(desk.page.get_by_text("not taken")).to_have_count(0)

    desk.open(address)  # again, before a camera, and from the phone itself
    drawn = [f"data:image/png;base64,{b64encode(p.read_bytes()).decode()}" for p in pictures]
    desk.page.evaluate("(drawn) => { self.filmed = drawn; }", drawn)
    desk.page.get_by_role("button", name="Read them with the camera").click()
    said.get_by_text(f"All {len(shown)} codes are here.").wait_for()
    assert desk.page.evaluate("document.activeElement.innerText") == "Take the codes in"
    desk.page.get_by_role("button", name="Take the codes in").click()
    desk.page.get_by_text(f"0 new, {len(unsent)} here already").wait_for()
    shut(context)
    desk.check()
    page.evaluate(APP % "world).then((world) => { world.after = self.tries; }")
    page.context.set_offline(False)
    all_sent(page)

    assert sorted(str(event.pk) for event in doorstep.events()) == sorted(e["id"] for e in unsent)
    assert doorstep.set_aside() == 0


# --- another browser ----------------------------------------------------------------------------------

ASKED_TO_INSTALL = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  dispatchEvent(event);
  return !event.defaultPrevented;
}"""


def test_a_move_to_another_browser_carries_unsent_answers_along_and_none_counts_twice(
    bob: Eyes, doorstep: Doorstep, browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    page = bob.page
    page.context.route("**/w/events/", lambda route: route.abort("connectionreset"))
    to_door(page, doorstep, 0)
    tap(page, "Support")
    go(page, "/move")
    page.get_by_text("1 answer is only in this browser.").wait_for()
    assert page.evaluate(ASKED_TO_INSTALL) is False
    assert bob.axe() == []
    assert bob.overflow() <= 0
    bob.picture("app-move")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save them as a file").click()
    file = tmp_path / "unsent.json"
    saved.value.save_as(file)
    page.get_by_role("button", name="They are in the file: make the link").click()
    link = page.get_by_label("Make a link").input_value()

    context = context_of(browser, "phone", app=True)
    other = eyes_on(context, "phone", live_server.url)
    there = other.page
    there.goto(link)
    other.picture("phone-moved")
    at_a_desk = eyes_on(context_of(browser, "desk"), "desk", live_server.url)
    at_a_desk.page.goto(link)
    at_a_desk.picture("phone-moved")
    there.get_by_role("button", name="Carry on here").click()
    there.locator("[data-ready]").wait_for()
    there.get_by_role("heading", name="My walk").wait_for()
    go(there, "/move")
    for fresh in (1, 0):
        there.get_by_label("The file of answers").set_input_files(file)
        there.get_by_text(f"1 answer in the file, {fresh} new here.").wait_for()
        all_sent(there)
    to_door(there, doorstep, 2)
    tap(there, "Opposed")
    all_sent(there)

    page.context.unroute("**/w/events/")  # the browser before: out, and what it has is not lost
    page.evaluate(APP % "refresh()")
    page.evaluate(APP % "tryNow()")
    page.get_by_text("Your time is over; 1 answer is only on this phone.").wait_for()
    assert page.evaluate(APP % "walks.size") == 0
    bob.expect("status of 403")

    assert [event.sequence for event in doorstep.events()] == [1, 2]
    assert doorstep.set_aside() == 0
    assert receipt(there, doorstep) == ["2", "2"]
    with tenant(doorstep.campaign.pk):
        assert gaps_of(doorstep.campaign, [doorstep.device.pk]) == {}
    shut(context)
    other.check()
