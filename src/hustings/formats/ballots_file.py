"""A file of rankings in any of the formats that are read, told apart by how its name ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hustings.core.errors import BadInput
from hustings.formats.ballots_abif import read_abif
from hustings.formats.ballots_blt import read_blt
from hustings.formats.ballots_rctab import read_rctab
from hustings.formats.ballots_scottish_csv import read_scottish_csv

READERS = {".blt": read_blt, ".abif": read_abif, ".csv": read_scottish_csv}


def read_ballots(path: Path | str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """
    What is to be counted, as plain values, and the rules that stand in the file itself, if any do.

    Raises
    ------
    BadInput
        With file, row and field.
    """
    ending = Path(path).suffix.lower()
    if ending == ".json":
        given, rules = read_rctab(path)
        return given, rules or None
    reader = READERS.get(ending)
    if reader is None:
        raise BadInput(
            f"Ballots are read from files that end with {', '.join([*READERS, '.json'])}; rename it, or save it as one.",
            where=str(path),
        )
    return reader(path), None
