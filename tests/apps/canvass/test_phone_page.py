"""A shift on the plain phone page, without JavaScript; and the JSON seam beside it."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.models import CanvassEvent, DoorStanding, LateReport
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.people.models import Household, Person, PersonStanding
from hustings.apps.places.models import Building, Door
from tests.apps.canvass.cast import NOON, a_walk

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db


class Shift:
    """Tom's phone, let in to a walk: three houses and a tower of nine flats on three floors."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign = campaign
        with tenant(campaign.pk):
            tower = Building.objects.create(campaign=campaign, name="The Tower")
            self.tower = tower.pk
            self.doors = [self.door(str(number), f"Person{number}") for number in (1, 3, 5)]
            self.flats = [
                self.door("7", "", unit=f"Flat {n + 1}", building=tower, floor=n // 3)
                for n in range(9)
            ]
            self.turf = a_walk(campaign, [door.pk for door in self.doors + self.flats])
            self.device, token = actions.ask_for_walk(self.turf, "Tom", by=alice.actor)
        self.client = Client()
        self.client.cookies[DEVICE_COOKIE] = token or ""

    def door(self, number: str, surname: str, **more: object) -> Door:
        key = f"{number} {more.get('unit', '')} mill lane|"
        door: Door = Door.objects.create(
            campaign=self.campaign, address_key=key, street="Mill Lane", number=number, **more
        )
        home = Household.objects.create(campaign=self.campaign, address_key=key)
        if surname:
            Person.objects.create(
                campaign=self.campaign, household=home, surname=surname, origin="contacts"
            )
        return door

    def address(self, name: str, *more: int) -> str:
        return reverse(f"phone:{name}", args=[self.turf.pk, *more])

    def form_at(self, door: Door) -> dict[str, str]:
        """The hidden fields of a door's page, as a browser would send them back."""
        page = self.client.get(self.address("door", door.pk)).content.decode()
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

    def says(self, door: Door, said: str, form: dict[str, str] | None = None) -> HttpResponse:
        fields = form or self.form_at(door)
        person = next(k[3:] for k in fields if k.startswith("id-") and k != "id-door")
        return self.client.post(  # type: ignore[return-value]  # the test client's own type
            self.address("door", door.pk), {**fields, f"said-{person}": said}
        )


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def test_an_answer_goes_on_to_the_next_door_and_is_there(shift: Shift) -> None:
    answer = shift.says(shift.doors[0], "answered:1")

    assert answer["Location"] == shift.address("door", shift.doors[1].pk)
    with tenant(shift.campaign.pk):
        event = CanvassEvent.objects.get()
        assert (event.kind, event.support, event.wording.version) == ("answered", "1", 1)
        assert PersonStanding.objects.get(person__surname="Person1").support == "1"


@pytest.mark.parametrize(("levels", "shades"), [(2, "15"), (4, "1245"), (5, "12345")])
def test_an_answer_has_the_colour_of_its_place_from_for_to_against(
    levels: int, shades: str, shift: Shift
) -> None:
    shift.campaign.support_scale = [{"code": str(n), "label": f"Level {n}"} for n in range(levels)]
    shift.campaign.save()

    page = shift.client.get(shift.address("door", shift.doors[0].pk)).content.decode()

    first = page.split('role="radiogroup"')[1]
    assert "".join(re.findall(r'<label class="support-(\d)">', first)) == shades


def test_the_same_form_sent_twice_is_one_event(shift: Shift) -> None:
    form = shift.form_at(shift.doors[0])

    shift.says(shift.doors[0], "answered:1", form)
    shift.says(shift.doors[0], "answered:1", form)

    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 1


def test_going_back_and_choosing_otherwise_is_a_correction(shift: Shift) -> None:
    form = shift.form_at(shift.doors[0])

    shift.says(shift.doors[0], "answered:1", form)
    shift.says(shift.doors[0], "answered:4", form)
    shift.says(shift.doors[0], "answered:4", form)

    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 2
        assert PersonStanding.objects.get(person__surname="Person1").support == "4"
        assert not PersonStanding.objects.get(person__surname="Person1").disputed


def test_an_answer_changed_on_a_fresh_page_is_a_correction(shift: Shift) -> None:
    shift.says(shift.doors[0], "answered:1")
    shift.says(shift.doors[0], "refused")

    with tenant(shift.campaign.pk):
        assert PersonStanding.objects.get(person__surname="Person1").support == ""
        assert DoorStanding.objects.get(door_id=shift.doors[0].pk).visits == 1


def test_no_answer_is_one_tap(shift: Shift) -> None:
    form = shift.form_at(shift.doors[0])

    shift.client.post(shift.address("door", shift.doors[0].pk), {**form, "whole_door": "no_answer"})

    with tenant(shift.campaign.pk):
        assert DoorStanding.objects.get(door_id=shift.doors[0].pk).last_kind == "no_answer"


@pytest.mark.parametrize(("typed", "kept"), [("Arabic", "Arabic"), ("", "not known")])
def test_another_language_is_recorded_also_when_it_cannot_be_named(
    shift: Shift, typed: str, kept: str
) -> None:
    form = shift.form_at(shift.doors[0])
    person = next(k[3:] for k in form if k.startswith("id-") and k != "id-door")

    shift.says(shift.doors[0], "language", {**form, f"language-{person}": typed})

    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.get().language == kept


def test_undo_takes_the_newest_back(shift: Shift) -> None:
    shift.says(shift.doors[0], "answered:1")
    form = shift.form_at(shift.doors[0])

    shift.client.post(
        shift.address("undo", shift.doors[0].pk),
        {"event": form["event"], "form_id": form["form_id"]},
    )

    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 2
        assert DoorStanding.objects.get(door_id=shift.doors[0].pk).visits == 0


def test_a_floor_is_one_tap_and_a_second_tap_adds_nothing(shift: Shift) -> None:
    address = shift.address("building", shift.tower)
    form = {"form_id": str(uuid.uuid4()), "floor": "1", "kind": "no_answer"}

    shift.client.post(address, form)
    shift.client.post(address, form)

    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 3
        flats = {flat.pk for flat in shift.flats[3:6]}
        assert set(CanvassEvent.objects.values_list("door_id", flat=True)) == flats


def test_somebody_new_at_the_door_can_be_added_and_answers(shift: Shift) -> None:
    door = shift.doors[0]
    form = {"form_id": str(uuid.uuid4()), "forename": "Jon", "surname": ""}

    shift.client.post(shift.address("add", door.pk), form)
    shift.client.post(shift.address("add", door.pk), form)
    page = shift.client.get(shift.address("door", door.pk)).content.decode()

    assert page.count("<strong>Jon</strong>") == 1
    assert "not on the register" in page


def test_looking_at_a_door_leaves_a_line_and_looking_at_the_list_shows_no_name(
    shift: Shift,
) -> None:
    walk = shift.client.get(shift.address("walk")).content.decode()
    shift.client.get(shift.address("door", shift.doors[0].pk))

    assert "Person1" not in walk
    with tenant(shift.campaign.pk):
        line = AuditLine.objects.get(verb="person.look")
    assert (line.actor_label, line.subject_id) == ("Tom", str(shift.doors[0].pk))


@pytest.mark.trust(8)
def test_a_door_of_another_walk_is_not_there(shift: Shift) -> None:
    with tenant(shift.campaign.pk):
        elsewhere = shift.door("9", "Stranger")

    assert shift.client.get(shift.address("door", elsewhere.pk)).status_code == 404


def test_the_receipt_says_what_the_organiser_sees_and_the_rest_goes_back(
    shift: Shift, alice_signed_in: Client
) -> None:
    shift.says(shift.doors[0], "answered:1")
    shift.says(shift.doors[1], "refused")
    mine = shift.client.get(shift.address("receipt")).content.decode()
    theirs = alice_signed_in.get(
        reverse("phones:list", args=[shift.campaign.slug])
    ).content.decode()

    shift.client.post(shift.address("receipt"))

    assert mine.count('<span class="number">2</span>') == 2
    assert "2 doors recorded" in theirs
    with tenant(shift.campaign.pk):
        assert Turf.objects.get().state == "returned"
        assert TurfDoor.objects.filter(live=True).count() == 2
    assert shift.client.get(shift.address("walk")).status_code == 404
    assert shift.client.get(shift.address("receipt")).status_code == 200


def a_batch(shift: Shift, **more: object) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()), "sequence": 1, "turf": shift.turf.pk, "door": shift.doors[0].pk,
        "kind": "no_answer", "occurred_at": NOON.isoformat(), **more,
    }  # fmt: skip


