"""
Taking in reports of a walk that keeps sums: a report's number in one table, what it said added up in another.

Each is counted once, and can be corrected and taken back: the phone says what the report said that it takes
back (``replaces``), since nobody else knows by then. Taking back makes less of what is kept, so it is done at
once, also when it comes late; what is new and late waits in sums of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import intake
from hustings.apps.canvass.dial import taken_back
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.leave import leaves
from hustings.apps.canvass.models import CanvassEvent, CountedReport, LateReport, Tally
from hustings.apps.canvass.tallies import Standing
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, timedelta
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.report import Report

NOT_YOURS = "This phone does not carry that walk, or its time for it is over."
SAY_WHAT = "This walk keeps sums: the app must say what it takes back. Load it again and take it back there."
LATE = "This came late: it waits in sums of its own for an organiser."


type Status = Literal["stored", "known", "late", "refused"]


class Sum(NamedTuple):
    """What a report adds one door to."""

    turf: int
    day: date
    standing: str
    kind: str
    support: str
    wording_version: int


@dataclass(slots=True)
class Counted:
    """What became of reports: by id a status and a sentence; and what is to be taken back elsewhere."""

    said: dict[UUID, tuple[Status, str]]
    elsewhere: list[Report]


def known(campaign_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are in a sum, or were."""
    rows = CountedReport.objects.of(campaign_id).filter(report_id__in=ids)
    return set(rows.values_list("report_id", flat=True))


def count(
    device: Device,
    reports: Sequence[Report],
    *,
    ahead: timedelta | None,
    typed_in: bool,
    refuses: Callable[[Report], str],
) -> Counted:
    """
    Add reports to the sums of their walks.

    Parameters
    ----------
    ahead
        How far the phone's clock was ahead; None where it did not say.
    typed_in
        An organiser takes them in, so that no leave of the phone's is asked for.
    refuses
        Why a report cannot be, in a sentence; empty where it can.
    """
    if not reports:
        return Counted({}, [])
    turfs = {report.turf for report in reports}
    intake.hold_walks(device.campaign, turfs)
    said: dict[UUID, tuple[Status, str]] = dict.fromkeys(
        known(device.campaign_id, [r.id for r in reports]), ("known", "")
    )
    if not typed_in:
        said |= dict.fromkeys(_waiting_as_reports(device, reports), ("late", LATE))
    standing = _standings(device, turfs, reports, ahead, typed_in=typed_in)
    fresh = []
    for report in reports:
        if report.id in said:
            continue
        why = "" if standing[report.id] else NOT_YOURS
        if why := why or refuses(report):
            said[report.id] = ("refused", why)
        else:
            fresh.append(report)
    return _add(device, fresh, standing, ahead, said)


def _waiting_as_reports(device: Device, reports: Sequence[Report]) -> set[UUID]:
    """Those that wait in the tray from before the dial was turned: an organiser decides about them there."""
    rows = LateReport.objects.of(device.campaign_id).filter(report_id__in=[r.id for r in reports])
    return set(rows.values_list("report_id", flat=True))


def _standings(
    device: Device,
    turfs: Collection[int],
    reports: Sequence[Report],
    ahead: timedelta | None,
    *,
    typed_in: bool,
) -> dict[UUID, str]:
    """Whether each counts at once, or waits and why; empty where the phone never carried the walk."""
    if typed_in:
        return {report.id: Standing.COUNTS for report in reports}
    now, leave = timezone.now(), leaves(device, turfs)
    found: dict[UUID, str] = {}
    for report in reports:
        if report.turf not in leave:
            found[report.id] = ""
            continue
        happened = None if ahead is None else report.occurred_at - ahead
        found[report.id] = leave[report.turf].late(happened, now) or Standing.COUNTS
    return found


