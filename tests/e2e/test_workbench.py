"""Two organisers edit one cut: each sees the other, nothing is lost, every step can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import actions, moving_doors, sources
from hustings.apps.outings.models import Cut, PlanStep, TurfDoor
from hustings.apps.outings.universe import Choice
from tests.apps.cast import SETUP, member
from tests.apps.outings.planting import a_town, town_streets
from tests.e2e.conftest import context_of, eyes_on, let_in, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


@pytest.fixture
def cut(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Cut:
    """A draft of six walks of thirteen doors or so in four streets."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
        action = actions.plan_action(campaign, "Saturday canvass", Choice(), by=SETUP)
        made = actions.ask_for_cut(
            campaign, action.pk, units="doors", size=14, by=SETUP, cross_districts=True
        )
        made.refresh_from_db()
    assert made.finished_at is not None
    return made


def at_a_desk(browser: Browser, server: LiveServer, who: Membership) -> Iterator[Eyes]:
    context = context_of(browser, "desk")
    let_in(context, who, server.url)
    eyes = eyes_on(context, "desk", server.url)
    yield eyes
    context.close()
    eyes.check()


@pytest.fixture
def alices(browser: Browser, live_server: LiveServer, alice: Membership) -> Iterator[Eyes]:
    """Alice's desk."""
    yield from at_a_desk(browser, live_server, alice)


@pytest.fixture
def annas(browser: Browser, live_server: LiveServer, campaign: Campaign) -> Iterator[Eyes]:
    """Anna's, who organises too."""
    yield from at_a_desk(browser, live_server, member(campaign, "Anna", "organiser"))


def doors_of(cut: Cut, number: int) -> list[int]:
    with tenant(cut.campaign_id):
        rows = TurfDoor.objects.of(cut.campaign_id).filter(turf__cut=cut, turf__number=number)
        return list(rows.order_by("stop").values_list("door_id", flat=True))


def look(eyes: Eyes, name: str) -> None:
    """At both sizes: it fits, axe finds nothing, and there is a picture for the guide."""
    for size, width, height in (("phone", 390, 844), ("desk", 1360, 860)):
        eyes.page.set_viewport_size({"width": width, "height": height})
        eyes.size = size
        assert eyes.overflow() <= 0
        assert eyes.axe() == []
        eyes.picture(name, whole=size == "phone")


def tick(eyes: Eyes, doors: list[int]) -> None:
    """Choose these doors with the keyboard alone."""
    for door in doors:
        box = eyes.page.locator(f"#door-{door}")
        box.evaluate(
            "box => { const group = box.closest('details'); if (group) group.open = true; }"
        )
        box.focus()
        eyes.page.keyboard.press("Space")
        assert box.is_checked()


def test_two_organisers_edit_one_cut_and_nothing_is_lost(
    alices: Eyes, annas: Eyes, cut: Cut
) -> None:
    bench = reverse("outings:workbench", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})
    before = {number: doors_of(cut, number) for number in range(1, 7)}
    one, other = alices.open(f"{bench}?walk=1"), annas.open(f"{bench}?walk=1")
    one.get_by_text("Here too:").wait_for()
    one.locator("turf-map[data-ready=yes]").wait_for()

    tick(annas, before[1][2:4])
    other.get_by_label("to", exact=True).select_option("3")
    other.locator("#preview .workbench-sizes").wait_for()
    tick(alices, before[1][:3])
    one.get_by_label("to", exact=True).select_option("2")
    one.get_by_text("3 doors would move").wait_for()
    look(alices, "outings-workbench")
    assert doors_of(cut, 1) == before[1]

    other.get_by_role("button", name="Move", exact=True).focus()
    other.keyboard.press("Enter")
    other.get_by_text("moved doors (2) from walk 1 to walk 3").first.wait_for()
    one.get_by_text("Since you opened this page:").wait_for()
    alices.expected.append("409")
    one.get_by_role("button", name="Move", exact=True).click()
    one.get_by_text("Your choice is still here").wait_for()
    look(alices, "workbench-clash")
    one.get_by_role("button", name="Move those they did not move").click()
    one.get_by_text("moved doors (2) from walk 1 to walk 2").first.wait_for()

    assert set(before[1][:2]) <= set(doors_of(cut, 2))
    assert set(before[1][2:4]) <= set(doors_of(cut, 3))
    with tenant(cut.campaign_id):
        assert sorted(
            TurfDoor.objects.of(cut.campaign_id)
            .filter(turf__cut=cut)
            .values_list("door_id", flat=True)
        ) == sorted(door for doors in before.values() for door in doors)

    for left in (1, 0):
        with one.expect_event("load"):
            one.get_by_role("button", name="Undo the last step").click()
        one.get_by_text("Undone:").first.wait_for()
        with tenant(cut.campaign_id):
            assert PlanStep.objects.of(cut.campaign_id).filter(undone_at=None).count() == left
    assert {number: doors_of(cut, number) for number in range(1, 7)} == before
    one.get_by_role("button", name="Make it again").click()
    one.get_by_text("moved doors (2) from walk 1 to walk 3").first.wait_for()


