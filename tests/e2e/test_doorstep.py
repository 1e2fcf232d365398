"""
The phone app in a real browser: no network, no server, killed between taps, two tabs, half of all sends lost.

Whatever happens, each tap is at the server once, and the receipt says the same on both sides.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, intake
from hustings.apps.canvass.models import CanvassEvent, EventClash, LateReport
from hustings.apps.outings.models import TurfDoor
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Building, Door
from tests.apps.canvass.cast import a_walk
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit
from tests.e2e.conftest import context_of, eyes_on, go, let_in, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from tests.e2e.conftest import Eyes

STREETS = ("Mill Lane", "Weir Street")
NAMES = (
    "Mira Hasler",
    "Jon Hasler",
    "Adaeze Bright",
    "Tomás Ferreira",
    "Siân Prosser",
    "Wei Zhang",
)


@dataclass
class Doorstep:
    """A walk of eight houses and a building of twelve flats, and the phone that carries it."""

    campaign: Campaign
    turf: Turf
    device: Device
    token: str
    doors: list[Door]
    building: Building

    def events(self) -> list[CanvassEvent]:
        with tenant(self.campaign.pk):
            return list(
                CanvassEvent.objects.of(self.campaign)
                .select_related("wording")
                .order_by("position")
            )

    def doors_recorded(self) -> int:
        """What the organiser's screen counts."""
        with tenant(self.campaign.pk):
            return intake.doors_recorded(self.campaign.pk, self.turf.pk, self.device.pk)

    def set_aside(self) -> int:
        with tenant(self.campaign.pk):
            return (
                LateReport.objects.of(self.campaign).count()
                + EventClash.objects.of(self.campaign).count()
            )


def a_door(campaign: Campaign, street: str, number: int, names: list[str], **more: Any) -> Door:
    key = f"{number} {more.get('unit', '')} {street}|".lower()
    door: Door = Door.objects.create(
        campaign=campaign, address_key=key, street=street, number=str(number), lon=9.52, lat=47.14,
        **more,
    )  # fmt: skip
    home = Household.objects.create(campaign=campaign, address_key=key)
    for name in names:
        forename, surname = name.split()
        Person.objects.create(
            campaign=campaign, household=home, forename=forename, surname=surname, origin="contacts",
            name_key=name.lower(),
        )  # fmt: skip
    return door


