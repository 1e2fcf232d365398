"""
A floor under every plan: the Lagrangean bound of a forest, settlement by settlement.

K walks through n stops are a forest of n - K edges in which no stop has more than two. Giving a price
p(i) >= 0 to every end of an edge at stop i beyond two makes min forest(c + p(i) + p(j)) - 2 sum p a
lower bound for every p.

No walk has more than Q doors. So the stops of a settlement S need at least ceil(doors(S) / Q) walks, and
at most |S| - ceil(doors(S) / Q) edges lie inside it (the rounded capacity inequality of vehicle routing:
Laporte, Nobert, Desrochers, Operations Research 33, 1985). Its price u(S) >= 0 comes on every edge inside
and goes off as u(S) times that number. Settlements are what hangs together when all legs longer than 60 m,
100 m ... are taken out; any family of sets would give a bound, this one a good one. Subgradient steps raise
both kinds of price.

Distances are the judge's. Up to 2,500 stops all pairs are looked at, so that it holds for every plan. In larger
places only the pairs of near stops in the plane and the legs of the plan that is judged: an edge outside that
graph could in theory lower it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import cKDTree

from hustings.core.errors import BadInput
from hustings.core.geo import LocalPlane
from hustings.core.turf.check_ground import Standing, legs_on_streets, names_on_streets, stand

if TYPE_CHECKING:
    from bench.turf.instances import Instance
    from hustings.core.turf.plan import Plan

ALL_PAIRS, NEAREST_IN_A_TOWN, NEAREST_IN_A_CITY, A_TOWN = 2_500, 40, 20, 20_000
ROUNDS, ROUNDS_FOR_ALL_PAIRS = 400, 120
APART_M = (40.0, 60.0, 90.0, 130.0, 200.0, 300.0, 500.0, 800.0)


def lower_bound(place: Instance, plan: Plan, turfs: int, largest: int, walked: float) -> float:
    """
    Metres that no plan of so many walks, none of more doors than ``largest``, can go below.

    ``walked`` is what some plan walks; it only sets the size of steps.
    """
    a, b, metres, count = _near_pairs(place, plan)
    doors = np.bincount(place.doors.building, minlength=count).astype(float)
    if doors.max() > largest:
        raise BadInput(
            "A building is larger than a walk: its parts would need a bound of their own."
        )
    settlement, room = _settlements(a, b, metres, doors, largest)
    edges_of = [np.flatnonzero((level[a] == level[b]) & (level[a] >= 0)) for level in settlement]
    inside = [level[a[edges]] for level, edges in zip(settlement, edges_of, strict=True)]
    prices = np.zeros(count)
    dues = [np.zeros(len(each)) for each in room]
    best, patience, scale = -np.inf, 0, 1.0
    for _ in range(ROUNDS_FOR_ALL_PAIRS if count <= ALL_PAIRS else ROUNDS):
        priced = metres + prices[a] + prices[b]
        for due, edges, of in zip(dues, edges_of, inside, strict=True):
            priced[edges] += due[of]
        tree = minimum_spanning_tree(coo_matrix((priced, (a, b)), shape=(count, count))).tocoo()
        # with several pieces there are fewer edges; the cheapest of them make the forest
        chosen = np.argsort(tree.data, kind="stable")[: count - turfs]
        owed = sum(float((due * most).sum()) for due, most in zip(dues, room, strict=True))
        value = float(tree.data[chosen].sum() - 2 * prices.sum()) - owed
        if value > best:
            best, patience = value, 0
        else:
            patience += 1
            if patience >= 12:
                scale, patience = scale / 2, 0
        row, column = tree.row[chosen], tree.col[chosen]
        over = np.bincount(row, minlength=count) + np.bincount(column, minlength=count) - 2.0
        over[(over < 0) & (prices <= 0)] = 0.0
        crowded = []
        for level, due, most in zip(settlement, dues, room, strict=True):
            within = level[row][(level[row] == level[column]) & (level[row] >= 0)]
            more = np.bincount(within, minlength=len(most)) - most
            more[(more < 0) & (due <= 0)] = 0.0
            crowded.append(more)
        size = float((over**2).sum()) + sum(float((more**2).sum()) for more in crowded)
        if size == 0 or scale < 1e-3:
            break
        step = scale * max(walked - value, 1.0) / size
        prices = np.maximum(prices + step * over, 0.0)
        dues = [np.maximum(due + step * more, 0.0) for due, more in zip(dues, crowded, strict=True)]
    return best


def _settlements(
    a: np.ndarray, b: np.ndarray, metres: np.ndarray, doors: np.ndarray, largest: int
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """For each distance the settlement of each stop (-1: alone), and how many edges fit into each."""
    found, room = [], []
    for apart in APART_M:
        near = metres <= apart
        pieces = connected_components(
            coo_matrix((np.ones(int(near.sum())), (a[near], b[near])), shape=(len(doors),) * 2),
            directed=False,
        )[1]
        stops = np.bincount(pieces)
        needed = np.ceil(np.bincount(pieces, weights=doors) / largest - 1e-9)
        real = np.flatnonzero((stops > 1) & (needed > 1))
        number = np.full(len(stops), -1)
        number[real] = np.arange(len(real))
        found.append(number[pieces])
        room.append((stops - needed)[real])
    return found, room


def _near_pairs(place: Instance, plan: Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    doors = place.doors
    _, first = np.unique(doors.building, return_index=True)
    plane = LocalPlane.around(doors.lon, doors.lat)
    x, y = plane.metres(doors.lon[first], doors.lat[first])
    count = len(x)
    if count <= ALL_PAIRS:
        a, b = np.triu_indices(count, 1)
    else:
        wide = NEAREST_IN_A_TOWN if count <= A_TOWN else NEAREST_IN_A_CITY
        points = np.column_stack([x, y])
        near = cKDTree(points).query(points, k=wide + 1)[1]
        order = np.lexsort((plan.stop, plan.turf))
        legs = np.flatnonzero(plan.turf[order[1:]] == plan.turf[order[:-1]])
        a = np.concatenate(
            [np.repeat(np.arange(count), wide + 1), doors.building[order[:-1]][legs]]
        )
        b = np.concatenate([near.ravel(), doors.building[order[1:]][legs]])
        pairs = np.unique(np.sort(np.column_stack([a, b])[a != b], axis=1), axis=0)
        a, b = pairs[:, 0], pairs[:, 1]
    names = names_on_streets(doors, place.streets)[first]
    s = stand(x, y, names, place.streets, plane)
    metres = np.empty(len(a))
    for begin in range(0, len(a), 500_000):
        part = slice(begin, begin + 500_000)
        metres[part] = legs_on_streets(
            Standing(s.edge[a[part]], s.along[a[part]], s.left[a[part]]),
            Standing(s.edge[b[part]], s.along[b[part]], s.left[b[part]]),
            place.streets,
            np.hypot(x[a[part]] - x[b[part]], y[a[part]] - y[b[part]]),
        ).metres
    return a, b, np.maximum(metres, 1e-3), count
