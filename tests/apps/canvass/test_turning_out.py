"""A walk on polling day: voted doors leave it, and each knock is for those not reached before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, carrying, changes, residents, turning_out, walks
from hustings.apps.outings.models import Action
from hustings.apps.people.models import DoNotContact, Household, Person
from hustings.apps.polling import actions as polling
from hustings.apps.register.models import RegisterEntry
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf
    from hustings.apps.polling.models import PollingDay

pytestmark = pytest.mark.django_db


@dataclass
class Evening:
    """A walk of three doors: one voter, two voters, and one who is not for us."""

    turf: Turf
    day: PollingDay
    phone: Device
    people: dict[str, Person]

    def doors(self) -> list[int]:
        """Doors that the phone shows."""
        return [door.id for door in walks.doors_of(self.turf.campaign, self.turf.pk)]

    def states(self) -> dict[int, str]:
        """Door → state, as the phone shows it."""
        return {door.id: door.state for door in walks.doors_of(self.turf.campaign, self.turf.pk)}

    def asked_for(self, door: int) -> set[int]:
        """People whom the phone shows at a door."""
        found = residents.people_at(self.phone, self.turf.pk, [door])
        return {one.id for one in found.get(door, [])}

    def changes(self) -> dict[str, Any]:
        """What the phone is told of the walk, from the start."""
        mark = changes.mark_of(self.phone, self.turf.pk)
        assert mark is not None
        said = changes.changes_since(self.phone, self.turf.pk, mark, 0)
        return json.loads(json.dumps(said, cls=DjangoJSONEncoder))  # type: ignore[no-any-return]

    def voted(self, number: str, alice: Membership) -> None:
        """A teller heard it."""
        polling.mark_voted(self.day, "AA", number, report_id=uuid4(), by=alice.actor)

    def heard(self, door: int, kind: str, who: str = "") -> None:
        """The phone reports."""
        person = self.people[who].pk if who else None
        support = "" if kind != "answered" else self.turf.campaign.support_scale[0]["code"]
        version = actions.wording_now(self.turf.campaign).version
        actions.record(
            self.phone,
            [a_report(self.turf, door, kind, person=person, support=support,
                      wording_version=version, occurred_at=timezone.now())],
        )  # fmt: skip


@pytest.fixture
def evening(campaign: Campaign, alice: Membership) -> Iterator[Evening]:
    first, last = campaign.support_scale[0]["code"], campaign.support_scale[-1]["code"]
    today = timezone.localdate()
    with tenant(campaign.pk):
        before = a_walk(campaign, [1, 2, 3], number=1)
        Action.objects.of(campaign).filter(pk=before.action_id).update(name="May")
        turf = a_walk(campaign, [1, 2, 3])
        Action.objects.of(campaign).filter(pk=turf.action_id).update(kind="turn_out")
        turf.refresh_from_db()
        people, asked = {}, []
        for number, door, support in (
            ("1", 1, first), ("2", 2, first), ("3", 2, first), ("4", 3, last),
        ):  # fmt: skip
            home, _new = Household.objects.get_or_create(
                campaign=campaign, address_key=f"door {door}"
            )
            one = Person.objects.create(
                campaign=campaign, household=home, forename="V", surname=number
            )
            RegisterEntry.objects.create(
                campaign=campaign, person=one, number=f"AA-{number}", district="AA", added_in=1
            )
            people[number] = one
            asked.append((door, one, support))
        phone = a_phone(before, "Tom", alice)
        version = actions.wording_now(campaign).version
        reports = [
            a_report(before, door, "answered", person=one.pk, support=support,
                     wording_version=version)
            for door, one, support in asked
        ]  # fmt: skip
        assert {outcome.status for outcome in actions.record(phone, reports)} == {"stored"}
        day = polling.open_day(
            campaign, "Council", today, turn_out=[first], told_until=today, by=alice.actor
        )
        yield Evening(turf, day, a_phone(turf, "Tom", alice), people)


def test_only_who_is_to_be_turned_out_is_on_the_walk(evening: Evening) -> None:
    assert evening.doors() == [1, 2]


def test_a_voted_door_leaves_the_walk_at_once_and_one_of_two_voters_leaves_the_door(
    evening: Evening, alice: Membership
) -> None:
    evening.voted("1", alice)
    evening.voted("2", alice)

    assert evening.doors() == [2]
    assert evening.asked_for(2) == {evening.people["3"].pk}


def test_a_voted_door_is_told_to_a_phone_that_asks_what_changed(
    evening: Evening, alice: Membership
) -> None:
    before = evening.changes()
    assert before["knock"] == {
        "number": 1,
        "people": {
            "1": [evening.people["1"].pk],
            "2": sorted(evening.people[number].pk for number in "23"),
        },
    }

    evening.voted("1", alice)
    evening.voted("2", alice)

    assert evening.changes()["knock"]["people"] == {"2": [evening.people["3"].pk]}


def test_a_vote_changes_the_mark_by_which_a_phone_asks_and_a_vote_elsewhere_does_not(
    evening: Evening, alice: Membership
) -> None:
    def etag() -> str:
        mark = changes.mark_of(evening.phone, evening.turf.pk)
        assert mark is not None
        return mark.etag

    first = etag()
    evening.voted("99", alice)
    assert etag() == first

    evening.voted("3", alice)

    assert etag() != first


def test_what_was_heard_in_the_knock_before_is_behind_and_still_on_the_receipt(
    evening: Evening, alice: Membership
) -> None:
    evening.heard(1, "no_answer")
    evening.heard(2, "answered", "2")
    turning_out.begin_knock(evening.turf, by=alice.actor)
    evening.heard(1, "answered", "1")
    evening.voted("3", alice)

    grant = evening.phone.grants.select_related("device__campaign", "turf").get()
    knock = turning_out.knock_of(evening.turf.campaign, evening.turf.pk)
    walk, _people = carrying.walk_for_phone(grant, knock)

    assert walk["knock"] == 2
    assert [(door["id"], [one["kind"] for one in door["mine"]]) for door in walk["doors"]] == [
        (1, ["answered"])
    ]
    assert [(left["door"], [one["kind"] for one in left["mine"]]) for left in walk["behind"]] == [
        (1, ["no_answer"]),
        (2, ["answered"]),
    ]
    assert carrying.receipt_for_phone(grant)["recorded"] == 2


def test_how_another_phone_found_a_door_in_the_knock_before_is_cleared_too(
    evening: Evening, alice: Membership
) -> None:
    other = a_phone(evening.turf, "Ann", alice)
    actions.record(other, [a_report(evening.turf, 1, "no_answer")])
    assert evening.changes()["doors"][0]["elsewhere"] == "out"

    turning_out.begin_knock(evening.turf, by=alice.actor)

    assert [(door["state"], door["elsewhere"]) for door in evening.changes()["doors"]] == [
        ("left", "")
    ]


def test_a_mark_that_is_taken_back_puts_the_door_on_the_walk_again(
    evening: Evening, alice: Membership
) -> None:
    mark = polling.mark_voted(evening.day, "AA", "1", report_id=uuid4(), by=alice.actor)
    assert evening.doors() == [2]

    polling.take_back(mark, by=alice.actor)

    assert evening.doors() == [1, 2]


def test_the_next_knock_is_for_those_who_were_not_in_with_what_was_heard_cleared(
    evening: Evening, alice: Membership
) -> None:
    evening.heard(1, "no_answer")
    evening.heard(2, "answered", "2")
    assert evening.states() == {1: "out", 2: "done"}

    begun = turning_out.begin_knock(evening.turf, by=alice.actor)

    assert begun.number == 2
    assert evening.states() == {1: "left", 2: "left"}
    assert evening.asked_for(2) == {evening.people["3"].pk}
    knock = turning_out.knock_of(evening.turf.campaign, evening.turf.pk)
    assert knock is not None
    assert knock.hidden == {"voted": 0, "left_alone": 0, "not_wanted": 1, "spoken_to": 1}


def test_what_is_heard_in_the_second_knock_counts_in_it(
    evening: Evening, alice: Membership
) -> None:
    evening.heard(1, "no_answer")
    turning_out.begin_knock(evening.turf, by=alice.actor)

    evening.heard(1, "answered", "1")

    assert evening.states()[1] == "done"
    turning_out.begin_knock(evening.turf, by=alice.actor)
    assert evening.doors() == [2]


def test_who_asked_to_be_left_alone_is_not_knocked_on(evening: Evening) -> None:
    DoNotContact.objects.create(campaign=evening.turf.campaign, person=evening.people["1"])

    assert evening.doors() == [2]


def test_a_promise_puts_somebody_on_the_walk(evening: Evening, alice: Membership) -> None:
    polling.promise(evening.day, evening.people["4"], "told us", by=alice.actor)

    assert evening.doors() == [1, 2, 3]


def test_when_the_day_has_ended_and_on_any_other_walk_everybody_is_shown(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    Action.objects.of(campaign).filter(pk=evening.turf.action_id).update(kind="canvass")
    assert evening.doors() == [1, 2, 3]
    Action.objects.of(campaign).filter(pk=evening.turf.action_id).update(kind="turn_out")
    assert evening.doors() == [1, 2]

    polling.end_day(evening.day, by=alice.actor)

    assert evening.doors() == [1, 2, 3]


def test_only_a_polling_day_walk_has_several_knocks(
    evening: Evening, alice: Membership, campaign: Campaign
) -> None:
    Action.objects.of(campaign).filter(pk=evening.turf.action_id).update(kind="canvass")
    evening.turf.refresh_from_db()

    with pytest.raises(BadInput, match="Only walks that turn people out"):
        turning_out.begin_knock(evening.turf, by=alice.actor)


def test_the_organiser_begins_a_knock_from_the_walks_page(
    evening: Evening, alice: Membership
) -> None:
    client = signed_in(alice)
    address = f"/c/{alice.campaign.slug}/turf/walks/{evening.turf.pk}/"
    page = client.get(address)
    assert "Begin the next knock" in page.text

    page = client.post(
        f"/c/{alice.campaign.slug}/phones/walks/{evening.turf.pk}/knock/", follow=True
    )

    assert "Knock 2 has begun." in page.text
