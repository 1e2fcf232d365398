"""The results' map: what a phone hears changes a door's colour while somebody looks, with nothing reloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.places.models import Door
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.places.a_map import plant_map
from tests.e2e.conftest import PATIENCE_MS, context_of, eyes_on, let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from tests.e2e.conftest import Eyes


class Saturday:
    """Two walks of twelve doors on a map; Tom is out with the first and has begun."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign = campaign
        with tenant(campaign.pk):
            plant_map(campaign, "Mill Lane")
            self.walks = [self._walk(number) for number in (1, 2)]
            self.tom: Device = a_phone(self.walks[0], "Tom", alice)
        for n, (kind, support) in enumerate(
            [("answered", str(level)) for level in range(1, 6)]
            + [("refused", ""), ("no_answer", "")],
        ):
            self.hears(n, kind, support)

    def _walk(self, number: int) -> Turf:
        doors = range(number * 1000, number * 1000 + 12)
        turf = a_walk(self.campaign, doors, number=number)
        for n, door in enumerate(doors):
            at = {
                "lon": 0.0002 * n + 0.00002 * number,
                "lat": 51 + 0.0005 * number + 0.0001 * (n % 2),
            }
            Door.objects.filter(pk=door).update(**at)
        turf.route = [[0.0, 51 + 0.0005 * number], [0.0022, 51 + 0.0005 * number]]
        turf.save(update_fields=["route"])
        return turf

    def hears(self, n: int, kind: str, support: str = "") -> None:
        """Tom records something at the nth door of his walk."""
        with tenant(self.campaign.pk):
            report = a_report(self.walks[0], 1000 + n, kind, support=support)
            assert [o.status for o in actions.record(self.tom, [report])] == ["stored"]


@pytest.fixture
def saturday(campaign: Campaign, alice: Membership) -> Saturday:
    """Walks on a map, and the first results."""
    return Saturday(campaign, alice)


def looks(eyes: Eyes, member: Membership, query: str = "") -> Page:
    """The results' page, once its map is drawn."""
    let_in(eyes.page.context, member, eyes.server)
    page = eyes.open(reverse("results:overview", args=[member.campaign.slug]) + query)
    page.wait_for_selector("turf-map[data-ready]", state="attached")
    assert page.get_attribute("turf-map", "data-ready") == "yes"
    return page


def kinds(page: Page) -> dict[str, int]:
    """How many doors of each kind the map shows."""
    return dict(page.evaluate("document.querySelector('turf-map').kinds"))


def until(page: Page, true: Callable[[], bool]) -> bool:
    """Whether it becomes true while the page lives on."""
    for _look in range(PATIENCE_MS // 250):
        if true():
            return True
        page.wait_for_timeout(250)
    return False


def nothing_more(page: Page, asked: list[str]) -> bool:
    """Whether for a while the page asks for nothing."""
    asked.clear()
    page.wait_for_timeout(1500)
    return not asked


FIRST = {f"support-{level}": 1 for level in range(1, 6)} | {"contact": 1, "tried": 1, "todo": 17}


def test_an_answer_from_a_phone_changes_a_doors_colour_without_a_reload(
    eyes: Eyes, saturday: Saturday, alice: Membership
) -> None:
    page = looks(eyes, alice)
    before = kinds(page)
    page.evaluate("document.querySelector('turf-map').dataset.sameAsBefore = 'yes'")

    saturday.hears(7, "answered", "1")

    until(page, lambda: kinds(page) != before)
    page.get_by_text("8 of 12 knocked · 6 answers").wait_for()
    assert before == FIRST
    assert kinds(page) == FIRST | {"support-1": 2, "todo": 16}
    assert page.get_attribute("turf-map", "data-same-as-before") == "yes"
    expect(page.locator("turf-map canvas")).to_have_count(1)


def test_the_list_the_table_and_the_map_select_the_same_walk(
    eyes: Eyes, saturday: Saturday, alice: Membership
) -> None:
    page = looks(eyes, alice)
    second = saturday.walks[1].pk
    rows = f"[data-walk='{second}'][aria-current='true']"

    page.locator(f"#walk-list [data-walk='{second}']").click()

    page.get_by_text("Walk 2: 12 doors on the map").wait_for()
    expect(page.locator(f"#walk-list {rows}")).to_have_count(1)
    expect(page.locator(f"#walk-table {rows}")).to_have_count(1)
    assert page.url.endswith(f"?walk={second}")
    saturday.hears(8, "no_answer")
    page.get_by_text("8 of 12 knocked").first.wait_for()
    expect(page.locator(rows)).to_have_count(2)  # the rows that came anew are marked again
    page.locator(f"#walk-table [data-walk='{saturday.walks[0].pk}']").click()
    page.get_by_text("Walk 1: 12 doors on the map").wait_for()
    page.wait_for_timeout(600)
    eyes.picture("results-map")
    assert eyes.axe() == []
    assert eyes.overflow() <= 0


def test_the_keyboard_goes_from_walk_to_walk_and_down_the_list(
    desk: Eyes, saturday: Saturday, alice: Membership
) -> None:
    page = looks(desk, alice)

    page.locator("turf-map canvas").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.get_by_text("Walk 2:").wait_for()
    page.locator("#walk-list a").first.focus()
    page.keyboard.press("Enter")

    page.get_by_text("Walk 1:").wait_for()
    here = page.locator("#walk-list [aria-current='true'] .walk-number")
    expect(here).to_have_text("1")


def test_a_walk_named_in_the_address_is_selected(
    desk: Eyes, saturday: Saturday, alice: Membership
) -> None:
    page = looks(desk, alice, f"?walk={saturday.walks[1].pk}")

    page.get_by_text("Walk 2: 12 doors on the map").wait_for()


def test_a_page_that_nobody_looks_at_asks_for_no_doors(
    desk: Eyes, saturday: Saturday, alice: Membership
) -> None:
    page = looks(desk, alice)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })"
    )
    until(page, lambda: nothing_more(page, asked))  # what was on its way has come

    page.wait_for_timeout(7000)
    while_hidden = list(asked)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => false })")

    assert while_hidden == []
    assert until(page, lambda: any("doors.geojson" in url for url in asked))


def test_an_observer_sees_how_far_the_walks_are_and_no_single_door(
    eyes: Eyes, saturday: Saturday, olive: Membership
) -> None:
    page = looks(eyes, olive)

    assert kinds(page) == {"walk-most": 12, "walk-none": 12}
    page.get_by_text("What single doors said is shown to organisers only.").wait_for()
    eyes.picture("results-map-observer")
    assert eyes.axe() == []


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_stands_in_light_and_in_dark(
    size: str,
    scheme: str,
    browser: Browser,
    live_server: LiveServer,
    saturday: Saturday,
    alice: Membership,
) -> None:
    context = context_of(browser, size, color_scheme=scheme)
    eyes = eyes_on(context, size, live_server.url)

    page = looks(eyes, alice, f"?walk={saturday.walks[0].pk}")
    page.get_by_text("Walk 1: 12 doors on the map").wait_for()
    page.wait_for_timeout(600)
    eyes.picture(f"results-map-{scheme}", whole=True)

    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    context.close()
    eyes.check()
