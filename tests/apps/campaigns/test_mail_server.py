"""What becomes of a mail, by what the mail server answers; nothing is claimed while it is not reached."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import NamedTuple

import pytest
from django.core.mail import EmailMessage

from hustings.apps.campaigns.mail_server import Became, hand_over, reached, send_each
from tests.apps.mail_server import MailServer, mail_server, refuses

__all__ = ["mail_server"]
VERA = "vera@example.org"


def became(address: str = VERA) -> Became:
    server = reached()
    assert server is not None
    return hand_over(server, EmailMessage("Saturday", "At two.\n", to=[address]))


def test_a_mail_that_is_taken_is_sent_however_the_server_says_goodbye(
    mail_server: MailServer,
) -> None:
    assert became() is Became.SENT
    assert mail_server.taken == [VERA]


@pytest.mark.parametrize("address", ["jürgen@example.org", "vera.@example.org", "a@b@example.org"])
def test_an_address_that_no_mail_can_carry_is_refused_and_no_error(
    mail_server: MailServer, address: str
) -> None:
    assert became(address) is Became.REFUSED
    assert mail_server.taken == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refuses(VERA), Became.REFUSED),
        (refuses(VERA, 451), Became.PUT_OFF),
        (refuses(VERA, 421), Became.NO_SERVER),
        (smtplib.SMTPDataError(554, b"no"), Became.REFUSED),
        (smtplib.SMTPDataError(452, b"full"), Became.PUT_OFF),
        (smtplib.SMTPSenderRefused(550, b"who?", "hustings@localhost"), Became.NO_SERVER),
        (smtplib.SMTPServerDisconnected(), Became.MAYBE),
        (TimeoutError(), Became.MAYBE),
    ],
)
def test_what_became_of_a_mail_follows_from_the_answer(
    mail_server: MailServer, answer: Exception, expected: Became
) -> None:
    mail_server.answers[VERA] = answer

    assert became() is expected


class Claimed(NamedTuple):
    address: str
    mail: EmailMessage


class Round:
    """Mail to these, as a room sends it."""

    def __init__(self, *addresses: str) -> None:
        self.addresses, self.claimed, self.settled = addresses, list[str](), list[Became]()

    def claim(self, number: int) -> Claimed | None:
        address = self.addresses[number]
        if not address:
            return None
        self.claimed.append(address)
        return Claimed(address, EmailMessage("Saturday", "At two.\n", to=[address]))

    def settle(self, _claimed: Claimed, became: Became) -> None:
        self.settled.append(became)

    def send(self, at_once: int = 200) -> int:
        numbers = range(len(self.addresses))
        return send_each(numbers, claim=self.claim, settle=self.settle, at_once=at_once)


@pytest.mark.parametrize(
    "trouble",
    [
        ConnectionRefusedError(),
        socket.gaierror(-2, "Name or service not known"),
        TimeoutError(),
        OSError(101, "Network is unreachable"),
        ssl.SSLCertVerificationError(),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPConnectError(421, "busy"),
    ],
)
def test_nothing_is_claimed_while_the_server_is_not_reached(
    mail_server: MailServer, trouble: Exception
) -> None:
    mail_server.down = trouble
    around = Round(VERA, "bob@example.org")

    assert around.send() == 0
    assert around.claimed == []
    assert mail_server.connections == 1


def test_a_refusal_or_a_bad_address_keeps_nothing_from_the_others(mail_server: MailServer) -> None:
    mail_server.answers["old@example.org"] = refuses("old@example.org")
    mail_server.answers["full@example.org"] = refuses("full@example.org", 452)
    around = Round("jürgen@example.org", "old@example.org", "", "full@example.org", VERA)

    assert around.send() == 1
    assert mail_server.taken == [VERA]
    assert [one.name for one in around.settled] == ["REFUSED", "REFUSED", "PUT_OFF", "SENT"]


@pytest.mark.parametrize(
    "answer", [TimeoutError(), smtplib.SMTPSenderRefused(421, b"too many", "hustings@localhost")]
)
def test_a_round_is_over_where_a_connection_breaks_or_the_server_takes_no_more(
    mail_server: MailServer, answer: Exception
) -> None:
    mail_server.answers[VERA] = answer
    around = Round(VERA, "bob@example.org")

    assert around.send() == 0
    assert around.claimed == [VERA]


def test_only_what_was_sent_counts_towards_how_many_go_in_a_round(mail_server: MailServer) -> None:
    around = Round("", "jürgen@example.org", "a@example.org", "", "b@example.org", "c@example.org")

    assert around.send(at_once=2) == 2
    assert mail_server.taken == ["a@example.org", "b@example.org"]
