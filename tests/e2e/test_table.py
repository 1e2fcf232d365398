"""
One code on the table, in real browsers: opened, scanned by a phone and by a crowd, taken back, closed.

Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch.models import Arrival
from hustings.apps.outings import publishing
from hustings.apps.outings.models import Action, Checkout, Turf, TurfDoor
from hustings.formats.pack_pdf import qr_data
from tests.apps.dispatch.cast import ALICE, HERE
from tests.apps.outings.planting import STEP, STREETS, a_cut, a_town, an_action, turfs_of
from tests.e2e.conftest import SIZES, context_of, eyes_on, go, let_in, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

DOORS_EACH, WALKS_A_STREET = 40, 4
WALKS = WALKS_A_STREET * len(STREETS)
CAME = 21
"""Besides the phone in the browser: more than there are walks."""
IN_A_HURRY = "Ivo"
"""Has less time than any walk takes."""
PLACE = {"longitude": HERE[0], "latitude": HERE[1]}


@pytest.fixture
def action(campaign: Campaign, settings: SettingsWrapper, live_server: LiveServer) -> Action:
    """A round of sixteen published walks in four streets; its codes lead to the server of the test."""
    settings.SITE_URL = live_server.url
    with tenant(campaign.pk):
        doors = a_town(campaign, doors_each=DOORS_EACH)
        each = len(doors) // WALKS
        made = an_action(campaign)
        lists = [doors[n * each : (n + 1) * each] for n in range(WALKS)]
        cut = a_cut(campaign, made, *lists)
        for n, turf in enumerate(turfs_of(cut)):
            row, part = divmod(n, WALKS_A_STREET)
            turf.name = f"{STREETS[row]} {part * each + 1}–{(part + 1) * each}"
            turf.streets, turf.minutes = [STREETS[row]], 62.0 + n
            turf.lon, turf.lat = (part * each + each / 2) * STEP, row * 5 * STEP
            turf.save()
        publishing.publish(campaign, cut.pk, by=ALICE)
    return made


@pytest.fixture
def alices(browser: Browser, live_server: LiveServer, alice: Membership) -> Iterator[Eyes]:
    """Alice's desk."""
    context = context_of(browser, "desk")
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, "desk", live_server.url)
    yield eyes
    context.close()
    eyes.check()


@pytest.fixture
def toms(browser: Browser, live_server: LiveServer) -> Iterator[Eyes]:
    """Tom's phone, which nobody has let in yet, and which may say where it is."""
    context = context_of(browser, "phone", app=True, geolocation=PLACE, permissions=["geolocation"])
    eyes = eyes_on(context, "phone", live_server.url)
    yield eyes
    context.close()
    eyes.check()


def look(eyes: Eyes, name: str, *sizes: str) -> None:
    """It fits, axe finds nothing, and there is a picture; at both sizes unless one is named."""
    own = eyes.size
    for size in sizes or tuple(SIZES):
        width, height = SIZES[size]
        eyes.page.set_viewport_size({"width": width, "height": height})
        eyes.size = size
        eyes.page.evaluate("document.fonts.ready.then(() => true)")
        assert eyes.overflow() <= 0, f"{name}, {size}"
        assert eyes.axe() == [], f"{name}, {size}"
        eyes.picture(name, whole=True)
    eyes.size = own
    width, height = SIZES[own]
    eyes.page.set_viewport_size({"width": width, "height": height})


@dataclass
class Arriving:
    """Somebody with a phone that runs no scripts: plain HTTP, and the cookies that it is given."""

    address: str
    name: str
    said: dict[str, str]
    jar: CookieJar = field(default_factory=CookieJar)
    text: str = ""
    turf: int | None = None

    def asks(self) -> None:
        """Scan the code, say it, and follow where it leads."""
        browser = build_opener(HTTPCookieProcessor(self.jar))
        with browser.open(self.address, timeout=120) as answer:
            page, at = answer.read().decode(), answer.url
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None, page
        body = {"csrfmiddlewaretoken": found[1], "first_name": self.name, **self.said}
        with browser.open(at, urlencode(body).encode(), timeout=120) as answer:
            self.text = answer.read().decode()
            has = re.search(r"/w/walk/(\d+)/", answer.url)
        self.turf = int(has[1]) if has else None

    def looks(self) -> int:
        """What the server answers when they scan the code."""
        browser = build_opener(HTTPCookieProcessor(self.jar))
        try:
            with browser.open(self.address, timeout=120) as answer:
                return int(answer.status)
        except HTTPError as refused:
            with refused:
                return refused.code


