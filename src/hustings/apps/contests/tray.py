"""Reports that nobody vouches for: laid into the tray, and vouched for or laid aside by somebody who looked."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests import lots_in_the_tray, receiving
from hustings.apps.contests.access import unit_or_away_for
from hustings.apps.contests.models import Report, TrayReport
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Contest, Unit


def lay(
    contest: Contest, unit: Unit, phase: str, numbers: dict[str, Any], *, event_id: UUID,
    said_by: str, words: str, by: Actor,
) -> TrayReport:  # fmt: skip
    """Lay a report into the tray; the same twice is one."""
    row: TrayReport
    row, new = TrayReport.objects.of(contest.campaign_id).get_or_create(
        campaign_id=contest.campaign_id,
        event_id=event_id,
        defaults={
            "contest": contest, "unit": unit, "phase": phase, "numbers": numbers,
            "said_by": said_by, "words": words, "reported_at": timezone.now(),
        },
    )  # fmt: skip
    if new:
        record(by, "contest.tray", subject="unit", subject_id=unit.pk, detail={"phase": phase})
    return row


def vouch(row: TrayReport, *, by: Actor) -> None:
    """
    Somebody rang back and answers for it: a report of the office comes of it, whose source is that member.

    Raises
    ------
    BadInput
        When it is settled already, when nobody knows of which unit it is, or when that was taken away.
    """
    _still_waits(row)
    if row.unit_id is None:
        raise BadInput(_("Nobody knows of which unit this is; enter it by hand."))
    unit = unit_or_away_for(row.contest, row.unit_id, lock=True)
    if unit.taken_away_at is not None:
        raise BadInput(
            _("«%(name)s» was taken away. Bring it back first, or lay this aside.")
            % {"name": unit.name}
        )
    event_id = uuid.uuid5(row.event_id, "vouched for")
    receiving.add(
        unit, row.phase, row.numbers, source=Report.Source.OFFICE, event_id=event_id,
        reported_at=row.reported_at, reporter=row.reporter, by=by,
    )  # fmt: skip
    became = Report.objects.of(row.campaign_id).get(event_id=event_id)
    _settled(row, by, became)


def lay_aside(row: TrayReport, *, by: Actor) -> None:
    """It stays on record and counts nowhere, and so does a lot that came with it."""
    _still_waits(row)
    lots_in_the_tray.lay_aside_with(row, by=by)
    _settled(row, by, None)


def _still_waits(row: TrayReport) -> None:
    if row.settled_at is not None:
        raise BadInput(_("Somebody has decided about this report already."))


def _settled(row: TrayReport, by: Actor, became: Report | None) -> None:
    TrayReport.objects.of(row.campaign_id).filter(pk=row.pk).update(
        settled_at=timezone.now(), settled_by=by.label, became=became
    )
    record(
        by, "contest.tray_settle", subject="tray_report", subject_id=row.pk,
        detail={"vouched": became is not None},
    )  # fmt: skip