def _add(
    device: Device,
    fresh: Sequence[Report],
    standing: dict[UUID, str],
    ahead: timedelta | None,
    said: dict[UUID, tuple[Status, str]],
) -> Counted:
    here = {report.id: report for report in fresh}
    before = _before(device, [r.corrects for r in fresh if r.corrects])
    corrected_since = _corrected(device, list(here))
    finer = _finer(device, [r.corrects for r in fresh if r.corrects])
    sums: Counter[Sum] = Counter()
    kept: list[CountedReport] = []
    elsewhere: list[Report] = []
    for report in fresh:
        was = before.get(report.corrects) if report.corrects else None
        if was is not None and was.turf_id == report.turf and was.says:
            if not _take_out(device, report, was):
                said[report.id] = ("refused", SAY_WHAT)
                continue
            del before[was.report_id]
        elif report.corrects in finer and finer[report.corrects][0] == report.turf:
            elsewhere.append(taken_back(report, finer[report.corrects][1]))
            if report.kind == Kind.UNDO:
                continue  # it is an event itself, and in no sum
        counts = standing[report.id]
        said[report.id] = ("stored", "") if counts == Standing.COUNTS else ("late", LATE)
        says = report.kind != Kind.UNDO
        kept.append(
            CountedReport(
                campaign_id=device.campaign_id, report_id=report.id, device=device,
                sequence=report.sequence, turf_id=report.turf, says=says, corrects=report.corrects,
                standing=counts,
            )
        )  # fmt: skip
        gone = report.id in corrected_since or any(
            other.corrects == report.id and other.turf == report.turf for other in fresh
        )
        if says and not gone:
            sums[_sum_of(device, report, counts, ahead)] += 1
    CountedReport.objects.bulk_create(kept)
    _write(device, sums)
    _tell(device, kept)
    return Counted(said, elsewhere)


def _before(device: Device, ids: Collection[UUID]) -> dict[UUID, CountedReport]:
    """Those in a sum of this phone that nothing takes back yet."""
    if not ids:
        return {}
    rows = CountedReport.objects.of(device.campaign_id).filter(device=device, report_id__in=ids)
    gone = _corrected(device, ids)
    return {row.report_id: row for row in rows if row.report_id not in gone}


def _corrected(device: Device, ids: Collection[UUID]) -> set[UUID]:
    """Those of these that a report of this phone corrects, whichever came first."""
    rows = CountedReport.objects.of(device.campaign_id).filter(device=device, corrects__in=ids)
    return {corrects for corrects in rows.values_list("corrects", flat=True) if corrects}


