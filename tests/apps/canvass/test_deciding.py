"""A whole batch of late reports in one tap, two answers of one person, and every decision taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.canvass import actions, differing, tray, tray_undo
from hustings.apps.canvass.models import CanvassEvent, EventClash, LateReport, WalkGrant
from hustings.apps.people.models import PersonStanding
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import NOON, a_report
from tests.apps.canvass.test_holding import Day, day, sums
from tests.apps.cast import SETUP, signed_in

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.canvass.report import Report

pytestmark = pytest.mark.django_db
__all__ = ["day"]


def late(day: Day, *, phone: int = 0) -> list[Report]:
    """Six doors that this phone sends after it handed the walk back."""
    device = day.phones[phone]
    grant = WalkGrant.objects.of(day.campaign).get(device=device)
    actions.hand_back(grant, by=device.actor)
    reports = [
        a_report(day.turf, door.pk, sequence=n, occurred_at=NOON + timedelta(minutes=n))
        for n, door in enumerate(day.doors, 1)
    ]
    assert {each.status for each in actions.record(device, reports)} == {"late"}
    return reports


def settle(day: Day, *, counts: bool, phone: int = 0) -> tuple[int, list[str]]:
    return tray.settle_batch(
        day.campaign, day.phones[phone].pk, day.turf.pk, counts=counts, by=SETUP
    )


def test_all_late_reports_of_one_phone_are_accepted_in_one_tap(day: Day) -> None:
    reports = late(day)
    late(day, phone=1)
    (first, second) = tray.batches(day.campaign)
    assert (first.reports, second.reports) == (6, 6)

    assert settle(day, counts=True) == (6, [])

    events = CanvassEvent.objects.of(day.campaign)
    assert {event.id for event in events} == {report.id for report in reports}
    assert {batch.device for batch in tray.batches(day.campaign)} == {day.phones[1].pk}
    line = AuditLine.objects.of(day.campaign).get(verb="event.settle")
    assert (line.count, line.subject_id) == (6, str(day.phones[0].pk))
    with pytest.raises(BadInput, match="Nothing of this phone waits"):
        settle(day, counts=True)


def test_a_batch_that_was_accepted_is_taken_back_and_accepted_again(day: Day) -> None:
    before = sums(day.campaign, "canvass_visit", "canvass_answer", "canvass_doorstanding")
    late(day)
    settle(day, counts=True)
    accepted = sums(day.campaign, "canvass_visit", "canvass_answer", "canvass_doorstanding")

    (decided,) = tray_undo.decided_lately(day.campaign)
    assert tray_undo.take_back(day.campaign, decided.together, by=SETUP) == (6, [])

    assert sums(day.campaign, "canvass_visit", "canvass_answer", "canvass_doorstanding") == before
    assert (len(tray.waiting(day.campaign)), tray_undo.decided_lately(day.campaign)) == (6, [])
    assert settle(day, counts=True) == (6, [])
    assert sums(day.campaign, "canvass_visit", "canvass_answer", "canvass_doorstanding") == accepted
    (again,) = tray_undo.decided_lately(day.campaign)
    assert tray_undo.take_back(day.campaign, again.together, by=SETUP) == (6, [])


def test_a_batch_that_was_put_aside_waits_again_when_that_is_taken_back(day: Day) -> None:
    late(day)
    assert settle(day, counts=False) == (6, [])
    assert not CanvassEvent.objects.of(day.campaign).exists()
    (decided,) = tray_undo.decided_lately(day.campaign)

    assert tray_undo.take_back(day.campaign, decided.together, by=SETUP) == (6, [])
    assert tray_undo.take_back(day.campaign, decided.together, by=SETUP) == (0, [])

    assert len(tray.waiting(day.campaign)) == 6
    tray.settle(day.campaign, "late", tray.waiting(day.campaign)[0].id, counts=True, by=SETUP)
    assert CanvassEvent.objects.of(day.campaign).count() == 1


def test_what_cannot_count_stays_in_the_tray_with_its_reason(day: Day) -> None:
    late(day)
    first = LateReport.objects.of(day.campaign).order_by("pk").first()
    assert first is not None
    LateReport.objects.create(
        campaign=day.campaign, report_id=uuid.uuid4(), device=first.device, turf=first.turf,
        door_id=first.door_id, digest=b"no such wording",
        content={**first.content, "id": str(uuid.uuid4()), "wording_version": 99},
    )  # fmt: skip

    done, left = settle(day, counts=True)

    assert (done, left) == (6, ["That wording of the script was never shown by this campaign."])
    assert len(tray.waiting(day.campaign)) == 1


def test_what_was_corrected_since_stays_as_it_is(day: Day) -> None:
    (first, *_others) = late(day)
    settle(day, counts=True)
    actions.record(
        day.phones[0],
        [a_report(day.turf, first.door, "refused", sequence=9, corrects=first.id)],
        on_paper=True,
    )
    (decided,) = tray_undo.decided_lately(day.campaign)

    done, kept = tray_undo.take_back(day.campaign, decided.together, by=SETUP)

    assert (done, kept) == (5, ["It was corrected since; the correction counts."])


def test_which_of_two_clashing_reports_counts_can_be_changed_again(day: Day) -> None:
    door, person = day.doors[0].pk, day.people[day.doors[0].pk][0]
    first = a_report(day.turf, door, "answered", person=person, support="1")
    actions.record(day.phones[0], [first])
    assert actions.record(day.phones[0], [replace(first, support="4")])[0].status == "clash"
    clash = EventClash.objects.of(day.campaign).get()

    heard = []
    for _round in range(2):
        tray.settle(day.campaign, "clash", clash.pk, counts=True, by=SETUP)
        heard.append(standing(person).support)
        (decided,) = tray_undo.decided_lately(day.campaign)
        assert tray_undo.take_back(day.campaign, decided.together, by=SETUP) == (1, [])
        heard.append(standing(person).support)

    assert heard == ["4", "1", "4", "1"]
    assert len(tray.waiting(day.campaign)) == 1


def standing(person: int) -> PersonStanding:
    found: PersonStanding = PersonStanding.objects.get(person=person)
    return found


def two_answers(day: Day, first: str = "1", second: str = "4") -> int:
    """What two canvassers heard of one person; the person."""
    door = day.doors[0].pk
    person = day.people[door][0]
    for phone, support in enumerate((first, second)):
        at = NOON + timedelta(minutes=phone)
        report = a_report(
            day.turf, door, "answered", person=person, support=support, occurred_at=at
        )
        actions.record(day.phones[phone], [report])
    return person


@pytest.mark.parametrize(("side", "counts"), [(0, "1"), (1, "4")])
def test_a_person_decides_which_of_two_answers_counts_and_can_take_it_back(
    day: Day, side: int, counts: str
) -> None:
    person = two_answers(day)
    before = sums(day.campaign)
    (difference,) = differing.differences(day.campaign)
    assert [(s.phone, s.what) for s in difference.sides] == [
        ("Tom", "Strong support"), ("Ann", "Opposed"),
    ]  # fmt: skip

    ruling = differing.rule(day.campaign, difference.sides[side].event_id, by=SETUP)

    assert (standing(person).support, standing(person).disputed) == (counts, False)
    assert differing.differences(day.campaign) == []
    assert differing.differences(day.campaign) == []
    with pytest.raises(BadInput, match="Nobody differs"):
        differing.rule(day.campaign, difference.sides[side].event_id, by=SETUP)
    differing.take_back(day.campaign, ruling.pk, by=SETUP)
    assert sums(day.campaign) == before
    with pytest.raises(BadInput, match="already"):
        differing.take_back(day.campaign, ruling.pk, by=SETUP)


def test_a_new_answer_after_a_decision_is_a_new_difference(day: Day) -> None:
    person = two_answers(day)
    (difference,) = differing.differences(day.campaign)
    differing.rule(day.campaign, difference.sides[0].event_id, by=SETUP)

    door = day.doors[0].pk
    actions.record(
        day.phones[2], [a_report(day.turf, door, "answered", person=person, support="2")]
    )

    (again,) = differing.differences(day.campaign)
    assert [side.phone for side in again.sides] == ["Tom", "Bo"]
    assert standing(person).disputed


def test_where_the_answer_that_was_chosen_is_taken_back_the_other_counts_again(day: Day) -> None:
    person = two_answers(day)
    (difference,) = differing.differences(day.campaign)
    chosen = difference.sides[1].event_id
    differing.rule(day.campaign, chosen, by=SETUP)

    door = day.doors[0].pk
    actions.record(day.phones[1], [a_report(day.turf, door, "undo", corrects=chosen, sequence=2)])

    assert (standing(person).support, standing(person).disputed) == ("1", False)


def test_the_tray_shows_all_of_it_in_one_place(day: Day, alice: Membership) -> None:
    two_answers(day)
    late(day, phone=2)
    client = signed_in(alice)
    address = reverse("phones:tray", kwargs={"slug": day.campaign.slug})

    page = client.get(address).content.decode()
    assert "walk 7: 6 late reports" in page
    assert "Take «Strong support»" in page
    assert "Take «Opposed»" in page
    (difference,) = differing.differences(day.campaign)
    client.post(
        reverse("phones:rule", kwargs={"slug": day.campaign.slug}),
        {"event": difference.sides[0].event_id},
    )
    client.post(
        reverse("phones:settle-batch", kwargs={"slug": day.campaign.slug}),
        {"phone": day.phones[2].pk, "walk": day.turf.pk, "counts": "yes"},
    )
    page = client.get(address).content.decode()
    assert "6 reports accepted" in page
    assert "which of two answers counts" in page
    (decided,) = tray_undo.decided_lately(day.campaign)
    client.post(
        reverse("phones:unsettle", kwargs={"slug": day.campaign.slug}),
        {"together": decided.together},
    )
    assert "walk 7: 6 late reports" in client.get(address).content.decode()
