"""
Minutes a door that the campaign's own shifts took, offered where doors are cut; never used by itself.

The room that knows the shifts registers a function here when it starts, so that this room does not name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hustings.apps.outings.universe import (
    DOORS_AND_PEOPLE,
    EVERYBODY,
    Choice,
    filter_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action
    from hustings.core.pace.minutes import Learned

BESIDE_DEGREES = 0.003
"""About 300 metres: walks beside the doors of an action are of the same area."""


class Box(NamedTuple):
    """West, south, east and north, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered, and whether it was learned in this area or everywhere."""

    learned: Learned
    here: bool

    @property
    def minutes(self) -> float:
        """As it is shown and used: to a tenth of a minute."""
        return max(0.1, round(self.learned.minutes, 1))


LEARNERS: list[Callable[[Campaign, str, Box | None], Learned | None]] = []


def learner(
    function: Callable[[Campaign, str, Box | None], Learned | None],
) -> Callable[[Campaign, str, Box | None], Learned | None]:
    """Register a function that learns minutes a door for a kind of action, within a box or everywhere."""
    LEARNERS.append(function)
    return function


def offer_for(campaign: Campaign, action: Action) -> Offer | None:
    """What this action's area says of a door, or where that says too little the whole campaign."""
    box = box_of(campaign, action)
    for where in (box, None) if box else (None,):
        for learn in LEARNERS:
            found = learn(campaign, action.kind, where)
            if found is not None:
                return Offer(found, here=where is not None)
    return None


def box_of(campaign: Campaign, action: Action) -> Box | None:
    """Round the placed doors that an action chooses, and what is beside them; None without any."""
    chosen = filter_of(campaign, Choice.from_json(action.universe), action.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"with {EVERYBODY} "  # our own words; what was typed are values
            f"select min(d.lon), min(d.lat), max(d.lon), max(d.lat) {DOORS_AND_PEOPLE} "
            f"and {chosen.level} = %(all)s",
            {**chosen.values, "all": len(chosen.conditions)},
        )
        west, south, east, north = cursor.fetchone()
    if west is None:
        return None
    return Box(
        west - BESIDE_DEGREES, south - BESIDE_DEGREES, east + BESIDE_DEGREES, north + BESIDE_DEGREES
    )
