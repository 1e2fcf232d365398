"""
The night: ten reporters in eight precincts, three of them two hours without a network, one phone killed mid-entry,
one precinct reported differently by two sources, one lot, and one answer of the server that never arrived.
"""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, standing
from hustings.apps.contests.models import Audit, Lot, Report, ReporterStep, SheetPhoto, TrayReport
from hustings.core.contest.caucus.count import count
from hustings.core.contest.lot import Lot as Drawn
from hustings.core.contest.lot import Lots
from tests.apps.cast import SETUP
from tests.apps.contests.cast import a_caucus, a_reporter, a_unit
from tests.e2e.conftest import context_of, eyes_on, until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Contest, Unit
    from tests.e2e.conftest import Eyes

PHASES = ("first", "final", "delegates")
NO_NETWORK = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|ERR_ABORTED"
LOT = Drawn("one less, turn 1", ("birch", "cedar"), ("cedar",))
HERE = "[data-waiting='{}']"
KEPT = """async (typed) => {
  const { draftsOf } = await import('/static/contests/night/store.js');
  return [...(await draftsOf(location.pathname.split('/')[2])).values()].some((one) => one['count birch'] === typed); }"""
"""What was typed last lies in the phone's store."""


def turned(places: int) -> dict[str, int]:
    """A hundred people, spread otherwise in each precinct, so that none looks like a copy of another."""
    names, people = ("ash", "birch", "cedar", "elm", "fir"), [20, 18, 27, 19, 16]
    people = people[places % 5 :] + people[: places % 5]
    people[0], people[1] = people[0] + places // 5, people[1] - places // 5
    return dict(zip(names, people, strict=True))


def awarded(contest: Contest, unit: Unit, people: dict[str, int], lots: tuple[Drawn, ...]) -> dict[str, int]:  # fmt: skip
    """By the rule, with the lot."""
    said = {"unit": unit.name, "delegates": unit.delegates, "attendance": sum(people.values()), "first": people, "final": people}  # fmt: skip
    done = count(said, contest.rules, Lots(lots))
    assert done.tie is None
    return dict(done.result["awarded"])


class Phone:
    """A reporter's phone, with the page opened once while there was a network."""

    def __init__(self, browser: Browser, server: str, token: str, *, hours_behind: int = 0) -> None:
        self.context: BrowserContext = context_of(browser, "phone")
        self.eyes: Eyes = eyes_on(self.context, "phone", server)
        self.eyes.expect(NO_NETWORK)
        self.page: Page = self.eyes.page
        self.address = f"{server}/night/{token}/"
        if hours_behind:
            self.page.clock.install(time=timezone.now() - timedelta(hours=hours_behind))
        self.open()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        until(self.page, "caches.keys().then((names) => names.length === 1)")

    def open(self) -> None:
        self.page.goto(self.address)
        self.page.locator(".night-unit").first.wait_for()

    def fill(self, phase: str, numbers: dict[str, int], *, all_of_them: bool = True) -> None:
        self.page.locator(f"[data-phase={phase}]").first.click()
        if phase == "first":
            self.page.locator("#field-attendance").fill(str(sum(numbers.values())))
        for code, number in list(numbers.items())[: None if all_of_them else 2]:
            self.page.locator(f"#field-count-{code}").fill(str(number))

    def read_back(self) -> None:
        self.page.get_by_role("button", name="Read back").click()
        self.page.locator("[data-send]").wait_for()

    def send(self) -> None:
        self.page.locator("[data-send]").click()
        self.page.locator(".night-unit").first.wait_for()

    def report(self, phase: str, numbers: dict[str, int], *, odd: str = "") -> None:
        self.fill(phase, numbers)
        self.read_back()
        found = self.page.locator("[data-findings]")
        assert (found.get_attribute("data-findings") if found.count() else "") == odd
        self.send()

    def all_there(self) -> None:
        self.page.locator(HERE.format(0)).wait_for()

    def close(self) -> None:
        self.context.close()
        self.eyes.check()


@pytest.fixture
def contest(campaign: Campaign) -> Contest:
    with tenant(campaign.pk):
        return a_caucus(
            campaign, "River county caucus", opens_at=timezone.now() - timedelta(hours=3)
        )


