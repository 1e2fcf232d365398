"""Groups of neighbouring turfs, small enough to be improved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.ways import Ways

STOPS_TOGETHER = 3_000
"""Stops in a group where all can be together; their distances are a table of this size squared."""
STOPS_IN_LARGE = 700
"""Stops in a group of a larger place."""
SHARES = (0.5, 0.4, 0.6, 0.45, 0.55, 0.35)
"""Where a group is halved, turn by turn: what one border cuts another should not."""


def chunks_of(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    wishes: Wishes,
    turn: int,
) -> list[list[int]]:
    """
    Indices of walks, group by group; each turn has other borders, odd ones across those of even ones.

    Walks of different districts are never in one group unless districts may be crossed.
    """
    centre_x = np.array([ways.x[walk].mean() for walk in walks])
    centre_y = np.array([ways.y[walk].mean() for walk in walks])
    if turn % 2:
        centre_x, centre_y = centre_x + centre_y, centre_y - centre_x
    size = np.array([len(walk) for walk in walks])
    if wishes.cross_districts:
        districts = np.zeros(len(walks), np.int64)
    else:
        districts = np.array([gathered.district[walk[0]] for walk in walks])
    most = STOPS_TOGETHER if int(size.sum()) <= STOPS_TOGETHER else STOPS_IN_LARGE
    groups: list[list[int]] = []
    for district in np.unique(districts):
        mine = np.flatnonzero(districts == district)
        _halve(mine, centre_x, centre_y, size, most, turn, groups)
    return groups


def _halve(
    mine: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    size: NDArray[np.int64],
    most: int,
    turn: int,
    groups: list[list[int]],
) -> None:
    """Halve by the longer side until a group is small enough."""
    if int(size[mine].sum()) <= most or len(mine) < 2:
        groups.append(mine.tolist())
        return
    along = x[mine] if np.ptp(x[mine]) >= np.ptp(y[mine]) else y[mine]
    order = mine[np.lexsort((mine, along))]
    filled = np.cumsum(size[order])
    at = int(np.searchsorted(filled, SHARES[turn % len(SHARES)] * filled[-1]))
    at = min(max(at, 1), len(order) - 1)
    _halve(order[:at], x, y, size, most, turn, groups)
    _halve(order[at:], x, y, size, most, turn, groups)
