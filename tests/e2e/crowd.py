"""
A crowd of phones: browsers with the app on them, each with a walk of its own, through a bad network, to a server that dies.

Every event is made by the app's own functions and sent by its own outbox; nothing is put into the database from outside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from tests.e2e.conftest import context_of, go
from tests.e2e.planting import a_street
from tests.e2e.test_doorstep import APP, carry, kept, receipt, start

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.between import Network
    from tests.e2e.running_server import RunningServer
    from tests.e2e.test_doorstep import Doorstep

HOUSES = 60
PARTS = 4
A_TURN_MS = 250
LONGEST_S = 900

TAPS = """({ turf, events, seed }) => {
  window.tapped = (async () => {
    const { app } = await import("/static/canvass/main.js");
    const walk = app.walks.get(turf);
    const end = app.entries.length + events;
    let state = seed;
    const next = (most) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % most;
    while (app.entries.length < end) {
      const left = end - app.entries.length;
      const at = next(walk.doors.length);
      const door = walk.doors[at];
      const mine = app.standingOf(walk, door).mine.at(-1);
      const luck = next(10);
      const choice = walk.wording.choices[next(walk.wording.choices.length)];
      if (luck === 0 && mine) await app.takeBack(walk, [door], mine.tap, "x");
      else if (luck < 4 && left > 5) await app.nobodyIn(walk, walk.doors.slice(at, at + 5), { kind: "no_answer", answer: "x" });
      else await app.heard(walk, door, { kind: "answered", support: choice.code, answer: "x" }, { person: door.people[0] ?? null });
    }
  })();
  return true;
}"""
"""So many events by taps at doors drawn by chance: answers, changed answers, five doors in one tap, undo."""


@dataclass
class Phone:
    """Its browser profile, its page, and the walk that it carries."""

    context: BrowserContext
    page: Page
    walk: Doorstep

    def ask(self, what: str) -> Any:
        return self.page.evaluate(APP % what)


@dataclass
class Tally:
    """What came of it all."""

    made: int = 0
    there: int = 0
    lost: int = 0
    doubled: int = 0
    aside: int = 0
    receipts: list[tuple[str, str, str]] = field(default_factory=list)
    """Of each phone: recorded here, confirmed there, and what the organiser's screen counts."""


def walk_about(
    browser: Browser, campaign: Campaign, numbers: range, events: int, network: Network,
    server: RunningServer, doom: Path,
) -> Tally:  # fmt: skip
    """
    A phone for each number, and so many events of each; the server dies twice, once with an answer in hand.

    Half of the phones begin without a signal, and every page is closed and opened again in the middle.
    """
    phones = []
    network.is_good = True
    for number in numbers:
        walk = a_street(campaign, number, HOUSES)
        context = context_of(browser, "phone", app=True)
        carry(context, walk, network.url)
        page = context.new_page()
        start(page, network.url)
        go(page, f"/walk/{walk.turf.pk}/script")  # little to draw at each tap
        phones.append(Phone(context, page, walk))
    network.is_good = False
    for phone in phones[::2]:
        phone.context.set_offline(True)
    for part in range(PARTS):
        if part == 2:
            doom.write_text("die")
        for phone in phones:
            told = {
                "turf": phone.walk.turf.pk,
                "events": events // PARTS,
                "seed": phone.walk.turf.number * 31 + part,
            }
            phone.page.evaluate(TAPS, told)
        if part == 1:
            server.kill()
        for phone in phones:
            phone.page.evaluate("tapped")
        if part == 0:
            for phone in phones:
                phone.context.set_offline(False)
        if part == 1:
            for phone in phones:
                phone.page.reload()
                phone.page.locator("[data-ready]").wait_for()
            server.start()
        if part == 2:
            _push(phones, until_doomed=doom)
            server.was_killed()
            server.start()
    _push(phones)
    network.is_good = True
    tally = Tally(made=len(phones) * (events // PARTS) * PARTS)
    for phone in phones:
        _count(phone, tally)
        phone.context.close()
    return tally


def _push(phones: list[Phone], *, until_doomed: Path | None = None) -> None:
    """Nobody waits for the long pauses between two tries; until nothing waits, or until the server is dead."""
    for _turn in range(LONGEST_S * 1000 // A_TURN_MS):
        if until_doomed and not until_doomed.exists():
            return
        waiting = [phone for phone in phones if phone.ask("waiting().length")]
        if not waiting and not until_doomed:
            return
        for phone in waiting:
            phone.page.evaluate(f"void {APP % 'tryNow()'}")
        phones[0].page.wait_for_timeout(A_TURN_MS)
    raise AssertionError(json.dumps([phone.ask("waiting().length") for phone in phones]))


def _count(phone: Phone, tally: Tally) -> None:
    walk = phone.walk
    entries = kept(phone.page)
    here = [entry["id"] for entry in entries]
    with tenant(walk.campaign.pk):
        mine = CanvassEvent.objects.of(walk.campaign).filter(device=walk.device)
        there = [(str(event), number) for event, number in mine.values_list("id", "sequence")]
    ids = {event for event, _number in there}
    numbers = {number for _event, number in there}
    tally.there += len(there)
    tally.lost += len(set(here) - ids)
    tally.doubled += len(there) - len(ids & set(here)) + len(there) - len(numbers)
    tally.aside = walk.set_aside() + sum(entry["state"] != "accepted" for entry in entries)
    confirmed = receipt(phone.page, walk)
    tally.receipts.append((confirmed[0], confirmed[1], str(walk.doors_recorded())))