def test_a_night_of_ten_reporters_loses_nothing_and_counts_nothing_twice(
    browser: Browser, live_server: LiveServer, campaign: Campaign, contest: Contest, tmp_path: Path
) -> None:
    with tenant(campaign.pk):
        units = [a_unit(contest, f"Ward {nth}", area="River") for nth in range(1, 8)]
        units.append(a_unit(contest, "Ward 8", area="River", delegates=6))
        tokens = [a_reporter(contest, f"Captain {unit.name}", unit)[1] for unit in units]
        seconds = [a_reporter(contest, f"Second {unit.name}", unit, source="second")[1] for unit in units[:2]]  # fmt: skip
    people = [turned(nth) for nth in range(7)] + [{"ash": 100, "birch": 50, "cedar": 50}]
    wins = [
        awarded(contest, unit, said, (LOT,) if unit is units[7] else ())
        for unit, said in zip(units, people, strict=True)
    ]
    phones = [
        Phone(browser, live_server.url, token, hours_behind=2 if 3 <= nth <= 5 else 0)
        for nth, token in enumerate(tokens)
    ]
    try:
        # Ward 1: the server took the first report in, and its answer never arrived.
        lost: list[str] = []

        def answer_is_lost(route: Route) -> None:
            if not lost:
                lost.append(str(route.fetch().status))
                route.abort()
            else:
                route.continue_()

        phones[0].page.route("**/events/", answer_is_lost)
        for phase, numbers in zip(PHASES, (people[0], people[0], wins[0]), strict=True):
            phones[0].report(phase, numbers)
        phones[0].all_there()
        assert lost == ["200"]

        # Wards 4 to 6: no network from before they begin; the page opens all the same, and two hours pass.
        away = range(3, 6)
        for nth in away:
            phones[nth].context.set_offline(True)
            phones[nth].open()
            for phase, numbers in zip(PHASES, (people[nth], people[nth], wins[nth]), strict=True):
                phones[nth].report(phase, numbers)
            phones[nth].page.clock.fast_forward("02:00:00")
            phones[nth].page.locator(HERE.format(3)).wait_for()
            phones[nth].open()
            phones[nth].page.locator(HERE.format(3)).wait_for()
        with tenant(campaign.pk):
            assert not Report.objects.filter(unit__in=units[3:6]).exists()

        # Ward 3: killed while the numbers are typed in; they are there again.
        killed = phones[2]
        killed.fill("first", people[2], all_of_them=False)
        until(killed.page, KEPT, str(people[2]["birch"]))
        with killed.page.expect_event("crash"), contextlib.suppress(Error):
            killed.page.goto("chrome://crash", timeout=1000)
        killed.eyes = eyes_on(killed.context, "phone", live_server.url)
        killed.page = killed.eyes.page
        killed.open()
        assert killed.page.locator("[data-phase=first]").get_attribute("data-where") == "begun"
        killed.page.locator("[data-phase=first]").click()
        expect(killed.page.locator("#field-attendance")).to_have_value("100")
        expect(killed.page.locator("#field-count-birch")).to_have_value(str(people[2]["birch"]))
        expect(killed.page.locator("#field-count-fir")).to_have_value("")
        killed.page.get_by_role("button", name="Back").last.click()
        for phase, numbers in zip(PHASES, (people[2], people[2], wins[2]), strict=True):
            killed.report(phase, numbers)
        killed.all_there()

        # Wards 2 and 7 as they should go.
        for nth in (1, 6):
            for phase, numbers in zip(PHASES, (people[nth], people[nth], wins[nth]), strict=True):
                phones[nth].report(phase, numbers)
            phones[nth].all_there()

        # Ward 8: the rule asks for a lot, and the phone says among whom.
        eight = phones[7]
        eight.report("first", people[7])
        eight.report("final", people[7], odd="V6")
        eight.fill("delegates", wins[7])
        eight.read_back()
        assert eight.page.locator("[data-findings]").get_attribute("data-findings") == "V6"
        eight.eyes.picture("night-lot", whole=True)
        eight.page.locator("#lot-cedar").check()
        eight.page.locator("#lot-device").fill("a coin")
        eight.page.locator("#lot-called_by").fill("the chair")
        eight.page.locator("#lot-order").fill("heads Birch, tails Cedar")
        eight.page.locator("#lot-witnesses").fill("both captains")
        eight.page.locator(".night-lot button").click()
        eight.page.locator("[data-findings]").wait_for(state="detached")
        eight.send()
        eight.all_there()
        with_a_sheet(eight, tmp_path)

        # The second reporters: one agrees, the other says otherwise.
        for nth, differs in ((0, 0), (1, 1)):
            second = Phone(browser, live_server.url, seconds[nth])
            said = people[nth] | {"ash": people[nth]["ash"] - differs}
            second.report("final", said)
            second.all_there()
            second.close()

        # The network is back, and nobody has to press anything.
        for nth in away:
            phones[nth].context.set_offline(False)
            phones[nth].all_there()
    finally:
        for phone in phones:
            phone.context.close()
    for phone in phones:
        phone.eyes.check()

    with tenant(campaign.pk):
        finals, delegates = (standing.standings(contest, phase) for phase in PHASES[1:])
        states = {unit.name: str(finals[unit.pk].state) for unit in units}
        assert Report.objects.count() == 8 * 3 + 2
        assert states == {
            "Ward 1": "matched", "Ward 2": "mismatch",
            **{f"Ward {nth}": "reported" for nth in range(3, 9)},
        }  # fmt: skip
        assert standing.total(delegates) == added_up(wins)
        assert standing.total(finals) == added_up(
            [one for nth, one in enumerate(people) if nth != 1]
        )
        audit = Audit.objects.get()
        assert (audit.unit, audit.phase, audit.steps.count()) == (units[1], "final", 0)
        lot = Lot.objects.get()
        assert (lot.unit, lot.chosen, lot.record["device"]) == (units[7], ["cedar"], "a coin")
        assert SheetPhoto.objects.get().unit == units[7]
        assert not TrayReport.objects.exists()
        late = Report.objects.filter(unit__in=units[3:6])
        assert all(one.received_at - one.reported_at > timedelta(minutes=100) for one in late)


