"""Each event once, nothing overwritten, and what counts worked out by rule."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, intake
from hustings.apps.canvass.models import CanvassEvent, DoorStanding, EventClash, Visit
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    with tenant(campaign.pk):
        yield a_walk(campaign, [11, 12, 13, 14])


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def statuses(outcomes: list[actions.Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def test_an_event_sent_twice_is_counted_once(turf: Turf, phone: Device) -> None:
    report = a_report(turf, 11)

    first = actions.record(phone, [report])
    second = actions.record(phone, [report])

    assert statuses(first) + statuses(second) == ["stored", "known"]
    assert CanvassEvent.objects.count() == 1
    assert intake.changed_since(turf.campaign)[0] == 1


def test_the_same_event_twice_in_one_batch_is_counted_once(turf: Turf, phone: Device) -> None:
    report = a_report(turf, 11)

    actions.record(phone, [report, report])

    assert CanvassEvent.objects.count() == 1


def test_another_report_under_the_same_id_is_kept_beside_it(turf: Turf, phone: Device) -> None:
    report = a_report(turf, 11)
    other = replace(report, kind="refused")

    actions.record(phone, [report])
    outcomes = actions.record(phone, [other]) + actions.record(phone, [other])

    assert statuses(outcomes) == ["clash", "clash"]
    assert [clash.content["kind"] for clash in EventClash.objects.all()] == ["refused"]
    assert CanvassEvent.objects.get().kind == "no_answer"


@pytest.mark.trust(17)
def test_an_event_is_never_changed_nor_removed_by_the_web_role(turf: Turf, phone: Device) -> None:
    actions.record(phone, [a_report(turf, 11)])

    for statement in (
        "update canvass_canvassevent set kind = 'refused'",
        "delete from canvass_canvassevent",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_database_refuses_a_result_and_answers_at_once(turf: Turf, phone: Device) -> None:
    with pytest.raises(IntegrityError, match="either_a_result_or_answers"), transaction.atomic():
        CanvassEvent.objects.create(
            campaign=turf.campaign, id=uuid.uuid4(), device=phone, sequence=1, turf=turf, door_id=11,
            channel="door", kind="no_answer", support="1", occurred_at=NOON, digest=b"",
        )  # fmt: skip


def test_a_correction_replaces_and_an_undo_takes_back(turf: Turf, phone: Device) -> None:
    wrong = a_report(turf, 11)
    right = a_report(turf, 11, "refused", corrects=wrong.id, sequence=2)

    actions.record(phone, [wrong])
    actions.record(phone, [right])
    corrected = DoorStanding.objects.get(door_id=11)
    actions.record(phone, [a_report(turf, 11, "undo", corrects=right.id, sequence=3)])
    undone = DoorStanding.objects.get(door_id=11)

    assert (corrected.visits, corrected.contacted, corrected.last_kind) == (1, True, "refused")
    assert (undone.visits, undone.contacted, undone.last_kind) == (0, False, "")
    assert CanvassEvent.objects.count() == 3
    assert not Visit.objects.exists()


def test_a_correction_that_arrives_before_what_it_corrects_still_counts(
    turf: Turf, phone: Device
) -> None:
    wrong = a_report(turf, 11)
    right = a_report(turf, 11, "refused", corrects=wrong.id, sequence=2)

    actions.record(phone, [right])
    actions.record(phone, [wrong])

    assert DoorStanding.objects.get(door_id=11).last_kind == "refused"


def test_another_phone_cannot_correct_what_this_one_said(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    said = a_report(turf, 11, "refused")
    actions.record(phone, [said])

    actions.record(a_phone(turf, "Ann", alice), [a_report(turf, 11, "undo", corrects=said.id)])

    assert DoorStanding.objects.get(door_id=11).last_kind == "refused"


@pytest.mark.parametrize(
    ("door", "more", "sentence"),
    [
        (99, {}, "That door is not on this walk."),
        (11, {"kind": "answered", "support": "9"}, "That answer was not among the choices."),
        (11, {"kind": "answered", "support": "1", "strength": 2}, "Strength goes with a party"),
        (11, {"wording_version": 44}, "That wording of the script was never shown"),
        (11, {"kind": "refused", "person": 4}, "That person is not at this door."),
        (11, {"kind": "refused", "met": uuid.UUID(int=5)}, "Nobody by that number was met"),
    ],
)
def test_what_cannot_be_so_is_refused_with_a_sentence_and_the_rest_is_stored(
    turf: Turf, phone: Device, door: int, more: dict[str, object], sentence: str
) -> None:
    good = a_report(turf, 12)

    outcomes = actions.record(phone, [a_report(turf, door, **more), good])

    assert statuses(outcomes) == ["refused", "stored"]
    assert sentence in outcomes[0].message


def test_what_comes_from_a_walk_handed_back_waits_and_what_was_taken_is_known(
    turf: Turf, phone: Device
) -> None:
    from hustings.apps.canvass import access

    report = a_report(turf, 11)
    actions.record(phone, [report])
    actions.hand_back(access.grant_for(phone, turf.pk), by=phone.actor)

    outcomes = actions.record(phone, [report, a_report(turf, 12)])

    assert statuses(outcomes) == ["known", "late"]


def test_the_receipt_and_the_organiser_count_the_same_doors(turf: Turf, phone: Device) -> None:
    actions.record(phone, [a_report(turf, 11), a_report(turf, 11, "refused"), a_report(turf, 12)])

    assert intake.doors_recorded(turf.campaign_id, turf.pk, phone.pk) == 2
