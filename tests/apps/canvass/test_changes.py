"""What a phone learns of its walk while it is out: others' doors, who was erased, what is gone, its end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse

from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions
from hustings.apps.canvass.models import WalkGrant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import TurfDoor
from tests.apps.canvass.away import Phone, Street, ago
from tests.apps.canvass.cast import a_report, a_walk
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign


@pytest.fixture
def street(campaign: Campaign) -> Street:
    return Street(campaign)


@pytest.fixture
def tom(street: Street) -> Phone:
    return street.phone("Tom")


@pytest.fixture
def ann(street: Street) -> Phone:
    return street.phone("Ann")


def by_door(answer: dict[str, list[dict[str, object]]]) -> dict[object, object]:
    return {door["id"]: door["state"] for door in answer["doors"]}


@pytest.mark.django_db
def test_a_phone_sees_the_doors_that_others_did_and_only_what_is_newer(
    street: Street, tom: Phone, ann: Phone
) -> None:
    start = tom.changes().json()
    ann.send(ann.heard(0, "answered"), ann.heard(1))
    first = tom.changes(start["position"]).json()
    ann.send(ann.heard(2, "come_back", come_back_at=ago(hours=-3)))
    second = tom.changes(first["position"]).json()

    assert start["doors"] == []
    assert by_door(first) == {street.doors[0]: "done", street.doors[1]: "out"}
    assert by_door(second) == {street.doors[2]: "back"}
    assert tom.changes(second["position"]).json()["doors"] == []


@pytest.mark.django_db
def test_a_door_that_was_undone_is_told_as_left(street: Street, tom: Phone, ann: Phone) -> None:
    event = ann.heard(0)
    ann.send(event)
    position = tom.changes().json()["position"]

    ann.send(ann.heard(0, "undo", corrects=event["id"]))

    assert by_door(tom.changes(position).json()) == {street.doors[0]: "left"}


@pytest.mark.django_db
def test_a_phones_own_answers_are_not_told_it_as_anothers(
    street: Street, tom: Phone, ann: Phone
) -> None:
    theirs, own = ann.heard(0), tom.heard(0, "answered")
    ann.send(theirs)
    tom.send(own, tom.heard(1))

    first, second = tom.changes().json()["doors"]

    assert (first["state"], first["elsewhere"], first["newest"]) == ("done", "out", own["id"])
    assert (second["state"], second["elsewhere"]) == ("out", "")


@pytest.mark.django_db
def test_a_whole_walk_says_where_to_go_on_from_and_misses_nothing(
    street: Street, tom: Phone, ann: Phone
) -> None:
    ann.send(ann.heard(0))
    walk = tom.client.get(reverse("phone:walk-data", args=[street.turf.pk])).json()
    ann.send(ann.heard(1))

    said = tom.changes(walk["position"]).json()

    assert [door["elsewhere"] for door in walk["doors"]] == ["out", "", "", ""]
    assert by_door(said) == {street.doors[1]: "out"}
    assert (said["on_walk"], said["wording"]) == (4, walk["wording"]["version"])


@pytest.mark.django_db
def test_a_new_wording_is_something_that_changed(street: Street, tom: Phone) -> None:
    etag = tom.changes()["ETag"]
    with tenant(street.campaign.pk):
        type(street.campaign).objects.update(script_version=F("script_version") + 1)

    assert tom.changes(etag=etag).json()["wording"] == 2


@pytest.mark.django_db
def test_it_says_what_happened_at_doors_and_nothing_of_people(tom: Phone, ann: Phone) -> None:
    ann.send(ann.heard(0, "answered", support="4"))

    said = tom.changes()

    assert set(said.json()) == {
        "over", "erased", "position", "doors", "gone", "on_walk", "doors_on_walk", "wording",
        "ends_at", "seconds_left", "at",
    }  # fmt: skip
    assert set(said.json()["doors"][0]) == {
        "id", "state", "visits", "contacted", "last_kind", "last_at", "come_back_at", "elsewhere",
        "newest",
    }  # fmt: skip
    assert "Person1" not in said.content.decode()
    assert "support" not in said.content.decode()


@pytest.mark.django_db
def test_while_nothing_changed_it_answers_304_with_few_questions(
    tom: Phone, ann: Phone, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    etag = tom.changes()["ETag"]

    # Ten of them open and close the wall twice: once to find the phone, once round the answer.
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]  # pytest-django's fixture
        same = tom.changes(etag=etag)
    ann.send(ann.heard(0))
    other = tom.changes(etag=etag)

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)


@pytest.mark.django_db
def test_erasing_somebody_reaches_the_phone_once_it_asks(street: Street, tom: Phone) -> None:
    etag = tom.changes()["ETag"]
    with tenant(street.campaign.pk):
        erase_person(street.campaign, street.people[2], by=SETUP, request="person")

    answer = tom.changes(etag=etag)

    assert (answer.status_code, answer.json()["erased"]) == (200, [street.people[2]])


@pytest.mark.django_db
def test_doors_that_are_on_another_walk_by_now_are_gone(street: Street, tom: Phone) -> None:
    etag = tom.changes()["ETag"]
    with tenant(street.campaign.pk):
        TurfDoor.objects.filter(turf=street.turf, door_id=street.doors[3]).update(live=False)

    assert tom.changes(etag=etag).json()["gone"] == [street.doors[3]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "how", ["returned", "put_away", "out_of_time", "taken_back", "handed_back"]
)
def test_a_phone_whose_walk_is_over_is_told_so_and_no_door_any_more(
    street: Street, tom: Phone, ann: Phone, how: str
) -> None:
    ann.send(ann.heard(0))
    with tenant(street.campaign.pk):
        if how == "returned":
            handing_out.return_turf(street.campaign, street.turf.pk, by=SETUP)
        elif how == "put_away":
            handing_out.retire(street.campaign, street.turf.pk, by=SETUP)
        elif how == "out_of_time":
            WalkGrant.objects.update(expires_at=ago(minutes=1))
        elif how == "taken_back":
            actions.take_back(street.campaign, [tom.again()], by=SETUP)
        else:
            grant = WalkGrant.objects.select_related("device__campaign", "turf").get(
                device=tom.device
            )
            actions.hand_back(grant, by=SETUP)

    said = tom.changes().json()
    assert (said.pop("over"), set(said)) == (how, {"erased", "at"})


@pytest.mark.django_db
def test_a_walk_that_the_phone_never_carried_and_a_phone_not_let_in_learn_nothing(
    street: Street, tom: Phone
) -> None:
    with tenant(street.campaign.pk):
        other = a_walk(street.campaign, [10**6], number=9)
        waiting, token = actions.ask_for_walk(street.turf, "Eve")
    eve = Phone(street, street.turf, waiting, token or "")
    tom.turf = other

    assert (tom.changes().status_code, eve.changes().status_code) == (404, 403)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_whoever_asks_between_two_that_write_at_once_misses_neither() -> None:
    campaign = create_campaign("riverside", "Riverside")
    street = Street(campaign)
    phones = [street.phone(f"Phone {n}") for n in range(4)]
    stop, wrong = threading.Event(), []
    seen: dict[object, object] = {}

    def write(number: int) -> None:
        try:
            for _turn in range(12):
                with tenant(campaign.pk):
                    actions.record(
                        phones[number].device, [a_report(street.turf, street.doors[number])]
                    )
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            wrong.append(error)
        finally:
            connection.close()

    def watch() -> None:
        position = 0
        try:
            last = False
            while not last:
                last = stop.is_set()
                said = phones[0].changes(position).json()
                seen.update((door["id"], door["last_at"]) for door in said["doors"])
                position = said["position"]
        except Exception as error:  # noqa: BLE001  # as above
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    watcher = threading.Thread(target=watch)
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    watcher.join()

    assert wrong == []
    assert seen == {door["id"]: door["last_at"] for door in phones[0].changes().json()["doors"]}
    assert len(seen) == 4
