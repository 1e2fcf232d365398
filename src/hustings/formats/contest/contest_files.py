"""The files of one contest as the input of one count: JSON or result sheets, none twice, no unit twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.formats.contest.json_text import looks_like_json, read_bytes, read_json
from hustings.formats.result_sheet import read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence


class ContestFiles:
    """The input, and where in which file each unit stands."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}
        self.place_of: dict[str, str] = {}
        self.file = ""

    def placed(self, error: BadInput) -> BadInput:
        """The same sentence with file and row."""
        unit = next(
            (
                name
                for name in sorted(self.place_of, key=len, reverse=True)
                if name and error.where.startswith(name)
            ),
            None,
        )
        at = self.place_of[unit] if unit is not None else self.file
        return BadInput(error.message, where=f"{at}, {error.where}" if error.where else at)


def read_contest(
    paths: Sequence[str], method: str, candidates: tuple[str, ...] = ()
) -> ContestFiles:
    """``BadInput`` names the file, and the row where there are rows."""
    found = ContestFiles()
    found.file = paths[0]
    seen: dict[str, str] = {}
    units: list[dict[str, Any]] = []
    one: dict[str, Any] | None = None
    listed_in = ""
    for path in paths:
        raw = read_bytes(path)
        digest = hashlib.sha256(raw).hexdigest()
        if digest in seen:
            same = "this file" if seen[digest] == path else f"«{seen[digest]}»"
            raise BadInput(f"This is {same} again; each file counts once.", where=path)
        seen[digest] = path
        if looks_like_json(raw):
            said = _object(read_json(raw, path), path)
            if "units" in said:
                _add_json(found, units, said, path)
                beside = {k: v for k, v in said.items() if k not in {"units", "candidates"}}
                found.said |= (
                    beside  # what means nothing there is refused by the count, and not passed over
                )
            else:
                one = said
                _add(found, units, said, path, must_be_named=len(paths) > 1)
            listed = [] if candidates else said.get("candidates", [])
        else:
            sheet = read_sheet(raw, path, method, candidates)
            for unit in sheet.units:
                _add(
                    found,
                    units,
                    unit,
                    f"{path}, row {sheet.row_of[unit['unit']]}",
                    must_be_named=True,
                )
            listed = []
        if listed and found.said.setdefault("candidates", listed) != listed:
            raise BadInput(
                f"The candidates here are not those of «{listed_in}»; a contest has one list of them.",
                where=path,
            )
        if listed:
            listed_in = path
    if one is not None and len(paths) > 1:
        for unit in units:
            unit.pop("candidates", None)
    if one is not None and len(paths) == 1:
        found.said |= one
    else:
        found.said["units"] = units
    if candidates:
        found.said["candidates"] = list(candidates)
    return found


def _object(said: Any, path: str) -> dict[str, Any]:
    if isinstance(said, list):
        return {"units": said}
    if not isinstance(said, dict):
        raise BadInput("This JSON is no contest: it must be values by name.", where=path)
    return said


def _add_json(
    found: ContestFiles, units: list[dict[str, Any]], said: dict[str, Any], path: str
) -> None:
    if not isinstance(said["units"], list):
        raise BadInput("«units» must be a list.", where=path)
    for at, unit in enumerate(said["units"], 1):
        if not isinstance(unit, dict):
            raise BadInput("A unit must be values by name.", where=f"{path}, unit {at}")
        _add(found, units, unit, f"{path}, unit {at}", must_be_named=True)


def _add(
    found: ContestFiles,
    units: list[dict[str, Any]],
    unit: dict[str, Any],
    place: str,
    *,
    must_be_named: bool,
) -> None:
    name = unit.get("unit", "")
    if must_be_named and (not isinstance(name, str) or not name):
        raise BadInput("«unit» is missing: each unit needs its name.", where=place)
    if isinstance(name, str):
        if name in found.place_of:
            raise BadInput(
                f"The unit «{name}» comes twice; it stands in {found.place_of[name]}.", where=place
            )
        found.place_of[name] = place
    units.append(unit)
