"""A request that the database stopped for another's sake: done once more, or said in a sentence with what was typed."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.actions import enrol_device, let_in
from hustings.apps.campaigns.actions import create_campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, intake
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.jobs.models import Job
from hustings.apps.outings import handing_out, views
from hustings.apps.outings.models import Checkout
from hustings.server.middleware import behind_the_wall
from tests.apps.canvass.cast import a_walk
from tests.apps.dispatch.cast import a_round, a_table, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

DEADLOCK, TWICE = "40P01", "23505"


def raised(state: str) -> None:
    """The database's own error of that kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"do $$ begin raise exception 'stopped' using errcode = '{state}'; end $$")


def stopping(
    times: int, then: Callable[..., object], state: str = DEADLOCK
) -> Callable[..., object]:
    """The same function, stopped after its work the first so many times."""
    left = [times]

    def stopped(*arguments: object, **options: object) -> object:
        found = then(*arguments, **options)
        if left[0]:
            left[0] -= 1
            raised(state)
        return found

    return stopped


def address_of(turf_id: int) -> str:
    return reverse("outings:check-out", args=["riverside", turf_id])


def hand_out(browser: Client, turf_id: int) -> HttpResponse:
    return browser.post(address_of(turf_id), {"holder": "Tom & Ann", "hours": "3"})


@pytest.mark.parametrize("state", [DEADLOCK, TWICE])
def test_a_form_that_was_stopped_is_done_once_more_and_nobody_notices(
    campaign: Campaign,
    alice: Membership,
    alice_signed_in: Client,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    turf = a_round(campaign)[0]
    monkeypatch.setattr(views.handing_out, "check_out", stopping(1, handing_out.check_out, state))

    answer = hand_out(alice_signed_in, turf.pk)

    assert answer.status_code == 302
    assert [str(each) for each in get_messages(answer.wsgi_request)] == ["Tom & Ann has it now."]
    with tenant(campaign.pk):
        assert Checkout.objects.get().holder == "Tom & Ann"


def test_one_that_is_stopped_again_says_so_and_keeps_what_was_typed(
    campaign: Campaign,
    alice: Membership,
    alice_signed_in: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turf = a_round(campaign)[0]
    monkeypatch.setattr(views.handing_out, "check_out", stopping(2, handing_out.check_out))

    answer = hand_out(alice_signed_in, turf.pk)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert '<input type="hidden" name="holder" value="Tom &amp; Ann">' in page
    assert '<input type="hidden" name="hours" value="3">' in page
    assert f'action="{address_of(turf.pk)}"' in page
    assert "Send it again" in page
    with tenant(campaign.pk):
        assert not Checkout.objects.exists()
    assert hand_out(alice_signed_in, turf.pk).status_code == 302


def test_whoever_scans_the_tables_code_is_handed_one_walk(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/w/t/{code_of(a_table(campaign, a_round(campaign)[0].action))}/"
    browser = Client()
    browser.get(address)
    monkeypatch.setattr(handing_out, "check_out", stopping(1, handing_out.check_out))

    answer = browser.post(address, {"first_name": "Tom"}, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/w/walk/")
    with tenant(campaign.pk):
        assert Checkout.objects.get().holder == "Tom"


def test_what_a_phone_sent_stays_on_it_and_counts_once_when_it_is_sent_again(
    campaign: Campaign, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant(campaign.pk):
        turf = a_walk(campaign, [1, 2])
        device, token = enrol_device(
            campaign, "Tom", expires_at=timezone.now() + timedelta(hours=4)
        )
        let_in(device, by=alice.actor)
        actions.ask_for_walk(turf, "Tom", device=device, by=alice.actor)
    phone = Client()
    phone.cookies[DEVICE_COOKIE] = token
    event = {
        "id": str(uuid4()), "sequence": 1, "turf": turf.pk, "door": 1, "kind": "no_answer",
        "occurred_at": timezone.now().isoformat(),
    }  # fmt: skip
    said = json.dumps({"events": [event]})
    monkeypatch.setattr(intake, "add_events", stopping(1, intake.add_events))

    first = phone.post("/w/events/", said, content_type="application/json")
    with tenant(campaign.pk):
        kept = CanvassEvent.objects.count()
    second = phone.post("/w/events/", said, content_type="application/json")

    assert (first.status_code, kept) == (503, 0)
    assert "stays on the phone" in first.json()["error"]
    assert [each["status"] for each in second.json()["events"]] == ["stored"]
    with tenant(campaign.pk):
        assert CanvassEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_found_at_the_end_of_a_request_is_done_once_more_too() -> None:
    campaign = create_campaign("riverside", "Riverside")
    turf = a_round(campaign)[0]
    turns = []

    def view(_: HttpRequest) -> HttpResponse:
        turns.append(turf.pk if turns else 10**9)  # the first time a walk that has gone meanwhile
        Checkout.objects.create(
            campaign=campaign, turf_id=turns[-1], holder="Tom", made_by="x", expires_at=timezone.now()
        )  # fmt: skip
        return HttpResponse(b"done")

    answer = behind_the_wall(campaign.pk, RequestFactory().post("/c/riverside/"), view)

    assert (answer.content, len(turns)) == (b"done", 2)
    with tenant(campaign.pk):
        assert Checkout.objects.get().turf_id == turf.pk


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_wait_for_each_other_both_come_through(pooled: None) -> None:
    campaign = create_campaign("riverside", "Riverside")
    together, said, turns = threading.Barrier(2), [], []

    def ask(first: int, second: int) -> None:
        def view(_: HttpRequest) -> HttpResponse:
            turns.append(first)
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [first])
                if turns.count(first) == 1:
                    together.wait()
                cursor.execute("select pg_advisory_xact_lock(%s)", [second])
            Job.objects.create(campaign=campaign, kind="x", asked_kind="x", asked_label=str(first))
            return HttpResponse(b"done")

        try:
            said.append(behind_the_wall(campaign.pk, RequestFactory().get("/"), view).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said == [b"done", b"done"]
    assert len(turns) == 3
    with tenant(campaign.pk):
        assert sorted(Job.objects.values_list("asked_label", flat=True)) == ["1", "2"]


def test_what_is_wrong_in_itself_is_still_shown_as_broken(campaign: Campaign) -> None:
    turns = []

    def view(_: HttpRequest) -> HttpResponse:
        turns.append(1)
        raised("22012")
        return HttpResponse()

    with pytest.raises(Exception, match="stopped"):
        behind_the_wall(campaign.pk, RequestFactory().get("/"), view)

    assert turns == [1]
