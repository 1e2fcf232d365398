"""What an invented town is: streets, doors and the words that stand on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from hustings.core.turf.problem import Doors
    from hustings.core.walk.network import StreetNetwork

RIVER, RAILWAY = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """
    An invented town.

    Parameters
    ----------
    streets
        The walkable streets; its barriers are the river (0) and the railway (1), in this order.
    doors
        The doors; ``doors.street`` counts in ``streets.street_names``.
    unit
        Number of the flat within its building, 1…, 0 for a house; int32, one a door.
    postcode
        Index into ``postcodes``; int32, one a door.
    postcodes
        Invented postcodes of the British shape, in an area that does not exist.
    street_place
        Index into ``places`` of the settlement a street belongs to; int32, one a street.
    places
        Names of the settlements, the city first.
    district_codes
        Codes of the polling districts that ``doors.district`` counts in.
    crossing_edge, crossing_what, crossing_lon, crossing_lat
        Where an edge crosses the river or the railway: int32, uint8, degrees.
    """

    streets: StreetNetwork
    doors: Doors
    unit: NDArray[np.int32]
    postcode: NDArray[np.int32]
    postcodes: tuple[str, ...]
    street_place: NDArray[np.int32]
    places: tuple[str, ...]
    district_codes: tuple[str, ...]
    crossing_edge: NDArray[np.int32]
    crossing_what: NDArray[np.uint8]
    crossing_lon: NDArray[np.float64]
    crossing_lat: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not len(self.unit) == len(self.postcode) == len(self.doors):
            raise BadInput("A town needs a unit and a postcode for each of its doors.")

    def door_id(self, door: int) -> str:
        """What the door is called in files: D and seven digits."""
        return f"D{door + 1:07d}"

    def address(self, door: int) -> tuple[str, str, str, str, str]:
        """Street, house number, unit, postcode and polling district of one door, as text."""
        unit = int(self.unit[door])
        return (
            self.doors.street_names[self.doors.street[door]],
            str(self.doors.house[door]),
            f"Flat {unit}" if unit else "",
            self.postcodes[self.postcode[door]],
            self.district_codes[self.doors.district[door]],
        )

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The town as rows of DOORS.csv under :data:`DOOR_COLUMNS`, one door at a time."""
        doors = self.doors
        for door in range(len(doors)):
            street, number, unit, postcode, district = self.address(door)
            yield (
                self.door_id(door),
                f"{doors.lon[door]:.7f}",
                f"{doors.lat[door]:.7f}",
                street,
                number,
                unit,
                postcode,
                district,
                str(doors.people[door]),
            )


DOOR_COLUMNS = (
    "door_id",
    "lon",
    "lat",
    "street",
    "number",
    "unit",
    "postcode",
    "district",
    "people",
)
