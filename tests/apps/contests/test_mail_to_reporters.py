"""Reporters get their link by e-mail days before: once each, anew where it was not opened, and never past a refusal."""

from __future__ import annotations

import re
import smtplib
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import inviting, letters, mailing
from hustings.apps.contests.models import Contest, Report, Reporter, ReporterLetter, ReporterLink
from hustings.apps.people.models import ContactPoint, DoNotContact
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP, signed_in
from tests.apps.contests.cast import a_caucus, a_unit, event, send
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.mail import EmailMessage

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.models import Unit

LINK = re.compile(r"/night/([0-9a-f]{32}\.\S+)/")


@pytest.fixture
def contest(campaign: Campaign) -> Iterator[Contest]:
    with tenant(campaign.pk):
        yield a_caucus(campaign, opens_at=timezone.now() + timedelta(days=5))


@pytest.fixture
def mill(contest: Contest) -> Unit:
    return a_unit(contest, "Mill")


def invited(unit: Unit, name: str, email: str | None = None, **more: Any) -> Reporter:
    email = f"{name.lower()}@example.org" if email is None else email
    reporter, _token = inviting.invite(
        unit.contest, name, [unit], source="captain", email=email, by=SETUP, **more
    )
    return reporter


def sent(contest: Contest) -> list[EmailMessage]:
    """What the worker sends now."""
    mail.outbox.clear()
    mailing.mail_what_waits(contest.campaign)
    return list(mail.outbox)


def an_hour_later() -> None:
    for letter in ReporterLetter.objects.all():
        earlier = {
            name: value - timedelta(hours=2)
            for name in ("asked_at", "claimed_at", "sent_at")
            if (value := getattr(letter, name)) is not None
        }
        ReporterLetter.objects.filter(pk=letter.pk).update(**earlier)


def address(contest: Contest, name: str, **more: object) -> str:
    return reverse(name, kwargs={"slug": contest.campaign.slug, "contest_id": contest.pk, **more})


