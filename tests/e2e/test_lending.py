"""
A volunteer is lent from one campaign to another and taken back, in three browsers; ``docs/organisers/lending.md``.

Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.materials.models import Design
from tests.apps.cast import member
from tests.apps.materials.planting import published
from tests.apps.statements.talking import Desk, a_desk
from tests.e2e.conftest import Eyes, context_of, eyes_on, let_in

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


class Room:
    """One campaign's room in a browser, and beside it a phone that is signed in like it."""

    def __init__(self, browser: Browser, server: LiveServer, desk: Desk, who: Membership) -> None:
        self.campaign, self.eyes = desk.campaign, []
        for size in ("desk", "phone"):
            context = context_of(browser, size)
            let_in(context, who, server.url)
            self.eyes.append(eyes_on(context, size, server.url))

    @property
    def page(self) -> Page:
        return self.eyes[0].page

    def open(self, name: str, **arguments: object) -> Page:
        path = reverse(f"lending:{name}", kwargs={"slug": self.campaign.slug, **arguments})
        return self.eyes[0].open(path)

    def shown(self, name: str) -> None:
        """The page that is open, at both sizes: it fits, axe finds nothing, and a picture is taken."""
        self.eyes[1].open(self.page.url.removeprefix(self.eyes[0].server))
        for eyes in self.eyes:
            looked_at(eyes, name)

    def takes(self, file: Path) -> None:
        self.open("take-in")
        self.page.locator('[name="file"]').set_input_files(file)
        self.page.get_by_role("button", name="Verify it").click()
        self.page.get_by_text("The proof holds").wait_for()

    def check(self) -> None:
        for eyes in self.eyes:
            eyes.check()
            eyes.page.context.close()


def looked_at(eyes: Eyes, name: str) -> None:
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture(name, whole=True)


def saved(page: Page, link: Locator, folder: Path) -> Path:
    """What a link gives, as the file that it is kept as."""
    with page.expect_download() as coming:
        link.click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def day(later: int) -> str:
    """A day as its field takes it."""
    return str(timezone.localdate() + timedelta(days=later))


def test_a_volunteer_is_lent_and_taken_back(
    browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership, tmp_path: Path
) -> None:
    riverside, harbour = a_desk(campaign), a_desk(create_campaign("harbour", "Harbour"))
    riverside.meets(harbour)
    harbour.meets(riverside)
    ours = Room(browser, live_server, riverside, alice)
    theirs = Room(browser, live_server, harbour, member(harbour.campaign, "Hal", "organiser"))

    page = ours.open("new-offer")
    for name, value in {
        "person_name": "Asha", "purpose": "Knocking on doors before the vote", "from_country": "GB",
        "to_country": "US", "starts_on": day(20), "ends_on": day(27), "keep_until": day(40),
    }.items():  # fmt: skip
        page.locator(f'[name="{name}"]').fill(value)
    ours.shown("lending-new-offer")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#link").input_value()
    assert "UK-14" in page.content()
    looked_at(ours.eyes[0], "lending-link")
    with page.expect_navigation():
        page.get_by_role("link", name="I have sent it").click()
    ours.shown("lending-offer")

    volunteer = eyes_on(context_of(browser, "phone"), "phone", live_server.url)
    asha = volunteer.open("/help/" + link.split("/help/")[1])
    expect(asha.locator("input:checked")).to_have_count(0)
    looked_at(volunteer, "lending-help")
    for name, value in {
        "name": "Asha Malik",
        "telephone": "01632 960 001",
        "skills": "Listening",
    }.items():
        asha.locator(f'[name="{name}"]').fill(value)
    asha.locator('[name="tick_name"]').check()
    asha.locator('[name="tick_telephone"]').check()
    asha.locator('[name="agreed"]').check()
    asha.get_by_role("button", name="Yes, send what I ticked").click()
    asha.get_by_text("You said yes").wait_for()
    looked_at(volunteer, "lending-help-yes")

    ours.open("home")
    ours.page.get_by_role("link", name="Asha").last.click()
    referral = saved(
        ours.page, ours.page.get_by_role("link", name="The parcel, to send them"), tmp_path
    )
    theirs.open("take-in")
    theirs.shown("lending-take-in")
    theirs.takes(referral)
    theirs.open("people")
    expect(theirs.page.locator("body")).to_contain_text("Asha Malik")
    assert "Listening" not in theirs.page.content()
    theirs.shown("lending-people")

    asha.get_by_role("button", name="Take it back").click()
    asha.get_by_text("has not confirmed yet").wait_for()
    ours.open("home")
    ours.shown("lending-home")
    ours.page.get_by_role("link", name="Asha").first.click()
    withdrawal = saved(
        ours.page, ours.page.get_by_role("link", name="The withdrawal, to send them"), tmp_path
    )
    theirs.takes(withdrawal)
    expect(theirs.open("people").get_by_text("Nobody was referred to us")).to_have_count(1)
    theirs.open("home")
    receipt = saved(theirs.page, theirs.page.get_by_role("link", name="For Riverside"), tmp_path)
    ours.takes(receipt)

    asha.reload()
    asha.get_by_text("signed that they deleted your details").wait_for()
    looked_at(volunteer, "lending-help-deleted")
    for room in (ours, theirs):
        room.check()
    volunteer.check()
    volunteer.page.context.close()


