"""
Proofs out of stored hashes: a few look-ups, whatever the size of the log.

Stored are the hashes of complete subtrees, by level and index: (0, i) is leaf i, (k, i) stands over the leaves
from i × 2^k on. :meth:`CompactRange.append` says which are new; none is ever changed.
Source: RFC 6962, sections 2.1.1 and 2.1.2 (paths and proofs by their definition).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.ledger.merkle import EMPTY_ROOT, node_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    type Stored = Callable[[int, int], bytes]
    """The stored hash at (level, index)."""


def root_at(size: int, stored: Stored) -> bytes:
    """The root of the log when it had ``size`` records."""
    return _over(0, size, stored) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, stored: Stored) -> list[bytes]:
    """The proof that record ``index`` is in the log of ``size``, from the leaf up."""
    if not 0 <= index < size:
        raise BadInput(f"Record {index} cannot be in a log of {size} records.")
    begin, end, path = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_over(middle, end, stored))
            end = middle
        else:
            path.append(_over(begin, middle, stored))
            begin = middle
    return path[::-1]


def consistency_path(old_size: int, size: int, stored: Stored) -> list[bytes]:
    """The proof that the log of ``old_size`` is the beginning of that of ``size``."""
    if not 1 <= old_size <= size:
        raise BadInput(f"A log of {size} records cannot go on from one of {old_size}.")
    begin, end, path, known = 0, size, [], True
    while old_size != end:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            path.append(_over(middle, end, stored))
            end = middle
        else:
            path.append(_over(begin, middle, stored))
            begin, known = middle, False
    if not known:
        path.append(_over(begin, end, stored))
    return path[::-1]


def _over(begin: int, end: int, stored: Stored) -> bytes:
    """The hash over the leaves from ``begin`` up to ``end``, which stand under one node."""
    count = end - begin
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return stored(level, begin >> level)
    middle = begin + _split(count)
    return node_hash(_over(begin, middle, stored), _over(middle, end, stored))


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << ((count - 1).bit_length() - 1)
