"""
Typing in a sheet of a walk that keeps sums: how many of each, and nothing of any door.

A sheet has one number for each code. Typing it again sets the numbers anew, so that nothing is added twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, in_hand, intake, paper
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.models import Tally
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.models import Wording
    from hustings.apps.canvass.paper import Line, SheetLine, TypedIn
    from hustings.apps.outings.models import Turf


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the sheet: what is counted there."""

    nth: int
    label: str
    kind: str
    support: str


def codes_of(campaign: Campaign) -> list[tuple[str, str]]:
    """No codes: numbers are typed."""
    return []


def _codes(wording: Wording) -> list[Code]:
    said = [
        *((str(choice["label"]), Kind.ANSWERED, str(choice["code"])) for choice in wording.choices),
        (str(Kind.NO_ANSWER.label), Kind.NO_ANSWER, ""),
        (str(Kind.REFUSED.label), Kind.REFUSED, ""),
    ]
    return [Code(nth, *each) for nth, each in enumerate(said, 1)]


def _number(typed: str) -> int:
    """How many; nothing typed is none."""
    if not typed.strip():
        return 0
    if not typed.strip().isdecimal() or len(typed.strip()) > 5:
        raise BadInput(_("«%(code)s» is no number of doors.") % {"code": typed.strip()[:8]})
    return int(typed)


def lines_of(turf: Turf, who: str, typed: Mapping[Line, str]) -> list[SheetLine]:
    """A line for each code, with how many this sheet has there by now."""
    wording = actions.wording_now(turf.campaign)
    sheet = paper.sheet_of(turf, who)
    there: dict[tuple[str, str], int] = {}
    if sheet is not None:
        for row in Tally.objects.of(turf.campaign_id).filter(turf=turf, device=sheet):
            there[row.kind, row.support] = there.get((row.kind, row.support), 0) + row.doors
    lines = []
    for code in _codes(wording):
        known = there.get((code.kind, code.support), 0)
        text = typed.get((code.nth, None), str(known or ""))
        lines.append(
            paper.SheetLine(
                code.nth, code.label, "", f"said-{code.nth}-0", text, _is_wrong(text), code.nth == 1
            )
        )
    return lines


def _is_wrong(text: str) -> bool:
    try:
        _number(text)
    except BadInput:
        return True
    return False


def type_in(
    campaign: Campaign, turf_id: int, who: str, day: date, codes: Mapping[Line, str], *, by: Actor
) -> TypedIn:
    """
    Set the sums of a sheet to what is typed.

    Raises
    ------
    BadInput
        When there is no name, the day is to come, or a number is none; then nothing is changed.
    """
    name = paper.name_on(who)
    paper.noon_of(campaign, day)
    counts = {"new": 0, "corrected": 0, "undone": 0}
    with tenant(campaign.pk):
        turf = in_hand.walk_typed_in(campaign, turf_id)
        wording = actions.wording_now(campaign)
        wished = {
            (code.kind, code.support): _number(codes[code.nth, None])
            for code in _codes(wording) if (code.nth, None) in codes
        }  # fmt: skip
        sheet = paper.sheet_of(turf, name) or paper.new_sheet(campaign, turf, name)
        intake.hold_walks(campaign, [turf.pk])
        rows = Tally.objects.of(campaign).filter(turf=turf, device=sheet)
        for (kind, support), doors in wished.items():
            before = sum(row.doors for row in rows.filter(kind=kind, support=support))
            if before == doors:
                continue
            counts["undone" if not doors else "corrected" if before else "new"] += 1
            rows.filter(kind=kind, support=support).delete()
            if doors:
                Tally.objects.create(
                    campaign=campaign, turf=turf, device=sheet, day=day, kind=kind, support=support,
                    wording_version=wording.version, doors=doors,
                )  # fmt: skip
        changed = sum(counts.values())
        if changed:
            intake.say_that_events_came(campaign, sheet.pk, changed)
            audit(
                by, "paper.type_in", subject="turf", subject_id=turf.pk, count=changed,
                detail={"sheet": str(sheet.public_id), **counts},
            )  # fmt: skip
    return paper.TypedIn(**counts)
