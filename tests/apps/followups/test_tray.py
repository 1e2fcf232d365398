"""Follow-ups are what was heard at doors and counts; rows say only what was done about them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hustings.apps.accounts.access import NotHere
from hustings.apps.campaigns.erasing import Leaving
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.canvass.models import Hold, Question, Release
from hustings.apps.followups import actions, erasing, queries
from hustings.apps.followups.access import Subject, subject_named
from hustings.apps.followups.heard import today_in
from hustings.apps.followups.models import FollowUpStep
from hustings.apps.people.models import Household, Person
from hustings.apps.polling.models import PollingDay
from hustings.apps.volunteers.models import Volunteer
from hustings.core.errors import BadInput
from hustings.core.named import Named
from tests.apps.canvass.cast import NOON, a_phone, a_report, a_walk
from tests.apps.cast import signed_in
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.test import Client

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf


class Street:
    """A walk of three doors with an elector each, Bob's phone on it, and what is recorded there."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign, self.alice = campaign, alice
        self.turf: Turf = a_walk(campaign, [1, 2, 3], code="ABCDEF")
        self.phone: Device = a_phone(self.turf, "Bob", alice)
        self.people = [self._somebody(door) for door in (1, 2, 3)]
        self.said = 0

    def _somebody(self, door: int) -> Person:
        home = Household.objects.create(
            campaign=self.campaign, door_id=door, address_key=f"door {door}"
        )
        person: Person = Person.objects.create(
            campaign=self.campaign, forename="Ann", surname=f"Miller{door}", household=home,
            name_key=f"miller{door} ann", origin=Person.Origin.DOOR,
        )  # fmt: skip
        return person

    def heard(self, door: int, kind: str = "answered", **more: Any) -> UUID:
        """Something that this phone recorded about whoever lives there; its id."""
        self.said += 1
        if kind == "answered":
            more.setdefault("support", "1")
        report = a_report(
            self.turf, door, kind, sequence=self.said,
            person=None if kind == "no_answer" else self.people[door - 1].pk, **more,
        )  # fmt: skip
        (outcome,) = canvass.record(self.phone, [report])
        assert outcome.status == "stored", outcome.message
        return report.id

    def subject(self, door: int, kind: str) -> Subject:
        return Subject(self.turf.pk, door, self.people[door - 1].pk, kind)

    def open(self, **which: Any) -> list[tuple[int, str, str]]:
        """Door, kind and owner of what is open."""
        rows = queries.tray(self.campaign, **which).rows
        return [(row.subject.door, row.subject.kind, row.owner) for row in rows]


@pytest.fixture
def street(campaign: Campaign, alice: Membership) -> Iterator[Street]:
    with tenant(campaign.pk):
        yield Street(campaign, alice)


def test_each_wish_of_an_answer_is_a_follow_up_with_its_note(street: Street) -> None:
    street.heard(1, wishes="poster lift", wish_note="the window, not the fence")
    street.heard(2)
    rows = queries.tray(street.campaign).rows
    assert {(row.subject.door, row.subject.kind) for row in rows} == {(1, "poster"), (1, "lift")}
    assert {row.about for row in rows} == {"the window, not the fence"}
    assert {row.name for row in rows} == {"Ann Miller1"}


def test_an_answer_that_is_corrected_takes_its_wish_away_and_one_that_keeps_it_leaves_it_one(
    street: Street,
) -> None:
    first = street.heard(1, wishes="poster lift")
    second = street.heard(1, wishes="lift", corrects=first, support="2")
    assert street.open() == [(1, "lift", "")]
    street.heard(1, "undo", corrects=second)
    assert street.open() == []


def test_a_wish_taken_back_at_the_door_is_shown_once_somebody_has_begun_with_it(
    street: Street,
) -> None:
    first = street.heard(1, wishes="poster")
    actions.take(street.campaign, [street.subject(1, "poster")], by=street.alice.actor)
    street.heard(1, "undo", corrects=first)
    (row,) = queries.tray(street.campaign).rows
    assert (row.is_gone, row.owner) == (True, "Alice")
    assert queries.counts(street.campaign).open == 0
    actions.finish(street.campaign, [row.subject], by=street.alice.actor)
    assert street.open() == []


