"""Who cuts: the engine, what a volunteer would script, and the yardstick of routing research."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from hustings.core.geo import LocalPlane
from hustings.core.turf.check_ground import legs_on_streets, names_on_streets, stand
from hustings.core.turf.cut import cut
from hustings.core.turf.plan import Plan
from hustings.core.turf.problem import METRES_ONLY, Prices, Wishes

if TYPE_CHECKING:
    from bench.turf.instances import Instance

DOORS_EACH, MINUTES_EACH = 60, 120.0
PYVRP_ITERATIONS, PYVRP_TIMES = 20_000, 10.0


@dataclass(frozen=True)
class Made:
    """A plan and the CPU seconds it took; for PyVRP also its iterations."""

    plan: Plan
    cpu: float
    iterations: int = 0


def engine(
    place: Instance,
    seed: int,
    *,
    minutes: bool = False,
    minutes_each: float = MINUTES_EACH,
    prices: Prices = METRES_ONLY,
    first: bool = False,
    cross_districts: bool = True,
) -> Made:
    """Our own cut."""
    wishes = Wishes(
        doors_each=None if minutes else DOORS_EACH,
        minutes_each=minutes_each if minutes else None,
        prices=prices,
        cross_districts=cross_districts,
        seed=seed,
    )
    began = time.process_time()
    plan = cut(place.doors, place.streets, wishes, effort="first" if first else "polished").plan
    return Made(plan, time.process_time() - began)


def k_means(place: Instance, seed: int, turfs: int) -> Made:
    """What a volunteer would script: k-means on the map, then always to the nearest door left."""
    began = time.process_time()
    doors = place.doors
    x, y = LocalPlane.around(doors.lon, doors.lat).metres(doors.lon, doors.lat)
    points = np.column_stack([x, y])
    rng = np.random.default_rng(seed)
    centres = points[rng.choice(len(points), turfs, replace=False)]
    of = np.zeros(len(points), np.int64)
    for _ in range(40):
        now = cKDTree(centres).query(points)[1]
        if (now == of).all():
            break
        of = now
        count = np.bincount(of, minlength=turfs)
        for axis in (0, 1):
            middle = np.bincount(of, points[:, axis], minlength=turfs) / np.maximum(count, 1)
            centres[:, axis] = np.where(count > 0, middle, centres[:, axis])
    stop = np.zeros(len(points), np.int32)
    order = np.argsort(of, kind="stable")
    for walk in np.split(order, np.flatnonzero(np.diff(of[order])) + 1):
        stop[_nearest_next(points, walk)] = np.arange(1, len(walk) + 1)
    turf = np.unique(of, return_inverse=True)[1].astype(np.int32) + 1
    return Made(Plan(turf, stop), time.process_time() - began)


def _nearest_next(points: np.ndarray, walk: np.ndarray) -> np.ndarray:
    left = points[walk].copy()
    order = []
    at = 0
    for _ in range(len(walk)):
        order.append(at)
        here = left[at].copy()
        left[at] = np.inf
        gap = np.abs(left - here).sum(axis=1) if len(walk) > 1 else np.zeros(1)
        at = int(np.argmin(gap))
    return walk[np.array(order)]


def stop_distances(place: Instance) -> tuple[np.ndarray, np.ndarray]:
    """
    The judge's walking distance between all stops, whole decimetres, int64 (n, n); and doors a stop.

    Row i is building i.
    """
    doors = place.doors
    _, first = np.unique(doors.building, return_index=True)
    demand = np.bincount(doors.building)
    plane = LocalPlane.around(doors.lon, doors.lat)
    x, y = plane.metres(doors.lon, doors.lat)
    standing = stand(x, y, names_on_streets(doors, place.streets), place.streets, plane)
    count = len(first)
    table = np.zeros((count, count), np.int64)
    step = max(1, 1_500_000 // count)
    for begin in range(0, count, step):
        rows = np.arange(begin, min(begin + step, count))
        a, b = np.repeat(first[rows], count), np.tile(first, len(rows))
        straight = np.hypot(x[a] - x[b], y[a] - y[b])
        metres = legs_on_streets(
            type(standing)(standing.edge[a], standing.along[a], standing.left[a]),
            type(standing)(standing.edge[b], standing.along[b], standing.left[b]),
            place.streets,
            straight,
        ).metres
        table[rows] = np.rint(10 * metres).astype(np.int64).reshape(len(rows), count)
    np.fill_diagonal(table, 0)
    return table, demand


class Enough:
    """Stops PyVRP when it had its iterations and its CPU, or at the latest after some wall seconds."""

    def __init__(self, cpu: float, wall: float) -> None:
        self.cpu, self.wall = cpu, wall
        self.iterations = 0
        self.began, self.began_wall = time.process_time(), time.perf_counter()

    def __call__(self, _best: float) -> bool:
        self.iterations += 1
        if time.perf_counter() - self.began_wall > self.wall:
            return True
        used = time.process_time() - self.began
        return self.iterations >= PYVRP_ITERATIONS and used >= self.cpu

    def fraction_remaining(self) -> float:
        """Of the two limits the one further from its end."""
        used = time.process_time() - self.began
        share = min(used / max(self.cpu, 1e-9), self.iterations / PYVRP_ITERATIONS)
        wall = (time.perf_counter() - self.began_wall) / self.wall
        return max(0.0, 1.0 - max(share, wall))


def pyvrp(place: Instance, seed: int, turfs: int, largest: int, cpu: float, wall: float) -> Made:
    """
    PyVRP: as many walks as ours, none larger than our largest, from a depot that costs nothing.

    It is given ``PYVRP_TIMES`` our CPU seconds and at least ``PYVRP_ITERATIONS`` iterations, unless
    ``wall`` seconds end it before. Making its table of distances is not counted.
    """
    from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve

    table, demand = stop_distances(place)
    count = len(demand)
    matrix = np.zeros((count + 1, count + 1), np.int64)
    matrix[1:, 1:] = table
    _, first = np.unique(place.doors.building, return_index=True)
    x, y = LocalPlane.around(place.doors.lon, place.doors.lat).metres(
        place.doors.lon[first], place.doors.lat[first]
    )
    data = ProblemData(
        locations=[
            Location(0, 0),
            *(Location(float(a), float(b)) for a, b in zip(x, y, strict=True)),
        ],
        clients=[Client(at + 1, delivery=[int(d)]) for at, d in enumerate(demand)],
        depots=[Depot(0)],
        vehicle_types=[VehicleType(num_available=turfs, capacity=[largest])],
        distance_matrices=[matrix],
        duration_matrices=[np.zeros_like(matrix)],
    )
    enough = Enough(PYVRP_TIMES * cpu, wall)
    result = solve(data, stop=enough, seed=seed, collect_stats=False, display=False)
    used = time.process_time() - enough.began
    if not result.best.is_feasible():
        raise RuntimeError("PyVRP found no plan within the limits.")
    turf, stop = np.zeros(len(place.doors), np.int32), np.zeros(len(place.doors), np.int32)
    by_building = np.argsort(place.doors.building, kind="stable")
    starts = np.concatenate([[0], np.cumsum(demand)])
    for number, route in enumerate(result.best.routes(), start=1):
        at = 0
        for client in _clients(route):
            own = by_building[starts[client] : starts[client + 1]]
            turf[own], stop[own] = number, at + 1 + np.arange(len(own))
            at += len(own)
    return Made(Plan(turf, stop), used, enough.iterations)


def _clients(route: object) -> list[int]:
    """Buildings in the order of a route."""
    return [
        activity.idx  # type: ignore[attr-defined]  # PyVRP has no types
        for activity in route  # type: ignore[attr-defined]  # as above
        if activity.is_client()  # type: ignore[attr-defined]  # as above
    ]
