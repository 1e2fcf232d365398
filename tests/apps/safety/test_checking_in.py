"""A volunteer who checks in: overdue once, told to the organisers once, settled with a note; and nothing kept."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.actions import add_member
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions as canvass
from hustings.apps.erasure.actions import erase_person
from hustings.apps.people.models import Person
from hustings.apps.safety import actions, mailing, overdue, queries
from hustings.apps.safety.models import Alert, Settlement, Sign, Watch
from tests.apps.canvass.cast import a_report, a_walk
from tests.apps.cast import SETUP, alice, bob, campaign, charlie, olive, rivals, signed_in
from tests.apps.crossing import crossing
from tests.apps.mail_server import MailServer, mail_server

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

__all__ = ["alice", "bob", "campaign", "charlie", "mail_server", "olive", "rivals"]
pytestmark = pytest.mark.django_db(transaction=True)
PHONE_OF_THE_LEAD = "+44 7700 900123"


class Shift:
    """Bob's phone with its walk, and the organiser who waits for him."""

    def __init__(self, campaign: Campaign, alice: Membership) -> None:
        self.campaign, self.alice = campaign, alice
        with tenant(campaign.pk):
            self.turf: Turf = a_walk(campaign, [1, 2, 3])
            self.device: Device
            self.device, token = canvass.ask_for_walk(self.turf, "Bob", by=alice.actor)
        self.client = Client()
        self.client.cookies[DEVICE_COOKIE] = str(token)
        self.desk = signed_in(alice)
        self.watch_id = str(uuid.uuid4())

    def address(self, name: str) -> str:
        return reverse(f"check-in:{name}", kwargs={"turf_id": self.turf.pk})

    def of_desk(self, name: str, **more: object) -> str:
        return reverse(f"safety:{name}", kwargs={"slug": self.campaign.slug, **more})

    def offer(self) -> None:
        assert (
            self.desk.post(self.of_desk("offer"), {"lead_phone": PHONE_OF_THE_LEAD}).status_code
            == 302
        )

    def say(self, *signs: dict[str, Any], ago_s: float = 0, **more: Any) -> HttpResponse:
        watch = {"id": self.watch_id, "every_minutes": 30, "answers_count": False, "ago_s": ago_s}
        said = {"watch": {**watch, **more}, "signs": list(signs)}
        return self.client.post(self.address("signs"), json.dumps(said), "application/json")

    def one(self, kind: str, ago_s: float = 0) -> dict[str, Any]:
        return {"id": str(uuid.uuid4()), "kind": kind, "ago_s": ago_s}

    def page(self) -> str:
        return self.desk.get(self.of_desk("desk")).content.decode()

    def line(self) -> str:
        return self.desk.get(self.of_desk("line")).content.decode()

    def alerts(self) -> list[Alert]:
        with tenant(self.campaign.pk):
            return list(Alert.objects.of(self.campaign).order_by("pk"))


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


MINUTE = 60


def test_nobody_can_begin_where_the_campaign_does_not_offer_it(shift: Shift) -> None:
    asked = shift.client.get(shift.address("offered")).json()
    answer = shift.say()

    assert asked == {"offer": None, "watch": None}
    assert answer.status_code == 422
    assert "does not offer" in answer.json()["error"]


def test_a_phone_learns_what_is_offered_and_whom_to_call(shift: Shift) -> None:
    shift.offer()

    asked = shift.client.get(shift.address("offered")).json()

    assert asked["offer"] == {"lead_phone": PHONE_OF_THE_LEAD, "every_minutes": [15, 30, 60, 90]}


def test_beginning_and_a_sign_sent_twice_are_there_once(shift: Shift) -> None:
    shift.offer()
    sign = shift.one("well")

    first, second = shift.say(sign), shift.say(sign)

    assert first.json()["taken"] == second.json()["taken"] == [sign["id"]]
    assert first.json()["watch"] == shift.watch_id
    with tenant(shift.campaign.pk):
        assert Watch.objects.of(shift.campaign).count() == 1
        assert Sign.objects.of(shift.campaign).count() == 1
        verbs = AuditLine.objects.of(shift.campaign).filter(verb__startswith="safety.")
        assert [line.verb for line in verbs.order_by("pk")] == [
            "safety.offer", "safety.begin", "safety.well",
        ]  # fmt: skip


