"""What the seam owes a phone that was away, rule by rule; the numbers are those of docs/reference/sync.md."""

from __future__ import annotations

import json
import random
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, api, gaps, queries, report, tray
from hustings.apps.canvass.access import live_grants
from hustings.apps.canvass.models import (
    Answer,
    CanvassEvent,
    DoorStanding,
    EventClash,
    LastSync,
    LateReport,
    RefusedReport,
    Visit,
    WalkGrant,
)
from hustings.apps.erasure.actions import erase_person
from hustings.apps.outings import handing_out
from hustings.apps.people.models import DoNotContact, Household, Person, PersonStanding
from tests.apps.canvass.away import Phone, Street, ago
from tests.apps.canvass.cast import a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db
OUTBOXES = Path(__file__).parent / "outboxes"


@pytest.fixture
def street(campaign: Campaign) -> Street:
    return Street(campaign)


@pytest.fixture
def tom(street: Street) -> Phone:
    return street.phone("Tom")


@pytest.fixture
def ann(street: Street) -> Phone:
    return street.phone("Ann")


def stored(street: Street) -> int:
    with tenant(street.campaign.pk):
        return CanvassEvent.objects.count()


def test_a_phone_that_never_heard_the_answer_sends_again_and_it_is_there_once(
    street: Street, tom: Phone
) -> None:
    events = [tom.heard(0), tom.heard(1, "answered")]

    assert tom.statuses(*events) == ["stored", "stored"]
    assert tom.statuses(*events) == ["known", "known"]
    assert stored(street) == 2


def test_a_phone_that_came_back_from_a_backup_counts_anew_and_nothing_is_taken_for_known(
    street: Street, tom: Phone
) -> None:
    tom.send(tom.heard(0), tom.heard(1))
    tom.made = 0

    assert tom.statuses(tom.heard(2), tom.heard(3)) == ["stored", "stored"]
    assert stored(street) == 4


def state(street: Street) -> tuple[Any, ...]:
    """Everything that is worked out, without what depends on the moment."""
    with tenant(street.campaign.pk):
        return (
            sorted(
                Visit.objects.values_list("door_id", "device_id", "day", "contacted", "answers")
            ),
            sorted(DoorStanding.objects.values_list("door_id", "visits", "contacted", "last_kind")),
            sorted(Answer.objects.values_list("person_id", "support", "disputed")),
            sorted(PersonStanding.objects.values_list("person_id", "support", "disputed")),
            sorted(DoNotContact.objects.filter(lifted_at=None).values_list("person_id", "reason")),
        )


def a_shift(tom: Phone) -> list[dict[str, Any]]:
    """What one phone makes in a shift: answers, a correction, an undo, somebody asked again later."""
    first = tom.heard(0, "answered", support="2")
    second = tom.heard(0, "answered", support="4", after=first["id"])
    third = tom.heard(0, "answered", support="5", after=second["id"])
    wrong = tom.heard(1, "refused")
    right = tom.heard(1, "answered", support="1", corrects=wrong["id"], after=wrong["id"])
    never = tom.heard(2, "do_not_contact", person=tom.street.people[2])
    undone = tom.heard(2, "undo", corrects=never["id"], after=never["id"])
    out = tom.heard(3)
    back = tom.heard(3, "come_back", come_back_at=timezone.now(), after=out["id"])
    taken = tom.heard(0, "undo", corrects=second["id"], after=third["id"])
    return [first, second, third, wrong, right, never, undone, out, back, taken]


