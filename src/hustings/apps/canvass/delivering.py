"""
Taking in what was put through letterboxes: each report once, nothing overwritten, the newest at a door counts.

A leaflet or poster round is no canvass: it is kept in a table of its own, which no count of contacts reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.audit.actions import record as audit
from hustings.apps.canvass import intake
from hustings.apps.canvass.deliveries import STANDS
from hustings.apps.canvass.kinds import OF_DELIVERIES, Kind
from hustings.apps.canvass.models import Delivery

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report

NOT_A_CANVASS = "Nobody is spoken to on this round: record what was delivered."
NOT_A_ROUND = "That is recorded on leaflet and poster rounds only."


def belongs(report: Report, *, is_delivery: bool) -> str:
    """Why a report cannot be on a round of this kind, in a sentence; empty where it can."""
    if report.kind == Kind.UNDO or (report.kind in OF_DELIVERIES) == is_delivery:
        return ""
    return NOT_A_CANVASS if is_delivery else NOT_A_ROUND


def known(campaign_id: UUID, ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Those of these ids that are there, with their digests."""
    rows = Delivery.objects.of(campaign_id).filter(report_id__in=ids)
    return {each: bytes(digest) for each, digest in rows.values_list("report_id", "digest")}


def add(device: Device, reports: Sequence[Report]) -> set[UUID]:
    """
    Add reports of deliveries that are not there yet; the ids that were new.

    Who may report what was judged before. The doors of what was delivered stay with the walk when it
    comes back, those of what was not are free again.
    """
    if not reports:
        return set()
    intake.hold_walks(device.campaign, {report.turf for report in reports})
    before = known(device.campaign_id, [report.id for report in reports])
    fresh = [
        Delivery(
            campaign_id=device.campaign_id, report_id=report.id, device=device,
            sequence=report.sequence, turf_id=report.turf, door_id=_door_of(report),
            kind=report.kind, left_over=report.left_over, occurred_at=report.occurred_at,
            corrects=report.corrects, digest=report.digest(),
        )
        for report in reports if report.id not in before
    ]  # fmt: skip
    Delivery.objects.bulk_create(fresh)
    if fresh:
        places = {(row.turf_id, row.door_id) for row in fresh if row.door_id is not None}
        _mark_done(device.campaign, places)
        intake.say_that_events_came(device.campaign, device.pk, len(fresh))
        audit(
            device.actor, "event.record", subject="turf", subject_id=fresh[0].turf_id,
            count=len(fresh),
        )  # fmt: skip
    return {row.report_id for row in fresh}


def _door_of(report: Report) -> int | None:
    """No door where a number of leaflets is of the whole walk; and none for what takes that back."""
    return report.door or None


_MARK_DONE = f"""
with here as (
  select t.turf, t.door, (
    select d.occurred_at from canvass_delivery d
    where d.campaign_id = %(campaign)s and d.turf_id = t.turf and d.door_id = t.door and {STANDS}
      and d.kind in ('delivered', 'part')
      and not exists (select from canvass_delivery d2 where d2.campaign_id = d.campaign_id
        and d2.turf_id = d.turf_id and d2.door_id = d.door_id and d2.id > d.id
        and d2.kind = 'not_delivered')
    order by d.id desc limit 1) as at
  from unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door))
update outings_turfdoor td set knocked_at = least(h.at, now()) from here h
where td.campaign_id = %(campaign)s and td.turf_id = h.turf and td.door_id = h.door
  and (td.knocked_at is null) <> (h.at is null)
"""


def _mark_done(campaign: Campaign, places: Collection[tuple[int, int]]) -> None:
    in_order = sorted(places)
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "turfs": [turf for turf, _door in in_order],
        "doors": [door for _turf, door in in_order],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK_DONE, values)
