"""A batch held back is in no sum, and its release leaves every sum as it was."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, actions, asking, carrying, holding, queries
from hustings.apps.canvass.models import CanvassEvent, Hold, Question, Release, WalkGrant
from hustings.apps.canvass.standing import Said, standings
from hustings.apps.outings.models import Cut, TurfDoor
from hustings.apps.outings.queries import doors_knocked, walk_stops
from hustings.apps.people.models import DoNotContact, Household, Person
from hustings.apps.places.models import Door
from hustings.apps.results.queries import effort, version_of
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk
from tests.apps.cast import SETUP
from tests.apps.knocking import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db

SUMS = {
    "canvass_visit": "turf_id, door_id, device_id, day, contacted, answers",
    "canvass_answer": "turf_id, door_id, person_id, device_id, day, support, strength, disputed",
    "canvass_doorstanding": "turf_id, door_id, visits, contacted, answers, last_at, last_kind, come_back_at",
    "people_personstanding": "person_id, support, strength, support_at, disputed, last_attempt_at, "
    "last_contact_at, last_contact_channel, door_contact_at",
    "people_donotcontact": "person_id, channel, reason, source, recorded_at, lifted_at",
    "outings_turfdoor": "turf_id, door_id, live, knocked_at",
}
"""Everything that is worked out from events."""
SILENT = {
    "canvass_doorstanding": "visits = 0",
    "people_personstanding": "last_attempt_at is null and last_contact_at is null and support = ''",
}
"""Rows that say what a missing row says."""


@dataclass
class Day:
    """A walk of six doors with two people each, and three phones that carry it."""

    campaign: Campaign
    turf: Turf
    doors: list[Door]
    people: dict[int, list[int]]
    phones: list[Device]


@pytest.fixture
def day(campaign: Campaign, alice: Membership) -> Iterator[Day]:
    with tenant(campaign.pk):
        doors, people = [], {}
        for number in range(1, 7):
            key = f"{number} mill lane|"
            home = Household.objects.create(campaign=campaign, address_key=key)
            doors.append(
                Door.objects.create(
                    campaign=campaign, address_key=key, street="Mill Lane", number=str(number),
                    lon=9.52, lat=47.14 + number / 9000,
                )
            )  # fmt: skip
            people[doors[-1].pk] = [
                Person.objects.create(
                    campaign=campaign, household=home, surname=f"P{number}{n}", origin="contacts"
                ).pk
                for n in range(2)
            ]
        turf = a_walk(campaign, [door.pk for door in doors])
        yield Day(
            campaign,
            turf,
            doors,
            people,
            [a_phone(turf, who, alice) for who in ("Tom", "Ann", "Bo")],
        )


def drawn(day: Day, seed: int) -> list[tuple[int, Report]]:
    """What three phones report of one day: which phone, and what; with corrections and undoing."""
    chance = random.Random(seed)  # noqa: S311  # the same day each time
    said: list[tuple[int, Report]] = []
    for number in range(40):
        phone = chance.randrange(3)
        mine = [report for which, report in said if which == phone and report.kind != "undo"]
        at = NOON + timedelta(minutes=number)
        if mine and chance.random() < 0.25:
            before = chance.choice(mine)
            kind = chance.choice(["undo", "answered"])
            more: dict[str, Any] = {"corrects": before.id}
            door, person = before.door, before.person
        else:
            kind = chance.choice(
                [
                    "no_answer",
                    "answered",
                    "answered",
                    "refused",
                    "come_back",
                    "do_not_contact",
                    "moved",
                ]
            )
            more, door = {}, chance.choice(day.doors).pk
            person = chance.choice(day.people[door])
        if kind == "come_back":
            more["come_back_at"] = at + timedelta(hours=3)
        if kind == "answered":
            more["support"] = chance.choice("12345")
        if kind in {"answered", "moved"} or (person and chance.random() < 0.5):
            more["person"] = person or day.people[door][0]
        said.append(
            (phone, a_report(day.turf, door, kind, sequence=number + 1, occurred_at=at, **more))
        )
    return said


def record(day: Day, said: list[tuple[int, Report]]) -> None:
    for phone, report in said:
        (outcome,) = actions.record(day.phones[phone], [report])
        assert outcome.status == "stored", outcome


def sums(campaign: Campaign, *tables: str, silent: bool = False) -> dict[str, Any]:
    """Every row of what is worked out, and the results page's own numbers."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in tables or SUMS:
            apart = f"and not ({SILENT[table]})" if table in SILENT and not silent else ""
            cursor.execute(
                f"select {SUMS[table]} from {table} where campaign_id = %s {apart}",  # noqa: S608
                [campaign.pk],
            )
            found[table] = sorted(cursor.fetchall(), key=repr)
    numbers = effort(campaign)
    total = numbers.total
    found["results"] = (
        total.knocked, total.contacts, total.come_back, total.support, numbers.disputed,
        [(row.key, row.knocked, row.support) for row in numbers.phones if row.knocked],
    )  # fmt: skip
    return found


