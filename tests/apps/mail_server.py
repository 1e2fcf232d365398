"""A mail server for tests: Django's own way of sending, to a connection that answers as it is told."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING, Any

import pytest
from django.core.mail.backends import smtp

if TYPE_CHECKING:
    from collections.abc import Iterator


class MailServer:
    """
    What was taken, by address; ``down`` is what a connection meets, and ``answers`` what mail to an address does.

    ``connections`` counts them, and ``open`` those that nobody closed.
    """

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.down: Exception | None = None
        self.answers: dict[str, Exception] = {}
        self.connections = self.open = 0

    def connect(self, _host: str, _port: int, **_more: object) -> Line:
        self.connections += 1
        if self.down:
            raise self.down
        self.open += 1
        return Line(self)


class Line:
    """One connection."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    def sendmail(self, _sender: str, to: list[str], _text: bytes) -> None:
        if to[0] in self.server.answers:
            raise self.server.answers[to[0]]
        self.server.taken += to

    def quit(self) -> None:
        self.server.open -= 1
        raise smtplib.SMTPServerDisconnected("many say no goodbye")

    def close(self) -> None:
        pass


@pytest.fixture
def mail_server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Mail goes there and into no outbox."""
    server = MailServer()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "mail.example.org", "port": 587},
        }
    }
    monkeypatch.setattr(smtp.DNS_NAME, "_fqdn", "tests.example.org", raising=False)
    monkeypatch.setattr(smtplib, "SMTP", server.connect)
    yield server
    assert server.open == 0, "a connection was left open"


def refuses(address: str, code: int = 550) -> smtplib.SMTPRecipientsRefused:
    """What a server says of an address."""
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})
