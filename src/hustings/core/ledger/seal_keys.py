"""
X25519 keys: to them a part of a record is sealed that only their holder may read.

Written as Multikey (``z6LS…``), made of 32 bytes that the caller brings, used through ``cryptography``.
Sources: RFC 7748; W3C Controlled Identifiers 1.0, section 2.2.2 (Multikey).
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from hustings.core.errors import BadInput
from hustings.core.ledger.multibase import from_multibase, to_multibase

KEY_BYTES = 32
_PUBLIC = b"\xec\x01"


@dataclass(frozen=True, slots=True)
class SealKey:
    """To whom something is sealed: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BadInput(f"An X25519 key has {KEY_BYTES} bytes, this one {len(self.raw)}.")

    @classmethod
    def of_multikey(cls, text: str) -> SealKey:
        """The key that ``z6LS…`` writes."""
        data = from_multibase(text)
        if not data.startswith(_PUBLIC) or len(data) != len(_PUBLIC) + KEY_BYTES:
            raise BadInput(f"«{text[:60]}» is not a public X25519 key (z6LS…).")
        return cls(data[len(_PUBLIC) :])

    @property
    def multikey(self) -> str:
        """``z6LS…``."""
        return to_multibase(_PUBLIC + self.raw)

    @property
    def used(self) -> X25519PublicKey:
        """The same for ``cryptography``."""
        return X25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True, slots=True, repr=False)
class SealSecret:
    """What opens: 32 bytes that are never printed."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BadInput(f"An X25519 secret has {KEY_BYTES} bytes, this one {len(self.raw)}.")

    @property
    def public(self) -> SealKey:
        """The key to which is sealed what this one opens."""
        return SealKey(self.used.public_key().public_bytes_raw())

    @property
    def used(self) -> X25519PrivateKey:
        """The same for ``cryptography``."""
        return X25519PrivateKey.from_private_bytes(self.raw)
