"""The steps of a cut: one walk through all doors, its division, and rounds of improving and joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.turf.connect import NEAR, connect, pieces_of, sides_of
from hustings.core.turf.enclaves import by_enclaves
from hustings.core.turf.gather import ROOM, Gathered
from hustings.core.turf.improving import LEAST, in_better_order, polish
from hustings.core.turf.measures import CEILING, Measures, legs_of, means_of, measures_of
from hustings.core.turf.parts import only, parts_of
from hustings.core.turf.split import split_tour
from hustings.core.walk.tour import tour_through
from hustings.core.walk.ways import Ways, nearest, ways_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork

Walks = dict[int, "NDArray[np.int64]"]
VERY_FEW_JUNCTIONS, RATHER_FEW_JUNCTIONS, FEW_JUNCTIONS = 3_000, 8_000, 30_000
RADIUS_SMALL_M, RADIUS_MEDIUM_M, RADIUS_M, RADIUS_LARGE_M = 8_000.0, 2_000.0, 1_500.0, 600.0
"""How far shortest paths are tabled: less in a large place, to keep the table in memory."""
ROUNDS = ((0.4, True, False), (0.3, True, True), (0.3, False, True))
"""
Rounds of the search: their share of the tries; whether there should be as many walks as were asked for, or
as many as there are; and whether pieces are minded.

Without minding them a try costs less, and most of what a walk should hold comes together all the same.
"""


def make(
    gathered: Gathered,
    streets: StreetNetwork | None,
    wishes: Wishes,
    tries: int,
    say: Callable[[float, str], None],
) -> tuple[Ways, Walks]:
    """
    The ways that were used, and each turf's stops in walking order, numbered from 1.

    Districts, and what is cut off of them, are cut one by one unless they may be crossed.
    """
    measures = measures_of(gathered, wishes)
    say(0.05, "Finding the ways between doors")
    ways = ways_between(gathered.stops, streets, radius_for(streets))
    gathered = by_enclaves(gathered, ways, streets, wishes)
    walks: list[NDArray[np.int64]] = []
    known = nearest(ways, min(NEAR, len(ways.x) - 1))
    parts = parts_of(gathered, wishes)
    for at, part in enumerate(parts):
        say(0.1 + 0.2 * at / len(parts), "Finding the walk through all doors")
        walks += first_walks(ways, part, measures, known if len(parts) == 1 else None)
    begin = 0.3
    joining = streets is not None and streets.edge_count > 0
    for turn, (share, asked_for, minded) in enumerate(ROUNDS):
        room = 0.6 * share
        if tries:
            walks = polish(
                ways,
                gathered,
                walks,
                measures,
                wishes,
                max(1, round(share * tries)),
                turn,
                sides_of(ways, streets) if minded and joining and streets is not None else None,
                asked_for,
                lambda part, begin=begin, room=room: say(  # type: ignore[misc]  # bound at once
                    begin + part * room, "Making the walks shorter"
                ),
            )
        begin += room
        if joining and streets is not None:
            say(begin, "Joining walks that are in pieces")
            walks = joined_up(ways, streets, gathered, walks, measures, wishes, known[0])
        if not tries:
            break
        begin += 0.03
    return ways, dict(enumerate(walks, 1))


def radius_for(streets: StreetNetwork | None) -> float:
    """How far shortest paths are tabled in a place of this size, in metres."""
    if streets is None or streets.node_count <= VERY_FEW_JUNCTIONS:
        return RADIUS_SMALL_M
    if streets.node_count <= RATHER_FEW_JUNCTIONS:
        return RADIUS_MEDIUM_M
    return RADIUS_M if streets.node_count <= FEW_JUNCTIONS else RADIUS_LARGE_M


def joined_up(
    ways: Ways,
    streets: StreetNetwork,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
    near: NDArray[np.int32],
) -> list[NDArray[np.int64]]:
    """Walks each in one piece; a piece that no walk beside has room for becomes a walk of its own."""
    means = means_of(ways, gathered, walks, measures, wishes)
    district = gathered.district
    if wishes.cross_districts:
        district = np.zeros(len(district), np.int32)
    before = walks
    broken = np.zeros(0, np.int64)
    for lower, upper in ((0.7, CEILING), (0.1, CEILING), (0.1, ROOM)):
        walks, broken = connect(
            ways, streets, near, walks, measures.load, measures.load_per_metre,
            lower * means, np.minimum(upper * means, measures.most), district,
        )  # fmt: skip
        if not len(broken):
            break
    if len(broken):
        walks = list(walks)
        for at, parts in zip(broken, pieces_of(ways, streets, walks, broken), strict=True):
            walks[at] = parts[0]
            walks += parts[1:]
    changed = [
        r
        for r, walk in enumerate(walks)
        if r >= len(before) or len(walk) != len(before[r]) or (walk != before[r]).any()
    ]
    for r in changed:
        walks[r] = in_better_order(ways, gathered, walks[r], measures, wishes)
    return walks


def first_walks(
    ways: Ways,
    part: NDArray[np.int64],
    measures: Measures,
    known: tuple[NDArray[np.int32], NDArray[np.float32]] | None = None,
) -> list[NDArray[np.int64]]:
    """
    One walk through a part, divided.

    ``known`` is what :func:`nearest` says, where the part is everything.
    """
    mine = only(ways, part) if len(part) < len(ways.x) else ways
    tour = tour_through(mine, measures.change_m, measures.crossing_m, known)
    legs = legs_of(mine, tour)
    ordered = part[tour]
    load = measures.load[ordered]
    street = ways.street[ordered]
    change = street[1:] != street[:-1]
    price = legs + np.where(change, measures.change_m, 0.0)
    cut_price = np.where(change, 0.0, measures.split_m) * (street[1:] >= 0)
    begins = _begins(load, legs * measures.load_per_metre, price, cut_price, measures)
    return [np.asarray(walk) for walk in np.split(ordered, begins[1:])]


def _begins(
    load: NDArray[np.float64],
    leg_load: NDArray[np.float64],
    price: NDArray[np.float64],
    cut_price: NDArray[np.float64],
    measures: Measures,
) -> NDArray[np.int64]:
    """
    Where turfs begin: as many as the aim asks for.

    The price of one more turf at which that is so is searched for, by halving.
    """
    wanted = measures.walks_for(float(load.sum() + leg_load.sum()))
    dearest = np.sort(leg_load)[::-1]  # these will not be walked
    total = float(load.sum() + leg_load.sum() - dearest[: wanted - 1].sum())
    wanted = measures.walks_for(total)
    mean = total / wanted
    most = max(CEILING * mean, float(load.max(initial=0.0)))

    def divide(turf_m: float) -> NDArray[np.int64]:
        return split_tour(
            load, leg_load, price, cut_price, LEAST * mean, most, turf_m, measures.short_m
        )

    low, high = 0.0, float(price.max(initial=0.0)) * 2 + 1_000.0
    best = divide(high)
    for _ in range(18):
        middle = (low + high) / 2
        tried = divide(middle)
        if len(tried) <= wanted:
            best, high = tried, middle
        else:
            low = middle
        if len(tried) == wanted:
            break
    return best
