"""What is said of people at their door: standings, disputes, and who is not to be visited again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, residents
from hustings.apps.canvass.models import PersonMet
from hustings.apps.canvass.report import Report, Somebody
from hustings.apps.people.models import DoNotContact, Household, Person, PersonStanding
from hustings.apps.places.models import Door
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(campaign: Campaign) -> Iterator[Person]:
    with tenant(campaign.pk):
        home = Household.objects.create(campaign=campaign, address_key="14 rathausgasse|")
        yield Person.objects.create(
            campaign=campaign, household=home, forename="Mira", surname="Hasler", origin="contacts"
        )


@pytest.fixture
def door(mira: Person) -> Door:
    made: Door = Door.objects.create(
        campaign=mira.campaign,
        address_key="14 rathausgasse|",
        street="Rathausgasse",
        number="14",
    )
    return made


@pytest.fixture
def turf(door: Door) -> Turf:
    return a_walk(door.campaign, [door.pk])


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def answer(turf: Turf, door: Door, mira: Person, support: str, **more: object) -> Report:
    return a_report(turf, door.pk, "answered", person=mira.pk, support=support, **more)


def standing(person: Person) -> PersonStanding:
    found: PersonStanding = PersonStanding.objects.get(person=person)
    return found


def test_an_answer_is_the_persons_standing_at_once(
    turf: Turf, phone: Device, door: Door, mira: Person
) -> None:
    actions.record(phone, [answer(turf, door, mira, "2")])

    now = standing(mira)
    assert (now.support, now.disputed, now.last_contact_channel) == ("2", False, "door")
    assert now.support_at == now.last_contact_at == now.door_contact_at == NOON


def test_an_undone_answer_leaves_no_standing(
    turf: Turf, phone: Device, door: Door, mira: Person
) -> None:
    said = answer(turf, door, mira, "2")
    actions.record(phone, [said])

    actions.record(phone, [a_report(turf, door.pk, "undo", corrects=said.id, person=mira.pk)])

    now = standing(mira)
    assert (now.support, now.support_at, now.last_contact_at) == ("", None, None)


def test_two_canvassers_who_heard_different_answers_are_both_kept_and_flagged(
    turf: Turf, phone: Device, door: Door, mira: Person, alice: Membership
) -> None:
    other = a_phone(turf, "Ann", alice)

    actions.record(phone, [answer(turf, door, mira, "1")])
    actions.record(other, [answer(turf, door, mira, "4")])

    now = standing(mira)
    assert (now.support, now.disputed) == ("4", True)


def test_two_canvassers_who_heard_the_same_do_not_disagree(
    turf: Turf, phone: Device, door: Door, mira: Person, alice: Membership
) -> None:
    other = a_phone(turf, "Ann", alice)

    actions.record(phone, [answer(turf, door, mira, "1")])
    actions.record(other, [answer(turf, door, mira, "1")])

    assert not standing(mira).disputed


def test_a_change_of_mind_on_one_phone_is_no_disagreement(
    turf: Turf, phone: Device, door: Door, mira: Person
) -> None:
    actions.record(phone, [answer(turf, door, mira, "1")])
    actions.record(phone, [answer(turf, door, mira, "3", sequence=2)])

    now = standing(mira)
    assert (now.support, now.disputed) == ("3", False)


def test_a_knock_without_an_answer_is_an_attempt_and_no_contact(
    turf: Turf, phone: Device, door: Door, mira: Person
) -> None:
    actions.record(phone, [a_report(turf, door.pk)])

    now = standing(mira)
    assert (now.last_attempt_at, now.last_contact_at) == (NOON, None)


@pytest.mark.parametrize(
    ("kind", "reason"), [("moved", "moved"), ("deceased", "deceased"), ("do_not_contact", "asked")]
)
def test_what_stops_contact_becomes_a_row_and_undoing_it_lifts_the_row(
    turf: Turf, phone: Device, door: Door, mira: Person, kind: str, reason: str
) -> None:
    said = a_report(turf, door.pk, kind, person=mira.pk)
    actions.record(phone, [said])
    stopped = DoNotContact.objects.get(person=mira)

    actions.record(phone, [a_report(turf, door.pk, "undo", corrects=said.id, person=mira.pk)])

    assert (stopped.reason, stopped.source, stopped.lifted_at) == (reason, "door", None)
    assert DoNotContact.objects.get(person=mira).lifted_at is not None


def test_do_not_contact_said_for_the_door_holds_for_everybody_there(
    turf: Turf, phone: Device, door: Door, mira: Person
) -> None:
    actions.record(phone, [a_report(turf, door.pk, "do_not_contact")])

    assert DoNotContact.objects.filter(person=mira, reason="asked", lifted_at=None).exists()


def test_somebody_who_is_not_on_the_register_is_added_once_and_can_answer(
    turf: Turf, phone: Device, door: Door
) -> None:
    jon = Somebody(id=uuid.uuid4(), door=door.pk, forename="Jon")
    said = a_report(turf, door.pk, "answered", met=jon.id, support="1")

    first = actions.record(phone, [said], [jon])
    second = actions.record(phone, [said], [jon])

    assert [outcome.status for outcome in first + second] == ["stored", "known"]
    person = Person.objects.get(origin="door")
    assert PersonMet.objects.get().person == person
    assert standing(person).support == "1"
    assert [p.name for p in residents.people_at(phone, turf.pk, [door.pk])[door.pk]] == [
        "Mira Hasler",
        "Jon",
    ]


def test_a_party_with_its_strength_is_kept_where_the_campaign_asks_so(
    turf: Turf, phone: Device, door: Door, mira: Person, campaign: Campaign
) -> None:
    campaign.support_as, campaign.parties = "parties", [{"code": "1", "label": "Apple"}]
    campaign.save()
    phone.campaign.refresh_from_db()

    outcomes = actions.record(phone, [answer(turf, door, mira, "1", strength=3)])

    assert [outcome.status for outcome in outcomes] == ["stored"], outcomes
    assert (standing(mira).support, standing(mira).strength) == ("1", 3)


def test_answers_keep_the_wording_that_was_shown(
    turf: Turf, phone: Device, door: Door, mira: Person, campaign: Campaign, alice: Membership
) -> None:
    from hustings.apps.canvass.models import CanvassEvent

    shown = actions.wording_now(phone.campaign)
    type(campaign).objects.filter(pk=campaign.pk).update(script_version=2, script_wording="New.")
    phone.campaign.refresh_from_db()

    actions.record(phone, [answer(turf, door, mira, "1", wording_version=shown.version)])

    assert CanvassEvent.objects.get().wording.text.startswith("Hello, I am a volunteer")


def test_the_answers_of_a_walk_are_one_a_person_the_newest(
    turf: Turf, phone: Device, door: Door, mira: Person, alice: Membership
) -> None:
    from hustings.apps.canvass.models import Answer

    other = a_phone(turf, "Ann", alice)
    actions.record(phone, [answer(turf, door, mira, "1")])
    actions.record(other, [answer(turf, door, mira, "4")])
    said = answer(turf, door, mira, "2", sequence=3)
    actions.record(other, [said])

    row = Answer.objects.get()
    assert (row.support, row.disputed, row.device_id, row.person_id) == (
        "2", True, other.pk, mira.pk,
    )  # fmt: skip
