"""Letters to volunteers: one that cannot be sent keeps nothing from the others, and none is sent twice."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.volunteers.letters import mail_everywhere, mail_what_waits, write
from hustings.apps.volunteers.models import Letter, OwnPage
from tests.apps.cast import SETUP, signed_in
from tests.apps.mail_server import MailServer, mail_server, refuses
from tests.apps.volunteers.cast import a_volunteer
from tests.apps.volunteers.joining import open_the_door

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

__all__ = ["mail_server"]


def a_letter(campaign: Campaign, email: str) -> Letter:
    volunteer = a_volunteer(campaign, email=email)
    with tenant(campaign.pk):
        return write(volunteer, Letter.Kind.WELCOME, by=SETUP.label)


def now(letter: Letter) -> str:
    """Where the letter stands."""
    with tenant(letter.campaign_id):
        letter.refresh_from_db()
    return "given up" if letter.given_up_at else "mailed" if letter.mailed_at else "waits"


def links(campaign: Campaign) -> int:
    with tenant(campaign.pk):
        return int(OwnPage.objects.of(campaign).count())


@pytest.mark.parametrize("email", ["jürgen@example.org", "vera.@example.org", "gone@example.org"])
def test_a_bad_address_is_given_up_and_the_others_get_theirs_once(
    campaign: Campaign, rivals: Campaign, mail_server: MailServer, email: str
) -> None:
    mail_server.answers["gone@example.org"] = refuses("gone@example.org")
    first = a_letter(campaign, "ada@example.org")
    bad = a_letter(campaign, email)
    last = a_letter(campaign, "bob@example.org")
    theirs = a_letter(rivals, "eve@example.org")

    assert mail_everywhere() == 3
    assert mail_everywhere() == 0

    assert sorted(mail_server.taken) == ["ada@example.org", "bob@example.org", "eve@example.org"]
    assert [now(one) for one in (first, bad, last, theirs)] == ["mailed", "given up", "mailed", "mailed"]  # fmt: skip
    assert links(campaign) == 2, "a link that nobody has is none"


def test_a_letter_that_is_put_off_waits_for_some_days_and_leaves_no_link(
    campaign: Campaign, mail_server: MailServer
) -> None:
    letter = a_letter(campaign, "vera@example.org")
    mail_server.answers["vera@example.org"] = refuses("vera@example.org", 451)

    assert [mail_what_waits(campaign) for _round in range(3)] == [0, 0, 0]
    assert (now(letter), links(campaign)) == ("waits", 0)

    with tenant(campaign.pk):
        Letter.objects.filter(pk=letter.pk).update(asked_at=timezone.now() - timedelta(days=5))
    mail_what_waits(campaign)
    assert now(letter) == "given up"


def test_a_letter_that_may_have_left_is_not_sent_again_and_its_link_works_on(
    campaign: Campaign, mail_server: MailServer
) -> None:
    letter = a_letter(campaign, "vera@example.org")
    mail_server.answers["vera@example.org"] = smtplib.SMTPServerDisconnected()
    mail_what_waits(campaign)
    mail_server.answers.clear()

    assert mail_what_waits(campaign) == 0
    assert (now(letter), links(campaign)) == ("mailed", 1)


def test_an_invitation_that_no_server_takes_is_said_at_the_desk(
    campaign: Campaign, alice: Membership, mail_server: MailServer
) -> None:
    cache.clear()
    open_the_door(campaign)
    mail_server.answers["gone@example.org"] = refuses("gone@example.org")

    answer = signed_in(alice).post(
        f"/c/{campaign.slug}/volunteers/join-page/invite/", {"email": "gone@example.org"}
    )

    assert answer.status_code == 422
    assert "could not be sent" in answer.content.decode()