def test_what_is_held_back_is_no_follow_up_until_it_is_released(street: Street) -> None:
    street.heard(1, wishes="poster")
    question = Question.objects.create(
        campaign=street.campaign, device=street.phone, turf=street.turf, by_label="Alice",
        about="fast", first_at=NOON - timedelta(hours=1), last_at=timezone.now(),
    )  # fmt: skip
    held = Hold.objects.create(
        campaign=street.campaign, question=question, device=street.phone, turf=street.turf,
        by_label="Alice",
    )  # fmt: skip
    assert street.open() == []
    Release.objects.create(campaign=street.campaign, hold=held, by_label="Alice")
    assert street.open() == [(1, "poster", "")]


def test_who_has_it_and_when_it_is_due_are_worked_out_from_the_steps(street: Street) -> None:
    street.heard(1, wishes="poster")
    poster = street.subject(1, "poster")
    by = street.alice.actor
    vera = a_volunteer(street.campaign)
    actions.take(street.campaign, [poster], by=by)
    actions.give(street.campaign, [poster], "", volunteer_id=vera.pk, by=by)
    actions.put_off(street.campaign, [poster], date(2099, 1, 2), by=by)
    (row,) = queries.tray(street.campaign).rows
    assert (row.owner, row.volunteer, row.due, row.is_late) == (
        "Vera Walker", vera.pk, date(2099, 1, 2), False,
    )  # fmt: skip
    assert row.last_step is not None
    actions.take_back(street.campaign, row.last_step, by=by)
    (row,) = queries.tray(street.campaign).rows
    assert (row.due, row.is_late) == (date(2026, 6, 17), True)  # four days after the door
    assert row.last_step is not None
    actions.take_back(street.campaign, row.last_step, by=by)
    assert street.open() == [(1, "poster", "Alice")]


def test_only_the_last_step_is_taken_back_and_only_once(street: Street) -> None:
    street.heard(1, wishes="poster")
    by = street.alice.actor
    for _turn in range(2):
        actions.take(street.campaign, [street.subject(1, "poster")], by=by)
    first, second = FollowUpStep.objects.order_by("nth")
    with pytest.raises(BadInput, match="after this"):
        actions.take_back(street.campaign, first.pk, by=by)
    actions.take_back(street.campaign, second.pk, by=by)
    with pytest.raises(BadInput, match="after this"):
        actions.take_back(street.campaign, second.pk, by=by)


def test_what_is_done_leaves_the_tray_and_comes_back_when_it_was_not(street: Street) -> None:
    street.heard(1, wishes="poster")
    by = street.alice.actor
    assert actions.finish(street.campaign, [street.subject(1, "poster")], by=by) == 1
    assert actions.finish(street.campaign, [street.subject(1, "poster")], by=by) == 0
    assert street.open() == []
    (done,) = queries.tray(street.campaign, done=True).rows
    assert done.last_step is not None
    actions.take_back(street.campaign, done.last_step, by=by)
    assert street.open() == [(1, "poster", "")]


def test_overdue_stands_first_and_filters_show_only_what_fits(street: Street) -> None:
    now = timezone.now()
    street.heard(1, wishes="poster", occurred_at=now)
    street.heard(2, wishes="call_back", occurred_at=now - timedelta(days=1))
    street.heard(3, "come_back", come_back_at=now - timedelta(days=2), occurred_at=now)
    actions.take(street.campaign, [street.subject(1, "poster")], by=street.alice.actor)
    assert [door for door, _kind, _owner in street.open()] == [3, 2, 1]
    assert street.open(late=True) == [(3, "come_back", "")]
    assert street.open(kind="call_back") == [(2, "call_back", "")]
    assert street.open(owner="Alice") == [(1, "poster", "Alice")]
    counts = queries.counts(street.campaign)
    assert (counts.open, counts.nobodys, counts.late) == (3, 2, 1)


def test_coming_back_is_over_once_somebody_was_there_again(street: Street) -> None:
    street.heard(3, "come_back", come_back_at=timezone.now())
    assert street.open() == [(3, "come_back", "")]
    canvass.record(
        a_phone(street.turf, "Ben", street.alice),
        [a_report(street.turf, 3, "answered", support="1", person=street.people[2].pk)],
    )
    assert street.open() == []


