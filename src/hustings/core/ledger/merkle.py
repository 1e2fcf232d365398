"""
The hashes of a log that only grows, and the two proofs about it.

A leaf is hashed with a 0 before it, a pair of hashes with a 1, so that none can be taken for the other.
*Inclusion*: this record is number i of a log of n. *Consistency*: the log of m is the beginning of the log of n.
Both are verified here without the log; they are made in :mod:`hustings.core.ledger.tree`.
A log of size 0 proves nothing, so a proof from it is refused, also an empty one.
Sources: RFC 6962, section 2.1; RFC 9162, sections 2.1.3.2 and 2.1.4.2 (the two verifications).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

HASH_BYTES = 32
LARGEST_SIZE = 2**63 - 1
MOST_HASHES = 2 + 64
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one record."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """
    A log as little as one needs of it to append and to tell its root: one hash for each 1 bit of its size.

    ``peaks`` are the roots of its complete subtrees, the largest first.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count() or self.size < 0:
            raise BadInput(
                f"A log of {self.size} records has {self.size.bit_count()} peaks, not {len(self.peaks)}."
            )

    def append(self, leaf: bytes) -> tuple[CompactRange, list[tuple[int, int, bytes]]]:
        """The log with one more leaf hash, and what is to be stored: (level, index, hash), the leaf first."""
        peaks, level, index = list(self.peaks), 0, self.size
        made = [(level, index, leaf)]
        while index & 1:
            leaf = node_hash(peaks.pop(), leaf)
            level, index = level + 1, index >> 1
            made.append((level, index, leaf))
        return CompactRange(self.size + 1, (*peaks, leaf)), made

    @property
    def root(self) -> bytes:
        """The root hash."""
        if not self.peaks:
            return EMPTY_ROOT
        *rest, root = self.peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of a whole log, out of its leaf hashes."""
    log = CompactRange()
    for leaf in leaves:
        log, _ = log.append(leaf)
    return log.root


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Nothing, if the leaf hash is number ``index`` (from 0) of the log; otherwise ``BadInput``."""
    _sizes([leaf, root, *path], size)
    if not 0 <= index < size:
        raise BadInput(f"Record {index} cannot be in a log of {size} records.")
    here, last = index, size - 1
    for hash_ in path:
        if last == 0:
            raise BadInput("The proof of inclusion is longer than the log is high.")
        if here & 1 or here == last:
            leaf = node_hash(hash_, leaf)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            leaf = node_hash(leaf, hash_)
        here, last = here >> 1, last >> 1
    if last:
        raise BadInput("The proof of inclusion is shorter than the log is high.")
    if leaf != root:
        raise BadInput("The record is not at this place in the log: the proof leads elsewhere.")


def verify_consistency(
    old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> None:
    """Nothing, if the log of ``old_size`` is the beginning of that of ``size``; otherwise ``BadInput``."""
    _sizes([old_root, root, *path], size)
    if old_size < 1:
        raise BadInput("An empty log is the beginning of every log, so this would prove nothing.")
    if old_size > size:
        raise BadInput(f"A log of {size} records cannot go on from one of {old_size}: it shrank.")
    if old_size == size:
        if path:
            raise BadInput("Two heads of the same size need no proof; this one has some.")
        if old_root != root:
            raise BadInput(f"There are two logs of {size} records: the log is forked.")
        return
    hashes = list(path)
    if old_size & (old_size - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        raise BadInput("The proof of consistency is empty.")
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = hashes[0]
    for hash_ in hashes[1:]:
        if last == 0:
            raise BadInput("The proof of consistency is longer than the log is high.")
        if here & 1 or here == last:
            old, new = node_hash(hash_, old), node_hash(hash_, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, hash_)
        here, last = here >> 1, last >> 1
    if last:
        raise BadInput("The proof of consistency is shorter than the log is high.")
    if old != old_root or new != root:
        raise BadInput("The newer log does not go on from the older one: the log is forked.")


def _sizes(hashes: Sequence[bytes], size: int) -> None:
    if not 0 <= size <= LARGEST_SIZE:
        raise BadInput(f"A log cannot have {size} records.")
    if len(hashes) > MOST_HASHES or any(len(hash_) != HASH_BYTES for hash_ in hashes):
        raise BadInput("A proof is a few hashes of 32 bytes each; this one is not.")
