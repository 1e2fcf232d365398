"""
Riverside on a Saturday: the files it begins with, its people's browsers, and the worker beside the server.

The town is invented, and so is everybody in it; the pictures of the guide are taken of it.
"""

from __future__ import annotations

import csv
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.server.demo.town_files import HEADER, write_town
from tests.e2e.conftest import context_of, eyes_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from tests.e2e.conftest import Eyes

DOORS, SEED = 620, 2016


@dataclass(frozen=True)
class Files:
    """What Alice was given."""

    register: Path
    absent: Path
    contacts: Path
    map: Path
    street: str
    """A street with doors on the register."""


def files_of_a_small_town(folder: Path) -> Files:
    """A register with a few odd rows and a row of houseboats that no map knows; absent voters; contacts; a map."""
    _town, register, extract = write_town(folder, DOORS, SEED)
    with register.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    last = rows[-1]
    boats = [
        [last[0], str(9000 + n), "0", "", "", "Winterbourne", name, last[7], f"{n} Willow Moorings",
         *last[9:10], "", "", "", ""]
        for n, name in enumerate(("Ines", "Kofi", "Maeve", "Rhys", "Tess"), 1)
    ]  # fmt: skip
    odd = [
        [last[0], "9101", "0", "", "", "", "", last[7], *last[8:]],
        [last[0], "", "0", "", "", "Salley", "Joan", last[7], *last[8:]],
        [last[0], "9103", "0", "", "31/02/2008", "Thornwick", "Owen", last[7], *last[8:]],
    ]
    with register.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *rows, *boats, *odd])
    absent, contacts = folder / "absent-voters.csv", folder / "contacts.csv"
    with absent.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow([*HEADER[:3], "Absent Type", "Expiry"])
        kinds = ("Postal", "Postal", "Proxy")
        for n, row in enumerate(rows[::9]):
            write.writerow([row[0], row[1], row[2], kinds[n % 3], "31/12/2027"])
    with contacts.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out)
        write.writerow(
            ["Elector number", "Name", "Address", "Postcode", "Phone", "Email", "Consent",
             "Consent source", "Consent date"]
        )  # fmt: skip
        for n, row in enumerate(rows[1::3]):
            write.writerow(
                [f"{row[0]}-{row[1]}", f"{row[6]} {row[5]}", row[8], row[7],
                 f"01632 960{n:03d}", f"{row[6].lower()}.{n}@example.org", "yes" if n % 4 else "no",
                 "street stall", "14/03/2026"]
            )  # fmt: skip
    return Files(register, absent, contacts, extract, rows[0][8].partition(" ")[2])


@contextmanager
def a_worker() -> Iterator[threading.Event]:
    """The background worker as it runs beside a real server, in a thread; clearing the event holds it up."""
    from django.db import connection
    from django_tasks_db.management.commands.db_worker import Worker

    go = threading.Event()
    go.set()

    class Held(Worker):  # type: ignore[misc]  # ships no types
        def run_task(self, db_task_result: object) -> None:
            go.wait()
            super().run_task(db_task_result)

    worker = Held(
        queue_names=["*"], interval=0.1, batch=False, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="e2e", excluded_queue_names=[],
    )  # fmt: skip

    def work() -> None:
        try:
            worker.run()
        finally:
            connection.close()

    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()
    try:
        yield go
    finally:
        go.set()
        worker.running = False
        thread.join(timeout=30)


@dataclass
class Day:
    """A campaign, a server, and everybody's browser."""

    campaign: Campaign
    browser: Browser
    server: str
    worker: threading.Event
    """Cleared, work in the background waits, so that its progress can be looked at."""
    eyes: dict[str, Eyes] = field(default_factory=dict)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def at(self, name: str, **arguments: object) -> str:
        """A path of the desk."""
        return reverse(name, kwargs={"slug": self.campaign.slug, **arguments})

    def browser_of(self, who: str, size: str, *, like: str = "") -> Eyes:
        """A fresh browser, or one that carries the cookies of somebody's other one."""
        options = {"storage_state": self.eyes[like].page.context.storage_state()} if like else {}
        context = context_of(self.browser, size, **options)
        self._contexts.append(context)
        self.eyes[who] = eyes_on(context, size, self.server)
        return self.eyes[who]

    def shown(self, name: str, who: str, other: str = "", *, whole: bool = True) -> None:
        """
        Two pictures of the page that somebody sees: as it stands, and the same address at the other size.

        Nothing is wider than its window at either, and the other one is only looked at.
        """
        here = self.eyes[who]
        assert here.overflow() <= 0, f"{name}, {here.size}: {here.overflow()} px too wide"
        here.picture(name, whole=whole)
        if other:
            there = self.eyes[other]
            there.open(here.page.url.removeprefix(self.server))
            drawn(there.page)
            assert there.overflow() <= 0, f"{name}, {there.size}: {there.overflow()} px too wide"
            there.picture(name, whole=whole)
            there.page.goto("about:blank")  # it would go on asking for news

    def turfs(self) -> list[Turf]:
        """The published walks, by number."""
        from hustings.apps.outings.models import Turf

        with tenant(self.campaign.pk):
            live = Turf.objects.of(self.campaign).exclude(published_at=None)
            return list(live.filter(retired_at=None).order_by("number"))

    def walk_with_a_building(self) -> tuple[Turf, int]:
        """A walk with flats, and the building."""
        from hustings.apps.outings.models import TurfDoor
        from hustings.apps.places.models import Door

        turfs = self.turfs()
        with tenant(self.campaign.pk):
            for turf in turfs:
                doors = TurfDoor.objects.of(self.campaign).filter(turf=turf)
                flats = Door.objects.of(self.campaign).filter(
                    pk__in=doors.values("door_id"), building__isnull=False
                )
                if flats.exists():
                    return turf, int(flats[0].building_id)
        raise AssertionError("No walk has a building.")

    def close(self) -> None:
        """Every browser shut; nobody's complained."""
        for context in self._contexts:
            context.close()
        for eyes in self.eyes.values():
            eyes.check()


def drawn(page: Page) -> None:
    """Wait for the map, where there is one, and for the letters."""
    if page.locator("turf-map").count():
        page.locator("turf-map[data-ready]").wait_for(state="attached")
        page.wait_for_timeout(400)
    page.evaluate("document.fonts.ready.then(() => true)")
