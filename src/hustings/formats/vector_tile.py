"""
Areas out of one vector tile (Mapbox Vector Tile 2.1), for what is drawn without a map library.

Only what our own tiles hold is read: one layer's polygons, without their words.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

Ring = list[tuple[int, int]]
POLYGON = 3
LAYER, NAME, FEATURE, EXTENT, KIND, GEOMETRY = 3, 1, 2, 5, 3, 4
"""Field numbers of the format."""
VARINT, EIGHT_BYTES, COUNTED, FOUR_BYTES = 0, 1, 2, 5
"""How a field is written."""
MOVE, LINE, CLOSE = 1, 2, 7


def areas(tile: bytes, layer: str) -> tuple[int, list[list[Ring]]]:
    """
    How many units the tile is wide, and the areas of a layer in them.

    Parameters
    ----------
    tile
        As it is stored, gzipped or not.

    Returns
    -------
    tuple
        The width, and for each area its outer ring with its holes after it; units from the tile's
        north-western corner, also a little beyond its edges. (4096, nothing) where the layer is not there.

    Raises
    ------
    BadInput
        When the bytes are no tile.
    """
    try:
        content = memoryview(gzip.decompress(tile) if tile[:2] == b"\x1f\x8b" else tile)
        for field, value in _fields(content):
            if field == LAYER and isinstance(value, memoryview):
                found = _layer(value, layer)
                if found is not None:
                    return found
    except (IndexError, EOFError, OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"A tile of the map cannot be read ({error}); bring the map in again."
        ) from error
    return 4096, []


def _layer(content: memoryview, wanted: str) -> tuple[int, list[list[Ring]]] | None:
    extent, features, name = 4096, [], ""
    for field, value in _fields(content):
        if field == NAME and isinstance(value, memoryview):
            name = bytes(value).decode()
        elif field == EXTENT and isinstance(value, int):
            extent = value
        elif field == FEATURE and isinstance(value, memoryview):
            features.append(value)
    if name != wanted:
        return None
    return extent, [area for feature in features for area in _areas_of(feature)]


def _areas_of(feature: memoryview) -> list[list[Ring]]:
    kind, commands = 0, memoryview(b"")
    for field, value in _fields(feature):
        if field == KIND and isinstance(value, int):
            kind = value
        elif field == GEOMETRY and isinstance(value, memoryview):
            commands = value
    if kind != POLYGON:
        return []
    found: list[list[Ring]] = []
    for ring in _rings(commands):
        # An outer ring runs clockwise as it is drawn; what runs the other way is a hole in it.
        if _twice_area(ring) > 0:
            found.append([ring])
        elif found:
            found[-1].append(ring)
    return found


def _rings(commands: memoryview) -> Iterator[Ring]:
    numbers = iter(_varints(commands))
    x = y = 0
    ring: Ring = []
    for word in numbers:
        command, count = word & 7, word >> 3
        if command == CLOSE:
            if len(ring) >= 3:
                yield ring
            ring = []
            continue
        for _turn in range(count):
            x += _signed(next(numbers))
            y += _signed(next(numbers))
            ring = [(x, y)] if command == MOVE else [*ring, (x, y)]


def _twice_area(ring: Ring) -> int:
    return sum(
        ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def _fields(content: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    place = 0
    while place < len(content):
        key, place = _varint(content, place)
        field, how = key >> 3, key & 7
        if how == VARINT:
            value, place = _varint(content, place)
            yield field, value
        elif how == COUNTED:
            size, place = _varint(content, place)
            if place + size > len(content):
                raise IndexError("it ends too early")
            yield field, content[place : place + size]
            place += size
        elif how in {EIGHT_BYTES, FOUR_BYTES}:
            place += 8 if how == EIGHT_BYTES else 4
        else:
            raise IndexError(f"a field is written in a way ({how}) that nobody uses")


def _varints(content: memoryview) -> Iterator[int]:
    place = 0
    while place < len(content):
        value, place = _varint(content, place)
        yield value


def _varint(content: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
