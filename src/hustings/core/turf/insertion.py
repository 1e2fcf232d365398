"""Putting new stops into walks that are there, each where it costs least."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from hustings.core.walk.ways import Ways, stop_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.making import Walks
    from hustings.core.turf.measures import Measures
    from hustings.core.turf.problem import Wishes

NEAREST = 12


def insert_stops(
    ways: Ways,
    gathered: Gathered,
    walks: Walks,
    turf: NDArray[np.int32],
    new: NDArray[np.int64],
    measures: Measures,
    wishes: Wishes,
) -> NDArray[np.int64]:
    """
    Insert what fits, changing ``walks`` and ``turf``; returns the stops for which no turf near has room.
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
    left = []
    for stop, close in zip(new, near, strict=True):
        best = (np.inf, 0, 0)
        for beside in close:
            number = int(turf[beside])
            district = gathered.district[beside]
            if not wishes.cross_districts and district != gathered.district[stop]:
                continue
            if loads[number] + measures.load[stop] > measures.most:
                continue
            for at in (places[int(beside)], places[int(beside)] + 1):
                price = _price_at(ways, walks[number], at, int(stop), measures)
                best = min(best, (price, number, at))
        price, number, at = best
        if number == 0:
            left.append(stop)
            continue
        walks[number] = np.insert(walks[number], at, stop)
        for later in range(at, len(walks[number])):
            places[int(walks[number][later])] = later
        turf[stop] = number
        loads[number] += measures.load[stop] + price * measures.load_per_metre
    return np.array(left, np.int64)


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
