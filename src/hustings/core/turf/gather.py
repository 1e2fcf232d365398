"""
Doors gathered into stops: what is knocked on without walking the street between.

Doors of one building at one point are one stop. A building larger than a walk is several: by staircase,
then by floors, each as full as a walk may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.walk.stops import on_streets, on_the_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.problem import Doors, Wishes
    from hustings.core.walk.network import StreetNetwork
    from hustings.core.walk.stops import Stops

ROOM = 1.1
"""A walk may be this much larger than the size aimed at."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """
    Stops, and which doors each is.

    Parameters
    ----------
    stops
        Where they are.
    order, start
        Doors in the order of stops, and where each stop's begin (length stops + 1).
    doors_at, minutes_at
        Doors of each stop; minutes there, stairs included.
    district
        District of each stop, -1 where not known.
    part_of_large
        Whether the stop is a part of a building larger than a walk.
    """

    stops: Stops
    order: NDArray[np.int64]
    start: NDArray[np.int64]
    doors_at: NDArray[np.int32]
    minutes_at: NDArray[np.float64]
    district: NDArray[np.int32]
    part_of_large: NDArray[np.bool_]

    def doors_of(self, walk: NDArray[np.int64]) -> NDArray[np.int64]:
        """The doors of some stops, in walking order."""
        begin, end = self.start[walk], self.start[walk + 1]
        lengths = end - begin
        if len(walk) == 0:
            return np.zeros(0, np.int64)
        offsets = np.repeat(begin - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
        return np.asarray(self.order[np.arange(int(lengths.sum())) + offsets])


def gather(doors: Doors, streets: StreetNetwork | None, wishes: Wishes) -> Gathered:
    """Stops of doors, in a fixed order: by building, staircase, floor, number and input."""
    count = len(doors)
    group = doors.building.astype(np.int64)
    # Within a building: up one staircase floor by floor, then the next.
    order = np.lexsort((np.arange(count), doors.house, doors.floor, doors.staircase, group))
    grouped = group[order]
    own_district = doors.district[order]
    new = np.ones(count, bool)
    new[1:] = (grouped[1:] != grouped[:-1]) | (own_district[1:] != own_district[:-1])
    most = _most_doors(wishes)
    size = np.diff(np.append(np.flatnonzero(new), count))
    large = np.repeat(size > most, size)
    if large.any():
        _divide_large(new, large, doors, order, most)
    start = np.append(np.flatnonzero(new), count).astype(np.int64)
    first = order[start[:-1]]
    doors_at = np.diff(start).astype(np.int32)
    climbed = _floors_climbed(doors, order, new)
    minutes = doors_at * wishes.pace.minutes_per_door + climbed * wishes.pace.seconds_per_floor / 60
    lon, lat = doors.lon[first], doors.lat[first]
    stops = (
        on_streets(lon, lat, doors.street[first], doors.street_names, streets)
        if streets is not None and streets.edge_count
        else on_the_plane(lon, lat, doors.street[first], doors.house[first])
    )
    return Gathered(
        stops, order, start, doors_at, minutes, doors.district[first], large[start[:-1]]
    )


def _floors_climbed(
    doors: Doors, order: NDArray[np.int64], new: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Floors up and down at each stop: each of its staircases to the highest door there, and down again."""
    stairs = doors.staircase[order]
    begins = new.copy()
    begins[1:] |= stairs[1:] != stairs[:-1]
    foot = np.flatnonzero(begins)
    highest = np.maximum.reduceat(doors.floor[order].astype(np.float64), foot)
    of = np.searchsorted(foot, np.flatnonzero(new))
    return np.asarray(2 * np.add.reduceat(highest, of))


def _most_doors(wishes: Wishes) -> int:
    if wishes.doors_each is not None:
        return max(1, int(wishes.doors_each * ROOM))
    minutes = wishes.minutes_each or 0.0
    return max(1, int(minutes / wishes.pace.minutes_per_door))


def _divide_large(
    new: NDArray[np.bool_],
    large: NDArray[np.bool_],
    doors: Doors,
    order: NDArray[np.int64],
    most: int,
) -> None:
    """Begin a new stop where a part of a large building is full: at a staircase, else at a floor."""
    begin = 0
    for at in np.flatnonzero(large).tolist():
        if new[at]:
            begin = at
            continue
        here, before = order[at], order[at - 1]
        next_stair = doors.staircase[here] != doors.staircase[before]
        next_floor = next_stair or doors.floor[here] != doors.floor[before]
        ahead = _run_length(doors, order, large, at, by_floor=not next_stair)
        full = at - begin >= most
        too_full = (next_stair or next_floor) and at - begin + ahead > most
        if next_stair or full or too_full:
            new[at] = True
            begin = at


def _run_length(
    doors: Doors, order: NDArray[np.int64], large: NDArray[np.bool_], at: int, *, by_floor: bool
) -> int:
    """Doors from here on of the same building and staircase, and floor."""
    end = at
    first = order[at]
    while (
        end < len(order)
        and large[end]
        and doors.building[order[end]] == doors.building[first]
        and doors.staircase[order[end]] == doors.staircase[first]
        and (not by_floor or doors.floor[order[end]] == doors.floor[first])
    ):
        end += 1
    return end - at
