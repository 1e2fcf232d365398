"""Why a report is refused: the rules of one report, each with its sentence; empty where it may stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.apps.campaigns.models import Campaign
from hustings.apps.canvass import delivering

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.canvass.models import Wording
    from hustings.apps.canvass.report import Report


@dataclass(frozen=True, slots=True)
class Known:
    """
    What the reports of a batch are held against.

    Parameters
    ----------
    walk_of
        The walks that this phone may speak of.
    on_walk
        (turf, door) of those walks.
    mine
        Turf, door and person of this phone's events that are here already, by id.
    """

    walk_of: set[int]
    on_walk: set[tuple[int, int]]
    mine: dict[UUID, tuple[int, int, int | None]]


def why_refused(
    report: Report,
    person: int | None,
    wording: Wording | None,
    known: Known,
    *,
    is_delivery: bool,
) -> str:
    """A sentence for the phone."""
    return (
        _not_on_walk(report, known)
        or delivering.belongs(report, is_delivery=is_delivery)
        or no_such_choice(report, wording)
        or _not_yours_to_correct(report, known)
        or _nobody_met(report, person)
    )


def _not_on_walk(report: Report, known: Known) -> str:
    if report.turf not in known.walk_of:
        return "This phone does not carry that walk, or its time for it is over."
    if (report.turf, report.door) not in known.on_walk:
        return "That door is not on this walk."
    return ""


def _nobody_met(report: Report, person: int | None) -> str:
    if report.met is not None and person is None:
        return "Nobody by that number was met at that door."
    return ""


def no_such_choice(report: Report, wording: Wording | None) -> str:
    """Why what was chosen was not among the choices of that wording."""
    if wording is None:
        return "That wording of the script was never shown by this campaign."
    if not report.support:
        return ""
    if report.support not in {choice["code"] for choice in wording.choices}:
        return "That answer was not among the choices."
    if report.strength is not None and wording.support_as != Campaign.SupportAs.PARTIES:
        return "Strength goes with a party, and this campaign asks by a scale."
    return ""


def _not_yours_to_correct(report: Report, known: Known) -> str:
    # An event that has not arrived yet may be corrected already; one that has must be this phone's.
    if report.corrects in known.mine:
        turf, door, _person = known.mine[report.corrects]
        if (turf, door) != (report.turf, report.door):
            return "Only an event of the same door can be corrected."
    return ""
