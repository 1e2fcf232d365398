"""What a key of the cache is kept as: keys name network addresses, and those are nobody's to read."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def hidden(key: str, prefix: str, version: int) -> str:
    """A keyed hash: the same for the same key, and nothing for whoever reads the table."""
    return salted_hmac(
        "hustings.cache", f"{prefix}:{version}:{key}", algorithm="sha256"
    ).hexdigest()
