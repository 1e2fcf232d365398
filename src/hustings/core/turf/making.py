"""The steps of a cut: tour, split, polish, repair; and a cut that changes as little as possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from hustings.core.turf.chunks import chunks_of
from hustings.core.turf.connect import NEAR, connect, pieces_of
from hustings.core.turf.gather import ROOM, Gathered
from hustings.core.turf.insertion import insert_stops
from hustings.core.turf.polish import improve_walks, matrices, ruin_and_recreate
from hustings.core.turf.split import split_tour
from hustings.core.walk.tour import tour_through
from hustings.core.walk.ways import Ways, nearest, stop_metres, ways_between

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hustings.core.turf.plan import Plan
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork

Walks = dict[int, "NDArray[np.int64]"]
VERY_FEW_JUNCTIONS, FEW_JUNCTIONS = 3_000, 30_000
RADIUS_SMALL_M, RADIUS_M, RADIUS_LARGE_M = 8_000.0, 1_500.0, 600.0
"""How far shortest paths are tabled: less in a large place, to keep the table in memory."""
HOT_LEAST_M, HOT_MOST_M, HOT_M_PER_TRY, COLD_M = 10.0, 250.0, 2.0, 1.0
"""Where annealing begins and ends: the more tries, the hotter it may begin."""
CEILING = 1.07
"""The largest walk over the mean one; repair may add walks, and the balance stays within a tenth."""
TRIES_FOR_MORE = 10
"""From so many tries a stop on, walks that repair added are polished with the others once more."""
SHORT_M = 400.0
"""What an all but empty walk is held to cost, in metres, so that remnants are filled or dissolved."""
RADIUS_AGAIN_M = 500.0
"""As far as that when a plan is changed: new doors look only at doors near them."""
FORBIDDEN_M = 1e7
"""The price, in metres, of what is forbidden: larger than any walk, and still a number."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The wishes as numbers for kernels: loads and prices in metres."""

    load: NDArray[np.float64]
    load_per_metre: float
    aim: float
    most: float
    change_m: float
    crossing_m: float
    split_m: float
    turf_m: float


def measures_of(gathered: Gathered, wishes: Wishes) -> Measures:
    """Doors or minutes as load; prices in metres of walking."""
    pace = wishes.pace.metres_per_minute
    prices = wishes.prices
    by_doors = wishes.doors_each is not None
    aim = float(wishes.doors_each or wishes.minutes_each or 0.0)
    return Measures(
        load=gathered.doors_at.astype(np.float64) if by_doors else gathered.minutes_at,
        load_per_metre=0.0 if by_doors else 1.0 / pace,
        aim=aim,
        most=aim * ROOM,
        change_m=prices.street_change * pace,
        crossing_m=prices.mid_block_crossing * pace,
        split_m=FORBIDDEN_M / 100 if wishes.never_split_streets else prices.split_street * pace,
        turf_m=prices.extra_turf * pace,
    )


