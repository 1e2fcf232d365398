"""
The mail server: whether it is reached now, and what became of a mail. What follows from that each room says itself.

Every mail has a connection of its own, opened before anything is claimed for it: while the network is down nothing is,
and what a server does after one mail never meets the next.
"""

from __future__ import annotations

import logging
import smtplib
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from django.core.mail import mailers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.core.mail import EmailMessage
    from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)
CLOSING = 421
"""RFC 5321, 4.2.3: the service is not available and closes the connection."""


class Became(Enum):
    """What became of a mail. Where it was put off, or the server takes nothing now, it surely did not leave."""

    SENT = auto()
    REFUSED = auto()
    """Nobody can be reached at that address, or not with this mail; the next time would be the same."""
    PUT_OFF = auto()
    """The server wants to be asked again later about this one; others it may take."""
    NO_SERVER = auto()
    """It takes no mail at all now."""
    MAYBE = auto()
    """The connection broke while it was handed over."""


WAITS = frozenset({Became.PUT_OFF, Became.NO_SERVER})
"""It did not leave, and another round tries again."""


class HasMail(Protocol):
    """What a worker has claimed, with the mail to be sent for it."""

    @property
    def mail(self) -> EmailMessage:
        """The mail."""
        ...


def send_each[Claimed: HasMail](
    numbers: Iterable[int],
    *,
    claim: Callable[[int], Claimed | None],
    settle: Callable[[Claimed, Became], None],
    at_once: int,
) -> int:
    """
    Claim each, send it and settle what became of it; how many were sent, at most ``at_once``.

    The round is over where the server takes nothing, or a connection broke: the next one looks again.
    """
    sent, server = 0, None
    for number in numbers:
        if sent == at_once:
            break
        server = server or reached()
        if server is None:
            break
        claimed = claim(number)
        if claimed is None:
            continue
        became = hand_over(server, claimed.mail)
        server = None
        settle(claimed, became)
        sent += became is Became.SENT
        if became in {Became.NO_SERVER, Became.MAYBE}:
            break
    if server is not None:
        _close(server)
    return sent


def reached() -> BaseEmailBackend | None:
    """An open connection, good for one mail; None where the server is not reached."""
    server: BaseEmailBackend = mailers.default
    try:
        server.open()
    except OSError:
        log.exception("The mail server was not reached; the next round tries again.")
        return None
    return server


def hand_over(server: BaseEmailBackend, mail: EmailMessage) -> Became:
    """Send it, and be done with the connection."""
    try:
        server.send_messages([mail])
    except (ValueError, OSError) as error:
        became = _became(error)
        log.exception("A mail was not sent as it should be: %s.", became.name)
        return became
    finally:
        _close(server)
    return Became.SENT


def _became(error: ValueError | OSError) -> Became:
    match error:
        case ValueError():  # no address that can be written into a mail; nothing was asked of the server
            return Became.REFUSED
        case smtplib.SMTPSenderRefused():  # ours is wrong, or there were too many: no reader's fault
            return Became.NO_SERVER
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _why in error.recipients.values()]
            if CLOSING in codes:
                return Became.NO_SERVER
            return Became.PUT_OFF if any(_is_for_now(code) for code in codes) else Became.REFUSED
        case smtplib.SMTPDataError():
            return Became.PUT_OFF if _is_for_now(error.smtp_code) else Became.REFUSED
        case _:
            return Became.MAYBE


def _is_for_now(code: int) -> bool:
    """RFC 5321, 4.2.1: 4yz is a refusal that may not be one the next time."""
    return 400 <= code < 500


def _close(server: BaseEmailBackend) -> None:
    """What goes wrong with the goodbye says nothing about the mail."""
    try:
        server.close()
    except OSError:
        log.info("The mail server broke off the connection after the mail.")
