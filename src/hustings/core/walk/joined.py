"""
Several walks made one: each keeps the order in which it was walked, and they follow one another by the nearest end.

For doors that are a part of walks which were ordered along the streets already; what is left of a good order is one.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

type Place = tuple[float, float]
"""(lon, lat) in degrees."""

METRES_A_DEGREE = 111_195.0


def metres_between(one: Place, other: Place) -> float:
    """As the crow flies; exact enough within a town."""
    wide = math.cos(math.radians((one[1] + other[1]) / 2))
    return METRES_A_DEGREE * math.hypot((one[0] - other[0]) * wide, one[1] - other[1])


def joined(walks: Sequence[Sequence[Place]]) -> tuple[list[tuple[int, int]], float]:
    """
    The places of all walks in one order.

    Begins with the first walk. The next is the one with the end that is nearest; it is turned round where
    that end was its last.

    Returns
    -------
    tuple
        (walk, place in it) in order, and how far it is as the crow flies, in metres.
    """
    left = [nth for nth, walk in enumerate(walks) if walk]
    order: list[tuple[int, int]] = []
    here: Place | None = None
    while left:
        nth, turned = min(
            ((each, turn) for each in left for turn in (False, True)),
            key=lambda choice: (
                0.0 if here is None else metres_between(here, walks[choice[0]][-choice[1]]),
                choice,
            ),
        )
        places = range(len(walks[nth]))
        order += [(nth, place) for place in (reversed(places) if turned else places)]
        here = walks[nth][0 if turned else -1]
        left.remove(nth)
    at = [walks[nth][place] for nth, place in order]
    return order, sum(metres_between(one, other) for one, other in itertools.pairwise(at))