def test_somebody_silent_is_overdue_once_and_the_organisers_are_told_once(shift: Shift) -> None:
    shift.offer()
    shift.say(ago_s=36 * MINUTE)

    raised = [overdue.look_after_everybody() for _round in range(3)]

    assert raised == [1, 0, 0]
    assert [alert.kind for alert in shift.alerts()] == ["overdue"]
    assert "Bob is overdue" in shift.line()
    assert re.search(r"Bob</bdi>.*overdue", shift.page())
    [message] = mail.outbox
    assert message.to == [shift.alice.user.email]
    assert "Bob is overdue (walk 7)" in message.subject
    assert "Last door recorded: none yet." in message.body


def test_nobody_is_overdue_before_the_phone_has_reminded_for_a_while(shift: Shift) -> None:
    shift.offer()
    shift.say(ago_s=34 * MINUTE)

    assert overdue.look_after_everybody() == 0
    assert shift.line().strip() == ""


def test_a_sign_counts_when_it_was_tapped_and_not_when_it_arrived(shift: Shift) -> None:
    shift.offer()
    shift.say(shift.one("well", ago_s=50 * MINUTE), ago_s=80 * MINUTE)

    assert overdue.look_after_everybody() == 1  # nothing was heard for fifty minutes
    shift.say(shift.one("well", ago_s=1 * MINUTE))
    assert shift.line().strip() == ""  # heard from since: the page says so, and nobody is sent out
    assert "heard from since" in shift.page()
    assert overdue.look_after_everybody() == 0


@pytest.mark.parametrize(("agreed", "raised"), [(True, 0), (False, 1)])
def test_an_answer_is_a_sign_of_life_only_where_the_volunteer_agreed(
    agreed: bool, raised: int, shift: Shift
) -> None:
    shift.offer()
    shift.say(ago_s=40 * MINUTE, answers_count=agreed)
    with tenant(shift.campaign.pk):
        at = timezone.now() - timedelta(minutes=3)
        canvass.record(shift.device, [a_report(shift.turf, 2, occurred_at=at)])

    assert overdue.look_after_everybody() == raised
    if raised:
        assert "Last door recorded: 2 Mill Lane." in mail.outbox[0].body
        assert "2 Mill Lane" in shift.page()


def test_a_call_for_help_is_on_the_page_and_in_the_mail_at_once(shift: Shift) -> None:
    shift.offer()
    call = shift.one("help")
    shift.say(shift.one("well"), call)
    shift.say(call)

    assert [alert.kind for alert in shift.alerts()] == ["help"]
    assert "Bob needs help" in shift.line()
    assert [message.subject for message in mail.outbox] == ["Bob needs help (walk 7)"]
    shift.say(shift.one("well"))
    assert "Bob needs help" in shift.line()  # somebody looks after it, whatever is tapped later


