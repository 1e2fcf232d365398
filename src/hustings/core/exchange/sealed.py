"""
A part of a record that only its receiver may read, sealed to the key in the receiver's card.

HPKE (RFC 9180) in base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305. The hash of the public record is HPKE's
``info``, from which the key is made: moved to another record, the part cannot be opened.
Who sealed it is not told by HPKE but by the record: its signed salted hash is of what is inside.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import canonical
from hustings.core.ledger.salted import SALT_BYTES, is_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.core.ledger.seal_keys import SealKey, SealSecret

HEADER = b"hustings-sealed@v1\n"
MOST_BYTES = 100_000
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_LEAST_BYTES = 32 + 16


def seal(salt: bytes, words: Mapping[str, str], *, to: SealKey, of: str) -> bytes:
    """
    The words and their salt, for whoever holds the secret of ``to``.

    Parameters
    ----------
    of
        The hash of the public record that this part belongs to.
    """
    if len(salt) != SALT_BYTES:
        raise BadInput(f"A salt has {SALT_BYTES} bytes of chance; this one has {len(salt)}.")
    inside = canonical({"salt": salt.hex(), "words": dict(words)})
    try:
        return HEADER + _SUITE.encrypt(inside, to.used, info=_about(of))
    except ValueError as error:
        raise BadInput(
            f"Nothing can be sealed to the key {to.multikey}; ask for a new card."
        ) from error


def open_sealed(
    part: bytes, *, with_: Iterable[SealSecret], of: str, commitment: str
) -> dict[str, str]:
    """
    The words that were sealed.

    Parameters
    ----------
    with_
        Our secrets, the newest first: a part may have been sealed just before the keys changed.
    commitment
        The salted hash in the signed record, which must be of these words.

    Raises
    ------
    BadInput
        It is no sealed part, not for us, of another record, changed, or not what the record promises.
    """
    if not part.startswith(HEADER) or not _LEAST_BYTES < len(part) - len(HEADER) <= MOST_BYTES:
        raise BadInput(
            "This is no sealed part: it does not begin as one, or was cut off on its way."
        )
    inside = _read(_opened(part[len(HEADER) :], with_, of))
    salt, words = inside
    if not is_of(commitment, salt, words):
        raise BadInput(
            "What is sealed here is not what the signed record promises; ask them to send it again."
        )
    return words


def _opened(sealed: bytes, secrets: Iterable[SealSecret], of: str) -> bytes:
    for secret in secrets:
        try:
            return _SUITE.decrypt(sealed, secret.used, info=_about(of))
        except (InvalidTag, ValueError):
            continue
    raise BadInput(
        "This part cannot be opened: it is sealed to other keys than ours, belongs to another record, or was changed."
    )


def _read(inside: bytes) -> tuple[bytes, dict[str, str]]:
    try:
        said: Any = json.loads(inside)
        salt, words = bytes.fromhex(said["salt"]), said["words"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("What was sealed is not written as sealed parts are.") from error
    if (
        len(salt) != SALT_BYTES
        or not isinstance(words, dict)
        or not all(isinstance(word, str) for word in words.values())
        or canonical(said) != inside
    ):
        raise BadInput("What was sealed is not written as sealed parts are.")
    return salt, words


def _about(of: str) -> bytes:
    return b"hustings sealed part of " + of.encode()
