"""What must be asked of a report before any other rule: is it here already, and is it of somebody erased?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass import set_aside
from hustings.apps.canvass.batch import ERASED, Outcome
from hustings.apps.canvass.dial import same_by_any_dial
from hustings.apps.canvass.models import EventClash, PersonMet
from hustings.apps.people.queries import erased_among

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.canvass.dials import Dials
    from hustings.apps.canvass.report import Report


_THERE = """
select e.id, e.digest from unnest(%(ids)s::uuid[]) t(id) cross join lateral (
  select id, digest from canvass_canvassevent
  where campaign_id = %(campaign)s::uuid and id = t.id offset 0) e
union all
select d.report_id, d.digest from unnest(%(ids)s::uuid[]) t(id) cross join lateral (
  select report_id, digest from canvass_delivery
  where campaign_id = %(campaign)s::uuid and report_id = t.id offset 0) d
union all
select c.report_id, ''::bytea from unnest(%(ids)s::uuid[]) t(id) cross join lateral (
  select report_id from canvass_countedreport
  where campaign_id = %(campaign)s::uuid and report_id = t.id offset 0) c
"""
"""What is in a sum has no digest: its number again is known, whatever comes under it."""


def unknown(
    device: Device, reports: Sequence[Report], outcomes: dict[UUID, Outcome], dials: Dials
) -> list[Report]:
    """Answer what is there already; the rest."""
    values = {"campaign": device.campaign_id, "ids": [report.id for report in reports]}
    there = {event_id: bytes(digest) for event_id, digest in answered(_THERE, values)}
    rest = []
    for report in reports:
        if report.id in there:
            outcomes[report.id] = _compared(device, report, there[report.id], dials)
        else:
            rest.append(report)
    return rest


def without_erased(
    device: Device, reports: Sequence[Report], outcomes: dict[UUID, Outcome]
) -> list[Report]:
    """Put away what is about somebody who was erased, also when it is late; the rest."""
    persons = erased_among(device.campaign_id, {r.person for r in reports if r.person})
    asked = [r.met for r in reports if r.met]
    met: set[UUID] = set()
    if asked:
        met = set(
            PersonMet.objects.of(device.campaign_id)
            .filter(id__in=asked, person=None)
            .values_list("id", flat=True)
        )
    gone = [r for r in reports if r.person in persons or r.met in met]
    if gone:
        set_aside.remember_refused(device, gone, erased=True)
    for report in gone:
        outcomes[report.id] = Outcome(report.id, "erased", ERASED)
    return [report for report in reports if report.id not in outcomes]


def _compared(device: Device, report: Report, there: bytes, dials: Dials) -> Outcome:
    """The same again, from whichever phone, or another report under an id that is taken: then both are kept."""
    if not there or same_by_any_dial(report, there):  # what was erased is not taken in again
        return Outcome(report.id, "known")
    kept = dials.kept(report)
    if kept is None:  # a walk of sums keeps no second report beside one from before
        set_aside.remember_refused(device, [report])
        return Outcome(report.id, "refused", "Another report came under this number.")
    report = kept
    content = {name: value for name, value in asdict(report).items() if value is not None}
    _clash, new = EventClash.objects.get_or_create(
        campaign_id=device.campaign_id,
        event_id=report.id,
        digest=report.digest(),
        defaults={"device": device, "content": set_aside.as_json(content)},
    )
    if new:
        audit(device.actor, "event.clash", subject="event", subject_id=report.id)
    return Outcome(
        report.id, "clash", "Another report came under this number; both are kept for an organiser."
    )
