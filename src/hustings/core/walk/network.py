"""The walkable streets of a place, as one frozen value of arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray


class StreetKind(IntEnum):
    """What an edge is to a walker; decides what crossing it away from a junction costs."""

    SIDE = 0
    """Residential, service, living street, track: crossed anywhere for little."""
    MAIN = 1
    """Primary, secondary, tertiary: people cross at junctions."""
    FOOT = 2
    """Footway, path, pedestrian street, steps: no carriageway, so crossing is free."""


MID_BLOCK_CROSSING_M = {StreetKind.SIDE: 15.0, StreetKind.MAIN: 60.0, StreetKind.FOOT: 0.0}
"""Metres of walking that a crossing away from a junction is worth, by kind of street."""


@dataclass(frozen=True, slots=True, eq=False)
class StreetNetwork:
    """
    The walkable streets of a place.

    A junction is a node where edges meet or end; an edge is a piece of street between two junctions,
    with its line on the ground. Motorways, railways and water are not edges: they are barriers, and
    can be crossed only where an edge (a bridge, a level crossing, an underpass) does so.

    Parameters
    ----------
    node_lon, node_lat
        Junctions, degrees (WGS 84), float64, length n.
    edge_from, edge_to
        Junction indices, int32, length m. Edges can be walked both ways.
    edge_length_m
        Length along the line, metres, float64, length m.
    edge_street
        Index into ``street_names``, int32, -1 where the edge has no name.
    edge_kind
        :class:`StreetKind` as uint8.
    shape_start
        Where each edge's line begins in ``shape_lon``/``shape_lat``; int64, length m + 1.
        The line runs from ``edge_from`` to ``edge_to`` and includes both ends.
    shape_lon, shape_lat
        The lines, degrees, float64.
    street_names
        One entry a name.
    barrier_start, barrier_lon, barrier_lat
        Lines nobody walks across (railway, river, motorway), laid out like the shapes.
        Kept for the judge and for places without streets.

    Raises
    ------
    BadInput
        When the arrays do not fit each other.
    """

    node_lon: NDArray[np.float64]
    node_lat: NDArray[np.float64]
    edge_from: NDArray[np.int32]
    edge_to: NDArray[np.int32]
    edge_length_m: NDArray[np.float64]
    edge_street: NDArray[np.int32]
    edge_kind: NDArray[np.uint8]
    shape_start: NDArray[np.int64]
    shape_lon: NDArray[np.float64]
    shape_lat: NDArray[np.float64]
    street_names: tuple[str, ...]
    barrier_start: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    barrier_lon: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    barrier_lat: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        nodes, edges = len(self.node_lon), len(self.edge_from)
        for name in ("edge_to", "edge_length_m", "edge_street", "edge_kind"):
            if len(getattr(self, name)) != edges:
                raise BadInput(f"{name} has {len(getattr(self, name))} entries for {edges} edges.")
        if len(self.node_lat) != nodes or len(self.shape_start) != edges + 1:
            raise BadInput("The street network's nodes or shapes do not fit its edges.")
        if edges and (
            int(min(self.edge_from.min(), self.edge_to.min())) < 0
            or int(max(self.edge_from.max(), self.edge_to.max())) >= nodes
        ):
            raise BadInput(
                f"An edge of the street network ends at a junction outside 0…{nodes - 1}."
            )

    @property
    def edge_count(self) -> int:
        """How many edges there are."""
        return len(self.edge_from)

    @property
    def node_count(self) -> int:
        """How many junctions there are."""
        return len(self.node_lon)
