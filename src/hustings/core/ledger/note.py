"""
Signed notes: a few lines of text with signatures under them, each on a line of its own.

A key is known by its name and a short id, the first four bytes of a hash over name, kind and key.
Signatures of keys that are not known are passed over, as the format asks; whoever wants none of them
(a bundle does) looks at :attr:`Note.signatures`.
Source: C2SP, signed-note.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.ledger.keys import SIGNATURE_BYTES, PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.core.ledger.keys import SecretKey

PLAIN, COSIGNATURE = 0x01, 0x04
"""Kinds of key: Ed25519 over the text, and Ed25519 over the text with a time before it."""
MOST_SIGNATURES, MOST_CHARACTERS = 64, 100_000
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)")


def to_base64(data: bytes) -> str:
    """Standard base64."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes, where ``text`` is exactly how they are written."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadInput(f"«{text[:40]}» is no base64.") from error
    if to_base64(data) != text:
        raise BadInput(f"«{text[:40]}» is base64 with bits left over, so it was changed.")
    return data


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key that notes may be signed with: its name, the key, and what it signs."""

    name: str
    key: PublicKey
    kind: int = PLAIN

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise BadInput(f"«{self.name[:40]}» cannot name a key: no spaces, no +, not empty.")
        if self.kind not in (PLAIN, COSIGNATURE):
            raise BadInput(f"Keys of kind {self.kind} are not read here.")

    @classmethod
    def of_vkey(cls, text: str) -> Verifier:
        """``name+id+key`` as logs publish it; the id must be the right one."""
        name, _, rest = text.partition("+")
        id_, _, key = rest.partition("+")
        data = from_base64(key)
        if not data:
            raise BadInput(f"«{text[:60]}» is no key of a log.")
        verifier = cls(name, PublicKey(data[1:]), data[0])
        if verifier.key_id.hex() != id_:
            raise BadInput(
                f"The key «{text[:60]}» does not have the id it says; it was copied wrong."
            )
        return verifier

    @property
    def vkey(self) -> str:
        """``name+id+key``."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.key.raw)}"

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; a hint, not a proof."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.key.raw
        return hashlib.sha256(data).digest()[:4]


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: who, with which key, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"— {self.name} {to_base64(self.key_id + self.signature)}"

    def is_by(self, verifier: Verifier) -> bool:
        """Whether it says to be by this key; not whether it verifies."""
        return (self.name, self.key_id) == (verifier.name, verifier.key_id)


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a line break, and what stands under it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.signatures)

    def signed_by(self, verifier: Verifier) -> bool:
        """Whether this key of the plain kind signed it; ``BadInput`` if a line says so falsely."""
        lines = [line for line in self.signatures if line.is_by(verifier)]
        if not all(verifier.key.verifies(line.signature, self.text.encode()) for line in lines):
            raise BadInput(f"The signature of {verifier.name} does not fit the text above it.")
        return bool(lines)

    def with_lines(self, lines: Iterable[NoteSignature]) -> Note:
        """The same text with further lines under it."""
        return Note(self.text, (*self.signatures, *lines))


def sign_note(text: str, name: str, secret: SecretKey) -> Note:
    """``text`` with one signature under it."""
    verifier = Verifier(name, secret.public)
    note = Note(text, (NoteSignature(name, verifier.key_id, secret.sign(text.encode("utf-8"))),))
    return read_note(str(note))


def read_note(text: str) -> Note:
    """The note that ``text`` is."""
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"This note has more than {MOST_CHARACTERS:,} characters.")
    if any(character < " " and character != "\n" for character in text):
        raise BadInput("This note holds control characters; send it as it was made.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput("This note is not UTF-8; send it as it was made.")
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n") or not body:
        raise BadInput("This is no signed note: text, an empty line, signatures, each line ended.")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadInput(f"This note has more than {MOST_SIGNATURES} signatures.")
    return Note(body + "\n", tuple(_signature(line) for line in lines))


def is_key_name(name: str) -> bool:
    """Whether keys and logs may be called so."""
    return bool(name) and name.isprintable() and "+" not in name and " " not in name


def _signature(line: str) -> NoteSignature:
    found = _SIGNATURE.fullmatch(line)
    if not found or not is_key_name(found[1]):
        raise BadInput(f"«{line[:60]}» is no signature line (— name base64).")
    data = from_base64(found[2])
    if len(data) < 4 + SIGNATURE_BYTES:
        raise BadInput(f"The signature of {found[1]} is too short; the line was cut.")
    return NoteSignature(found[1], data[:4], data[4:])
