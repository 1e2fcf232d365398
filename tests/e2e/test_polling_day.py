"""A polling day in a browser: opened at the desk, told at the station; with ``HUSTINGS_PICTURES=yes`` it takes the guide's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.people.models import Person, PersonStanding
from hustings.apps.register.models import RegisterEntry
from tests.apps.cast import member
from tests.e2e.conftest import let_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


def plant_voters(campaign: Campaign) -> None:
    """Three districts of forty; every third voter is for us."""
    first = campaign.support_scale[0]["code"]
    with tenant(campaign.pk):
        for district in ("AA", "AB", "AC"):
            for place in range(1, 41):
                one = Person.objects.create(campaign=campaign, forename="V", surname=str(place))
                RegisterEntry.objects.create(
                    campaign=campaign, person=one, number=f"{district}-{place}",
                    district=district, added_in=1,
                )  # fmt: skip
                if place % 3 == 0:
                    PersonStanding.objects.create(campaign=campaign, person=one, support=first)


def test_a_polling_day_is_opened_told_and_seen(
    desk: Eyes, phone: Eyes, alice: Membership, campaign: Campaign
) -> None:
    plant_voters(campaign)
    tess = member(campaign, "Tess", "teller")
    let_in(desk.page.context, alice, desk.server)
    let_in(phone.page.context, tess, phone.server)
    both = [desk, phone]

    def looks(name: str, eyes: Eyes) -> None:
        assert eyes.axe() == []
        assert eyes.overflow() <= 0
        eyes.picture(f"polling-{name}", whole=True)

    page = desk.open(f"/c/{campaign.slug}/polling/new/")
    looks("new", desk)
    page.get_by_label("What is voted on").fill("Council election")
    page.get_by_label("Polling day", exact=True).fill("2099-05-07")
    page.get_by_label("Delete what tellers heard after").fill("2099-06-07")
    page.get_by_label(campaign.support_scale[0]["label"]).check()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("End this polling day").wait_for()

    told = phone.open(f"/c/{campaign.slug}/")
    for district, number in (("AA", "3"), ("AA", "4"), ("AA", "6"), ("AB", "3"), ("AB", "99")):
        told.get_by_label("Polling district").select_option(district)
        told.get_by_label("Number on the poll card").fill(number)
        told.get_by_role("button", name="Has voted").click()
        told.get_by_text(f"{district}-{number}").last.wait_for()
    expect(told.get_by_label("Polling district")).to_have_value("AB")
    expect(told.get_by_text("AB-99 is on nobody’s line")).to_be_visible()
    looks("tell", phone)
    told.get_by_role("button", name="Undo AA-6").click()
    told.get_by_text("AA-6 was taken back.").wait_for()

    seen = desk.open(f"/c/{campaign.slug}/polling/")
    assert seen.get_by_role("row").nth(1).inner_text().split("\t")[:4] == [
        "AA", "13", "1 (7 %)", "12",
    ]  # fmt: skip
    expect(seen.get_by_text("AB-99").first).to_be_visible()
    looks("day", desk)

    let_in(phone.page.context, alice, phone.server)
    for eyes, names in ((phone, ("new", "day")), (desk, ("tell",))):
        for name in names:
            eyes.open(f"/c/{campaign.slug}/polling/{'' if name == 'day' else name + '/'}")
            looks(name, eyes)
    assert both[0].complaints == []
