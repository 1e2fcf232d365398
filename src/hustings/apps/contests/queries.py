"""What the screens of this room ask, each in a number of questions that does not grow with the units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hustings.apps.contests.models import (
    Audit,
    AuditStep,
    Candidate,
    Contest,
    Report,
    Reporter,
    ReporterLink,
    ReporterStep,
    ReporterUnit,
    SheetPhoto,
    TrayReport,
    Unit,
    UnitFile,
    UnitFileRow,
)
from hustings.apps.contests.pools import DISTRICT, pools_of
from hustings.apps.contests.standing import (
    ENDS,
    Standing,
    State,
    standing_of,
    standings_by_phase,
)
from hustings.apps.jobs.models import Job
from hustings.core.contest.unit_names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.campaigns.models import Campaign

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and where the others are."""

    rows: list[Any]
    number: int
    of: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.of // A_PAGE))


def page_of(rows: Any, asked: str) -> Page:
    """The page that was asked for, the first where none was; two questions to the database."""
    of = rows.count()
    last = max(1, -(-of // A_PAGE))
    number = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 7 else 1
    return Page(list(rows[(number - 1) * A_PAGE : number * A_PAGE]), number, of)


def _how_many(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of these rows belong to the outer one; a join would have to be grouped by every column."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _reporters_there(contest: Contest) -> Coalesce:
    places = ReporterUnit.objects.of(contest.campaign_id).filter(unit=OuterRef("pk"), taken_at=None)
    return _how_many(places, "unit")


def calendar(campaign: Campaign, *, past: bool, page: str) -> Page:
    """
    Contests that come, the next first; or those that are over, the last first.

    One of yesterday is not over: it is counted after midnight, or in a zone where it is yesterday still.
    """
    yesterday = timezone.localdate() - timedelta(days=1)
    units = Unit.objects.of(campaign).filter(contest=OuterRef("pk"), taken_away_at=None)
    rows = (
        Contest.objects.of(campaign)
        .filter(taken_away_at=None)
        .annotate(unit_count=_how_many(units, "contest"))
    )
    if past:
        return page_of(rows.filter(held_on__lt=yesterday).order_by("-held_on", "pk"), page)
    return page_of(rows.filter(held_on__gte=yesterday).order_by("held_on", "pk"), page)


def contests_away(campaign: Campaign, page: str) -> Page:
    """Contests that were taken away, the last first, with what lies in their trays."""
    waits = TrayReport.objects.of(campaign).filter(contest=OuterRef("pk"), settled_at=None)
    rows = Contest.objects.of(campaign).exclude(taken_away_at=None)
    with_tray = rows.annotate(tray_count=_how_many(waits, "contest"))
    return page_of(with_tray.order_by("-taken_away_at", "-pk"), page)


def candidates(contest: Contest) -> list[Candidate]:
    """Those who stand, in the order of the sheet."""
    return list(
        Candidate.objects.of(contest.campaign_id).filter(contest=contest).order_by("order", "pk")
    )


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the night is prepared, in numbers."""

    units: int
    with_reporter: int
    with_two: int
    reporters: int
    opened: int
    practised: int


def readiness(contest: Contest) -> Readiness:
    """Units with reporters, and reporters who have opened their link and tried it out."""
    units = (
        _units_here(contest)
        .annotate(n=_reporters_there(contest))
        .aggregate(
            units=Count("pk"),
            with_reporter=Count("pk", filter=Q(n__gte=1)),
            with_two=Count("pk", filter=Q(n__gte=2)),
        )
    )
    reporters = (
        Reporter.objects.of(contest.campaign_id)
        .filter(contest=contest)
        .aggregate(
            reporters=Count("pk", distinct=True),
            opened=Count("pk", distinct=True, filter=Q(steps__kind=ReporterStep.Kind.OPENED)),
            practised=Count("pk", distinct=True, filter=Q(steps__kind=ReporterStep.Kind.PRACTISED)),
        )
    )
    return Readiness(**units, **reporters)


def in_no_district(contest: Contest) -> int:
    """How many units lie in none of its districts; nothing is asked of a contest without districts."""
    districts = [pool for pool in pools_of(contest) if pool.kind == DISTRICT]
    if not districts:
        return 0
    units = Unit.objects.of(contest.campaign_id).filter(contest=contest).only("district")
    return sum(not any(pool.has(unit) for pool in districts) for unit in units)


@dataclass(frozen=True, slots=True)
class Progress:
    """One phase: how many units stand where."""

    phase: str
    title: str
    states: list[tuple[str, int]]
    reported: int
    of: int


def progress(contest: Contest, of: int) -> list[Progress]:
    """Each phase of the contest: how many of its ``of`` units are expected, reported, matched, differ."""
    found = []
    by_phase = standings_by_phase(contest)
    for phase in contest.phases:
        counted = dict.fromkeys(State, 0)
        for standing in by_phase[phase].values():
            counted[standing.state] += 1
        reported = sum(counted.values())
        counted[State.EXPECTED] = of - reported
        states = [(str(state.label), number) for state, number in counted.items() if number]
        found.append(Progress(phase, str(Report.Phase(phase).label), states, reported, of))
    return found


def units(contest: Contest, *, q: str, page: str) -> Page:
    """Units by area and name; those whose area or name has the words, where some are sought."""
    rows = _units_here(contest)
    if words := _words(q):
        rows = rows.filter(pk__in=_called(contest, words))
    with_count = rows.annotate(reporter_count=_reporters_there(contest))
    return page_of(with_count.order_by("area", "name", "pk"), page)


def _units_here(contest: Contest) -> QuerySet[Unit]:
    rows: QuerySet[Unit] = Unit.objects.of(contest.campaign_id)
    return rows.filter(contest=contest, taken_away_at=None)


def units_away(contest: Contest, page: str) -> Page:
    """Units that were taken away, the last first."""
    rows = Unit.objects.of(contest.campaign_id).filter(contest=contest)
    return page_of(
        rows.exclude(taken_away_at=None).order_by("-taken_away_at", "area", "name", "pk"), page
    )


def units_called(contest: Contest, q: str, most: int = 12) -> list[Unit]:
    """A few units whose area or name has all these words."""
    words = _words(q)
    if not words:
        return []
    rows = Unit.objects.of(contest.campaign_id).filter(pk__in=_called(contest, words))
    return list(rows.order_by("area", "name", "pk")[:most])


def _words(q: str) -> list[str]:
    return [word for raw in q.split()[:5] for word in folded(raw).split()]


def _called(contest: Contest, words: Sequence[str]) -> list[int]:
    """Units whose area or name has all these words, or whose code is one; both are folded, so not by the database."""
    rows = _units_here(contest)
    return [
        pk
        for pk, code, *written in rows.values_list("pk", "code", "area", "name")
        if _has_all(words, " ".join(map(folded, written)), folded(code))
    ]


def _has_all(words: Sequence[str], written: str, code: str) -> bool:
    return all(word in written or word == code for word in words)


@dataclass(frozen=True, slots=True)
class PhaseOfUnit:
    """One phase of one unit as its page shows it."""

    phase: str
    title: str
    standing: Standing
    reports: list[Report]


def phases_of(unit: Unit, right: Mapping[tuple[int, str], int]) -> list[PhaseOfUnit]:
    """Everything that was reported from a unit, corrections beside what they correct, and what audits found right."""
    reports = list(
        Report.objects.of(unit.campaign_id)
        .filter(unit=unit)
        .select_related("reporter")
        .order_by("pk")
    )
    found = []
    for phase in unit.contest.phases:
        said = [one for one in reports if one.phase == phase]
        stands = next((one for one in said if one.pk == right.get((unit.pk, phase))), None)
        title = str(Report.Phase(phase).label)
        found.append(PhaseOfUnit(phase, title, standing_of(said, stands), said))
    return found


def photos_of(unit: Unit) -> list[SheetPhoto]:
    """The sheets that were photographed, without the pictures themselves."""
    return list(
        SheetPhoto.objects.of(unit.campaign_id).filter(unit=unit).defer("content").order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit and where it stands."""

    audit: Audit
    owner: str
    step: str
    open: bool


def audits_of(unit: Unit) -> list[AuditRow]:
    """The audits of one unit, newest first."""
    rows = Audit.objects.of(unit.campaign_id).filter(unit=unit).order_by("-pk")
    return [
        AuditRow(
            audit,
            audit.newest_owner or "",
            str(AuditStep.Kind(audit.newest).label) if audit.newest else "",
            audit.newest not in ENDS,
        )
        for audit in rows.annotate(newest=_newest("kind"), newest_owner=_newest("owner"))
    ]


def open_audits(contest: Contest) -> int:
    """How many audits nobody has ended."""
    audits = Audit.objects.of(contest.campaign_id).filter(contest=contest)
    newest = audits.annotate(newest=_newest("kind"))
    return int(newest.filter(Q(newest=None) | ~Q(newest__in=ENDS)).count())


def _newest(field: str) -> Subquery:
    """What the newest step of the outer audit says there."""
    steps = AuditStep.objects.filter(campaign=OuterRef("campaign"), audit=OuterRef("pk"))
    return Subquery(steps.order_by("-pk").values(field)[:1])


def reporters(contest: Contest, *, q: str, page: str) -> Page:
    """Who was invited, by name, with how ready they are."""
    steps = ReporterStep.objects.of(contest.campaign_id).filter(reporter=OuterRef("pk"))
    rows = (
        Reporter.objects.of(contest.campaign_id)
        .filter(contest=contest)
        .annotate(
            has_opened=Exists(steps.filter(kind=ReporterStep.Kind.OPENED)),
            has_practised=Exists(steps.filter(kind=ReporterStep.Kind.PRACTISED)),
            has_link=Exists(
                ReporterLink.objects.of(contest.campaign_id).filter(
                    reporter=OuterRef("pk"), ended_at=None
                )
            ),
        )
    )
    if q:
        rows = rows.filter(name__icontains=q)
    found = page_of(rows.order_by("name", "pk"), page)
    places: dict[int, list[Unit]] = {}
    for place in (
        ReporterUnit.objects.of(contest.campaign_id)
        .filter(reporter__in=found.rows, taken_at=None, unit__taken_away_at=None)
        .select_related("unit")
        .order_by("unit__area", "unit__name")
    ):
        places.setdefault(place.reporter_id, []).append(place.unit)
    for row in found.rows:
        row.here = places.get(row.pk, [])
    return found


def units_of(reporter: Reporter) -> list[Unit]:
    """From where somebody reports."""
    return list(
        Unit.objects.of(reporter.campaign_id)
        .filter(reporters__reporter=reporter, reporters__taken_at=None, taken_away_at=None)
        .order_by("area", "name")
    )


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row that nobody has settled, and the units that it may be."""

    row: UnitFileRow
    may_be: list[Unit] = field(default_factory=list)


def open_rows(file: UnitFile, page: str) -> Page:
    """Rows whose names found nobody, with the units that share a word of their name."""
    rows = UnitFileRow.objects.of(file.campaign_id).filter(file=file, settled="").order_by("number")
    found = page_of(rows, page)
    return Page([FileRow(row, _may_be(file, row)) for row in found.rows], found.number, found.of)


def _may_be(file: UnitFile, row: UnitFileRow) -> list[Unit]:
    """Units of the same area, or of any where none is said, that share a word with the row."""
    rows = Unit.objects.of(file.campaign_id).filter(contest_id=file.contest_id, taken_away_at=None)
    if row.area:
        rows = rows.filter(area__iexact=row.area)
    shared = Q()
    for word in {
        *folded(row.name).split()[:6],
        *row.name.split()[:6],
    }:  # however it is written there
        shared |= Q(name__icontains=word)
    near = list(rows.filter(shared).order_by("name", "pk")[:12]) if shared else []
    return near or (list(rows.order_by("name", "pk")[:60]) if row.area else [])


def settled_rows(file: UnitFile) -> list[UnitFileRow]:
    """What was settled by hand, to think again; in a contest's first roster every row is new by itself."""
    by_hand = ["hand", "left_out"]
    if _units_here(file.contest).exists():
        by_hand.append("new")
    return list(
        UnitFileRow.objects.of(file.campaign_id)
        .filter(file=file, settled__in=by_hand)
        .select_related("unit")
        .order_by("number")[:100]
    )


def files(contest: Contest) -> list[UnitFile]:
    """The files about this contest's units, newest first."""
    return list(
        UnitFile.objects.of(contest.campaign_id).filter(contest=contest).order_by("-pk")[:30]
    )


def newest_job(contest: Contest) -> Job | None:
    """The reading of a file that was asked for last."""
    job: Job | None = (
        Job.objects.of(contest.campaign_id)
        .filter(kind="contests.read_units", arguments__contest=contest.pk)
        .order_by("-pk")
        .first()
    )
    return job


def tray(contest: Contest, page: str) -> Page:
    """What nobody vouches for and nobody has decided about, oldest first."""
    rows = TrayReport.objects.of(contest.campaign_id).filter(contest=contest, settled_at=None)
    return page_of(rows.select_related("unit").order_by("pk"), page)


def tray_count(contest: Contest) -> int:
    """How many reports wait in the tray."""
    found: int = (
        TrayReport.objects.of(contest.campaign_id).filter(contest=contest, settled_at=None).count()
    )
    return found


def reports_of(unit: Unit) -> list[Report]:
    """Everything that was reported from a unit, in the order in which it came."""
    return list(Report.objects.of(unit.campaign_id).filter(unit=unit).order_by("pk"))
