"""This server calls only hosts that were allowed, and goes nowhere else from there."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.exchange import calling
from hustings.apps.exchange.addresses import enter_address
from hustings.apps.exchange.calling import NoAnswer, NotAllowedToCall, call, check_address
from hustings.apps.exchange.models import PeerAddress
from hustings.core.errors import BadInput
from hustings.core.exchange.signed_request import Request
from tests.apps.cast import SETUP
from tests.apps.exchange.wire import HOST
from tests.apps.statements.talking import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper


class Odd(BaseHTTPRequestHandler):
    """A server that does what its path says."""

    def do_GET(self) -> None:
        what = self.path.strip("/")
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if what == "redirect":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(40 if what == "drip" else 1):
                self.wfile.write(b"x" * (300_000 if what == "large" else 1))
                self.wfile.flush()
                time.sleep(0.05 if what == "drip" else 0)
            if what == "silence":
                time.sleep(1)
        except OSError:
            return

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def odd(settings: SettingsWrapper) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    server.asked = []  # type: ignore[attr-defined]
    settings.PEERS = [f"127.0.0.1:{server.server_port}"]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def get(server: ThreadingHTTPServer, what: str) -> calling.Answer:
    return call(Request("GET", f"http://127.0.0.1:{server.server_port}/{what}", {}))


def test_a_redirect_is_an_answer_and_not_followed(odd: ThreadingHTTPServer) -> None:
    assert get(odd, "redirect").status == 302
    assert odd.asked == ["/redirect"]  # type: ignore[attr-defined]


def test_an_answer_that_is_too_large_or_never_ends_is_given_up(
    odd: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "MOST_ANSWER_BYTES", 200_000)
    with pytest.raises(NoAnswer, match="more than is read"):
        get(odd, "large")
    monkeypatch.setattr(calling, "ALTOGETHER_S", 0.3)
    with pytest.raises(NoAnswer, match="too long"):
        get(odd, "drip")


def test_nobody_there_is_a_sentence(odd: ThreadingHTTPServer, settings: SettingsWrapper) -> None:
    settings.PEERS = ["127.0.0.1"]

    with pytest.raises(NoAnswer, match=r"127\.0\.0\.1 cannot be reached"):
        call(Request("GET", "http://127.0.0.1:1/", {}))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://other.example/says/x/", "may not call other.example"),
        ("https://peer.example:8443/says/x/", "may not call peer.example:8443"),
        ("http://peer.example/says/x/", "by https only"),
        ("http://127.0.0.1:8001/", "may not call 127.0.0.1:8001"),
        ("ftp://peer.example/", "by https only"),
        ("https://u:p@peer.example/", "no address of a campaign"),
        ("https://peer.example/?to=x", "no address of a campaign"),
        ("https://peer.example/#x", "no address of a campaign"),
        ("https://päer.example/", "no address of a campaign"),
        ("https://[::1/", "no address"),
        ("https://peer.example:99999/", "no address"),
        ("peer.example", "no address of a campaign"),
        ("file:///etc/passwd", "no address of a campaign"),
    ],
)
def test_an_address_that_was_not_allowed_is_refused(
    address: str, why: str, settings: SettingsWrapper
) -> None:
    settings.PEERS = ["peer.example:443", "127.0.0.1:8000"]
    with pytest.raises((NotAllowedToCall, BadInput), match=why):
        check_address(address)


@pytest.mark.parametrize(
    "address", ["https://other.example/x", "http://peer.example/x", "http://127.0.0.1:8001/x?a=b"]
)
def test_nothing_is_sent_where_it_was_not_allowed(
    address: str, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PEERS = ["peer.example", "127.0.0.1:8000"]
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("It was called."))
    with pytest.raises(NotAllowedToCall):
        call(Request("GET", address, {}))


@pytest.mark.parametrize(
    "address",
    ["https://peer.example/says/x/", "http://127.0.0.1:8001/says/x/", "http://[::1]:8001/", "http://localhost:1/"],
)  # fmt: skip
def test_an_address_that_was_allowed_is_taken(address: str, settings: SettingsWrapper) -> None:
    settings.PEERS = ["peer.example", "127.0.0.1:8001", "::1", "localhost:1"]

    check_address(address)


def test_without_a_setting_nobody_is_called(
    riverside: Desk, harbour: Desk, settings: SettingsWrapper
) -> None:
    assert settings.PEERS == []
    party = riverside.meets(harbour)
    with pytest.raises(NotAllowedToCall, match="adds it to HUSTINGS_PEERS"):
        enter_address(riverside.campaign, party, f"http://{HOST}/says/harbour/", by=SETUP)
    with tenant(riverside.campaign.pk):
        assert not PeerAddress.objects.exists()


def test_an_office_with_a_telephone_has_no_address(riverside: Desk) -> None:
    from hustings.apps.statements.parties import add_by_name

    party = add_by_name(riverside.campaign, "Office", telephone="01632 960 001", by=SETUP)
    with pytest.raises(BadInput, match="ring them up"):
        enter_address(riverside.campaign, party, "https://peer.example/", by=SETUP)
