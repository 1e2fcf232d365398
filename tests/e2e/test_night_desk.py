"""At the desk before, in and after a night: mail to reporters, a lot out of the tray, and standings of a season."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, letters, mailing
from hustings.apps.contests.models import ReporterLetter, TrayLot
from hustings.apps.contests.totals import board_of
from tests.apps.cast import SETUP
from tests.apps.contests import cast
from tests.apps.contests.counting_nights import a_caucus, a_room, a_unit
from tests.apps.contests.seasons import a_season
from tests.e2e.conftest import context_of, eyes_on, let_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes

EQUAL = {"ash": 100, "birch": 50, "cedar": 50}
LOT = {
    "step": "one less, turn 1", "among": ["birch", "cedar"], "chosen": ["cedar"],
    "record": {
        "device": "a coin", "called_by": "the chair", "order": "heads Cedar Row, tails Birch Lane",
        "witnesses": "Wanda Itness, Olaf Ther",
    },
}  # fmt: skip


def looked(eyes: Eyes, wrong: list[str], name: str) -> None:
    """It fits, axe finds nothing, and there is a picture."""
    eyes.page.wait_for_load_state("load")
    eyes.page.evaluate("document.fonts.ready.then(() => true)")
    wrong += [f"{name}, {eyes.size}: too wide"] if eyes.overflow() > 0 else []
    wrong += [f"{name}, {eyes.size}: {line}" for line in eyes.axe()]
    eyes.picture(name, whole=True)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_lot_comes_out_of_the_tray_by_one_tap_and_the_count_goes_on(
    size: str, browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        contest = a_caucus(campaign)
        room = a_unit(contest, "2", delegates=6, name="Methodist church")
        other = a_unit(contest, "3", delegates=6, name="Town hall")
        a_room(room, EQUAL)
        bob, token = cast.a_reporter(contest, "Bob Bell", room, other)
        inviting.end_links(bob, by=SETUP)
        drawn: list[dict[str, Any]] = [{**LOT, "id": str(uuid4())} for _unit in (room, other)]
        cast.send(
            token, cast.event(room, "final", EQUAL, lots=drawn[:1]),
            cast.event(other, "final", EQUAL, lots=drawn[1:]),
        )  # fmt: skip
    wrong: list[str] = []
    context = context_of(browser, size)
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, size, live_server.url)
    home = f"/c/riverside/contests/{contest.pk}"

    page = eyes.open(f"{home}/lots/")
    page.get_by_text("Came with a report in the tray").wait_for()
    looked(eyes, wrong, "contests-lots-from-the-tray")
    eyes.open(f"{home}/tray/")
    page.get_by_text("Nothing is equal there by the reports that count.").wait_for()
    looked(eyes, wrong, "contests-tray-lots")
    page.get_by_role("button", name="Take this lot in Methodist church").click()
    page.get_by_text("The lot is on record, on your word.").wait_for()

    with tenant(campaign.pk):
        assert board_of(contest).lots == []
        assert TrayLot.objects.exclude(became=None).get().tray.unit == room
    context.close()
    eyes.check()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_reporters_are_mailed_from_the_desk_and_the_desk_sees_who_opened(
    size: str, browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        contest = cast.a_caucus(campaign, opens_at=timezone.now() + timedelta(days=4))
        unit = cast.a_unit(contest, "Ward 1")
        people = [
            inviting.invite(
                contest, f"{name} Bell", [unit], source="captain", email=f"{name}@example.org".lower(), by=SETUP,
            )[0]
            for name in ("Ada", "Bob", "Carl", "Dora", "Eve")
        ]  # fmt: skip
        inviting.invite(contest, "Fay Bell", [unit], source="second", telephone="+44 7700 900123", by=SETUP)  # fmt: skip
        for one in people[:3]:
            letters.ask(one, by=SETUP)
        mailing.mail_what_waits(campaign)
        earlier = timezone.now() - timedelta(hours=30)
        ReporterLetter.objects.update(asked_at=earlier, claimed_at=earlier, sent_at=earlier)
        ReporterLetter.objects.filter(reporter=people[2]).update(sent_at=None, dropped="failed")
        inviting.opened(people[0])
    wrong: list[str] = []
    context = context_of(browser, size)
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, size, live_server.url)

    page = eyes.open(f"/c/riverside/contests/{contest.pk}/reporters/")
    page.get_by_text("the mail server refused it").wait_for()
    looked(eyes, wrong, "contests-reporters-mail")
    page.get_by_role("button", name="Send again to the 1 who has not opened it").click()
    page.get_by_text("1 mail waits, and goes out within a minute.").wait_for()
    page.get_by_role("button", name="Mail the 2 who were not mailed yet").click()
    page.get_by_text("2 mails wait, and go out within a few minutes.").wait_for()
    looked(eyes, wrong, "contests-reporters-mail-waits")

    mail.outbox.clear()
    assert mailing.mail_what_waits(campaign) == 3
    assert sorted(one.to[0] for one in mail.outbox) == [
        "bob@example.org",
        "dora@example.org",
        "eve@example.org",
    ]
    context.close()
    eyes.check()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_season_is_read_on_one_page(
    size: str, browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership
) -> None:
    with tenant(campaign.pk):
        a_season(campaign)
    wrong: list[str] = []
    context = context_of(browser, size)
    let_in(context, alice, live_server.url)
    eyes = eyes_on(context, size, live_server.url)

    page = eyes.open("/c/riverside/contests/")
    page.get_by_role("link", name="Standings").click()
    page.get_by_text("Heads are not delegates.").wait_for()
    looked(eyes, wrong, "contests-season")
    page.get_by_role("link", name="2025").click()
    page.get_by_text("Older").first.wait_for()
    context.close()
    eyes.check()
    assert not wrong, "\n".join(wrong)
