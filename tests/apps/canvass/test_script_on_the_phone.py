"""The script as the phone carries it, and what an answer keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.carrying import walk_for_phone
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.canvass.person_section import heard_from
from hustings.apps.canvass.report import report_from_json
from hustings.apps.people.models import Household, Person
from hustings.apps.scripts import translating, versions
from hustings.core.script.as_json import from_json
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.core.script.scripts import BRANCHING

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> tuple[Turf, Device]:
    """A walk of two doors on Bob's phone."""
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1, 2])
        return turf, a_phone(turf, "Bob", alice)


def wording_of(device: Device) -> dict[str, object]:
    grant = device.grants.get()
    grant.device.campaign.refresh_from_db()
    walk, _people = walk_for_phone(grant)
    wording: dict[str, object] = walk["wording"]
    return wording


def test_a_script_of_one_text_travels_as_it_did(
    campaign: Campaign, shift: tuple[Turf, Device]
) -> None:
    with tenant(campaign.pk):
        wording = wording_of(shift[1])

    assert wording["text"] == campaign.script_wording
    assert (wording["steps"], wording["languages"]) == ([], [])


def test_the_branches_travel_with_the_walk_beside_the_flat_text(
    campaign: Campaign, alice: Membership, shift: tuple[Turf, Device]
) -> None:
    made = versions.publish(campaign, BRANCHING, by=alice.actor)
    row = translating.translate(made, "cy", {"start": "Helo."}, by=alice.actor)
    translating.check(row, by=alice.actor)

    with tenant(campaign.pk):
        wording = wording_of(shift[1])
    assert wording["version"] == 2
    assert from_json(wording["steps"]) == BRANCHING
    assert str(wording["text"]).startswith("1. Hello")
    assert wording["languages"] == [
        {"code": "cy", "name": "Cymraeg", "mark": f"cy:{row.pk}", "texts": {"start": "Helo."}}
    ]


def test_an_answer_keeps_version_language_and_what_was_wished_for(
    campaign: Campaign, alice: Membership, shift: tuple[Turf, Device]
) -> None:
    versions.publish(campaign, BRANCHING, by=alice.actor)
    turf, device = shift
    with tenant(campaign.pk):
        home = Household.objects.create(
            campaign=campaign, address_key="door 1", address="1 Mill Lane"
        )
        mira = Person.objects.create(campaign=campaign, household=home, surname="Mira")
        wording_of(device)
        template = a_report(turf, 1)
        report = report_from_json(
            {
                "id": str(template.id), "sequence": 1, "turf": turf.pk, "door": 1, "person": mira.pk,
                "kind": "answered", "support": "1", "wording_version": 2, "wishes": "poster",
                "said_in": "cy:4", "occurred_at": template.occurred_at.isoformat(),
            }
        )  # fmt: skip
        (outcome,) = actions.record(device, [report])
        event = CanvassEvent.objects.of(campaign).select_related("wording").get(id=report.id)
        section = heard_from(mira)

    assert outcome.status == "stored", outcome.message
    assert event.wording is not None
    assert event.wording.version == 2
    assert event.more["said_in"] == "cy:4"
    assert "poster" in str(getattr(event, "wishes", event.more.get("wishes")))
    assert section is not None
    assert section.lines[0].startswith("Strong support (asked in Cymraeg) · at the door")
