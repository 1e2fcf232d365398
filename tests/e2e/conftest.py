"""
A real browser on a real server: Chromium at a desk and on a phone, with everything it complains of kept.

The server is Django's own live server over the test database, with the real middleware and the strict
policy of content security; the browser is Debian's Chromium or any that is there.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.apps.cast import alice, bob, campaign, charlie, olive, rivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership

__all__ = ["alice", "bob", "campaign", "charlie", "olive", "rivals"]

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/pictures"
TALLEST = 1600
"""Pixels: a longer page goes on below, and its picture need not show all of it."""
PATIENCE_MS = 45_000
"""Milliseconds; what is slow on a busy machine is not broken."""
expect.set_options(timeout=PATIENCE_MS)
SIZES = {"desk": (1360, 860), "phone": (390, 844)}
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--lang=en-GB",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    # Another site's page that a test makes up may show a frame of the server on this machine.
    "--disable-features=LocalNetworkAccessChecks",
]
AXE = ROOT / "node_modules/axe-core/axe.min.js"

# Playwright's own loop runs in this thread; the database is only ever asked by tests, not by it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder is a browser test, and what it plants is really committed."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "browser" in getattr(
            item, "fixturenames", ()
        ):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.django_db(transaction=True))


def chromium_here() -> str | None:
    """The browser's program, by whatever name it has here."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def without_windows() -> str | None:
    """
    The same engine without the windows, tabs and bars around a page, where it is installed; the whole browser otherwise.

    Nobody sees those here, and the whole browser draws them anew for each profile, and while nothing happens.
    """
    return shutil.which("chromium-headless-shell") or chromium_here()


