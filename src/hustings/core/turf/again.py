"""A cut that changes as little as possible: new doors into the walks that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.turf.connect import NEAR, in_pieces
from hustings.core.turf.enclaves import by_enclaves
from hustings.core.turf.insertion import insert_stops
from hustings.core.turf.making import Walks, first_walks, joined_up
from hustings.core.turf.measures import Measures, measures_of
from hustings.core.turf.parts import by_district
from hustings.core.walk.ways import Ways, nearest, ways_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.plan import Plan
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork

RADIUS_AGAIN_M, LONELY_AGAIN = 500.0, 40
"""As far as that when a plan is changed: new doors look only at doors near them."""


def recut(
    gathered: Gathered,
    streets: StreetNetwork | None,
    wishes: Wishes,
    previous: Plan,
    highest: int,
    say: Callable[[float, str], None],
) -> tuple[Ways, Walks]:
    """
    The previous plan with the new doors in it, and as little else changed as possible.

    A new stop goes where it costs least among turfs that have room; where none near has room, it begins
    a turf of its own with its like, numbered from ``highest`` + 1. No turf changes its number.
    """
    measures = measures_of(gathered, wishes)
    say(0.1, "Finding the ways round the new doors")
    ways = ways_between(gathered.stops, streets, RADIUS_AGAIN_M, LONELY_AGAIN)
    gathered = by_enclaves(gathered, ways, streets, wishes)
    walks = _walks_of(gathered, previous)
    turf = np.zeros(len(gathered.stops), np.int32)
    for number, walk in walks.items():
        turf[walk] = number
    new = np.flatnonzero(turf == 0)
    say(0.5, f"Finding a place for {len(new)} new stops")
    left = insert_stops(ways, gathered, walks, turf, new, measures, wishes, streets)
    if len(left):
        parts = [left] if wishes.cross_districts else by_district(gathered, left)
        fresh = [walk for part in parts for walk in first_walks(ways, part, measures)]
        walks.update({highest + at: walk for at, walk in enumerate(fresh, 1)})
    if streets is not None and streets.edge_count:
        walks = _still_whole(ways, streets, gathered, walks, highest, measures, wishes)
    return ways, walks


def _still_whole(
    ways: Ways,
    streets: StreetNetwork,
    gathered: Gathered,
    walks: Walks,
    highest: int,
    measures: Measures,
    wishes: Wishes,
) -> Walks:
    """Where two walks pass a new door, one is in pieces whoever has it: then a few old doors move too."""
    numbers = sorted(walks)
    before = [walks[number] for number in numbers]
    if not in_pieces(ways, streets, before).any():
        return walks
    near = nearest(ways, min(NEAR, len(ways.x) - 1))[0]
    after = joined_up(ways, streets, gathered, before, measures, wishes, near)
    free = max(highest, numbers[-1]) + 1
    numbers += range(free, free + len(after) - len(before))
    return dict(zip(numbers, after, strict=True))


def kept_walks(
    gathered: Gathered, streets: StreetNetwork | None, previous: Plan
) -> tuple[Ways, Walks]:
    """The ways between stops that stay as they are, and their walks."""
    return ways_between(gathered.stops, streets, RADIUS_AGAIN_M, LONELY_AGAIN), _walks_of(
        gathered, previous
    )


def _walks_of(gathered: Gathered, previous: Plan) -> Walks:
    """Stops in the order of the previous plan; a stop belongs where most of its old doors do."""
    count = len(gathered.stops)
    at_stop = np.repeat(np.arange(count), np.diff(gathered.start))
    turf = previous.turf[gathered.order].astype(np.int64)
    place = previous.stop[gathered.order]
    old = turf > 0
    at_stop, turf, place = at_stop[old], turf[old], place[old]
    if not len(turf):
        return {}
    width = int(turf.max()) + 1
    pairs, of, doors = np.unique(at_stop * width + turf, return_inverse=True, return_counts=True)
    first = np.full(len(pairs), np.iinfo(np.int64).max)
    np.minimum.at(first, of, place)
    stop, number = pairs // width, pairs % width
    most = np.lexsort((number, -doors, stop))  # of each stop the turf with most doors comes first
    most = most[np.concatenate([[True], np.diff(stop[most]) > 0])]
    order = most[np.lexsort((stop[most], first[most], number[most]))]
    begins = np.flatnonzero(np.diff(number[order], prepend=0))
    return {int(number[walk[0]]): np.asarray(stop[walk]) for walk in np.split(order, begins[1:])}
