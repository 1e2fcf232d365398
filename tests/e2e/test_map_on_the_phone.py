"""
The walk's map on a phone without a network, and the order in which somebody wants to walk.

All of it from what lies on the phone: the map shows streets, houses, doors and the way, a door is opened
and recorded from it, and an order that was chosen outlives the page.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.places.models import Building, Door
from tests.apps.canvass.a_ground import at, door_places, plant_ground, the_way
from tests.apps.canvass.cast import a_walk
from tests.e2e.conftest import FLAGS, context_of, eyes_on, go, until
from tests.e2e.test_doorstep import (
    APP,
    NAMES,
    Doorstep,
    a_door,
    all_sent,
    carry,
    picture,
    shut,
    start,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


MIDDLE = """(selector) => {
  const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
  return [x + width / 2, y + height / 2]; }"""
"""Found and measured within one step of the page."""


@pytest.fixture
def ground(campaign: Campaign, alice: Membership) -> Doorstep:
    """Up Mill Lane, a building of six flats, up Weir Street, and down Mill Lane on the other side."""
    with tenant(campaign.pk):
        plant_ground(campaign)
        doors = [
            a_door(campaign, street, number, [NAMES[nth % len(NAMES)]])
            for nth, (street, number, _lon, _lat) in enumerate(door_places())
        ]
        for door, (_street, _number, lon, lat) in zip(doors, door_places(), strict=True):
            Door.objects.filter(pk=door.pk).update(lon=lon, lat=lat)
        house = Building.objects.create(campaign=campaign, name="Rathaus Court")
        flats = [
            a_door(
                campaign, "Mill Lane", 17, [NAMES[n % 6]], unit=f"Flat {n + 1}", building=house,
                floor=n // 2,
            )
            for n in range(6)
        ]  # fmt: skip
        lon, lat = at(107.0, 40.0)
        Door.objects.filter(pk__in=[flat.pk for flat in flats]).update(lon=lon, lat=lat)
        doors[8:8] = flats
        turf = a_walk(campaign, [door.pk for door in doors], number=7, code="QWERTY")
        turf.route = the_way()
        turf.save(update_fields=["route"])
        device, token = actions.ask_for_walk(turf, "Bob", by=alice.actor)
    assert token
    return Doorstep(campaign, turf, device, token, doors, house)


@dataclass
class Phone:
    """Bob's phone with the walk and its ground on it."""

    eyes: Eyes
    walk: Doorstep

    @property
    def page(self) -> Page:
        return self.eyes.page

    def go(self, place: str, heading: str) -> None:
        go(self.page, f"/walk/{self.walk.turf.pk}{place}")
        self.page.get_by_role("heading", level=1, name=heading).wait_for()

    def open_map(self) -> None:
        self.go("/map", "Map of the walk")
        self.page.locator("walk-ground .sign").first.wait_for()

    def tap_stop(self, nth: int) -> None:
        """With a finger on the map, where the stop is drawn."""
        x, y = self.page.evaluate(MIDDLE, f'walk-ground [data-stop="{nth}"] .sign-shape')
        self.page.touchscreen.tap(x, y)

    def listed(self) -> list[str]:
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('.list-row strong')].map((one) => one.innerText)"
        )
        return found


def a_phone(
    browser: Browser, ground: Doorstep, server: str, **options: object
) -> tuple[BrowserContext, Phone]:
    context = context_of(browser, "phone", app=True, **options)
    carry(context, ground, server)
    eyes = eyes_on(context, "phone", server)
    eyes.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    start(eyes.page, server)
    until(eyes.page, APP % f"beside.landOf({ground.turf.pk}) !== null")
    return context, Phone(eyes, ground)


@pytest.fixture
def bob(browser: Browser, live_server: LiveServer, ground: Doorstep) -> Iterator[Phone]:
    context, phone = a_phone(browser, ground, live_server.url)
    yield phone
    shut(context)
    phone.eyes.check()