def asked(day: Day, phone: int = 0, **more: Any) -> Question:
    """A question that was replied to."""
    question = asking.ask(
        day.campaign, day.phones[phone].pk, day.turf.pk, "other", figures={}, by=SETUP, **more
    )
    asking.reply(question, "We were two.", by=day.phones[phone].actor)
    return question


@pytest.mark.parametrize("seed", range(6))
def test_a_hold_and_its_release_leave_every_sum_as_it_was(day: Day, seed: int) -> None:
    record(day, drawn(day, seed))
    before = sums(day.campaign)

    held = holding.hold(day.campaign, asked(day).pk, by=SETUP)
    meanwhile = sums(day.campaign)
    holding.release(day.campaign, held.pk, by=SETUP)

    assert meanwhile != before
    assert sums(day.campaign) == before


@pytest.mark.parametrize("seed", range(6))
def test_sums_with_a_hold_are_the_sums_without_those_events(day: Day, seed: int) -> None:
    tables = [t for t in SUMS if t not in {"people_donotcontact", "outings_turfdoor"}]
    said = drawn(day, seed)
    with undone():
        record(day, [(phone, report) for phone, report in said if phone != 0])
        without = sums(day.campaign, *tables)
    record(day, said)

    holding.hold(day.campaign, asked(day).pk, by=SETUP)

    assert sums(day.campaign, *tables) == without


@settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine is no fault of the rule
@given(st.data())
def test_the_rule_itself_leaves_out_what_is_held(data: st.DataObject) -> None:
    """The same of the rule alone, over any events of three phones at two doors."""
    events: list[Said] = []
    for position in range(data.draw(st.integers(0, 12))):
        phone = data.draw(st.integers(1, 3))
        door = data.draw(st.integers(1, 2))
        mine = [one for one in events if (one.device, one.door) == (phone, door)]
        before = data.draw(st.sampled_from(mine)) if mine and data.draw(st.booleans()) else None
        kind = data.draw(st.sampled_from(["answered", "no_answer", "refused", "undo"]))
        if kind == "undo" and before is None:
            kind = "no_answer"
        events.append(
            Said(
                UUID(int=position), position, phone, 1, door,
                data.draw(st.sampled_from([None, 7, 8])), "door", kind,
                data.draw(st.sampled_from("12")) if kind == "answered" else "", None, None,
                NOON + timedelta(minutes=position), NOON.date(), before.id if before else None, None,
                held=phone == 1,
            )
        )  # fmt: skip
    asked_of = [(1, 1), (1, 2)], [7, 8], [(7, 1), (8, 2)]
    without = [event for event in events if not event.held]

    assert standings(events, *asked_of) == standings(without, *asked_of)


def test_a_stretch_is_held_and_what_is_beside_it_counts(day: Day) -> None:
    minutes = [timedelta(minutes=n) for n in range(6)]
    reports = [
        a_report(day.turf, door.pk, sequence=n, occurred_at=NOON + minutes[n])
        for n, door in enumerate(day.doors)
    ]
    actions.record(day.phones[0], reports)

    question = asked(day, between=(NOON + minutes[1], NOON + minutes[3]))
    holding.hold(day.campaign, question.pk, by=SETUP)

    assert effort(day.campaign).total.knocked == 3
    assert queries.receipt_of(grant_of(day)).held == 3


def test_a_correction_that_is_held_does_not_bring_back_what_it_corrected(day: Day) -> None:
    door, person = day.doors[0].pk, day.people[day.doors[0].pk][0]
    said = a_report(day.turf, door, "answered", person=person, support="5", occurred_at=NOON)
    later = NOON + timedelta(hours=2)
    back = a_report(day.turf, door, "undo", corrects=said.id, sequence=2, occurred_at=later)
    actions.record(day.phones[0], [said, back])

    question = asked(day, between=(later, later + timedelta(minutes=1)))
    holding.hold(day.campaign, question.pk, by=SETUP)

    assert effort(day.campaign).total.support["5"] == 0


def test_who_asked_not_to_be_contacted_stays_left_alone_while_it_is_held(day: Day) -> None:
    door, person = day.doors[0].pk, day.people[day.doors[0].pk][0]
    actions.record(day.phones[0], [a_report(day.turf, door, "do_not_contact", person=person)])

    held = holding.hold(day.campaign, asked(day).pk, by=SETUP)

    assert DoNotContact.objects.of(day.campaign).get(person=person).lifted_at is None
    holding.release(day.campaign, held.pk, by=SETUP)
    assert DoNotContact.objects.of(day.campaign).get(person=person).lifted_at is None


