"""
The phone app while what it stands on is killed: the server, the service worker, the page, the whole browser.

The server is a process of its own on the tests' database; every answer is there once in the end, and the receipt says
the same on both sides.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from playwright.sync_api import Error

from hustings.apps.campaigns.tenancy import tenant
from tests.e2e.conftest import FLAGS, SIZES, chromium_here, context_of, eyes_on
from tests.e2e.running_server import MORTAL, RunningServer
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

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.e2e.conftest import Eyes
    from tests.e2e.test_doorstep import Doorstep

__all__ = ["doorstep"]
UNREACHABLE = "ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_SOCKET"


@pytest.fixture(scope="module")
def served(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """``hustings serve``; each test starts it again if the one before left it dead."""
    server = RunningServer(tmp_path_factory.mktemp("served"))
    yield server
    server.stop()


@pytest.fixture
def bob(browser: Browser, doorstep: Doorstep, request: pytest.FixtureRequest) -> Iterator[Eyes]:
    """Bob's phone on the server that the test names by ``mortal`` or ``served``."""
    name = next(name for name in ("mortal", "served") if name in request.fixturenames)
    server: RunningServer = request.getfixturevalue(name)
    if server.process is None:
        server.start()
    context = context_of(browser, "phone", app=True)
    carry(context, doorstep, server.url)
    eyes = eyes_on(context, "phone", server.url)
    eyes.expect(UNREACHABLE)
    start(eyes.page, server.url)
    yield eyes
    shut(context)
    eyes.check()


@pytest.fixture
def doom(tmp_path: Path) -> Path:
    return tmp_path / "doom"


@pytest.fixture
def mortal(django_db_setup: None, tmp_path: Path, doom: Path) -> Iterator[RunningServer]:
    """The server that dies once it has kept a batch, when ``doom`` is written."""
    server = RunningServer(tmp_path, command=MORTAL, TESTS_DOOM=str(doom))
    yield server
    server.stop()


def answers(page: Page, doorstep: Doorstep, *places: int) -> None:
    """A tap at each of these doors, kept on the phone."""
    for place in places:
        to_door(page, doorstep, place)
        page.get_by_role("button", name="Support", exact=True).first.click()
        page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()


def waiting(page: Page) -> int:
    return sum(entry["state"] == "waiting" for entry in kept(page))


def everything_arrived_once(page: Page, doorstep: Doorstep, taps: int) -> None:
    """0 lost, 0 doubled, and both say the same."""
    entries = kept(page)
    events = doorstep.events()
    assert {entry["state"] for entry in entries} == {"accepted"}
    assert sorted(str(event.id) for event in events) == sorted(entry["id"] for entry in entries)
    assert sorted(event.sequence for event in events) == list(range(1, taps + 1))
    assert doorstep.set_aside() == 0
    here, confirmed = receipt(page, doorstep)
    assert here == confirmed == str(doorstep.doors_recorded())


# --- the server ---------------------------------------------------------------------------------


def test_a_server_killed_after_it_kept_a_batch_and_before_its_answer_has_it_once(
    mortal: RunningServer, bob: Eyes, doorstep: Doorstep, doom: Path
) -> None:
    page = bob.page
    page.context.set_offline(True)
    answers(page, doorstep, 0, 1, 2)
    doom.write_text("die")

    page.context.set_offline(False)
    mortal.was_killed()

    page.get_by_text("No signal. 3 answers on this phone, none lost.").wait_for()
    assert len(doorstep.events()) == 3  # the server had them; the phone cannot know
    assert waiting(page) == 3
    mortal.start()
    page.evaluate(APP % "tryNow()")
    all_sent(page)
    everything_arrived_once(page, doorstep, 3)


def wait_for_a_lock() -> None:
    """Until some other session waits for what this one holds."""
    end = time.monotonic() + 45
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity "
                "where datname = current_database() and wait_event_type = 'Lock'"
            )
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


@contextmanager
def the_walk_held(doorstep: Doorstep) -> Iterator[None]:
    """Nobody can end a batch of this walk's events meanwhile: its mark is held, and let go as it was."""
    with tenant(doorstep.campaign.pk):
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into canvass_walkmark (campaign_id, turf_id, changes) values (%s, %s, 1)",
                [doorstep.campaign.pk, doorstep.turf.pk],
            )
        yield
        transaction.set_rollback(True)