def test_the_mail_says_what_for_from_where_and_since_when_and_its_link_reports(
    contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob")
    letters.ask(bob, by=SETUP)

    [message] = sent(contest)

    assert message.to == ["bob@example.org"]
    assert "Caucus" in message.subject
    assert "Mill" in message.body
    [token] = LINK.findall(str(message.body))
    Contest.objects.update(opens_at=timezone.now() - timedelta(hours=1))
    assert send(token, event(mill))[0]["status"] == "stored"
    assert Report.objects.get().reporter == bob


def test_a_mail_is_sent_once_however_often_workers_look_and_buttons_are_pressed(
    contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob")
    letters.ask(bob, by=SETUP)
    with pytest.raises(BadInput, match="waits already"):
        letters.ask(bob, by=SETUP)
    assert letters.ask_all(contest, again=False, by=SETUP) == 0

    assert len(sent(contest)) == 1
    assert sent(contest) == []
    with pytest.raises(BadInput, match="within the last hour"):
        letters.ask(bob, by=SETUP)
    assert letters.ask_all(contest, again=True, by=SETUP) == 0
    assert ReporterLetter.objects.get().sent_at is not None


def test_a_worker_that_died_while_it_sent_leaves_a_mail_that_is_not_sent_again_and_is_shown(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    letter = letters.ask(invited(mill, "Bob"), by=SETUP)
    ReporterLetter.objects.filter(pk=letter.pk).update(claimed_at=timezone.now())

    assert sent(contest) == []
    page = alice_signed_in.get(address(contest, "contests:reporters")).content.decode()
    assert "may have been mailed" in page


@pytest.mark.parametrize(
    ("where", "error", "dropped", "waits"),
    [
        ("open", ConnectionRefusedError(), "", True),
        ("open", smtplib.SMTPConnectError(421, "busy"), "", True),
        ("open", socket.gaierror(), "", True),
        ("open", TimeoutError(), "", True),
        ("send_messages", smtplib.SMTPRecipientsRefused({"bob": (550, b"no")}), "failed", False),
        ("send_messages", ValueError("no address"), "failed", False),
        ("send_messages", TimeoutError(), "", False),
    ],
)
def test_a_mail_server_that_fails_is_tried_again_only_where_nothing_can_have_left(
    contest: Contest,
    mill: Unit,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    error: Exception,
    dropped: str,
    waits: bool,
) -> None:
    def fails(*_: object) -> int:
        raise error

    letters.ask(invited(mill, "Bob"), by=SETUP)
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, where, fails)
        assert sent(contest) == []

    letter = ReporterLetter.objects.get()
    assert (letter.dropped, letter.waits) == (dropped, waits)
    # a link that surely nobody has is none
    assert ReporterLink.objects.count() == (1 if waits or dropped else 2)
    assert len(sent(contest)) == (1 if waits else 0)


def test_again_goes_to_those_who_were_mailed_and_have_not_opened_and_to_nobody_else(
    contest: Contest, mill: Unit
) -> None:
    bob, ada = invited(mill, "Bob"), invited(mill, "Ada")
    assert letters.ask_all(contest, again=False, by=SETUP) == 2
    first = {message.to[0]: LINK.findall(str(message.body))[0] for message in sent(contest)}
    eve = invited(mill, "Eve")
    Client().get(reverse("night:facts", args=[first["ada@example.org"]]))
    an_hour_later()

    assert letters.ask_all(contest, again=True, by=SETUP) == 1
    [message] = sent(contest)

    assert message.to == ["bob@example.org"]
    [second] = LINK.findall(str(message.body))
    for token in (first["bob@example.org"], second):
        answer = Client().get(reverse("night:facts", args=[token]))
        assert answer.status_code == 200, "either link works"
    found = letters.mailed(contest)
    assert (found.sent, found.opened, found.new, found.again) == (2, 2, (eve,), ())
    assert {bob, ada} == set(Reporter.objects.filter(letters__isnull=False))


def test_nobody_is_written_to_who_does_not_want_it_or_whose_address_is_wrong(
    contest: Contest, mill: Unit
) -> None:
    campaign = contest.campaign
    tess, wanda, carl = (
        a_volunteer(campaign, name, email=f"{name.lower()}@example.org")
        for name in ("Tess", "Wanda", "Carl")
    )
    DoNotContact.objects.create(campaign=campaign, person=tess.person, channel="email")
    ContactPoint.objects.filter(person=wanda.person).update(status=ContactPoint.Status.WRONG)
    invited(mill, "Tess", "TESS@example.org")
    invited(mill, "Wanda")
    invited(mill, "Carl", "", volunteer=carl)
    invited(mill, "Dora", "")
    left = a_volunteer(campaign, "Left", email="left@example.org", left_at=timezone.now())
    invited(mill, "Left", "", volunteer=left)
    assert letters.ask_all(contest, again=False, by=SETUP) == 4

    assert [message.to for message in sent(contest)] == [["carl@example.org"]]
    assert [one.dropped for one in ReporterLetter.objects.order_by("pk")] == [
        "",
        "no_address",
        "no_address",
        "no_address",
    ]


def test_whose_link_is_ended_before_the_mail_goes_gets_none_and_after_the_day_nobody_does(
    contest: Contest, mill: Unit
) -> None:
    bob, ada = invited(mill, "Bob"), invited(mill, "Ada")
    letters.ask_all(contest, again=False, by=SETUP)
    inviting.end_links(bob, by=SETUP)
    assert [message.to for message in sent(contest)] == [["ada@example.org"]]

    letters.ask(bob, by=SETUP)
    Contest.objects.update(held_on=timezone.localdate() - timedelta(days=2))
    assert sent(contest) == []
    assert [one.dropped for one in bob.letters.order_by("pk")] == ["ended", "over"]
    assert ada.letters.get().sent_at is not None


def test_alice_invites_with_mail_and_sees_who_was_mailed_and_who_was_not(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    said = {
        "unit": mill.pk, "name": "Bob", "email": "bob@example.org", "source": "captain", "mail": "on"
    }  # fmt: skip
    page = alice_signed_in.post(address(contest, "contests:invite"), said).content.decode()
    assert "bob@example.org" in page
    alice_signed_in.post(
        address(contest, "contests:invite"), {**said, "name": "Ada", "email": "", "mail": "on"}
    )
    invited(mill, "Eve")
    assert len(sent(contest)) == 1

    page = alice_signed_in.get(address(contest, "contests:reporters")).content.decode()
    assert "1 reporter was mailed" in page
    assert "Mail the 1 who was not mailed yet" in page
    alice_signed_in.post(address(contest, "contests:reporters-mail"), {"do": "new"})
    assert [message.to for message in sent(contest)] == [["eve@example.org"]]

    bob = Reporter.objects.get(name="Bob")
    answer = alice_signed_in.post(
        address(contest, "contests:reporter-verb", reporter_id=bob.pk), {"do": "mail"}, follow=True
    )
    assert "within the last hour" in answer.content.decode()


def test_olive_mails_nobody_and_charlie_finds_nothing(
    charlie_signed_in: Client, olive: Membership, contest: Contest, mill: Unit
) -> None:
    invited(mill, "Bob")
    where = address(contest, "contests:reporters-mail")

    assert signed_in(olive).post(where, {"do": "new"}).status_code == 403
    assert charlie_signed_in.post(where, {"do": "new"}).status_code == 404
    assert not ReporterLetter.objects.exists()


def test_the_desk_asks_the_database_no_more_for_more_reporters(
    alice_signed_in: Client, contest: Contest, mill: Unit, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        invited(mill, f"R{number:02}")
    letters.ask_all(contest, again=False, by=SETUP)

    with django_assert_max_num_queries(30):
        page = alice_signed_in.get(address(contest, "contests:reporters")).content.decode()

    assert "60 mails wait to be sent." in page


def corrected(client: Client, reporter: Reporter, email: str, **more: str) -> str:
    """What the desk shows afterwards."""
    where = address(reporter.contest, "contests:reporter-correct", reporter_id=reporter.pk)
    answer = client.post(where, {"email": email, "mail": "on"} | more, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_corrected_address_ends_what_went_to_the_wrong_one_and_is_mailed_once(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob", "bob@exmaple.org")
    letters.ask(bob, by=SETUP)
    (wrong,) = sent(contest)
    strayed = LINK.search(str(wrong.body))
    assert strayed is not None
    Client().get(reverse("night:facts", args=[strayed[1]]))

    page = corrected(alice_signed_in, bob, "bob@example.org")

    assert "The links that they had have ended" in page
    assert "bob@example.org" in page
    assert not ReporterLink.objects.filter(ended_at=None).exists()
    assert "no link" in page
    (right,) = sent(contest)
    assert right.to == ["bob@example.org"]
    assert sent(contest) == []
    found = LINK.search(str(right.body))
    assert found is not None
    assert Client().get(reverse("night:facts", args=[strayed[1]])).json()["ended"] is True
    assert Client().get(reverse("night:facts", args=[found[1]])).json()["ended"] is False


def test_where_no_mail_went_yet_their_links_stay_and_the_one_that_waits_goes_to_the_new_address(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob", "bob@exmaple.org")
    letters.ask(bob, by=SETUP)

    page = corrected(alice_signed_in, bob, "bob@example.org")

    assert "have ended" not in page
    assert ReporterLink.objects.filter(ended_at=None).count() == 1
    assert [one.to for one in sent(contest)] == [["bob@example.org"]]
    assert ReporterLetter.objects.count() == 1


def test_another_telephone_number_ends_no_link_and_mails_nobody(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob")
    letters.ask(bob, by=SETUP)
    sent(contest)

    page = corrected(alice_signed_in, bob, "Bob@example.org", telephone="01632 960001")

    assert "01632 960001" in page
    assert ReporterLink.objects.filter(ended_at=None).count() == 2
    assert sent(contest) == []


def test_an_address_that_is_none_is_refused_and_nothing_changes(
    alice_signed_in: Client, olive: Membership, contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob")
    where = address(contest, "contests:reporter-correct", reporter_id=bob.pk)

    assert alice_signed_in.post(where, {"email": "nowhere"}).status_code == 422
    assert signed_in(olive).post(where, {"email": "o@example.org"}).status_code == 403
    assert Reporter.objects.get().email == "bob@example.org"


def test_somebody_who_was_invited_without_an_address_gets_one_and_keeps_their_link(
    alice_signed_in: Client, contest: Contest, mill: Unit
) -> None:
    bob = invited(mill, "Bob", "")

    corrected(alice_signed_in, bob, "bob@example.org")

    assert [one.to for one in sent(contest)] == [["bob@example.org"]]
    assert ReporterLink.objects.filter(ended_at=None).count() == 2
