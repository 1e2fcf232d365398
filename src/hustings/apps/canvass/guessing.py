"""
Slowing down those who guess codes, without locking anybody out.

Wrong guesses take from a bucket that refills by itself: one bucket for a browser, one for a network.
An empty bucket means waiting some seconds, never longer than one refill, so that an office of thirty
volunteers behind one address is held up for seconds by somebody who guesses there, not shut out. Right
codes take nothing.

A code is six letters out of 20 or more: at one guess in four seconds a network tries 21,600 codes a
day of 64 million.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many wrong guesses are free, and how many seconds one takes to come back."""

    holds: int
    refill_s: float


NETWORK = Bucket(holds=30, refill_s=4.0)
BROWSER = Bucket(holds=6, refill_s=6.0)


def seconds_to_wait(keys: dict[str, Bucket]) -> int:
    """Whole seconds until another guess is heard; 0 when now."""
    wait = 0.0
    for key, bucket in keys.items():
        left = _left(key, bucket)
        if left < 1:
            wait = max(wait, (1 - left) * bucket.refill_s)
    return int(wait) + 1 if wait > 0 else 0


def take_one(keys: dict[str, Bucket]) -> None:
    """A wrong guess was made."""
    with connection.cursor() as cursor:
        for key, bucket in sorted(keys.items()):
            cursor.execute(
                """
                INSERT INTO canvass_codeguesses AS g (key, used, at) VALUES (%(key)s, 1, now())
                ON CONFLICT (key) DO UPDATE SET
                  used = least(%(holds)s, 1 + greatest(0,
                    g.used - extract(epoch FROM now() - g.at) / %(refill)s)),
                  at = now()
                """,
                {"key": key, "holds": bucket.holds, "refill": bucket.refill_s},
            )
        # What has refilled says nothing any more; a handful each time keeps the table small.
        cursor.execute(
            "DELETE FROM canvass_codeguesses WHERE key IN (SELECT key FROM canvass_codeguesses "
            "WHERE at < now() - interval '1 hour' ORDER BY at LIMIT 20 FOR UPDATE SKIP LOCKED)"
        )


def _left(key: str, bucket: Bucket) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s - greatest(0, used - extract(epoch FROM now() - at) / %s)"
            " FROM canvass_codeguesses WHERE key = %s",
            [bucket.holds, bucket.refill_s, key],
        )
        row = cursor.fetchone()
    return float(row[0]) if row else float(bucket.holds)


def keys_of(request: HttpRequest, browser: str) -> dict[str, Bucket]:
    """Whose guesses these are; addresses are kept only as keyed hashes."""
    keys = {_key("network", network_of(request)): NETWORK}
    if browser:
        keys[_key("browser", browser)] = BROWSER
    return keys


def network_of(request: HttpRequest) -> str:
    """The address of IPv4, the first 64 bits of IPv6; behind a trusted proxy, as it saw it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = seen[-1].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _key(kind: str, who: str) -> str:
    return hmac.new(
        settings.SECRET_KEY.encode(), f"{kind}:{who}".encode(), hashlib.sha256
    ).hexdigest()
