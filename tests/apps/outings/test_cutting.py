"""From a choice of doors to a draft of walks, with the real engine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.jobs.models import Job
from hustings.apps.outings import actions, cutting, publishing, sources
from hustings.apps.outings.models import Cut, SplitStreet, Turf, TurfDoor
from hustings.apps.outings.universe import Choice, Step, steps_of
from hustings.apps.people.models import DoNotContact, Person, PersonStanding
from hustings.apps.register.models import AbsentVote, RegisterEntry
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.outings.planting import STEP, STREETS, a_town, town_streets, turfs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def town(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Iterator[Campaign]:
    """Riverside with four streets of twenty doors, two electors behind each."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
        yield campaign


def cut_once(town: Campaign, choice: Choice | None = None, size: float = 20, **more: object) -> Cut:
    action = actions.plan_action(town, "Saturday canvass", choice or Choice(), by=SETUP)
    more.setdefault("cross_districts", True)
    return actions.ask_for_cut(town, action.pk, units="doors", size=size, by=SETUP, **more)


def last(steps: list[Step]) -> tuple[int, int]:
    return steps[-1].doors, steps[-1].people


def person(town: Campaign, i: int) -> Person:
    found: Person = Person.objects.of(town).order_by("surname")[i]
    return found


def test_each_step_of_a_choice_says_what_is_left(town: Campaign) -> None:
    steps = steps_of(town, Choice(districts=("AA",), streets=("Kirk Street",)))

    assert [(step.doors, step.people) for step in steps] == [
        (80, 160), (40, 80), (20, 40), (20, 40), (20, 40),
    ]  # fmt: skip


def test_an_area_takes_the_doors_inside_its_polygon(town: Campaign) -> None:
    area = ((0.0, -STEP), (5.5 * STEP, -STEP), (5.5 * STEP, 6 * STEP), (0.0, 6 * STEP))

    assert last(steps_of(town, Choice(area=area))) == (10, 20)


def test_who_asked_to_be_left_alone_is_left_out_and_their_housemate_is_not(town: Campaign) -> None:
    DoNotContact.objects.create(campaign=town, person=person(town, 0))

    assert last(steps_of(town, Choice())) == (80, 159)


def test_a_door_where_everybody_asked_to_be_left_alone_is_out(town: Campaign) -> None:
    for somebody in (person(town, 0), person(town, 80)):
        DoNotContact.objects.create(campaign=town, person=somebody, channel="door")

    assert last(steps_of(town, Choice())) == (79, 158)


def test_a_refusal_of_telephone_calls_says_nothing_about_the_door(town: Campaign) -> None:
    DoNotContact.objects.create(campaign=town, person=person(town, 0), channel="phone")

    assert last(steps_of(town, Choice())) == (80, 160)


def test_support_counts_people_and_never_asked_is_a_level_too(town: Campaign) -> None:
    PersonStanding.objects.create(campaign=town, person=person(town, 3), support="2")

    assert last(steps_of(town, Choice(support=("2",)))) == (1, 1)
    assert last(steps_of(town, Choice(support=("",)))) == (80, 159)


def test_who_was_spoken_to_lately_can_be_left_out(town: Campaign) -> None:
    now = timezone.now()
    for i, days in ((0, 2), (1, 40)):
        PersonStanding.objects.create(
            campaign=town, person=person(town, i), last_contact_at=now - timedelta(days=days)
        )

    assert last(steps_of(town, Choice(not_contacted_days=30))) == (80, 159)


def test_absent_voters_are_those_whose_vote_has_not_expired(town: Campaign) -> None:
    entries = list(RegisterEntry.objects.of(town).order_by("id")[:2])
    today = timezone.localdate()
    AbsentVote.objects.create(campaign=town, entry=entries[0], kind="postal")
    AbsentVote.objects.create(
        campaign=town, entry=entries[1], kind="postal", expires=today - timedelta(days=1)
    )

    assert last(steps_of(town, Choice(absent="only"))) == (1, 1)
    assert last(steps_of(town, Choice(absent="none"))) == (80, 159)


def test_who_left_the_register_is_not_visited(town: Campaign) -> None:
    RegisterEntry.objects.of(town).filter(person=person(town, 5)).update(removed_in=2)

    assert last(steps_of(town, Choice())) == (80, 159)


def test_the_steps_are_one_question_to_the_database(town: Campaign) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        steps_of(town, Choice(districts=("AA",), support=("1",), not_contacted_days=3), action_id=1)

    assert len(queries) == 1


def test_a_choice_survives_being_kept(town: Campaign) -> None:
    choice = Choice(
        area=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), districts=("AA",), streets=("Mill Lane",),
        support=("1", ""), not_contacted_days=7, absent="none",
    )  # fmt: skip

    assert Choice.from_json(choice.as_json()) == choice