@pytest.mark.parametrize("seed", range(12))
def test_a_phones_answers_in_any_order_split_and_repeated_end_the_same(
    street: Street, tom: Phone, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same order each time
    events = a_shift(tom)
    shuffled = events + chance.sample(events, 4)
    chance.shuffle(shuffled)
    cut = chance.randrange(1, len(shuffled))

    tom.send(*shuffled[:cut])
    tom.send(*shuffled[cut:])

    visits, doors, answers, people, stops = state(street)
    assert [row[4] for row in visits] == [2, 1, 0]
    assert [row[3] for row in doors] == ["answered", "answered", "", "come_back"]
    assert [row[1] for row in answers] == ["5", "1"]
    assert [row[1] for row in people] == ["5", "1", "", ""]
    assert stops == []


def test_what_another_phone_said_meanwhile_keeps_its_place_whatever_arrives_late(
    street: Street, tom: Phone, ann: Phone
) -> None:
    early, later = tom.heard(0, "refused"), tom.heard(0, "hostile")
    later["after"] = early["id"]

    tom.send(later)
    ann.send(ann.heard(0, "moved"))
    tom.send(early)

    assert state(street)[1][0][3] == "moved"


def test_events_that_come_after_each_other_in_a_circle_do_no_harm(
    street: Street, tom: Phone
) -> None:
    one, two = tom.heard(0, "refused"), tom.heard(0, "hostile")
    one["after"], two["after"] = two["id"], one["id"]

    assert tom.statuses(one, two) == ["stored", "stored"]
    assert state(street)[1][0][1:] == (1, True, "hostile")


def test_one_bad_event_is_refused_by_its_id_and_the_other_ninety_nine_are_stored(
    street: Street, tom: Phone
) -> None:
    events = [tom.heard(n % 4) for n in range(100)]
    events[50]["kind"] = "asleep"

    answer = tom.send(*events)

    refused = [each for each in answer.json()["events"] if each["status"] == "refused"]
    assert (answer.status_code, stored(street)) == (422, 99)
    assert [(each["id"], bool(each["message"])) for each in refused] == [(events[50]["id"], True)]


def test_a_person_met_who_cannot_be_read_holds_up_nobody_else(street: Street, tom: Phone) -> None:
    bad, good = str(uuid.uuid4()), str(uuid.uuid4())
    people = [
        {"id": bad, "door": street.doors[0]},
        {"id": good, "door": street.doors[0], "surname": "New"},
    ]
    events = [tom.heard(0, "refused", met=bad), tom.heard(0, "refused", met=good)]

    assert tom.statuses(*events, people=people) == ["refused", "stored"]


def test_another_report_under_an_id_of_the_same_batch_is_kept_beside_it(
    street: Street, tom: Phone
) -> None:
    event = tom.heard(0)

    assert tom.statuses(event, {**event, "kind": "refused"}) == ["clash", "clash"]
    with tenant(street.campaign.pk):
        assert CanvassEvent.objects.get().kind == "no_answer"
        assert EventClash.objects.get().content["kind"] == "refused"


# --- clocks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_is_put_right_and_named_to_the_organiser(
    street: Street, tom: Phone, years: int
) -> None:
    off = timedelta(days=365 * years)
    an_hour_ago = ago(hours=1)
    event = tom.heard(0, "refused", occurred_at=an_hour_ago + off)

    assert tom.statuses(event, sent_at=timezone.now() + off) == ["stored"]

    with tenant(street.campaign.pk):
        event_row = CanvassEvent.objects.get()
        (phone,) = queries.phones(street.campaign)
        day = Visit.objects.get().day
    assert event_row.occurred_at == an_hour_ago + off
    assert abs(event_row.happened_at - an_hour_ago) < timedelta(minutes=1)
    assert abs(day - timezone.localdate(an_hour_ago)).days <= 1
    assert abs(phone.clock_off_minutes - off.total_seconds() / 60) < 2


def test_of_two_phones_the_one_that_arrived_later_is_the_newer_whatever_its_clock_says(
    street: Street, tom: Phone, ann: Phone
) -> None:
    tom.send(tom.heard(0, "answered", support="1", occurred_at=timezone.now() + timedelta(days=9)))
    ann.send(ann.heard(0, "answered", support="5", occurred_at=ago(days=9)))

    with tenant(street.campaign.pk):
        assert PersonStanding.objects.get(person_id=street.people[0]).support == "5"


def test_what_was_heard_in_time_and_sent_after_it_counts(street: Street, tom: Phone) -> None:
    event = tom.heard(0, occurred_at=ago(hours=2))
    over(street, tom, an_hour_ago=True)

    assert tom.statuses(event, sent_at=timezone.now()) == ["stored"]
    with tenant(street.campaign.pk):
        assert street.turf.turf_doors.get(door_id=street.doors[0]).live


