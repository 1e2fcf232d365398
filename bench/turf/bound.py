"""
A floor under every plan: the Lagrangean bound of a forest.

K walks through n stops are a forest of n - K edges in which no stop has more than two. Giving a price
p(i) >= 0 to every end of an edge at stop i beyond two makes min forest(c + p(i) + p(j)) - 2 sum p a
lower bound for every p; subgradient steps raise it. Size of walks is not in it, so it is loose where
that binds. It is computed on each stop's 14 nearest stops in the plane with the judge's distances: an
edge outside that graph could in theory lower it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import cKDTree

from hustings.core.geo import LocalPlane
from hustings.core.turf.check_ground import Standing, legs_on_streets, names_on_streets, stand

if TYPE_CHECKING:
    from bench.turf.instances import Instance

NEAREST = 14
ROUNDS = 140


def lower_bound(place: Instance, turfs: int, walked: float) -> float:
    """Metres that no plan of so many walks can go below; ``walked`` is what some plan walks."""
    a, b, metres, count = _near_pairs(place)
    prices = np.zeros(count)
    best, patience, scale = -np.inf, 0, 1.0
    for _ in range(ROUNDS):
        priced = metres + prices[a] + prices[b]
        tree = minimum_spanning_tree(coo_matrix((priced, (a, b)), shape=(count, count))).tocoo()
        # with several pieces there are fewer edges; the cheapest of them make the forest
        chosen = np.argsort(tree.data, kind="stable")[: count - turfs]
        value = float(tree.data[chosen].sum() - 2 * prices.sum())
        degree = np.bincount(tree.row[chosen], minlength=count) + np.bincount(
            tree.col[chosen], minlength=count
        )
        if value > best:
            best, patience = value, 0
        else:
            patience += 1
            if patience >= 8:
                scale, patience = scale / 2, 0
        direction = (degree - 2).astype(float)
        direction[(direction < 0) & (prices <= 0)] = 0.0
        size = float((direction**2).sum())
        if size == 0 or scale < 1e-3:
            break
        prices = np.maximum(prices + scale * max(walked - value, 1.0) / size * direction, 0.0)
    return best


def _near_pairs(place: Instance) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    doors = place.doors
    _, first = np.unique(doors.building, return_index=True)
    plane = LocalPlane.around(doors.lon, doors.lat)
    x, y = plane.metres(doors.lon[first], doors.lat[first])
    near = cKDTree(np.column_stack([x, y])).query(
        np.column_stack([x, y]), k=min(NEAREST + 1, len(x))
    )[1]
    a = np.repeat(np.arange(len(x)), near.shape[1])
    b = near.ravel()
    pairs = np.unique(np.sort(np.column_stack([a, b])[a != b], axis=1), axis=0)
    a, b = pairs[:, 0], pairs[:, 1]
    names = names_on_streets(doors, place.streets)[first]
    s = stand(x, y, names, place.streets, plane)
    metres = legs_on_streets(
        Standing(s.edge[a], s.along[a], s.left[a]),
        Standing(s.edge[b], s.along[b], s.left[b]),
        place.streets,
        np.hypot(x[a] - x[b], y[a] - y[b]),
    ).metres
    return a, b, np.maximum(metres, 1e-3), len(x)