def test_a_design_is_lent_and_an_event_is_answered(
    browser: Browser, live_server: LiveServer, campaign: Campaign, alice: Membership, tmp_path: Path
) -> None:
    riverside, harbour = a_desk(campaign), a_desk(create_campaign("harbour", "Harbour"))
    riverside.meets(harbour)
    harbour.meets(riverside)
    with tenant(campaign.pk):
        design = Design.objects.create(
            campaign=campaign, name="Asking at the door", kind="playbook", made_by="Alice"
        )
        published(
            campaign, design=design, headline="Asking at the door", licence="CC BY 4.0", uses="allies",
            text="Say who you are and why you came.\n\nAsk, and then listen.",
        )  # fmt: skip
    ours = Room(browser, live_server, riverside, alice)
    theirs = Room(browser, live_server, harbour, member(harbour.campaign, "Hal", "organiser"))

    ours.open("lend")
    ours.page.get_by_role("button", name="Lend it").click()
    ours.page.get_by_text("Signed.").wait_for()
    ours.shown("lending-lend")
    theirs.takes(saved(ours.page, ours.page.get_by_role("link", name="The parcel"), tmp_path))
    theirs.open("works")
    theirs.shown("lending-works")
    with theirs.page.expect_navigation():
        theirs.page.get_by_role("link", name="Asking at the door").click()
    theirs.shown("lending-work")
    theirs.page.get_by_role("button", name="Make a draft of ours").click()
    theirs.page.get_by_text("A draft of yours now").wait_for()

    page = ours.open("new-event")
    for name, value in {
        "title": "A talk about libraries", "starts": f"{day(30)}T18:00", "ends": f"{day(30)}T20:00",
        "place": "Town Hall", "words": "With tea.",
    }.items():  # fmt: skip
        page.locator(f'[name="{name}"]').fill(value)
    page.locator('[name="campaign_event"]').select_option("no")
    page.get_by_label("Harbour").check()
    ours.shown("lending-new-event")
    page.get_by_role("button", name="Sign it").click()
    page.get_by_text("Signed.").wait_for()
    theirs.takes(saved(page, page.get_by_role("link", name="The parcel, to send them"), tmp_path))
    theirs.open("events")
    theirs.shown("lending-events")
    with theirs.page.expect_navigation():
        theirs.page.get_by_role("link", name="A talk about libraries").click()
    theirs.shown("lending-event")
    theirs.page.get_by_role("button", name="We come").click()
    theirs.page.get_by_text("Signed.").wait_for()
    answer = saved(
        theirs.page, theirs.page.get_by_role("link", name="The parcel, to send them"), tmp_path
    )
    ours.takes(answer)
    ours.open("events")
    ours.page.get_by_role("link", name="A talk about libraries").click()
    ours.page.get_by_text("they come").wait_for()
    with ours.page.expect_navigation():
        ours.page.get_by_role("link", name="Another time or place").click()
    ours.shown("lending-change-event")
    for room in (ours, theirs):
        room.check()