def test_with_no_network_a_door_is_found_on_the_map_recorded_and_done_on_the_list(
    bob: Phone,
) -> None:
    page = bob.page
    page.context.set_offline(True)
    page.reload()  # nothing of it comes from anywhere but the phone
    bob.open_map()
    expect(page.locator("walk-ground .sign")).to_have_count(21)  # twenty houses and a building
    expect(page.locator("walk-ground .ground-name", has_text="Mill Lane").first).to_be_attached()
    house = page.locator("walk-ground .ground-house")
    assert len(re.findall("M", house.get_attribute("d") or "")) > 20

    bob.tap_stop(3)
    page.get_by_role("heading", level=2, name="8 Mill Lane").wait_for()
    page.get_by_role("link", name="Open 8 Mill Lane").click()
    page.get_by_role("heading", level=1, name="8 Mill Lane").wait_for()
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_text("1 answer on this phone").wait_for()
    bob.go("", "My walk")

    expect(page.locator(".list-row", has_text="8 Mill Lane")).to_contain_text("done")
    bob.open_map()
    assert "is-done" in (page.locator('[data-stop="3"]').get_attribute("class") or "")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    all_sent(page)
    assert [event.door_id for event in bob.walk.events()] == [bob.walk.doors[3].pk]


def test_no_answer_on_the_map_goes_on_to_the_next_door_and_can_be_taken_back(bob: Phone) -> None:
    page = bob.page
    page.context.set_offline(True)
    bob.open_map()
    page.get_by_role("heading", level=2, name="2 Mill Lane").wait_for()
    page.get_by_role("button", name="No answer at 2 Mill Lane").click()
    page.get_by_role("heading", level=2, name="4 Mill Lane").wait_for()
    assert "is-out" in (page.locator('[data-stop="0"]').get_attribute("class") or "")
    assert "is-next" in (page.locator('[data-stop="1"]').get_attribute("class") or "")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", level=2, name="2 Mill Lane").wait_for()

    assert [
        e["event"]["kind"] for e in page.evaluate(APP % "entries.map((e) => ({event: e.event}))")
    ] == ["no_answer", "undo"]


def test_the_map_is_moved_by_buttons_fingers_and_keys(bob: Phone) -> None:
    page = bob.page
    bob.open_map()

    def far_apart() -> float:
        left, right = (page.evaluate(MIDDLE, f'[data-stop="{nth}"]')[0] for nth in (0, 7))
        return float(abs(left - right))

    whole = far_apart()
    page.get_by_role("button", name="Closer").click()
    closer = far_apart()
    page.evaluate("""() => {
      const svg = document.querySelector("walk-ground svg");
      const box = svg.getBoundingClientRect();
      svg.setPointerCapture = () => {};
      const say = (type, id, x, y) => svg.dispatchEvent(new PointerEvent(type, { pointerId: id, bubbles: true, clientX: box.x + x, clientY: box.y + y }));
      say("pointerdown", 1, 140, 140); say("pointerdown", 2, 180, 140);
      say("pointermove", 1, 100, 140); say("pointermove", 2, 220, 140);
      say("pointerup", 1, 100, 140); say("pointerup", 2, 220, 140);
    }""")
    pinched = far_apart()
    page.get_by_role("button", name="Whole walk").click()

    assert closer > 1.5 * whole
    assert pinched > 1.5 * closer
    assert far_apart() == pytest.approx(whole, abs=1)
    page.get_by_role("button", name="The stop after").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="4 Mill Lane").wait_for()
    assert page.evaluate("document.activeElement.dataset.key") == "stop_after"  # where it was


# --- the order ------------------------------------------------------------------------------------


