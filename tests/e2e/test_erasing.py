"""
Erasing a person in a real browser: looked at, refused without the word, done, and said the second time.

Run with ``HUSTINGS_PICTURES=yes`` it takes the guide's pictures of its two screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import ContactPoint, Household, Person
from hustings.apps.places.models import Door
from hustings.apps.register.models import RegisterEntry
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.e2e.conftest import let_in

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from tests.e2e.conftest import Eyes


@pytest.fixture(autouse=True)
def _uploads(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def somebody(campaign: Campaign, door: int, forename: str, surname: str) -> Person:
    """Somebody on the register of Mill Lane, with a telephone."""
    home, _new = Household.objects.get_or_create(
        campaign=campaign, address_key=f"{door} mill lane|", defaults={"address": f"{door} Mill Lane"}
    )  # fmt: skip
    person: Person = Person.objects.create(
        campaign=campaign, household=home, forename=forename, surname=surname,
        name_key=f"{surname} {forename}".lower(),
    )  # fmt: skip
    RegisterEntry.objects.create(
        campaign=campaign, person=person, number=f"ML-{person.pk}", surname=surname,
        forename=forename, added_in=1,
    )  # fmt: skip
    ContactPoint.objects.create(
        campaign=campaign, person=person, kind="phone", value="+447700900123", source="a fair"
    )
    return person


@pytest.fixture
def ada(campaign: Campaign, alice: Membership) -> Person:
    """Ada Marsh of 12 Mill Lane, whom Tom met; somebody else was erased before."""
    with tenant(campaign.pk):
        person = somebody(campaign, 12, "Ada", "Marsh")
        before = somebody(campaign, 14, "Jon", "Reed")
        turf = a_walk(campaign, [12, 14])
        for door in (12, 14):
            Door.objects.filter(pk=door).update(address_key=f"{door} mill lane|")
        phone = a_phone(turf, "Tom", alice)
        report = a_report(turf, 12, "answered", support="1", person=person.pk)
        assert [outcome.status for outcome in actions.record(phone, [report])] == ["stored"]
    erase_person(campaign, before.pk, request="for_them", by=alice.actor)
    return person


def test_alice_looks_types_the_word_and_ada_is_gone(
    eyes: Eyes, ada: Person, alice: Membership, campaign: Campaign
) -> None:
    let_in(eyes.page.context, alice, eyes.server)
    page = eyes.open(reverse("people:person", args=[campaign.slug, ada.pk]))
    page.get_by_role("link", name="Erase …").click()
    page.get_by_role("heading", name="What stays, and why").wait_for()
    page.get_by_text("It is out with Tom: ask for the sheet.").wait_for()
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture("erasure-erase", whole=True)

    eyes.expect("422")
    page.get_by_label("On whose request").select_option("person")
    page.get_by_label("Type the word “erase”").fill("yes")
    page.get_by_role("button", name="Erase this person").click()
    page.get_by_text("nothing was erased").wait_for()
    assert eyes.axe() == []

    page.get_by_label("Type the word “erase”").fill("erase")
    page.get_by_role("button", name="Erase this person").click()
    page.get_by_role("heading", name="Erased people").wait_for()
    assert "Marsh" not in page.content()
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    eyes.picture("erasure-list", whole=True)

    eyes.expect("410")
    eyes.open(reverse("erasure:erase", args=[campaign.slug, ada.pk]))
    page.get_by_text("There is nothing left to erase").wait_for()
    assert eyes.axe() == []


def test_alice_lets_somebody_speak_for_the_candidate_and_takes_it_back(
    eyes: Eyes, alice: Membership, bob: Membership, campaign: Campaign
) -> None:
    let_in(eyes.page.context, alice, eyes.server)
    page = eyes.open(reverse("settings:members", args=[campaign.slug]))
    row = page.get_by_role("row").filter(has_text="bob@example.org")

    row.locator("summary").click()
    assert eyes.axe() == []
    row.get_by_role("button", name="Let speak").click()
    page.get_by_text("Bob speaks for the candidate.").wait_for()
    row.get_by_text("by Alice").wait_for()
    assert eyes.axe() == []
    assert eyes.overflow() <= 0
    row.get_by_role("button", name="Take back").click()
    page.get_by_text("Bob no longer speaks for the candidate.").wait_for()