def post(shift: Shift, *events: dict[str, object]) -> HttpResponse:
    return shift.client.post(  # type: ignore[return-value]  # the test client's own type
        reverse("phone:events"), json.dumps({"events": events}), content_type="application/json"
    )


def test_the_seam_answers_each_event_and_the_same_again(shift: Shift) -> None:
    event = a_batch(shift)

    first, second = post(shift, event), post(shift, event)
    clash = post(shift, {**event, "kind": "refused"})

    assert (first.status_code, second.status_code, clash.status_code) == (200, 200, 409)
    assert [json.loads(answer.content)["events"][0]["status"] for answer in (first, second, clash)] == [
        "stored", "known", "clash",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"support": "1"}, "never both"),
        ({"kind": "asleep"}, "not something that happens"),
        ({"occurred_at": "yesterday"}, "cannot be read"),
        ({"occurred_at": "2026-06-13T12:00:00"}, "time zone"),
        ({"id": "7"}, "cannot be read"),
        ({"door": "11"}, "not a whole number"),
        ({"mood": "good" * 600}, "longer than 2000"),
        ({"mood": float("nan")}, "cannot be read"),
        ({"mood": "\x00"}, "cannot be read"),
        ({"app": "\ud800"}, "cannot be read"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "not in the years"),
        ({"kind": "language"}, "Which language"),
    ],
)
def test_a_bad_event_is_refused_with_a_sentence_and_the_good_one_is_stored(
    shift: Shift, more: dict[str, object], sentence: str
) -> None:
    answer = post(shift, a_batch(shift, **more), a_batch(shift))

    bad, good = json.loads(answer.content)["events"]
    assert answer.status_code == 422
    assert (bad["status"], good["status"]) == ("refused", "stored")
    assert sentence in bad["message"]