@pytest.fixture(autouse=True)
def nothing_is_asked_any_more(request: pytest.FixtureRequest) -> Iterator[None]:
    """The tables are emptied after each test: whatever a page still asked of the server is answered first."""
    if "browser" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("_django_db_helper")  # its end comes after ours
    yield
    quiet = 0
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() "
                "and pid <> pg_backend_pid() and state in ('active', 'idle in transaction')"
            )
            quiet = quiet + 1 if cursor.fetchone() == (0,) else 0
        if quiet == 3:
            return
        time.sleep(0.05)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a head."""
    from playwright.sync_api import sync_playwright

    found = without_windows()
    if found is None:
        pytest.skip("No Chromium is installed: script/chromium says how to get one.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Eyes:
    """A page, and all that the browser complained of while it was open."""

    page: Page
    size: str
    server: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on(
            "requestfailed",
            lambda request: (
                self.complaints.append(f"not loaded: {request.url} {request.failure}")
                if "ERR_ABORTED" not in str(request.failure)
                else None
            ),
        )

    def _heard(self, message: Any) -> None:
        # Software rendering in a test is slow and says so; that is not the page's doing.
        if message.type in {"error", "warning"} and "GPU stall" not in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({self.page.url})")

    def open(self, path: str) -> Page:
        """Go there and wait until nothing is loading any more."""
        self.page.goto(self.server + path, wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page

    def expect(self, pattern: str) -> None:
        """This complaint is what the test is about."""
        self.expected.append(pattern)

    def check(self) -> None:
        """No error in the console, nothing refused by the policy, nothing that did not load."""
        unexpected = [
            line
            for line in self.complaints
            if not any(re.search(pattern, line) for pattern in self.expected)
        ]
        assert not unexpected, "\n".join(unexpected)

    def axe(self) -> list[str]:
        """What axe finds wrong, one line each; it runs under the page's own strict policy."""
        if not AXE.exists():
            pytest.skip("axe-core is not installed: run npm ci --ignore-scripts.")
        self.page.wait_for_load_state("load")
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(AXE.read_text())
        # Where in the page it stands is said by its HTML; a selector for each would take a third of the time.
        for _turn in range(3):  # what was drawn anew while it was looked at is looked at again
            violations = self.page.evaluate(
                "axe.run(document, { resultTypes: ['violations'], selectors: false }).then((found) => found.violations)"
            )
            found = [
                f"{broken['id']} ({broken['impact']}): {broken['help']} — {node['html'][:160]} {node.get('failureSummary', '')[:220]}"
                for broken in violations
                for node in broken["nodes"]
            ]
            if not found:
                break
            self.page.wait_for_timeout(500)
        return found

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        self.page.wait_for_load_state("load")
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def picture(self, name: str, *, whole: bool = False) -> Path:
        """``NAME-1360.png`` or ``NAME-390.png``; in the guide's folder when the guide is being made."""
        folder = (
            PICTURES
            if os.environ.get("HUSTINGS_PICTURES")
            else Path(os.environ.get("HUSTINGS_PICTURES_DRAFT", ROOT / "var/pictures"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}-{SIZES[self.size][0]}.png"
        width, height = SIZES[self.size]
        self.page.wait_for_load_state("load")
        if whole:
            # A taller window rather than a stitched page: bars that stick stay where they belong.
            full = int(self.page.evaluate("document.documentElement.scrollHeight"))
            self.page.set_viewport_size({"width": width, "height": min(max(full, height), TALLEST)})
        self.page.screenshot(path=file, animations="disabled")
        self.page.set_viewport_size({"width": width, "height": height})
        if folder == PICTURES:
            make_small(file)
        return file


def make_small(picture: Path) -> None:
    """A palette of so many colours that nobody sees the difference; a third of the bytes."""
    from PIL import Image  # comes with the development tools; a user's machine needs none

    with Image.open(picture) as taken:
        small = taken.convert("RGB").quantize(colors=256, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


PLAIN = "try { localStorage.setItem('hustings-plain-pages', 'yes') } catch {}"


def context_of(
    browser: Browser, size: str, *, app: bool = False, locale: str = "en-GB", **options: Any
) -> BrowserContext:
    """
    A fresh browser profile: a desk with a mouse, or a phone with a finger.

    With ``app`` a phone goes on to the app that works without a signal; otherwise it chose the plain pages.
    """
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size == "phone",
        is_mobile=size == "phone",
        reduced_motion="reduce",
        locale=locale,
        **options,
    )
    context.set_default_timeout(PATIENCE_MS)
    if not app:
        context.add_init_script(PLAIN)
    return context


def eyes_on(context: BrowserContext, size: str, server: str) -> Eyes:
    """A page with its complaints kept."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return Eyes(page, size, server)


def let_in(context: BrowserContext, membership: Membership, server: str) -> None:
    """Sign a member in without going through the mail."""
    from tests.apps.cast import signed_in

    session = signed_in(membership).cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": session.value, "url": server}])


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Eyes]:
    """1360 × 860, with a mouse; nobody signed in."""
    context = context_of(browser, "desk")
    eyes = eyes_on(context, "desk", live_server.url)
    yield eyes
    context.close()
    eyes.check()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Eyes]:
    """390 × 844, with a finger; nobody signed in."""
    context = context_of(browser, "phone")
    eyes = eyes_on(context, "phone", live_server.url)
    yield eyes
    context.close()
    eyes.check()


@pytest.fixture(params=["desk", "phone"])
def eyes(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Eyes]:
    """Both sizes, one after the other; nobody signed in."""
    context = context_of(browser, request.param)
    eyes = eyes_on(context, request.param, live_server.url)
    yield eyes
    context.close()
    eyes.check()


def go(page: Page, place: str) -> None:
    """To another screen of the phone app: when it comes back, the screen before is gone."""
    page.evaluate(
        "(place) => new Promise((done) => { if (location.hash === `#${place}`) return done(true);"
        " addEventListener('hashchange', () => done(true), { once: true }); location.hash = place; })",
        place,
    )


def until(page: Page, what: str, given: object = None, *, seconds: int = 45) -> None:
    """
    Ask the page again and again; a promise is waited for.

    Playwright's own way evaluates a string within the page the second time, which the page's policy forbids.
    """
    for _turn in range(seconds * 10):
        if page.evaluate(what, given):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not in {seconds} seconds: {what}")
