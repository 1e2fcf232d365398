"""
The phantom message with real pages and real clicks: what ``docs/press/the-press-desk.md`` tells.

The other side is once an office with nothing but a telephone, and once a campaign that signs its word.
Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hustings.apps.accounts.actions import let_speak
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.statements.models import Matter, Record
from hustings.apps.statements.reading import ledger_of
from tests.apps.cast import SETUP, member
from tests.apps.statements.talking import Desk, a_desk
from tests.e2e.conftest import Eyes, context_of, eyes_on, let_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

PHANTOM = "We had a message yesterday from Senator Birch, saying that they tried to stop her too."
DENIAL = "The senator did not send a message and does not intend to get involved."
GREETING = "The senator has a lot of respect for them and wishes them well."


@dataclass
class Press:
    """Riverside's press desk in a browser at a desk, and beside it a phone that is signed in like it."""

    campaign: Campaign
    desk: Eyes
    phone: Eyes
    wrong: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.desk.page

    def sits_down(self, who: Membership) -> None:
        for eyes in (self.desk, self.phone):
            let_in(eyes.page.context, who, self.desk.server)

    def open(self, name: str, /, **arguments: object) -> Page:
        where = {"slug": self.campaign.slug, **arguments}
        return self.desk.open(reverse(name, kwargs=where))

    def shown(self, name: str) -> None:
        """The page that is open, at both sizes: it fits, axe finds nothing, and a picture is taken."""
        path = self.page.url.removeprefix(self.desk.server)
        self.phone.open(path)
        for eyes in (self.desk, self.phone):
            eyes.picture(name, whole=True)
            self.wrong += [f"{name}, {eyes.size}: {line}" for line in eyes.axe()]
            if eyes.overflow() > 0:
                self.wrong.append(f"{name}, {eyes.size}: wider than its window")

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def fill(self, **labels: str) -> None:
        """Each field by its name; a choice by the value that is sent."""
        for name, value in labels.items():
            found = self.page.locator(f'[name="{name}"]')
            if found.evaluate("field => field.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)

    def last(self, kind: str) -> Record:
        with tenant(self.campaign.pk):
            record: Record = Record.objects.of(self.campaign).filter(kind=kind).order_by("-id")[0]
        return record


@pytest.fixture
def press(browser: Browser, live_server: LiveServer, campaign: Campaign) -> Iterator[Press]:
    contexts = {size: context_of(browser, size) for size in ("desk", "phone")}
    eyes = {size: eyes_on(context, size, live_server.url) for size, context in contexts.items()}
    for one in eyes.values():
        one.expect(r"status of 422")
    yield Press(campaign, eyes["desk"], eyes["phone"])
    for one in eyes.values():
        one.page.context.close()
        one.check()


def test_the_message_that_nobody_sent(press: Press, alice: Membership) -> None:
    petra, ben, cora = (member(press.campaign, name, "press") for name in ("Petra", "Ben", "Cora"))
    let_speak(cora, by=SETUP)
    press.sits_down(alice)
    make_the_keys(press)
    press.sits_down(petra)
    office = an_office_with_a_telephone(press)
    a_claim_that_cannot_be_announced(press, office)
    they_deny_it_on_the_telephone(press, office)
    correct_it(press, petra, ben, cora)
    page = press.open("public:page")
    assert GREETING in page.content()
    press.shown("public-page")
    assert press.wrong == []


def test_a_campaign_that_signs_its_word(press: Press, tmp_path: Path) -> None:
    ours = a_desk(press.campaign)
    ours.says("Our volunteers were out on every street of the ward on Saturday.", kind="fact")
    ours.drafts("Thank you, all of you.", kind="fact")
    everyone_can_check_it(press, tmp_path)
    a_campaign_that_is_met(press, tmp_path)
    assert press.wrong == []


def make_the_keys(press: Press) -> None:
    """Once; the sheet is shown, and not a second time."""
    press.open("statements:desk")
    press.follow("Make the keys")
    press.shown("statements-keys")
    press.press("Make the keys and show the sheet")
    expect(press.page.locator(".spoken li")).to_have_count(2 * 17)
    press.follow("I have it on paper")
    press.open("statements:keys")
    expect(press.page.locator(".spoken li")).to_have_count(0)
    press.follow("These words are lost too: use the recovery key")
    press.shown("statements-recovery")


def an_office_with_a_telephone(press: Press) -> int:
    press.open("statements:new-party")
    press.shown("statements-new-party")
    press.fill(name="Office of Senator Birch", telephone="01632 960 001")
    press.press("Add")
    found = re.search(r"/parties/(\d+)/", press.page.url)
    assert found
    return int(found[1])


def a_claim_that_cannot_be_announced(press: Press, office: int) -> None:
    press.follow("Something was claimed")
    press.shown("statements-claim")
    press.fill(
        quote=PHANTOM, kind="support", when="2016-08-22T19:00", where="phonebank", told_by="an aide"
    )
    press.press("Write it down as a claim")
    card = press.page.locator(".word-claimed:not(.answer)")
    expect(card).to_contain_text("no message on record")
    expect(card).to_contain_text("cannot be announced")

    press.open("statements:announce", record_id=press.last("claim").pk)
    press.press("Announce it")
    assert "No statement of theirs is on record for this." in press.page.content()
    press.desk.picture("press-refused")

    press.open("statements:hope", party_id=office)
    press.shown("statements-hope")
    press.fill(kind="volunteers", quote="Aides of theirs were due to come and help.")
    press.press("Write it down as a hope")
    expect(press.page.locator(".word-hoped:not(.answer)")).to_contain_text(
        "Hoped for, not received"
    )


def they_deny_it_on_the_telephone(press: Press, office: int) -> None:
    press.follow("Ask them to confirm")
    press.shown("statements-call")
    press.fill(
        decision="deny", text=DENIAL, authority="press_office", when="2016-08-24T11:20",
        spoke_to="Hal of their press office", listened="Ben",
    )  # fmt: skip
    press.press("Write down their answer")
    assert (
        "Denied by their press office"
        in press.page.locator(".word-denied:not(.answer)").inner_text()
    )

    with tenant(press.campaign.pk):
        (matter,) = Matter.objects.of(press.campaign)
    press.open("statements:matter", matter_id=matter.pk)
    press.press("I take it")
    press.shown("statements-matter")
    press.open("statements:new-matter")
    press.shown("statements-new-matter")

    press.open("statements:between", party_id=office)
    press.follow("They said something")
    press.shown("statements-word")
    press.fill(
        body=GREETING, kind="greeting", when="2016-08-24T11:25", evidence="called_back",
        source="telephone", spoke_to="Hal of their press office", listened="Ben",
    )  # fmt: skip
    press.press("Write it down")
    green = press.page.locator(".word-signed:not(.answer)").inner_text()
    assert "confirmed by a call back" in green
    assert "a greeting, not an endorsement" in green

    press.open("statements:announce", record_id=press.last("report").pk)
    press.fill(kind="support")
    press.press("Announce it")
    assert "must not be announced as support" in press.page.content()
    press.fill(kind="greeting")
    press.shown("statements-announce")
    press.fill(kind="greeting")
    press.press("Announce it")
    assert "Announced" in press.page.content()

    press.open("statements:between", party_id=office)
    press.follow("Withdraw the claim")
    press.shown("statements-retract")
    press.fill(reason="We were misinformed by an aide, who had wrongly been led to believe so.")
    press.press("Withdraw it")
    press.shown("statements-record")
    with tenant(press.campaign.pk):
        ledger = ledger_of(press.campaign)
        assert ledger.standing.claims[press.last("claim").name].state == "settled"


def correct_it(press: Press, petra: Membership, ben: Membership, cora: Membership) -> None:
    """Petra drafts, Ben and Cora approve, and Petra signs."""
    press.follow("Draft a correction")
    press.shown("statements-draft")
    press.press("Write it down")
    expect(press.page.get_by_role("button", name="Approve these words")).to_have_count(0)
    draft = press.last("draft").pk
    for who in (ben, cora):
        press.sits_down(who)
        press.open("statements:record", record_id=draft)
        press.press("Approve these words")
    press.sits_down(petra)
    press.open("statements:record", record_id=draft)
    press.press("Sign it now")
    assert "Signed, and in our log for good." in press.page.content()


def everyone_can_check_it(press: Press, folder: Path) -> None:
    """The public page, and the page that verifies, to somebody who is not signed in."""
    for eyes in (press.desk, press.phone):
        eyes.page.context.clear_cookies()
    page = press.page
    name = press.last("statement").name
    press.open("public:statement", name=name)
    press.shown("public-statement")
    where = {"slug": press.campaign.slug, "name": name}
    bundle = page.context.request.get(press.desk.server + reverse("public:bundle", kwargs=where))
    file = folder / "statement.bundle"
    file.write_bytes(bundle.body())

    press.desk.open(reverse("verify"))
    page.locator("#file").set_input_files(file)
    page.locator("#verify").click()
    page.locator("#verdict.good").wait_for()
    expect(page.locator("#proven")).to_contain_text("Riverside")


def a_campaign_that_is_met(press: Press, folder: Path) -> None:
    """Harbour's card, eight words, and a greeting as a file; then a claim of theirs about us."""
    harbour: Desk = a_desk(create_campaign("harbour", "Harbour"))
    card, file = folder / "harbour.card.txt", folder / "greeting.bundle"
    card.write_text(harbour.card, encoding="utf-8")
    file.write_text(
        harbour.bundle(harbour.says("We have watched your volunteers with respect, and wish you well.")),
        encoding="utf-8",
    )  # fmt: skip
    press.sits_down(member(press.campaign, "Pia", "press"))
    press.open("statements:new-party")
    press.page.locator('input[type="file"]').set_input_files(card)
    press.press("Add")
    expect(press.page.locator(".spoken li")).to_have_count(8)
    press.shown("statements-meet")
    press.fill(read_with="Hal of Harbour")
    press.page.locator('[name="same"]').check()
    press.press("We have met")
    between = press.page.url

    press.follow("Take their word in")
    press.shown("statements-receive")
    bent = folder / "bent.bundle"
    bent.write_text(
        file.read_text(encoding="utf-8").replace("wish you well", "endorse you"), encoding="utf-8"
    )
    press.page.locator('input[type="file"]').set_input_files(bent)
    press.press("Verify it")
    with press.page.expect_navigation():
        press.page.locator(".list-row").first.click()
    press.shown("statements-refusal")
    press.follow("Take a word in")
    press.page.locator('input[type="file"]').set_input_files(file)
    press.press("Verify it")
    expect(press.page.locator(".word-signed:not(.answer)")).to_contain_text("Signed by them")
    press.press("Accept it")
    press.follow("Announce it")
    press.press("Announce it")
    assert "Announced: it is on our public page" in press.page.content()

    party = re.search(r"/parties/(\d+)/", between)
    assert party
    number = int(party[1])
    for words in (
        {"quote": "We had a message yesterday …", "kind": "support", "where": "phonebank"},
        {"quote": "They asked us to join them on the platform.", "kind": "invitation"},
        {"quote": "They promised us their hall.", "kind": "offer", "ours": "no"},
    ):
        press.open("statements:claim", party_id=number)
        press.fill(when="2016-08-22T19:00", **words)
        press.press("Write it down as a claim")
    press.open("statements:respond", record_id=press.last("claim").pk)
    press.shown("statements-respond")
    press.fill(decision="deny", text="We promised no hall.")
    press.press("Sign the answer")
    expect(press.page.locator(".word-denied:not(.answer)")).to_contain_text("We promised no hall.")
    press.open("statements:hope", party_id=number)
    press.fill(kind="endorsement", quote="An endorsement during the visit next month.")
    press.press("Write it down as a hope")
    press.shown("statements-between")
    press.open("statements:desk")
    press.shown("statements-desk")
    for eyes in (press.desk, press.phone):
        eyes.picture("press-answers")
