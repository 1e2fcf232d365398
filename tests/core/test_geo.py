"""Degrees and local metres."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hustings.core.geo import LocalPlane


@given(st.lists(st.tuples(st.floats(24.9, 25.1), st.floats(60.1, 60.2)), min_size=1, max_size=50))
@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine that does other things
def test_metres_and_back_is_the_same_place(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    plane = LocalPlane.around(lon, lat)

    back_lon, back_lat = plane.degrees(*plane.metres(lon, lat))

    assert np.allclose(back_lon, lon, atol=1e-12)
    assert np.allclose(back_lat, lat, atol=1e-12)


def test_a_minute_of_latitude_is_a_nautical_mile_within_half_a_percent() -> None:
    _x, y = LocalPlane(0.0, 51.0).metres([0.0], [51.0 + 1 / 60])

    assert abs(y[0] - 1852) < 1852 * 0.005


def test_no_points_have_a_plane_at_the_origin() -> None:
    assert LocalPlane.around([], []) == LocalPlane(0.0, 0.0)