def test_mail_that_could_not_be_sent_is_sent_the_next_time(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift.offer()
    shift.say(ago_s=60 * MINUTE)

    def is_down(_server: object) -> None:
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.open", is_down)
        overdue.look_after_everybody()
        assert mail.outbox == []

    overdue.look_after_everybody()
    overdue.look_after_everybody()

    assert len(mail.outbox) == 1


def test_an_alert_whose_worker_fails_after_its_mail_goes_out_again_only_when_it_must_have_died(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift.offer()
    shift.say(ago_s=60 * MINUTE)
    overdue.raise_overdue(shift.campaign)

    def falls_over(*_arguments: object) -> None:
        mailing_for_real(*_arguments)
        raise OperationalError("the database is gone")

    mailing_for_real = mailing.hand_over
    with monkeypatch.context() as broken:
        broken.setattr(mailing, "hand_over", falls_over)
        with pytest.raises(OperationalError):
            mailing.mail_what_waits(shift.campaign)
    assert len(mail.outbox) == 1

    mailing.mail_what_waits(shift.campaign)
    assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + mailing.CLAIMED_FOR + timedelta(minutes=1)):
        mailing.mail_what_waits(shift.campaign)
        mailing.mail_what_waits(shift.campaign)
    assert len(mail.outbox) == 2


def test_one_lead_with_a_bad_address_keeps_an_alert_from_nobody_else(
    shift: Shift, mail_server: MailServer
) -> None:
    add_member(shift.campaign, "jürgen@example.org", "organiser", by=SETUP)
    shift.offer()
    shift.say(ago_s=60 * MINUTE)

    overdue.look_after_everybody()
    overdue.look_after_everybody()

    assert mail_server.taken == [shift.alice.user.email]


def test_an_alert_is_settled_while_its_mail_is_on_the_way(shift: Shift) -> None:
    shift.offer()
    shift.say(ago_s=60 * MINUTE)
    overdue.raise_overdue(shift.campaign)
    [alert] = shift.alerts()

    def is_settled() -> None:
        assert Settlement.objects.get().note == "At home."

    wrong = crossing(
        shift.campaign,
        [lambda: mailing.mail_what_waits(shift.campaign), is_settled],
        lambda: actions.settle(alert, "At home.", by=shift.alice.actor),
    )

    assert wrong == []
    assert len(mail.outbox) == 1


def test_an_alert_is_settled_with_a_note_and_taken_up_again(shift: Shift) -> None:
    shift.offer()
    shift.say(ago_s=60 * MINUTE)
    overdue.look_after_everybody()
    [alert] = shift.alerts()
    settle = shift.of_desk("settle", alert_id=alert.pk)

    assert shift.desk.post(settle, {"note": "  "}).status_code == 422
    assert shift.desk.post(settle, {"note": "Flat battery, at home."}).status_code == 302
    assert shift.desk.post(settle, {"note": "Again."}).status_code == 422
    assert shift.line().strip() == ""
    assert "Flat battery, at home." in shift.page()

    with tenant(shift.campaign.pk):
        made = Settlement.objects.of(shift.campaign).get()
    shift.desk.post(shift.of_desk("back", settlement_id=made.pk))
    assert "Bob is overdue" in shift.line()
    assert shift.desk.post(settle, {"note": "Home after all."}).status_code == 302
    with tenant(shift.campaign.pk):
        assert Settlement.objects.of(shift.campaign).count() == 2


@pytest.mark.parametrize("how", ["done", "handed back", "taken back", "the walk's time is over"])
def test_nobody_is_missed_once_it_is_over(how: str, shift: Shift) -> None:
    shift.offer()
    shift.say(ago_s=40 * MINUTE)
    if how == "done":
        shift.say(shift.one("done"))
    elif how == "handed back":
        with tenant(shift.campaign.pk):
            grant = shift.device.grants.get()
            canvass.hand_back(grant, by=shift.device.actor)
    elif how == "taken back":
        with tenant(shift.campaign.pk):
            canvass.take_back(shift.campaign, [shift.device], by=shift.alice.actor, why="tests")
    else:
        with tenant(shift.campaign.pk):
            over = timezone.now() - timedelta(minutes=20)
            Watch.objects.of(shift.campaign).update(ends_at=over)

    assert overdue.look_after_everybody() == 0
    assert shift.alerts() == []


def test_another_choice_ends_the_one_before(shift: Shift) -> None:
    shift.offer()
    shift.say()
    shift.watch_id = str(uuid.uuid4())
    answer = shift.say(every_minutes=60)

    assert answer.json()["watch"] == shift.watch_id
    with tenant(shift.campaign.pk):
        [out] = queries.out_now(shift.campaign)
    assert out.every_minutes == 60


def test_signs_reach_us_after_the_offer_was_taken_back_and_nobody_else_can_begin(
    shift: Shift,
) -> None:
    shift.offer()
    shift.say()
    shift.desk.post(shift.of_desk("offer"), {"stop": "yes"})

    assert shift.say(shift.one("well")).status_code == 200
    shift.watch_id = str(uuid.uuid4())
    assert shift.say().status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"every_minutes": 7},
        {"every_minutes": "30"},
        {"ago_s": -1},
        {"ago_s": "soon"},
        {"id": "me"},
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(wrong: dict[str, Any], shift: Shift) -> None:
    shift.offer()

    answer = shift.say(**wrong)

    assert answer.status_code == 422
    assert answer.json()["error"]
    with tenant(shift.campaign.pk):
        assert not Watch.objects.of(shift.campaign).exists()


