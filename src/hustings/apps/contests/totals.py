"""
Where a contest stands by now, worked out from its reports each time: nothing of it is kept.

Votes, delegates and state delegates are different things. Each has totals of its own with its definition and the
units it is of, and none is ever added to another.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from hustings.apps.contests import pool_counts
from hustings.apps.contests.board import (
    Board,
    Line,
    Of,
    Official,
    OpenAudit,
    OpenLot,
    Totals,
    counts_of,
)
from hustings.apps.contests.counting import (
    REPORTED,
    Counted,
    Whole,
    count_unit,
    count_whole,
)
from hustings.apps.contests.models import (
    Audit,
    Candidate,
    Lot,
    OfficialResult,
    Report,
    Unit,
)
from hustings.apps.contests.standing import (
    ENDS,
    State,
    Step,
    same_numbers,
    standing_of,
    stands_in,
)
from hustings.apps.contests.told import is_disputed, lot_said, said_of, that_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from hustings.apps.contests.models import Contest
    from hustings.apps.contests.standing import Standing
    from hustings.core.contest.tie import Tie


def board_of(contest: Contest, *, beside: bool = True) -> Board:
    """
    The contest as it stands; as many questions to the database for a hundred units as for two thousand.

    Parameters
    ----------
    beside
        Whether what the officials say is looked up too.
    """
    return boards_of([contest], beside=beside)[0]


def boards_of(contests: Sequence[Contest], *, beside: bool = True) -> list[Board]:
    """The same for several contests of one campaign, by as many questions as for one."""
    if not contests:
        return []
    campaign_id = contests[0].campaign_id
    numbers = [contest.pk for contest in contests]
    candidates: dict[int, list[Candidate]] = {number: [] for number in numbers}
    for one in (
        Candidate.objects.of(campaign_id).filter(contest__in=numbers).order_by("order", "pk")
    ):
        candidates[one.contest_id].append(one)
    units: dict[int, list[Unit]] = {number: [] for number in numbers}
    rows = Unit.objects.of(campaign_id).filter(contest__in=numbers, taken_away_at=None)
    for unit in rows.order_by("area", "name", "pk"):
        units[unit.contest_id].append(unit)
    reports: dict[int, dict[tuple[int, str], list[Report]]] = {number: {} for number in numbers}
    for report in Report.objects.of(campaign_id).filter(contest__in=numbers).order_by("pk"):
        at = report.unit_id, report.phase
        reports[report.contest_id].setdefault(at, []).append(report)
    by_number = {unit.pk: unit for there in units.values() for unit in there}
    records = _records(campaign_id, numbers, by_number)
    right, audits = _audits(campaign_id, numbers, by_number)
    official = _official(campaign_id, numbers) if beside else {}
    return [
        _board(
            contest, candidates[contest.pk], units[contest.pk], reports[contest.pk],
            records[contest.pk], right, audits[contest.pk], official,
        )
        for contest in contests
    ]  # fmt: skip


def _board(
    contest: Contest, candidates: Sequence[Candidate], units: Sequence[Unit],
    reports: Mapping[tuple[int, str], list[Report]], records: Sequence[Lot],
    right: Mapping[tuple[int, str], int], audits: Sequence[OpenAudit],
    official: Mapping[tuple[int, str], OfficialResult],
) -> Board:  # fmt: skip
    drawn = lots_that_hold(records)
    lots_of: dict[int, list[Lot]] = {}
    for lot in drawn:
        if lot.unit_id is not None:
            lots_of.setdefault(lot.unit_id, []).append(lot)
    rules = json.dumps(contest.rules, sort_keys=True)
    names = {one.code: one.name for one in candidates}
    codes = list(names)
    lines = [
        _line(contest, unit, codes, reports, right, lots_of.get(unit.pk, ()), official, rules)
        for unit in units
    ]
    of_all = [lot for lot in drawn if lot.unit_id is None]
    parts = pool_counts.parts_of(contest, codes, lines, of_all)
    together = (
        pool_counts.as_one(parts) if parts else _together(contest, codes, lines, of_all, rules)
    )
    ties = [part.tie for part in parts] if parts else [together.tie if together else None]
    counting = [line.at for line in lines if line.at is not None]
    received = [report.received_at for found in reports.values() for report in found]
    return Board(
        contest=contest,
        candidates=candidates,
        lines=lines,
        totals=_totals(contest, codes, lines, together),
        audits=audits,
        lots=[
            *(_open_lot(None, tie, names) for tie in ties if tie),
            *(_open_lot(line.unit, line.tie, names) for line in lines if line.tie),
        ],
        drawn=drawn,
        records=records,
        newest_at=max(received, default=None),
        oldest_at=min(counting, default=None),
        names=names,
        together=together,
        parts=parts,
        astray=pool_counts.astray(contest, lines),
    )


def _records(
    campaign_id: UUID, contests: Sequence[int], units: Mapping[int, Unit]
) -> dict[int, list[Lot]]:
    """By contest, every lot on record, in the order in which they came."""
    found: dict[int, list[Lot]] = {number: [] for number in contests}
    for lot in Lot.objects.of(campaign_id).filter(contest__in=contests).order_by("pk"):
        lot.unit = units[lot.unit_id] if lot.unit_id is not None else None
        found[lot.contest_id].append(lot)
    return found


def lots_that_hold(records: Sequence[Lot]) -> list[Lot]:
    """Of each tie the lot that was first on record, by its newest correction; a second one beside it does not hold."""
    began: dict[int, int] = {}
    for lot in records:
        before = lot.corrects_id
        began[lot.pk] = lot.pk if before is None else began.get(before, lot.pk)
    corrected = {lot.corrects_id for lot in records}
    first: dict[tuple[int | None, str], Lot] = {}
    for lot in sorted(records, key=lambda one: began[one.pk]):
        if lot.pk not in corrected:
            first.setdefault((lot.unit_id, lot.step), lot)
    return list(first.values())


def _line(
    contest: Contest, unit: Unit, codes: Sequence[str],
    reports: Mapping[tuple[int, str], list[Report]],
    right: Mapping[tuple[int, str], int], lots: Sequence[Lot],
    official: Mapping[tuple[int, str], OfficialResult], rules: str,
) -> Line:  # fmt: skip
    phases: dict[str, Standing] = {}
    for phase in contest.phases:
        heard = reports.get((unit.pk, phase))
        if heard:
            stands = next((one for one in heard if one.pk == right.get((unit.pk, phase))), None)
            phases[phase] = standing_of(heard, stands)
    counting = {name: found.counts for name, found in phases.items()}
    handed = [lot_said(lot) for lot in lots]
    counted = None
    if contest.kind == contest.Kind.CAUCUS:
        counted = _counted(unit, phases, codes, handed, rules)
    ages = [one.received_at for one in counting.values() if one is not None]
    line = Line(
        unit, _state(contest, phases), phases, counted, _beside(unit, counting, official),
        min(ages, default=None),
    )  # fmt: skip
    if contest.kind != contest.Kind.CONSTITUENCY or not line.final:
        return line
    return replace(line, whole=count_whole("plurality", votes_said(line), rules, handed))


def _counted(
    unit: Unit, phases: Mapping[str, Standing], codes: Sequence[str],
    lots: Sequence[Mapping[str, Any]], rules: str,
) -> Counted:  # fmt: skip
    """What counts of a room by the rule; nothing of it while its sources differ, whatever was read out."""
    if not phases:
        return Counted()
    if is_disputed(phases):
        return Counted(
            problem=gettext("Its sources differ; it has no delegates until the audit has ended.")
        )
    return count_unit(said_of(unit, that_count(phases), codes, lots), rules)


def _state(contest: Contest, phases: Mapping[str, Standing]) -> State:
    """Of a unit as a whole: a difference anywhere shows; else the last phase that was reported says it."""
    states = [phases[name].state for name in contest.phases if name in phases]
    if not states:
        return State.EXPECTED
    return State.MISMATCH if State.MISMATCH in states else states[-1]


def _beside(
    unit: Unit, counting: Mapping[str, Report | None],
    official: Mapping[tuple[int, str], OfficialResult],
) -> Official:  # fmt: skip
    """Every phase of which both sides say something."""
    said = [
        same_numbers(report.numbers, theirs.numbers)
        for phase, report in counting.items()
        if report is not None and (theirs := official.get((unit.pk, phase))) is not None
    ]
    if not said:
        return Official.NOT_YET
    return Official.AGREES if all(said) else Official.DIFFERS


def _official(campaign_id: UUID, contests: Sequence[int]) -> dict[tuple[int, str], OfficialResult]:
    """The newest official result of each unit and phase."""
    rows = OfficialResult.objects.of(campaign_id).filter(unit__contest__in=contests)
    return {(row.unit_id, row.phase): row for row in rows.order_by("pk")}


def _audits(
    campaign_id: UUID, contests: Sequence[int], units: Mapping[int, Unit]
) -> tuple[dict[tuple[int, str], int], dict[int, list[OpenAudit]]]:
    """
    The reports that audits found right, by unit and phase, and the audits that are open, by contest.

    One question for both.
    """
    rows = (
        Audit.objects.of(campaign_id)
        .filter(contest__in=contests)
        .order_by("pk", "steps__pk")
        .values_list(
            "pk", "unit_id", "phase", "why", "steps__pk", "steps__kind", "steps__owner",
            "steps__stands_id",
        )
    )  # fmt: skip
    steps: list[Step] = []
    newest: dict[int, OpenAudit] = {}
    for pk, unit_id, phase, why, step, kind, owner, stands_id in rows:
        newest[pk] = OpenAudit(units[unit_id], phase, Audit.Why(why), owner or "", kind)
        if step is not None:
            steps.append(Step(step, pk, unit_id, phase, kind, stands_id))
    waits: dict[int, list[OpenAudit]] = {number: [] for number in contests}
    for one in newest.values():
        if one.newest not in ENDS:
            waits[one.unit.contest_id].append(one)
    return stands_in(steps), waits


def _open_lot(unit: Unit | None, tie: Tie, names: Mapping[str, str]) -> OpenLot:
    called = tuple(names.get(code, code) for code in tie.among)
    return OpenLot(unit, tie.step, tie.among, tie.choose, tie.fate, tie.rule, called)


def votes_said(line: Line) -> dict[str, Any]:
    """What a count of the most votes is told of this unit."""
    standing = line.phases.get(Report.Phase.FINAL)
    numbers = standing.counts.numbers if standing and standing.counts else {}
    said: dict[str, Any] = {"unit": line.unit.code, "votes": dict(line.final)}
    if line.unit.eligible is not None:
        said["electorate"] = line.unit.eligible
    if numbers.get("spoilt") is not None:
        said["invalid"] = numbers["spoilt"]
    return said


def together_said(
    contest: Contest, codes: Sequence[str], lines: Sequence[Line]
) -> tuple[str, dict[str, Any]] | None:
    """Method and input of a contest that is counted as one: a members' ballot, and delegates in one pool."""
    counting = [line for line in lines if line.final]
    if not counting or contest.kind not in {contest.Kind.MEMBERS, contest.Kind.PRIMARY}:
        return None
    if contest.kind == contest.Kind.MEMBERS:
        return "omov", {
            "unit": contest.name,
            "sections": {  # a box that stayed empty is nobody's vote
                line.unit.code: {code: line.final.get(code, 0) for code in codes}
                for line in counting
            },
        }
    if not contest.seats:
        return None
    votes = {code: sum(line.final.get(code, 0) for line in counting) for code in codes}
    return "delegates", {
        "unit": contest.name, "pool": "at-large", "delegates": contest.seats, "votes": votes
    }  # fmt: skip


