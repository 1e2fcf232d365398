"""
Ed25519 keys: written as Multikey, used through ``cryptography``.

Nothing here makes a key by chance: a secret key is made of 32 bytes that the caller brings.
Public keys of small order are refused, since for them a signature can be made without a secret.
Sources: RFC 8032; W3C Controlled Identifiers 1.0, section 2.2.2 (Multikey).
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from hustings.core.errors import BadInput
from hustings.core.ledger.multibase import from_multibase, to_multibase

KEY_BYTES, SIGNATURE_BYTES = 32, 64
_PUBLIC, _SECRET = b"\xed\x01", b"\x80\x26"
_FIELD = 2**255 - 19
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
"""The y of two points of order 8; the other two have its negative."""

SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _EIGHTH, _FIELD - _EIGHTH})
"""The y of all eight points whose order divides 8."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who may have signed: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BadInput(f"An Ed25519 key has {KEY_BYTES} bytes, this one {len(self.raw)}.")
        y = int.from_bytes(self.raw, "little") & (2**255 - 1)
        if y >= _FIELD or y in SMALL_ORDER:
            raise BadInput(
                f"The key {self.multikey} is one that anybody can sign for; it is refused."
            )

    @classmethod
    def of_multikey(cls, text: str) -> PublicKey:
        """The key that ``z6Mk…`` writes."""
        return cls(_unwrapped(text, _PUBLIC, "a public Ed25519 key (z6Mk…)"))

    @property
    def multikey(self) -> str:
        """``z6Mk…``."""
        return to_multibase(_PUBLIC + self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key's secret signed ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """What signs: 32 bytes that are never printed."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BadInput(f"An Ed25519 secret has {KEY_BYTES} bytes, this one {len(self.raw)}.")

    @classmethod
    def of_multikey(cls, text: str) -> SecretKey:
        """The secret that ``z3u2…`` writes."""
        try:
            return cls(_unwrapped(text, _SECRET, "a secret"))
        except BadInput as error:
            # A mistyped secret is still nearly one: nothing of it is repeated.
            raise BadInput("This is no secret Ed25519 key (z3u2…).") from error.__cause__

    @property
    def public(self) -> PublicKey:
        """The key that verifies what this one signs."""
        key = Ed25519PrivateKey.from_private_bytes(self.raw).public_key()
        return PublicKey(key.public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes, the same each time."""
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(message)


def _unwrapped(text: str, prefix: bytes, what: str) -> bytes:
    data = from_multibase(text)
    if not data.startswith(prefix) or len(data) != len(prefix) + KEY_BYTES:
        raise BadInput(f"«{text[:60]}» is not {what}.")
    return data[len(prefix) :]
