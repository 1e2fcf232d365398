"""Doors that share a point, or have none, stand in the order of street, side and number."""

from __future__ import annotations

import numpy as np

from hustings.core.geo import LocalPlane
from hustings.core.places.match import Precision
from hustings.core.places.walking import places_for_walking


def placed(
    lon: list[float], house: list[int], precision: int, street: list[int] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    count = len(house)
    at = np.array(lon)
    return places_for_walking(
        at,
        np.where(np.isfinite(at), 51.5, np.nan),
        np.full(count, precision, np.int16),
        np.array(street or [0] * count, np.int32),
        np.array(house, np.int32),
        np.zeros(count, np.int32),
        np.arange(count, dtype=np.int32),
    )


def test_a_door_whose_place_is_known_stays_there() -> None:
    lon, lat = placed([0.1, 0.2], [1, 3], Precision.BUILDING)

    assert (lon.tolist(), lat.tolist()) == ([0.1, 0.2], [51.5, 51.5])


def test_doors_of_one_point_stand_a_metre_apart_by_number_side_by_side() -> None:
    house = [5, 2, 1, 4, 3]

    lon, lat = placed([0.1] * 5, house, Precision.POSTCODE)

    x, y = LocalPlane(0.1, 51.5).metres(lon, lat)
    place = dict(zip(house, zip(x, y, strict=True), strict=True))
    odd = [np.hypot(*np.subtract(place[a], place[b])) for a, b in ((1, 3), (3, 5))]
    assert np.allclose(odd, 1.0, atol=1e-3)
    assert np.isclose(np.hypot(*np.subtract(place[1], place[5])), 2.0, atol=1e-3)
    assert np.hypot(x, y).max() < 5


def test_numbers_rise_towards_the_streets_higher_numbers() -> None:
    lon, _lat = placed([0.2, 0.2, 0.1, 0.1], [1, 3, 21, 23], Precision.POSTCODE)

    assert lon[0] > lon[1] > lon[2] > lon[3]


def test_doors_without_any_place_stand_in_rows_a_street_each_and_rise_by_number() -> None:
    nowhere = [np.nan] * 6

    lon, lat = placed(nowhere, [1, 3, 5, 1, 3, 5], Precision.NONE, [0, 0, 0, 1, 1, 1])

    assert np.isfinite(lon).all()
    assert lon[0] < lon[1] < lon[2]
    assert len(set(lat[:3].round(9))) == 1
    assert abs(lat[0] - lat[3]) > 0.0009


def test_a_door_without_a_place_stands_beside_the_known_ones_of_its_street() -> None:
    lon, _lat = placed([0.1, 0.1002, np.nan], [1, 5, 3], Precision.BUILDING)

    assert 0.1 < lon[2] < 0.1002


def test_the_order_of_the_input_does_not_matter() -> None:
    house = [9, 4, 7, 2, 11]
    there = placed([0.1] * 5, house, Precision.POSTCODE)
    back = placed([0.1] * 5, house[::-1], Precision.POSTCODE)

    assert np.allclose(there, np.array(back)[:, ::-1])
