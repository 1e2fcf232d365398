"""What is unlike other shifts is a question on the organiser's page, and on the phone until it replies."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, asking, holding, paper, quality
from hustings.apps.canvass.models import Hold, Question, Reply
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk
from tests.apps.canvass.test_phone_page import Shift
from tests.apps.cast import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db
FORTY = list(range(1, 41))


@pytest.fixture
def turf(campaign: Campaign) -> Iterator[Turf]:
    with tenant(campaign.pk):
        yield a_walk(campaign, FORTY)


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def knocks(turf: Turf, phone: Device, seconds_each: float, *, doors: int = 40) -> None:
    actions.record(
        phone,
        [
            a_report(turf, door, sequence=door, occurred_at=NOON + timedelta(seconds=n * seconds_each))
            for n, door in enumerate(FORTY[:doors])
        ],
    )  # fmt: skip


def desk(alice: Membership, name: str, **arguments: int) -> str:
    return reverse(f"phones:{name}", kwargs={"slug": alice.campaign.slug, **arguments})


def test_forty_doors_in_nine_minutes_are_asked_about_and_an_hour_is_not(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    knocks(turf, phone, 540 / 39)
    slow = a_phone(turf, "Ann", alice)
    knocks(turf, slow, 90)

    page = signed_in(alice).get(desk(alice, "questions")).content.decode()

    assert page.count("40 doors in 9 minutes (") == 2  # what is read, and what the button is called
    assert "Ask Tom" in page
    assert "Ask Ann" not in page


def test_what_was_typed_in_from_paper_is_no_shift(turf: Turf, alice: Membership) -> None:
    lines: dict[paper.Line, str] = {(door, None): "-" for door in FORTY}
    paper.type_in(turf.campaign, turf.pk, "Asha", NOON.date(), lines, by=alice.actor)

    assert quality.shifts(turf.campaign) == []


@pytest.mark.parametrize("hours", [6, 30])
def test_answers_that_are_corrected_in_the_evening_or_the_day_after_make_nobody_quick(
    turf: Turf, phone: Device, hours: int
) -> None:
    reports = [
        a_report(turf, door, sequence=door, occurred_at=NOON + timedelta(minutes=2 * door))
        for door in FORTY
    ]
    later = NOON + timedelta(hours=hours)
    again = [
        a_report(turf, report.door, "answered", support="2", sequence=100 + n, corrects=report.id,
                 occurred_at=later + timedelta(seconds=2 * n))
        for n, report in enumerate(reports)
    ]  # fmt: skip
    actions.record(phone, [*reports, *again])

    found = quality.shifts(turf.campaign)
    assert sum(shift.doors for shift in found) == 40
    assert [signal for shift in found for signal in shift.signals] == []


def test_a_question_goes_to_the_phone_and_its_reply_to_the_organiser_who_then_may_hold(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    knocks(turf, phone, 10)
    organiser = signed_in(alice)
    organiser.post(
        desk(alice, "ask"),
        {"phone": phone.pk, "walk": turf.pk, "day": NOON.date().isoformat(), "about": "pace"},
    )

    (asked,) = asking.for_phone(phone)
    question = Question.objects.of(turf.campaign).get()
    assert (asked["turf"], question.figures) == (turf.pk, {"doors": 40, "seconds": 390})
    page = organiser.get(desk(alice, "questions")).content.decode()
    assert "none yet" in page
    assert "Hold these answers back" not in page
    organiser.post(desk(alice, "hold", question_id=question.pk))
    assert not Hold.objects.of(turf.campaign).exists()

    asking.reply(question, "  From   paper. ", by=phone.actor)
    assert asking.for_phone(phone) == []
    page = organiser.get(desk(alice, "questions")).content.decode()
    assert "From paper." in page
    assert "Hold these answers back" in page
    organiser.post(desk(alice, "hold", question_id=question.pk), {"why": "Asked Tom."})

    held = Hold.objects.of(turf.campaign).get()
    assert (held.why, held.by_label) == ("Asked Tom.", "Alice")
    assert holding.events_of(held).count() == 40
    assert "40 held" in organiser.get(desk(alice, "lists")).content.decode()
    organiser.post(desk(alice, "release", hold_id=held.pk))
    assert not holding.open_holds(turf.campaign).exists()


def test_figures_are_never_taken_from_a_form(turf: Turf, phone: Device, alice: Membership) -> None:
    knocks(turf, phone, 90)
    form = {"phone": phone.pk, "walk": turf.pk, "day": NOON.date().isoformat(), "about": "pace"}

    assert signed_in(alice).post(desk(alice, "ask"), form).status_code == 404
    assert not Question.objects.of(turf.campaign).exists()


def test_what_was_said_on_the_telephone_is_written_down_with_who_wrote_it(
    turf: Turf, phone: Device, alice: Membership
) -> None:
    question = asking.ask(turf.campaign, phone.pk, turf.pk, "other", figures={}, by=alice.actor)

    signed_in(alice).post(
        desk(alice, "write-down", question_id=question.pk), {"text": "She was with a friend."}
    )

    reply = Reply.objects.of(turf.campaign).get()
    assert (reply.text, reply.written_down_by) == ("She was with a friend.", "Alice")
    assert holding.may_hold_from(question) is None


def test_only_who_hands_out_walks_reads_questions(
    turf: Turf, phone: Device, alice: Membership, bob: Membership, olive: Membership
) -> None:
    for member in (bob, olive):
        assert signed_in(member).get(desk(member, "questions")).status_code == 403


def test_the_page_asks_the_same_number_of_questions_for_one_shift_and_for_many(
    turf: Turf, alice: Membership
) -> None:
    client: Client = signed_in(alice)
    counts = []
    for name in ("Tom", "Ann", "Bo"):
        phone = a_phone(turf, name, alice)
        knocks(turf, phone, 10)
        question = asking.ask(turf.campaign, phone.pk, turf.pk, "other", figures={}, by=alice.actor)
        asking.reply(question, "Well.", by=phone.actor)
        holding.hold(turf.campaign, question.pk, by=alice.actor)
        with CaptureQueriesContext(
            connection,
        ) as said:
            client.get(desk(alice, "questions"))
        counts.append(len(said))

    assert counts[1] == counts[2]


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def asked_at_the_door(shift: Shift, alice: Membership) -> Question:
    with tenant(shift.campaign.pk):
        return asking.ask(
            shift.campaign, shift.device.pk, shift.turf.pk, "other", figures={}, by=alice.actor
        )


def test_the_app_shows_the_question_with_what_it_carries_and_tells_the_reply(
    shift: Shift, alice: Membership
) -> None:
    question = asked_at_the_door(shift, alice)
    carried = json.loads(shift.client.get(reverse("phone:carried")).content)
    assert [each["id"] for each in carried["questions"]] == [question.pk]

    address = reverse("phone:reply-data", kwargs={"question_id": question.pk})
    for text, status in (("", 422), ("x" * 1001, 422), ("We were two.", 200)):
        answer = shift.client.post(address, {"text": text}, content_type="application/json")
        assert answer.status_code == status
    assert shift.client.post(address, {"text": "x"}).status_code == 415
    assert json.loads(shift.client.get(reverse("phone:carried")).content)["questions"] == []


def test_the_plain_pages_show_the_question_and_take_the_reply(
    shift: Shift, alice: Membership
) -> None:
    question = asked_at_the_door(shift, alice)
    for page in ("walk", "receipt"):
        shown = shift.client.get(shift.address(page), follow=True).content.decode()
        assert "How did the answers of this walk come about?" in shown

    shift.client.post(
        reverse("phone:reply", kwargs={"question_id": question.pk}), {"text": "We were two."}
    )

    with tenant(shift.campaign.pk):
        assert Reply.objects.of(shift.campaign).get().text == "We were two."
    assert "come about" not in shift.client.get(shift.address("receipt")).content.decode()
