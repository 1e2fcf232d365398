"""Typing in a sheet of a leaflet or poster round: delivered, in part or not, a code a door; no names."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, handed_in, in_hand, paper, queries, walks
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import MOST_LEFT_OVER, Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.paper import Line, SheetLine, TypedIn
    from hustings.apps.outings.models import Turf

CODES = {"d": Kind.DELIVERED, "p": Kind.PART, "n": Kind.NOT_DELIVERED}
LEFT_OVER: Line = (0, None)
"""The last line of the sheet: how many were left."""


def codes_of(campaign: Campaign) -> list[tuple[str, str]]:
    """What can be typed, with what it means."""
    return [(code, str(kind.label)) for code, kind in CODES.items()]


def said_by(line: Line, typed: str) -> tuple[str, int | None] | None:
    """
    Kind, and how many were left; None for an empty line.

    Raises
    ------
    BadInput
        When nothing is said by this code.
    """
    text = typed.strip().casefold()
    if not text:
        return None
    if line == LEFT_OVER:
        if not text.isdecimal() or len(text) > 6 or int(text) > MOST_LEFT_OVER:
            raise BadInput(_("«%(code)s» is no number of leaflets.") % {"code": typed.strip()[:8]})
        return Kind.LEFT_OVER, int(text)
    if text not in CODES:
        raise BadInput(_("«%(code)s» is none of the codes.") % {"code": typed.strip()[:8]})
    return CODES[text], None


def lines_of(turf: Turf, who: str, typed: Mapping[Line, str]) -> list[SheetLine]:
    """A line for each door in walking order, with what this sheet says by now, and one for what was left."""
    sheet = paper.sheet_of(turf, who)
    before = handed_in.by_sheet(turf, sheet.pk if sheet else 0)
    names = {str(kind): code for code, kind in CODES.items()}
    doors = walks.all_doors_of(turf.campaign, turf.pk)
    places: list[tuple[int, str, Line]] = [
        (door.stop, door.address, (door.id, None)) for door in doors
    ]
    places.append((len(doors) + 1, _("Left over"), LEFT_OVER))
    lines: list[SheetLine] = []
    found = False
    for stop, address, line in places:
        known = before.get(line)
        text = "" if known is None else names.get(known[1], str(known[2]))
        text = typed.get(line, text)
        wrong = _is_wrong(line, text)
        focus = not found and (wrong if typed else not text)
        found = found or focus
        lines.append(paper.SheetLine(stop, address, "", f"said-{line[0]}-0", text, wrong, focus))
    return lines


def _is_wrong(line: Line, text: str) -> bool:
    try:
        said_by(line, text)
    except BadInput:
        return True
    return False


def type_in(
    campaign: Campaign, turf_id: int, who: str, day: date, codes: Mapping[Line, str], *, by: Actor
) -> TypedIn:
    """
    Record a sheet's lines as delivered by ``who`` on ``day``.

    Raises
    ------
    BadInput
        When there is no name, the day is to come, or a code is none; then nothing is recorded.
    """
    name = paper.name_on(who)
    at = paper.noon_of(campaign, day)
    counts = {"new": 0, "corrected": 0, "undone": 0}
    with tenant(campaign.pk):
        turf = in_hand.walk_typed_in(campaign, turf_id)
        sheet = paper.sheet_of(turf, name) or paper.new_sheet(campaign, turf, name)
        before = handed_in.by_sheet(turf, sheet.pk)
        first = queries.next_sequence(sheet)
        reports: list[Report] = []
        for line, code in codes.items():
            said, known = said_by(line, code), before.get(line)
            if said == (None if known is None else known[1:]):
                continue
            kind, left_over = said or (Kind.UNDO, None)
            counts["undone" if said is None else "corrected" if known else "new"] += 1
            reports.append(
                Report(
                    id=uuid.uuid4(), sequence=first + len(reports), turf=turf.pk, door=line[0],
                    kind=kind, left_over=left_over, occurred_at=at, app=paper.APP,
                    corrects=known[0] if known else None,
                )
            )  # fmt: skip
        for outcome in actions.record(sheet, reports, on_paper=True) if reports else ():
            if outcome.status != "stored":
                raise BadInput(outcome.message)
        if reports:
            audit(
                by, "paper.type_in", subject="turf", subject_id=turf.pk, count=len(reports),
                detail={"sheet": str(sheet.public_id), **counts},
            )  # fmt: skip
    return paper.TypedIn(**counts)
