"""A plan: for every door its turf and its place in the walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """
    For every door its turf and its stop.

    Parameters
    ----------
    turf
        Turf number of each door, 1 or more, int32; in the order of the doors. Numbers need not be
        consecutive: a re-cut keeps the numbers of the previous plan.
    stop
        Place in the walk, 1… within each turf without gaps, int32.
    """

    turf: NDArray[np.int32]
    stop: NDArray[np.int32]

    def __post_init__(self) -> None:
        if len(self.turf) != len(self.stop):
            raise BadInput(
                f"{len(self.turf)} turfs for {len(self.stop)} stops: a plan needs both for each door."
            )

    def walks(self) -> dict[int, NDArray[np.int64]]:
        """Door indices in walking order, by turf number, turf numbers ascending."""
        if len(self.turf) == 0:
            return {}
        order = np.lexsort((self.stop, self.turf))
        numbers, starts = np.unique(self.turf[order], return_index=True)
        return {
            int(number): walk
            for number, walk in zip(numbers, np.split(order, starts[1:]), strict=True)
        }

    def only(self, wanted: NDArray[np.bool_]) -> Plan:
        """The plan of some of the doors."""
        return Plan(self.turf[wanted], self.stop[wanted])