def _together(
    contest: Contest, codes: Sequence[str], lines: Sequence[Line], lots: Sequence[Lot], rules: str
) -> Whole | None:
    said = together_said(contest, codes, lines)
    if said is None:
        return None
    return count_whole(*said, rules, [lot_said(lot) for lot in lots])


def _totals(
    contest: Contest, codes: Sequence[str], lines: Sequence[Line], together: Whole | None
) -> list[Totals]:
    of = len(lines)
    if contest.kind == contest.Kind.CAUCUS:
        counted = [line.counted for line in lines if line.counted and line.counted.delegates]
        state = [one.state for one in counted if one.state]
        pledged = _added(Of.PLEDGED, codes, [together.awarded] if together else [], of)
        return [
            *([_added(Of.STATE, codes, state, of)] if state or not counted else []),
            *([replace(pledged, units=len(state), by_state_delegates=True)] if together else []),
            _added(Of.DELEGATES, codes, [one.delegates for one in counted], of),
            _added(Of.FINAL, codes, _heads(lines, Report.Phase.FINAL), of),
            _added(Of.FIRST, codes, _heads(lines, Report.Phase.FIRST), of),
        ]
    found = [_added(Of.VOTES, codes, _heads(lines, Report.Phase.FINAL), of)]
    if contest.kind == contest.Kind.CONSTITUENCY and of > 1:
        found.insert(0, _added(Of.SEATS, codes, [line.seat for line in lines if line.final], of))
    if together and together.awarded:
        pledged = _added(Of.PLEDGED, codes, [together.awarded], of)
        found.insert(0, replace(pledged, units=found[0].units))
    return found


def _heads(lines: Iterable[Line], phase: str) -> list[Mapping[str, int]]:
    return [
        counts_of(standing)
        for line in lines
        if (standing := line.phases.get(phase)) is not None and standing.counts is not None
    ]


def _added(
    what: Of, codes: Sequence[str], parts: Sequence[Mapping[str, int | Fraction]], of: int
) -> Totals:
    """Those who stand in the order of the sheet; whoever else was named comes after them."""
    numbers = dict.fromkeys(codes, Fraction(0))
    for part in parts:
        for code, number in part.items():
            numbers[code] = numbers.get(code, Fraction(0)) + number
    return Totals(what, numbers, len(parts), of)


def only_read_out(board: Board) -> int:
    """Units whose delegates are taken as they were read out, since no alignment is known to count them from."""
    return sum(
        line.counted is not None and line.counted.by == REPORTED and bool(line.counted.delegates)
        for line in board.lines
    )
