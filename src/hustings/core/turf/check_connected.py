"""
Whether every door of a walk can be reached from its neighbour in the order.

Reached means: without passing a door of another walk on the same side of the street. A walker may cross
the street at a junction, and away from one where they stand at a door of their own; a piece of street
with doors of others on both sides cannot be passed by somebody who has no door on it. A door at the
same point as one's own (another flat of the building) is not in the way. A walk of one stop is
connected.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hustings.core.turf.check_ground import Standing
    from hustings.core.walk.network import StreetNetwork


def reached(
    standing: Standing,
    turf: NDArray[np.int32],
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    streets: StreetNetwork,
) -> NDArray[np.bool_]:
    """
    For each leg from door ``before[i]`` to door ``after[i]`` of one walk, whether it can be walked so.

    Parameters
    ----------
    standing, turf
        One entry a door; turf 0 is in nobody's walk but stands in nobody's way.
    """
    room = hanging_together(standing, turf, streets)
    return np.asarray(room[before] == room[after])


def hanging_together(
    standing: Standing, turf: NDArray[np.int32], streets: StreetNetwork
) -> NDArray[np.int64]:
    """
    For each door a number that it shares with all doors of its walk that can be reached from it.

    Given districts for walks, these are the parts of a district that somebody may walk who stays within it.
    """
    label = _open_to_all(standing, turf, streets)
    first, ties = _rooms(standing, turf, label, streets)
    links = np.array(ties, np.int64).reshape(-1, 2)
    size = int(max(links.max(initial=0), first.max(initial=0))) + 1
    room = connected_components(
        coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(size, size)),
        directed=False,
    )[1]
    return np.asarray(room[first], dtype=np.int64)


def _open_to_all(
    standing: Standing, turf: NDArray[np.int32], streets: StreetNetwork
) -> NDArray[np.int64]:
    """Junctions with the same number are joined by streets with a side on which nobody lives."""
    on_side = np.zeros((2, streets.edge_count), bool)
    held = turf > 0
    on_side[standing.left[held].astype(np.int64), standing.edge[held]] = True
    free = np.flatnonzero(~on_side.all(axis=0))
    a, b = streets.edge_from[free], streets.edge_to[free]
    size = streets.node_count
    label = connected_components(
        coo_matrix((np.ones(len(free)), (a, b)), shape=(size, size)), directed=False
    )[1]
    return np.asarray(label, dtype=np.int64)


def _rooms(
    standing: Standing,
    turf: NDArray[np.int32],
    label: NDArray[np.int64],
    streets: StreetNetwork,
) -> tuple[NDArray[np.int64], list[tuple[int, int]]]:
    """
    The room of each door, and which rooms are one.

    A room is a stretch of one side of one edge between two doors of others, seen by one walk; or, for
    one walk, a set of junctions joined by streets open to all.
    """
    number: dict[tuple[int, ...], int] = {}
    ties: list[tuple[int, int]] = []
    first = np.zeros(len(turf), np.int64)

    def room(*key: int) -> int:
        return number.setdefault(key, len(number))

    for edge, members in _by_edge(standing, turf):
        ends = (int(label[streets.edge_from[edge]]), int(label[streets.edge_to[edge]]))
        for walk in {walk for _, _, walk, _ in members}:
            own = {(side, t) for side, t, other, _ in members if other == walk}
            others = [
                sorted(
                    {t for s, t, w, _ in members if w != walk and s == side and (s, t) not in own}
                )
                for side in (0, 1)
            ]
            for side, t, other, door in members:
                if other != walk:
                    continue
                here = bisect_left(others[side], t)
                mine = room(walk, edge, side, here)
                first[door] = mine
                facing = {bisect_left(others[1 - side], t), bisect_right(others[1 - side], t)}
                for at, place in ((side, here), *((1 - side, place) for place in facing)):
                    stretch = room(walk, edge, at, place)
                    ties.append((mine, stretch))
                    if place == 0:
                        ties.append((stretch, room(walk, -1, ends[0])))
                    if place == len(others[at]):
                        ties.append((stretch, room(walk, -1, ends[1])))
    return first, ties


def _by_edge(
    standing: Standing, turf: NDArray[np.int32]
) -> Iterator[tuple[int, list[tuple[int, float, int, int]]]]:
    """Each edge with its doors as (side, metres along, turf, door)."""
    held = np.flatnonzero(turf > 0)
    order = held[np.argsort(standing.edge[held], kind="stable")]
    if not len(order):
        return
    edges, starts = np.unique(standing.edge[order], return_index=True)
    along = np.round(standing.along, 2)
    for edge, doors in zip(edges, np.split(order, starts[1:]), strict=True):
        yield (
            int(edge),
            [
                (int(side), float(t), int(walk), int(door))
                for side, t, walk, door in zip(
                    standing.left[doors], along[doors], turf[doors], doors, strict=True
                )
            ],
        )