def _finer(device: Device, ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Walk and door of events that were kept before the dial was turned."""
    if not ids:
        return {}
    rows = CanvassEvent.objects.of(device.campaign_id).filter(device=device, id__in=ids)
    return {row.id: (row.turf_id, row.door_id) for row in rows}


def _take_out(device: Device, report: Report, was: CountedReport) -> bool:
    """Take the door of a report out of its sum again; False where no sum is as the phone says."""
    kind, _colon, rest = report.replaces.partition(":")
    support, _colon, version = rest.partition(":")
    row = (
        Tally.objects.of(device.campaign_id)
        .filter(
            device=device, turf_id=was.turf_id, standing=was.standing, kind=kind, support=support,
            wording_version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            doors__gt=0,
        )
        .order_by("-day")
        .first()
    )  # fmt: skip
    if row is None:
        return False
    Tally.objects.of(device.campaign_id).filter(pk=row.pk).update(doors=F("doors") - 1)
    return True


def _sum_of(device: Device, report: Report, standing: str, ahead: timedelta | None) -> Sum:
    now = timezone.now()
    happened = min(report.occurred_at - ahead if ahead else report.occurred_at, now)
    day = timezone.localtime(happened, ZoneInfo(device.campaign.time_zone)).date()
    return Sum(report.turf, day, standing, str(report.kind), report.support, report.wording_version)


_WRITE = """
insert into canvass_tally as t (campaign_id, device_id, turf_id, day, standing, kind, support,
  wording_version, doors)
select %(campaign)s, %(device)s, n.* from unnest(%(turf)s::bigint[], %(day)s::date[],
  %(standing)s::text[], %(kind)s::text[], %(support)s::text[], %(wording_version)s::int[],
  %(doors)s::int[]) n(turf, day, standing, kind, support, wording_version, doors)
on conflict (campaign_id, turf_id, device_id, day, standing, kind, support, wording_version)
do update set doors = t.doors + excluded.doors
"""


def _write(device: Device, sums: Counter[Sum]) -> None:
    if not sums:
        return
    values: dict[str, Any] = {"campaign": device.campaign_id, "device": device.pk}
    for nth, name in enumerate(Sum._fields):
        values[name] = [each[nth] for each in sums]
    values["doors"] = list(sums.values())
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)


def _tell(device: Device, kept: Sequence[CountedReport]) -> None:
    """Say that something came: to the pages that are open, and to the audit."""
    late = sum(row.standing != Standing.COUNTS for row in kept)
    if counted := len(kept) - late:
        intake.say_that_events_came(device.campaign, device.pk, counted)
        audit(
            device.actor, "event.record", subject="turf", subject_id=kept[0].turf_id, count=counted
        )
    if late:
        audit(device.actor, "event.late", subject="device", subject_id=device.pk, count=late)


# --- what came late -----------------------------------------------------------------------------

WAITS = (Standing.OVER, Standing.OLD)


@dataclass(slots=True)
class Waiting:
    """Doors of one phone on one walk that came late, for an organiser to decide about together."""

    key: str
    number: int
    phone: str
    why: str
    doors: int
    lines: list[tuple[str, int]]


def waiting(campaign: Campaign) -> list[Waiting]:
    """What nobody has decided yet, by walk and phone."""
    found: dict[str, Waiting] = {}
    rows = Tally.objects.of(campaign).filter(standing__in=WAITS, doors__gt=0)
    for row in rows.select_related("turf", "device").order_by("turf__number", "device", "kind"):
        key = f"{row.turf_id}-{row.device_id}-{row.standing}"
        entry = found.setdefault(
            key,
            Waiting(key, row.turf.number, row.device.label, row.get_standing_display(), 0, []),
        )
        entry.doors += row.doors
        said = row.get_kind_display()
        entry.lines.append((f"{said} {row.support}".strip(), row.doors))
    return list(found.values())


def settle(campaign: Campaign, key: str, *, counts: bool, by: Actor) -> None:
    """
    Decide about one entry: its doors count, or they are set aside.

    Raises
    ------
    BadInput
        When nothing of it waits: somebody decided already.
    """
    turf, _dash, rest = key.partition("-")
    device, _dash, standing = rest.partition("-")
    if not (turf.isdecimal() and device.isdecimal() and standing in WAITS):
        raise NotHere
    with tenant(campaign.pk):
        here = {"turf_id": int(turf), "device_id": int(device), "standing": standing}
        waiting = Tally.objects.of(campaign).filter(**here, doors__gt=0)
        if waiting.exists():  # asked first: a walk of nobody's, or of another campaign, is not held
            intake.hold_walks(campaign, [int(turf)])
        rows = list(waiting.all())
        if not rows:
            raise BadInput(_("Somebody decided about this already."))
        to = Standing.COUNTS if counts else Standing.ASIDE
        doors = sum(row.doors for row in rows)
        # What is taken back while it waits, or after, is taken out of the sum in which it stands by then.
        CountedReport.objects.of(campaign).filter(**here).update(standing=to)
        sums = Counter(
            {Sum(row.turf_id, row.day, to, row.kind, row.support, row.wording_version): row.doors
             for row in rows}
        )  # fmt: skip
        _write(rows[0].device, sums)
        Tally.objects.of(campaign).filter(**here).delete()
        if counts:
            intake.say_that_events_came(campaign, int(device), doors)
        audit(
            by, "event.settle", subject="turf", subject_id=int(turf), count=doors,
            detail={"counts": counts},
        )  # fmt: skip