def test_a_clock_two_hours_behind_does_not_make_in_time_what_was_not(
    street: Street, tom: Phone
) -> None:
    over(street, tom, an_hour_ago=True)
    event = tom.heard(0, occurred_at=ago(hours=2, minutes=1))

    assert tom.statuses(event, sent_at=ago(hours=2)) == ["late"]


def test_of_a_phone_that_does_not_say_what_its_clock_is_nothing_counts_after_its_time(
    street: Street, tom: Phone
) -> None:
    over(street, tom, an_hour_ago=True)

    assert tom.statuses(tom.heard(0, occurred_at=ago(hours=2))) == ["late"]


def test_what_was_heard_in_time_waits_when_it_comes_days_later(street: Street, tom: Phone) -> None:
    event = tom.heard(0, occurred_at=ago(hours=30))
    with tenant(street.campaign.pk):
        WalkGrant.objects.update(asked_at=ago(hours=40), expires_at=ago(hours=28))

    assert tom.statuses(event, sent_at=timezone.now()) == ["late"]


def test_what_a_phone_kept_for_months_waits_also_when_it_carries_the_walk_again(
    street: Street, tom: Phone
) -> None:
    event = tom.heard(0, occurred_at=ago(days=90))

    assert tom.statuses(event, sent_at=timezone.now()) == ["late"]
    with tenant(street.campaign.pk):
        (entry,) = tray.waiting(street.campaign)
        assert "long before" in entry.why
        assert entry.came.at == datetime.fromisoformat(event["occurred_at"])
        tray.settle(street.campaign, "late", entry.id, counts=True, by=SETUP)
        assert abs(CanvassEvent.objects.get().happened_at - ago(days=90)) < timedelta(minutes=1)


def over(street: Street, phone: Phone, *, an_hour_ago: bool) -> None:
    """The walk's time is over, and the worker has brought it back."""
    then = ago(hours=1) if an_hour_ago else ago(minutes=1)
    with tenant(street.campaign.pk):
        WalkGrant.objects.update(asked_at=ago(hours=8), expires_at=then)
        type(phone.device).objects.update(expires_at=then)
        street.turf.checkouts.update(expires_at=then)
        handing_out.return_overdue(street.campaign, by=SETUP)


# --- who may ----------------------------------------------------------------------------------------


def revoked(street: Street, phone: Phone) -> None:
    with tenant(street.campaign.pk):
        actions.take_back(street.campaign, [phone.again()], by=SETUP)


def test_after_a_phone_was_revoked_what_is_new_waits_and_what_is_known_changes_nothing(
    street: Street, tom: Phone
) -> None:
    before = tom.heard(0, "answered")
    tom.send(before)
    was = state(street)
    revoked(street, tom)
    new = tom.heard(1, "answered", occurred_at=ago(hours=1))

    assert tom.statuses(before, new, sent_at=timezone.now()) == ["known", "late"]
    assert state(street) == was
    with tenant(street.campaign.pk):
        assert LateReport.objects.get().content["occurred_at"][:16] == new["occurred_at"][:16]


def test_after_a_walk_was_taken_back_what_the_phone_had_not_sent_waits(
    street: Street, tom: Phone
) -> None:
    unsent = tom.heard(0, "answered", occurred_at=ago(minutes=5))
    with tenant(street.campaign.pk):
        handing_out.take_back(street.campaign, street.turf.pk, by=SETUP)
        assert not live_grants(tom.again()).exists()

    assert tom.statuses(unsent, sent_at=timezone.now()) == ["late"]
    with tenant(street.campaign.pk):
        assert LateReport.objects.get().why == LateReport.Why.OVER
        assert tom.again().is_let_in()


