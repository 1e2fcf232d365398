"""A file that a phone saved because it could not send: the same events, each there once."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass.models import CanvassEvent, LateReport
from hustings.apps.outings import handing_out
from hustings.apps.people.models import Person
from tests.apps.canvass.test_phone_page import Shift, a_batch, post

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(campaign: Campaign, alice: Membership) -> Shift:
    return Shift(campaign, alice)


def file_of(shift: Shift, *events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "what": "unsent answers", "version": 1, "saved_at": "2026-06-13T14:00:00Z",
        "phone": {"id": str(shift.device.public_id), "label": "Tom"}, "events": list(events),
        "people": [], **more,
    }  # fmt: skip


def upload(client: Client, campaign: Campaign, content: bytes) -> HttpResponse:
    return client.post(  # type: ignore[return-value]  # the test client's own type
        reverse("phones:take-in", args=[campaign.slug]),
        {"file": SimpleUploadedFile("unsent.json", content)},
        follow=True,
    )


def test_the_file_and_the_phone_together_are_each_event_once(
    shift: Shift, alice_signed_in: Client
) -> None:
    sent, unsent = a_batch(shift), a_batch(shift, sequence=2, door=shift.doors[1].pk)
    post(shift, sent)
    content = json.dumps(file_of(shift, sent, unsent)).encode()

    first = upload(alice_signed_in, shift.campaign, content)
    again = upload(alice_signed_in, shift.campaign, content)
    later = post(shift, sent, unsent)

    assert "1 new, 1 here already" in first.content.decode()
    assert "0 new, 2 here already" in again.content.decode()
    assert [one["status"] for one in json.loads(later.content)["events"]] == ["known", "known"]
    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 2
        assert AuditLine.objects.filter(verb="phone.take_in").count() == 2


def test_somebody_met_comes_with_the_file(shift: Shift, alice_signed_in: Client) -> None:
    met = str(uuid.uuid4())
    event = a_batch(shift, kind="refused", met=met)
    people = [{"id": met, "door": shift.doors[0].pk, "forename": "Jon", "surname": ""}]

    upload(
        alice_signed_in, shift.campaign, json.dumps(file_of(shift, event, people=people)).encode()
    )

    with tenant(shift.campaign.pk):
        assert Person.objects.filter(forename="Jon", origin="door").count() == 1


def test_a_file_of_a_walk_that_is_over_waits_for_a_decision(
    shift: Shift, alice: Membership, alice_signed_in: Client
) -> None:
    handing_out.return_turf(shift.campaign, shift.turf.pk, by=alice.actor)

    page = upload(
        alice_signed_in, shift.campaign, json.dumps(file_of(shift, a_batch(shift))).encode()
    )

    assert "1 to decide about" in page.content.decode()
    with tenant(shift.campaign.pk):
        assert (CanvassEvent.objects.count(), LateReport.objects.count()) == (0, 1)


def test_what_cannot_be_is_said_and_the_rest_is_taken(
    shift: Shift, alice_signed_in: Client
) -> None:
    bad, good = a_batch(shift, kind="asleep"), a_batch(shift)

    page = upload(alice_signed_in, shift.campaign, json.dumps(file_of(shift, bad, good)).encode())

    assert "1 new" in page.content.decode()
    assert "1 not taken" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a file that the phone app saved"),
        (b"[" * 9000, "not a file that the phone app saved"),
        (b'{"what": "holiday"}', "not a file that the phone app saved"),
        (b'{"what": "unsent answers", "version": 2}', "newer app"),
        (b'{"what": "unsent answers", "version": 1}', "No phone of this campaign"),
        (
            b'{"what": "unsent answers", "version": 1, "phone": {"id": "7"}}',
            "No phone of this campaign",
        ),
        (b"x" * (4 * 1024 * 1024 + 1), "larger than any"),
    ],
    ids=["empty", "deep", "else", "newer", "nobody", "odd", "large"],
)
def test_another_file_is_refused_with_a_sentence(
    content: bytes, sentence: str, shift: Shift, alice_signed_in: Client
) -> None:
    page = upload(alice_signed_in, shift.campaign, content)

    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_file_of_another_campaigns_phone_is_nobodys(
    shift: Shift, charlie: Membership, charlie_signed_in: Client
) -> None:
    content = json.dumps(file_of(shift, a_batch(shift))).encode()

    page = upload(charlie_signed_in, charlie.campaign, content)

    assert page.status_code == 422
    with tenant(shift.campaign.pk):
        assert CanvassEvent.objects.count() == 0


def test_a_canvasser_takes_nothing_in(shift: Shift, bob_signed_in: Client) -> None:
    page = upload(
        bob_signed_in, shift.campaign, json.dumps(file_of(shift, a_batch(shift))).encode()
    )

    assert page.status_code == 403
