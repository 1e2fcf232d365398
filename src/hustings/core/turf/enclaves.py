"""
What hangs together of a district.

Nobody may pass the doors of another district on their own side, so a few streets beyond them can be in no walk
with the rest: an enclave. It is cut by itself, as if it were a district of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hustings.core.turf.connect import sides_of, stretch

if TYPE_CHECKING:
    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.ways import Ways


def by_enclaves(
    gathered: Gathered, ways: Ways, streets: StreetNetwork | None, wishes: Wishes
) -> Gathered:
    """The same stops, those of each enclave with a district of their own."""
    if streets is None or not streets.edge_count or wishes.cross_districts:
        return gathered
    names, district = np.unique(gathered.district, return_inverse=True)
    if len(names) < 2:
        return gathered
    count = len(district)
    stop, room = _rooms(
        ways, sides_of(ways, streets), district.astype(np.int32), streets.node_count
    )
    rooms, room = np.unique(room, return_inverse=True)
    size = count + len(rooms)
    piece = connected_components(
        coo_matrix((np.ones(len(stop), np.int8), (stop, count + room)), shape=(size, size)),
        directed=False,
    )[1][:count]
    # Numbered by district first, so that what lies together comes together.
    _, number = np.unique(
        district.astype(np.int64) * size + piece.astype(np.int64), return_inverse=True
    )
    return replace(gathered, district=number.astype(np.int32))


@njit(cache=True)
def _rooms(ways, sides, district, nodes):  # type: ignore[no-untyped-def]  # compiled
    """Stops, and a room that each is in: a stretch of a side without doors of others, or what all may pass."""
    count = len(district)
    kinds = len(sides.start) + count + nodes
    stop = np.empty(14 * count, np.int64)
    room = np.empty(14 * count, np.int64)
    found = 0
    for v in range(count):
        mine = np.int64(district[v])
        e = ways.edge[v]
        for facing in range(2):
            side = 2 * e + (ways.side[v] if facing == 0 else 1 - ways.side[v])
            begin, end = sides.start[side], sides.start[side + 1]
            low, high = begin, end
            while low < high:  # the first listed at or after this place
                middle = (low + high) >> 1
                if sides.cm[sides.listed[middle]] < sides.cm[v]:
                    low = middle + 1
                else:
                    high = middle
            after = low
            if facing == 1:
                while after < end and sides.cm[sides.listed[after]] == sides.cm[v]:
                    after += 1
            for turn in range(2):
                if turn == 1 and after == low:
                    break
                before, last = stretch(
                    sides, side, low if turn == 0 else after, district[v], district
                )
                place = side if before < 0 else len(sides.start) + before
                stop[found], room[found] = v, mine * kinds + place
                found += 1
                if before < 0:
                    junction = sides.label[ways.edge_from[e]]
                    stop[found], room[found] = v, mine * kinds + kinds - nodes + junction
                    found += 1
                if last:
                    junction = sides.label[ways.edge_to[e]]
                    stop[found], room[found] = v, mine * kinds + kinds - nodes + junction
                    found += 1
    return stop[:found], room[:found]
