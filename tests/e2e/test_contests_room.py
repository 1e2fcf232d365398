"""The room Contests at the desk: a contest is made, its roster brought in, a reporter invited, a report taken down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import tray
from hustings.apps.contests.models import Contest, Report, Reporter, Unit
from tests.apps.cast import SETUP
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

ROSTER = "county,precinct,delegates,rate,eligible\n" + "".join(
    f"{county},Ward {nth},{4 + nth % 5},4/51,{300 + 17 * nth}\n"
    for county in ("River", "Hill")
    for nth in range(1, 9)
)
NAMES = "county,precinct,eligible\nRiver,Ward 1,340\nRiver,Methodist church,352\n"


def looked(eyes: Eyes, wrong: list[str], name: str) -> None:
    """It fits, axe finds nothing, and there is a picture."""
    eyes.page.wait_for_load_state("load")
    eyes.page.evaluate("document.fonts.ready.then(() => true)")
    wrong += [f"{name}, {eyes.size}: too wide"] if eyes.overflow() > 0 else []
    wrong += [f"{name}, {eyes.size}: {line}" for line in eyes.axe()]
    eyes.picture(name, whole=True)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_night_is_prepared_at_the_desk_and_a_report_is_taken_down(
    size: str, browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership,
    tmp_path: Path,
) -> None:  # fmt: skip
    wrong: list[str] = []
    context = context_of(browser, size)
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, size, live_server.url)
    roster, names = tmp_path / "roster.csv", tmp_path / "names.csv"
    roster.write_text(ROSTER)
    names.write_text(NAMES)

    page = eyes.open("/c/riverside/contests/")
    page.get_by_role("link", name="New contest").first.click()
    page.get_by_label("What it is called").fill("River and Hill caucus")
    page.get_by_label("Day", exact=True).fill(
        (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    )
    page.get_by_label("Rules").select_option("iowa-2020")
    looked(eyes, wrong, "contests-new")
    page.get_by_role("button", name="Make the contest").click()
    page.get_by_label("Who stands").fill("Ash\nBirch\nCedar\nElm\nUncommitted")
    page.get_by_label("Which of them is ours").fill("Ash")
    page.get_by_role("button", name="Keep these names").click()
    page.get_by_role("link", name="Bring its roster in").click()
    page.get_by_label("CSV file").set_input_files(roster)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("link", name="roster.csv").click()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_text("16 new units").wait_for()
    looked(eyes, wrong, "contests-units")

    with tenant(campaign.pk):
        contest = Contest.objects.get()
    home = f"/c/riverside/contests/{contest.pk}"
    eyes.open(f"{home}/roster/")
    page.get_by_label("CSV file").set_input_files(names)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("link", name="names.csv").wait_for()
    looked(eyes, wrong, "contests-roster")
    page.get_by_role("link", name="names.csv").click()
    assert not page.get_by_role("button", name="Bring it in").count()
    page.get_by_label("Unit of Methodist church").select_option(label="Ward 2 (River)")
    looked(eyes, wrong, "contests-file")
    page.get_by_role("button", name="This one").click()
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_text("1 names learned").wait_for()

    eyes.open(f"{home}/reporters/")
    page.get_by_role("link", name="Invite somebody").first.click()
    page.get_by_label("Name or area of the unit").fill("river ward 1")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Choose Ward 1").click()
    page.get_by_label("Name", exact=True).fill("Bob Bell")
    page.get_by_label("Telephone").fill("+44 7700 900123")
    page.get_by_role("button", name="Make the link").click()
    assert "/night/" in page.get_by_label("Link").input_value()
    page.get_by_role("link", name="Reporters").last.click()
    page.get_by_text("has not opened it").wait_for()
    looked(eyes, wrong, "contests-reporters")

    eyes.open(f"{home}/enter/")
    page.get_by_label("Name or area of the unit").fill("river ward 1")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Ward 1 River").click()
    page.get_by_label("Who says so").select_option("office")
    page.get_by_label("Which reporter").select_option(label="Bob Bell")
    page.get_by_label("People who signed in").fill("90")
    page.get_by_label("Ash").fill("60")
    page.get_by_label("Birch").fill("40")
    page.get_by_role("button", name="Read back").click()
    page.get_by_text("The first count has 100 people, but 90 attended.").wait_for()
    looked(eyes, wrong, "contests-enter")
    page.get_by_label("People who signed in").fill("100")
    page.get_by_role("button", name="Read back").click()
    page.get_by_text("The checks find nothing odd.").wait_for()
    page.get_by_role("button", name="They said yes: take it in").click()
    page.get_by_text("Taken in.").wait_for()
    looked(eyes, wrong, "contests-unit")

    with tenant(campaign.pk):
        unit = Unit.objects.get(area="River", name="Ward 3")
        report = Report.objects.get()
        assert (report.source, report.reporter) == ("office", Reporter.objects.get())
        tray.lay(
            contest, unit, "final", {"counts": {"ash": 31, "birch": 12}}, event_id=report.event_id,
            said_by="a caller, +44 7700 900456", words="", by=SETUP,
        )  # fmt: skip
    eyes.open(f"{home}/tray/")
    looked(eyes, wrong, "contests-tray")
    page.get_by_role("button", name="Lay aside").click()
    page.get_by_text("It stays on record and counts nowhere.").wait_for()
    eyes.open(f"{home}/")
    looked(eyes, wrong, "contests-contest")
    eyes.open("/c/riverside/contests/")
    looked(eyes, wrong, "contests-calendar")
    context.close()
    eyes.check()

    assert not wrong, "\n".join(wrong)
