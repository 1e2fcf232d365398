"""One call of a phone: what its reports share, and what the phone is told of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hustings.apps.canvass.models import LateReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.report import Report, Somebody

ERASED = "This person was erased; nothing about them is kept."
NOT_AT_THIS_DOOR = "That person is not at this door."
WAITS = {
    LateReport.Why.OVER: "This walk is over for this phone; an organiser decides what counts.",
    LateReport.Why.OLD: "This happened long before the walk was handed out; an organiser decides what counts.",
    LateReport.Why.MOVED: "By the register this person lives elsewhere by now; an organiser decides what counts.",
}
"""What the phone is told of a report that an organiser looks at first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one report: stored now, known already, clashing with another, kept for an organiser
    to look at first, about somebody who was erased, or refused and why.
    """

    id: UUID
    status: Literal["stored", "known", "clash", "late", "erased", "refused"]
    message: str = ""


@dataclass(slots=True)
class Batch:
    """What the reports of one call share."""

    device: Device
    met: Sequence[Somebody]
    outcomes: dict[UUID, Outcome]
    ahead: timedelta | None
    on_paper: bool
    wherever: bool
    after_its_time: bool = False

    def happened_at(self, report: Report) -> datetime | None:
        """By the phone's clock put right, where we know how."""
        return None if self.ahead is None else report.occurred_at - self.ahead

    @property
    def ahead_s(self) -> int:
        """The same in whole seconds; nothing where it is not known."""
        return round(self.ahead.total_seconds()) if self.ahead else 0