def with_a_sheet(phone: Phone, folder: Path) -> None:
    """The sheet is photographed, made smaller on the phone, and sent."""
    from PIL import Image

    sheet = folder / "sheet.png"
    Image.new("RGB", (2400, 3200), "white").save(sheet)
    phone.page.locator("input[type=file]").set_input_files(sheet)
    phone.page.locator("[data-photo=there]").wait_for()


def added_up(tables: list[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in tables:
        for code, number in table.items():
            found[code] = found.get(code, 0) + number
    return found


def test_a_reporter_tries_it_out_days_before_and_sees_what_does_not_fit_together(
    browser: Browser, live_server: LiveServer, campaign: Campaign
) -> None:
    with tenant(campaign.pk):
        coming = a_caucus(
            campaign, "River county caucus", opens_at=timezone.now() + timedelta(days=3)
        )
        bob, token = a_reporter(coming, "Bob", a_unit(coming, "Ward 1", area="River"))
    phone = Phone(browser, live_server.url, token)
    eyes, page = phone.eyes, phone.page
    wrong: list[str] = []

    page.get_by_text("The night has not begun.").wait_for()
    looked(eyes, wrong, "night-units")
    phone.fill("first", {"ash": 60, "birch": 50})
    page.locator("#field-attendance").fill("100")
    page.locator("[data-findings=V10]").wait_for()
    looked(eyes, wrong, "night-form")
    page.locator("#field-count-birch").fill("4x")
    page.get_by_role("button", name="Read back").click()
    page.get_by_text("Whole numbers only.").wait_for()
    page.locator("#field-count-birch").fill("40")
    phone.read_back()
    looked(eyes, wrong, "night-read-back")
    assert page.locator(".night-read").inner_text().split() == ["People", "who", "signed", "in", "100", "Ash", "60", "Birch", "40", "Together", "100"]  # fmt: skip
    page.get_by_role("button", name="Send the practice report").click()
    page.get_by_text("You have tried it out.").wait_for()
    phone.close()

    with tenant(campaign.pk):
        assert ReporterStep.objects.get(reporter=bob, kind="practised").numbers["attendance"] == 100
        assert not Report.objects.exists()
    assert not wrong, "\n".join(wrong)


def test_what_waits_on_a_phone_under_its_old_link_goes_out_when_it_opens_the_new_one(
    browser: Browser, live_server: LiveServer, campaign: Campaign, contest: Contest
) -> None:
    with tenant(campaign.pk):
        ward = a_unit(contest, "Ward 1", area="River")
        bob, old = a_reporter(contest, "Bob", ward)
    phone = Phone(browser, live_server.url, old)
    phone.context.route("**/night/*/events/", lambda route: route.abort("internetdisconnected"))
    phone.report("first", turned(0))
    phone.page.locator(HERE.format(1)).wait_for()
    phone.page.goto("about:blank")
    phone.context.unroute("**/night/*/events/")
    with tenant(campaign.pk):
        assert not TrayReport.objects.exists()
        fresh = inviting.new_link(bob, by=SETUP)

    phone.address = f"{live_server.url}/night/{fresh}/"
    phone.open()
    for _turn in range(450):  # until the page has drawn what waits, nothing seems to wait
        with tenant(campaign.pk):
            if TrayReport.objects.exists():
                break
        phone.page.wait_for_timeout(100)
    phone.page.locator("[data-waiting]").wait_for(state="detached")
    with tenant(campaign.pk):
        assert TrayReport.objects.get().numbers["counts"] == turned(0)
    phone.report("first", turned(0))
    phone.all_there()
    phone.close()
    with tenant(campaign.pk):
        assert Report.objects.get().reporter == bob


def looked(eyes: Eyes, wrong: list[str], name: str) -> None:
    """It fits, axe finds nothing, and there is a picture."""
    wrong += [f"{name}, {eyes.size}: too wide"] if eyes.overflow() > 0 else []
    wrong += [f"{name}, {eyes.size}: {line}" for line in eyes.axe()]
    eyes.picture(name, whole=True)


def test_a_page_whose_link_was_cut_off_leads_nowhere_and_says_what_to_do(
    browser: Browser, live_server: LiveServer
) -> None:
    context = context_of(browser, "phone")
    eyes = eyes_on(context, "phone", live_server.url)
    eyes.expect(r"Failed to load resource.*404")
    page = eyes.open("/night/abc.def/")

    page.get_by_role("heading", name=re.compile("Nobody was given this link")).wait_for()
    answers: Any = page.evaluate("fetch('/night/abc.def/facts/').then((answer) => answer.status)")
    assert answers == 404
    context.close()
    eyes.check()
