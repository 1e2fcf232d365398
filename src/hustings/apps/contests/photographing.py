"""Keeping a photographed sheet: one of a phone's own pictures, small, once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record
from hustings.apps.audit.actors import Actor
from hustings.apps.contests.access import unit_for
from hustings.apps.contests.models import ReporterUnit, SheetPhoto
from hustings.apps.contests.report_json import is_of_our_time
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.contests.models import ReporterLink

MOST_BYTES = 2_000_000
"""The phone makes a picture smaller before it sends it; a sheet is legible at a tenth of this."""
MOST_OF_A_UNIT = 20
BEGINS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""What a picture is, by how it begins, whatever it is called."""


def keep(
    link: ReporterLink, event_id: UUID, content: bytes, *, unit_id: str, report: str, taken_at: str
) -> str:
    """
    Store a picture of the sheet of a unit from which this phone reports: "stored", or "known".

    Raises
    ------
    BadInput
        When it is no picture, too large, or of a unit that is not theirs.
    """
    reporter = link.reporter
    media_type = next((kind for begin, kind in BEGINS.items() if content.startswith(begin)), None)
    if media_type is None:
        raise BadInput("This is no photograph: send a JPEG or PNG picture.")
    if len(content) > MOST_BYTES:
        raise BadInput(f"The picture has more than {MOST_BYTES:,} bytes; send a smaller one.")
    try:
        unit = unit_for(
            reporter.contest, int(unit_id) if unit_id.isdecimal() and len(unit_id) < 19 else 0
        )
    except (NotHere, OverflowError) as error:
        raise BadInput("This contest has no such unit.") from error
    theirs = ReporterUnit.objects.of(unit.campaign_id).filter(
        reporter=reporter, unit=unit, taken_at=None
    )
    if link.is_over or not theirs.exists():
        raise BadInput("This link does not report from there. Keep the sheet, and ring the office.")
    rows = SheetPhoto.objects.of(unit.campaign_id)
    if rows.filter(event_id=event_id).exists():
        return "known"
    if rows.filter(unit=unit).count() >= MOST_OF_A_UNIT:
        raise BadInput(f"There are {MOST_OF_A_UNIT} photographs of this unit already.")
    photo = SheetPhoto.objects.create(
        campaign_id=unit.campaign_id, unit=unit, event_id=event_id, report_event=_uuid(report),
        media_type=media_type, sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content), content=content, taken_at=_moment(taken_at), by=reporter.name,
    )  # fmt: skip
    by = Actor("link", str(reporter.pk), reporter.name)
    record(by, "contest.photo", subject="unit", subject_id=unit.pk, detail={"photo": photo.pk})
    return "stored"


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _moment(said: str) -> datetime:
    try:
        found = parse_datetime(said)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found) or not is_of_our_time(found):
        return timezone.now()
    return found
