"""Which stops may share a walk: all, or those of one district."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hustings.core.turf.gather import Gathered
    from hustings.core.turf.problem import Wishes
    from hustings.core.walk.ways import Ways


def parts_of(gathered: Gathered, wishes: Wishes) -> list[NDArray[np.int64]]:
    """Stops that may share a walk."""
    if wishes.cross_districts:
        return [np.arange(len(gathered.stops), dtype=np.int64)]
    return by_district(gathered, np.arange(len(gathered.stops), dtype=np.int64))


def by_district(gathered: Gathered, stops: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    ordered = stops[np.argsort(gathered.district[stops], kind="stable")]
    return np.split(ordered, np.flatnonzero(np.diff(gathered.district[ordered])) + 1)


def only(ways: Ways, part: NDArray[np.int64]) -> Ways:
    """The ways between some of the stops."""
    return ways._replace(
        edge=ways.edge[part],
        along=ways.along[part],
        side=ways.side[part],
        street=ways.street[part],
        x=ways.x[part],
        y=ways.y[part],
    )
