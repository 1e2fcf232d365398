"""Writes a vector tile, as plainly as the format allows, for tests of what reads one."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Ring = list[tuple[int, int]]


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def counted(field: int, content: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(content)) + content


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def polygon(rings: Sequence[Ring]) -> bytes:
    """A feature: outer rings clockwise on the screen, holes the other way."""
    words: list[int] = []
    x = y = 0
    for ring in rings:
        for place, (to_x, to_y) in enumerate(ring):
            if place == 0:
                words.append(1 << 3 | 1)
            elif place == 1:
                words.append(len(ring) - 1 << 3 | 2)
            words += [step << 1 if step >= 0 else (-step << 1) - 1 for step in (to_x - x, to_y - y)]
            x, y = to_x, to_y
        words.append(1 << 3 | 7)
    return number(3, 3) + counted(4, b"".join(map(varint, words)))


def a_tile(
    areas: Sequence[Sequence[Ring]], *, layer: str = "buildings", width: int = 4096
) -> bytes:
    """One layer of areas, gzipped as it is stored; before it another layer, with a point and a word."""
    other = number(15, 2) + counted(1, b"names") + counted(2, number(3, 1)) + counted(3, b"name")
    body = number(15, 2) + counted(1, layer.encode())
    body += b"".join(counted(2, polygon(rings)) for rings in areas) + number(5, width)
    return gzip.compress(counted(3, other) + counted(3, body))