def test_the_day_that_was_said_last_is_the_day_to_come_back(street: Street) -> None:
    friday, wednesday = timezone.now() + timedelta(days=5), timezone.now() + timedelta(days=3)
    street.heard(3, "come_back", come_back_at=friday)
    street.heard(3, "come_back", come_back_at=wednesday)

    (row,) = queries.tray(street.campaign).rows

    assert row.due == timezone.localdate(wednesday, ZoneInfo(street.campaign.time_zone))


def test_a_postal_vote_is_due_before_polling_day_however_late_it_was_wished_for(
    street: Street,
) -> None:
    day = date(2026, 6, 14)
    PollingDay.objects.create(
        campaign=street.campaign, name="June", held_on=day, told_until=day, opened_by="Alice"
    )
    street.heard(1, wishes="postal_vote")
    (row,) = queries.tray(street.campaign).rows
    assert row.due == date(2026, 6, 13)


def test_whoever_would_help_is_a_volunteer_with_one_tap_and_stays_who_they_are(
    street: Street,
) -> None:
    street.heard(1, wishes="volunteer")
    subject = street.subject(1, "volunteer")
    volunteer = actions.welcome(street.campaign, subject, by=street.alice.actor)
    assert volunteer.person == street.people[0]
    assert volunteer.person.origin == Person.Origin.DOOR
    assert street.open() == []
    street.heard(2, wishes="volunteer")
    Volunteer.objects.create(
        campaign=street.campaign, person=street.people[1], left_at=timezone.now()
    )
    actions.welcome(street.campaign, street.subject(2, "volunteer"), by=street.alice.actor)
    assert Volunteer.objects.filter(left_at=None).count() == 2


