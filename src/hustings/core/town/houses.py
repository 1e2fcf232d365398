"""Houses along the streets: fronts, numbers, flats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.town.ground import CITY, TOWN, Barriers

if TYPE_CHECKING:
    from numpy.typing import NDArray

FARM_GAP_M = 160.0


@dataclass(frozen=True, slots=True, eq=False)
class Houses:
    """Buildings in the order of their streets: place in metres, edge, number, flats (1 = a house)."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge: NDArray[np.int64]
    number: NDArray[np.int64]
    units: NDArray[np.int64]

    def only(self, which: NDArray[np.bool_], units: NDArray[np.int64]) -> Houses:
        """Some of them, with other numbers of flats."""
        return Houses(
            self.x[which], self.y[which], self.edge[which], self.number[which], units[which]
        )


def build(
    start: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    street: NDArray[np.int32],
    step: NDArray[np.int32],
    country: NDArray[np.bool_],
    kind: NDArray[np.int64],
    barriers: Barriers,
    farms: float,
    rng: np.random.Generator,
) -> Houses:
    """
    Houses on both sides of every street, odd numbers on the left and even on the right.

    The lines of the edges are ``x[start[e]:start[e + 1]]``; ``kind`` is the kind of the settlement
    that an edge begins in. Bridges carry no house.
    """
    piece = np.hypot(np.diff(x), np.diff(y))
    along = np.concatenate([[0.0], np.cumsum(piece)])
    begin, length = along[start[:-1]], along[start[1:] - 1] - along[start[:-1]]
    front = np.where(
        country, FARM_GAP_M, np.where(kind == CITY, 9.5, np.where(kind == TOWN, 12.0, 17.0))
    )
    setback = np.where(country, 90.0, 11.0)
    if farms and country.any():
        front = np.where(country, max(60.0, 2 * length[country].sum() / max(farms, 1.0)), front)
    places = np.maximum((length - 2 * setback) // front, 0).astype(np.int64)
    edge = np.repeat(np.arange(len(places)), 2 * places)
    first = np.concatenate([[0], np.cumsum(2 * places)])[edge]
    rank = np.arange(len(edge)) - first
    left = rank % 2 == 0
    t = setback[edge] + (rank // 2 + 0.5) * (length - 2 * setback)[edge] / places[edge]
    t += rng.uniform(-0.3, 0.3, len(t)) * front[edge]
    at = begin[edge] + t
    leg = np.clip(np.searchsorted(along, at, side="right") - 1, start[edge], start[edge + 1] - 2)
    share = (at - along[leg]) / piece[leg]
    dx, dy = (x[leg + 1] - x[leg]) / piece[leg], (y[leg + 1] - y[leg]) / piece[leg]
    road_x, road_y = x[leg] + share * (x[leg + 1] - x[leg]), y[leg] + share * (y[leg + 1] - y[leg])
    away = np.where(country[edge], rng.uniform(14, 38, len(t)), rng.uniform(8, 12, len(t)))
    away = np.where(left, away, -away)
    house_x, house_y = road_x - away * dy, road_y + away * dx
    good = barriers.clear(house_x, house_y) & (
        barriers.side(house_x, house_y) == barriers.side(road_x, road_y)
    )
    ends = barriers.side(x, y)
    bridge = (ends[start[:-1]] != ends[start[1:] - 1]) & ~country
    good &= ~bridge[edge]
    city = kind[edge] == CITY
    flats_share = np.where(city, 0.05, np.where(kind[edge] == TOWN, 0.025, 0.01)) * ~country[edge]
    sizes = np.array([4, 6, 8, 9, 12, 16, 20, 24, 30, 36, 48, 60])
    chance = np.array([0.2, 0.2, 0.15, 0.1, 0.1, 0.08, 0.05, 0.04, 0.03, 0.02, 0.02, 0.01])
    blocks = rng.choice(sizes, len(edge), p=chance)
    units = np.where(rng.random(len(edge)) < flats_share, blocks, 1)
    number = _numbers(street[edge], step[edge], left, t, good)
    return Houses(house_x, house_y, edge, number, units).only(good, units)


def _numbers(
    street: NDArray[np.int32],
    step: NDArray[np.int32],
    left: NDArray[np.bool_],
    t: NDArray[np.float64],
    good: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """1, 3, 5 … on the left and 2, 4, 6 … on the right of each street, counted along it."""
    order = np.lexsort((t, step, left, street))
    counted = np.cumsum(good[order]) - good[order]
    key = 2 * street[order].astype(np.int64) + left[order]
    fresh = np.ones(len(key), bool)
    fresh[1:] = key[1:] != key[:-1]
    base = counted[fresh][np.cumsum(fresh) - 1] if len(key) else counted
    number = np.zeros(len(key), np.int64)
    number[order] = 2 * (counted - base) + np.where(left[order], 1, 2)
    return number


def trim(houses: Houses, doors: int, tower: int, rng: np.random.Generator) -> Houses | None:
    """
    Leave out houses here and there until exactly ``doors`` doors are left.

    With ``tower``, the house nearest to the middle of the city becomes a tower of so many flats.
    Nothing is returned when there are too few.
    """
    units = houses.units.copy()
    if not len(units):
        return None
    order = rng.permutation(len(units))
    if tower:
        middle = int(np.argmin(np.hypot(houses.x, houses.y)))
        units[middle] = tower
        order = np.concatenate([[middle], order[order != middle]])
    total = np.cumsum(units[order])
    if total[-1] < doors:
        return None
    last = int(np.searchsorted(total, doors))
    units[order[last]] -= total[last] - doors
    kept = np.zeros(len(units), bool)
    kept[order[: last + 1]] = True
    return houses.only(kept, units)