@pytest.fixture
def doorstep(campaign: Campaign, alice: Membership) -> Doorstep:
    with tenant(campaign.pk):
        house = Building.objects.create(
            campaign=campaign, name="Rathaus Court", access_note="Buzzer 2 is broken: knock.",
            hazard_note="Dog in the yard, friendly.",
        )  # fmt: skip
        doors = [
            a_door(campaign, STREETS[n // 4], 2 + 2 * n, list(NAMES[n % 5 : n % 5 + 1 + n % 2]))
            for n in range(8)
        ]
        doors += [
            a_door(
                campaign, "Rathausgasse", 14, [NAMES[n % 6]], unit=f"Flat {n + 1}", building=house,
                floor=n // 4,
            )
            for n in range(12)
        ]  # fmt: skip
        turf = a_walk(campaign, [door.pk for door in doors], number=7, code="QWERTY")
        device, token = actions.ask_for_walk(turf, "Bob", by=alice.actor)
    assert token
    return Doorstep(campaign, turf, device, token, doors, house)


def carry(context: BrowserContext, doorstep: Doorstep, server: str) -> None:
    cookie = {"name": DEVICE_COOKIE, "value": doorstep.token, "url": f"{server}/w/"}
    context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own shape


@pytest.fixture
def bob(browser: Browser, live_server: LiveServer, doorstep: Doorstep) -> Iterator[Eyes]:
    """Bob's phone, let in, with the app on it and ready to be without a network."""
    context = context_of(browser, "phone", app=True)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|status of (503|422|409)")
    start(eyes.page, live_server.url)
    yield eyes
    shut(context)
    eyes.check()


def shut(context: BrowserContext) -> None:
    """Close the phone, and wait for what it still asked of the server: the tables are emptied next."""
    context.unroute_all(behavior="ignoreErrors")
    for page in context.pages:
        page.goto("about:blank")
    context.close()
    for _turn in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database() "
                "and pid <> pg_backend_pid() and state in ('active', 'idle in transaction')"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)


def start(page: Page, server: str) -> None:
    page.goto(f"{server}/w/")
    page.locator("[data-ready]").wait_for()  # the plain page on the way has the same heading
    page.get_by_role("heading", name="My walk").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.keys().then((names) => names.length === 1)")


def to_door(page: Page, doorstep: Doorstep, place: int) -> None:
    go(page, f"/walk/{doorstep.turf.pk}/door/{doorstep.doors[place].pk}")
    page.get_by_role("heading", level=1, name=re.compile(doorstep.doors[place].number)).wait_for()


def kept(page: Page) -> list[dict[str, Any]]:
    """What lies in the phone's store, read beside the app."""
    return page.evaluate("""() => new Promise((resolve, reject) => {
      const open = indexedDB.open("hustings-doorstep");
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const all = open.result.transaction("entries").objectStore("entries").getAll();
        all.onsuccess = () => { open.result.close(); resolve(all.result); };
      };
    })""")


APP = "import('/static/canvass/main.js').then(({ app }) => app.%s)"
STANDS_STILL = APP % "world).then((world) => { world.after = () => () => {}; }"
"""Nothing is tried again by itself: what a button sends is sent by that button."""


def all_sent(page: Page) -> None:
    """Something was kept, and nothing of it waits; a tap just before must have shown that it is kept."""
    for _turn in range(450):
        entries = kept(page)
        if entries and all(entry["state"] != "waiting" for entry in entries):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not sent: {kept(page)}")


def receipt(page: Page, doorstep: Doorstep) -> list[str]:
    go(page, f"/walk/{doorstep.turf.pk}/receipt")
    page.get_by_text("Everything arrived").wait_for()
    return numbers(page)


def numbers(page: Page) -> list[str]:
    """What the receipt on the screen says: recorded here, and confirmed there."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.receipt .number')].map((one) => one.textContent)"
    )
    return found


# --- a shift --------------------------------------------------------------------------------------


def test_a_shift_without_a_network_arrives_whole_and_the_receipt_says_so(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)

    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
    page.get_by_text("No signal. 1 answer on this phone, none lost.").wait_for()
    page.get_by_role("button", name="Opposed", exact=True).first.click()  # a wrong tap before
    page.get_by_role("link", name="Next door").click()
    page.get_by_role("button", name="No answer", exact=True).click()
    page.get_by_role("heading", name="6 Mill Lane").wait_for()
    page.reload()  # the page is killed, the network is not back
    page.get_by_role("button", name="Refused").first.click()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_role("button", name="Come back").first.click()
    page.locator(".asked button").first.click()
    page.get_by_text("6 answers on this phone").wait_for()
    assert doorstep.events() == []
    assert [entry["event"]["sequence"] for entry in kept(page)] == [1, 2, 3, 4, 5, 6]

    page.context.set_offline(False)
    all_sent(page)

    events = doorstep.events()
    assert [event.kind for event in events] == [
        "answered", "answered", "no_answer", "refused", "undo", "come_back",
    ]  # fmt: skip
    assert [event.sequence for event in events] == [1, 2, 3, 4, 5, 6]
    assert {event.wording.version for event in events if event.wording_id} == {1}
    assert all(event.app.startswith("phone app ") for event in events)
    assert receipt(page, doorstep) == ["3", "3"]
    assert doorstep.doors_recorded() == 3


def test_with_the_server_gone_and_the_network_there_nothing_is_lost(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.route("**/*", lambda route: route.abort("connectionrefused"))
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Strong support").first.click()
    page.get_by_text("No signal. 1 answer on this phone, none lost.").wait_for()
    assert page.evaluate("navigator.onLine") is True
    page.close()

    page = bob.page.context.new_page()
    page.goto(f"{bob.server}/w/app/")
    page.get_by_text("1 answer on this phone").wait_for()
    bob.page.context.unroute("**/*")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    all_sent(page)

    assert [event.support for event in doorstep.events()] == ["1"]


def test_a_hotels_sign_in_page_is_not_taken_for_an_answer(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    portal = "<html>Please sign in</html>"
    page.context.route(
        "**/w/events/",
        lambda route: route.fulfill(status=200, body=portal, content_type="text/html"),
    )
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Undecided").first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    assert [entry["state"] for entry in kept(page)] == ["waiting"]

    page.context.unroute("**/w/events/")
    page.evaluate("dispatchEvent(new Event('online'))")
    all_sent(page)
    assert len(doorstep.events()) == 1


def test_what_the_server_refuses_is_kept_shown_and_does_not_hold_up_the_rest(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    to_door(page, doorstep, 2)
    page.get_by_role("button", name="Opposed", exact=True).first.click()
    page.get_by_text("2 answers on this phone").wait_for()
    with tenant(doorstep.campaign.pk):  # while the phone was away, the door was taken off the walk
        here = TurfDoor.objects.of(doorstep.campaign).filter(turf=doorstep.turf)
        here.filter(door_id=doorstep.doors[0].pk).delete()

    page.context.set_offline(False)
    page.get_by_text("1 answer was not accepted. Look.").click()

    row = page.locator(".list-row", has_text="2 Mill Lane")
    expect(row).to_contain_text("That door is not on this walk.")
    assert len(doorstep.events()) == 1
    bob.picture("app-unsent-refused")
    row.get_by_role("button", name="Throw away").click()
    row.get_by_role("button", name="Yes, throw away").click()
    page.get_by_text("Everything has arrived.").wait_for()


def test_a_phone_whose_clock_is_two_hours_wrong_keeps_its_walk_and_loses_nothing(
    browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    for hours in (2, -2):
        context = context_of(browser, "phone", app=True)
        context.add_init_script(
            f"const real = Date.now; Date.now = () => real.call(Date) + {hours * 3_600_000};"
        )
        carry(context, doorstep, live_server.url)
        page = context.new_page()
        start(page, live_server.url)
        to_door(page, doorstep, 4 if hours > 0 else 5)
        page.get_by_role("button", name="Support", exact=True).first.click()
        page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
        all_sent(page)
        page.evaluate(APP % "tidy()")
        assert (
            page.get_by_role("heading", level=1).inner_text()
            != "This walk is not on this phone now"
        )
        shut(context)

    events = doorstep.events()
    assert len(events) == 2
    assert events[0].occurred_at > events[0].received_at
    assert doorstep.set_aside() == 0


# --- counted over many ----------------------------------------------------------------------------

MANY = """async ({ turf, events, seed }) => {
  const { app } = await import("/static/canvass/main.js");
  const walk = app.walks.get(turf);
  let state = seed;
  const next = (most) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % most;
  for (let nth = 0; nth < events; nth++) {
    const door = walk.doors[next(walk.doors.length)];
    const person = door.people[0] ?? null;
    const choice = walk.wording.choices[next(5)];
    const luck = next(10);
    const mine = app.standingOf(walk, door).mine.at(-1);
    if (luck === 0 && mine) await app.takeBack(walk, [door], mine.tap, "x");
    else if (luck < 4 && !mine) await app.nobodyIn(walk, [door], { kind: "no_answer", answer: "x" });
    else await app.heard(walk, door, { kind: "answered", support: choice.code, answer: "x" }, { person });
  }
  return app.entries.length;
}"""


def half_fail(context: BrowserContext) -> dict[str, int]:
    """Half of all sends fail: the server says 503 before it keeps anything, or keeps it and is cut off."""
    seen = {"sends": 0, "before": 0, "after": 0}

    def send(route: Route) -> None:
        seen["sends"] += 1
        luck = seen["sends"] % 4
        if luck == 1:
            seen["before"] += 1
            route.fulfill(status=503, body="{}", content_type="application/json")
        elif luck == 3:
            seen["after"] += 1
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route("**/w/events/", send)
    return seen


def test_thousands_of_taps_in_two_tabs_with_half_of_all_sends_failing_are_there_once_each(
    bob: Eyes, doorstep: Doorstep
) -> None:
    context, page = bob.page.context, bob.page
    context.set_offline(True)
    made = 0
    for seed in range(1, 5):  # the page is killed and comes back between the parts
        made = page.evaluate(MANY, {"turf": doorstep.turf.pk, "events": 450, "seed": seed})
        page.reload()
        page.locator("[data-ready]").wait_for()
    assert made == 1800
    second = context.new_page()
    second.goto(f"{bob.server}/w/app/")
    second.locator("[data-ready]").wait_for()
    seen = half_fail(context)

    context.set_offline(False)
    there = second.evaluate(MANY, {"turf": doorstep.turf.pk, "events": 200, "seed": 9})
    for tab in (page, second):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for _turn in range(60):
        if all(entry["state"] != "waiting" for entry in kept(page)):
            break
        page.evaluate(APP % "tryNow()")

    entries = kept(page)
    assert there == len(entries) == 2000
    assert {entry["state"] for entry in entries} == {"accepted"}
    assert seen["before"] >= 4
    assert seen["after"] >= 4
    events = doorstep.events()
    assert sorted(str(event.id) for event in events) == sorted(entry["id"] for entry in entries)
    assert sorted(event.sequence for event in events) == list(range(1, 2001))
    assert doorstep.set_aside() == 0
    context.unroute("**/w/events/")
    here, confirmed = receipt(page, doorstep)
    assert here == confirmed == str(doorstep.doors_recorded())


def test_two_tabs_do_not_send_at_the_same_time(bob: Eyes, doorstep: Doorstep) -> None:
    context, page = bob.page.context, bob.page
    second = context.new_page()
    second.goto(f"{bob.server}/w/app/")
    second.locator("[data-ready]").wait_for()
    at_once = {"now": 0, "most": 0, "sent": 0}

    def send(route: Route) -> None:
        at_once["now"] += 1
        at_once["most"] = max(at_once["most"], at_once["now"])
        body = json.loads(route.request.post_data or "{}")
        at_once["sent"] += len(body["events"])
        answer = route.fetch()
        at_once["now"] -= 1
        route.fulfill(response=answer)

    context.route("**/w/events/", send)
    for tab, seed in ((page, 1), (second, 2)):
        tab.evaluate(
            f"void ({MANY})({json.dumps({'turf': doorstep.turf.pk, 'events': 60, 'seed': seed})})"
        )
    until(page, APP % "look().then(() => app.entries.length === 120 && !app.waiting().length)")

    assert at_once["most"] == 1
    assert at_once["sent"] == len(doorstep.events()) == 120


# --- the end of the walk's time, and signing out -------------------------------------------------


def test_at_its_end_the_walk_is_wiped_and_unsent_answers_stay_without_a_name(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
    all_sent(page)
    page.context.set_offline(True)
    to_door(page, doorstep, 2)
    page.get_by_role("button", name="Opposed", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()

    page.evaluate(
        "import('/static/canvass/main.js').then(({ app }) => { app.world.now = () => Date.now() + 13 * 3600_000; return app.tidy(); })"
    )

    page.get_by_role("heading", name="This walk is not on this phone now").wait_for()
    raw = page.evaluate("""() => new Promise((resolve) => {
      const open = indexedDB.open("hustings-doorstep");
      open.onsuccess = () => {
        const stores = ["walks", "entries"];
        const from = open.result.transaction(stores);
        Promise.all(stores.map((name) => new Promise((done) => { const all = from.objectStore(name).getAll(); all.onsuccess = () => done(all.result); }))).then((all) => { open.result.close(); resolve(JSON.stringify(all)); });
      };
    })""")
    assert not any(part in raw for name in NAMES for part in name.split())
    page.get_by_text("1 answer on this phone").click()
    expect(page.locator(".list-row").first).to_contain_text("Opposed")
    assert page.locator(".list-row").first.inner_text().split("\n")[:2] == [
        "6 Mill Lane",
        "Opposed",
    ]


def test_signing_out_with_unsent_answers_asks_first_and_then_leaves_nothing(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    page.context.route("**/w/events/", lambda route: route.abort("connectionreset"))
    to_door(page, doorstep, 0)
    page.evaluate(STANDS_STILL)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    go(page, "/leave")
    page.get_by_text("1 answer is only on this phone. Signing out loses it.").wait_for()
    assert bob.axe() == []
    bob.picture("app-leave")
    page.context.unroute("**/w/events/")

    page.get_by_role("button", name="Send them first").click()
    page.get_by_role("heading", name="Sign this phone out").wait_for()
    page.get_by_text("This phone forgets its walks").wait_for()
    page.get_by_role("button", name="Sign this phone out").click()
    page.get_by_role("heading", name="Signed out").wait_for()

    assert len(doorstep.events()) == 1
    assert kept(page) == []
    until(page, "caches.keys().then((names) => names.length === 0)")


def test_signing_out_leaves_a_reporters_page_of_the_night_on_the_phone(
    bob: Eyes, doorstep: Doorstep, live_server: LiveServer
) -> None:
    with tenant(doorstep.campaign.pk):
        contest = a_caucus(doorstep.campaign)
        token = a_reporter(contest, "Bob", a_unit(contest, "Ward 1"))[1]
    page = bob.page
    night = page.context.new_page()
    night.goto(f"{live_server.url}/night/{token}/")
    expect(night.locator(".night-unit")).to_have_count(1)
    until(page, "caches.keys().then((names) => names.length === 2)")
    night.evaluate("navigator.serviceWorker.ready.then(() => true)")

    go(page, "/leave")
    page.get_by_role("button", name="Sign this phone out").click()
    page.get_by_role("heading", name="Signed out").wait_for()

    page.context.set_offline(True)
    night.reload()
    expect(night.locator(".night-unit")).to_have_count(1)
    assert [c for c in page.context.cookies() if c["name"] == DEVICE_COOKIE] == []
    with tenant(doorstep.campaign.pk):
        assert doorstep.device.revocations.exists()


def test_signing_out_on_the_plain_pages_takes_the_walk_off_the_app_too(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    assert page.evaluate(APP % "walks.size") == 1
    page.goto(f"{bob.server}/w/walk/{doorstep.turf.pk}/receipt/")
    page.get_by_role("button", name="Sign this phone out").click()
    page.get_by_role("heading", name="Open a walk").wait_for()

    walks = "import('/static/canvass/store.js').then((store) => store.all()).then(({ walks }) => walks.length === 0)"
    until(page, walks)


def test_answers_that_cannot_be_sent_are_handed_over_as_a_file_and_count_once(
    bob: Eyes, doorstep: Doorstep, alice: Membership, browser: Browser, live_server: LiveServer
) -> None:
    page = bob.page
    page.context.route("**/w/events/", lambda route: route.abort("connectionreset"))
    for place in (0, 2):
        to_door(page, doorstep, place)
        page.evaluate(STANDS_STILL)
        page.get_by_role("button", name="Support", exact=True).first.click()
        page.get_by_role("button", name="Support", exact=True, pressed=True).wait_for()
    go(page, "/unsent")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save them as a file").click()
    file = saved.value.path()
    wrong = []
    for size in ("phone", "desk"):  # taken in twice: the second time everything is here already
        context = context_of(browser, size)
        let_in(context, alice, live_server.url)
        desk = eyes_on(context, size, live_server.url)
        desk.open(f"/c/{doorstep.campaign.slug}/phones/take-in/")
        wrong += [f"{size}: too wide"] if desk.overflow() > 0 else []
        desk.picture("phones-take-in")
        desk.page.get_by_label("The file from the phone").set_input_files(file)
        desk.page.get_by_role("button", name="Take it in").click()
        desk.page.get_by_text("2 new, 0 here" if size == "phone" else "0 new, 2 here").wait_for()
        shut(context)
        desk.check()

    page.context.unroute("**/w/events/")
    page.get_by_role("button", name="Try again now").click()
    page.get_by_text("Everything has arrived.").wait_for()

    assert len(doorstep.events()) == 2
    assert doorstep.set_aside() == 0
    assert not wrong


def test_the_app_asks_nobody_to_install_it(bob: Eyes) -> None:
    asked = bob.page.evaluate("""() => {
      const event = new Event("beforeinstallprompt", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    }""")

    assert asked is True


# --- somebody with a keyboard, a small phone, a screen that others see ------------------------------


def test_a_door_is_recorded_by_keyboard_alone(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page

    def press_to(name: str) -> None:
        for _turn in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.innerText").strip().startswith(name):
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"the keyboard does not come to «{name}»")

    press_to("Next: 2 Mill Lane")
    page.get_by_role("heading", name="2 Mill Lane").wait_for()
    press_to("Undecided")
    page.get_by_role("button", name="Undecided", pressed=True).wait_for()
    assert page.evaluate("document.activeElement.innerText") == "Undecided"  # where it was
    press_to("Next door")
    page.get_by_role("heading", name="4 Mill Lane").wait_for()
    press_to("No answer")
    page.get_by_role("heading", name="6 Mill Lane").wait_for()
    press_to("Receipt")
    page.get_by_text("Everything arrived").wait_for()

    assert [event.kind for event in doorstep.events()] == ["answered", "no_answer"]


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_fits_a_small_phone_and_axe_finds_nothing(
    width: int, scheme: str, browser: Browser, live_server: LiveServer, doorstep: Doorstep
) -> None:
    context = context_of(browser, "phone", app=True, color_scheme=scheme)
    carry(context, doorstep, live_server.url)
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect("ERR_INTERNET_DISCONNECTED")
    page = eyes.page
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 568})
    start(page, live_server.url)
    walk = f"/walk/{doorstep.turf.pk}"
    wrong: list[str] = []

    def look(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        if eyes.overflow() > 0:
            wrong.append(f"{name}: {eyes.overflow()} px too wide")
        if page.locator("h1").count() != 1:
            wrong.append(f"{name}: not one heading")
        wrong.extend(f"{name}: {line}" for line in eyes.axe())
        if scheme == "light":
            picture(eyes, f"app-{name}", width)

    look("walk")
    to_door(page, doorstep, 1)
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).wait_for()
    page.get_by_role("button", name="Come back").first.click()
    look("door")
    page.get_by_role("button", name="Hide answers").click()
    look("door-hidden")
    page.get_by_role("button", name="Hide answers").click()
    go(page, f"{walk}/building/{doorstep.building.pk}")
    page.get_by_role("heading", name="Rathaus Court").wait_for()
    page.get_by_role("button", name="No answer at 4 doors").first.click()
    page.get_by_role("button", name="Undo “No answer” at 4 doors").wait_for()
    look("building")
    go(page, f"{walk}/script")
    page.get_by_role("heading", name="What to say").wait_for()
    look("script")
    all_sent(page)
    receipt(page, doorstep)
    look("receipt")
    page.context.set_offline(True)
    to_door(page, doorstep, 3)
    page.get_by_role("button", name="Opposed", exact=True).first.click()
    page.get_by_text("No signal. 1 answer on this phone").wait_for()
    look("offline")
    page.get_by_text("No signal. 1 answer on this phone").click()
    page.get_by_role("heading", name="Not sent yet").wait_for()
    look("unsent")
    go(page, "/walks")
    page.get_by_role("heading", name="Your walks").wait_for()
    look("walks")
    shut(context)
    eyes.check()
    assert not wrong, "\n".join(wrong)


def picture(eyes: Eyes, name: str, width: int) -> None:
    """At this width; the guide shows 390, and 320 beside it."""
    if width == 390:
        eyes.picture(name)
        return
    file = eyes.picture(f"{name}-small").with_name(f"{name}-320.png")
    eyes.page.set_viewport_size({"width": 320, "height": 568})
    eyes.page.screenshot(path=file, animations="disabled")
    file.with_name(f"{name}-small-390.png").unlink()


def test_answers_can_be_hidden_and_the_floor_is_one_tap_that_can_be_taken_back(
    bob: Eyes, doorstep: Doorstep
) -> None:
    page = bob.page
    go(page, f"/walk/{doorstep.turf.pk}/building/{doorstep.building.pk}")
    page.get_by_role("button", name="No answer at 4 doors").nth(1).click()
    page.get_by_role("button", name="Undo “No answer” at 4 doors").click()
    page.get_by_role("button", name="No answer at 4 doors").nth(2).wait_for()
    all_sent(page)

    assert [event.kind for event in doorstep.events()] == ["no_answer"] * 4 + ["undo"] * 4
    assert doorstep.doors_recorded() == 0


def test_somebody_else_at_the_door_answers_without_a_network(bob: Eyes, doorstep: Doorstep) -> None:
    page = bob.page
    page.context.set_offline(True)
    to_door(page, doorstep, 0)
    page.get_by_role("button", name="Somebody else is at the door").click()
    page.get_by_label("First name").fill("Siobhán")
    page.get_by_role("button", name="Add", exact=True).click()
    card = page.locator("details.person", has_text="Siobhán")
    card.get_by_role("button", name="Strong support").click()
    page.get_by_text("1 answer on this phone").wait_for()
    page.context.set_offline(False)
    all_sent(page)
    page.reload()
    page.get_by_text("not on the register").wait_for()

    expect(page.locator("details.person", has_text="Siobhán")).to_have_count(1)
    with tenant(doorstep.campaign.pk):
        assert (
            Person.objects.of(doorstep.campaign).filter(forename="Siobhán", origin="door").count()
            == 1
        )
    assert uuid.UUID(str(doorstep.events()[0].id)).version == 7
