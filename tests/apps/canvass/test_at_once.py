"""Two phones at one door at the same moment: neither misses what the other said."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, intake
from hustings.apps.canvass.models import Answer, CanvassEvent, DoorStanding, PersonMet, Visit
from hustings.apps.canvass.report import Somebody
from hustings.apps.people.models import Household, Person, PersonStanding
from hustings.apps.places.models import Door
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import member

if TYPE_CHECKING:
    from hustings.apps.canvass.report import Report

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONES, DOORS, TURNS = 8, 4, 12


def test_every_phones_answer_is_in_the_sums_whatever_the_order() -> None:
    campaign = create_campaign("riverside", "Riverside")
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        doors = [
            Door.objects.create(campaign=campaign, address_key=f"{n}", number=str(n)).pk
            for n in range(DOORS)
        ]
        people = [
            Person.objects.create(
                campaign=campaign,
                household=Household.objects.create(campaign=campaign, address_key=f"{n}"),
                surname=f"P{n}",
            ).pk
            for n in range(DOORS)
        ]
        turf = a_walk(campaign, doors)
        phones = [a_phone(turf, f"Phone {n}", alice) for n in range(PHONES)]
    went_wrong: list[object] = []
    together = threading.Barrier(PHONES)

    def reports_of(turn: int) -> list[Report]:
        # The doors in another order each time: without one order of locking this would deadlock.
        order = list(range(DOORS))[:: 1 if turn % 2 else -1]
        return [
            a_report(turf, doors[n], "answered", person=people[n], support=str(1 + turn % 5))
            for n in order
        ]

    def work(number: int) -> None:
        try:
            together.wait()
            for turn in range(TURNS):
                with tenant(campaign.pk):
                    outcomes = actions.record(phones[number], reports_of(turn + number))
                if any(outcome.status != "stored" for outcome in outcomes):
                    went_wrong.append(outcomes)
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            went_wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert went_wrong == []
    with tenant(campaign.pk):
        assert CanvassEvent.objects.count() == PHONES * DOORS * TURNS
        assert intake.changed_since(campaign)[0] == PHONES * DOORS * TURNS
        assert Visit.objects.count() == PHONES * DOORS
        assert [s.visits for s in DoorStanding.objects.all()] == [PHONES] * DOORS
        for person in people:
            newest = CanvassEvent.objects.filter(person_id=person).order_by("-position").first()
            assert newest is not None
            assert PersonStanding.objects.get(person_id=person).support == newest.support
            assert Answer.objects.get(person_id=person).support == newest.support


def test_a_batch_sent_again_while_the_first_is_worked_on_meets_nobody_twice() -> None:
    campaign = create_campaign("riverside", "Riverside")
    alice = member(campaign, "Alice", "organiser")
    with tenant(campaign.pk):
        door = Door.objects.create(campaign=campaign, address_key="1", number="1").pk
        turf = a_walk(campaign, [door])
        phone = a_phone(turf, "Tom", alice)
        version = actions.wording_now(campaign).version
    went_wrong: list[object] = []

    for _turn in range(TURNS):
        asha = Somebody(uuid4(), door, "Asha", "Reed")
        report = a_report(turf, door, "refused", met=asha.id, wording_version=version)
        together = threading.Barrier(2)

        def send(asha: Somebody, report: Report, together: threading.Barrier) -> None:
            try:
                together.wait()
                with tenant(campaign.pk):
                    (outcome,) = actions.record(phone, [report], [asha])
                if outcome.status not in {"stored", "known"}:
                    went_wrong.append(outcome)
            except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
                went_wrong.append(error)
            finally:
                connection.close()

        threads = [
            threading.Thread(target=send, args=(asha, report, together)) for _copy in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert went_wrong == []
    with tenant(campaign.pk):
        assert PersonMet.objects.count() == Person.objects.count() == TURNS
