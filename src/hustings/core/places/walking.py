"""
Where doors stand for walking when their places are vague.

All doors of a postcode share its point, and doors of a town without any list have none; both can still be
walked by street, side and house number. Offsets made here order a walk and are kept nowhere: what is known
of a door's place, and how well, stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hustings.core.geo import LocalPlane
from hustings.core.places.match import Precision

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_M = 1.0
"""Between two houses that share a point: enough for an order, too little to change which points are near."""
ROW_M = 2.0
"""Between two sides or streets that share a point."""
HOUSE_M = 12.0
"""Between two houses of a side where nothing at all is known: about a terraced house."""
ACROSS_M = 12.0
"""Between the two sides of such a street."""
APART_M = 120.0
"""From such a street to the next."""
EAST = (0.8, 0.6)
"""Which way numbers rise where nothing tells it: along no street of a grid, so that none is met at right angles."""


def places_for_walking(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    precision: NDArray[np.int16],
    street: NDArray[np.int32],
    house: NDArray[np.int32],
    postcode: NDArray[np.int32],
    building: NDArray[np.int32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Places to order walks by: own ones where they are known, else beside each other by number.

    Doors at a postcode or somewhere on their street are spread from that shared point, a metre a house,
    each street and side in a row of its own, in the direction in which the street's numbers rise.
    Doors without any place stand beside the known doors of their street, or, where there are none, in
    rows of their own beyond all others: a row a side, streets in the order of their postcodes.

    Parameters
    ----------
    lon, lat
        Degrees, length n; NaN where a door has no place.
    precision
        :class:`Precision` of each.
    street, house, postcode, building
        Numbers, -1 where not known; postcodes numbered in their order. A building's doors stay together.

    Returns
    -------
    lon, lat
        Degrees, finite; the same for the same doors in any order.
    """
    lon, lat = lon.astype(np.float64).copy(), lat.astype(np.float64).copy()
    precision = precision.copy()
    known = np.isfinite(lon) & np.isfinite(lat)
    _beside_their_street(lon, lat, precision, known, street)
    plane = LocalPlane.around(lon[known], lat[known]) if known.any() else LocalPlane(0.0, 0.0)
    x, y = plane.metres(lon, lat)
    _in_rows(x, y, known, street, house, postcode, building)
    vague = known & (precision < Precision.INTERPOLATED)
    if vague.any():
        _spread(x, y, vague, known, street, house, building)
    moved = vague | ~known
    lon[moved], lat[moved] = plane.degrees(x[moved], y[moved])
    return lon, lat


def _beside_their_street(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    precision: NDArray[np.int16],
    known: NDArray[np.bool_],
    street: NDArray[np.int32],
) -> None:
    """Doors without a place take the middle of their street's known doors, and are vague there."""
    lost = ~known & (street >= 0)
    if not lost.any() or not known.any():
        return
    here = known & (street >= 0)
    most = int(street.max()) + 1
    count = np.bincount(street[here], minlength=most)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle_lon = np.bincount(street[here], lon[here], most) / count
        middle_lat = np.bincount(street[here], lat[here], most) / count
    lost &= count[np.maximum(street, 0)] > 0
    lon[lost], lat[lost] = middle_lon[street[lost]], middle_lat[street[lost]]
    precision[lost] = Precision.STREET
    known |= lost


