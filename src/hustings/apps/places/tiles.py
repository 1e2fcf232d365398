"""Single tiles out of a tile file."""

from __future__ import annotations

import functools
import mmap
from typing import TYPE_CHECKING

from pmtiles.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path


@functools.lru_cache(maxsize=16)
def _reader(path: Path, _changed_ns: int) -> Reader:
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Reader(  # type: ignore[no-untyped-call]  # no types there
        lambda offset, length: content[offset : offset + length]
    )


def tile(path: Path, zoom: int, column: int, row: int) -> bytes | None:
    """One vector tile, gzipped as it is stored; None where the map is empty."""
    reader = _reader(path, path.stat().st_mtime_ns)
    content: bytes | None = reader.get(zoom, column, row)  # type: ignore[no-untyped-call]  # no types
    return content