def test_an_own_order_outlives_the_page_leads_from_door_to_door_and_the_plan_is_one_tap_away(
    bob: Phone,
) -> None:
    page = bob.page
    page.context.set_offline(True)
    planned = bob.listed()
    bob.go("/order", "Order of the walk")
    page.get_by_role("button", name="Turn around").click()
    page.get_by_text("Your own order. Next is 1 Mill Lane.").wait_for()
    page.locator(".list-row", has_text="5 Mill Lane").first.click()
    page.get_by_role("button", name="Start from here").click()
    page.get_by_text("Your own order. Next is 5 Mill Lane.").wait_for()
    page.get_by_role("button", name="Later").click()
    page.get_by_text("Your own order. Next is 7 Mill Lane.").wait_for()
    page.reload()

    bob.go("", "My walk")
    assert bob.listed()[:4] == ["7 Mill Lane", "5 Mill Lane", "9 Mill Lane", "11 Mill Lane"]
    assert sorted(bob.listed()) == sorted(planned)
    page.get_by_role("link", name="Next: 7 Mill Lane").click()
    page.get_by_role("button", name="No answer", exact=True).click()
    page.get_by_role("heading", level=1, name="5 Mill Lane").wait_for()
    bob.open_map()
    expect(page.locator(".ground-way.is-own")).to_have_count(1)
    bob.go("/order", "Order of the walk")
    page.get_by_role("button", name="Order as planned").click()
    page.get_by_text("As planned. Next is 2 Mill Lane.").wait_for()
    bob.go("", "My walk")
    assert bob.listed() == planned


def test_one_side_of_a_street_first_and_the_other_on_the_way_back(bob: Phone) -> None:
    page = bob.page
    page.locator(".list-row").first.get_by_text("on your right · even numbers").wait_for()
    bob.go("/order", "Order of the walk")
    page.locator(".list-row", has_text="1 Mill Lane").last.click()
    page.get_by_role("button", name="This side first").click()
    page.get_by_text("Your own order. Next is Rathaus Court.").wait_for()
    bob.go("", "My walk")

    listed = bob.listed()
    assert listed[:9] == ["Rathaus Court", *(f"{n} Mill Lane" for n in range(15, 0, -2))]
    assert listed[9:17] == [f"{n} Mill Lane" for n in range(2, 18, 2)]
    assert all(name.endswith("Weir Street") for name in listed[17:])


def test_nobody_else_hears_of_an_own_order(bob: Phone) -> None:
    asked: list[str] = []
    bob.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    bob.go("/order", "Order of the walk")
    bob.page.get_by_role("button", name="Turn around").click()
    bob.page.get_by_text("Your own order.").wait_for()

    assert [line for line in asked if line.startswith("POST")] == []


FACTS = """() => new Promise((resolve) => {
  const open = indexedDB.open("hustings-doorstep");
  open.onsuccess = () => {
    const all = open.result.transaction("facts").objectStore("facts").getAllKeys();
    all.onsuccess = () => { open.result.close(); resolve(all.result.map(String)); };
  };
})"""


def test_the_map_and_the_order_leave_the_phone_with_the_walk(bob: Phone) -> None:
    page, turf = bob.page, bob.walk.turf.pk
    bob.go("/order", "Order of the walk")
    page.get_by_role("button", name="Turn around").click()
    page.get_by_text("Your own order.").wait_for()
    assert {f"map,{turf}", f"order,{turf}"} <= set(page.evaluate(FACTS))

    page.evaluate(
        "import('/static/canvass/main.js').then(({ app }) => { app.world.now = () => Date.now() + 13 * 3600_000; return app.tidy(); })"
    )
    page.get_by_role("heading", name="This walk is not on this phone now").wait_for()

    assert [key for key in page.evaluate(FACTS) if "," in key] == []


# --- where am I -----------------------------------------------------------------------------------


def test_where_the_phone_is_is_asked_by_a_tap_shown_as_a_dot_and_neither_kept_nor_sent(
    browser: Browser, live_server: LiveServer, ground: Doorstep
) -> None:
    lon, lat = at(63.0, 2.0)
    context, bob = a_phone(
        browser, ground, live_server.url,
        geolocation={"longitude": lon, "latitude": lat, "accuracy": 8}, permissions=["geolocation"],
    )  # fmt: skip
    page = bob.page
    page.add_init_script(
        "const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);"
        "self.asked = 0; navigator.geolocation.getCurrentPosition = (...how) => { self.asked++; ask(...how); };"
    )
    page.reload()
    bob.open_map()
    assert page.evaluate("self.asked") == 0
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    page.get_by_role("button", name="Where am I").click()
    page.get_by_text("You are about 10 m from 10 Mill Lane.").wait_for()

    expect(page.locator(".ground-me")).to_have_count(1)
    assert page.evaluate("self.asked") == 1
    kept = page.evaluate(
        "import('/static/canvass/store.js').then((store) => store.all()).then(JSON.stringify)"
    )
    assert str(lat)[:8] not in kept + " ".join(sent)
    bob.go("", "My walk")
    bob.open_map()
    expect(page.locator(".ground-me")).to_have_count(0)  # it went with the screen
    shut(context)
    bob.eyes.check()