def test_a_revoked_phone_adds_nobody_and_corrects_nothing(street: Street, tom: Phone) -> None:
    said = tom.heard(0, "answered")
    tom.send(said)
    was = state(street)
    revoked(street, tom)
    met = {"id": str(uuid.uuid4()), "door": street.doors[1], "surname": "New"}

    assert tom.statuses(
        tom.heard(0, "undo", corrects=said["id"]), tom.heard(1, "refused", met=met["id"]),
        people=[met],
    ) == ["late", "late"]  # fmt: skip
    assert state(street) == was
    with tenant(street.campaign.pk):
        assert Person.objects.count() == len(street.people)


def test_a_captured_batch_is_nobody_elses_to_send(street: Street, tom: Phone, ann: Phone) -> None:
    mine = str(tom.device.public_id)
    event = tom.heard(0)

    answer = ann.send(event, device=mine)

    assert (answer.status_code, stored(street)) == (403, 0)
    with tenant(street.campaign.pk):
        assert not LastSync.objects.exists()
    assert tom.statuses(event, device=mine) == ["stored"]


def test_the_same_event_from_the_storage_it_was_moved_to_is_known_and_there_once(
    street: Street, tom: Phone, ann: Phone
) -> None:
    event = tom.heard(0)
    tom.send(event)

    assert ann.statuses(event) == ["known"]
    assert stored(street) == 1


def test_what_was_altered_under_an_id_that_is_taken_waits_beside_it(
    street: Street, tom: Phone
) -> None:
    event = tom.heard(0, "answered", support="1")
    tom.send(event)

    assert tom.statuses({**event, "support": "5"}) == ["clash"]
    assert state(street)[3][0][1] == "1"


# --- while it was away ------------------------------------------------------------------------------


def test_two_canvassers_answers_on_a_walk_given_to_another_are_both_kept_and_no_door_counts_twice(
    street: Street, tom: Phone
) -> None:
    with tenant(street.campaign.pk):
        handing_out.return_turf(street.campaign, street.turf.pk, by=SETUP)
        second = a_walk(street.campaign, street.doors, number=8)
    ann = street.phone("Ann", second)

    assert ann.statuses(ann.heard(0, "answered", support="5")) == ["stored"]
    assert tom.statuses(tom.heard(0, "answered", support="1")) == ["late"]
    with tenant(street.campaign.pk):
        (entry,) = tray.waiting(street.campaign)
        tray.settle(street.campaign, "late", entry.id, counts=True, by=SETUP)
        assert CanvassEvent.objects.count() == 2
        assert {row.turf_id for row in Answer.objects.all()} == {street.turf.pk, second.pk}
        assert Visit.objects.values("door_id").distinct().count() == 1


def moves_out(street: Street, house: int) -> None:
    with tenant(street.campaign.pk):
        home = Household.objects.create(campaign=street.campaign, address_key="elsewhere|")
        Person.objects.filter(pk=street.people[house]).update(household=home)


def test_an_answer_of_somebody_whom_the_register_moved_meanwhile_waits_and_counts_when_accepted(
    street: Street, tom: Phone
) -> None:
    moves_out(street, 0)
    event = tom.heard(0, "answered", support="2")

    assert tom.statuses(event) == ["late"]
    assert tom.statuses(event) == ["late"]
    with tenant(street.campaign.pk):
        (entry,) = tray.waiting(street.campaign)
        assert (entry.person, "elsewhere" in entry.why) == ("Person1", True)
        tray.settle(street.campaign, "late", entry.id, counts=True, by=SETUP)
        assert PersonStanding.objects.get(person_id=street.people[0]).support == "2"
    assert tom.statuses(event) == ["known"]


def test_an_answer_of_somebody_whom_the_register_dropped_meanwhile_counts(
    street: Street, tom: Phone
) -> None:
    with tenant(street.campaign.pk):
        Person.objects.filter(pk=street.people[0]).update(origin="register")

    assert tom.statuses(tom.heard(0, "answered", support="2")) == ["stored"]
    with tenant(street.campaign.pk):
        assert PersonStanding.objects.get(person_id=street.people[0]).support == "2"


def test_a_person_who_never_was_at_the_door_nor_anywhere_is_refused(
    street: Street, tom: Phone
) -> None:
    assert tom.statuses(tom.heard(0, "refused", person=street.people[0] + 10**6)) == ["refused"]


