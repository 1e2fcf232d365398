"""Reports that come late or clash wait for an organiser; nothing is lost and nothing is overwritten."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.models import Device
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, tray
from hustings.apps.canvass.models import Answer, CanvassEvent, LateReport, WalkGrant
from hustings.apps.canvass.report import Somebody
from hustings.apps.outings import handing_out
from hustings.apps.outings.models import TurfDoor
from hustings.apps.people.models import Household, Person
from hustings.apps.places.models import Door
from hustings.core.errors import BadInput
from tests.apps.canvass.cast import a_phone, a_report, a_walk, replace
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(campaign: Campaign) -> Iterator[Person]:
    with tenant(campaign.pk):
        home = Household.objects.create(campaign=campaign, address_key="14 rathausgasse|")
        Door.objects.create(
            campaign=campaign, address_key="14 rathausgasse|", street="Rathausgasse", number="14"
        )
        yield Person.objects.create(
            campaign=campaign, household=home, forename="Mira", surname="Hasler", origin="contacts"
        )


@pytest.fixture
def turf(mira: Person) -> Turf:
    return a_walk(mira.campaign, [Door.objects.of(mira.campaign).get().pk])


@pytest.fixture
def phone(turf: Turf, alice: Membership) -> Device:
    return a_phone(turf, "Tom", alice)


def the_door(turf: Turf) -> int:
    return int(TurfDoor.objects.of(turf.campaign).get(turf=turf).door_id)


def over_by(how: str, turf: Turf, phone: Device) -> Device:
    """The phone, after its walk is over in this way."""
    past = timezone.now() - timedelta(minutes=1)
    if how == "retired":
        handing_out.retire(turf.campaign, turf.pk, by=SETUP)
    elif how == "handed back":
        actions.hand_back(WalkGrant.objects.of(turf.campaign).get(device=phone), by=phone.actor)
    elif how == "out of time":
        WalkGrant.objects.of(turf.campaign).update(expires_at=past)
        Device.objects.of(turf.campaign).update(expires_at=past)
    else:
        actions.take_back(turf.campaign, [phone], by=SETUP)
    return Device.objects.of(turf.campaign).select_related("campaign").get(pk=phone.pk)


@pytest.mark.parametrize("how", ["handed back", "out of time", "taken away"])
def test_what_comes_late_waits_and_counts_when_it_is_accepted(
    how: str, turf: Turf, phone: Device, mira: Person
) -> None:
    campaign = turf.campaign
    report = a_report(turf, the_door(turf), "answered", person=mira.pk, support="2")
    late_phone = over_by(how, turf, phone)

    first, again = (actions.record(late_phone, [report])[0] for _ in range(2))

    assert (first.status, again.status) == ("late", "late")
    assert not CanvassEvent.objects.of(campaign).exists()
    (entry,) = tray.waiting(campaign)
    assert (entry.person, entry.came.what, entry.there) == ("Mira Hasler", "Support", None)

    tray.settle(campaign, "late", entry.id, counts=True, by=SETUP)

    assert CanvassEvent.objects.of(campaign).get().id == report.id
    assert Answer.objects.of(campaign).get().support == "2"
    assert TurfDoor.objects.of(campaign).get(turf=turf).live
    assert actions.record(late_phone, [report])[0].status == "known"
    assert tray.waiting(campaign) == []


def test_a_late_report_of_a_door_that_never_was_is_refused_and_the_others_wait(
    turf: Turf, phone: Device
) -> None:
    late_phone = over_by("retired", turf, phone)
    reports = [a_report(turf, 10**12), a_report(turf, the_door(turf))]

    outcomes = actions.record(late_phone, reports)

    assert [outcome.status for outcome in outcomes] == ["refused", "late"]
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_a_late_report_of_a_walk_put_away_counts_and_holds_no_door(
    turf: Turf, phone: Device
) -> None:
    late_phone = over_by("retired", turf, phone)
    actions.record(late_phone, [a_report(turf, the_door(turf))])

    tray.settle(turf.campaign, "late", tray.waiting(turf.campaign)[0].id, counts=True, by=SETUP)

    assert CanvassEvent.objects.of(turf.campaign).count() == 1
    assert not TurfDoor.objects.of(turf.campaign).get(turf=turf).live


def test_what_is_set_aside_counts_nowhere_and_is_kept(turf: Turf, phone: Device) -> None:
    late_phone = over_by("handed back", turf, phone)
    actions.record(late_phone, [a_report(turf, the_door(turf))])
    (entry,) = tray.waiting(turf.campaign)

    tray.settle(turf.campaign, "late", entry.id, counts=False, by=SETUP)

    assert tray.waiting(turf.campaign) == []
    assert not CanvassEvent.objects.of(turf.campaign).exists()
    assert LateReport.objects.of(turf.campaign).count() == 1
    with pytest.raises(BadInput, match="already"):
        tray.settle(turf.campaign, "late", entry.id, counts=True, by=SETUP)
    verbs = set(AuditLine.objects.of(turf.campaign).values_list("verb", flat=True))
    assert {"event.late", "event.settle"} <= verbs


def test_somebody_met_late_is_added_when_the_report_is_accepted(turf: Turf, phone: Device) -> None:
    door = the_door(turf)
    met = Somebody(uuid.uuid4(), door, "Jonas", "Frick")
    report = a_report(turf, door, "answered", met=met.id, support="1")
    actions.record(over_by("handed back", turf, phone), [report], [met])
    (entry,) = tray.waiting(turf.campaign)

    tray.settle(turf.campaign, "late", entry.id, counts=True, by=SETUP)

    assert entry.person == "Jonas Frick"
    assert Answer.objects.of(turf.campaign).get().person.surname == "Frick"


def test_a_walk_that_a_phone_never_carried_is_refused_as_before(turf: Turf, phone: Device) -> None:
    nobodys = type(turf)(pk=turf.pk + 1_000_000)

    (outcome,) = actions.record(phone, [a_report(nobodys, the_door(turf))])

    assert outcome.status == "refused"
    assert not LateReport.objects.of(turf.campaign).exists()


def test_of_two_reports_under_one_id_the_organiser_says_which_counts(
    turf: Turf, phone: Device, mira: Person
) -> None:
    campaign = turf.campaign
    first = a_report(turf, the_door(turf), "answered", person=mira.pk, support="2")
    actions.record(phone, [first])
    (outcome,) = actions.record(phone, [replace(first, support="4")])
    (entry,) = tray.waiting(campaign)

    assert outcome.status == "clash"
    assert entry.there is not None
    assert (entry.there.what, entry.came.what) == ("Support", "Opposed")

    tray.settle(campaign, "clash", entry.id, counts=True, by=SETUP)

    assert Answer.objects.of(campaign).get().support == "4"
    events = list(CanvassEvent.objects.of(campaign).order_by("position"))
    assert [event.support for event in events] == ["2", "4"]
    assert events[1].corrects == first.id


def test_what_waits_is_three_questions_and_one_for_whole_phones_however_much_it_is(
    turf: Turf, phone: Device, mira: Person
) -> None:
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    first = a_report(turf, the_door(turf), "answered", person=mira.pk, support="2")
    for said in (first, replace(first, support="4"), replace(first, support="5")):
        actions.record(phone, [said])
    late = [a_report(turf, the_door(turf)) for _ in range(3)]
    actions.record(over_by("handed back", turf, phone), late)

    with connection.execute_wrapper(note):
        entries = tray.waiting(turf.campaign)
        batches = tray.batches(turf.campaign)
    assert len(asked) == 3 + 1, asked
    assert [(entry.about, entry.door) for entry in entries] == [
        *[("late", "14 Rathausgasse")] * 3, *[("clash", "14 Rathausgasse")] * 2,
    ]  # fmt: skip
    assert {entry.there.phone for entry in entries if entry.there} == {"Tom"}
    assert [(each.phone, each.reports) for each in batches] == [("Tom", 3)]


def test_keeping_what_is_there_adds_nothing(turf: Turf, phone: Device, mira: Person) -> None:
    first = a_report(turf, the_door(turf), "answered", person=mira.pk, support="2")
    for said in (first, replace(first, support="4")):
        actions.record(phone, [said])
    (entry,) = tray.waiting(turf.campaign)

    tray.settle(turf.campaign, "clash", entry.id, counts=False, by=SETUP)

    assert Answer.objects.of(turf.campaign).get().support == "2"
    assert CanvassEvent.objects.of(turf.campaign).count() == 1


def test_a_form_sent_after_the_walk_is_over_is_kept_and_decided_on_the_page(
    turf: Turf, mira: Person, alice: Membership, alice_signed_in: Client
) -> None:
    campaign, door = turf.campaign, the_door(turf)
    device, token = actions.ask_for_walk(turf, "Tom", by=alice.actor)
    browser = Client()
    browser.cookies[DEVICE_COOKIE] = token or ""
    over_by("out of time", turf, device)

    kept = browser.post(
        reverse("phone:door", args=[turf.pk, door]),
        {f"said-{mira.pk}": "answered:3", f"id-{mira.pk}": str(uuid.uuid4())},
    )
    sent = browser.post(
        reverse("phone:events"),
        json.dumps({"events": [
            {"id": str(uuid.uuid4()), "sequence": 9, "turf": turf.pk, "door": door,
             "kind": "no_answer", "occurred_at": "2026-06-13T12:00:00+00:00"}]}),
        content_type="application/json",
    )  # fmt: skip
    slug = {"slug": campaign.slug}
    shown = alice_signed_in.get(reverse("phones:tray", kwargs=slug)).content.decode()
    phones = alice_signed_in.get(reverse("phones:list", kwargs=slug)).content.decode()
    entry = tray.waiting(campaign)[0]
    alice_signed_in.post(
        reverse("phones:settle", kwargs=slug), {"entry": f"late-{entry.id}", "counts": "yes"}
    )

    assert kept.status_code == 302
    assert [event["status"] for event in sent.json()["events"]] == ["late"]
    assert "Undecided" in shown
    assert "Mira Hasler" in shown
    assert "2 reports wait" in phones
    assert Answer.objects.of(campaign).get().support == "3"
    assert browser.get(reverse("phone:door", args=[turf.pk, door])).status_code in {403, 404}
