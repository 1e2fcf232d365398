"""Lots out of what JSON holds."""

from __future__ import annotations

from typing import Any, cast, get_args

from hustings.core.contest.lot import How, Lot
from hustings.core.errors import BadInput

FIELDS = {"step", "among", "chosen", "how", "record"}


def lots_of(said: Any, where: str = "") -> tuple[Lot, ...]:
    """``BadInput`` says which lot cannot be meant."""
    if not isinstance(said, list):
        raise BadInput("«lots» must be a list.", where=where)
    return tuple(
        _lot(one, f"{where}, lot {at}" if where else f"lot {at}") for at, one in enumerate(said, 1)
    )


def _lot(said: Any, where: str) -> Lot:
    if not isinstance(said, dict):
        raise BadInput("A lot must say «step», «among» and «chosen».", where=where)
    if unknown := sorted(set(said) - FIELDS):
        raise BadInput(
            f"«{unknown[0]}» means nothing here; there are {', '.join(sorted(FIELDS))}.",
            where=where,
        )
    step, how, record = said.get("step"), said.get("how", "handed in"), said.get("record", {})
    if not isinstance(step, str) or not step:
        raise BadInput("«step» must name the tie that the lot is for.", where=where)
    if how not in get_args(How):
        raise BadInput(f"«how» must be one of {', '.join(get_args(How))}.", where=where)
    if not isinstance(record, dict):
        raise BadInput("«record» must be values by name.", where=where)
    return Lot(
        step, _names(said, "among", where), _names(said, "chosen", where), cast("How", how), record
    )


def _names(said: dict[str, Any], field: str, where: str) -> tuple[str, ...]:
    names = said.get(field)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadInput(f"«{field}» must be a list of names.", where=where)
    return tuple(names)
