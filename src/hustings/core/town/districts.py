"""Polling districts and postcodes of an invented town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISTRICT_DOORS = 1_200
POSTCODE_DOORS = 18
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def districts_of(
    street: NDArray[np.int32],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    quarter: NDArray[np.int64],
    units: NDArray[np.int64],
) -> NDArray[np.int64]:
    """
    The polling district of each house: halves of halves of the quarters between river and railway.

    The part of a street on one side of the river or the railway is never divided; a district has at
    most about 1,200 doors unless one street has more.
    """
    key, of = np.unique(street.astype(np.int64) * 4 + quarter, return_inverse=True)
    weight = np.bincount(of, units)
    houses = np.bincount(of)
    east, north = np.bincount(of, x) / houses, np.bincount(of, y) / houses
    group = np.unique(key % 4, return_inverse=True)[1]
    while True:
        doors = np.bincount(group, weight)
        streets = np.bincount(group)
        large = (doors > DISTRICT_DOORS) & (streets > 1)
        if not large.any():
            break
        width = [_extent(group, of_streets) for of_streets in (east, north)]
        along = np.where((width[0] > width[1])[group], east, north)
        order = np.lexsort((along, group))
        before = np.cumsum(weight[order]) - weight[order]
        first = np.searchsorted(group[order], group[order])
        rank = np.arange(len(order)) - first
        inside = before - before[first] + weight[order] / 2
        upper = inside > doors[group[order]] / 2
        # both halves get a street, however long one of them is
        upper = (upper | (rank == streets[group[order]] - 1)) & (rank > 0)
        half = np.zeros(len(order), np.int64)
        half[order] = upper
        group = np.unique(group * 2 + half * large[group], return_inverse=True)[1]
    return np.asarray(group[of])


def _extent(group: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.float64]:
    count = int(group.max()) + 1
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, group, value)
    np.maximum.at(high, group, value)
    return np.asarray(high - low)


def postcodes_of(
    street: NDArray[np.int32],
    number: NDArray[np.int64],
    district: NDArray[np.int64],
    units: NDArray[np.int64],
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """The postcode of each house: about 18 doors in a row on one side of one street."""
    side = number % 2
    order = np.lexsort((number, side, street, district))
    key = np.stack([district[order], street[order], side[order]])
    fresh = np.ones(len(order), bool)
    fresh[1:] = (key[:, 1:] != key[:, :-1]).any(axis=0)
    before = np.cumsum(units[order]) - units[order]
    bundle = (before - before[fresh][np.cumsum(fresh) - 1]) // POSTCODE_DOORS
    fresh[1:] |= bundle[1:] != bundle[:-1]
    code = np.zeros(len(order), np.int64)
    code[order] = np.cumsum(fresh) - 1
    return code, tuple(_postcode(n) for n in range(int(code.max()) + 1))


def _postcode(n: int) -> str:
    """QX is no postcode area. 9 × 400 codes share the part before the space."""
    outward, inward = divmod(n, 3_600)
    digit, letters = divmod(inward, 400)
    return f"QX{outward + 1} {digit + 1}{LETTERS[letters // 20]}{LETTERS[letters % 20]}"
