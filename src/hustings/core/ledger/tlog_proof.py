"""
A ``.tlog-proof`` file: which place in the log, the hashes from there to the root, and the signed head.

Nothing else is needed to verify that a record was logged, and seen by witnesses, without a network.
Source: C2SP, tlog-proof.
"""

from __future__ import annotations

from dataclasses import dataclass

from hustings.core.errors import BadInput
from hustings.core.ledger.checkpoint import Checkpoint, whole
from hustings.core.ledger.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from hustings.core.ledger.note import Note, from_base64, read_note, to_base64

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 64


@dataclass(frozen=True, slots=True)
class TlogProof:
    """Record ``index`` is in the log whose head is ``note``, by ``path``; ``extra`` is vouched for by nobody."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes | None = None

    def __str__(self) -> str:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines += [f"index {self.index}", *map(to_base64, self.path), ""]
        return "\n".join(lines) + "\n" + str(self.note)

    @property
    def head(self) -> Checkpoint:
        """The head of the log; whether it is signed is another question."""
        return Checkpoint.of_text(self.note.text)

    def verify(self, record: bytes) -> None:
        """Nothing, if the record stands at this place of the log with this head; otherwise ``BadInput``."""
        head = self.head
        verify_inclusion(leaf_hash(record), self.index, head.size, self.path, head.root)


def read_tlog_proof(text: str) -> TlogProof:
    """The proof that ``text`` is; ``BadInput`` where it is none."""
    above, blank, below = text.partition("\n\n")
    header, *lines = above.split("\n")
    if header != HEADER or not blank:
        raise BadInput(f"This is no proof of a log; its first line should be {HEADER}.")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
    if not lines or not lines[0].startswith("index "):
        raise BadInput("The proof does not say the place in the log (index).")
    index = whole(lines.pop(0).removeprefix("index "))
    path = tuple(from_base64(line) for line in lines)
    if len(path) > MOST_HASHES or any(len(hash_) != HASH_BYTES for hash_ in path):
        raise BadInput("The lines under index should be hashes of 32 bytes, at most 64 of them.")
    return TlogProof(index, path, read_note(below), extra)
