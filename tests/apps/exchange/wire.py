"""
A wire between servers that is a function: each request is signed, sent through the real addresses, views and walls,
and answered; it can be cut, and it remembers what passed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import calling
from hustings.apps.exchange.addresses import enter_address
from hustings.apps.exchange.calling import Answer, NoAnswer, check_address
from hustings.apps.exchange.sending import Sent, send
from tests.apps.cast import SETUP
from tests.apps.statements.talking import Desk, harbour, riverside

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

    from hustings.apps.statements.models import Party
    from hustings.core.exchange.signed_request import Request

__all__ = ["harbour", "riverside", "wire"]
HOST = "localhost:8000"
"""Where every campaign of a test says that it lives."""


def address(desk: Desk) -> str:
    return f"http://{HOST}/says/{desk.campaign.slug}/"


def delivered(request: Request) -> Answer:
    """The request through the real middleware and views, as its bytes would arrive."""
    parts = urlsplit(request.url)
    headers = {name: value for name, value in request.headers.items() if name != "Content-Type"}
    client = Client(raise_request_exception=False)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    common = {"headers": headers, "SERVER_NAME": parts.hostname, "SERVER_PORT": str(parts.port)}
    if request.method == "GET":
        answer = client.get(target, **common)  # type: ignore[arg-type]
    else:
        answer = client.post(
            target, request.body, content_type=request.headers.get("Content-Type", "text/plain"),
            **common,  # type: ignore[arg-type]
        )  # fmt: skip
    return Answer(answer.status_code, answer.content)


@dataclass
class Wire:
    """What passed, newest last; ``carry`` may be another function that loses, doubles or changes it."""

    passed: list[tuple[Request, Answer]] = field(default_factory=list)
    carry: Callable[[Request], Answer] = delivered
    cut: bool = False

    def __call__(self, request: Request) -> Answer:
        parts = urlsplit(request.url)
        check_address(f"{parts.scheme}://{parts.netloc}{parts.path}")
        if self.cut:
            raise NoAnswer(f"{parts.hostname} cannot be reached (the wire is cut).")
        answer = self.carry(request)
        self.passed.append((request, answer))
        return answer

    @staticmethod
    def connect(one: Desk, other: Desk) -> tuple[Party, Party]:
        """They met, and each entered where the other is called."""
        there, here = one.meets(other), other.meets(one)
        enter_address(one.campaign, there, address(other), by=SETUP)
        enter_address(other.campaign, here, address(one), by=SETUP)
        return there, here

    @staticmethod
    def brings(desk: Desk, party: Party, *, most: int = 12) -> list[Sent]:
        """Calls until nothing is left, as the job does."""
        calls = []
        for _ in range(most):
            with tenant(desk.campaign.pk):
                calls.append(send(party, by=SETUP))
            if not calls[-1].more:
                return calls
        raise AssertionError("It never ended.")


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper) -> Wire:
    settings.PEERS = [HOST]
    made = Wire()
    monkeypatch.setattr(calling, "call", made)
    return made