def test_a_phone_that_may_not_be_asked_where_it_is_has_its_map_all_the_same(bob: Phone) -> None:
    bob.open_map()
    bob.page.get_by_role("button", name="Where am I").click()
    bob.page.get_by_text(re.compile("The map works without")).wait_for()

    expect(bob.page.locator("walk-ground .sign")).to_have_count(21)


# --- saving power, large text, small phones ---------------------------------------------------------


def test_saving_power_is_offered_when_the_battery_is_low_and_the_clock_then_asks_for_nothing(
    browser: Browser, live_server: LiveServer, ground: Doorstep
) -> None:
    context, bob = a_phone(browser, ground, live_server.url)
    page = bob.page
    page.add_init_script(
        "navigator.getBattery = () => Promise.resolve({ level: 0.1, charging: false, addEventListener() {} });"
        "const once = setTimeout; self.clocks = [];"
        "self.setTimeout = (what, after) => {"
        " if (after >= 30_000 && after < 45_000) clocks.push(what); return once(what, after); };"
    )
    page.reload()
    page.get_by_text("The battery is low. Save power?").wait_for()
    assert page.evaluate("document.documentElement.dataset.power") is None
    bob.eyes.picture("app-power-offer")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/w/" in request.url else None)

    def clock_strikes() -> None:
        until(page, APP % "reach === 'there'")
        asked.clear()
        page.evaluate("clocks.splice(0).forEach((what) => what())")
        page.wait_for_timeout(500)

    clock_strikes()
    for _turn in range(100):
        if any("/changes/" in url for url in asked):
            break
        page.wait_for_timeout(100)
    assert any("/changes/" in url for url in asked)
    page.get_by_role("button", name="Save power").first.click()
    clock_strikes()
    assert asked == []
    expect(page.get_by_text("The battery is low")).to_have_count(0)

    page.reload()
    page.get_by_role("button", name="Saving power", pressed=True).wait_for()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(0, 0, 0)"
    bob.open_map()
    expect(page.locator("walk-ground .ground-house")).to_have_count(0)
    go(page, f"/walk/{bob.walk.turf.pk}/door/{bob.walk.doors[0].pk}")
    page.get_by_role("button", name="Support", exact=True).first.click()
    page.get_by_role("button", name="Support", exact=True, pressed=True).first.wait_for()
    all_sent(page)
    assert len(bob.walk.events()) == 1
    shut(context)
    bob.eyes.check()


SHOWN = {("light", "map"), ("light", "order"), ("power", "list"), ("power", "map")}
"""In the guide."""
LOOKS = [(320, "light"), (390, "light"), (390, "dark"), (320, "power")]