def erased(street: Street, house: int) -> None:
    with tenant(street.campaign.pk):
        erase_person(street.campaign, street.people[house], by=SETUP, request="person")


@pytest.mark.trust(30)
def test_an_answer_of_somebody_erased_meanwhile_is_put_away_with_a_tombstone_and_is_no_gap(
    street: Street, tom: Phone
) -> None:
    erased(street, 0)
    event = tom.heard(0, "answered")

    answer = tom.send(event, tom.heard(1), newest=2)

    said = answer.json()
    assert [each["status"] for each in said["events"]] == ["erased", "stored"]
    assert said["erased"] == [street.people[0]]
    assert tom.changes().json()["erased"] == [street.people[0]]
    with tenant(street.campaign.pk):
        assert RefusedReport.objects.get().erased
        assert gaps.gaps_of(street.campaign, [tom.device.pk]) == {}
    assert tom.statuses(event) == ["erased"]


def test_what_a_newer_app_said_of_somebody_goes_with_the_answer_when_they_are_erased(
    street: Street, tom: Phone
) -> None:
    tom.send(tom.heard(0, "answered", note="Person1 is ill"))

    erased(street, 0)

    with tenant(street.campaign.pk):
        assert CanvassEvent.objects.get().more == {}


def test_do_not_contact_heard_with_no_signal_holds_with_the_very_answer_that_acknowledges_it(
    street: Street, tom: Phone, ann: Phone
) -> None:
    ann.send(ann.heard(0, "answered", occurred_at=timezone.now() + timedelta(hours=3)))

    tom.send(tom.heard(0, "do_not_contact", person=street.people[0], occurred_at=ago(hours=3)))

    with tenant(street.campaign.pk):
        assert DoNotContact.objects.get(lifted_at=None).person_id == street.people[0]


# --- versions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("made_in", sorted(path.stem for path in OUTBOXES.glob("*.json")))
def test_an_outbox_of_each_format_that_was_ever_sent_is_taken_in(
    street: Street, tom: Phone, made_in: str
) -> None:
    with tenant(street.campaign.pk):
        actions.wording_now(street.campaign)
    text = (OUTBOXES / f"{made_in}.json").read_text(encoding="utf-8")
    for name, value in {
        "TURF": street.turf.pk, "DOOR": street.doors[0], "PERSON": street.people[0],
        "NEXT": street.doors[1],
    }.items():  # fmt: skip
        text = text.replace(f'"{name}"', str(value))

    answer = tom.post(text)

    assert {each["status"] for each in answer.json()["events"]} == {"stored"}
    assert state(street)[3][0][1] == "4"


def test_there_is_an_outbox_of_every_format_that_is_read() -> None:
    assert {int(path.stem.removeprefix("format-")) for path in OUTBOXES.glob("*.json")} >= set(
        range(report.OLDEST_FORMAT, report.FORMAT + 1)
    )


def test_two_formats_back_are_read_and_three_are_told_to_load_the_app_again(
    street: Street, tom: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "FORMAT", 4)
    monkeypatch.setattr(report, "OLDEST_FORMAT", 2)
    monkeypatch.setattr(api, "OLDEST_FORMAT", 2)

    def renamed(item: dict[str, Any]) -> dict[str, Any]:
        return {("kind" if name == "came_of_it" else name): said for name, said in item.items()}

    monkeypatch.setattr(report, "UPCASTERS", {1: dict, 2: renamed, 3: dict})
    two_back = tom.heard(0)
    two_back["came_of_it"] = two_back.pop("kind")
    three_back = {**tom.heard(1), "format": 1}

    assert tom.statuses(two_back, three_back, format=4) == ["stored", "refused"]
    told = tom.send(tom.heard(2), format=1)
    assert (told.status_code, stored(street)) == (426, 1)
    assert "what is unsent stays" in told.json()["error"]


