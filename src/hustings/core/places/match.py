"""
Giving doors their places: by the best of what is known, with how good it is.

From best to worst: the door itself (a UPRN, or the unit), its building (street and number), between two
numbers of its street, its street, its postcode.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from hustings.core.places.address import number_key, street_key, unit_key

if TYPE_CHECKING:
    from collections.abc import Iterable


class Precision(IntEnum):
    """How well a door's place is known; more is better."""

    NONE = 0
    POSTCODE = 1
    STREET = 2
    INTERPOLATED = 3
    BUILDING = 4
    DOOR = 5
    BY_HAND = 6


class KnownPlace(NamedTuple):
    """An address with coordinates, from a map or a list."""

    number: str
    street: str
    unit: str
    postcode: str
    uprn: str
    lon: float
    lat: float


class Wanted(NamedTuple):
    """A door that wants a place."""

    number: str
    street: str
    unit: str
    postcode: str
    uprn: str
    house: int | None


class Found(NamedTuple):
    """Where a door is, and how well that is known."""

    lon: float
    lat: float
    precision: Precision


@dataclass(slots=True)
class Gazetteer:
    """
    What is known of the places of a town, ready to be asked.

    Parameters
    ----------
    places
        Addresses with coordinates.
    streets
        Street name → a point on it, for doors of which only the street is on the map.
    postcodes
        Postcode → its point.
    """

    by_uprn: dict[str, tuple[float, float]]
    by_unit: dict[tuple[str, str, str, str], tuple[float, float]]
    by_number: dict[tuple[str, str], list[tuple[str, float, float]]]
    numbered: dict[str, list[tuple[int, float, float]]]
    streets: dict[str, tuple[float, float]]
    postcodes: dict[str, tuple[float, float]]

    @classmethod
    def of(
        cls,
        places: Iterable[KnownPlace],
        streets: dict[str, tuple[float, float]] | None = None,
        postcodes: dict[str, tuple[float, float]] | None = None,
    ) -> Gazetteer:
        """Index what is known."""
        made = cls({}, {}, defaultdict(list), defaultdict(list), {}, {})
        for place in places:
            street, number = street_key(place.street), number_key(place.number)
            point = (place.lon, place.lat)
            if place.uprn:
                made.by_uprn[place.uprn.lstrip("0")] = point
            if street and number:
                postcode = squeeze(place.postcode)
                if place.unit:
                    made.by_unit[street, number, unit_key(place.unit), postcode] = point
                made.by_number[street, number].append((postcode, *point))
                digits = "".join(c if c.isdigit() else " " for c in number).split()
                if digits and number[0].isdigit():
                    made.numbered[street].append((int(digits[0]), *point))
        for known in made.numbered.values():
            known.sort()
        made.streets = {street_key(name): point for name, point in (streets or {}).items()}
        made.postcodes = {squeeze(name): point for name, point in (postcodes or {}).items()}
        return made

    def find(self, door: Wanted) -> Found | None:
        """The best place known for a door; None when there is none at all."""
        if door.uprn and (point := self.by_uprn.get(door.uprn.lstrip("0"))):
            return Found(*point, Precision.DOOR)
        street, number, postcode = (
            street_key(door.street),
            number_key(door.number),
            squeeze(door.postcode),
        )
        if door.unit and (
            point := self.by_unit.get((street, number, unit_key(door.unit), postcode))
            or self.by_unit.get((street, number, unit_key(door.unit), ""))
        ):
            return Found(*point, Precision.DOOR)
        if found := self._building(street, number, postcode):
            return Found(*found, Precision.BUILDING)
        if door.house is not None and (point := self._between(street, door.house)):
            return Found(*point, Precision.INTERPOLATED)
        if street in self.streets:
            return Found(*self.streets[street], Precision.STREET)
        if point := self.postcodes.get(postcode):
            return Found(*point, Precision.POSTCODE)
        return None

    def _building(self, street: str, number: str, postcode: str) -> tuple[float, float] | None:
        """Of several the one in the postcode; the only one, if the map gives no postcode or just one."""
        known = self.by_number.get((street, number)) if number else None
        if not known:
            return None
        here = [place for place in known if place[0] == postcode] or [
            place for place in known if not place[0] or not postcode
        ]
        if not here and len(known) == 1:
            here = known
        if not here:
            return None
        return here[0][1], here[0][2]

    def _between(self, street: str, house: int) -> tuple[float, float] | None:
        """Between the next lower and the next higher number of the same side that are known."""
        side = [place for place in self.numbered.get(street, ()) if place[0] % 2 == house % 2]
        if len(side) < 2:
            return None
        at = bisect_left(side, (house,))
        low, high = side[max(at - 1, 0)], side[min(at, len(side) - 1)]
        if at == 0:
            low = high = side[0]
        elif at == len(side):
            low = high = side[-1]
        if low[0] == high[0]:
            # Beyond the last known number, or the number itself in a place that was not taken.
            return (low[1], low[2]) if 0 < abs(low[0] - house) <= 10 else None
        share = (house - low[0]) / (high[0] - low[0])
        return low[1] + share * (high[1] - low[1]), low[2] + share * (high[2] - low[2])


def squeeze(postcode: str) -> str:
    """A postcode without its blanks, in capitals; of an American one the first five digits."""
    plain = "".join(postcode.split()).upper()
    return plain[:5] if plain[:5].isdigit() else plain
