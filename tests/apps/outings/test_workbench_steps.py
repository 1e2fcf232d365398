"""Steps on the workbench: what is shown is what is written, every step can be undone, who is out keeps what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import (
    actions,
    handing_out,
    moving_doors,
    plan_steps,
    publishing,
    queries,
    sources,
    walking_again,
    workbench_queries,
)
from hustings.apps.outings.choosing_doors import FACE, STREET, Chosen, doors_chosen
from hustings.apps.outings.models import Cut, PlanStep, SplitStreet, Turf, TurfDoor
from hustings.apps.outings.moving_doors import Clash
from hustings.apps.outings.publishing import NotNow
from hustings.apps.outings.step_in_thought import NEW, OUT
from hustings.apps.outings.universe import Choice
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_town, town_streets, turfs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def town(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Iterator[Campaign]:
    """Riverside with four streets of twenty doors."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    with tenant(campaign.pk):
        a_town(campaign)
        yield campaign


@pytest.fixture
def cut(town: Campaign) -> Cut:
    """A draft of four walks, a street each."""
    action = actions.plan_action(town, "Saturday canvass", Choice(), by=SETUP)
    made = actions.ask_for_cut(
        town, action.pk, units="doors", size=20, by=SETUP, cross_districts=True
    )
    made.refresh_from_db()
    return made


def doors_of(cut: Cut, number: int) -> list[int]:
    """A walk's doors in order; those that were taken from it are not among them."""
    rows = TurfDoor.objects.of(cut.campaign_id).filter(turf__cut=cut, turf__number=number)
    return list(rows.filter(taken_at=None).order_by("stop").values_list("door_id", flat=True))


def everything(cut: Cut) -> dict[str, Any]:
    """All that a step may change, as plain values."""
    cut.refresh_from_db()
    turfs = Turf.objects.of(cut.campaign_id).filter(cut=cut, retired_at=None).order_by("number")
    fields = (
        "number",
        "name",
        "door_count",
        "minutes",
        "walk_m",
        "streets",
        "flags",
        "route",
        "locked_at",
    )
    splits = SplitStreet.objects.of(cut.campaign_id).filter(cut=cut).order_by("street")
    return {
        "walks": [{name: getattr(turf, name) for name in fields} for turf in turfs],
        "doors": {turf.number: doors_of(cut, turf.number) for turf in turfs},
        "stops": list(
            TurfDoor.objects.of(cut.campaign_id)
            .filter(turf__cut=cut, taken_at=None)
            .order_by("door_id")
            .values_list("door_id", "stop", "live")
        ),
        "splits": [(split.street, split.turfs, split.reason) for split in splits],
        "numbers": cut.numbers,
    }


def move(
    cut: Cut, doors: list[int], to: int | str, seen: int | None = None, **more: Any
) -> PlanStep:
    """One step by whoever saw everything."""
    at = plan_steps.change_of(cut) if seen is None else seen
    return moving_doors.move(cut.campaign, cut.pk, doors, to, seen=at, by=SETUP, **more)


def undo(cut: Cut) -> PlanStep:
    return moving_doors.undo(cut.campaign, cut.pk, seen=plan_steps.change_of(cut), by=SETUP)


def redo(cut: Cut) -> PlanStep:
    return moving_doors.redo(cut.campaign, cut.pk, seen=plan_steps.change_of(cut), by=SETUP)


def test_a_preview_shows_both_walks_and_writes_nothing(cut: Cut) -> None:
    before = everything(cut)

    seen = moving_doors.preview(cut.campaign, cut.pk, doors_of(cut, 1)[:3], 2)

    assert everything(cut) == before
    assert PlanStep.objects.of(cut.campaign_id).count() == 0
    sizes = {walk.number: (walk.before, walk.after) for walk in seen.walks}
    assert {n: (b.doors, a.doors) for n, (b, a) in sizes.items() if a and b} == {
        1: (20, 17),
        2: (20, 23),
    }
    assert seen.split_before == ()
    assert len(seen.split_after) == 1
    assert "size" in seen.breaks


def test_what_is_written_is_what_was_shown(cut: Cut) -> None:
    doors = doors_of(cut, 1)[:3]
    shown = moving_doors.preview(cut.campaign, cut.pk, doors, 2)

    step = move(cut, doors, 2)

    for walk in shown.walks:
        turf = Turf.objects.of(cut.campaign_id).get(cut=cut, number=walk.number)
        assert walk.after == (turf.door_count, turf.minutes, turf.walk_m)
    assert step.broken == list(shown.breaks)
    split = SplitStreet.objects.of(cut.campaign_id).get(cut=cut)
    assert (split.street,) == shown.split_after
    assert split.turfs == [1, 2]
    assert len(everything(cut)["stops"]) == 80


