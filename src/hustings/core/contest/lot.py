"""A lot that was drawn, as it was put on record, and the finding of the one that a tie asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.core.contest.tie import Tie

How = Literal["physical", "commit-reveal", "beacon", "handed in"]
"""``handed in`` is a lot of which no more is known than its outcome, as in a published result."""


class LotRefused(BadInput):
    """A lot on record does not fit the count; where it came from a file of its own, that file is wrong."""


@dataclass(frozen=True, slots=True)
class Lot:
    """
    The lot for the tie at ``step`` fell on ``chosen``.

    ``among`` is who was in the hat, in any order; ``record`` is what a witness would ask for: device, who called,
    order, witnesses, the SHA-256 of a photograph, or the commitments and the round of a beacon.
    """

    step: str
    among: tuple[str, ...]
    chosen: tuple[str, ...]
    how: How = "handed in"
    record: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What a count file holds of it."""
        return {
            "step": self.step,
            "among": list(self.among),
            "chosen": list(self.chosen),
            "how": self.how,
            "record": self.record,
        }


class Lots:
    """The lots that were handed in to one count: each answers one tie, and one that answers none is told of."""

    def __init__(self, lots: Iterable[Lot] = ()) -> None:
        self.all = tuple(lots)
        self._by_step: dict[str, Lot] = {}
        self._used: set[str] = set()
        for lot in self.all:
            if lot.step in self._by_step:
                raise LotRefused(f"Two lots are on record for «{lot.step}»; a lot is drawn once.")
            self._by_step[lot.step] = lot

    def for_tie(self, tie: Tie) -> Lot | None:
        """The lot that resolves ``tie``; ``LotRefused`` where one is on record that was drawn among others."""
        lot = self._by_step.get(tie.step)
        if lot is None:
            return None
        if set(lot.among) != set(tie.among) or len(lot.among) != len(tie.among):
            raise LotRefused(
                f"The lot for «{tie.step}» was drawn among {', '.join(lot.among)}, "
                f"but {', '.join(tie.among)} are equal; draw it again among them."
            )
        chosen = set(lot.chosen)
        if len(chosen) != len(lot.chosen) or len(chosen) != tie.choose or chosen - set(tie.among):
            raise LotRefused(
                f"The lot for «{tie.step}» must fall on {tie.choose} of {', '.join(tie.among)}; "
                f"it names {', '.join(lot.chosen) or 'nobody'}."
            )
        self._used.add(tie.step)
        return lot

    def unused(self) -> tuple[Lot, ...]:
        """Lots that no tie asked for."""
        return tuple(lot for lot in self.all if lot.step not in self._used)

    def left_over(self, tie: Tie | None, where: str) -> tuple[str, ...]:
        """
        A sentence for each lot that no tie asked for, while the count waits at ``tie``.

        ``LotRefused`` where it does not wait: then such a lot was drawn for nothing, or for another count.
        """
        left = self.unused()
        if left and tie is None:
            raise LotRefused(
                f"There is a lot for «{left[0].step}», but nothing is equal there.", where=where
            )
        return tuple(f"The lot for «{lot.step}» was asked for by no tie." for lot in left)
