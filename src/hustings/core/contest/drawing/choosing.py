"""From a seed to an order: numbers out of SHA-256, each as likely as any other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 2**256


def numbers(seed: bytes) -> Iterator[int]:
    """SHA-256 of the seed, then of that hash, and so on."""
    digest = hashlib.sha256(seed).digest()
    while True:
        yield int.from_bytes(digest, "big")
        digest = hashlib.sha256(digest).digest()


def index_below(limit: int, stream: Iterator[int]) -> int:
    """
    The next number below ``limit``, by rejection sampling.

    What lies in the last, incomplete stretch of ``limit`` is passed over, so that no remainder comes up more often.
    """
    if not 0 < limit <= SIZE:
        raise ValueError(f"no number below {limit}")
    whole = SIZE - SIZE % limit
    return next(number for number in stream if number < whole) % limit


def chosen(among: Sequence[str], how_many: int, seed: bytes) -> tuple[str, ...]:
    """``how_many`` of ``among``, drawn one after another from their order in the context."""
    left, stream = list(among), numbers(seed)
    return tuple(left.pop(index_below(len(left), stream)) for _ in range(how_many))