def test_every_step_can_be_undone_and_made_again_in_order(cut: Cut) -> None:
    stood = [everything(cut)]
    for doors, to in (
        (doors_of(cut, 1)[:2], 2), (doors_of(cut, 2)[:3], NEW), (doors_of(cut, 3)[5:9], OUT),
        (doors_of(cut, 4), 1),
    ):  # fmt: skip
        move(cut, doors, to)
        stood.append(everything(cut))

    for state in reversed(stood[:-1]):
        undo(cut)
        assert everything(cut) == state
    with pytest.raises(NotNow):
        undo(cut)
    for state in stood[1:]:
        redo(cut)
        assert everything(cut) == state
    with pytest.raises(NotNow):
        redo(cut)


def test_a_new_step_after_undoing_leaves_nothing_to_make_again(cut: Cut) -> None:
    move(cut, doors_of(cut, 1)[:2], 2)
    undo(cut)
    move(cut, doors_of(cut, 3)[:2], 4)

    with pytest.raises(NotNow):
        redo(cut)


def test_a_locked_walk_is_changed_by_no_step_until_it_is_unlocked(cut: Cut) -> None:
    moving_doors.lock(cut.campaign, cut.pk, 2, locked=True, seen=0, by=SETUP)

    with pytest.raises(NotNow, match="locked"):
        move(cut, doors_of(cut, 1)[:2], 2)
    undo(cut)
    move(cut, doors_of(cut, 1)[:2], 2)


def test_leftovers_become_one_walk_only_when_they_fit_into_one(cut: Cut) -> None:
    for number in (1, 2):
        move(cut, doors_of(cut, number)[8:], OUT)

    step = moving_doors.merge(cut.campaign, cut.pk, [1, 2], seen=2, by=SETUP)

    assert step.what == "merge"
    assert len(doors_of(cut, 1)) == 16
    assert not Turf.objects.of(cut.campaign_id).filter(cut=cut, number=2).exists()
    with pytest.raises(NotNow, match="larger"):
        moving_doors.merge(cut.campaign, cut.pk, [1, 3], seen=3, by=SETUP)


def test_a_door_that_is_where_it_should_go_is_no_step(cut: Cut) -> None:
    with pytest.raises(BadInput):
        move(cut, doors_of(cut, 1)[:2], 1)


def test_steps_on_other_walks_go_through_and_on_the_same_walk_the_second_is_told(cut: Cut) -> None:
    mine, theirs = doors_of(cut, 1)[:2], doors_of(cut, 3)[:2]
    move(cut, mine, 2, seen=0)

    move(cut, theirs, 4, seen=0)
    with pytest.raises(Clash, match=r"walk 1 to walk 2") as told:
        move(cut, doors_of(cut, 2)[:1], 3, seen=0)

    assert [step.number for step in told.value.steps] == [1, 2]
    spare = [step.change for step in told.value.steps]
    move(cut, doors_of(cut, 2)[:1], 3, seen=0, spare=spare)


def test_undo_does_not_undo_what_the_screen_has_not_seen(cut: Cut) -> None:
    move(cut, doors_of(cut, 1)[:2], 2)
    move(cut, doors_of(cut, 3)[:2], 4)

    with pytest.raises(Clash):
        moving_doors.undo(cut.campaign, cut.pk, seen=1, by=SETUP)


