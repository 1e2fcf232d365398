"""Somebody's walk changes while they are out: their phone hears it, and nothing that they heard is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.outings import handing_out, moving_doors, plan_steps, publishing
from hustings.apps.outings.cutting import wishes_kept
from hustings.apps.outings.models import Cut, PlanStep, TurfDoor
from hustings.apps.outings.moving_doors import Clash
from hustings.apps.outings.publishing import NotNow
from hustings.apps.outings.step_in_thought import NEW, OUT
from tests.apps.canvass.away import Phone, Street
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_cut, an_action, turfs_of

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def street(campaign: Campaign) -> Street:
    """A walk of four doors that phones carry, on a cut that is published."""
    street = Street(campaign)
    with tenant(campaign.pk):
        Cut.objects.of(campaign).update(
            finished_at=timezone.now(), published_at=timezone.now(), numbers={},
            wishes=wishes_kept(campaign, by="doors", size=20, cross_districts=True),
        )  # fmt: skip
    return street


@pytest.fixture
def tom(street: Street) -> Phone:
    return street.phone("Tom")


def move(street: Street, doors: list[int], to: int | str) -> PlanStep:
    with tenant(street.campaign.pk):
        cut = Cut.objects.of(street.campaign).get()
        return moving_doors.move(
            street.campaign, cut.pk, doors, to, seen=plan_steps.change_of(cut), by=SETUP
        )


def place_of(street: Street, door: int) -> tuple[int, bool]:
    """The walk that has the door now, and whether somebody knocked there for the phone's walk."""
    with tenant(street.campaign.pk):
        row = TurfDoor.objects.of(street.campaign).get(door_id=door, taken_at=None)
        own = TurfDoor.objects.of(street.campaign).get(door_id=door, turf=street.turf)
        return row.turf_id, own.knocked_at is not None


@pytest.mark.django_db
def test_the_phone_hears_of_a_door_that_was_taken_and_of_one_that_came_back(
    street: Street, tom: Phone
) -> None:
    etag = tom.changes()["ETag"]

    move(street, street.doors[1:2], NEW)

    told = tom.changes()
    assert told["ETag"] != etag
    assert told.json()["gone"] == street.doors[1:2]
    assert told.json()["on_walk"] == 3
    with tenant(street.campaign.pk):
        cut = Cut.objects.of(street.campaign).get()
        moving_doors.undo(street.campaign, cut.pk, seen=1, by=SETUP)
    assert tom.changes().json()["gone"] == []
    assert tom.changes().json()["on_walk"] == 4


@pytest.mark.django_db
def test_the_phone_hears_of_a_door_that_was_taken_in_place_of_another(
    street: Street, tom: Phone
) -> None:
    move(street, street.doors[1:2], NEW)
    told = tom.changes()
    with tenant(street.campaign.pk):
        cut = Cut.objects.of(street.campaign).get()
        moving_doors.undo(street.campaign, cut.pk, seen=1, by=SETUP)
    move(street, street.doors[2:3], NEW)

    again = tom.changes(etag=told["ETag"])

    assert again.status_code == 200
    assert again.json()["gone"] == street.doors[2:3]
    assert again.json()["doors_on_walk"] == [street.doors[0], street.doors[1], street.doors[3]]


@pytest.mark.django_db
def test_an_answer_that_comes_late_from_a_taken_door_is_kept_and_shown(
    street: Street, tom: Phone
) -> None:
    door = street.doors[1]
    heard = tom.heard(1, "no_answer")  # on the phone, with no signal
    move(street, [door], NEW)

    assert tom.statuses(heard) == ["stored"]
    with tenant(street.campaign.pk):
        event = CanvassEvent.objects.of(street.campaign).get(pk=heard["id"])
        assert (event.turf_id, event.door_id) == (street.turf.pk, door)
    walk, knocked = place_of(street, door)
    assert walk != street.turf.pk
    assert knocked
    assert tom.changes().json()["gone"] == []  # what was heard there is shown on the walk again
    assert tom.changes().json()["on_walk"] == 4


@pytest.mark.django_db
def test_a_door_that_was_knocked_on_is_not_taken(street: Street, tom: Phone) -> None:
    tom.send(tom.heard(1, "no_answer"))

    with pytest.raises(NotNow, match="knocked"):
        move(street, street.doors[1:2], OUT)


@pytest.mark.django_db
def test_a_door_that_comes_to_a_walk_that_is_out_is_told_and_stands_last(
    street: Street, tom: Phone
) -> None:
    move(street, street.doors[1:3], NEW)
    with tenant(street.campaign.pk):
        fresh = TurfDoor.objects.of(street.campaign).filter(taken_at=None).exclude(turf=street.turf)
        assert fresh.count() == 2

    move(street, street.doors[2:3], street.turf.number)

    assert tom.changes().json()["on_walk"] == 3
    assert tom.changes().json()["gone"] == street.doors[1:2]


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_on_one_walk_one_goes_through_and_the_other_is_told() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        cut = a_cut(campaign, an_action(campaign), list(range(1, 20)), list(range(20, 40)), list(range(40, 60)), list(range(60, 70)))  # fmt: skip
    start = Barrier(2)

    def step(doors: list[int], to: int) -> str:
        try:
            start.wait(timeout=10)
            moving_doors.move(campaign, cut.pk, doors, to, seen=0, by=SETUP)
        except Clash as clash:
            return f"told of {len(clash.steps)}"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        same = list(pool.map(step, ([1, 2], [2, 3]), (2, 3)))
    assert sorted(same) == ["moved", "told of 1"]

    with tenant(campaign.pk):
        seen = plan_steps.change_of(cut)
        assert seen == 1
        doors = TurfDoor.objects.of(campaign).values_list("door_id", flat=True)
        assert sorted(doors) == list(range(1, 70))


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_on_other_walks_both_go_through() -> None:
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        cut = a_cut(campaign, an_action(campaign), [1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12])
    start = Barrier(2)

    def step(doors: list[int], to: int) -> int:
        try:
            start.wait(timeout=10)
            return moving_doors.move(campaign, cut.pk, doors, to, seen=0, by=SETUP).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(step, ([1], [7]), (2, 4))) == [1, 2]
    with tenant(campaign.pk):
        assert [turf.door_count for turf in turfs_of(cut)] == [2, 4, 2, 4]


@pytest.mark.django_db(transaction=True)
def test_a_walk_that_is_handed_out_while_doors_move_is_changed_before_or_after_never_in_between() -> (
    None
):
    campaign = create_campaign("riverside", "Riverside")
    with tenant(campaign.pk):
        cut = a_cut(campaign, an_action(campaign), list(range(1, 10)), list(range(10, 20)))
        publishing.publish(campaign, cut.pk, by=SETUP)
        first = turfs_of(cut)[0]
    start = Barrier(2)

    def hand_out() -> None:
        start.wait(timeout=10)
        handing_out.check_out(campaign, first.pk, "Bob", by=SETUP)
        connection.close()

    def step() -> None:
        start.wait(timeout=10)
        moving_doors.move(campaign, cut.pk, [1, 2], 2, seen=0, by=SETUP)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(hand_out), pool.submit(step)]:
            done.result()
    with tenant(campaign.pk):
        live = TurfDoor.objects.of(campaign).filter(live=True)
        assert sorted(live.values_list("door_id", flat=True)) == list(range(1, 20))
