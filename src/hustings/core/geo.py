"""Points on the ground: degrees to local metres, and distances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth, IUGG 1980, in metres."""


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """
    A flat plane that touches the earth at one point, good to about 0.1 % within 50 km of it.

    Parameters
    ----------
    lon, lat
        The point of touch, in degrees (WGS 84).
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, lon: ArrayLike, lat: ArrayLike) -> LocalPlane:
        """The plane that touches at the middle of the box round all points; (0, 0) without any."""
        lon_array, lat_array = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        if lon_array.size == 0:
            return cls(0.0, 0.0)
        return cls(
            float((lon_array.min() + lon_array.max()) / 2),
            float((lat_array.min() + lat_array.max()) / 2),
        )

    def metres(
        self, lon: ArrayLike, lat: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres east and metres north of the point of touch, for degrees (WGS 84)."""
        per_degree = np.pi / 180 * EARTH_RADIUS_M
        x = (np.asarray(lon, dtype=float) - self.lon) * (per_degree * np.cos(np.radians(self.lat)))
        y = (np.asarray(lat, dtype=float) - self.lat) * per_degree
        return x, y

    def degrees(
        self, x: ArrayLike, y: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Degrees (WGS 84) of points given in metres east and north: the inverse of :meth:`metres`."""
        per_degree = np.pi / 180 * EARTH_RADIUS_M
        lon = np.asarray(x, dtype=float) / (per_degree * np.cos(np.radians(self.lat))) + self.lon
        lat = np.asarray(y, dtype=float) / per_degree + self.lat
        return lon, lat
