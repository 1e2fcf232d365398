"""Secrets that are shown once and kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """256 bits, as text that survives a link and a QR code."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """SHA-256 in hex. Enough for a random secret of 256 bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, secret_hash: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(hash_of(secret), secret_hash)
