"""The room Sessions: planning on a form, everybody in one list, the door, and the figures."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import ContactPoint, Erasure, Person
from hustings.apps.shifts import expected, planning, queries, sign_in, signing_up
from hustings.apps.shifts.models import Message, Session, SignUp, Step
from hustings.apps.volunteers.models import Volunteer
from hustings.core.shifts.overbooking import Figures
from tests.apps.cast import SETUP, alice, alice_signed_in, bob, bob_signed_in, campaign
from tests.apps.shifts.cast import LINK, NOON, SATURDAY, a_session, state_of
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

    from hustings.apps.campaigns.models import Campaign

__all__ = ["alice", "alice_signed_in", "bob", "bob_signed_in", "campaign"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FORM = {
    "name": "Doors at the mill", "kind": "doors", "day": "2026-06-13", "begins": "14:00", "ends": "16:00",
    "time_zone": "Europe/London", "place": "Mill Hall", "at_a_home": "", "map_point": "52.2, 0.1",
    "contact": "Maya, at the red van", "capacity": "10", "sign_up_limit": "", "step_free": "yes",
    "toilets": "", "parking": "no", "access_notes": "Through the yard",
}  # fmt: skip


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


class Desk:
    """Alice at the desk."""

    def __init__(self, client: Client, campaign: Campaign) -> None:
        self.client, self.campaign = client, campaign

    def address(self, name: str, **where: object) -> str:
        return reverse(f"sessions:{name}", kwargs={"slug": self.campaign.slug, **where})

    def post(self, name: str, data: dict[str, object], **where: object) -> HttpResponse:
        return self.client.post(self.address(name, **where), data)

    def page(self, name: str, **where: object) -> str:
        answer = self.client.get(self.address(name, **where))
        assert answer.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())

    def verb(self, mine: SignUp, do: str, **more: object) -> None:
        answer = self.post("sign-up-verb", {"do": do, **more}, sign_up_id=mine.pk)
        assert answer.status_code == 302


@pytest.fixture
def desk(alice_signed_in: Client, campaign: Campaign) -> Desk:
    return Desk(alice_signed_in, campaign)


def test_a_session_is_planned_by_the_clock_of_its_own_zone(desk: Desk) -> None:
    a_volunteer(desk.campaign, "Maya Stone")

    desk.post("new", FORM)
    desk.post("new", {**FORM, "time_zone": "America/Chicago", "contact": "Maya Stone"})

    with tenant(desk.campaign.pk):
        first, second = Session.objects.of(desk.campaign).order_by("pk")
        assert (first.starts_at, second.starts_at) == (SATURDAY, SATURDAY + timedelta(hours=6))
        assert (first.contact, first.contact_words) == (None, "Maya, at the red van")
        assert (str(second.contact), second.contact_words) == ("Maya Stone", "")
        assert (first.step_free, first.toilets, first.parking) == (True, None, False)
        assert (first.lat, first.lon, first.limit) == (52.2, 0.1, 10)
    text = desk.page("list")
    assert "Saturday 13 June 2026" in text
    assert "08:00" not in text
    assert "14:00–16:00 (America/Chicago)" in text


def test_a_session_may_end_after_midnight_and_is_changed_as_it_was_shown(desk: Desk) -> None:
    desk.post("new", {**FORM, "begins": "21:30", "ends": "00:15"})

    with tenant(desk.campaign.pk):
        session = Session.objects.of(desk.campaign).get()
    assert session.ends_at - session.starts_at == timedelta(hours=2, minutes=45)
    shown = desk.page("session", session_id=session.pk)
    assert "21:30–00:15" in shown
    desk.post("change", {**FORM, "begins": "21:30", "ends": "00:15"}, session_id=session.pk)
    with tenant(desk.campaign.pk):
        assert Session.objects.of(desk.campaign).get().ends_at == session.ends_at


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time_zone": "London"}, "There is no time zone of this name"),
        ({"ends": "13:00"}, "It ends before it begins"),
        ({"ends": "14:00"}, "It ends before it begins"),
        ({"begins": "23:00", "ends": "11:30"}, "It ends before it begins"),
        ({"day": "2026-05-30"}, "That is over already"),
        ({"day": "0026-06-13"}, "That is over already"),
        ({"day": "2027-03-28", "begins": "01:30", "ends": "03:00"}, "The clock is put forward"),
        ({"map_point": "here"}, "Write two numbers"),
        ({"map_point": "99, 0"}, "No place on earth"),
        ({"sign_up_limit": "5"}, "Fewer than there is room for"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    wrong: dict[str, str], sentence: str, desk: Desk
) -> None:
    answer = desk.post("new", {**FORM, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with tenant(desk.campaign.pk):
        assert not Session.objects.of(desk.campaign).exists()


def test_in_the_night_in_which_the_clock_is_put_back_the_page_says_which_of_two_hours_is_meant(
    desk: Desk,
) -> None:
    said = "The clock there is put back that night, so that 01:30 comes twice: the earlier of the two is meant."
    night = {**FORM, "day": "2026-10-24", "begins": "22:00", "ends": "01:30"}

    made = desk.client.post(desk.address("new"), night, follow=True).content.decode()
    plain = desk.client.post(desk.address("new"), {**night, "ends": "00:30"}, follow=True)

    assert made.count(said) == 1
    assert said not in plain.content.decode()
    with tenant(desk.campaign.pk):
        session = Session.objects.order_by("pk")[0]
    again = desk.client.post(
        desk.address("change", session_id=session.pk), {**night, "place": "Elsewhere"}, follow=True
    )
    assert said in again.content.decode()


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(desk: Desk) -> None:
    desk.post("new", FORM)
    with tenant(desk.campaign.pk):
        session = Session.objects.of(desk.campaign).get()
    shown = desk.client.get(desk.address("change", session_id=session.pk)).context["form"]
    as_it_was = {name: shown[name].value() for name in shown.fields}
    as_it_was = {name: "" if value in (None, False) else value for name, value in as_it_was.items()}

    desk.post("change", as_it_was, session_id=session.pk)

    with tenant(desk.campaign.pk):
        assert not session.edits.exists()


def test_a_session_that_is_over_can_be_put_right_and_none_is_moved_into_the_past(
    desk: Desk,
) -> None:
    desk.post("new", FORM)
    with tenant(desk.campaign.pk):
        session = Session.objects.of(desk.campaign).get()

    moved = desk.post("change", {**FORM, "day": "2026-05-30"}, session_id=session.pk)
    with time_machine.travel(SATURDAY + timedelta(days=1)):
        named = desk.post("change", {**FORM, "name": "Doors at the weir"}, session_id=session.pk)

    assert (moved.status_code, named.status_code) == (422, 302)
    with tenant(desk.campaign.pk):
        session.refresh_from_db()
    assert (session.name, session.starts_at) == ("Doors at the weir", SATURDAY)


def test_everything_about_somebody_is_one_tap_and_can_be_undone(desk: Desk) -> None:
    session, other = a_session(desk.campaign), a_session(desk.campaign, "Leaflets")
    vera = a_volunteer(desk.campaign, "Vera Walker")
    assert "Vera Walker" in desk.client.get(desk.address("session", session_id=session.pk) + "?q=ver").content.decode()  # fmt: skip
    desk.post("sign-up", {"volunteer": vera.pk}, session_id=session.pk)
    with tenant(desk.campaign.pk):
        mine = SignUp.objects.of(desk.campaign).get()

    def undo() -> None:
        with tenant(desk.campaign.pk):
            [row] = queries.rows_of(session)
            assert row.undoes
        assert desk.post("step-back", {}, step_id=row.undoes.pk).status_code == 302

    for do, state in (("confirm", "confirmed"), ("cannot", "cancelled"), ("missed", "did_not_come"), ("chase", "signed_up")):  # fmt: skip
        desk.verb(mine, do)
        assert state_of(mine) == state
        undo()
        assert state_of(mine) == "signed_up"
    desk.verb(mine, "rebook", to=other.pk)
    assert state_of(mine) == "cancelled"
    with tenant(desk.campaign.pk):
        taken = SignUp.objects.of(desk.campaign).get(session=other)
    assert state_of(taken) == "signed_up"
    assert "Vera Walker, now for “Leaflets”: signed up." in desk.page(
        "session", session_id=session.pk
    )


def test_whoever_is_twenty_minutes_late_is_shown_with_their_number(desk: Desk) -> None:
    session = a_session(desk.campaign)
    vera = a_volunteer(desk.campaign, "Vera Walker")
    with tenant(desk.campaign.pk):
        ContactPoint.objects.create(
            campaign=desk.campaign, person=vera.person, kind="phone", value="+447700900123"
        )
    signing_up.sign_up(session, vera, by=LINK)

    with time_machine.travel(SATURDAY + timedelta(minutes=19)):
        assert "twenty minutes late" not in desk.page("session", session_id=session.pk)
    with time_machine.travel(SATURDAY + timedelta(minutes=20)):
        text = desk.page("session", session_id=session.pk)
    assert "1 person is twenty minutes late" in text
    assert "+447700900123" in text


def test_at_the_door_a_tap_signs_in_and_a_walk_in_sent_twice_is_one_person(desk: Desk) -> None:
    session = a_session(desk.campaign, capacity=1)
    vera = a_volunteer(desk.campaign, "Vera Walker")
    mine = signing_up.sign_up(session, vera, by=LINK)
    waits = signing_up.sign_up(session, a_volunteer(desk.campaign, "Wim Two"), by=LINK)
    report = {"name": "Wanda  Newcomer", "report_id": str(uuid.uuid4())}

    with time_machine.travel(SATURDAY):
        for _tapped_twice in range(2):
            desk.post("came", {"volunteer": vera.pk}, session_id=session.pk)
            desk.post("walk-in", report, session_id=session.pk)
        text = desk.page("door", session_id=session.pk)
        assert sign_in.came(desk.campaign, session.pk, waits.volunteer_id, by=LINK) == waits

    assert "2 are here" in text
    assert (state_of(mine), state_of(waits)) == ("came", "came")  # nobody is turned away
    with tenant(desk.campaign.pk):
        assert Step.objects.of(desk.campaign).filter(sign_up=mine, kind="came").count() == 1
        [wanda] = Volunteer.objects.of(desk.campaign).filter(person__surname="Newcomer")
        assert (wanda.person.forename, wanda.person.origin) == ("Wanda", Person.Origin.JOINED)


def test_of_who_said_yes_it_is_counted_who_came_and_walk_ins_are_not_asked(desk: Desk) -> None:
    over = a_session(desk.campaign, "Over", starts_at=NOON + timedelta(hours=1))
    rows = [
        signing_up.sign_up(over, a_volunteer(desk.campaign, f"V{number} Walker"), by=LINK)
        for number in range(40)
    ]
    for one in rows[:10]:
        signing_up.confirm(one, by=LINK)
    next_one = a_session(desk.campaign, capacity=10)
    text = desk.page("session", session_id=next_one.pk)
    assert "Of 0 who said yes 0 came: too few to go by, so one in two is planned on" in text
    assert "With room for 10, let 15 sign up" in text

    with time_machine.travel(NOON + timedelta(hours=2)):
        for one in rows[:23]:
            sign_in.came(desk.campaign, over.pk, one.volunteer_id, by=SETUP)
        sign_in.walked_in(desk.campaign, over.pk, "Wanda", report_id=uuid.uuid4(), by=SETUP)
        assert desk.post("session-verb", {"do": "missed"}, session_id=over.pk).status_code == 302
    with time_machine.travel(NOON + timedelta(hours=4)):
        with tenant(desk.campaign.pk):
            assert expected.figures_of(desk.campaign) == (Figures(40, 23), Figures(10, 10))
        text = desk.page("session", session_id=next_one.pk)
        assert "Of 40 who said yes 23 came" in text
        assert "Of 10 who had confirmed 10 came" in text
        assert "With room for 10, let 13 sign up" in text
        desk.post("session-verb", {"do": "limit"}, session_id=next_one.pk)
    with tenant(desk.campaign.pk):
        assert Session.objects.get(pk=next_one.pk).limit == 13


def test_a_session_in_which_nobody_wrote_down_who_missed_it_says_nothing_of_who_comes(
    desk: Desk,
) -> None:
    over = a_session(desk.campaign, "Over", starts_at=NOON + timedelta(hours=1))
    rows = [
        signing_up.sign_up(over, a_volunteer(desk.campaign, f"V{number} Walker"), by=LINK)
        for number in range(4)
    ]
    with time_machine.travel(NOON + timedelta(hours=2)):
        for one in rows[:2]:
            sign_in.came(desk.campaign, over.pk, one.volunteer_id, by=SETUP)

    with time_machine.travel(NOON + timedelta(hours=4)):
        with tenant(desk.campaign.pk):
            assert expected.figures_of(desk.campaign)[0] == Figures(0, 0)
        sign_in.the_others_did_not_come(over, by=SETUP)
        with tenant(desk.campaign.pk):
            assert expected.figures_of(desk.campaign)[0] == Figures(4, 2)


def test_a_full_session_is_said_to_be_full_where_somebody_is_rebooked(desk: Desk) -> None:
    session, full = a_session(desk.campaign), a_session(desk.campaign, "Leaflets", capacity=1)
    mine = signing_up.sign_up(session, a_volunteer(desk.campaign, "Vera One"), by=LINK)
    signing_up.sign_up(full, a_volunteer(desk.campaign, "Vera Two"), by=LINK)

    assert re.search(r"Leaflets · [^<]*· full", desk.page("session", session_id=session.pk))
    answer = desk.post("sign-up-verb", {"do": "rebook", "to": full.pk}, sign_up_id=mine.pk)

    assert answer.status_code == 422
    assert "They keep the place that they have." in answer.content.decode()
    assert state_of(mine) == "signed_up"


def test_a_change_that_another_came_after_is_not_put_back_from_a_page_that_is_old(
    desk: Desk,
) -> None:
    session = a_session(desk.campaign)
    first = planning.change(session, {"place": "The Old Forge"}, by=SETUP)
    planning.change(session, {"place": "The New Forge"}, by=SETUP)
    assert first

    answer = desk.post("edit-back", {}, edit_id=first.pk)

    assert answer.status_code == 422
    assert "This session was changed since." in answer.content.decode()


def test_sessions_are_open_for_signing_in_from_two_hours_before_until_the_end(
    campaign: Campaign,
) -> None:
    session = a_session(campaign)
    planning.cancel(a_session(campaign, "Cancelled"), "Storm", by=SETUP)
    found = {}
    with tenant(campaign.pk):
        for minutes in (-121, -120, 0, 119, 120):
            now = SATURDAY + timedelta(minutes=minutes)
            found[minutes] = queries.open_now(campaign, now) == [session]

    assert found == {-121: False, -120: True, 0: True, 119: True, 120: False}


def test_cancelling_copying_and_putting_back_at_the_desk(desk: Desk) -> None:
    session = a_session(desk.campaign)
    signing_up.sign_up(session, a_volunteer(desk.campaign), by=LINK)

    assert desk.post("session-verb", {"do": "cancel", "reason": ""}, session_id=session.pk).status_code == 422  # fmt: skip
    desk.post("session-verb", {"do": "cancel", "reason": "Storm"}, session_id=session.pk)
    assert "It is cancelled" in desk.page("session", session_id=session.pk)
    desk.post("session-verb", {"do": "restore"}, session_id=session.pk)
    desk.post("session-verb", {"do": "copy"}, session_id=session.pk)
    edit = planning.change(session, {"name": "Doors"}, by=SETUP)
    assert edit
    desk.post("edit-back", {}, edit_id=edit.pk)

    with tenant(desk.campaign.pk):
        assert Session.objects.get(pk=session.pk).name == "Doors at the mill"
        assert Session.objects.of(desk.campaign).count() == 2
        verbs = set(AuditLine.objects.of(desk.campaign).values_list("verb", flat=True))
    assert {"session.make", "session.cancel", "session.restore", "session.change"} <= verbs


def test_a_page_of_sixty_people_asks_few_questions(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    session = a_session(desk.campaign, capacity=70)
    for number in range(60):
        signing_up.sign_up(session, a_volunteer(desk.campaign, f"V{number} Walker"), by=LINK)

    for name, where in (("session", {"session_id": session.pk}), ("door", {"session_id": session.pk}), ("list", {})):  # fmt: skip
        with django_assert_max_num_queries(22):  # type: ignore[operator]  # pytest-django's own
            desk.page(name, **where)


def test_bob_who_canvasses_may_not_see_who_comes(bob_signed_in: Client, campaign: Campaign) -> None:
    session = a_session(campaign)

    for name, where in (("list", {}), ("session", {"session_id": session.pk}), ("door", {"session_id": session.pk})):  # fmt: skip
        address = reverse(f"sessions:{name}", kwargs={"slug": campaign.slug, **where})
        assert bob_signed_in.get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_erasing_a_person_erases_their_sign_ups_and_their_home(campaign: Campaign) -> None:
    vera = a_volunteer(campaign, "Vera Walker", email="vera@example.org")
    home = a_session(campaign, at_a_home=True, place="7 Secret Row", contact_id=vera.pk)
    planning.change(home, {"place": "9 Secret Row"}, by=SETUP)
    signing_up.sign_up(home, vera, by=LINK)
    wim = signing_up.sign_up(home, a_volunteer(campaign, "Wim Two"), by=LINK)

    with tenant(campaign.pk):
        erase_person(campaign, vera.person_id, request=Erasure.Request.PERSON, by=SETUP)

    with tenant(campaign.pk):
        assert list(SignUp.objects.of(campaign)) == [wim]
        assert Message.objects.of(campaign).filter(sign_up=wim).exists()
        home.refresh_from_db()
        assert (home.place, home.contact_id, home.name) == ("", None, "Doors at the mill")
        assert home.edits.get().before == {}