def test_words_of_a_newer_app_are_kept_as_they_came(street: Street, tom: Phone) -> None:
    event = tom.heard(0, mood={"words": ["merry", 3, None]}, format=9)

    assert tom.statuses(event) == ["stored"]
    assert tom.statuses(event) == ["known"]
    assert tom.statuses({**event, "mood": "sad"}) == ["clash"]
    with tenant(street.campaign.pk):
        assert CanvassEvent.objects.get().more == {"mood": {"words": ["merry", 3, None]}}
        (entry,) = tray.waiting(street.campaign)
        tray.settle(street.campaign, "clash", entry.id, counts=True, by=SETUP)
        assert CanvassEvent.objects.order_by("-position")[0].more == {"mood": "sad"}


# --- how much ---------------------------------------------------------------------------------------


def test_of_too_many_events_the_first_are_taken_in_and_the_phone_is_told_where_to_go_on(
    street: Street, tom: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MOST_IN_A_BATCH", 3)
    events = [tom.heard(n) for n in range(4)]

    answer = tom.send(*events)

    said = answer.json()
    assert (answer.status_code, said["resume_at"], said["most_events"]) == (413, 3, 3)
    assert [each["id"] for each in said["events"]] == [event["id"] for event in events[:3]]
    assert tom.statuses(*events[said["resume_at"] :]) == ["stored"]
    assert stored(street) == 4


def test_more_than_ten_megabytes_are_not_read_and_nothing_is_acknowledged(
    street: Street, tom: Phone
) -> None:
    most = (api.MOST_BYTES, report.MOST_IN_A_BATCH)
    body = json.dumps({"events": [tom.heard(0)]})

    answer = tom.post(body + " " * (api.MOST_BYTES + 1 - len(body)))
    fits = tom.post(body + " " * (api.MOST_BYTES - len(body)))

    assert most == (10 * 1024 * 1024, 5000)
    assert (answer.status_code, answer.json()["resume_at"], fits.status_code) == (413, 0, 200)
    assert "events" not in answer.json()


# --- gaps -------------------------------------------------------------------------------------------


def test_a_number_that_never_came_is_named_to_the_organiser(
    street: Street, tom: Phone, alice_signed_in: Any
) -> None:
    events = [tom.heard(n % 4) for n in range(7)]
    tom.send(*events[:3], events[4], newest=7, unsent=3)

    page = alice_signed_in.get(f"/c/{street.campaign.slug}/phones/").content.decode()

    assert "3 reports have not arrived: numbers 4, 6–7" in page
    assert "3 were unsent then" in page
    tom.send(*events[3:], newest=7, unsent=0)
    page = alice_signed_in.get(f"/c/{street.campaign.slug}/phones/").content.decode()
    assert "not arrived" not in page


def test_what_waits_clashes_or_was_refused_is_no_gap(street: Street, tom: Phone) -> None:
    fine, refused, late = tom.heard(0), tom.heard(1), tom.heard(2, occurred_at=ago(days=60))
    clash = {**tom.heard(3), "id": fine["id"]}
    refused["door"] += 10**6

    assert tom.statuses(fine, refused, late, clash, sent_at=timezone.now(), newest=4) == [
        "clash", "refused", "late", "clash",
    ]  # fmt: skip
    with tenant(street.campaign.pk):
        assert gaps.gaps_of(street.campaign, [tom.device.pk]) == {}


def test_a_phone_enrolled_anew_says_with_which_number_it_began(street: Street, tom: Phone) -> None:
    tom.made = 57
    tom.send(tom.heard(0), first=58, newest=59)

    with tenant(street.campaign.pk):
        assert gaps.gaps_of(street.campaign, [tom.device.pk]) == {tom.device.pk: [(59, 59)]}


@pytest.mark.parametrize("nonsense", ["yesterday", -1, [], True, 10**30])
def test_what_a_phone_says_of_itself_in_nonsense_holds_up_no_answer(
    street: Street, tom: Phone, nonsense: object
) -> None:
    said = dict.fromkeys(("sent_at", "first", "newest", "unsent", "app"), nonsense)

    assert tom.statuses(tom.heard(0), **said) == ["stored"]
