"""What is to be cut: doors as one frozen value of arrays, and what the campaign wants of a cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """
    Doors to knock on, one entry a door (a flat is a door), in the order of the input.

    Parameters
    ----------
    lon, lat
        Degrees (WGS 84), float64, length n.
    street
        Index into ``street_names``, int32, -1 where the street is not known.
    street_names
        One entry a name.
    house
        House number's leading whole number, int32, -1 where there is none (for odd/even sides and
        for walks by street and number where there is no map).
    building
        Doors with the same number here share a building and a point; int32, length n.
    floor
        0 = ground; int16; 0 where not known.
    staircase
        Staircases of one building, counted from 0; int16; 0 where not known.
    people
        Electors behind the door, int16.
    district
        Ward or polling district, int32, -1 where not known. Not crossed unless allowed.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    street: NDArray[np.int32]
    street_names: tuple[str, ...]
    house: NDArray[np.int32]
    building: NDArray[np.int32]
    floor: NDArray[np.int16]
    staircase: NDArray[np.int16]
    people: NDArray[np.int16]
    district: NDArray[np.int32]

    def __post_init__(self) -> None:
        count = len(self.lon)
        for name in (
            "lat",
            "street",
            "house",
            "building",
            "floor",
            "staircase",
            "people",
            "district",
        ):
            if len(getattr(self, name)) != count:
                raise BadInput(f"{name} has {len(getattr(self, name))} entries for {count} doors.")
        if count and not (np.isfinite(self.lon).all() and np.isfinite(self.lat).all()):
            raise BadInput("A door has no finite coordinates; place every door before cutting.")

    def __len__(self) -> int:
        return len(self.lon)

    def only(self, wanted: NDArray[np.bool_]) -> Doors:
        """Some of the doors, in the same order."""
        return Doors(
            self.lon[wanted], self.lat[wanted], self.street[wanted], self.street_names, self.house[wanted],
            self.building[wanted], self.floor[wanted], self.staircase[wanted], self.people[wanted],
            self.district[wanted],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """
    How long things take; settings of the campaign.

    Parameters
    ----------
    minutes_per_door
        Knocking, waiting and talking, no-answers included; minutes, above 0.
    metres_per_minute
        Walking pace on the flat; 80 m/min is 4.8 km/h.
    seconds_per_floor
        Stairs up or down one floor.
    """

    minutes_per_door: float = 2.0
    metres_per_minute: float = 80.0
    seconds_per_floor: float = 20.0

    def __post_init__(self) -> None:
        if self.minutes_per_door <= 0 or self.metres_per_minute <= 0 or self.seconds_per_floor < 0:
            raise BadInput("A pace needs minutes per door and metres per minute above 0.")


@dataclass(frozen=True, slots=True)
class Prices:
    """
    What an organiser would rather not have, in minutes each. All 0 with ``--metres-only``.

    Parameters
    ----------
    split_street
        A street shorter than a walk that falls into one more walk than it needs.
    street_change
        Going on from one street to another within a walk.
    mid_block_crossing
        Crossing the carriageway away from a junction, besides its metres.
    extra_turf
        One more turf than the smallest number that fits (a further person to find).
    """

    split_street: float = 13.0
    street_change: float = 0.15
    mid_block_crossing: float = 0.05
    extra_turf: float = 10.0

    def __post_init__(self) -> None:
        if min(self.split_street, self.street_change, self.mid_block_crossing, self.extra_turf) < 0:
            raise BadInput("A price cannot be below 0 minutes.")


METRES_ONLY = Prices(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    What a cut should be like.

    Exactly one of ``doors_each`` and ``minutes_each`` is given: the size aimed at for a walk.

    Parameters
    ----------
    doors_each
        Doors in a walk; 1 or more.
    minutes_each
        Minutes of a walk, talking, stairs and walking together.
    pace, prices
        See :class:`Pace`, :class:`Prices`.
    never_split_streets
        Forbid splitting any street shorter than a walk, whatever it costs.
    cross_districts
        Let a walk cross the border of a ward or polling district.
    loop
        A walk ends where it began.
    start
        Longitude and latitude where every walk is reached from, if there is one.
    seed
        The only chance there is. The same seed gives the same plan.
    """

    doors_each: int | None = None
    minutes_each: float | None = None
    pace: Pace = Pace()
    prices: Prices = Prices()
    never_split_streets: bool = False
    cross_districts: bool = False
    loop: bool = False
    start: tuple[float, float] | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        if (self.doors_each is None) == (self.minutes_each is None):
            raise BadInput("Say either how many doors or how many minutes a walk should have.")
        if self.doors_each is not None and self.doors_each < 1:
            raise BadInput("A walk must hold at least one door.")
        if self.minutes_each is not None and self.minutes_each <= 0:
            raise BadInput("A walk must have more than 0 minutes.")
