"""LOTS.json: the lots of one contest, as a list, or under «lots»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.core.contest.reading_lots import lots_of
from hustings.core.errors import BadInput
from hustings.formats.contest.json_text import read_bytes, read_json

if TYPE_CHECKING:
    from hustings.core.contest.lot import Lot


def read_lots(path: str) -> tuple[Lot, ...]:
    """``BadInput`` says which lot of the file cannot be meant."""
    said = read_json(read_bytes(path), path)
    if isinstance(said, dict) and set(said) == {"lots"}:
        said = said["lots"]
    if not isinstance(said, list):
        raise BadInput("A file of lots is a list of them.", where=path)
    return lots_of(said, path)
