"""Who stands: where a contest lists its candidates, no other name counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLES = ("first", "final", "awarded", "sde", "votes")
MOST_SUGGESTED = 8


def candidates_of(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that the input lists under ``candidates``; nobody where it lists none."""
    listed = said.get("candidates") or []
    if not isinstance(listed, list):
        raise BadInput("«candidates» must be a list of names.")
    plain.refuse_twins(listed, "candidates", "")
    return tuple(plain.name_of(name, "candidates", "") for name in listed)


def refuse_strangers(unit: Mapping[str, Any], candidates: tuple[str, ...]) -> None:
    """``BadInput`` names the unit, the field and the name that is not on the list."""
    if not candidates:
        return
    known = set(candidates)
    for field, name in _named(unit):
        if name not in known:
            raise BadInput(stranger(name, field, candidates), where=str(unit.get("unit", "")))


def refuse_twins_among(units: Iterable[Mapping[str, Any]]) -> None:
    """``BadInput`` where one unit writes a name in other characters than another, so that its votes would not add up."""
    names = dict.fromkeys(name for unit in units for _, name in _named(unit))
    plain.refuse_twins(names, "units", "", spaces=False)


def stranger(name: str, field: str, candidates: tuple[str, ...]) -> str:
    """The sentence for a name that nobody stands under."""
    listed = ", ".join(candidates[:MOST_SUGGESTED]) + (
        "…" if len(candidates) > MOST_SUGGESTED else ""
    )
    return f"«{field}» names «{name[:60]}», who is no candidate here; there are {listed}."


def _named(unit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in TABLES:
        table = unit.get(field)
        if isinstance(table, dict):
            yield from ((field, str(name)) for name in table)
    rounds = unit.get("rounds")
    for sections in (unit.get("sections"), *(rounds if isinstance(rounds, list) else ())):
        for section, votes in sections.items() if isinstance(sections, dict) else ():
            if isinstance(votes, dict):
                yield from ((str(section), str(name)) for name in votes)
