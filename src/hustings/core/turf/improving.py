"""Walks improved together with their neighbours, chunk by chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.turf.between import close_by, matrices
from hustings.core.turf.chunks import STOPS_TOGETHER, chunks_of
from hustings.core.turf.connect import Sides
from hustings.core.turf.measures import CEILING, Measures, loads_of, means_of
from hustings.core.turf.polish import anneal, improve_walks
from hustings.core.turf.searching import Chunk, Ground

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.ways import Ways

HOT_LEAST_M, HOT_MOST_M, HOT_M_PER_TRY, COLD_M = 10.0, 100.0, 0.25, 1.0
"""Where annealing begins and ends: the more tries, the hotter it may begin."""
HOT_FOR_PRICES = 4.0
"""How much hotter where more than metres has a price: a split street costs as much as many legs."""
CEILING_IN_MINUTES = 1.12
"""The same in the last round, in minutes: room to keep streets whole."""
LEAST = 0.8
"""What a walk should weigh of the mean one at least."""
TRIES_FOR_TWO = 40
"""Tries a stop from which a large place is gone through twice: each time tables distances anew."""
CLOSE = 40
"""Stops that are looked at as neighbours of each."""
SPARE_WALKS = 0.05
"""Walks that may be begun while a chunk is searched, as a share of those that there are."""


def polish(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
    tries: int,
    turn: int,
    sides: Sides | None,
    asked_for: bool,
    say: Callable[[float], None],
) -> list[NDArray[np.int64]]:
    """
    Improve walks together with their neighbours; in a large place, given the tries, twice with others.

    With ``sides`` pieces that a walk is in are minded.
    """
    passes = 1 if len(gathered.stops) <= STOPS_TOGETHER or tries < TRIES_FOR_TWO else 2
    for again in range(passes):
        groups = chunks_of(ways, gathered, walks, wishes, 2 * turn + again)
        means = means_of(ways, gathered, walks, measures, wishes, asked_for=asked_for)
        better: list[NDArray[np.int64]] = []
        for at, group in enumerate(groups):
            say((again + at / len(groups)) / passes)
            better += _polish_chunk(
                ways,
                gathered,
                [walks[w] for w in group],
                measures,
                float(means[group[0]]),
                wishes,
                max(1, tries // passes),
                sides,
                asked_for,
                wishes.seed * 1000 + (2 * turn + again) * 100_003 + at,
            )
        walks = better
    return walks


def _polish_chunk(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    mean: float,
    wishes: Wishes,
    tries: int,
    sides: Sides | None,
    asked_for: bool,
    seed: int,
) -> list[NDArray[np.int64]]:
    stops = np.concatenate(walks)
    count = len(stops)
    if count < 2:
        return walks
    if asked_for and measures.load_per_metre:
        # In minutes the first division counts ways that nobody will walk; in doors it is exact.
        walks = _dissolved(ways, walks, loads_of(ways, walks, measures), mean)
    stops = np.concatenate(walks)
    loads = loads_of(ways, walks, measures)
    ceiling = CEILING if asked_for or not measures.load_per_metre else CEILING_IN_MINUTES
    most = max(min(ceiling * mean, measures.most), float(measures.load[stops].max()))
    chunk = _chunk(ways, gathered, stops, measures, wishes, mean, most)
    # Where one more walk has a price it may be worth it; without a price there would be no end of them.
    spare = max(1, round(SPARE_WALKS * len(walks))) if measures.turf_m > 0 and asked_for else 0
    if not asked_for:
        spare = int((loads > measures.most).sum())
    most_stops = max(
        int(max(len(walk) for walk in walks) * 1.6) + 60,
        2 * int(np.mean([len(walk) for walk in walks])),
    )
    walk = np.full((len(walks) + spare, most_stops), -1, np.int32)
    length = np.zeros(len(walks) + spare, np.int32)
    at = 0
    for r, stops_of in enumerate(walks):
        length[r] = len(stops_of)
        walk[r, : length[r]] = np.arange(at, at + len(stops_of))
        at += len(stops_of)
    hot = min(HOT_MOST_M, max(HOT_LEAST_M, HOT_M_PER_TRY * tries))
    hot *= HOT_FOR_PRICES if measures.priced else 1.0
    improve_walks(chunk.price, chunk.begin, chunk.finish, chunk.loop, walk, length)
    anneal(chunk, _ground(ways, sides, stops), walk, length, tries * count, hot, COLD_M, seed)
    improve_walks(chunk.price, chunk.begin, chunk.finish, chunk.loop, walk, length)
    return [stops[walk[r, : length[r]]] for r in range(len(length)) if length[r]]


def _dissolved(
    ways: Ways, walks: list[NDArray[np.int64]], loads: NDArray[np.float64], mean: float
) -> list[NDArray[np.int64]]:
    """As many walks as there should be: the smallest go to the ends of those whose ends are nearest."""
    wanted = max(1, round(float(loads.sum()) / mean))
    order = np.argsort(loads, kind="stable")
    kept = [walks[r] for r in order]
    while len(kept) > wanted:
        small = kept.pop(0)
        ends = np.array([[walk[0], walk[-1]] for walk in kept])
        middle_x, middle_y = ways.x[small].mean(), ways.y[small].mean()
        gap = np.hypot(ways.x[ends] - middle_x, ways.y[ends] - middle_y)
        at = int(gap.min(axis=1).argmin())
        first = gap[at, 0] < gap[at, 1]
        kept[at] = np.concatenate([small, kept[at]] if first else [kept[at], small])
    return kept


def _ground(ways: Ways, sides: Sides | None, stops: NDArray[np.int64]) -> Ground:
    """Where the chunk's stops stand; without ``sides`` nobody minds pieces."""
    if sides is None:
        none = np.zeros(0, np.int32)
        empty = Sides(np.zeros(1, np.int64), none, none, none, none)
        return Ground(ways, empty, stops, none, minded=False)
    owner = np.full(len(ways.edge), -9, np.int32)
    return Ground(ways, sides, stops, owner, minded=True)


