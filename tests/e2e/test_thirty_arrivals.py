"""
Thirty arrivals at one code while two organisers move doors between the walks of the same cut.

Twenty-eight phones speak plain HTTP with their own cookies, each in a thread of its own; two are real browsers,
and so are the organisers' desks. Nothing is doubled, nothing is lost, and whatever is refused says why.
"""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import publishing, sources
from hustings.apps.outings.models import Cut, PlanStep, Turf, TurfDoor
from tests.apps.cast import member
from tests.apps.dispatch.cast import ALICE
from tests.apps.outings.planting import (
    STEP,
    STREETS,
    a_cut,
    a_town,
    an_action,
    town_streets,
    turfs_of,
)
from tests.e2e.conftest import context_of, eyes_on
from tests.e2e.test_doorstep import APP
from tests.e2e.test_table import Arriving, look, opened, out_now, walk_in_app
from tests.e2e.test_workbench import at_a_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

pytestmark = pytest.mark.browser

DOORS_EACH, WALKS_A_STREET = 56, 7
WALKS = WALKS_A_STREET * len(STREETS)
ARRIVALS, REAL_PHONES = 30, 2
WAVES = {1: 10, 3: 10, 5: 8}
"""In which turn of the organisers how many arrive at once, while both press «Move»."""
TURNS = 7
SENTENCES = r"No walk is free right now|takes? longer than your|while you asked"


