"""What is finer than a walk's dial is stored nowhere, whatever the phone, the paper or a file says."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import (
    actions,
    counting,
    gaps,
    intake,
    paper,
    paper_sums,
    queries,
    residents,
    taking_in,
)
from hustings.apps.canvass.dial import of_the_door
from hustings.apps.canvass.kinds import OF_DELIVERIES, Kind
from hustings.apps.canvass.models import (
    Answer,
    CanvassEvent,
    CountedReport,
    EventClash,
    LateReport,
    PersonMet,
    RefusedReport,
    Tally,
    Visit,
    WalkGrant,
)
from hustings.apps.canvass.report import report_from_json, somebody_from_json
from hustings.apps.canvass.waiting import in_the_tray
from hustings.apps.outings import actions as outings
from hustings.apps.outings.universe import Choice
from hustings.apps.people.models import DoNotContact, Household, Person, PersonStanding
from hustings.apps.results import queries as results
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.canvass.every_column import new_since, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db
DOORS = [870_000_001, 870_000_002, 870_000_003, 870_000_004]
PEOPLE = [930_000_001, 930_000_002, 930_000_003, 930_000_004]
TODAY = (timezone.now() - timedelta(hours=1)).replace(minute=5, second=0, microsecond=0)
"""In the hour before this one: in time at whatever hour the tests run, and never over midnight."""


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    with tenant(campaign.pk):
        turf = a_walk(campaign, DOORS)
        for door, person in zip(DOORS, PEOPLE, strict=True):
            home = Household.objects.create(campaign=campaign, address_key=f"door {door}")
            Person.objects.create(
                pk=person, campaign=campaign, household=home, surname="Someone", origin="contacts"
            )
        yield turf


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def turn(turf: Turf, precision: str) -> None:
    """Keep only so much from now on."""
    outings.turn_dial(turf.campaign, turf.action_id, precision, by=command("tests"))
    turf.action.refresh_from_db()


def statuses(outcomes: Sequence[actions.Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def sums(**more: Any) -> dict[str, int]:
    """Doors by what came of them."""
    found: dict[str, int] = {}
    for tally in Tally.objects.filter(doors__gt=0, **more):
        said = f"{tally.kind}:{tally.support}".rstrip(":")
        found[said] = found.get(said, 0) + tally.doors
    return found


# --- the law ------------------------------------------------------------------------------------

NAMES = ("Zqxada", "Zqxbyron")
FREE = st.sampled_from([*NAMES, "Zqx 14 Mill Lane", "zqx@example.org"])
KINDS = [str(kind) for kind in Kind if kind not in {*OF_DELIVERIES, Kind.SPOKEN_TO}]


@st.composite
def an_event(draw: Any, place: int) -> dict[str, Any]:
    """What any phone may send, with a name wherever one may stand."""
    kind = draw(st.sampled_from(KINDS))
    said: dict[str, Any] = {
        "id": str(uuid.UUID(int=draw(st.integers(1, 2**100)) * 64 + place)),
        "sequence": place + 1, "kind": kind, "door": draw(st.sampled_from(DOORS)),
        "occurred_at": (TODAY + timedelta(seconds=draw(st.integers(0, 200)))).isoformat(),
        "app": draw(FREE | st.just("phone app 0.3.0")),
        "nickname": draw(FREE), "format": 2,
    }  # fmt: skip
    if draw(st.booleans()):
        said["person"] = draw(st.sampled_from(PEOPLE))
    elif draw(st.booleans()):
        said["met"] = str(uuid.UUID(int=place + 1))
    if kind == "answered":
        said["support"] = draw(st.sampled_from(["1", "2", "5"]))
    if kind == "language":
        said["language"] = draw(FREE | st.just("Polish"))
    if kind == "come_back":
        said["come_back_at"] = (TODAY + timedelta(hours=3)).isoformat()
    if kind == "undo" or draw(st.integers(0, 3)) == 0:
        said["corrects"] = str(uuid.UUID(int=2**120 + place))
    return said


BATCHES = st.integers(1, 5).flatmap(
    lambda n: st.tuples(*(an_event(place) for place in range(n))).map(list)
)


def linked(turf: Turf, batch: Sequence[dict[str, Any]]) -> list[Report]:
    """The events as reports; what corrects something corrects the one before it, where there is one."""
    made = []
    for place, item in enumerate(batch):
        said = {**item, "turf": turf.pk}
        if "corrects" in said and place:
            before = batch[place - 1]
            said["corrects"] = before["id"]
            said["replaces"] = f"{before['kind']}:{before.get('support', '')}:0"
            said["door"] = made[place - 1].door
        made.append(report_from_json(said))
    return made


def somebodies(batch: Sequence[Report]) -> list[Any]:
    return [
        somebody_from_json(
            {"id": str(report.met), "door": report.door, "forename": NAMES[0], "surname": NAMES[1]}
        )
        for report in batch if report.met
    ]  # fmt: skip


def stored(phone: Device, batch: Sequence[Report], how: str) -> list[tuple[str, str]]:
    """What a batch leaves in the database, and then take all of it back."""
    with transaction.atomic():
        if how == "over":
            actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
        before = rows()
        for part in (batch[:2], batch[2:], batch):  # as a phone does that never heard our answer
            actions.record(
                phone, part, somebodies(part), ahead=timedelta(), on_paper=how == "on paper"
            )
        found = new_since(before)
        transaction.set_rollback(True)
    return found


HOW = st.sampled_from(["in time", "over", "on paper"])
OFTEN = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.slow
@OFTEN
@given(batch=BATCHES, how=HOW)
def test_of_a_walk_that_keeps_sums_no_door_person_name_nor_time_is_in_any_column(
    turf: Turf, phone: Device, batch: list[dict[str, Any]], how: str
) -> None:
    turn(turf, "counts")
    reports = linked(turf, batch)

    found = stored(phone, reports, how)

    text = "\n".join(row for _table, row in found)
    assert "zqx" not in text.lower()
    assert not any(str(number) in text for number in (*DOORS, *PEOPLE))
    assert not any(report.digest().hex() in text for report in reports)
    assert (
        TODAY.isoformat()[:14]
        not in text.replace(" ", "T").replace(  # but the grant's own
            phone.enrolled_at.isoformat()[:14], ""
        )
    ), found
    assert {table for table, _row in found} <= {
        "canvass_tally", "canvass_countedreport", "canvass_walkmark", "canvass_received",
        "canvass_wording", "canvass_refusedreport", "audit_auditline",
    }  # fmt: skip


@pytest.mark.slow
@OFTEN
@given(batch=BATCHES, how=HOW, data=st.data())
def test_of_a_walk_that_keeps_sums_other_doors_and_people_leave_the_same_rows(
    turf: Turf, phone: Device, batch: list[dict[str, Any]], how: str, data: st.DataObject
) -> None:
    turn(turf, "counts")
    reports = linked(turf, batch)
    other = data.draw(st.permutations(DOORS))
    elsewhere = [
        replace(
            report, door=other[DOORS.index(report.door)], met=None,
            person=data.draw(st.none() | st.sampled_from(PEOPLE)),
            occurred_at=report.occurred_at + timedelta(seconds=30), more={}, app="",
            language=report.language and "somebody's", strength=None,
        )
        for report in reports
    ]  # fmt: skip

    assert stored(phone, reports, how) == stored(phone, elsewhere, how)


@pytest.mark.slow
@OFTEN
@given(batch=BATCHES, how=HOW, data=st.data())
def test_of_a_walk_that_keeps_doors_other_people_and_words_leave_the_same_rows(
    turf: Turf, phone: Device, batch: list[dict[str, Any]], how: str, data: st.DataObject
) -> None:
    turn(turf, "household")
    reports = linked(turf, batch)
    of_others = [
        replace(
            report, met=None, person=data.draw(st.none() | st.sampled_from(PEOPLE)),
            more={"said": "zqx another"}, app=report.app if report.app.startswith("phone") else "zq",
            language=report.language and {"Polish": "Polish"}.get(report.language, "zqx dialect"),
        )
        for report in reports
    ]  # fmt: skip

    found = stored(phone, reports, how)

    assert found == stored(phone, of_others, how)
    assert "zqx" not in "\n".join(row for _table, row in found).lower()
    assert not {"people_person", "canvass_personmet"} & {table for table, _row in found}


def test_the_report_of_a_door_is_the_same_whoever_it_was_about() -> None:
    report = report_from_json(
        {
            "id": str(uuid.uuid4()), "sequence": 1, "turf": 1, "door": 2, "kind": "answered",
            "support": "1", "person": 3, "occurred_at": "2026-06-13T12:00:00Z", "app": "Zqx",
        }
    )  # fmt: skip
    other = replace(report, person=None, met=uuid.uuid4(), more={"name": "Zqx"}, app="")

    assert of_the_door(report) == of_the_door(other)
    assert of_the_door(report).digest() == of_the_door(other).digest() != report.digest()


# --- sums ---------------------------------------------------------------------------------------


def test_a_report_sent_twice_is_in_the_sum_once(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    report = a_report(turf, DOORS[0], "answered", support="1", occurred_at=timezone.now())

    first = actions.record(phone, [report, report])
    again = actions.record(phone, [report, replace(report, kind="refused", support="")])

    assert statuses(first) + statuses(again) == ["stored", "stored", "known", "known"]
    assert sums() == {"answered:1": 1}
    assert not CanvassEvent.objects.exists()
    assert not EventClash.objects.exists()


def test_correcting_and_taking_back_put_the_sum_right(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    out = a_report(turf, 0, sequence=1)
    answer = a_report(
        turf, 0, "answered", support="2", sequence=2, corrects=out.id, replaces="no_answer::0"
    )
    undo = a_report(turf, 0, "undo", sequence=3, corrects=answer.id, replaces="answered:2:0")

    actions.record(phone, [out])
    assert sums() == {"no_answer": 1}
    actions.record(phone, [answer])
    assert sums() == {"answered:2": 1}
    actions.record(phone, [undo, undo])
    actions.record(phone, [undo])

    assert sums() == {}
    assert CountedReport.objects.count() == 3


def test_what_is_corrected_before_it_arrives_is_never_added(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    out = a_report(turf, 0, sequence=1)
    undo = a_report(turf, 0, "undo", sequence=2, corrects=out.id, replaces="no_answer::0")

    actions.record(phone, [undo])
    actions.record(phone, [out])

    assert sums() == {}


def test_another_phone_takes_nothing_out_of_this_ones_sum(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    turn(turf, "counts")
    out = a_report(turf, 0)
    actions.record(phone, [out])

    actions.record(
        a_phone(turf, "Ann", alice),
        [a_report(turf, 0, "undo", corrects=out.id, replaces="no_answer::0")],
    )

    assert sums() == {"no_answer": 1}


@pytest.mark.parametrize("replaces", ["", "refused::0", "answered:1:0", "no_answer::7", "x" * 50])
def test_taking_back_what_no_sum_holds_is_refused_and_kept_on_the_phone(
    turf: Turf, phone: Device, replaces: str
) -> None:
    turn(turf, "counts")
    out = a_report(turf, 0)
    actions.record(phone, [out])

    outcomes = actions.record(
        phone, [a_report(turf, 0, "undo", sequence=2, corrects=out.id, replaces=replaces)]
    )

    assert statuses(outcomes) == ["refused"]
    assert "Load it again" in outcomes[0].message
    assert sums() == {"no_answer": 1}


def test_never_both_a_result_and_an_answer_in_a_sum(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    with pytest.raises(BadInput, match="never both"):
        a_report(turf, 0, "no_answer", support="1")

    outcomes = actions.record(phone, [a_report(turf, 0, "answered", support="no such")])

    assert (statuses(outcomes), sums()) == (["refused"], {})


def test_the_receipt_of_sums_is_the_same_on_both_sides(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    first, second = a_report(turf, 0, sequence=1), a_report(turf, 0, sequence=2)
    third = a_report(turf, 0, "answered", support="1", sequence=3)
    undo = a_report(turf, 0, "undo", sequence=4, corrects=second.id, replaces="no_answer::0")
    actions.record(phone, [first, second, third])
    actions.record(phone, [undo])

    receipt = queries.receipt_of(WalkGrant.objects.select_related("turf__action").get())

    assert (receipt.received, receipt.recorded, receipt.contacts, receipt.answers) == (2, 2, 1, 1)
    assert queries.phones(turf.campaign)[0].walks[0][1] == 2


def test_numbers_of_a_sum_are_no_gap_and_a_lost_one_is(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    actions.record(phone, [a_report(turf, 0, sequence=n) for n in (1, 2, 4)])

    assert gaps.gaps_of(turf.campaign, [phone.pk]) == {phone.pk: [(3, 3)]}
    assert queries.next_sequence(phone) == 5


def test_a_file_of_unsent_answers_leaves_no_more_than_the_dial_lets_it(
    turf: Turf, phone: Device
) -> None:
    turn(turf, "counts")
    event = {
        "id": str(uuid.uuid4()), "sequence": 1, "turf": turf.pk, "door": DOORS[0],
        "person": PEOPLE[0], "kind": "answered", "support": "1",
        "occurred_at": timezone.now().isoformat(),
    }  # fmt: skip
    before = rows()
    content = json.dumps(
        {
            "what": "unsent answers", "version": 1, "phone": {"id": str(phone.public_id)},
            "events": [event], "people": [],
        }
    ).encode()  # fmt: skip

    taken = taking_in.take_in(turf.campaign, content, by=command("tests"))
    again = taking_in.take_in(turf.campaign, content, by=command("tests"))

    assert (taken.new, again.known) == (1, 1)
    assert sums() == {"answered:1": 1}
    assert not any(str(DOORS[0]) in row or str(PEOPLE[0]) in row for _t, row in new_since(before))


def test_no_door_of_such_a_walk_is_marked_as_knocked_on(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")

    actions.record(phone, [a_report(turf, DOORS[0])])

    assert not turf.turf_doors.filter(knocked_at__isnull=False).exists()
    assert not Visit.objects.exists()
    assert intake.changed_since(turf.campaign)[0] == 1


# --- doors --------------------------------------------------------------------------------------


def test_a_walk_that_keeps_doors_counts_the_answer_and_nobody_gave_it(
    turf: Turf, phone: Device
) -> None:
    turn(turf, "household")
    met = somebody_from_json(
        {"id": str(uuid.uuid4()), "door": DOORS[1], "forename": "Jon", "surname": "New"}
    )
    people = Person.objects.count()

    outcomes = actions.record(
        phone,
        [
            a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0], sequence=1),
            a_report(turf, DOORS[1], "answered", support="2", met=met.id, sequence=2),
        ],
        [met],
    )

    assert statuses(outcomes) == ["stored", "stored"]
    assert list(Answer.objects.values_list("person", "support").order_by("support")) == [
        (None, "1"), (None, "2"),
    ]  # fmt: skip
    assert Person.objects.count() == people
    assert not PersonMet.objects.exists()
    assert not PersonStanding.objects.exclude(support="").exists()


def test_whoever_asks_at_a_door_never_to_be_visited_again_is_heard_for_all_who_live_there(
    turf: Turf, phone: Device
) -> None:
    turn(turf, "household")

    actions.record(phone, [a_report(turf, DOORS[0], "do_not_contact", person=PEOPLE[0])])

    assert [row.person_id for row in DoNotContact.objects.all()] == [PEOPLE[0]]


def test_an_answer_that_came_before_the_dial_was_turned_is_known_when_it_comes_again(
    turf: Turf, phone: Device
) -> None:
    report = a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0])
    actions.record(phone, [report])

    turn(turf, "household")
    at_doors = actions.record(phone, [report])
    turn(turf, "counts")
    in_sums = actions.record(phone, [report])

    assert statuses(at_doors) + statuses(in_sums) == ["known", "known"]
    assert sums() == {}
    assert not EventClash.objects.exists()


def test_an_answer_kept_without_a_person_is_known_when_its_phone_names_one_again(
    turf: Turf, phone: Device
) -> None:
    turn(turf, "household")
    report = a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0])
    actions.record(phone, [report])

    assert statuses(actions.record(phone, [report])) == ["known"]
    assert not EventClash.objects.exists()


# --- turning it while a walk is out -------------------------------------------------------------


def test_turning_the_dial_down_leaves_what_is_there_and_holds_for_all_that_comes(
    turf: Turf, phone: Device
) -> None:
    early = a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0], sequence=1)
    unsent = a_report(turf, DOORS[1], "answered", support="1", person=PEOPLE[1], sequence=2)
    actions.record(phone, [early])

    turn(turf, "counts")
    actions.record(phone, [unsent])

    assert CanvassEvent.objects.get().person_id == PEOPLE[0]
    assert sums() == {"answered:1": 1}


def test_what_was_kept_finer_can_still_be_corrected_and_taken_back(
    turf: Turf, phone: Device
) -> None:
    first = a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0], sequence=1)
    second = a_report(turf, DOORS[1], "answered", support="1", person=PEOPLE[1], sequence=2)
    actions.record(phone, [first, second])
    turn(turf, "counts")
    corrected = a_report(turf, 0, "refused", corrects=first.id, sequence=3)
    undone = a_report(turf, 0, "undo", corrects=second.id, sequence=4)

    for _ in range(2):
        outcomes = actions.record(phone, [corrected, undone])

    assert statuses(outcomes) == ["known", "known"]
    assert sums() == {"refused": 1}
    assert not Answer.objects.exists()
    assert not PersonStanding.objects.exclude(support="").exists()
    receipt = queries.receipt_of(WalkGrant.objects.select_related("turf__action").get())
    assert (receipt.received, receipt.recorded) == (1, 1)


def test_a_late_report_from_before_is_accepted_no_finer_than_the_dial_is_by_then(
    turf: Turf, phone: Device
) -> None:
    from hustings.apps.canvass import tray

    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
    late = a_report(turf, DOORS[0], "answered", support="1", person=PEOPLE[0])
    assert statuses(actions.record(phone, [late])) == ["late"]
    turn(turf, "counts")
    assert statuses(actions.record(phone, [late])) == ["late"]

    tray.settle(
        turf.campaign, "late", LateReport.objects.get().pk, counts=True, by=command("tests")
    )

    assert sums() == {"answered:1": 1}
    assert not CanvassEvent.objects.exists()


def test_more_is_kept_only_once_no_walk_of_the_round_is_out(
    turf: Turf, phone: Device, campaign: Campaign
) -> None:
    turn(turf, "counts")

    with pytest.raises(BadInput, match="once they are back"):
        turn(turf, "person")

    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
    turn(turf, "person")
    turf.action.refresh_from_db()
    assert turf.action.precision == "person"


def test_what_came_late_waits_in_sums_of_its_own(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)

    outcomes = actions.record(phone, [a_report(turf, DOORS[0], "answered", support="1")])

    assert statuses(outcomes) == ["late"]
    assert sums(standing="counts") == {}
    assert sums(standing="over") == {"answered:1": 1}
    assert not LateReport.objects.exists()
    assert not RefusedReport.objects.exists()
    assert intake.doors_recorded(turf.campaign_id, turf.pk, phone.pk) == 0


def test_a_phone_that_never_carried_the_walk_adds_to_no_sum(
    turf: Turf, phone: Device, alice: Membership, campaign: Campaign
) -> None:
    turn(turf, "counts")
    stranger = a_phone(a_walk(campaign, [DOORS[3]], number=8), "Sam", alice)

    assert statuses(actions.record(stranger, [a_report(turf, 0)])) == ["refused"]
    assert sums() == {}


def test_what_came_late_counts_once_an_organiser_accepts_it_and_can_still_be_taken_back(
    turf: Turf, phone: Device
) -> None:
    turn(turf, "counts")
    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
    late = a_report(turf, 0, "answered", support="1", sequence=1)
    other = a_report(turf, 0, sequence=2)
    actions.record(phone, [late, other])
    (entry,) = counting.waiting(turf.campaign)
    assert (entry.doors, entry.phone, in_the_tray(turf.campaign)) == (2, "Tom", 1)

    counting.settle(turf.campaign, entry.key, counts=True, by=command("tests"))
    undo = a_report(turf, 0, "undo", sequence=3, corrects=other.id, replaces="no_answer::0")
    actions.record(phone, [undo])

    assert sums() == {"answered:1": 1}
    assert counting.waiting(turf.campaign) == []
    assert intake.doors_recorded(turf.campaign_id, turf.pk, phone.pk) == 1
    with pytest.raises(BadInput, match="decided about this already"):
        counting.settle(turf.campaign, entry.key, counts=False, by=command("tests"))


def test_sums_that_are_set_aside_count_nowhere(turf: Turf, phone: Device) -> None:
    turn(turf, "counts")
    actions.hand_back(WalkGrant.objects.get(device=phone), by=phone.actor)
    actions.record(phone, [a_report(turf, 0)])
    (entry,) = counting.waiting(turf.campaign)

    counting.settle(turf.campaign, entry.key, counts=False, by=command("tests"))

    assert sums(standing="aside") == {"no_answer": 1}
    assert intake.doors_recorded(turf.campaign_id, turf.pk, phone.pk) == 0
    assert results.effort(turf.campaign).total.knocked == 0


# --- paper, pages, the phone's data, results ----------------------------------------------------


def test_a_sheet_of_sums_has_a_number_for_each_code_and_typing_it_again_adds_nothing(
    turf: Turf, campaign: Campaign
) -> None:
    turn(turf, "counts")
    before = rows()

    def enter(*numbers: str) -> Any:
        typed: dict[tuple[int, int | None], str] = {
            (nth, None): number for nth, number in enumerate(numbers, 1)
        }
        return paper_sums.type_in(
            campaign, turf.pk, "Asha", timezone.now().date(), typed, by=command("tests")
        )

    first = enter("4", "", "0", "", "2", "9", "1")
    again = enter("4", "", "0", "", "2", "9", "1")
    third = enter("3", "", "0", "", "2", "", "1")

    assert (first.new, again.new + again.corrected, third.corrected, third.undone) == (4, 0, 1, 1)
    assert sums() == {"answered:1": 3, "answered:5": 2, "refused": 1}
    lines = paper_sums.lines_of(turf, "Asha", {})
    assert [line.code for line in lines] == ["3", "", "", "", "2", "", "1"]
    assert not any(str(door) in row for _table, row in new_since(before) for door in DOORS)
    with pytest.raises(BadInput, match="no number of doors"):
        enter("a few")


def test_a_sheet_without_names_is_typed_in_a_line_a_door(turf: Turf, campaign: Campaign) -> None:
    turn(turf, "household")
    typed: dict[tuple[int, int | None], str] = {(DOORS[0], PEOPLE[0]): "1", (DOORS[1], None): "-"}

    lines = paper.lines_of(turf, "Asha", {})
    paper.type_in(campaign, turf.pk, "Asha", timezone.now().date(), typed, by=command("tests"))

    assert [line.name for line in lines] == ["", "", "", ""]
    assert CanvassEvent.objects.filter(person=None).count() == CanvassEvent.objects.count() == 2


@pytest.mark.parametrize("precision", ["counts", "household"])
def test_no_name_is_in_what_the_phone_gets_nor_on_paper(
    turf: Turf, campaign: Campaign, alice: Membership, precision: str
) -> None:
    turn(turf, precision)
    _device, token = actions.ask_for_walk(turf, "Sam", by=alice.actor)
    client = Client()
    client.cookies[DEVICE_COOKIE] = token or ""

    answer = client.get(reverse("phone:walk-data", args=[turf.pk]))
    walk = json.loads(answer.content)

    assert walk["keeps"] == precision
    assert not any(door["people"] for door in walk["doors"])
    assert b"Someone" not in answer.content
    assert not AuditLine.objects.filter(verb__in=["person.look", "export.leave"]).exists()
    assert residents.people_on(campaign.pk, turf.pk, DOORS, 0) == {}


def test_the_plain_page_of_sums_sends_no_door_and_takes_the_last_one_back(
    turf: Turf, campaign: Campaign, alice: Membership
) -> None:
    turn(turf, "counts")
    device, token = actions.ask_for_walk(turf, "Sam", by=alice.actor)
    client = Client()
    client.cookies[DEVICE_COOKIE] = token or ""
    address = reverse("phone:walk", args=[turf.pk])
    before = rows()

    form = {"form_id": str(uuid.uuid4()), "said": "answered:2"}
    client.post(address, form)
    counted = client.post(address, form)
    page = client.get(counted["Location"])
    with tenant(campaign.pk):
        once = sums()
        found = new_since(before)
    client.post(
        address,
        {
            "form_id": str(uuid.uuid4()), "said": "undo", "event": page.context["undo"]["event"],
            "replaces": page.context["undo"]["said"],
        },
    )  # fmt: skip

    assert b"/door/" not in page.content
    assert once == {"answered:2": 1}
    assert not any(str(door) in row for _table, row in found for door in DOORS)
    with tenant(campaign.pk):
        assert sums() == {}
        assert intake.doors_recorded(campaign.pk, turf.pk, device.pk) == 0
    assert client.get(reverse("phone:door", args=[turf.pk, DOORS[0]])).status_code == 302


def test_sums_stand_in_the_results_beside_what_is_kept_finer(
    turf: Turf, phone: Device, campaign: Campaign, alice: Membership
) -> None:
    other = a_walk(campaign, DOORS[:2], number=8)
    actions.record(
        a_phone(other, "Ann", alice),
        [a_report(other, DOORS[0], "answered", support="1", person=PEOPLE[0])],
    )
    turn(turf, "counts")
    actions.record(
        phone,
        [
            a_report(turf, 0, "answered", support="1", sequence=1),
            a_report(turf, 0, "answered", support="5", sequence=2),
            a_report(turf, 0, "refused", sequence=3), a_report(turf, 0, sequence=4),
        ],
    )  # fmt: skip

    effort = results.effort(campaign)
    by_number = {row.number: row for row in effort.walks}

    assert (effort.total.knocked, effort.total.contacts) == (5, 4)
    assert effort.total.support == {"1": 2, "2": 0, "3": 0, "4": 0, "5": 1}
    assert (by_number[7].knocked, by_number[7].support) == (4, {"1": 1, "5": 1})
    assert {row.label: row.knocked for row in effort.phones} == {"Tom": 4, "Ann": 1}
    assert sum(row.knocked for row in effort.days) == 5


def test_the_organiser_turns_the_dial_on_its_page_and_hears_why_not(
    turf: Turf, phone: Device, alice_signed_in: Client, campaign: Campaign
) -> None:
    address = reverse("outings:dial", args=[campaign.slug, turf.action_id])

    alice_signed_in.post(address, {"precision": "counts"})
    finer = alice_signed_in.post(address, {"precision": "person"})

    turf.action.refresh_from_db()
    assert turf.action.precision == "counts"
    assert finer.status_code == 422
    assert b"once they are back" in finer.content
    assert AuditLine.objects.get(verb="action.precision").detail == {
        "from": "person", "to": "counts",
    }  # fmt: skip


def test_a_new_round_keeps_what_the_campaign_says_and_polling_day_keeps_people(
    campaign: Campaign,
) -> None:
    campaign.precision = "household"
    campaign.save()
    by = command("tests")

    assert outings.plan_action(campaign, "June", Choice(), by=by).precision == "household"
    assert outings.plan_action(campaign, "L", Choice(), by=by, kind="leaflet").keeps_people is False
    with pytest.raises(BadInput, match="called by name"):
        outings.plan_action(campaign, "Day", Choice(), by=by, kind="turn_out")
