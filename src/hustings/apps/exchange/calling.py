"""
One request to one peer: only to a host that whoever runs this server has allowed, and nowhere else from there.

No redirect is followed, no proxy is asked, the answer may take so long and be so large, and nothing is kept open.
"""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from hustings.core.exchange.signed_request import Request

CONNECT_S, ALTOGETHER_S = 10.0, 30.0
MOST_ANSWER_BYTES = 16 * 1024 * 1024
_PIECE = 64 * 1024


class NotAllowedToCall(HustingsError):
    """The host of this address is not among those that may be called."""


class NoAnswer(HustingsError):
    """The peer could not be reached, or answered with what is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


def check_address(address: str) -> None:
    """Nothing, if this address may be called; :class:`NotAllowedToCall` says what to do otherwise."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotAllowedToCall(f"«{address[:80]}» is no address; copy it again.") from error
    if not host or parts.username or parts.query or parts.fragment or not address.isascii():
        raise NotAllowedToCall(
            f"«{address[:80]}» is no address of a campaign; it looks like https://HOST/says/CAMPAIGN/."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise NotAllowedToCall("Another campaign is called by https only, so that nobody listens.")
    named = host if port is None else f"{host}:{port}"
    if named not in settings.PEERS and host not in settings.PEERS:
        raise NotAllowedToCall(
            f"This server may not call {named}. Whoever runs it adds it to HUSTINGS_PEERS; until then give "
            "and take files."
        )


def is_loopback(host: str) -> bool:
    """Whether this host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def call(request: Request) -> Answer:
    """The answer; :class:`NoAnswer` where there is none."""
    parts = urlsplit(request.url)
    check_address(f"{parts.scheme}://{parts.netloc}{parts.path}")
    connection = (
        http.client.HTTPSConnection(
            parts.netloc, timeout=CONNECT_S, context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else http.client.HTTPConnection(parts.netloc, timeout=CONNECT_S)
    )
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    until = time.monotonic() + ALTOGETHER_S
    try:
        connection.request(request.method, target, body=request.body, headers=request.headers)
        answer = connection.getresponse()
        body = bytearray()
        while piece := answer.read1(_PIECE):
            body += piece
            if len(body) > MOST_ANSWER_BYTES:
                raise NoAnswer(f"{parts.hostname} answered with more than is read.")
            if time.monotonic() > until:
                raise NoAnswer(f"{parts.hostname} took too long to answer.")
    except (OSError, http.client.HTTPException) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise NoAnswer(f"{parts.hostname} cannot be reached ({why}).") from error
    finally:
        connection.close()
    return Answer(answer.status, bytes(body))
