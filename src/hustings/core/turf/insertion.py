"""Putting new stops into walks that are there, each where it costs least."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from scipy.spatial import cKDTree

from hustings.core.turf.connect import pieces, sides_of
from hustings.core.walk.ways import Ways, stop_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.connect import Sides
    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.making import Walks
    from hustings.core.turf.measures import Measures
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork

NEAREST = 12
ASKED = 10
"""Stops beside a new one whose walks are asked whether they pass there."""
MOVED = 24
"""New stops near a walk in pieces that it may be given instead of the walk that took them."""


def insert_stops(
    ways: Ways,
    gathered: Gathered,
    walks: Walks,
    turf: NDArray[np.int32],
    new: NDArray[np.int64],
    measures: Measures,
    wishes: Wishes,
    streets: StreetNetwork | None,
) -> NDArray[np.int64]:
    """
    Insert what fits, changing ``walks`` and ``turf``; returns the stops for which no turf near has room.

    Of the places that do not take a walk to pieces, its own or one that passes there, the cheapest is taken.
    """
    old = np.flatnonzero(turf > 0)
    if len(old) == 0 or len(new) == 0:
        return new
    tree = cKDTree(np.column_stack([ways.x[old], ways.y[old]]))
    near = old[
        np.asarray(
            tree.query(np.column_stack([ways.x[new], ways.y[new]]), k=min(NEAREST, len(old)))[1]
        ).reshape(len(new), -1)
    ]
    loads = {number: _load(ways, walk, measures) for number, walk in walks.items()}
    places = {int(stop): at for walk in walks.values() for at, stop in enumerate(walk)}
    sides = sides_of(ways, streets) if streets is not None and streets.edge_count else None
    left = []
    for stop, close in zip(new, near, strict=True):
        places_for: dict[int, tuple[float, int, int]] = {}
        for beside in close:
            number = int(turf[beside])
            district = gathered.district[beside]
            if not wishes.cross_districts and district != gathered.district[stop]:
                continue
            if loads[number] + measures.load[stop] > measures.most:
                continue
            for at in (places[int(beside)], places[int(beside)] + 1):
                price = _price_at(ways, walks[number], at, int(stop), measures)
                best = places_for.get(number, (np.inf, 0, 0))
                places_for[number] = min(best, (price, number, at))
        if not places_for:
            left.append(stop)
            continue
        ranked = sorted(places_for.values())
        price, number, at = ranked[0]
        if sides is not None:
            beside_it = {int(turf[beside]) for beside in close[:ASKED]}
            for tried in ranked:
                if _stays_whole(ways, sides, walks, turf, int(stop), tried, beside_it):
                    price, number, at = tried
                    break
        walks[number] = np.insert(walks[number], at, stop)
        for later in range(at, len(walks[number])):
            places[int(walks[number][later])] = later
        turf[stop] = number
        loads[number] += measures.load[stop] + price * measures.load_per_metre
    if sides is not None:
        taken = new[turf[new] > 0]
        _give_to_those_who_pass(ways, gathered, sides, walks, turf, taken, measures, wishes)
    return np.array(left, np.int64)


def _give_to_those_who_pass(
    ways: Ways,
    gathered: Gathered,
    sides: Sides,
    walks: Walks,
    turf: NDArray[np.int32],
    new: NDArray[np.int64],
    measures: Measures,
    wishes: Wishes,
) -> None:
    """
    A new stop may lie on the way of a walk that has none near it, and take it to pieces.

    Such a walk is given new stops of others, nearest first, where that leaves fewer pieces; old stops stay.
    Where two pass there this is not enough (``again.py`` goes on).
    """
    numbers = sorted(walks)
    counts = _pieces_each(ways, sides, [walks[each] for each in numbers], numbers, turf)
    for at in np.flatnonzero(counts > 1):
        mine = numbers[at]
        own = np.column_stack([ways.x[walks[mine]], ways.y[walks[mine]]])
        gap = cKDTree(own).query(np.column_stack([ways.x[new], ways.y[new]]))[0]
        for stop in new[np.argsort(gap, kind="stable")[:MOVED]]:
            theirs = int(turf[stop])
            if theirs == mine or len(walks[theirs]) == 1:
                continue
            if (
                not wishes.cross_districts
                and gathered.district[stop] != gathered.district[walks[mine][0]]
            ):
                continue
            prices = [
                _price_at(ways, walks[mine], place, int(stop), measures)
                for place in range(len(walks[mine]) + 1)
            ]
            with_it = np.insert(walks[mine], int(np.argmin(prices)), stop)
            without = walks[theirs][walks[theirs] != stop]
            if _load(ways, with_it, measures) > measures.most:
                continue
            pair = [mine, theirs]
            before = _pieces(ways, sides, [walks[mine], walks[theirs]], pair, turf)
            turf[stop] = mine
            if _pieces(ways, sides, [with_it, without], pair, turf) < before:
                walks[mine], walks[theirs] = with_it, without
            else:
                turf[stop] = theirs


def _stays_whole(
    ways: Ways,
    sides: Sides,
    walks: Walks,
    turf: NDArray[np.int32],
    stop: int,
    tried: tuple[float, int, int],
    beside: set[int],
) -> bool:
    """Whether no walk there is in more pieces when the stop goes into this one."""
    _price, number, at = tried
    some = sorted({number, *beside})
    before = _pieces(ways, sides, [walks[each] for each in some], some, turf)
    then = [np.insert(walks[each], at, stop) if each == number else walks[each] for each in some]
    turf[stop] = number
    after = _pieces(ways, sides, then, some, turf)
    turf[stop] = 0
    return after <= before


def _pieces(
    ways: Ways,
    sides: Sides,
    walks: list[NDArray[np.int64]],
    numbers: list[int],
    turf: NDArray[np.int32],
) -> int:
    return int(_pieces_each(ways, sides, walks, numbers, turf).sum())


def _pieces_each(
    ways: Ways,
    sides: Sides,
    walks: list[NDArray[np.int64]],
    numbers: list[int],
    turf: NDArray[np.int32],
) -> NDArray[np.int64]:
    start = np.cumsum([0, *(len(walk) for walk in walks)])
    flat = np.concatenate(walks).astype(np.int32)
    return np.asarray(_count(ways, sides, flat, start, np.array(numbers, np.int32), turf))


@njit(cache=True)
def _count(ways, sides, flat, start, numbers, turf):  # type: ignore[no-untyped-def]  # compiled
    root = np.empty(len(flat), np.int32)
    found = np.zeros(len(numbers), np.int64)
    for at in range(len(numbers)):
        walk = flat[start[at] : start[at + 1]]
        found[at] = pieces(ways, sides, walk, len(walk), numbers[at], turf, root)
    return found


def _load(ways: Ways, walk: NDArray[np.int64], measures: Measures) -> float:
    metres = (
        sum(float(stop_metres(ways, a, b)) for a, b in itertools.pairwise(walk))
        if measures.load_per_metre
        else 0.0
    )
    return float(measures.load[walk].sum()) + measures.load_per_metre * metres


def _price_at(ways: Ways, walk: NDArray[np.int64], at: int, stop: int, measures: Measures) -> float:
    """What it costs to knock there as well: metres more, and a change of street more."""
    before = int(walk[at - 1]) if at > 0 else -1
    after = int(walk[at]) if at < len(walk) else -1
    price = _leg(ways, before, stop, measures) + _leg(ways, stop, after, measures)
    return price - _leg(ways, before, after, measures)


def _leg(ways: Ways, i: int, j: int, measures: Measures) -> float:
    if i < 0 or j < 0:
        return 0.0
    change = measures.change_m if ways.street[i] != ways.street[j] else 0.0
    return float(stop_metres(ways, i, j)) + change
