"""A cut too large for one answer: its map shows each walk once, and doors where somebody looks closer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import actions, map_doors, sources, walk_list
from hustings.apps.outings.models import TurfDoor
from hustings.apps.outings.universe import Choice
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_town, town_streets
from tests.e2e.conftest import context_of, eyes_on, let_in, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Cut
    from tests.e2e.conftest import Eyes


@pytest.fixture
def cut(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Cut:
    """A draft of six walks in four streets; a page holds four walks, an answer few of its doors."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    monkeypatch.setattr(walk_list, "A_PAGE", 4)
    monkeypatch.setattr(map_doors, "MOST_AT_ONCE", 60)
    monkeypatch.setattr(map_doors, "MOST_IN_A_TILE", 10)
    with tenant(campaign.pk):
        a_town(campaign)
        action = actions.plan_action(campaign, "Saturday canvass", Choice(), by=SETUP)
        made = actions.ask_for_cut(
            campaign, action.pk, units="doors", size=14, by=SETUP, cross_districts=True
        )
        made.refresh_from_db()
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


def address(cut: Cut, name: str) -> str:
    return reverse(f"outings:{name}", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk})


def places_of(cut: Cut, number: int) -> list[tuple[int, float, float]]:
    with tenant(cut.campaign_id):
        ids = TurfDoor.objects.of(cut.campaign_id).filter(turf__cut=cut, turf__number=number)
        doors = list(ids.order_by("stop").values_list("door_id", flat=True))
        found = sources.doors_by_id(cut.campaign, doors)
    return [(door, found[door].lon or 0.0, found[door].lat or 0.0) for door in doors]


CLOSER = (
    "([lon, lat]) => document.querySelector('turf-map').map.jumpTo({center: [lon, lat], zoom: 19})"
)
SHOWN = "Number(document.querySelector('turf-map').dataset.doorsShown)"
SPOTS = "document.querySelector('turf-map').map.getLayoutProperty('walk-spots', 'visibility')"


def test_the_walks_stand_as_spots_and_doors_come_where_one_looks_closer(
    alices: Eyes, cut: Cut
) -> None:
    page = alices.open(address(cut, "cut-page"))
    page.locator("turf-map[data-ready=yes]").wait_for()
    assert page.evaluate(SHOWN) == 0
    assert page.evaluate(SPOTS) == "visible"

    _door, lon, lat = places_of(cut, 6)[0]
    page.evaluate(CLOSER, [lon, lat])
    until(page, f"{SHOWN} > 0")
    assert page.evaluate(SPOTS) == "none"


def test_a_walk_of_another_page_is_chosen_on_the_map_and_its_page_of_the_list_opens(
    alices: Eyes, cut: Cut
) -> None:
    page = alices.open(address(cut, "cut-page"))
    page.locator("turf-map[data-ready=yes]").wait_for()
    expect(page.locator('#walks [data-walk="6"]')).to_have_count(0)

    page.evaluate("document.querySelector('turf-map').select(6)")

    page.locator('#walks [data-walk="6"][aria-current=true]').wait_for()
    expect(page.locator('#walks [data-walk="1"]')).to_have_count(0)
    page.get_by_text("Walks 5 to").wait_for()
    expect(page.locator(".map-said")).to_contain_text(re.compile(r"^\s*Walk 6: "))
    assert alices.axe() == []
    alices.picture("outings-large-cut", whole=False)


def test_doors_of_a_large_cut_are_chosen_on_the_workbench_by_the_map(
    alices: Eyes, cut: Cut
) -> None:
    page = alices.open(f"{address(cut, 'workbench')}?walk=1")
    page.locator("turf-map[data-ready=yes]").wait_for()
    until(page, "document.querySelector('turf-map').map.getLayer('chosen') !== undefined")
    door, lon, lat = places_of(cut, 1)[0]
    page.evaluate(CLOSER, [lon, lat])
    until(page, f"{SHOWN} > 0")

    at = page.evaluate(
        "([lon, lat]) => { const { x, y } = document.querySelector('turf-map').map.project([lon, lat]); return { x, y }; }",
        [lon, lat],
    )
    until(
        page,
        "([x, y]) => document.querySelector('turf-map').map.queryRenderedFeatures([x, y], { layers: ['doors'] }).length > 0",
        [at["x"], at["y"]],
    )
    page.locator("turf-map canvas").click(position=at)

    until(page, f"document.getElementById('door-{door}').checked")
