"""
A witness: what one campaign remembers of another's log, and when it co-signs a new head.

It co-signs what goes on from the head it co-signed last, and nothing else.
A fork or a log that shrank is refused with both heads, so that the evidence can be kept and shown.
Two heads of one size prove a fork by themselves; a smaller head may also be an older one that comes late.
Source: C2SP, tlog-witness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.ledger.checkpoint import Checkpoint, cosign
from hustings.core.ledger.merkle import verify_consistency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.core.ledger.keys import SecretKey
    from hustings.core.ledger.note import Note, NoteSignature, Verifier


class Equivocation(BadInput):
    """A log showed two histories; ``seen`` and ``shown`` are its own signed words."""

    def __init__(self, message: str, seen: Note, shown: Note) -> None:
        super().__init__(message)
        self.seen = seen
        self.shown = shown


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who watches logs: a name for its line, and the key that signs it."""

    name: str
    secret: SecretKey

    def consider(
        self,
        shown: Note,
        path: Sequence[bytes],
        *,
        log: Verifier,
        last: Note | None,
        time: int,
    ) -> NoteSignature:
        """
        The line under ``shown``, if it goes on from ``last``, the head that was co-signed before.

        ``last`` is None for a log that was never seen; then any head is a beginning. Whoever calls keeps
        the returned head as the new ``last`` before it gives the line away.
        """
        if not shown.signed_by(log):
            raise BadInput(f"The head is not signed by {log.name}; ask the log for its own.")
        head = Checkpoint.of_text(shown.text)
        if head.origin != log.name:
            raise BadInput(f"The head is of the log {head.origin}, not of {log.name}.")
        if last is not None:
            before = Checkpoint.of_text(last.text)
            if before.origin != head.origin:
                raise BadInput(f"The head remembered is of {before.origin}, not {head.origin}.")
            _goes_on(before, head, path, last, shown)
        return cosign(shown.text, time, self.name, self.secret)


def _goes_on(
    before: Checkpoint, head: Checkpoint, path: Sequence[bytes], last: Note, shown: Note
) -> None:
    if before.size == 0 < head.size:
        return
    if before.size == head.size == 0 and before.root == head.root:
        return
    if head.size < before.size:
        message = (
            f"The log {head.origin} had {before.size} records and now shows {head.size}: it shrank."
        )
        raise Equivocation(message, last, shown)
    if head.size == before.size and head.root != before.root:
        message = f"The log {head.origin} shows two heads of {head.size} records: it is forked."
        raise Equivocation(message, last, shown)
    # A wrong proof alone is no evidence: an honest log may have been asked in the middle of a change.
    verify_consistency(before.size, before.root, head.size, head.root, path)