def make(
    gathered: Gathered,
    streets: StreetNetwork | None,
    wishes: Wishes,
    tries: int,
    say: Callable[[float, str], None],
) -> tuple[Ways, Walks]:
    """
    The ways that were used, and each turf's stops in walking order, numbered from 1.

    Districts are cut one by one unless they may be crossed.
    """
    measures = measures_of(gathered, wishes)
    say(0.05, "Finding the ways between doors")
    ways = ways_between(gathered.stops, streets, radius_for(streets))
    walks: list[NDArray[np.int64]] = []
    parts = _parts(gathered, wishes)
    for at, part in enumerate(parts):
        say(0.1 + 0.2 * at / len(parts), "Finding the walk through all doors")
        walks += _first_walks(ways, part, measures)
    joining = streets is not None and streets.edge_count > 0
    for again in (False, True):
        begin, room = (0.75, 0.2) if again else (0.3, 0.4)
        if tries:
            walks = polish(
                ways,
                gathered,
                walks,
                measures,
                wishes,
                max(1, tries // 2) if again else tries,
                lambda share, begin=begin, room=room: say(  # type: ignore[misc]  # bound at once
                    begin + share * room, "Making the walks shorter"
                ),
            )
        before = len(walks)
        if joining and streets is not None:
            say(begin + room, "Joining walks that are in pieces")
            walks = _joined_up(ways, streets, gathered, walks, measures, wishes)
        if tries < TRIES_FOR_MORE or len(walks) == before:
            break  # else what became a walk of its own is filled up from those beside it
    return ways, dict(enumerate(walks, 1))


def radius_for(streets: StreetNetwork | None) -> float:
    """How far shortest paths are tabled in a place of this size, in metres."""
    if streets is None or streets.node_count <= VERY_FEW_JUNCTIONS:
        return RADIUS_SMALL_M
    return RADIUS_M if streets.node_count <= FEW_JUNCTIONS else RADIUS_LARGE_M


def _joined_up(
    ways: Ways,
    streets: StreetNetwork,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
) -> list[NDArray[np.int64]]:
    """Walks each in one piece; a piece that no walk beside has room for becomes a walk of its own."""
    means = _means(ways, gathered, walks, measures, wishes)
    district = gathered.district
    if wishes.cross_districts:
        district = np.zeros(len(district), np.int32)
    before = walks
    broken = np.zeros(0, np.int64)
    near = nearest(ways, min(NEAR, len(ways.x) - 1))[0]
    for lower in (0.7, 0.1):
        walks, broken = connect(
            ways, streets, near, walks, measures.load, measures.load_per_metre,
            lower * means, CEILING * means, district,
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
        walks[r] = _in_better_order(ways, gathered, walks[r], measures, wishes)
    return walks


def _in_better_order(
    ways: Ways,
    gathered: Gathered,
    stops: NDArray[np.int64],
    measures: Measures,
    wishes: Wishes,
) -> NDArray[np.int64]:
    """The same stops in an order that 2-opt and Or-opt cannot better."""
    _metres, price = matrices(ways, stops, measures.change_m, measures.crossing_m)
    begin = finish = np.zeros(len(stops))
    if wishes.start is not None:
        begin = _from_start(gathered, stops, wishes.start)
        finish = begin if wishes.loop else finish
    row = np.arange(len(stops), dtype=np.int32).reshape(1, -1)
    length = np.array([len(stops)], np.int32)
    improve_walks(price, begin, finish, wishes.loop and wishes.start is None, row, length)
    return np.asarray(stops[row[0]])


def _parts(gathered: Gathered, wishes: Wishes) -> list[NDArray[np.int64]]:
    """Stops that may share a walk."""
    if wishes.cross_districts:
        return [np.arange(len(gathered.stops), dtype=np.int64)]
    return _by_district(gathered, np.arange(len(gathered.stops), dtype=np.int64))


def _by_district(gathered: Gathered, stops: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    ordered = stops[np.argsort(gathered.district[stops], kind="stable")]
    return np.split(ordered, np.flatnonzero(np.diff(gathered.district[ordered])) + 1)


def only(ways: Ways, part: NDArray[np.int64]) -> Ways:
    """The ways between some of the stops."""
    return ways._replace(
        edge=ways.edge[part],
        along=ways.along[part],
        side=ways.side[part],
        street=ways.street[part],
        x=ways.x[part],
        y=ways.y[part],
    )


def _first_walks(
    ways: Ways, part: NDArray[np.int64], measures: Measures
) -> list[NDArray[np.int64]]:
    mine = only(ways, part) if len(part) < len(ways.x) else ways
    tour = tour_through(mine, measures.change_m, measures.crossing_m)
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
    Where turfs begin: as many as the aim asks for, more only where each saves its price.

    The window follows the mean, so that the largest stays within ``ROOM`` of it. Without a price for
    one more turf it is searched for, by halving, until the number is the one that the aim asks for.
    """
    total = float(load.sum() + leg_load.sum())
    wanted = max(1, round(total / measures.aim))
    heaviest = float(load.max(initial=0.0))

    def divide(turf_m: float, mean: float) -> NDArray[np.int64]:
        most = max(CEILING * mean, heaviest)
        return split_tour(load, leg_load, price, cut_price, 0.88 * mean, most, turf_m)

    if measures.turf_m == 0.0:
        low, high = 0.0, float(price.max(initial=0.0)) * 2 + 1_000.0
        mean = total / wanted
        best = divide(high, mean)
        for _ in range(18):
            middle = (low + high) / 2
            tried = divide(middle, mean)
            if len(tried) <= wanted:
                best, high = tried, middle
            else:
                low = middle
            if len(tried) == wanted:
                break
        if len(best) != wanted:  # the window follows the number of turfs that there are
            again = divide(high, total / len(best))
            best = again if len(again) == len(best) else best
        return best
    begins = divide(measures.turf_m, total / wanted)
    for _ in range(3):
        mean = total / max(wanted, len(begins))
        again = divide(measures.turf_m, mean)
        if len(again) == len(begins):
            return again
        begins = again
    return begins


def legs_of(ways: Ways, tour: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.float64]:
    """Metres of each leg of a walk."""
    return np.asarray(_legs(ways, tour.astype(np.int64)), dtype=np.float64)


def polish(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
    tries: int,
    say: Callable[[float], None],
) -> list[NDArray[np.int64]]:
    """Improve walks together with their neighbours, twice with other neighbours."""
    passes = 1 if len(gathered.stops) <= 3_000 else 2
    for turn in range(passes):
        groups = chunks_of(ways, gathered, walks, wishes, turn)
        means = _means(ways, gathered, walks, measures, wishes)
        for at, group in enumerate(groups):
            say((turn + at / len(groups)) / passes)
            better = _polish_chunk(
                ways,
                gathered,
                [walks[w] for w in group],
                measures,
                float(means[group[0]]),
                wishes,
                max(1, tries // passes),
                wishes.seed * 1000 + turn * 100_003 + at,
            )
            for w, walk in zip(group, better, strict=True):
                walks[w] = walk
        walks = [walk for walk in walks if len(walk)]
    return walks


def _polish_chunk(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    mean: float,
    wishes: Wishes,
    tries: int,
    seed: int,
) -> list[NDArray[np.int64]]:
    stops = np.concatenate(walks)
    count = len(stops)
    if count < 2:
        return walks
    metres, price = matrices(ways, stops, measures.change_m, measures.crossing_m)
    begin = finish = np.zeros(count)
    if wishes.start is not None:
        begin = _from_start(gathered, stops, wishes.start)
        finish = begin if wishes.loop else finish
    most_stops = int(max(len(walk) for walk in walks) * 1.6) + 60
    walk = np.full((len(walks), most_stops), -1, np.int32)
    length = np.zeros(len(walks), np.int32)
    at = 0
    for r, stops_of in enumerate(walks):
        length[r] = len(stops_of)
        walk[r, : length[r]] = np.arange(at, at + len(stops_of))
        at += len(stops_of)
    street, street_price, elsewhere = _street_prices(ways, stops, measures)
    loop = wishes.loop and wishes.start is None
    hot = min(HOT_MOST_M, max(HOT_LEAST_M, HOT_M_PER_TRY * tries))
    load = measures.load[stops]
    loads = [
        float(load[walk[r, : length[r]]].sum())
        + measures.load_per_metre
        * float(metres[walk[r, : max(length[r] - 1, 0)], walk[r, 1 : length[r]]].sum())
        for r in range(len(walks))
    ]
    improve_walks(price, begin, finish, loop, walk, length)
    ruin_and_recreate(
        metres, price, begin, finish, loop, load, measures.load_per_metre, 0.8 * mean,
        max(CEILING * mean, min(max(loads), ROOM * mean)), SHORT_M, street, street_price, elsewhere,
        walk, length, tries * count, hot, COLD_M, seed,
    )  # fmt: skip
    improve_walks(price, begin, finish, loop, walk, length)
    return [stops[walk[r, : length[r]]] for r in range(len(walks))]


def _means(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
) -> NDArray[np.float64]:
    """The mean load of the walks in each walk's district, or of all where districts may be crossed."""
    load = np.array(
        [
            measures.load[walk].sum()
            + (
                measures.load_per_metre * legs_of(ways, walk).sum()
                if measures.load_per_metre
                else 0.0
            )
            for walk in walks
        ]
    )
    if wishes.cross_districts:
        return np.full(len(walks), load.mean())
    district = np.array([gathered.district[walk[0]] for walk in walks])
    _names, number = np.unique(district, return_inverse=True)
    means = np.bincount(number, weights=load) / np.bincount(number)
    return np.asarray(means[number])


def _street_prices(
    ways: Ways, stops: NDArray[np.int64], measures: Measures
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]:
    """Streets numbered from 0 within the chunk; a street longer than a walk may be split for nothing."""
    names, street = np.unique(ways.street[stops], return_inverse=True)
    loads = np.bincount(street, weights=measures.load[stops], minlength=len(names))
    price = np.where((loads <= measures.aim) & (names >= 0), measures.split_m, 0.0)
    return street.astype(np.int32), price, np.zeros(len(names), np.int32)


def _from_start(
    gathered: Gathered, stops: NDArray[np.int64], start: tuple[float, float]
) -> NDArray[np.float64]:
    """Metres from the start: a third more than straight, since the start need not lie on a street."""
    x, y = gathered.stops.plane.metres([start[0]], [start[1]])
    return np.asarray(
        1.3 * np.hypot(gathered.stops.x[stops] - x[0], gathered.stops.y[stops] - y[0])
    )


@njit(cache=True)
def _legs(ways, walk):  # type: ignore[no-untyped-def]  # compiled
    legs = np.zeros(max(len(walk) - 1, 0), np.float32)
    for at in range(len(legs)):
        legs[at] = stop_metres(ways, walk[at], walk[at + 1])
    return legs


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
    ways = ways_between(gathered.stops, streets, RADIUS_AGAIN_M)
    walks = _walks_of(gathered, previous)
    turf = np.zeros(len(gathered.stops), np.int32)
    for number, walk in walks.items():
        turf[walk] = number
    new = np.flatnonzero(turf == 0)
    say(0.5, f"Finding a place for {len(new)} new stops")
    left = insert_stops(ways, gathered, walks, turf, new, measures, wishes)
    if len(left):
        parts = [left] if wishes.cross_districts else _by_district(gathered, left)
        fresh = [walk for part in parts for walk in _first_walks(ways, part, measures)]
        walks.update({highest + at: walk for at, walk in enumerate(fresh, 1)})
    return ways, walks


def kept_walks(
    gathered: Gathered, streets: StreetNetwork | None, previous: Plan
) -> tuple[Ways, Walks]:
    """The ways between stops that stay as they are, and their walks."""
    return ways_between(gathered.stops, streets, RADIUS_AGAIN_M), _walks_of(gathered, previous)


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