@pytest.fixture
def cut(
    campaign: Campaign, settings: SettingsWrapper, live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Cut:  # fmt: skip
    """Twenty-eight published walks of eight doors in four streets: two fewer than arrivals."""
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        doors = a_town(campaign, doors_each=DOORS_EACH)
        each = len(doors) // WALKS
        made = a_cut(
            campaign, an_action(campaign), *[doors[n * each : (n + 1) * each] for n in range(WALKS)]
        )
        for n, turf in enumerate(turfs_of(made)):
            row, part = divmod(n, WALKS_A_STREET)
            turf.name = f"{STREETS[row]} {part * each + 1}–{(part + 1) * each}"
            turf.streets, turf.minutes = [STREETS[row]], 32.0 + n / 10
            turf.lon, turf.lat = (part * each + each / 2) * STEP, row * 5 * STEP
            turf.save()
        publishing.publish(campaign, made.pk, by=ALICE)
    return made


@pytest.fixture
def desks(
    browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership
) -> Iterator[list[Eyes]]:
    """Alice's and Anna's: both organise."""
    for alices in at_a_desk(browser, live_server, alice):
        for annas in at_a_desk(browser, live_server, member(campaign, "Anna", "organiser")):
            for eyes in (alices, annas):
                eyes.expect("status of (409|422)")
            yield [alices, annas]


@pytest.fixture
def phones(browser: Browser, live_server: LiveServer) -> Iterator[list[Eyes]]:
    """Two real ones."""
    contexts = [context_of(browser, "phone", app=True) for _phone in range(REAL_PHONES)]
    found = [eyes_on(context, "phone", live_server.url) for context in contexts]
    yield found
    for context in contexts:
        context.close()
    for eyes in found:
        eyes.check()


def members_of(cut: Cut) -> dict[int, set[int]]:
    """The live doors of each walk, by its number."""
    found: dict[int, set[int]] = {}
    with tenant(cut.campaign_id):
        rows = TurfDoor.objects.of(cut.campaign_id).filter(action_id=cut.action_id, live=True)
        for number, door in rows.values_list("turf__number", "door_id"):
            found.setdefault(number, set()).add(door)
    return found


class Crowd:
    """Everybody but the two in browsers, each in a thread; they arrive in waves, all of a wave at once."""

    def __init__(self, people: list[Arriving]) -> None:
        self.people = people
        self.wrong: list[tuple[str, Exception]] = []
        self.threads: list[threading.Thread] = []

    def _come(self, one: Arriving, together: threading.Barrier) -> None:
        try:
            together.wait()
            one.asks()
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            self.wrong.append((one.name, error))

    def send(self, many: int) -> None:
        """So many more are on their way from now on."""
        first = len(self.threads)
        wave, together = self.people[first : first + many], threading.Barrier(many)
        started = [threading.Thread(target=self._come, args=(one, together)) for one in wave]
        self.threads += started
        for thread in started:
            thread.start()

    def all_came(self) -> None:
        """Wait for the last of them."""
        for thread in self.threads:
            thread.join()
        assert len(self.threads) == len(self.people)
        assert self.wrong == []


class Editing:
    """An organiser at the workbench, who moves two doors of a walk to one beside it again and again."""

    def __init__(self, eyes: Eyes, bench: str, seed: int) -> None:
        self.eyes, self.bench = eyes, bench
        self.chance = random.Random(seed)  # noqa: S311  # any doors will do
        self.came_of_it: Counter[str] = Counter()

    def chooses(self) -> bool:
        """Two doors, and where they should go; nothing is written yet. Both do so before either moves."""
        page, walk = self.eyes.page, self.chance.randint(1, WALKS)
        self.eyes.open(f"{self.bench}?walk={walk}")
        boxes = page.locator(".workbench-doors input[type=checkbox]:enabled")
        if boxes.count() < 3:
            return False
        for place in (0, 1):
            boxes.nth(place).check()
        beside = walk + 1 if walk % WALKS_A_STREET else walk - 1
        page.get_by_label("to", exact=True).select_option(str(beside))
        page.locator("#preview").get_by_text(re.compile("doors would move|This step")).wait_for()
        return True

    def moves(self) -> None:
        """It is made, or a sentence says why not; whoever is told of the other's step says what to do."""
        page = self.eyes.page
        with page.expect_event("load"):
            page.get_by_role("button", name="Move", exact=True).click()
        self._heard()
        if page.locator("#clash").count():
            page.get_by_text("Your choice is still here; nothing of it is lost.").wait_for()
            self.came_of_it["clash"] += 1
            with page.expect_event("load"):
                page.get_by_role("button", name="Move those they did not move").click()
            self._heard()

    def _heard(self) -> None:
        page = self.eyes.page
        if page.locator("#clash").count():
            return
        if page.locator("#refused").count():
            said = page.locator("#refused").inner_text()
            assert re.search(r"\w+ \w+ \w+.*\.", said), said
            self.came_of_it["refused"] += 1
        else:
            page.get_by_text(re.compile(r"moved doors \(\d+\) from walk")).first.wait_for()
            self.came_of_it["took"] += 1


def test_thirty_arrive_at_one_code_while_two_organisers_move_doors(
    desks: list[Eyes], phones: list[Eyes], cut: Cut, campaign: Campaign
) -> None:
    before = members_of(cut)
    address = opened(desks[0].page, desks[0])
    table_page = desks[0].page.url.removeprefix(desks[0].server)
    bench = reverse("outings:workbench", kwargs={"slug": campaign.slug, "cut_id": cut.pk})
    editing = [Editing(eyes, bench, seed) for seed, eyes in enumerate(desks, 1)]
    people = [
        Arriving(address, f"Guest {n:02}", {"minutes": "90"}) for n in range(ARRIVALS - REAL_PHONES)
    ]
    crowd = Crowd(people)

    walks_of_phones: list[int] = []
    for turn in range(TURNS):
        ready = [one for one in editing if one.chooses()]
        if turn == 2:
            look(desks[1], "arrivals-workbench")
        if turn in WAVES:
            crowd.send(WAVES[turn])
        for one in ready:
            one.moves()
        if turn in {1, 3}:
            phone = phones[len(walks_of_phones)]
            phone.page.goto(address)
            phone.page.get_by_label("Your first name").fill(f"Real {turn}")
            phone.page.get_by_role("button", name="Give me a walk").click()
            walks_of_phones.append(walk_in_app(phone.page))
    crowd.all_came()

    # Every arrival has a walk of their own or a sentence, and every door is in one walk.
    went = {one.name: one.turf for one in people if one.turf is not None}
    out = {**went, **{f"Real {n}": walk for n, walk in zip((1, 3), walks_of_phones, strict=True)}}
    assert out_now(campaign) == out
    assert len(set(out.values())) == len(out) == WALKS
    for one in people:
        if one.turf is None:
            assert "No walk fits you right now" in one.text
            assert re.search(SENTENCES, one.text), one.name
    now = members_of(cut)
    assert sorted(door for doors in now.values() for door in doors) == sorted(
        door for doors in before.values() for door in doors
    )
    assert now != before
    with tenant(campaign.pk):
        counted = dict(
            Turf.objects.of(campaign).filter(cut=cut).values_list("number", "door_count")
        )
        took = PlanStep.objects.of(campaign).filter(cut=cut, undone_at=None).count()
    assert counted == {number: len(now.get(number, ())) for number in counted}
    assert took == sum(one.came_of_it["took"] for one in editing) >= 2
    assert all(sum(one.came_of_it.values()) >= 2 for one in editing)

    # A phone's walk is the one that the organisers left it with.
    for phone, walk in zip(phones, walks_of_phones, strict=True):
        with tenant(campaign.pk):
            number = Turf.objects.of(campaign).get(pk=walk).number
        phone.page.reload()
        phone.page.locator("a[href*='/door/']").first.wait_for()
        phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        _shows(phone, walk, len(now[number]))
    look(phones[0], "arrivals-walk", "phone")
    desks[0].open(table_page)
    desks[0].page.get_by_text("Went out from here").wait_for()
    look(desks[0], "arrivals-table")

    # Every step can be taken back, whoever made it, with everybody out.
    page = desks[0].open(bench)
    for left in range(took - 1, -1, -1):
        with page.expect_event("load"):
            page.get_by_role("button", name="Undo the last step").click()
        page.get_by_text("Undone:").first.wait_for()
        with tenant(campaign.pk):
            steps = PlanStep.objects.of(campaign).filter(cut=cut, undone_at=None)
            assert steps.count() == left
    assert members_of(cut) == before
    assert out_now(campaign) == out


def _shows(phone: Eyes, walk: int, doors: int) -> None:
    for _turn in range(450):
        seen = phone.page.evaluate(APP % f"walks.get({walk})?.doors.length")
        if seen == doors:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(
        (walk, doors, phone.page.evaluate(APP % f"walks.get({walk})?.doors.length"))
    )