@pytest.mark.parametrize(("width", "look"), LOOKS)
def test_map_and_order_fit_a_small_phone_and_axe_finds_nothing(
    width: int, look: str, browser: Browser, live_server: LiveServer, ground: Doorstep
) -> None:
    scheme = "dark" if look == "dark" else "light"
    context, bob = a_phone(browser, ground, live_server.url, color_scheme=scheme)
    page, eyes = bob.page, bob.eyes
    page.set_viewport_size({"width": width, "height": 844 if width == 390 else 568})
    walk = bob.walk
    page.evaluate(
        """async ([turf, none, back]) => {
          const { app } = await import("/static/canvass/main.js");
          const walk = app.walks.get(turf);
          const door = (id) => walk.doors.find((one) => one.id === id);
          await app.heard(walk, door(none[0]), { kind: "answered", support: "1", answer: "x" });
          await app.nobodyIn(walk, none.slice(1).map(door), { kind: "no_answer", answer: "x" });
          await app.heard(walk, door(back), { kind: "come_back", come_back_at: new Date(Date.now() + 3600_000).toISOString(), answer: "x" });
        }""",
        [walk.turf.pk, [d.pk for d in walk.doors[:3]], walk.doors[3].pk],
    )
    all_sent(page)
    if look == "power":
        page.get_by_role("button", name="Save power").click()
    wrong: list[str] = []

    def see(name: str) -> None:
        page.evaluate("document.fonts.ready.then(() => true)")
        if eyes.overflow() > 0:
            wrong.append(f"{name}: {eyes.overflow()} px too wide")
        if page.locator("h1").count() != 1:
            wrong.append(f"{name}: not one heading")
        wrong.extend(f"{name}: {line}" for line in eyes.axe())
        small = page.evaluate(
            "[...document.querySelectorAll('main a, main button')].filter((one) => one.checkVisibility() && "
            "Math.min(one.offsetWidth, one.offsetHeight) < 44).map((one) => one.textContent)"
        )
        wrong.extend(f"{name}: «{one}» is smaller than a thumb" for one in small)
        if (look, name) in SHOWN:
            page.evaluate("scrollTo(0, 0)")
            picture(eyes, f"app-{name}" if look == "light" else f"app-{name}-{look}", width)

    bob.go("", "My walk")
    see("list")
    bob.open_map()
    see("map")
    page.get_by_role("button", name="Next door").click()
    page.wait_for_timeout(100)
    see("map-near")
    bob.go("/order", "Order of the walk")
    page.locator(".list-row").nth(1).click()
    page.get_by_role("button", name="Start from here").wait_for()
    see("order")
    shut(context)
    eyes.check()
    assert not wrong, "\n".join(wrong)


def test_with_letters_twice_as_large_nothing_is_lost_on_a_small_phone(
    browser: Browser, live_server: LiveServer, ground: Doorstep
) -> None:
    options = [*FLAGS, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    large = browser.browser_type.launch(executable_path=found, args=options)
    context, bob = a_phone(large, ground, live_server.url)
    page, eyes = bob.page, bob.eyes
    page.set_viewport_size({"width": 320, "height": 568})
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    first, flat = bob.walk.doors[0].pk, bob.walk.building.pk
    wrong: list[str] = []
    places = {
        "": "My walk", "/map": "Map of the walk", "/order": "Order of the walk",
        f"/door/{first}": "2 Mill Lane", f"/building/{flat}": "Rathaus Court",
        "/script": "What to say", "/receipt": "Thank you",
    }  # fmt: skip
    for place, heading in places.items():
        go(bob.page, f"/walk/{bob.walk.turf.pk}{place}")
        page.get_by_role("heading", level=1, name=heading).wait_for()
        page.wait_for_timeout(300)
        if eyes.overflow() > 0:
            wrong.append(f"{place}: {eyes.overflow()} px too wide")
        cut = page.evaluate(
            "[...document.querySelectorAll('main *, header *, nav *')].filter((one) => !one.closest('svg, .visually-hidden') && "
            "one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden').map((one) => one.textContent)"
        )
        wrong.extend(f"{place}: cut off: {one}" for one in cut)
        hidden = page.evaluate("""() => {
          // Whatever can be tapped can be scrolled to where no bar stands on it.
          return [...document.querySelectorAll("main a, main button, nav a")].filter((one) => one.checkVisibility()).flatMap((one) => {
            one.scrollIntoView({ block: "center" });
            const box = one.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(20, box.height / 2));
            return top && (one.contains(top) || top.contains(one)) ? [] : [one.textContent];
          });
        }""")
        wrong.extend(f"{place}: under something else: {one}" for one in hidden)
        if place in {"", "/map"}:
            top = ".ground-frame" if place else "body"
            page.evaluate(f"document.querySelector('{top}').scrollIntoView()")
            picture(eyes, f"app-large-{'map' if place else 'list'}", 320)
    shut(context)
    large.close()
    eyes.check()
    assert not wrong, "\n".join(wrong)
