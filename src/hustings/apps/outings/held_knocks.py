"""
Knocks that are held back, for the totals of this room: such a door keeps its place in its walk and counts as left.

The room that knows what is held registers a function here when it starts, so that this room does not name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

KEEPERS: list[Callable[[UUID], set[int]]] = []


def keeper(function: Callable[[UUID], set[int]]) -> Callable[[UUID], set[int]]:
    """Register a function that gives a campaign's rows of :class:`TurfDoor` whose knocks are all held back."""
    KEEPERS.append(function)
    return function


def held_turf_doors(campaign_id: UUID) -> set[int]:
    """Numbers of those rows."""
    return {row for keep in KEEPERS for row in keep(campaign_id)}
