"""Reports that become no event: kept for an organiser, or remembered without what they said."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass.batch import WAITS, Outcome
from hustings.apps.canvass.models import LateReport, RefusedReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.batch import Batch
    from hustings.apps.canvass.leave import Leave
    from hustings.apps.canvass.report import Report


def waiting(
    batch: Batch, reports: Sequence[Report], leave: dict[int, Leave]
) -> dict[UUID, tuple[Report, str]]:
    """Those that an organiser is to look at first, with why; not those of walks that it never carried."""
    now = timezone.now()
    found = {}
    for report in reports:
        if report.turf in leave:
            why = leave[report.turf].late(batch.happened_at(report), now)
            if why:
                found[report.id] = (report, why)
    return found


def keep(batch: Batch, waiting: dict[UUID, tuple[Report, str]]) -> None:
    """Keep reports for an organiser, each once."""
    if not waiting:
        return
    device = batch.device
    somebody = {each.id: each for each in batch.met}
    late = LateReport.objects.of(device.campaign_id)
    there = {
        (report_id, bytes(digest))
        for report_id, digest in late.filter(report_id__in=list(waiting)).values_list(
            "report_id", "digest"
        )
    }
    new = []
    for report, why in waiting.values():
        outcome = Outcome(report.id, "late", WAITS[LateReport.Why(why)])
        batch.outcomes[report.id] = outcome
        if (report.id, report.digest()) in there:
            continue
        content = {name: value for name, value in asdict(report).items() if value is not None}
        if report.met in somebody:
            content["somebody"] = as_json(asdict(somebody[report.met]))
        if batch.ahead is not None:
            content["ahead_s"] = batch.ahead_s
        new.append(
            LateReport(
                campaign_id=device.campaign_id, report_id=report.id, digest=report.digest(),
                device=device, turf_id=report.turf, door_id=report.door or None, why=why,
                content=as_json(content),
            )
        )  # fmt: skip
    LateReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit(device.actor, "event.late", subject="device", subject_id=device.pk, count=len(new))


def remember_refused(device: Device, reports: Sequence[Report], *, erased: bool = False) -> None:
    """That they came, without what they said: so their numbers are no gap in the phone's row."""
    if not reports:
        return
    there = set(
        RefusedReport.objects.of(device.campaign_id)
        .filter(device=device, report_id__in=[report.id for report in reports])
        .values_list("report_id", flat=True)
    )
    new = [
        RefusedReport(
            campaign_id=device.campaign_id, device=device, report_id=report.id,
            sequence=report.sequence, erased=erased,
        )
        for report in reports if report.id not in there
    ]  # fmt: skip
    RefusedReport.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit(device.actor, "event.refuse", subject="device", subject_id=device.pk, count=len(new))


def as_json(content: dict[str, Any]) -> dict[str, Any]:
    """As a phone would have sent it: to the microsecond, so that it has the same digest again."""
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else value
        if isinstance(value, int | str | dict)
        else str(value)
        for name, value in content.items()
    }