def test_a_server_killed_in_the_middle_of_a_batch_has_none_of_it_until_it_is_sent_again(
    served: RunningServer, bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    with the_walk_held(doorstep):
        answers(page, doorstep, 0, 1, 2)
        wait_for_a_lock()
        served.kill()

    page.get_by_text("No signal. 3 answers on this phone, none lost.").wait_for()
    assert doorstep.events() == []
    assert waiting(page) == 3
    served.start()
    page.evaluate(APP % "tryNow()")
    all_sent(page)
    everything_arrived_once(page, doorstep, 3)


def test_a_shift_goes_on_while_the_server_is_stopped_and_killed_again_and_again(
    served: RunningServer, bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    answers(page, doorstep, 0)
    served.stop()
    answers(page, doorstep, 1, 2)  # nobody listens there now
    page.get_by_text(re.compile("No signal. [23] answers on this phone, none lost.")).wait_for()
    assert page.evaluate("navigator.onLine") is True
    page.reload()
    answers(page, doorstep, 3)
    for place in (4, 5, 6):  # killed whenever it may be, with a tap on its way
        served.start()
        page.evaluate(f"void {APP % 'tryNow()'}")
        answers(page, doorstep, place)
        served.kill()
    answers(page, doorstep, 7)
    assert len(kept(page)) == 8

    served.start()
    page.evaluate(APP % "tryNow()")
    all_sent(page)
    everything_arrived_once(page, doorstep, 8)


# --- the service worker, the page, the browser ------------------------------------------------------


@pytest.fixture
def ann(browser: Browser, live_server: LiveServer, doorstep: Doorstep) -> Iterator[Eyes]:
    """The same phone on Django's own server, which nothing happens to."""
    context = context_of(browser, "phone", app=True)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect(UNREACHABLE)
    start(eyes.page, live_server.url)
    yield eyes
    shut(context)
    eyes.check()


def stop_workers(page: Page) -> None:
    """
    All service workers of the browser are ended, as a phone does that is short of memory.

    One that is only starting is not reached, so they are told until each was ended once; whatever a page
    asks for may wake it again at once.
    """
    tools = page.context.new_cdp_session(page)
    heard: defaultdict[str, set[str]] = defaultdict(set)

    def hear(told: Any) -> None:
        for one in told["versions"]:
            heard[one["versionId"]].add(one["runningStatus"])

    tools.on("ServiceWorker.workerVersionUpdated", hear)
    tools.send("ServiceWorker.enable")
    for turn in range(200):
        if turn % 10 == 0:
            tools.send("ServiceWorker.stopAllWorkers")
        page.wait_for_timeout(100)
        if heard and all("stopped" in statuses for statuses in heard.values()):
            break
    tools.detach()
    assert heard
    assert all("stopped" in statuses for statuses in heard.values()), dict(heard)


def test_with_the_service_worker_killed_the_app_opens_again_without_a_network(
    ann: Eyes, doorstep: Doorstep
) -> None:
    page = ann.page
    page.context.set_offline(True)
    answers(page, doorstep, 0)
    stop_workers(page)
    answers(page, doorstep, 2)

    page.reload()

    page.get_by_text("No signal. 2 answers on this phone, none lost.").wait_for()
    stop_workers(page)
    answers(page, doorstep, 4)
    page.context.set_offline(False)
    all_sent(page)
    everything_arrived_once(page, doorstep, 3)


def crash(page: Page) -> None:
    """The page's process ends, as when a phone takes its memory back."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=1000)
    page.close()


def test_a_page_killed_while_its_answers_are_on_their_way_loses_none_and_doubles_none(
    ann: Eyes, doorstep: Doorstep
) -> None:
    context = ann.page.context
    with the_walk_held(doorstep):
        answers(ann.page, doorstep, 0, 2)
        wait_for_a_lock()
        crash(ann.page)
    page = context.new_page()
    page.goto(f"{ann.server}/w/app/")
    all_sent(page)

    everything_arrived_once(page, doorstep, 2)


def test_a_page_killed_between_a_tap_and_its_sending_has_it_when_it_comes_back(
    ann: Eyes, doorstep: Doorstep
) -> None:
    context = ann.page.context
    context.set_offline(True)
    answers(ann.page, doorstep, 0, 2)
    crash(ann.page)
    page = context.new_page()
    page.goto(f"{ann.server}/w/app/")
    page.get_by_text("2 answers on this phone").wait_for()
    assert waiting(page) == 2

    context.set_offline(False)
    all_sent(page)
    everything_arrived_once(page, doorstep, 2)


def processes_of(profile: Path) -> list[int]:
    """Those of the browser that lives in this profile."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--user-data-dir={profile}" in line.read_bytes().decode(errors="replace"):
                found.append(int(line.parent.name))
    return found


def kill_browser(profile: Path) -> None:
    """SIGKILL to all of it, and wait until nothing of it is left."""
    killed = processes_of(profile)
    assert killed
    for process in killed:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    end = time.monotonic() + 30
    while processes_of(profile):
        assert time.monotonic() < end
        time.sleep(0.1)


def phone_with(browser: Browser, profile: Path) -> BrowserContext:
    """A browser of its own, on what lies in this profile."""
    width, height = SIZES["phone"]
    return browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium_here(), args=FLAGS, headless=True,
        viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, locale="en-GB",
    )  # fmt: skip


def test_the_whole_browser_killed_comes_back_with_every_unsent_answer(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    context = phone_with(browser, profile)
    carry(context, doorstep, live_server.url)
    page = context.new_page()
    start(page, live_server.url)
    held: list[Any] = []
    context.route("**/w/events/", lambda route: held.append(route))
    answers(page, doorstep, 0, 2, 4)
    made = sorted(entry["id"] for entry in kept(page))
    kill_browser(profile)
    with suppress(Error):
        context.close()

    context = phone_with(browser, profile)
    carry(context, doorstep, live_server.url)  # let in long ago; a browser writes cookies late
    context.set_offline(True)  # still no signal: worker, page, walk and answers lie in the profile
    page = context.new_page()
    page.goto(f"{live_server.url}/w/app/")
    page.get_by_text("3 answers on this phone").wait_for()
    assert sorted(entry["id"] for entry in kept(page)) == made
    answers(page, doorstep, 6)
    context.set_offline(False)
    all_sent(page)

    everything_arrived_once(page, doorstep, 4)
    shut(context)