def _in_rows(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    known: NDArray[np.bool_],
    street: NDArray[np.int32],
    house: NDArray[np.int32],
    postcode: NDArray[np.int32],
    building: NDArray[np.int32],
) -> None:
    """Lay doors of which no place is known out in rows, beyond everything that has one."""
    lost = np.flatnonzero(~known)
    if not len(lost):
        return
    # A street's first postcode says which streets are near each other.
    most = int(street.max(initial=-1)) + 2
    first = np.full(most, np.iinfo(np.int64).max)
    np.minimum.at(first, street[lost] + 1, postcode[lost].astype(np.int64))
    number, _first = _first_of_building(house[lost], building[lost])
    order = np.lexsort((building[lost], number, number % 2, street[lost], first[street[lost] + 1]))
    lost, number = lost[order], number[order]
    new_street = np.append(True, street[lost][1:] != street[lost][:-1])
    row = np.cumsum(new_street) - 1
    side = number % 2
    place = _rank_in_runs(building[lost], new_street | np.append(True, side[1:] != side[:-1]))
    # Along the numbers where they are numbers, so that both sides rise together.
    along = np.where(number >= 0, np.minimum(number // 2, 5_000), place)
    base_x = float(x[known].min()) if known.any() else 0.0
    base_y = float(y[known].min()) - 1_000.0 if known.any() else 0.0
    x[lost] = base_x + along * HOUSE_M
    y[lost] = base_y - row * APART_M - side * ACROSS_M


def _spread(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    vague: NDArray[np.bool_],
    known: NDArray[np.bool_],
    street: NDArray[np.int32],
    house: NDArray[np.int32],
    building: NDArray[np.int32],
) -> None:
    """Doors of one point into rows by street and side, a step a building in the order of their numbers."""
    east, north = _rising(x, y, known, street, house)
    at = np.flatnonzero(vague)
    number, _first = _first_of_building(house[at], building[at])
    side = np.where(number >= 0, number % 2, 0)
    order = np.lexsort((building[at], number, side, street[at], y[at], x[at]))
    at, number, side = at[order], number[order], side[order]
    new_point = np.append(True, (x[at][1:] != x[at][:-1]) | (y[at][1:] != y[at][:-1]))
    new_row = new_point | np.append(
        True, (street[at][1:] != street[at][:-1]) | (side[1:] != side[:-1])
    )
    rank = _rank_in_runs(building[at], new_row)
    row_of = np.cumsum(new_row) - 1
    last = np.zeros(int(row_of[-1]) + 1)
    np.maximum.at(last, row_of, rank)
    along = (rank - last[row_of] / 2) * STEP_M
    first_row = np.maximum.accumulate(np.where(new_point, row_of, 0))
    across = (row_of - first_row) * ROW_M
    x[at] += along * east[street[at]] - across * north[street[at]]
    y[at] += along * north[street[at]] + across * east[street[at]]


def _rising(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    known: NDArray[np.bool_],
    street: NDArray[np.int32],
    house: NDArray[np.int32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The direction in which each street's numbers rise, by its known doors; the last entry for no street."""
    most = int(street.max(initial=-1)) + 2
    east, north = np.full(most, EAST[0]), np.full(most, EAST[1])
    told = known & (street >= 0) & (house >= 0)
    if told.any():
        of = street[told]
        number, px, py = house[told].astype(np.float64), x[told], y[told]
        count = np.maximum(np.bincount(of, minlength=most), 1)
        away = number - (np.bincount(of, number, most) / count)[of]
        along_x, along_y = np.bincount(of, away * px, most), np.bincount(of, away * py, most)
        length = np.hypot(along_x, along_y)
        sure = length > 1.0
        east[sure], north[sure] = along_x[sure] / length[sure], along_y[sure] / length[sure]
    east[-1], north[-1] = EAST
    return east, north


def _first_of_building(
    house: NDArray[np.int32], building: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each door's number, of a building's doors the least; and the buildings counted from 0."""
    _ids, own = np.unique(building, return_inverse=True)
    least = np.full(int(own.max(initial=-1)) + 1, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(least, own, house)
    return least[own], own


def _rank_in_runs(building: NDArray[np.int32], new_run: NDArray[np.bool_]) -> NDArray[np.int64]:
    """0, 1, 2 … along each run, one step a building."""
    step = np.append(True, building[1:] != building[:-1]) | new_run
    count = np.cumsum(step)
    begin = np.maximum.accumulate(np.where(new_run, count, 0))
    return np.asarray(count - begin)