def test_the_canvasser_is_asked_first(day: Day) -> None:
    actions.record(day.phones[0], [a_report(day.turf, day.doors[0].pk)])
    question = asking.ask(
        day.campaign, day.phones[0].pk, day.turf.pk, "other", figures={}, by=SETUP
    )

    with pytest.raises(BadInput, match="Wait for the reply"):
        holding.hold(day.campaign, question.pk, by=SETUP)
    with pytest.raises(NotHere):
        holding.hold(day.campaign, question.pk + 10**6, by=SETUP)
    assert not Hold.objects.of(day.campaign).exists()

    Question.objects.of(day.campaign).update(asked_at=timezone.now() - holding.PATIENCE)
    holding.hold(day.campaign, question.pk, by=SETUP)
    assert effort(day.campaign).total.knocked == 0


def test_the_same_question_twice_is_one_and_a_batch_is_held_and_released_once(day: Day) -> None:
    actions.record(day.phones[0], [a_report(day.turf, day.doors[0].pk)])
    question = asked(day)
    assert asked(day).pk == question.pk
    held = holding.hold(day.campaign, question.pk, why="too quick", by=SETUP)

    with pytest.raises(BadInput, match="held already"):
        holding.hold(day.campaign, question.pk, by=SETUP)
    holding.release(day.campaign, held.pk, by=SETUP)
    with pytest.raises(BadInput, match="counts again already"):
        holding.release(day.campaign, held.pk, by=SETUP)
    holding.hold(day.campaign, question.pk, by=SETUP)

    assert (Hold.objects.of(day.campaign).count(), Release.objects.of(day.campaign).count()) == (
        2,
        1,
    )
    verbs = list(AuditLine.objects.of(day.campaign).values_list("verb", flat=True))
    assert [verbs.count(v) for v in ("question.ask", "batch.hold", "batch.release")] == [1, 2, 1]


def test_what_arrives_on_a_walk_that_is_held_whole_is_held_too(day: Day) -> None:
    first, second = (
        a_report(day.turf, door.pk, sequence=n) for n, door in enumerate(day.doors[:2], 1)
    )
    actions.record(day.phones[0], [first])
    held = holding.hold(day.campaign, asked(day).pk, by=SETUP)

    assert [o.status for o in actions.record(day.phones[0], [first, second])] == ["known", "stored"]

    assert effort(day.campaign).total.knocked == 0
    holding.release(day.campaign, held.pk, by=SETUP)
    assert effort(day.campaign).total.knocked == 2


def grant_of(day: Day, phone: int = 0) -> WalkGrant:
    return access.grant_for_receipt(day.phones[phone], day.turf.pk)


def test_the_receipt_says_what_is_held_and_the_phone_still_shows_it(day: Day) -> None:
    actions.record(
        day.phones[0],
        [a_report(day.turf, door.pk, sequence=n) for n, door in enumerate(day.doors[:4], 1)],
    )
    holding.hold(day.campaign, asked(day).pk, by=SETUP)

    receipt = carrying.receipt_for_phone(grant_of(day))
    assert [receipt[name] for name in ("recorded", "received", "held")] == [0, 0, 4]
    walk, _people = carrying.walk_for_phone(grant_of(day))
    assert sum(len(door["mine"]) for door in walk["doors"]) == 4
    others, _people = carrying.walk_for_phone(grant_of(day, phone=1))
    assert {door["elsewhere"] for door in others["doors"]} == {""}


def test_a_door_whose_knock_is_held_stays_with_its_walk_and_counts_as_left(day: Day) -> None:
    cut = Cut.objects.of(day.campaign).get()
    actions.record(
        day.phones[0],
        [a_report(day.turf, door.pk, sequence=n) for n, door in enumerate(day.doors[:4])],
    )
    actions.record(day.phones[1], [a_report(day.turf, day.doors[0].pk)])

    held = holding.hold(day.campaign, asked(day).pk, by=SETUP)

    assert doors_knocked(cut) == {day.turf.pk: 1}
    stops = walk_stops(day.campaign, day.turf, with_people=False)
    assert [stop.knocked_at is not None for stop in stops] == [True] + [False] * 5
    assert TurfDoor.objects.of(day.campaign).filter(knocked_at=None).count() == 2
    holding.release(day.campaign, held.pk, by=SETUP)
    assert doors_knocked(cut) == {day.turf.pk: 4}


def test_a_page_that_waits_for_changes_is_new_after_a_hold_and_after_its_release(day: Day) -> None:
    actions.record(day.phones[0], [a_report(day.turf, day.doors[0].pk)])
    question = asked(day)
    versions = [version_of(day.campaign, None)]
    held = holding.hold(day.campaign, question.pk, by=SETUP)
    versions.append(version_of(day.campaign, None))
    holding.release(day.campaign, held.pk, by=SETUP)
    versions.append(version_of(day.campaign, None))

    assert len(set(versions)) == 3


def test_the_events_themselves_are_never_touched(day: Day) -> None:
    record(day, drawn(day, 1))
    before = list(CanvassEvent.objects.of(day.campaign).order_by("position").values())

    holding.hold(day.campaign, asked(day).pk, by=SETUP)

    assert list(CanvassEvent.objects.of(day.campaign).order_by("position").values()) == before
