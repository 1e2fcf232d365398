"""A sheet that came back is typed in: once, corrected, emptied, and never lost because the walk came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import paper, queries
from hustings.apps.canvass.models import Answer, CanvassEvent, DoorStanding
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import TurfDoor
from hustings.apps.people.models import Household, Person, PersonStanding
from hustings.apps.places.models import Door
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 6, 13)


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    """Two doors with a person each, and one where nobody is known."""
    with tenant(campaign.pk):
        doors = []
        for number, surname in ((14, "Hasler"), (16, "Frick"), (18, "")):
            key = f"{number} rathausgasse|"
            door = Door.objects.create(
                campaign=campaign, address_key=key, street="Rathausgasse", number=str(number)
            )
            if surname:
                home = Household.objects.create(campaign=campaign, address_key=key)
                Person.objects.create(
                    campaign=campaign, household=home, surname=surname, origin="contacts"
                )
            doors.append(door.pk)
        yield a_walk(campaign, doors)


def lines(turf: Turf) -> list[paper.Line]:
    """Hasler, Frick, and the door of nobody."""
    people = {p.surname: p.pk for p in Person.objects.of(turf.campaign)}
    doors = list(
        TurfDoor.objects.of(turf.campaign)
        .filter(turf=turf)
        .order_by("stop")
        .values_list("door_id", flat=True)
    )
    return [(doors[0], people["Hasler"]), (doors[1], people["Frick"]), (doors[2], None)]


def typed(turf: Turf, *codes: str, who: str = "Asha") -> paper.TypedIn:
    return paper.type_in(
        turf.campaign, turf.pk, who, SATURDAY, dict(zip(lines(turf), codes, strict=False)), by=SETUP
    )


def test_a_sheet_counts_like_a_phone_and_names_who_carried_it(turf: Turf) -> None:
    assert typed(turf, "2", "–", "x") == paper.TypedIn(3, 0, 0)

    (answer,) = Answer.objects.of(turf.campaign)
    assert (answer.support, answer.day, answer.device.label) == ("2", SATURDAY, "Asha (on paper)")
    standing = PersonStanding.objects.of(turf.campaign).get(person_id=lines(turf)[0][1])
    assert (standing.support, standing.last_contact_channel) == ("2", "door")
    kinds = dict(DoorStanding.objects.of(turf.campaign).values_list("door_id", "last_kind"))
    assert [kinds[door] for door, _person in lines(turf)] == ["answered", "no_answer", "refused"]
    verbs = set(AuditLine.objects.of(turf.campaign).values_list("verb", flat=True))
    assert "paper.type_in" in verbs


def test_the_same_sheet_again_adds_nothing_and_another_code_corrects(turf: Turf) -> None:
    typed(turf, "2", "-")

    assert typed(turf, " 2 ", "—") == paper.TypedIn(0, 0, 0)
    assert typed(turf, "4", "") == paper.TypedIn(0, 1, 1)

    assert CanvassEvent.objects.of(turf.campaign).count() == 4
    assert Answer.objects.of(turf.campaign).get().support == "4"
    kept = paper.recorded(turf, paper.sheet_of(turf, "asha"))
    assert [paper.code_of(event) for event in kept.values()] == ["4"]
    assert TurfDoor.objects.of(turf.campaign).filter(knocked_at__isnull=False).count() == 1


def test_two_sheets_of_one_walk_are_told_apart(turf: Turf) -> None:
    typed(turf, "2", who="Asha")
    typed(turf, "4", who="Tom")

    assert Answer.objects.of(turf.campaign).get().disputed


def test_nothing_of_a_sheet_is_kept_when_a_line_of_it_is_wrong(turf: Turf) -> None:
    with pytest.raises(BadInput, match="«q» is none of the codes"):
        typed(turf, "2", "q")
    stranger = {(lines(turf)[1][0], lines(turf)[0][1]): "2"}
    with pytest.raises(BadInput, match="not at this door"):
        paper.type_in(turf.campaign, turf.pk, "Asha", SATURDAY, stranger, by=SETUP)
    tomorrow = timezone.localdate() + timedelta(days=2)
    with pytest.raises(BadInput, match="still to come"):
        paper.type_in(turf.campaign, turf.pk, "Asha", tomorrow, {}, by=SETUP)
    with pytest.raises(BadInput, match="who carried"):
        paper.type_in(turf.campaign, turf.pk, "  ", SATURDAY, {}, by=SETUP)

    assert not CanvassEvent.objects.of(turf.campaign).exists()


def test_a_party_with_its_strength_is_one_code(turf: Turf) -> None:
    campaign = turf.campaign
    campaign.support_as = "parties"
    campaign.parties = [{"code": "L", "label": "Larks"}, {"code": "O", "label": "Owls"}]
    campaign.script_version += 1
    campaign.save()

    typed(turf, "l3", "O")

    said = set(Answer.objects.of(campaign).values_list("support", "strength"))
    assert said == {("L", 3), ("O", None)}


def test_a_sheet_may_come_after_its_walk_came_back(turf: Turf) -> None:
    handing_out.return_turf(turf.campaign, turf.pk, by=SETUP)

    typed(turf, "2")

    held = TurfDoor.objects.of(turf.campaign).filter(live=True).values_list("door_id", flat=True)
    assert list(held) == [lines(turf)[0][0]]


def test_a_sheet_is_no_phone(turf: Turf, alice: Membership) -> None:
    phone = a_phone(turf, "Tom", alice)
    typed(turf, "2")

    assert [listed.device for listed in queries.phones(turf.campaign)] == [phone]
    sheet = paper.sheet_of(turf, "Asha")
    assert sheet is not None
    assert not sheet.is_let_in()


def test_it_is_typed_in_by_keyboard_and_comes_back_filled_in(
    turf: Turf, alice_signed_in: Client
) -> None:
    campaign = turf.campaign
    handing_out.check_out(campaign, turf.pk, "Asha", by=SETUP)
    address = reverse("phones:paper", kwargs={"slug": campaign.slug, "turf_id": turf.pk})
    fields = [f"said-{door}-{person or 0}" for door, person in lines(turf)]

    walk = alice_signed_in.get(
        reverse("outings:walk", kwargs={"slug": campaign.slug, "turf_id": turf.pk})
    ).content.decode()
    empty = alice_signed_in.get(address).content.decode()
    sent = {"who": "Asha", "day": "2026-06-13", fields[0]: "2", fields[1]: "-", fields[2]: ""}
    wrong = alice_signed_in.post(address, sent | {fields[1]: "what"})
    done = alice_signed_in.post(address, sent, follow=True).content.decode()

    assert address in walk
    assert "Hasler" in empty
    assert empty.count("autofocus") == 1
    assert wrong.status_code == 422
    assert "none of the codes" in wrong.content.decode()
    assert "2 lines new" in done
    assert f'name="{fields[0]}" value="2"' in done
    assert CanvassEvent.objects.of(campaign).count() == 2


def test_what_a_phone_heard_is_not_touched_by_a_sheet(turf: Turf, alice: Membership) -> None:
    from hustings.apps.canvass import actions

    door, person = lines(turf)[0]
    actions.record(
        a_phone(turf, "Tom", alice), [a_report(turf, door, "answered", person=person, support="5")]
    )
    typed(turf, "")

    assert Answer.objects.of(turf.campaign).get().support == "5"