def all_at_once(crowd: list[Arriving]) -> None:
    """Everybody asks at the same moment."""
    together, wrong = threading.Barrier(len(crowd)), []

    def come(one: Arriving) -> None:
        try:
            together.wait()
            one.asks()
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            wrong.append((one.name, error))

    threads = [threading.Thread(target=come, args=(one,)) for one in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def out_now(campaign: Campaign) -> dict[str, int]:
    """Who has which walk."""
    with tenant(campaign.pk):
        rows = Checkout.objects.of(campaign).filter(returned_at=None)
        return dict(rows.values_list("holder", "turf_id"))


def opened(page: Page, eyes: Eyes, place: str = "1 Bank Street") -> str:
    """A table, from the list to its code; the address that the code says."""
    eyes.open("/c/riverside/tables/")
    page.get_by_role("link", name="Open a table").first.click()
    page.get_by_label("What people call it").fill("Town hall")
    page.get_by_label("Where it stands").fill(place)
    look(eyes, "dispatch-new")
    page.get_by_role("button", name="Open it").click()
    code = page.get_by_role("img", name="QR code that hands each arrival a walk")
    code.wait_for()
    address = page.get_by_text(f"{eyes.server}/t/").inner_text()
    assert code.get_attribute("src") == qr_data(address)
    return address


def walk_in_app(page: Page) -> int:
    """The walk that the phone's app has open, with its doors."""
    page.wait_for_url(re.compile(r"/w/app/#/walk/\d+"))
    page.get_by_role("heading", name="My walk").wait_for()
    page.locator("a[href*='/door/']").first.wait_for()
    found = re.search(r"/walk/(\d+)", page.url)
    assert found is not None
    return int(found[1])


def test_everybody_who_scans_the_code_has_a_walk_of_their_own_or_knows_why_not(
    alices: Eyes, toms: Eyes, action: Action, campaign: Campaign
) -> None:
    desk, phone = alices.page, toms.page
    address = opened(desk, alices)
    desk.get_by_text("Nobody has come yet.").wait_for()

    phone.goto(address)
    phone.get_by_label("Your first name").fill("Tom")
    phone.get_by_label("I am on foot").check()
    look(toms, "table-arrive", "phone")
    phone.get_by_role("button", name="Give me a walk").click()
    toms_walk = walk_in_app(phone)
    assert out_now(campaign) == {"Tom": toms_walk}

    phone.goto(address)
    assert walk_in_app(phone) == toms_walk
    assert out_now(campaign) == {"Tom": toms_walk}

    crowd = [Arriving(address, f"Guest {n:02}", {"minutes": "90"}) for n in range(1, CAME)]
    crowd.append(Arriving(address, IN_A_HURRY, {"minutes": "45"}))
    all_at_once(crowd)

    went = {one.name: one.turf for one in crowd if one.turf is not None}
    stayed = [one for one in crowd if one.turf is None]
    assert len(went) == WALKS - 1
    assert len(set(went.values()) | {toms_walk}) == WALKS
    assert out_now(campaign) == {"Tom": toms_walk, **went}
    assert IN_A_HURRY in {one.name for one in stayed}
    for one in stayed:
        assert "No walk fits you right now" in one.text
        assert re.search(
            r"No walk is free right now|takes? longer than your|while you asked", one.text
        )
    with tenant(campaign.pk):
        turfs = [*went.values(), toms_walk]
        doors = list(TurfDoor.objects.of(campaign).filter(turf__in=turfs, live=True).values_list("door_id", flat=True))  # fmt: skip
    assert len(doors) == len(set(doors)) == DOORS_EACH * len(STREETS)

    rows = desk.locator(".table-now .list-row")
    desk.get_by_text("No walk yet").wait_for()  # the page asks by itself
    until(
        desk, "many => document.querySelectorAll('.table-now .list-row').length === many", 1 + CAME
    )
    expect(rows.filter(has_text="Tom")).to_have_count(1)
    for one in stayed:
        expect(rows.filter(has_text=one.name).get_by_role("button")).to_have_count(0)
    look(alices, "dispatch-table")

    # Whoever waits is offered what is left when a walk comes back.
    left, waits = next(one for one in crowd if one.turf is not None), stayed[0]
    waits.said = {"minutes": ""}
    desk.get_by_role("button", name=re.compile(f"Take back.*{left.name}")).click()
    desk.get_by_text(f"{left.name}’s walk is free again").wait_for()
    assert left.name not in out_now(campaign)
    waits.asks()
    assert waits.turf == left.turf
    assert out_now(campaign)[waits.name] == left.turf

    desk.get_by_role("link", name="The code alone").click()
    desk.get_by_text("Point your phone’s camera here").wait_for()
    look(alices, "dispatch-print")
    desk.get_by_role("link", name="Back to the table").click()
    desk.get_by_role("button", name="Close the table").click()
    desk.get_by_text("The table is closed. Walks that are out stay out.").wait_for()
    before = out_now(campaign)
    late = Arriving(address, "Late", {"minutes": "90"})
    assert [one.looks() for one in (late, left, crowd[-1])] == [410, 410, 410]
    with pytest.raises(HTTPError, match="410"):
        late.asks()
    toms.expect("status of 410")
    phone.goto(address)
    phone.get_by_role("heading", name="This code is over").wait_for()
    assert toms.axe() == []
    assert toms.overflow() <= 0
    assert out_now(campaign) == before
    with tenant(campaign.pk):
        assert not Arrival.objects.of(campaign).filter(name="Late").exists()
    alices.open("/c/riverside/tables/")
    look(alices, "dispatch-tables")


def test_where_nothing_fits_the_phone_says_why_and_the_desk_hears_of_it(
    alices: Eyes, toms: Eyes, action: Action, campaign: Campaign
) -> None:
    desk, phone = alices.page, toms.page
    address = opened(desk, alices)

    phone.goto(address)
    phone.get_by_label("Your first name").fill("Tom")
    phone.get_by_label("45 minutes").check()
    phone.get_by_role("button", name="Give me a walk").click()
    phone.get_by_text("take longer than your 45 minutes").wait_for()
    look(toms, "table-nothing-fits", "phone")
    phone.get_by_role("button", name="Tell the organiser").click()
    phone.get_by_role("heading", name="The organiser knows").wait_for()
    assert toms.axe() == []
    assert toms.overflow() <= 0
    desk.get_by_text("asks for you").wait_for()
    assert out_now(campaign) == {}

    phone.get_by_role("link", name="Ask once more").click()
    phone.get_by_label("Two of us share one walk").check()
    phone.get_by_label("an hour and a half").check()
    phone.get_by_role("button", name="Give me a walk").click()
    phone.get_by_text("Your partner’s number").wait_for()
    look(toms, "table-partner", "phone")
    phone.get_by_role("link", name="Open the walk").click()
    assert out_now(campaign) == {"Tom": walk_in_app(phone)}


def test_a_phone_with_a_walk_is_given_another_from_where_it_is_and_the_desk_reserves_one(
    alices: Eyes, toms: Eyes, action: Action, campaign: Campaign
) -> None:
    desk, phone = alices.page, toms.page
    phone.goto(opened(desk, alices))
    phone.get_by_label("Your first name").fill("Tom")
    phone.get_by_role("button", name="Give me a walk").click()
    first = walk_in_app(phone)

    go(phone, "/")
    phone.get_by_role("link", name="Give me a walk from here").click()
    phone.get_by_role("heading", name="A walk from here").wait_for()
    look(toms, "ninety")
    phone.get_by_role("button", name="From where I am").click()
    phone.wait_for_url(re.compile(rf"/w/app/#/walk/(?!{first}\b)\d+"))
    second = walk_in_app(phone)
    with tenant(campaign.pk):
        assert Turf.objects.of(campaign).get(pk=second).state == Turf.State.CHECKED_OUT
        assert not any("lon" in one.wishes for one in Arrival.objects.of(campaign))

    alices.open("/c/riverside/tables/ninety/")
    desk.get_by_label("Who takes it").fill("Ann at the desk")
    desk.get_by_label("From where").fill("5 Mill Lane")
    look(alices, "dispatch-ninety")
    desk.get_by_role("button", name="Reserve a walk").click()
    desk.get_by_text("Ann at the desk").first.wait_for()
    third = out_now(campaign)["Ann at the desk"]
    assert len({first, second, third}) == 3
