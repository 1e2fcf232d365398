"""A phone whose storage is full: what was not kept is said and never looks kept, what was kept stays, and it goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import context_of, eyes_on, go, until
from tests.e2e.test_doorstep import (
    APP,
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

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["doorstep"]
NO_ROOM = "This phone has no room left, so the tap was not kept."


QUOTA_BYTES = 20_000_000

FILL = """async () => {
  const db = await new Promise((resolve, reject) => {
    const open = indexedDB.open("something-else", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("blocks", { autoIncrement: true });
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
  const keep = (bytes) => new Promise((resolve) => {
    const writing = db.transaction("blocks", "readwrite", { durability: "strict" });
    const block = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(block.subarray(at, at + 65536));
    writing.objectStore("blocks").add(block);
    writing.oncomplete = () => resolve(true);
    writing.onabort = () => resolve(false);
  });
  for (let bytes = 4_000_000; bytes >= 1; bytes = Math.floor(bytes / 4)) while (await keep(bytes));
  db.close();
}"""
EMPTY = """() => new Promise((resolve) => {
  indexedDB.deleteDatabase("something-else").onsuccess = () => resolve(true);
})"""


@pytest.fixture
def bob(browser: Browser, live_server: LiveServer, doorstep: Doorstep) -> Iterator[Eyes]:
    """Bob's cheap phone: twenty megabytes are all that this site may keep on it."""
    context = context_of(browser, "phone", app=True)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect("ERR_INTERNET_DISCONNECTED")
    tools = context.new_cdp_session(eyes.page)
    limit = {"origin": live_server.url, "quotaSize": QUOTA_BYTES}
    tools.send("Storage.overrideQuotaForOrigin", limit)
    start(eyes.page, live_server.url)
    yield eyes
    shut(context)
    eyes.check()


@contextmanager
def no_room(page: Page) -> Iterator[None]:
    """Something else fills the phone to the last byte, and is thrown away at the end."""
    page.evaluate(FILL)
    yield
    page.evaluate(EMPTY)


def test_a_tap_that_finds_no_room_is_said_and_is_not_shown_as_recorded(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    to_door(page, doorstep, 2)
    support = page.get_by_role("button", name="Support", exact=True)

    with no_room(page):
        support.first.click()
        page.get_by_text(NO_ROOM).wait_for()
        assert support.first.get_attribute("aria-pressed") == "false"
        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
        assert bob.axe() == []
        bob.picture("app-no-room")
        page.get_by_role("button", name="No answer", exact=True).click()
        page.get_by_text(NO_ROOM).wait_for()
        page.get_by_role("heading", name="6 Mill Lane").wait_for()  # it does not go on to the next
        building = f"/walk/{doorstep.turf.pk}/building/{doorstep.building.pk}"
        go(page, f"{building}")
        page.get_by_role("button", name="No answer at 4 doors").first.click()
        page.get_by_text(NO_ROOM).wait_for()
        expect(page.get_by_role("button", name="No answer at 4 doors")).to_have_count(3)
        page.reload()  # nor is it there when the app is opened again
        page.get_by_text("1 answer on this phone").wait_for()
        assert len(kept(page)) == 1

    page.get_by_role("button", name="No answer at 4 doors").first.click()
    page.get_by_text("5 answers on this phone").wait_for()
    page.context.set_offline(False)
    all_sent(page)
    assert sorted(event.sequence for event in doorstep.events()) == [1, 2, 3, 4, 5]
    assert receipt(page, doorstep) == ["5", "5"]


def test_what_was_kept_is_sent_without_room_and_goes_on_by_itself_once_there_is(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    for place in (0, 2):
        to_door(page, doorstep, place)
        page.get_by_role("button", name="Support", exact=True).first.click()
        page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()

    with no_room(page):
        page.context.set_offline(False)
        for _turn in range(450):
            if len(doorstep.events()) == 2:
                break
            page.wait_for_timeout(100)
        assert len(doorstep.events()) == 2
        until(page, APP % "sending === false")
        # That they arrived cannot be written down here, so here they are unsent.
        assert [entry["state"] for entry in kept(page)] == ["waiting"] * 2
        page.get_by_text("2 answers on this phone").wait_for()

    all_sent(page)
    assert {entry["state"] for entry in kept(page)} == {"accepted"}
    assert len(doorstep.events()) == 2
    assert receipt(page, doorstep) == ["2", "2"]