def test_two_who_take_the_same_at_once_are_told_and_nothing_is_doubled(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.heard(1, wishes="poster")
    subject = street.subject(1, "poster")
    actions.take(street.campaign, [subject], by=street.alice.actor)
    monkeypatch.setattr("hustings.apps.followups.access.steps_of", lambda *_these: [])
    with pytest.raises(BadInput, match="a moment ago"):
        actions.take(street.campaign, [subject], by=street.alice.actor)
    assert FollowUpStep.objects.count() == 1


def test_nothing_can_be_done_about_what_nobody_wished_for(street: Street) -> None:
    with pytest.raises(NotHere):
        actions.take(street.campaign, [street.subject(1, "poster")], by=street.alice.actor)
    with pytest.raises(BadInput, match="Choose"):
        actions.take(street.campaign, [], by=street.alice.actor)
    for wrong in ("1-2-3", "1-2-3-nothing", "a-2-3-poster", "1-2-3-4-poster"):
        with pytest.raises(NotHere):
            subject_named(wrong)


# --- the page -------------------------------------------------------------------------------------


def test_the_tray_is_worked_with_buttons_and_says_what_it_did(
    street: Street, alice_signed_in: Client
) -> None:
    street.heard(1, wishes="poster", wish_note="the window")
    street.heard(2, wishes="poster")
    address = f"/c/{street.campaign.slug}/follow-ups/"
    page = alice_signed_in.get(address).content.decode()
    assert "Ann Miller1" in page
    assert "the window" in page
    these = [str(street.subject(door, "poster")) for door in (1, 2)]

    def post(**what: object) -> str:
        return alice_signed_in.post(f"{address}do/", what, follow=True).content.decode()

    assert "2 are yours." in post(do="take", these=these)
    assert street.open(owner="Alice") == [(1, "poster", "Alice"), (2, "poster", "Alice")]
    assert "Choose the day" in post(do="due", these=these, due="soon")
    assert "2 are due then." in post(do="due", these=these, due="2099-01-02")
    assert "Noted." in post(now=f"note {these[0]}", **{f"note-{these[0]}": "rang twice"})
    assert "rang twice" in alice_signed_in.get(address).content.decode()
    assert "1 is done." in post(now=f"done {these[0]}")
    assert "1 is given." in post(do="give", these=these[1:], to=":Bea")
    assert street.open() == [(2, "poster", "Bea")]
    assert "Choose at least one" in post(do="done")
    assert alice_signed_in.post(f"{address}do/", {"do": "eat", "these": these}).status_code == 404
    assert alice_signed_in.post(f"{address}do/", {"now": "back x"}).status_code == 404


def test_enter_keeps_what_was_typed_and_takes_nothing(
    street: Street, alice_signed_in: Client
) -> None:
    street.heard(1, wishes="poster")
    street.heard(2, wishes="poster")
    address = f"/c/{street.campaign.slug}/follow-ups/"
    page = alice_signed_in.get(address).content.decode()
    form = page[page.index(f'action="{address}do/"') :]
    first = re.search(r'<button[^>]*name="(\w+)" value="(\w+)"', form)
    assert first is not None
    these = [str(street.subject(door, "poster")) for door in (1, 2)]
    today = today_in(street.campaign).isoformat()

    def enter(**typed: object) -> str:
        what = {first[1]: first[2], "these": these, "due": today, **typed}
        return alice_signed_in.post(f"{address}do/", what, follow=True).content.decode()

    assert "Noted." in enter(**{f"note-{these[1]}": "rang twice"})
    assert {(row.note, row.owner) for row in queries.tray(street.campaign).rows} == {
        ("", ""), ("rang twice", ""),
    }  # fmt: skip
    assert "2 are due then." in enter(due="2099-01-02")
    assert "press the button that you mean" in enter()
    assert [owner for _door, _kind, owner in street.open()] == ["", ""]


def test_what_was_typed_into_another_row_is_kept_whatever_button_is_pressed(
    street: Street, alice_signed_in: Client
) -> None:
    for door in (1, 2, 3):
        street.heard(door, wishes="poster")
    address = f"/c/{street.campaign.slug}/follow-ups/"
    one, other, gone = (str(street.subject(door, "poster")) for door in (1, 2, 3))
    actions.finish(street.campaign, [street.subject(3, "poster")], by=street.alice.actor)

    def post(**what: object) -> str:
        answer = alice_signed_in.post(f"{address}do/", what, follow=True)
        return unescape(answer.content.decode())

    said = post(
        now=f"done {one}",
        **{f"note-{one}": "hung", f"note-{other}": "rang twice", f"note-{gone}": "wants two"},
    )

    assert "1 is done." in said
    assert "“wants two” was not kept" in said
    assert [(row.note) for row in queries.tray(street.campaign).rows] == ["rang twice"]
    assert "hung" in [row.note for row in queries.tray(street.campaign, done=True).rows]
    back = queries.tray(street.campaign).rows[0].last_step
    assert "Taken back." in post(now=f"back {back}", **{f"note-{other}": "rang three times"})
    assert [row.note for row in queries.tray(street.campaign).rows] == ["rang three times"]


def test_only_organisers_see_the_tray(
    street: Street, bob: Membership, olive: Membership, petra: Membership
) -> None:
    for member in (bob, olive, petra):
        for path in ("", "do/"):
            client = signed_in(member)
            ask = client.post if path else client.get
            assert ask(f"/c/{street.campaign.slug}/follow-ups/{path}").status_code == 403


def test_a_page_of_follow_ups_asks_the_same_few_questions_however_many_there_are(
    street: Street, alice_signed_in: Client, django_assert_max_num_queries: Any
) -> None:
    for door in (1, 2, 3):
        street.heard(door, wishes="poster postal_vote lift casework volunteer call_back")
    with django_assert_max_num_queries(24):
        page = alice_signed_in.get(f"/c/{street.campaign.slug}/follow-ups/").content.decode()
    assert page.count('name="these"') == 18


def test_erasing_somebody_takes_what_was_done_for_them_and_their_name_where_they_did_it(
    street: Street,
) -> None:
    street.heard(1, wishes="poster")
    street.heard(2, wishes="poster")
    by = street.alice.actor
    vera = a_volunteer(street.campaign)
    actions.give(street.campaign, [street.subject(1, "poster")], "", volunteer_id=vera.pk, by=by)
    actions.give(street.campaign, [street.subject(2, "poster")], "", volunteer_id=vera.pk, by=by)
    actions.note(street.campaign, street.subject(2, "poster"), "rang Vera Walker", by=by)
    for person in (street.people[0], vera.person):
        erasing.erase(
            Leaving(
                street.campaign.pk, person.pk, None,
                Named(((person.forename, person.surname),)),
            )
        )  # fmt: skip
    left = FollowUpStep.objects.order_by("nth").values_list("door_id", "owner", "volunteer", "note")
    assert set(left) == {(2, "—", None, ""), (2, "", None, "")}
