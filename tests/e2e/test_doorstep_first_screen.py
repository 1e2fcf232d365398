"""
The first screen of the app on a cheap phone with a bad line, from a server in production: how long, and how many bytes.

Lighthouse's slow phone: four times slower than this machine; the line 400 kbit/s for everything together, the service
worker's requests too, and each answer and each connection 400 ms later.
"""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from hustings.apps.canvass import app_files
from tests.e2e.between import Line, Network
from tests.e2e.conftest import context_of, eyes_on, until
from tests.e2e.planting import a_street
from tests.e2e.running_server import SERVE, RunningServer
from tests.e2e.test_doorstep import carry, shut
from tests.server.conftest import SECURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from hustings.apps.campaigns.models import Campaign

SLOW_DOWN = 4
BYTES_A_SECOND = 400_000 / 8
DELAY_S = 0.4
MOST_BYTES = 155_000
LONGEST_S = {"first visit": 30.0, "second visit": 15.0}
"""Far above what it takes: this machine may be doing other work. What it took is printed."""


@pytest.fixture
def slow(campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A server in production, with hashed and compressed files, at the end of a slow line."""
    settings = {**SECURE, "HUSTINGS_HOSTS": "127.0.0.1"}
    server = RunningServer(tmp_path_factory.mktemp("production"), command=SERVE, **settings).start()
    network = Network(server.port, line=Line(BYTES_A_SECOND, DELAY_S))
    yield network
    network.shutdown()
    network.server_close()
    server.stop()


def until_usable(page: Page, address: str) -> float:
    """Seconds until the walk's doors can be tapped."""
    began = time.monotonic()
    page.goto(address, wait_until="commit")
    page.locator('[data-key^="door-"]').first.wait_for()
    return round(time.monotonic() - began, 1)


def test_the_first_screen_comes_soon_on_a_slow_phone_and_needs_no_map(
    browser: Browser, campaign: Campaign, slow: Network
) -> None:
    walk = a_street(campaign, 7, 60)
    context = context_of(browser, "phone", app=True)
    carry(context, walk, slow.url)
    eyes = eyes_on(context, "phone", slow.url)
    page = eyes.page
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    app = f"{slow.url}/w/app/"
    by_page: set[str] = (
        set()
    )  # and not by the service worker, which may have begun by the time we count
    page.on("request", lambda request: by_page.add(urlsplit(request.url).path))

    took = {"first visit": until_usable(page, app)}
    sent = {"first visit": sum(slow.bytes[path] for path in by_page)}
    until(page, "caches.keys().then((names) => names.length === 1)", seconds=90)
    until(page, "navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")
    sent["first visit, and kept to be opened offline"] = sum(slow.bytes.values())
    asked = set(slow.bytes)
    page.goto("about:blank")
    slow.bytes.clear()
    took["second visit"] = until_usable(page, app)
    page.wait_for_load_state("networkidle")
    sent["second visit"] = sum(slow.bytes.values())
    print({"seconds": took, "bytes": sent, "requests": len(asked)})  # noqa: T201  # for the methods page

    assert not [path for path in asked if "maplibre" in path or path.endswith(".pmtiles")]
    assert sent["first visit"] < MOST_BYTES
    assert sent["second visit"] < MOST_BYTES / 10
    assert all(took[visit] < most for visit, most in LONGEST_S.items()), took
    shut(context)
    eyes.check()


def test_the_app_weighs_less_than_155_kilobytes_compressed() -> None:
    names = (*app_files.modules(), *app_files.LOOKS)
    weights = {
        name: len(content if name.endswith(".woff2") else gzip.compress(content, 9))
        for name, content in ((name, app_files.content_of(name)) for name in names)
    }

    assert sum(weights.values()) < MOST_BYTES, weights
    assert not [name for name in weights if "maplibre" in name]
