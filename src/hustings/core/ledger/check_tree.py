"""
The judge of the log: the definitions of RFC 6962, section 2.1, word for word and nothing clever.

Whole lists of records in, hashes out, by recursion; shares no code with what it judges.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def tree_head(records: Sequence[bytes]) -> bytes:
    """MTH: the root of a list of records."""
    if not records:
        return sha256().digest()
    if len(records) == 1:
        return sha256(bytes([0]) + records[0]).digest()
    k = _k(len(records))
    return sha256(bytes([1]) + tree_head(records[:k]) + tree_head(records[k:])).digest()


def audit_path(m: int, records: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]): what has to be added to record m to come to the root."""
    if len(records) == 1:
        return []
    k = _k(len(records))
    if m < k:
        return [*audit_path(m, records[:k]), tree_head(records[k:])]
    return [*audit_path(m - k, records[k:]), tree_head(records[:k])]


def consistency_proof(m: int, records: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n]) for 0 < m ≤ n."""
    return _subproof(m, records, whole=True)


def _subproof(m: int, records: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if m == len(records):
        return [] if whole else [tree_head(records)]
    k = _k(len(records))
    if m <= k:
        return [*_subproof(m, records[:k], whole=whole), tree_head(records[k:])]
    return [*_subproof(m - k, records[k:], whole=False), tree_head(records[:k])]


def _k(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k
