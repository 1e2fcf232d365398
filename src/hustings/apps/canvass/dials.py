"""The dials of the walks that one batch speaks of, and what is left of its reports by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.canvass.dial import of_the_door
from hustings.apps.canvass.kinds import Kind
from hustings.apps.outings.access import rounds_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report, Somebody
    from hustings.apps.outings.models import Action


@dataclass(frozen=True, slots=True)
class Dials:
    """By walk, its round; a walk that is not there keeps nothing anyway, since its reports are refused."""

    rounds: Mapping[int, Action]

    @classmethod
    def of(cls, campaign: Campaign, reports: Sequence[Report]) -> Dials:
        """Asked once for a batch; nobody turns them until the transaction ends."""
        return cls(rounds_of(campaign.pk, {report.turf for report in reports}))

    def sums_only(self, report: Report) -> bool:
        """Whether it is added to sums, and nothing else is kept of it."""
        found = self.rounds.get(report.turf)
        return found is not None and found.keeps_sums_only

    def is_delivery(self, report: Report) -> bool:
        """Whether it is of a leaflet or poster round."""
        found = self.rounds.get(report.turf)
        return found is not None and found.is_delivery

    def of_no_door(self, report: Report) -> set[tuple[int, int]]:
        """The place of what is said of a delivery round as a whole: how much was left."""
        says = report.kind in {Kind.LEFT_OVER, Kind.UNDO} and report.door == 0
        return {(report.turf, 0)} if says and self.is_delivery(report) else set()

    def kept(self, report: Report) -> Report | None:
        """The report as its walk keeps it; None where it keeps no report."""
        found = self.rounds.get(report.turf)
        if found is None or found.keeps_people:
            return report
        return None if found.keeps_sums_only else of_the_door(report)

    def met(self, somebodies: Sequence[Somebody], kept: Sequence[Report]) -> Sequence[Somebody]:
        """Of those met at doors, the ones that a walk keeps: all, unless a walk of the batch keeps nobody."""
        if all(found.keeps_people for found in self.rounds.values()):
            return somebodies
        named = {report.met for report in kept if report.met}
        return [somebody for somebody in somebodies if somebody.id in named]