def _chunk(
    ways: Ways,
    gathered: Gathered,
    stops: NDArray[np.int64],
    measures: Measures,
    wishes: Wishes,
    mean: float,
    most: float,
) -> Chunk:
    """
    What stays as it is while these stops are searched.

    Streets are numbered from 0 within the chunk; one longer than a walk may be split for nothing.
    """
    metres, price = matrices(ways, stops, measures.change_m, measures.crossing_m)
    begin = finish = np.zeros(len(stops))
    if wishes.start is not None:
        begin = _from_start(gathered, stops, wishes.start)
        finish = begin if wishes.loop else finish
    load = measures.load[stops]
    names, street = np.unique(ways.street[stops], return_inverse=True)
    street = np.where(names[street] >= 0, street, -1)
    on = np.flatnonzero(street >= 0)
    loads = np.bincount(street[on], weights=load[on], minlength=len(names))
    return Chunk(
        metres=metres,
        price=price,
        close=close_by(price, CLOSE),
        begin=begin,
        finish=finish,
        loop=wishes.loop and wishes.start is None,
        load=load,
        load_per_metre=measures.load_per_metre,
        most=most,
        least=LEAST * mean,
        short=measures.short_m,
        walk_price=measures.turf_m,
        street=street.astype(np.int32),
        street_price=np.where(loads <= measures.aim, measures.split_m, 0.0),
        street_start=np.concatenate(
            [[0], np.cumsum(np.bincount(street[on], minlength=len(names)))]
        ),
        street_stops=on[np.argsort(street[on], kind="stable")],
        priced=measures.priced,
    )


def in_better_order(
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


def _from_start(
    gathered: Gathered, stops: NDArray[np.int64], start: tuple[float, float]
) -> NDArray[np.float64]:
    """Metres from the start: a third more than straight, since the start need not lie on a street."""
    x, y = gathered.stops.plane.metres([start[0]], [start[1]])
    return np.asarray(
        1.3 * np.hypot(gathered.stops.x[stops] - x[0], gathered.stops.y[stops] - y[0])
    )
