"""A leaflet or poster round: delivered, in part or not, each once; no names, and no canvass."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, gaps, handed_in, intake, paper_deliveries, queries, tray
from hustings.apps.canvass.models import (
    CanvassEvent,
    Delivery,
    DoorStanding,
    EventClash,
    LateReport,
    Visit,
    WalkGrant,
)
from hustings.apps.outings import handing_out
from hustings.apps.outings import packs as outings_packs
from hustings.apps.outings.models import Action
from hustings.apps.people.models import Household, Person, PersonStanding
from hustings.apps.results import queries as results
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db
DOORS = [11, 12, 13, 14]


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    with tenant(campaign.pk):
        turf = a_walk(campaign, DOORS, code="LEAFAB")
        Action.objects.of(campaign).update(kind="leaflet")
        turf.action.refresh_from_db()
        home = Household.objects.create(campaign=campaign, address_key="door 11")
        Person.objects.create(
            campaign=campaign, household=home, surname="Zqxname", origin="contacts"
        )
        yield turf


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def statuses(outcomes: list[actions.Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def brought(turf: Turf, door: int, kind: str = "delivered", **more: Any) -> Any:
    return a_report(turf, door, kind, occurred_at=timezone.now(), **more)


def row_of(turf: Turf) -> handed_in.WalkDelivered:
    return handed_in.walks_delivered(turf.action)[0]


def test_a_delivery_sent_twice_is_there_once_and_another_under_its_number_is_kept_beside_it(
    turf: Turf, phone: Device
) -> None:
    report = brought(turf, 11)
    other = brought(turf, 11, "part", id=report.id)

    first = actions.record(phone, [report, report])
    again = actions.record(phone, [report])
    clash = actions.record(phone, [other])

    assert statuses(first) + statuses(again) + statuses(clash) == [
        "stored", "stored", "known", "clash",
    ]  # fmt: skip
    assert Delivery.objects.count() == EventClash.objects.count() == 1


def test_the_newest_at_a_door_counts_and_taking_it_back_brings_the_one_before(
    turf: Turf, phone: Device
) -> None:
    first, second = brought(turf, 11, "part", sequence=1), brought(turf, 11, sequence=2)
    actions.record(phone, [first, second, brought(turf, 12, "not_delivered", sequence=3)])
    assert (row_of(turf).delivered, row_of(turf).part, row_of(turf).not_delivered) == (1, 0, 1)

    actions.record(phone, [brought(turf, 11, "undo", corrects=second.id, sequence=4)])

    assert (row_of(turf).delivered, row_of(turf).part, row_of(turf).to_do) == (0, 1, 2)


def test_a_delivery_round_is_no_contact_no_visit_and_in_no_result(
    turf: Turf, phone: Device, campaign: Campaign
) -> None:
    actions.record(phone, [brought(turf, door, sequence=n) for n, door in enumerate(DOORS, 1)])

    effort = results.effort(campaign)

    assert (effort.total.doors, effort.total.knocked, effort.total.contacts) == (0, 0, 0)
    assert not effort.phones
    assert results.actions_of(campaign) == []
    for model in (CanvassEvent, Visit, DoorStanding, PersonStanding):
        assert not model.objects.exists()
    assert effort.events == 4


@pytest.mark.parametrize("kind", ["no_answer", "refused", "do_not_contact"])
def test_nothing_of_a_canvass_is_taken_in_on_a_round_and_nothing_of_a_round_on_a_canvass(
    turf: Turf, phone: Device, alice: Membership, campaign: Campaign, kind: str
) -> None:
    canvass = a_walk(campaign, [21, 22], number=8)
    walker = a_phone(canvass, "Ann", alice)

    assert statuses(actions.record(phone, [brought(turf, 11, kind)])) == ["refused"]
    assert statuses(actions.record(walker, [brought(canvass, 21)])) == ["refused"]
    assert statuses(
        actions.record(walker, [brought(canvass, 0, "left_over", left_over=3)])
    ) == ["refused"]  # fmt: skip
    assert not Delivery.objects.exists()
    assert not CanvassEvent.objects.exists()


def test_what_is_left_over_is_the_walks_and_the_newest_number_of_each_phone_counts(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    ann = a_phone(turf, "Ann", alice)
    actions.record(phone, [brought(turf, 0, "left_over", left_over=40, sequence=1)])
    actions.record(phone, [brought(turf, 0, "left_over", left_over=12, sequence=2)])
    actions.record(ann, [brought(turf, 0, "left_over", left_over=5)])

    assert row_of(turf).left_over == 17
    receipt = queries.receipt_of(WalkGrant.objects.select_related("turf__action").get(device=phone))
    assert receipt.left_over == 12


@pytest.mark.parametrize(
    "said", [{"kind": "left_over"}, {"kind": "delivered", "left_over": 3},
             {"kind": "left_over", "left_over": 100_001}],
)  # fmt: skip
def test_how_many_goes_with_left_over_and_only_there(turf: Turf, said: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        brought(turf, 0, **said)


def test_doors_that_were_reached_stay_with_the_walk_and_the_others_are_free_again(
    turf: Turf, phone: Device, campaign: Campaign
) -> None:
    wrong = brought(turf, 14, sequence=4)
    actions.record(
        phone,
        [
            brought(turf, 11, sequence=1), brought(turf, 12, "part", sequence=2),
            brought(turf, 13, "not_delivered", sequence=3), wrong,
            brought(turf, 14, "undo", corrects=wrong.id, sequence=5),
        ],
    )  # fmt: skip

    handing_out.return_turf(campaign, turf.pk, by=command("tests"))

    live = turf.turf_doors.filter(live=True).values_list("door_id", flat=True)
    assert sorted(live) == [11, 12]


def test_the_receipt_the_organisers_list_and_the_round_say_the_same_number(
    turf: Turf, phone: Device, campaign: Campaign
) -> None:
    actions.record(
        phone, [brought(turf, 11, sequence=1), brought(turf, 11, "part", sequence=2),
                brought(turf, 12, sequence=3), brought(turf, 0, "left_over", left_over=3, sequence=4)],
    )  # fmt: skip

    receipt = queries.receipt_of(WalkGrant.objects.select_related("turf__action").get())

    assert (receipt.recorded, receipt.received, receipt.contacts) == (2, 2, 0)
    assert queries.phones(campaign)[0].walks[0][1] == 2
    assert intake.doors_recorded(campaign.pk, turf.pk, phone.pk) == 2
    assert (row_of(turf).delivered, row_of(turf).part) == (1, 1)
    assert gaps.gaps_of(campaign, [phone.pk]) == {}
    assert queries.next_sequence(phone) == 5


def test_what_comes_late_waits_for_an_organiser_and_counts_once_accepted(
    turf: Turf, phone: Device, campaign: Campaign
) -> None:
    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
    late = [brought(turf, 11), brought(turf, 0, "left_over", left_over=9, sequence=2)]

    assert statuses(actions.record(phone, late)) == ["late", "late"]
    assert row_of(turf).delivered == 0
    assert [entry.came.what for entry in tray.waiting(campaign)] == ["Delivered", "Left over"]

    for entry in LateReport.objects.all():
        tray.settle(campaign, "late", entry.pk, counts=True, by=command("tests"))

    assert (row_of(turf).delivered, row_of(turf).left_over) == (1, 9)


def test_the_phone_gets_no_name_and_sees_what_others_delivered(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    ann, token = actions.ask_for_walk(turf, "Ann", by=alice.actor)
    actions.record(phone, [brought(turf, 11), brought(turf, 12, "not_delivered", sequence=2)])
    actions.record(ann, [brought(turf, 13, "part")])
    client = Client()
    client.cookies[DEVICE_COOKIE] = token or ""

    answer = client.get(reverse("phone:walk-data", args=[turf.pk]))

    walk = json.loads(answer.content)
    assert walk["round"] == "leaflet"
    assert b"Zqxname" not in answer.content
    assert [door["elsewhere"] for door in walk["doors"]] == ["done", "out", "", ""]
    assert [[one["kind"] for one in door["mine"]] for door in walk["doors"]] == [
        [], [], ["part"], [],
    ]  # fmt: skip


def test_a_paper_sheet_is_typed_in_a_code_a_door_and_again_changes_nothing(
    turf: Turf, campaign: Campaign
) -> None:
    today = timezone.now().date()
    typed: dict[tuple[int, int | None], str] = {
        (11, None): "d", (12, None): "P", (13, None): "n", (0, None): "25",
    }  # fmt: skip

    def enter() -> Any:
        return paper_deliveries.type_in(
            campaign, turf.pk, "Asha", today, typed, by=command("tests")
        )

    first, again = enter(), enter()
    typed[11, None] = ""
    third = enter()

    assert (first.new, again.new + again.corrected + again.undone, third.undone) == (4, 0, 1)
    row = row_of(turf)
    assert (row.delivered, row.part, row.not_delivered, row.left_over) == (0, 1, 1, 25)
    lines = paper_deliveries.lines_of(turf, "Asha", {})
    assert [line.code for line in lines] == ["", "p", "n", "", "25"]


@pytest.mark.parametrize(("line", "code"), [((11, None), "z"), ((0, None), "many")])
def test_a_sheet_with_a_word_that_is_no_code_is_not_recorded(
    turf: Turf, campaign: Campaign, line: tuple[int, None], code: str
) -> None:
    with pytest.raises(BadInput):
        paper_deliveries.type_in(
            campaign, turf.pk, "Asha", date(2026, 6, 13), {line: code}, by=command("tests")
        )
    assert not Delivery.objects.exists()


def test_the_printed_sheet_has_the_three_boxes_and_no_name(
    turf: Turf, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Any] = []

    def kept(pack: Any, _streets: Any, words: dict[str, str]) -> bytes:
        printed.append((pack, words))
        return b"%PDF"

    monkeypatch.setattr(outings_packs, "pack_pdf", kept)
    outings_packs.print_pack(campaign, turf.action, [turf], by=command("tests"))

    pack, words = printed[0]
    assert [code for code, _label in pack.answers] == ["d", "p", "n"]
    assert (pack.script, words["no_answer"], words["no_names"]) == ("", "", "")
    assert not any(door.people for walk in pack.walks for door in walk.doors)


def test_the_printed_sheet_of_a_round_can_be_printed(turf: Turf, campaign: Campaign) -> None:
    made = outings_packs.print_pack(campaign, turf.action, [turf], by=command("tests"))

    assert made.startswith(b"%PDF")


def test_the_plain_page_takes_ticked_doors_and_what_is_left(
    turf: Turf, alice: Membership, campaign: Campaign
) -> None:
    _device, token = actions.ask_for_walk(turf, "Sam", by=alice.actor)
    client = Client()
    client.cookies[DEVICE_COOKIE] = token or ""
    address = reverse("phone:walk", args=[turf.pk])
    page = client.get(address)
    form = {"form_id": str(uuid.uuid4()), "door": [11, 13, 99], "said": "delivered"}

    for _twice in range(2):
        client.post(address, form)
    client.post(address, {"form_id": str(uuid.uuid4()), "said": "left_over", "left_over": "7"})

    assert b"Zqxname" not in page.content
    with tenant(campaign.pk):
        assert (row_of(turf).delivered, row_of(turf).left_over) == (2, 7)
        assert AuditLine.objects.filter(verb="event.record", subject_id=str(turf.pk)).count() == 2
    assert client.get(reverse("phone:door", args=[turf.pk, 11])).status_code == 302
    assert client.get(reverse("phone:add", args=[turf.pk, 11])).status_code == 404


def test_the_organiser_sees_the_round_by_walk_and_in_all(
    turf: Turf, phone: Device, alice_signed_in: Client, campaign: Campaign
) -> None:
    actions.record(
        phone, [brought(turf, 11), brought(turf, 12, "part", sequence=2),
                brought(turf, 0, "left_over", left_over=31, sequence=3)],
    )  # fmt: skip

    page = alice_signed_in.get(reverse("phones:round", args=[campaign.slug, turf.action_id]))

    assert page.context["total"] == {
        "doors": 4, "delivered": 1, "part": 1, "not_delivered": 0, "to_do": 2, "left_over": 31,
    }  # fmt: skip
    assert b"1 of 4 doors delivered" in page.content
