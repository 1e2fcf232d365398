"""What was heard comes in while an organiser does something with the same walk: neither stops the other."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, intake, tray
from hustings.apps.canvass.models import CanvassEvent, DoorStanding, LateReport
from hustings.apps.canvass.report import Somebody
from hustings.apps.erasure.actions import erase_person
from hustings.apps.outings import access as outings
from hustings.apps.outings import handing_out, moving_doors, walking_again
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.people.models import Household, Person
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import member
from tests.apps.crossing import crossing
from tests.apps.dispatch.cast import ALICE, a_round

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign

pytestmark = [
    pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pooled"),
]  # fmt: skip
AFTER = 12
"""Walks of twelve doors: enough that two who update them meet in different orders."""


def out(campaign: Campaign, walks: int = 2) -> tuple[list[Turf], Device]:
    """Published walks of one cut, and the phone that has the first."""
    turfs = a_round(campaign, walks=walks, doors_each=AFTER)
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        return turfs, a_phone(turfs[0], "Tom", alice)


def knocks(turf: Turf, phone: Device, *doors: int) -> None:
    with tenant(turf.campaign_id):
        outcomes = actions.record(phone, [a_report(turf, door) for door in doors])
    assert {outcome.status for outcome in outcomes} == {"stored"}


def test_a_walk_is_handed_in_while_its_last_knocks_come() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)

    wrong = crossing(
        campaign,
        [lambda: knocks(turf, phone, 3, 2, 1)],
        lambda: handing_out.return_turf(campaign, turf.pk, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert Turf.objects.get(pk=turf.pk).state == Turf.State.RETURNED
        kept = TurfDoor.objects.filter(turf=turf, live=True).values_list("door_id", flat=True)
        assert sorted(kept) == [1, 2, 3]


def test_a_knock_that_comes_while_the_walk_is_handed_in_stays_with_it() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)

    wrong = crossing(
        campaign,
        [lambda: handing_out.return_turf(campaign, turf.pk, by=ALICE)],
        lambda: knocks(turf, phone, 3, 2, 1),
    )

    assert wrong == []
    with tenant(campaign.pk):
        kept = TurfDoor.objects.filter(turf=turf, live=True).values_list("door_id", flat=True)
        assert sorted(kept) == [1, 2, 3]


def test_an_organiser_moves_a_door_while_somebody_knocks_there() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, other), phone = out(campaign)

    wrong = crossing(
        campaign,
        [lambda: knocks(turf, phone, 1, 2)],
        lambda: moving_doors.move(campaign, turf.cut_id, [1], other.number, seen=0, by=ALICE),
    )

    assert [type(error).__name__ for error in wrong] == ["NotNow"]
    assert "knocked" in str(wrong[0])
    with tenant(campaign.pk):
        assert set(DoorStanding.objects.values_list("door_id", flat=True)) == {1, 2}
        assert TurfDoor.objects.get(turf=turf, door_id=1).taken_at is None


def test_an_organiser_decides_about_a_phone_while_it_sends() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)
    long_ago = timezone.now() - timedelta(days=400)
    with tenant(campaign.pk):
        report = a_report(turf, 5, occurred_at=long_ago)
        [outcome] = actions.record(phone, [report], ahead=timedelta(0))
        assert outcome.status == "late"

    wrong = crossing(
        campaign,
        [lambda: knocks(turf, phone, 1)],
        lambda: tray.settle_batch(campaign, phone.pk, turf.pk, counts=True, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert CanvassEvent.objects.count() == 2


def test_an_organiser_accepts_somebody_met_while_the_phone_meets_another() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)
    asha, ben = Somebody(uuid4(), 5, "Asha", "Reed"), Somebody(uuid4(), 6, "Ben", "Hill")
    long_ago = timezone.now() - timedelta(days=400)
    with tenant(campaign.pk):
        version = actions.wording_now(campaign).version
        report = a_report(
            turf, 5, "refused", met=asha.id, wording_version=version, occurred_at=long_ago
        )
        [outcome] = actions.record(phone, [report], [asha], ahead=timedelta(0))
        assert outcome.status == "late"
        late = LateReport.objects.get().pk

    wrong = crossing(
        campaign,
        [lambda: actions.meet(phone, ben), lambda: knocks(turf, phone, 1)],
        lambda: tray.settle(campaign, "late", late, counts=True, by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert set(Person.objects.values_list("forename", flat=True)) == {"Asha", "Ben"}
        assert CanvassEvent.objects.count() == 2


def test_a_batch_of_two_kinds_of_walk_waits_for_both_before_it_writes_of_one() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)
    with tenant(campaign.pk):
        sums = a_walk(campaign, [101, 102])
        type(sums.action).objects.filter(pk=sums.action_id).update(precision="counts")
        actions.ask_for_walk(sums, "Tom", device=phone, by=ALICE)
        intake.say_that_events_came(campaign, phone.pk, 0)

    def counts_of_arrivals_are_free() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select part from canvass_received for update nowait")

    def send() -> None:
        with tenant(campaign.pk):
            outcomes = actions.record(
                phone, [a_report(sums, 101, "refused"), a_report(turf, 1, "no_answer")]
            )
        assert [outcome.status for outcome in outcomes] == ["stored", "stored"]

    wrong = crossing(
        campaign,
        [lambda: outings.hold_turfs(campaign, [turf.pk]), counts_of_arrivals_are_free],
        send,
    )

    assert wrong == []


def test_somebody_is_erased_while_what_they_said_comes_in() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, _other), phone = out(campaign)
    with tenant(campaign.pk):
        household = Household.objects.create(
            campaign=campaign, address_key="1 kirk street", door_id=1
        )
        asha = Person.objects.create(campaign=campaign, household=household, surname="Reed")
        version = actions.wording_now(campaign).version

    def says(support: str) -> None:
        said = a_report(
            turf, 1, "answered", person=asha.pk, support=support, wording_version=version
        )
        [outcome] = actions.record(phone, [said])
        assert outcome.status == "stored", outcome

    with tenant(campaign.pk):
        says("1")
    wrong = crossing(
        campaign,
        [lambda: says("2")],
        lambda: erase_person(campaign, asha.pk, request="person", by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        assert CanvassEvent.objects.filter(person=None).count() == 2
        assert not Person.objects.exists()


def test_a_second_knock_is_planned_while_late_knocks_come_and_doors_move() -> None:
    campaign = create_campaign("riverside", "Riverside")
    (turf, other), phone = out(campaign)
    with tenant(campaign.pk):
        knocks(turf, phone, *range(1, 9))
        handing_out.return_turf(campaign, turf.pk, by=ALICE)
    again = [(turf.pk, door) for door in range(8, 0, -1)]

    wrong = crossing(
        campaign,
        [
            lambda: moving_doors.move(
                campaign, turf.cut_id, [13, 14], moving_doors.NEW, seen=0, by=ALICE
            )
        ],
        lambda: walking_again.walk_again(campaign, turf.action_id, again, name="x", by=ALICE),
    )

    assert wrong == []
    with tenant(campaign.pk):
        live = list(TurfDoor.objects.filter(live=True).values_list("door_id", flat=True))
        assert sorted(live) == sorted(set(live))
        assert other.number


def test_many_at_once_at_the_same_walks_never_stop_each_other() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turfs = a_round(campaign, walks=3, doors_each=AFTER)
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        phones = [a_phone(turf, f"Phone {turf.number}", alice) for turf in turfs for _ in range(2)]
    wrong: list[object] = []
    together = threading.Barrier(len(phones) + 3)

    def work(number: int, turn: int) -> None:
        if number < len(phones):
            turf = turfs[number // 2]
            first = (turf.number - 1) * AFTER + 1
            doors = list(range(first, first + AFTER))[:: 1 if turn % 2 else -1]
            actions.record(phones[number], [a_report(turf, door) for door in doors])
            return
        turf = turfs[turn % 3]
        if number == len(phones):
            handing_out.return_turf(campaign, turf.pk, by=ALICE)
        elif number == len(phones) + 1:
            handing_out.undo_return(campaign, turf.pk, by=ALICE)
        else:
            to = turfs[(turn + 1) % 3].number
            door = (turf.number - 1) * AFTER + 1 + turn % AFTER
            moving_doors.move(campaign, turf.cut_id, [door], to, seen=10**6, by=ALICE)

    def run(number: int) -> None:
        from hustings.core.errors import HustingsError

        together.wait()
        for turn in range(8):
            try:
                with tenant(campaign.pk):
                    work(number, turn)
            except HustingsError:  # somebody else was quicker, and it was said
                pass
            except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
                wrong.append(error)
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(phones) + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