def test_a_published_walk_can_be_changed_and_every_door_stays_live_in_one_walk(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    before = everything(cut)
    doors = doors_of(cut, 1)[:3]

    move(cut, doors, NEW)

    live = TurfDoor.objects.of(cut.campaign_id).filter(live=True)
    assert live.count() == live.values("door_id").distinct().count() == 80
    fifth = Turf.objects.of(cut.campaign_id).get(cut=cut, number=5)
    assert fifth.state == Turf.State.PUBLISHED
    assert fifth.code
    undo(cut)
    assert everything(cut) == before
    redo(cut)
    assert doors_of(cut, 5) == list(
        live.filter(turf=fifth).order_by("stop").values_list("door_id", flat=True)
    )


def test_who_is_out_loses_no_door_that_was_knocked_on_and_keeps_the_order_of_the_others(
    cut: Cut,
) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    first = turfs_of(cut)[0]
    handing_out.check_out(cut.campaign, first.pk, "Bob", by=SETUP)
    doors = doors_of(cut, 1)
    handing_out.mark_knocked(first, doors[0], timezone.now())
    stops = dict(TurfDoor.objects.filter(turf=first).values_list("door_id", "stop"))

    with pytest.raises(NotNow, match="knocked"):
        move(cut, doors[:2], 2)
    move(cut, doors[1:3], 2)
    newcomers = doors_of(cut, 3)[:2]
    move(cut, newcomers, 1)

    now = dict(TurfDoor.objects.filter(turf=first, taken_at=None).values_list("door_id", "stop"))
    assert {door: stop for door, stop in now.items() if door in stops} == {
        door: stops[door] for door in doors if door not in doors[1:3]
    }
    assert sorted(now[door] for door in newcomers) == [21, 22]
    taken = TurfDoor.objects.filter(turf=first, taken_at__isnull=False)
    assert sorted(taken.values_list("door_id", flat=True)) == sorted(doors[1:3])
    assert not taken.filter(live=True).exists()


def test_who_is_out_is_not_left_without_a_door(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    handing_out.check_out(cut.campaign, turfs_of(cut)[0].pk, "Bob", by=SETUP)

    with pytest.raises(NotNow, match="Bob"):
        move(cut, doors_of(cut, 1), 2)


def test_a_walk_that_came_back_is_left_as_it_is(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    first = turfs_of(cut)[0]
    handing_out.check_out(cut.campaign, first.pk, "Bob", by=SETUP)
    handing_out.return_turf(cut.campaign, first.pk, by=SETUP)

    with pytest.raises(NotNow, match="came back"):
        move(cut, doors_of(cut, 2)[:1], 1)


def test_taken_doors_stay_taken_when_a_walk_comes_back_and_goes_out_again(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    first = turfs_of(cut)[0]
    handing_out.check_out(cut.campaign, first.pk, "Bob", by=SETUP)
    move(cut, doors_of(cut, 1)[:2], 2)

    assert handing_out.return_turf(cut.campaign, first.pk, by=SETUP) == 18
    handing_out.undo_return(cut.campaign, first.pk, by=SETUP)

    live = TurfDoor.objects.of(cut.campaign_id).filter(live=True)
    assert live.count() == 80
    assert live.filter(turf=first).count() == 18


def test_undoing_waits_for_nobody_who_knocked_meanwhile(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    doors = doors_of(cut, 1)[:2]
    move(cut, doors, 2)
    second = turfs_of(cut)[1]
    handing_out.check_out(cut.campaign, second.pk, "Bob", by=SETUP)
    handing_out.mark_knocked(second, doors[0], timezone.now())
    before = everything(cut)

    with pytest.raises(NotNow, match="knocked"):
        undo(cut)

    assert everything(cut) == before


def test_a_walk_that_a_merge_put_away_is_live_again_when_that_is_undone_after_publishing_anew(
    cut: Cut,
) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    move(cut, doors_of(cut, 2), 1)
    publishing.withdraw(cut.campaign, cut.pk, by=SETUP)
    publishing.publish(cut.campaign, cut.pk, by=SETUP)

    undo(cut)

    second = turfs_of(cut)[1]
    assert (second.state, len(second.code)) == (Turf.State.PUBLISHED, 6)
    assert TurfDoor.objects.of(cut.campaign_id).filter(live=True).count() == 80
    handing_out.check_out(cut.campaign, second.pk, "Bob", by=SETUP)


def knocked_again(cut: Cut) -> tuple[Turf, list[int]]:
    """A walk past three doors of walk 1, all of whose doors were knocked on and which came back."""
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    first, doors = turfs_of(cut)[0], doors_of(cut, 1)
    handing_out.check_out(cut.campaign, first.pk, "Bob", by=SETUP)
    for door in doors:
        handing_out.mark_knocked(first, door, timezone.now())
    handing_out.return_turf(cut.campaign, first.pk, by=SETUP)
    again = [(first.pk, door) for door in doors[:3]]
    walk = walking_again.walk_again(cut.campaign, cut.action_id, again, name="Again", by=SETUP)
    return walk, doors


def test_doors_of_a_second_knock_move_like_others_and_are_counted_once(cut: Cut) -> None:
    walk, doors = knocked_again(cut)
    assert doors_of(cut, walk.number) == doors[:3]

    move(cut, doors[:1], 2)

    assert doors[0] in doors_of(cut, 2)
    assert doors_of(cut, walk.number) == doors[1:3]
    assert doors_of(cut, 1) == doors
    cut.refresh_from_db()
    assert cut.numbers is not None
    assert cut.numbers["doors"] == 80
    undo(cut)
    assert doors_of(cut, walk.number) == doors[:3]


def test_a_street_or_a_side_of_it_on_a_second_knock_is_what_that_walk_has_of_it(cut: Cut) -> None:
    _walk, doors = knocked_again(cut)

    assert doors_chosen(cut, Chosen(frozenset(doors[:1]), STREET)) == set(doors[:3])
    assert doors_chosen(cut, Chosen(frozenset(doors[:1]), FACE)) <= set(doors[:3])


def test_a_door_that_was_knocked_on_twice_is_one_of_the_doors_of_the_round(cut: Cut) -> None:
    walk, doors = knocked_again(cut)
    for door in doors[:3]:
        handing_out.mark_knocked(walk, door, timezone.now())

    [row] = queries.actions_of(cut.campaign)

    assert row.knocked == 20


def test_only_who_had_a_door_when_it_was_taken_may_still_have_it_on_paper(cut: Cut) -> None:
    publishing.publish(cut.campaign, cut.pk, by=SETUP)
    first, doors = turfs_of(cut)[0], doors_of(cut, 1)
    handing_out.check_out(cut.campaign, first.pk, "Ann", by=SETUP)
    move(cut, doors[:1], 2)
    handing_out.take_back(cut.campaign, first.pk, by=SETUP)
    handing_out.check_out(cut.campaign, first.pk, "Bob", by=SETUP)

    move(cut, doors[1:2], 2)

    late = workbench_queries.taken_from_who_is_out(cut)
    assert [row.door_id for row in late] == doors[1:2]