def test_doors_are_chosen_on_the_map_and_a_tap_on_another_walk_shows_what_moving_there_does(
    alices: Eyes, cut: Cut
) -> None:
    bench = reverse("outings:workbench", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})
    page = alices.open(f"{bench}?walk=1")
    page.locator("turf-map[data-ready=yes]").wait_for()
    until(page, "document.querySelector('turf-map').map.getLayer('chosen') !== undefined")
    mine, theirs = doors_of(cut, 1)[0], doors_of(cut, 2)[0]

    for door, walk in ((mine, 1), (theirs, 2)):
        page.evaluate(
            "([door, walk]) => document.querySelector('turf-map').dispatchEvent("
            "new CustomEvent('door-pressed', {cancelable: true, detail: {door, walk}}))",
            [door, walk],
        )

    page.get_by_text("1 door would move").wait_for()
    assert page.locator(f"#door-{mine}").is_checked()
    expect(page.get_by_label("to", exact=True)).to_have_value("2")
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_text("moved doors (1) from walk 1 to walk 2").first.wait_for()
    assert mine in doors_of(cut, 2)


def a_move_that_fits(cut: Cut) -> tuple[int, int]:
    """A door of walk 1 and a walk it can go to without breaking a law."""
    with tenant(cut.campaign_id):
        return next(
            (door, walk)
            for door in doors_of(cut, 1)
            for walk in range(2, 7)
            if not moving_doors.preview(cut.campaign, cut.pk, [door], walk).breaks
        )


def test_the_map_opens_at_the_walk_that_is_shown(alices: Eyes, cut: Cut) -> None:
    bench = reverse("outings:workbench", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})
    page = alices.open(f"{bench}?walk=1")
    page.locator("turf-map[data-ready=yes]").wait_for()
    until(page, "document.querySelector('turf-map').map.getLayer('chosen') !== undefined")

    all_in_sight, off_the_middle_px = page.evaluate(
        "() => { const one = document.querySelector('turf-map'), map = one.map, sight = map.getBounds();"
        " const own = one.doors.filter((door) => door.properties.walk === 1).map((door) => door.geometry.coordinates);"
        " const middle = [0, 1].map((i) => (Math.min(...own.map((at) => at[i])) + Math.max(...own.map((at) => at[i]))) / 2);"
        " const here = map.project(middle), there = map.project(map.getCenter());"
        " return [own.length > 0 && own.every((at) => sight.contains(at)), Math.hypot(here.x - there.x, here.y - there.y)]; }"
    )

    assert all_in_sight
    assert off_the_middle_px < 3


def test_a_door_that_is_let_go_over_a_walk_whose_figures_were_not_shown_stays(
    alices: Eyes, cut: Cut
) -> None:
    bench = reverse("outings:workbench", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})
    mine, fits = a_move_that_fits(cut)
    other = next(walk for walk in range(2, 7) if walk != fits)
    page = alices.open(f"{bench}?walk=1")
    page.locator("turf-map[data-ready=yes]").wait_for()
    until(page, "document.querySelector('turf-map').map.getLayer('chosen') !== undefined")
    tick(alices, [mine])
    page.locator("turf-map").scroll_into_view_if_needed()
    doors = page.evaluate(
        "async () => { const map = document.querySelector('turf-map').map;"
        " const doors = (await map.getSource('doors').getData()).features;"
        " const at = doors.map((door) => door.geometry.coordinates), [lon, lat] = [0, 1].map((i) => at.map((one) => one[i]));"
        " map.fitBounds([[Math.min(...lon), Math.min(...lat)], [Math.max(...lon), Math.max(...lat)]], {padding: 40, duration: 0});"
        " return doors.map((door) => [door.properties.walk, door.properties.door, door.geometry.coordinates]); }"
    )
    until(page, "document.querySelector('turf-map').map.areTilesLoaded()")

    def place(walk: int, door: int = 0) -> tuple[float, float]:
        at = next(at for number, one, at in doors if number == walk and door in {0, one})
        found = page.evaluate(
            "(at) => { const map = document.querySelector('turf-map').map, on = map.project(at);"
            " const box = map.getCanvas().getBoundingClientRect(); return [box.left + on.x, box.top + on.y]; }",
            at,
        )
        return found[0], found[1]

    page.mouse.move(*place(1, mine))
    page.mouse.down()
    page.mouse.move(*place(fits), steps=3)
    page.get_by_text("1 door would move").wait_for()
    page.mouse.move(*place(other))
    page.mouse.up()

    expect(page.get_by_label("to", exact=True)).to_have_value(str(other))
    page.get_by_text("1 door would move").wait_for()
    assert mine in doors_of(cut, 1)
    page.mouse.move(*place(1, mine))
    page.mouse.down()
    page.mouse.move(*place(fits), steps=3)
    page.get_by_text("1 door would move").wait_for()
    page.mouse.up()
    page.get_by_text(f"moved doors (1) from walk 1 to walk {fits}").first.wait_for()
    assert mine in doors_of(cut, fits)
