"""Where the steps of a script stand in its picture: rows by how far they are from the start, no two in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.core.script.tree import Script


@dataclass(frozen=True, slots=True)
class Placed:
    """A step by its name; its row, and its place in the row."""

    name: str
    row: int
    column: int


def placed(script: Script) -> list[Placed]:
    """Each step once, in the order of the list; what no way leads to stands in rows of its own below."""
    names = list(dict.fromkeys(step.name for step in script.steps))
    row: dict[str, int] = {}
    reached = {names[0]} if names else set()
    # As far as the longest way, and no farther than there are steps: a draft may have circles.
    for _turn in names:
        for step in script.steps:
            if step.name not in reached:
                continue
            for to in step.ways:
                if to in names and to != names[0]:
                    reached.add(to)
                    row[to] = min(max(row.get(to, 0), row.get(step.name, 0) + 1), len(names))
    lowest = max(row.values(), default=0)
    taken: dict[int, int] = {}
    found = []
    for name in names:
        here = row.get(name, 0) if name in reached else lowest + 1
        found.append(Placed(name, here, taken.get(here, 0)))
        taken[here] = taken.get(here, 0) + 1
    return found
