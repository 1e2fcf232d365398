"""
The room of the exchange with real pages: one peer has all, one cannot be reached, one showed two logs.

Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import calling
from hustings.apps.exchange.addresses import enter_address
from hustings.apps.exchange.alarms import Alarming
from hustings.apps.exchange.calling import NoAnswer
from hustings.apps.exchange.files import give_file, take_file
from hustings.apps.exchange.sending import send
from tests.apps.cast import SETUP
from tests.apps.exchange.test_files import a_forked_stick
from tests.apps.statements.talking import Desk, a_desk
from tests.e2e.conftest import Eyes, context_of, eyes_on, let_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.exchange.calling import Answer
    from hustings.core.exchange.signed_request import Request

NOBODY_THERE = "https://harbour.example/says/harbour/"


@pytest.fixture
def riverside(campaign: Campaign) -> Desk:
    return a_desk(campaign)


def nobody_answers(_request: Request) -> Answer:
    """A server that is down."""
    raise NoAnswer("harbour.example cannot be reached (Connection refused).")


def carried(one: Desk, other: Desk) -> None:
    """A stick each way, and once more, so that both know what the other took."""
    party, back = one.meets(other), other.meets(one)
    for giver, to, taker in ((one, party, other), (other, back, one), (one, party, other)):
        take_file(taker.campaign, give_file(giver.campaign, to, by=SETUP), by=SETUP)


@pytest.fixture
def peers(riverside: Desk, settings: SettingsWrapper) -> dict[str, Desk]:
    names = {"harbour": "Harbour", "hillside": "Hillside", "orchard": "Orchard"}
    found = {slug: a_desk(create_campaign(slug, name)) for slug, name in names.items()}
    riverside.says("We open an office at the harbour on Saturday.", kind="fact")
    for desk in found.values():
        carried(riverside, desk)
    settings.PEERS = ["harbour.example"]
    with tenant(riverside.campaign.pk):
        party = riverside.meets(found["harbour"], spoke=False)
        enter_address(riverside.campaign, party, NOBODY_THERE, by=riverside.ada.actor)
    riverside.says("Thank you for your help at the count.", to=[found["harbour"].node])
    with tenant(riverside.campaign.pk), pytest.MonkeyPatch.context() as here:
        here.setattr(calling, "call", nobody_answers)
        send(party, by=SETUP)
        back = found["hillside"].meets(riverside, spoke=False)
    found["hillside"].says("A word that one side was not shown.", kind="fact")
    with tenant(riverside.campaign.pk):
        them = riverside.meets(found["hillside"], spoke=False)
    assert them.code == found["hillside"].node
    take_file(riverside.campaign, give_file(found["hillside"].campaign, back, by=SETUP), by=SETUP)
    with pytest.raises(Alarming):
        take_file(riverside.campaign, a_forked_stick(found["hillside"], back), by=SETUP)
    return found


def test_the_room_says_at_a_glance_who_needs_somebody(
    riverside: Desk,
    peers: dict[str, Desk],
    browser: Browser,
    live_server: LiveServer,
    tmp_path: Path,
) -> None:
    wrong: list[str] = []
    eyes: dict[str, Eyes] = {}
    for size in ("desk", "phone"):
        context = context_of(browser, size)
        let_in(context, riverside.ada, live_server.url)
        eyes[size] = eyes_on(context, size, live_server.url)

    def shown(name: str, path: str) -> None:
        for size, one in eyes.items():
            one.open(path)
            one.picture(name, whole=True)
            wrong.extend(f"{name}, {size}: {line}" for line in one.axe())
            if one.overflow() > 0:
                wrong.append(f"{name}, {size}: wider than its window")

    here = {"slug": riverside.campaign.slug}
    shown("exchange-take", reverse("exchange:take", kwargs=here))
    shown("exchange-peers", reverse("exchange:peers", kwargs=here))
    page = eyes["desk"].page
    cards = page.locator("article")
    assert [cards.nth(at).locator("strong").inner_text() for at in range(3)] == [
        "Hillside", "Harbour", "Orchard",
    ]  # fmt: skip
    expect(cards.nth(0)).to_contain_text("is forked")
    expect(cards.nth(1)).to_contain_text("cannot be reached")
    expect(cards.nth(1)).to_contain_text("1 record waits for them")
    with page.expect_download() as evidence:
        cards.nth(0).get_by_role("link", name="Download the evidence").click()
    assert "hustings-evidence@v1" in evidence.value.path().read_text()

    with page.expect_navigation():
        cards.nth(1).get_by_role("link", name="Harbour").click()
    shown("exchange-peer", page.url.removeprefix(live_server.url))
    with page.expect_download() as given:
        page.get_by_role("link", name="Give a file").click()
    file = tmp_path / "harbour.parcel.json"
    given.value.save_as(file)
    _party, outcome = take_file(peers["harbour"].campaign, file.read_bytes(), by=SETUP)
    assert outcome.new == 1
    back = peers["harbour"].meets(riverside, spoke=False)
    file.write_text(give_file(peers["harbour"].campaign, back, by=SETUP))

    page.get_by_role("link", name="Take a file").click()
    page.get_by_label("The file that they sent").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Take it in").click()
    expect(page.locator("main")).to_contain_text("nothing waits for them")
    assert wrong == []
    for one in eyes.values():
        one.page.context.close()
        one.check()
