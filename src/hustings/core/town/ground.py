"""Where settlements lie, how their streets run, and where the river and the railway go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay

if TYPE_CHECKING:
    from numpy.typing import NDArray

CITY, TOWN, VILLAGE, HAMLET = 0, 1, 2, 3
LONG_M, SHORT_M = 118.0, 68.0
"""A block: the long side along its rows, the short side along its columns."""
STOPS_A_JUNCTION = 17.0
"""House fronts that a junction's share of streets gives, counted on generated towns."""


@dataclass(frozen=True, slots=True)
class Barriers:
    """A river that runs west to east and a railway that runs south to north, both winding."""

    river_at: float
    rail_at: float
    phase: float

    def river(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The river's y for an x, in metres."""
        return np.asarray(
            self.river_at
            + 90 * np.sin(x / 700 + self.phase)
            + 260 * np.sin(x / 4100 + 2 * self.phase)
        )

    def rail(self, y: NDArray[np.float64]) -> NDArray[np.float64]:
        """The railway's x for a y, in metres."""
        return np.asarray(self.rail_at + 220 * np.sin(y / 3300 + 3 * self.phase))

    def side(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        """0…3: which of the four quarters between river and railway a point is in."""
        return (y > self.river(x)).astype(np.int64) + 2 * (x > self.rail(y)).astype(np.int64)

    def clear(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether a house can stand here: 18 m and more away from both."""
        return (np.abs(y - self.river(x)) > 22) & (np.abs(x - self.rail(y)) > 18)


@dataclass(slots=True)
class Grid:
    """Junctions and the edges between neighbours, in metres; one entry a junction or an edge."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    place: NDArray[np.int32]
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    line: NDArray[np.int64]
    """Edges with the same number lie in one row or column of one settlement."""
    step: NDArray[np.int32]
    """Place of the edge in its row or column."""
    main: NDArray[np.bool_]


def settlement_sizes(stops: float, rng: np.random.Generator) -> tuple[list[int], list[int], float]:
    """Stops of each settlement, what each is, and the stops left for farms along the roads."""
    if stops < 250:
        return [int(max(stops, 4))], [HAMLET if stops < 60 else VILLAGE], 0.0
    sizes, kinds = [int(0.5 * stops)], [CITY]
    left = 0.24 * stops
    while left > 60:
        size = min(left, stops * rng.uniform(0.02, 0.1) + 40)
        sizes.append(int(size))
        kinds.append(TOWN if size > 250 else VILLAGE)
        left -= size
    left = 0.21 * stops
    while left > 10:
        size = min(left, 14 * (1 + rng.pareto(1.1)), 1800.0)
        sizes.append(int(max(size, 8)))
        kinds.append(VILLAGE if size > 40 else HAMLET)
        left -= size
    return sizes, kinds, 0.05 * stops


def lay_out(sizes: list[int], rng: np.random.Generator) -> NDArray[np.float64]:
    """Centres of the settlements, metres, (n, 2): the city in the middle, nobody in another's streets."""
    radius = np.sqrt(np.array(sizes) / STOPS_A_JUNCTION * LONG_M * SHORT_M / np.pi) * 1.15 + 130
    reach = max(2.2 * radius[0], np.sqrt((radius**2).sum() * 6))
    centres = np.zeros((len(sizes), 2))
    for i in np.argsort(-radius[1:], kind="stable") + 1:
        placed = np.flatnonzero((centres != 0).any(axis=1))
        placed = np.concatenate([[0], placed])
        while True:
            angle, r = rng.uniform(0, 2 * np.pi), reach * np.sqrt(rng.uniform(0.02, 1))
            here = np.array([r * np.cos(angle), r * np.sin(angle)])
            gap = np.hypot(*(centres[placed] - here).T) - radius[placed] - radius[i]
            if gap.min() > 0:
                centres[i] = here
                break
            reach *= 1.003
    return centres


def grids(
    sizes: list[int], kinds: list[int], centres: NDArray[np.float64], rng: np.random.Generator
) -> Grid:
    """A warped, turned grid of streets for each settlement."""
    parts: list[tuple[NDArray[np.float64], ...]] = []
    edges: list[tuple[NDArray[np.int64], ...]] = []
    nodes = lines = 0
    for place, (size, kind, centre) in enumerate(zip(sizes, kinds, centres, strict=True)):
        count = max(2, round(size / STOPS_A_JUNCTION))
        half_i = int(np.ceil(np.sqrt(count * SHORT_M / LONG_M / np.pi))) + 2
        half_j = int(np.ceil(np.sqrt(count * LONG_M / SHORT_M / np.pi))) + 2
        wide, high = 2 * half_i + 1, 2 * half_j + 1
        i, j = (grid.ravel() for grid in np.meshgrid(np.arange(wide), np.arange(high)))
        u, v = (i - half_i) * LONG_M, (j - half_j) * SHORT_M
        near = np.hypot(u, v * rng.uniform(0.8, 1.25)) + rng.uniform(0, 60, len(u))
        take = np.zeros(len(u), bool)
        take[np.argsort(near, kind="stable")[:count]] = True
        phase = rng.uniform(0, 2 * np.pi, 4)
        x = u + 26 * np.sin(v / 190 + phase[0]) + 18 * np.sin(u / 330 + phase[1])
        y = v + 22 * np.sin(u / 230 + phase[2]) + 14 * np.sin(v / 410 + phase[3])
        x, y = x + rng.uniform(-11, 11, len(x)), y + rng.uniform(-9, 9, len(y))
        turn = rng.uniform(0, np.pi)
        x, y = (
            centre[0] + x * np.cos(turn) - y * np.sin(turn),
            centre[1] + x * np.sin(turn) + y * np.cos(turn),
        )
        number = np.full(len(u), -1)
        number[take] = np.arange(count) + nodes
        at = np.arange(len(u)).reshape(high, wide)
        for first, second, line, step, every in (
            (at[:, :-1].ravel(), at[:, 1:].ravel(), j, i, 6),
            (at[:-1].ravel(), at[1:].ravel(), high + i, j, 5),
        ):
            both = take[first] & take[second]
            first, second = first[both], second[both]
            main = (line[first] - (0 if line is j else high)) % every == (
                half_j % 6 if line is j else half_i % 5
            )
            if kind >= VILLAGE:
                main &= line is j
            edges.append((number[first], number[second], lines + line[first], step[first], main))
        parts.append((x[take], y[take], np.full(count, place)))
        nodes, lines = nodes + count, lines + wide + high
    x, y, places = (np.concatenate(part) for part in zip(*parts, strict=True))
    a, b, line, step, main = (np.concatenate(part) for part in zip(*edges, strict=True))
    return Grid(
        x=x,
        y=y,
        place=places.astype(np.int32),
        a=a.astype(np.int32),
        b=b.astype(np.int32),
        line=line.astype(np.int64),
        step=step.astype(np.int32),
        main=main.astype(bool),
    )


def country_roads(
    grid: Grid, centres: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int32]:
    """Pairs of junctions that roads between settlements join, (n, 2): a tree and some more."""
    count = len(centres)
    if count < 2:
        return np.zeros((0, 2), np.int32)
    if count < 4:
        pairs = np.array([(i, i + 1) for i in range(count - 1)])
    else:
        corners = Delaunay(centres, qhull_options="QJ").simplices
        pairs = np.unique(
            np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])),
            axis=0,
        )
    length = np.hypot(*(centres[pairs[:, 0]] - centres[pairs[:, 1]]).T)
    tree = minimum_spanning_tree(
        coo_matrix((length, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    ).tocoo()
    in_tree = np.isin(
        pairs[:, 0] * count + pairs[:, 1], tree.row.astype(np.int64) * count + tree.col
    )
    short = length < 1.3 * np.median(length)
    pairs = pairs[in_tree | (short & (rng.random(len(pairs)) < 0.12))]
    starts = np.searchsorted(grid.place, np.arange(count + 1))
    ends = np.zeros((len(pairs), 2), np.int32)
    for row, (p, q) in enumerate(pairs):
        for column, (here, there) in enumerate(((p, q), (q, p))):
            own = slice(starts[here], starts[here + 1])
            away = np.hypot(grid.x[own] - centres[there, 0], grid.y[own] - centres[there, 1])
            ends[row, column] = starts[here] + int(np.argmin(away))
    return ends


def kept_edges(
    grid: Grid, roads: NDArray[np.int32], barriers: Barriers, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """
    Which edges of the grid are streets.

    A spanning tree keeps the place in one piece, with as few bridges as that needs; of the rest 72 %
    stay, which leaves dead ends, and of the other crossings of river and railway every eighth.
    """
    side = barriers.side(grid.x, grid.y)
    crosses = side[grid.a] != side[grid.b]
    weight = rng.uniform(1, 2, len(grid.a)) + 100 * crosses - 0.5 * grid.main
    count = len(grid.x)
    a = np.concatenate([grid.a, roads[:, 0]])
    b = np.concatenate([grid.b, roads[:, 1]])
    weights = np.concatenate([weight, np.full(len(roads), 0.1)])
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    tree = minimum_spanning_tree(coo_matrix((weights, (low, high)), shape=(count, count))).tocoo()
    in_tree = np.isin(
        low * count + high,
        np.minimum(tree.row, tree.col).astype(np.int64) * count + np.maximum(tree.row, tree.col),
    )[: len(grid.a)]
    bridge = np.zeros(len(grid.a), bool)
    order = np.flatnonzero(crosses)
    order = order[np.argsort(grid.x[grid.a[order]] + grid.y[grid.a[order]], kind="stable")]
    bridge[order[4::8]] = True
    stays = (rng.random(len(grid.a)) < np.where(grid.main, 0.95, 0.68)) & ~crosses
    return np.asarray(in_tree | stays | bridge)