def test_every_door_is_cut_into_one_walk_and_streets_stay_whole(town: Campaign) -> None:
    cut = cut_once(town)

    assert (cut.state, cut.broken_laws) == ("draft", [])
    rows = TurfDoor.objects.of(town).filter(turf__cut=cut)
    assert rows.count() == rows.values("door_id").distinct().count() == 80
    assert cut.numbers["turfs"] == 4
    assert cut.numbers["streets_split"] == SplitStreet.objects.of(town).filter(cut=cut).count() == 0
    assert sorted(turf.name for turf in turfs_of(cut)) == sorted(STREETS)


def test_the_route_of_a_walk_lies_on_its_street(town: Campaign) -> None:
    cut = cut_once(town)

    for turf in turfs_of(cut):
        row = STREETS.index(turf.name)
        assert len(turf.route) >= 2
        assert {round(lat, 5) for _lon, lat in turf.route} == {round(row * 5 * STEP, 5)}


def test_a_split_street_is_listed_with_its_walks_and_a_reason(town: Campaign) -> None:
    cut = cut_once(town, Choice(streets=("Kirk Street",)), size=10)

    split = SplitStreet.objects.of(town).get(cut=cut)
    assert split.street == "Kirk Street"
    assert len(split.turfs) == 2
    assert "20 doors" in split.reason


def test_the_same_seed_gives_the_same_walks(town: Campaign) -> None:
    def plan(cut: Cut) -> list[tuple[int, int, int]]:
        return list(
            TurfDoor.objects.of(town)
            .filter(turf__cut=cut)
            .order_by("door_id")
            .values_list("door_id", "turf__number", "stop")
        )

    assert plan(cut_once(town, size=17)) == plan(cut_once(town, size=17))


def test_the_next_cut_leaves_out_what_is_out_and_counts_on(town: Campaign) -> None:
    first = cut_once(town, Choice(streets=("Bank Street", "Kirk Street")))
    publishing.publish(town, first.pk, by=SETUP)
    actions.choose_doors(town, first.action_id, Choice(), by=SETUP)

    second = actions.ask_for_cut(
        town, first.action_id, units="doors", size=20, by=SETUP, cross_districts=True
    )

    assert second.numbers["doors"] == 40
    assert [turf.number for turf in turfs_of(second)] == [3, 4]
    publishing.publish(town, second.pk, by=SETUP)


def test_a_locked_walk_of_the_draft_before_stays_as_it_is(town: Campaign) -> None:
    first = cut_once(town, size=20)
    locked = turfs_of(first)[1]

    second = actions.ask_for_cut(
        town, first.action_id, units="doors", size=30, by=SETUP, cross_districts=True,
        previous_id=first.pk, locked=[locked.number],
    )  # fmt: skip

    def stops(turf: Turf) -> list[tuple[int, int]]:
        return list(
            TurfDoor.objects.of(town)
            .filter(turf=turf)
            .order_by("stop")
            .values_list("stop", "door_id")
        )

    again = Turf.objects.of(town).get(cut=second, number=locked.number)
    assert stops(again) == stops(locked)
    assert second.broken_laws == []


def test_no_door_left_is_a_sentence_and_no_draft(town: Campaign) -> None:
    cut = cut_once(town, Choice(streets=("Nowhere",)))

    job = Job.objects.of(town).get(pk=cut.job_id)
    assert "No door is left" in job.error
    assert cut.state == "cutting"


def test_a_walk_of_no_minutes_is_refused_when_it_is_asked_for(town: Campaign) -> None:
    action = actions.plan_action(town, "X", Choice(), by=SETUP)

    with pytest.raises(BadInput):
        actions.ask_for_cut(town, action.pk, units="minutes", size=-5, by=SETUP)


def test_a_cut_asks_the_database_as_often_for_many_walks_as_for_few(town: Campaign) -> None:
    def questions(size: float) -> int:
        with CaptureQueriesContext(connection) as queries:
            cut_once(town, size=size)
        return len(queries)

    questions(10)  # what is only asked once in a process
    assert questions(4) == questions(10)


@pytest.mark.parametrize(
    ("text", "number"), [("14", 14), ("14a", 14), ("Flat 2, 7", 2), ("", -1), ("The Mill", -1)]
)
def test_a_house_number_is_its_first_whole_number(text: str, number: int) -> None:
    assert sources.house_number(text) == number


def test_people_at_doors_are_those_we_may_visit(town: Campaign) -> None:
    DoNotContact.objects.create(campaign=town, person=person(town, 0))
    ids = sources.chosen_doors(town, Choice(), None).ids.tolist()

    found = sources.people_at(town, ids[:2])

    assert [one.name for one in found[ids[0]]] == ["Ada Surname0080"]
    assert [one.name for one in found[ids[1]]] == ["Ada Surname0001", "Ada Surname0081"]


def test_wishes_survive_being_kept(campaign: Campaign) -> None:
    kept = cutting.wishes_kept(campaign, by="minutes", size=90, loop=True, start=[1.0, 2.0], seed=4)

    wishes = cutting.wishes_of(kept)

    assert (wishes.minutes_each, wishes.loop, wishes.start, wishes.seed) == (
        90.0,
        True,
        (1.0, 2.0),
        4,
    )