def test_no_place_is_kept_and_everything_goes_a_week_after_the_walk(shift: Shift) -> None:
    shift.offer()
    shift.say(shift.one("well"), ago_s=60 * MINUTE)
    shift.say(shift.one("help"))
    columns = {f.name for model in (Watch, Sign, Alert) for f in model._meta.get_fields()}
    assert not {"lon", "lat", "place", "door", "door_id", "location"} & columns
    with tenant(shift.campaign.pk):
        [watch] = Watch.objects.of(shift.campaign)
        assert watch.kept_until == timezone.localtime(watch.ends_at + timedelta(days=7)).date()
        today = timezone.localdate()
        Watch.objects.of(shift.campaign).update(kept_until=today)
    assert overdue.forget(shift.campaign) == 0
    with tenant(shift.campaign.pk):
        Watch.objects.of(shift.campaign).update(kept_until=today - timedelta(days=1))

    overdue.look_after_everybody()

    with tenant(shift.campaign.pk):
        for model in (Watch, Sign, Alert):
            assert not model.objects.of(shift.campaign).exists()
        assert AuditLine.objects.of(shift.campaign).filter(verb="safety.forget").count() == 1


def test_a_phone_of_another_campaign_and_one_that_waits_say_nothing_here(
    shift: Shift, rivals: Campaign, charlie: Membership
) -> None:
    shift.offer()
    with tenant(rivals.pk):
        theirs = a_walk(rivals, [1])
        _device, token = canvass.ask_for_walk(theirs, "Rita", by=charlie.actor)
    stranger = Client()
    stranger.cookies[DEVICE_COOKIE] = str(token)
    with tenant(shift.campaign.pk):
        _device, waiting = canvass.ask_for_walk(shift.turf, "Walt")
    waits = Client()
    waits.cookies[DEVICE_COOKIE] = str(waiting)

    said = json.dumps({"watch": {"id": str(uuid.uuid4()), "every_minutes": 30, "ago_s": 0}})
    for client, status in ((stranger, 404), (waits, 403), (Client(), 403)):
        assert client.post(shift.address("signs"), said, "application/json").status_code == status
        assert client.get(shift.address("offered")).status_code == status
    with tenant(shift.campaign.pk):
        assert not Watch.objects.of(shift.campaign).exists()


def test_only_whoever_hands_out_walks_sees_who_is_overdue(
    shift: Shift, bob: Membership, olive: Membership, charlie: Membership
) -> None:
    shift.offer()
    shift.say(ago_s=60 * MINUTE)
    overdue.look_after_everybody()

    for member in (bob, olive, charlie):
        for page in ("desk", "line"):
            answer = signed_in(member).get(shift.of_desk(page))
            assert answer.status_code in {403, 404}
            shown = answer.content.decode().split("<main", 1)[-1]
            assert not re.search(r"\bBob\b", shown) or member is bob


def test_erasing_a_volunteer_takes_their_check_ins_and_their_name_out_of_notes(
    shift: Shift,
) -> None:
    shift.offer()
    shift.say(shift.one("well"), ago_s=60 * MINUTE)
    with tenant(shift.campaign.pk):
        other = canvass.ask_for_walk(shift.turf, "Cleo", by=shift.alice.actor)[0]
        Watch.objects.create(
            id=uuid.uuid4(), campaign=shift.campaign, device=other, turf=shift.turf,
            every_minutes=30, answers_count=False, began_at=timezone.now() - timedelta(hours=1),
            ends_at=timezone.now() + timedelta(hours=1), kept_until=timezone.localdate(),
        )  # fmt: skip
        vera = Person.objects.create(
            campaign=shift.campaign,
            forename="Vera",
            surname="Quillfeather",
            name_key="quillfeather vera",
        )
    overdue.look_after_everybody()
    theirs = next(a for a in shift.alerts() if a.watch_id != uuid.UUID(shift.watch_id))
    actions.settle(theirs, "Vera Quillfeather has her.", by=shift.alice.actor)

    erase_person(
        shift.campaign, vera.pk, request="person", by=shift.alice.actor, phones=[shift.device.pk]
    )

    with tenant(shift.campaign.pk):
        assert [watch.device_id for watch in Watch.objects.of(shift.campaign)] == [other.pk]
        assert not Sign.objects.of(shift.campaign).exists()
        assert [alert.pk for alert in Alert.objects.of(shift.campaign)] == [theirs.pk]
        assert Settlement.objects.of(shift.campaign).get().note == ""
