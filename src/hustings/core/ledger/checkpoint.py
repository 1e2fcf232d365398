"""
Checkpoints: the head of a log as a note — whose log, how many records, which root — and who saw it.

A *co-signature* says: at this time, this was the largest log of this name that I had seen, and it went on from
the one before. The time stands before the text that is signed.
Sources: C2SP, tlog-checkpoint and tlog-cosignature (Ed25519, ``cosignature/v1``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.ledger.keys import SIGNATURE_BYTES
from hustings.core.ledger.merkle import HASH_BYTES, LARGEST_SIZE
from hustings.core.ledger.note import (
    COSIGNATURE,
    Note,
    NoteSignature,
    Verifier,
    from_base64,
    is_key_name,
    sign_note,
    to_base64,
)

if TYPE_CHECKING:
    from hustings.core.ledger.keys import SecretKey

_WHOLE = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the log ``origin`` when it had ``size`` records."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.origin):
            raise BadInput(f"«{self.origin[:40]}» cannot name a log: no spaces, no +, not empty.")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != HASH_BYTES:
            raise BadInput("A head is a size of 0 or more and a root of 32 bytes.")

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    def sign(self, secret: SecretKey) -> Note:
        """The head as a note, signed by the log's key under the log's own name."""
        return sign_note(str(self), self.origin, secret)

    @classmethod
    def of_text(cls, text: str) -> Checkpoint:
        """The head that the text of a note is; lines of extensions are refused, since no witness vouches for them."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise BadInput("A head is three lines: name, size, root.")
        checkpoint = cls(lines[0], whole(lines[1]), from_base64(lines[2]))
        if str(checkpoint) != text:
            raise BadInput("This head is not written as heads are.")
        return checkpoint


def cosign(text: str, time: int, name: str, secret: SecretKey) -> NoteSignature:
    """The line by which the witness ``name`` says that it saw this head at ``time`` (POSIX seconds)."""
    if not 0 <= time <= LARGEST_SIZE:
        raise BadInput(f"{time} is no time in seconds.")
    signature = time.to_bytes(_TIME_BYTES) + secret.sign(_cosigned(text, time))
    return NoteSignature(name, Verifier(name, secret.public, COSIGNATURE).key_id, signature)


def cosigned_at(note: Note, witness: Verifier) -> int | None:
    """When this witness saw the head; None if it has no line here; ``BadInput`` if its line is false."""
    times = []
    for line in note.signatures:
        if line.is_by(witness):
            time = int.from_bytes(line.signature[:_TIME_BYTES])
            signature = line.signature[_TIME_BYTES:]
            if (
                time > LARGEST_SIZE
                or len(signature) != SIGNATURE_BYTES
                or not witness.key.verifies(signature, _cosigned(note.text, time))
            ):
                raise BadInput(f"The co-signature of {witness.name} does not fit this head.")
            times.append(time)
    return max(times, default=None)


def whole(text: str) -> int:
    """A whole number as logs write it: no sign, no leading zero."""
    if not _WHOLE.fullmatch(text):
        raise BadInput(f"«{text[:40]}» is no whole number.")
    return int(text)


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
