"""
That nothing is on record: the whole log is read, its root is worked out again, and all of it is searched.

A log cannot prove that something is missing. A campaign's log has hundreds of records, so that one can read them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.ledger.canonical import read_canonical
from hustings.core.ledger.merkle import leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from hustings.core.ledger.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, and in how much: ``found`` are the places in the log, ``hidden`` could not be read."""

    found: tuple[int, ...]
    records: int
    head: Checkpoint
    hidden: int = 0

    @property
    def read(self) -> int:
        """How many records were searched."""
        return self.records - self.hidden

    def __str__(self) -> str:
        searched = f"searched {self.read} of {self.head.size} records of {self.head.origin}"
        if not self.found:
            return f"No message on record ({searched})."
        return f"{len(self.found)} on record ({searched})."


def search_log(
    entries: Sequence[bytes],
    head: Checkpoint,
    wanted: Callable[[dict[str, Any]], bool],
    *,
    hidden: Collection[int] = (),
) -> Searched:
    """
    Every record of the log that is ``wanted``; ``BadInput`` if these are not all its records.

    Whether the head is signed and co-signed is to be verified before. At the places ``hidden`` an entry is not the
    record but the hash of its leaf, as a log shows what is not for the reader: it leads to the root, and is not read.
    """
    if len(entries) != head.size:
        raise BadInput(
            f"The log {head.origin} has {head.size} records and {len(entries)} were given: some are kept back."
        )
    leaves = [entry if index in hidden else leaf_hash(entry) for index, entry in enumerate(entries)]
    if root_of(leaves) != head.root:
        raise BadInput(
            f"These are not the records of the log {head.origin}: they do not lead to its root."
        )
    found = []
    for index, entry in enumerate(entries):
        if index in hidden:
            continue
        record = read_canonical(entry)
        if isinstance(record, dict) and wanted(record):
            found.append(index)
    return Searched(tuple(found), len(entries), head, len(set(hidden)))
