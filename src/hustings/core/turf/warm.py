"""
Compiling the kernels, at set-up, so that nobody waits for it later: ``python -m hustings.core.turf.warm``.
"""

from __future__ import annotations

import numpy as np

from hustings.core.turf.cut import cut
from hustings.core.turf.problem import Doors, Wishes
from hustings.core.walk.network import StreetNetwork


def warm() -> None:
    """Cut a small grid in every way there is."""
    doors, streets = _grid()
    for network in (streets, None):
        cut(doors, network, Wishes(doors_each=8), effort=2)
    plan = cut(
        doors, streets, Wishes(minutes_each=20, loop=True, start=(0.001, 51.001)), effort=2
    ).plan
    plan.turf[:3] = 0
    cut(doors, streets, Wishes(minutes_each=20), previous=plan)


def _grid() -> tuple[Doors, StreetNetwork]:
    side = 4
    step = 0.001
    lon = np.tile(np.arange(side) * step, side)
    lat = np.repeat(51 + np.arange(side) * step, side)
    number = np.arange(side * side).reshape(side, side)
    edge_from = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    edge_to = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    edges = len(edge_from)
    streets = StreetNetwork(
        node_lon=lon,
        node_lat=lat,
        edge_from=edge_from.astype(np.int32),
        edge_to=edge_to.astype(np.int32),
        edge_length_m=np.full(edges, 90.0),
        edge_street=np.arange(edges, dtype=np.int32) % 5,
        edge_kind=np.zeros(edges, np.uint8),
        shape_start=np.arange(0, 2 * edges + 1, 2, dtype=np.int64),
        shape_lon=lon[np.column_stack([edge_from, edge_to]).ravel()],
        shape_lat=lat[np.column_stack([edge_from, edge_to]).ravel()],
        street_names=("A", "B", "C", "D", "E"),
    )
    count = 2 * edges
    middle_lon = np.repeat((lon[edge_from] + lon[edge_to]) / 2, 2) + np.tile([1e-4, -1e-4], edges)
    middle_lat = np.repeat((lat[edge_from] + lat[edge_to]) / 2, 2) + np.tile([1e-4, -1e-4], edges)
    doors = Doors(
        lon=middle_lon,
        lat=middle_lat,
        street=np.repeat(streets.edge_street, 2),
        street_names=streets.street_names,
        house=np.arange(count, dtype=np.int32),
        building=np.arange(count, dtype=np.int32),
        floor=np.zeros(count, np.int16),
        staircase=np.zeros(count, np.int16),
        people=np.full(count, 2, np.int16),
        district=np.repeat(np.array([0, 1], np.int32), count // 2),
    )
    return doors, streets


if __name__ == "__main__":
    warm()
