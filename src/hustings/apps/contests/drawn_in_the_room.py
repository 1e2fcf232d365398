"""
A lot that came with a report, drawn in the room: on record once, whoever sends it.

It holds where none was there, or where the one that was there is for a tie that is no more. A second one for the same
tie is kept beside the first and decides nothing; where they say otherwise an audit asks which of them was drawn.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record
from hustings.apps.contests import lots, queries
from hustings.apps.contests.auditing import has_ended
from hustings.apps.contests.counting import count_unit
from hustings.apps.contests.models import Audit, Lot, Report
from hustings.apps.contests.settling import BY_ITSELF
from hustings.apps.contests.standing import found_right
from hustings.apps.contests.told import lot_said, said_of, that_count

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Unit
    from hustings.apps.contests.report_json import LotSaid
    from hustings.core.contest.tie import Tie


def add_lot(unit: Unit, said: LotSaid, *, drawn_at: datetime, by: Actor) -> None:
    """Put it on record, after its report; the unit must be locked."""
    rows = Lot.objects.of(unit.campaign_id)
    if rows.filter(event_id=said.id).exists():
        return
    before = lots.of_tie(unit.contest, unit.pk, said.step)
    lot = rows.create(
        campaign_id=unit.campaign_id, event_id=said.id, contest_id=unit.contest_id, unit=unit,
        step=said.step, among=list(said.among), chosen=list(said.chosen), record=said.record,
        corrects=before if before is not None and _answers_instead(unit, said, before) else None,
        drawn_at=drawn_at, by=by.label,
    )  # fmt: skip
    record(by, "contest.lot", subject="unit", subject_id=unit.pk, detail={"step": said.step})
    if before is not None and lot.corrects_id is None and set(before.chosen) != set(lot.chosen):
        _ask_which(unit)


def _answers_instead(unit: Unit, said: LotSaid, before: Lot) -> bool:
    """Whether the one on record was drawn among others, and this one among those who are equal now."""
    tie = _open_tie(unit)
    return (
        tie is not None
        and lots.drawn_for_another(before, tie.among, tie.choose)
        and tie.step == said.step
        and set(said.among) == set(tie.among)
        and len(said.chosen) == tie.choose
    )


def _open_tie(unit: Unit) -> Tie | None:
    """What the count of a caucus finds equal by the lots on record; elsewhere the office looks at it."""
    contest = unit.contest
    if contest.kind != contest.Kind.CAUCUS:
        return None
    phases = {one.phase: one.standing for one in queries.phases_of(unit, found_right(contest))}
    codes = [one.code for one in queries.candidates(contest)]
    held = [lot_said(lot) for lot in lots.that_hold_in(unit)]
    said = said_of(unit, that_count(phases), codes, held)
    return count_unit(said, json.dumps(contest.rules, sort_keys=True)).tie


def _ask_which(unit: Unit) -> None:
    """Open an audit of the unit's final count, unless one about its lots is open; it is about no report."""
    about = {"unit": unit, "phase": Report.Phase.FINAL, "why": Audit.Why.CHECK, "about": []}
    rows = Audit.objects.of(unit.campaign_id)
    newest = rows.filter(**about).order_by("-pk").first()
    if newest is not None and not has_ended(newest):
        return
    audit = rows.create(campaign_id=unit.campaign_id, contest_id=unit.contest_id, **about)
    record(BY_ITSELF, "contest.audit_opened", subject="audit", subject_id=audit.pk)