@pytest.mark.parametrize("body", ["{", "[]", '{"events": 1}', '{"events": [1]}', "[" * 9000])
def test_what_is_no_batch_is_refused_with_a_sentence(shift: Shift, body: str) -> None:
    answer = shift.client.post(reverse("phone:events"), body, content_type="application/json")

    assert answer.status_code == 422
    assert json.loads(answer.content)["error"]


def test_the_walk_of_six_hundred_flats_asks_few_questions(
    shift: Shift, django_assert_max_num_queries: object
) -> None:
    with tenant(shift.campaign.pk):
        tower = Building.objects.create(campaign=shift.campaign, name="High", street_key="high")
        flats = Door.objects.bulk_create(
            Door(campaign=shift.campaign, address_key=f"flat {n}", street="High", number="1",
                 unit=f"{n}", building=tower, floor=n // 20)
            for n in range(600)
        )  # fmt: skip
        turf = a_walk(shift.campaign, [flat.pk for flat in flats], number=8)
        actions.ask_for_walk(turf, "Tom", device=shift.device)
    address = reverse("phone:building", args=[turf.pk, tower.pk])

    with django_assert_max_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture
        page = shift.client.get(address)

    assert page.content.decode().count('class="unit ') == 600


def test_times_are_the_campaigns_own(shift: Shift) -> None:
    type(shift.campaign).objects.filter(pk=shift.campaign.pk).update(time_zone="Asia/Tokyo")
    post(shift, a_batch(shift))

    receipt = shift.client.get(shift.address("receipt")).content.decode()

    assert "Saturday 13 June, 21:00" in receipt


def test_a_walk_that_an_organiser_took_back_is_over_on_the_phone_and_what_it_still_sends_waits(
    shift: Shift, alice: Membership
) -> None:
    form = shift.form_at(shift.doors[0])
    handing_out.return_turf(shift.campaign, shift.turf.pk, by=alice.actor)

    assert shift.client.get(shift.address("walk")).status_code == 404
    assert shift.says(shift.doors[0], "answered:1", form).status_code == 302
    with tenant(shift.campaign.pk):
        assert LateReport.objects.count() == 1
        assert CanvassEvent.objects.count() == 0

    handing_out.undo_return(shift.campaign, shift.turf.pk, by=alice.actor)
    assert shift.client.get(shift.address("walk")).status_code == 200


def test_a_persons_page_tells_what_was_heard_and_not_what_was_taken_back(
    shift: Shift, alice_signed_in: Client
) -> None:
    shift.says(shift.doors[0], "answered:4")
    shift.says(shift.doors[0], "answered:2")
    with tenant(shift.campaign.pk):
        person = Person.objects.get(surname="Person1")

    page = alice_signed_in.get(
        reverse("people:person", args=[shift.campaign.slug, person.pk])
    ).content.decode()

    assert "Support · at the door" in page
    assert "Opposed" not in page
