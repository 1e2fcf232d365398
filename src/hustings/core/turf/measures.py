"""The wishes as numbers for kernels, and what walks weigh by them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from hustings.core.turf.gather import ROOM, Gathered
from hustings.core.walk.ways import Ways, stop_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.problem import Wishes

CEILING = 1.07
"""The largest walk over the mean one; repair may add walks, and the balance stays within a tenth."""
ROOM_IN_MINUTES = 1.14
"""As ``ROOM``, where size is told in minutes, which change with every step."""
SHORT = 2.0
"""What an all but empty walk is held to cost besides, as a share of the price of one more walk."""
FORBIDDEN_M = 1e7
"""The price, in metres, of what is forbidden: larger than any walk, and still a number."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The wishes as numbers for kernels: loads and prices in metres."""

    load: NDArray[np.float64]
    load_per_metre: float
    aim: float
    most: float
    change_m: float
    crossing_m: float
    split_m: float
    turf_m: float

    @property
    def short_m(self) -> float:
        """What a walk costs that is all but empty, besides its price as a walk."""
        return SHORT * self.turf_m

    @property
    def priced(self) -> bool:
        """Whether anything but metres has a price."""
        return self.split_m > 0 or self.turf_m > 0

    def walks_for(self, total: float) -> int:
        """How many walks a load asks for: as near the aim as may be, and none too large."""
        return max(1, round(total / self.aim), math.ceil(total / (CEILING * self.aim)))


def measures_of(gathered: Gathered, wishes: Wishes) -> Measures:
    """Doors or minutes as load; prices in metres of walking."""
    pace = wishes.pace.metres_per_minute
    prices = wishes.prices
    by_doors = wishes.doors_each is not None
    aim = float(wishes.doors_each or wishes.minutes_each or 0.0)
    return Measures(
        load=gathered.doors_at.astype(np.float64) if by_doors else gathered.minutes_at,
        load_per_metre=0.0 if by_doors else 1.0 / pace,
        aim=aim,
        most=aim * (ROOM if by_doors else ROOM_IN_MINUTES),
        change_m=prices.street_change * pace,
        crossing_m=prices.mid_block_crossing * pace,
        split_m=FORBIDDEN_M / 100 if wishes.never_split_streets else prices.split_street * pace,
        turf_m=prices.extra_turf * pace,
    )


def legs_of(ways: Ways, tour: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.float64]:
    """Metres of each leg of a walk."""
    return np.asarray(_legs(ways, tour.astype(np.int64)), dtype=np.float64)


def loads_of(ways: Ways, walks: list[NDArray[np.int64]], measures: Measures) -> NDArray[np.float64]:
    """What each walk weighs."""
    return np.array(
        [
            measures.load[walk].sum()
            + (
                measures.load_per_metre * legs_of(ways, walk).sum()
                if measures.load_per_metre
                else 0.0
            )
            for walk in walks
        ]
    )


def means_of(
    ways: Ways,
    gathered: Gathered,
    walks: list[NDArray[np.int64]],
    measures: Measures,
    wishes: Wishes,
    *,
    asked_for: bool = False,
) -> NDArray[np.float64]:
    """
    The mean load of the walks in each walk's district, or of all where districts may be crossed.

    With ``asked_for`` the mean of as many walks as the aim asks for, where these would be fewer.
    """
    load = loads_of(ways, walks, measures)
    district = np.zeros(len(walks), np.int64)
    if not wishes.cross_districts:
        district = np.array([gathered.district[walk[0]] for walk in walks])
    _names, number = np.unique(district, return_inverse=True)
    total, count = np.bincount(number, weights=load), np.bincount(number)
    if asked_for:
        count = np.minimum(count, [measures.walks_for(each) for each in total])
    return np.asarray((total / count)[number])


@njit(cache=True)
def _legs(ways, walk):  # type: ignore[no-untyped-def]  # compiled
    legs = np.zeros(max(len(walk) - 1, 0), np.float32)
    for at in range(len(legs)):
        legs[at] = stop_metres(ways, walk[at], walk[at + 1])
    return legs
