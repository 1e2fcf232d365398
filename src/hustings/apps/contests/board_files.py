"""A board as JSON and as CSV: the raw reports that count beside what was counted from them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from hustings.apps.contests.board import EXACT, PLACES, ROUNDED_FIRST
from hustings.apps.contests.checkable import checkable
from hustings.apps.contests.models import Report
from hustings.apps.results.tables import safe
from hustings.core.contest.percent import written
from hustings.core.contest.transcript import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from hustings.apps.contests.board import Board, Line, Totals
    from hustings.apps.contests.models import Lot
    from hustings.apps.contests.pool_counts import Part

FORMAT = "hustings-contest-board"
VERSION = 1
PHASES = (Report.Phase.FIRST, Report.Phase.FINAL, Report.Phase.DELEGATES)


def as_json(board: Board) -> dict[str, Any]:
    """Numbers exactly (a fraction as "7/5"), shares by both roundings; totals of different things stand apart."""
    contest = board.contest
    return {
        "format": FORMAT,
        "version": VERSION,
        "contest": {
            "name": contest.name,
            "kind": contest.kind,
            "held_on": contest.held_on.isoformat(),
            "rules": contest.ruleset,
            "candidates": [{"code": one.code, "name": one.name} for one in board.candidates],
        },
        "units": {
            "all": len(board.lines),
            "reporting": board.reporting,
            **{state.value: board.in_state(state) for state in _states(board)},
        },
        "newest_report_at": _iso(board.newest_at),
        "oldest_report_that_counts_at": _iso(board.oldest_at),
        "totals": [_totals(totals) for totals in board.totals],
        "pools": [_pool(part) for part in board.parts],
        "in_no_district": [line.unit.code for line in board.astray],
        "open_lots": [
            {
                "unit": lot.unit.code if lot.unit else None, "step": lot.step, "among": list(lot.among),
                "choose": lot.choose, "fate": lot.fate,
            }
            for lot in board.lots
        ],
        "lots": [_lot(board, lot) for lot in board.drawn],
        "open_audits": [
            {"unit": one.unit.code, "phase": one.phase, "why": one.why.value}
            for one in board.audits
        ],
        "by_unit": [_unit(line) for line in board.lines],
    }  # fmt: skip


def _states(board: Board) -> list[Any]:
    return sorted({line.state for line in board.lines}, key=str)


def _totals(totals: Totals) -> dict[str, Any]:
    shares = totals.shares()
    return {
        "of": totals.what.value,
        "definition": str(totals.definition),
        "units": totals.units,
        "of_units": totals.of,
        "numbers": {code: exact(number) for code, number in totals.numbers.items()},
        "percent": {"places": PLACES, "exact": shares[EXACT], "rounded_before_dividing": shares[ROUNDED_FIRST]},
    }  # fmt: skip


def _pool(part: Part) -> dict[str, Any]:
    """One of the parts whose sum the pledged delegates are; none is worked out from the votes of another."""
    return {
        "name": part.pool.name,
        "pool": part.pool.kind,
        "delegates": part.pool.delegates,
        "units": part.units,
        "of_units": part.of,
        "votes": dict(part.said["votes"]) if part.said else {},
        "awarded": dict(part.whole.awarded),
        "open": part.open,
        "flags": list(part.whole.flags),
    }


def _lot(board: Board, lot: Lot) -> dict[str, Any]:
    """Who called it and who saw it are people: their names stay in the house."""
    unit = next((line.unit.code for line in board.lines if line.unit.pk == lot.unit_id), None)
    return {
        "unit": unit, "step": lot.step, "among": list(lot.among), "chosen": list(lot.chosen),
        "how": lot.how, "record": checkable(lot, board.names), "drawn_at": _iso(lot.drawn_at),
    }  # fmt: skip


def _unit(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": line.unit.code,
        "name": line.unit.name,
        "area": line.unit.area,
        "district": line.unit.district,
        "state": line.state.value,
        "official": line.official.value,
        "reported": {
            phase: dict(standing.counts.numbers)
            for phase, standing in line.phases.items()
            if standing.counts is not None
        },
    }
    if line.counted is not None:
        found["counted"] = {
            "by": line.counted.by,
            "delegates": dict(line.counted.delegates),
            "state_delegates": {code: exact(n) for code, n in line.counted.state.items()},
            "open": line.counted.open,
            "flags": [*line.counted.flags, *([line.counted.problem] if line.problem and line.counted.problem else [])],
            "as_read_out_is_no_outcome_of_the_rule": line.counted.differs,
        }  # fmt: skip
    return found


def as_csv(board: Board) -> str:
    """
    A row for each unit: what was reported in each phase, and the delegates that were counted from it.

    Of a contest whose delegates are given from several pools, a row for each of them and one for their sum come last;
    there the columns of what was reported are empty, so that no vote stands in the table twice.
    """
    codes = [one.code for one in board.candidates]
    phases = [phase for phase in PHASES if phase in board.contest.phases]
    caucus = board.contest.kind == board.contest.Kind.CAUCUS
    head = ["code", "name", "area", "state", "official", "delegates", "attendance"]
    head += [f"{phase.value} {code}" for phase in phases for code in codes]
    head += [f"counted {code}" for code in codes if caucus]
    head += [f"state delegates {code}" for code in codes if caucus]
    head += ["open", "remarks"]
    if board.parts:
        head += ["district", *(f"pledged {code}" for code in codes)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in head])
    for line in board.lines:
        cells = _cells(line, codes, phases, caucus=caucus)
        cells += [line.unit.district, *[None] * len(codes)] if board.parts else []
        writer.writerow([safe(cell) for cell in cells])
    for cells in _part_cells(board, codes, empty=(len(phases) + 2 * caucus) * len(codes)):
        writer.writerow([safe(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _cells(
    line: Line, codes: list[str], phases: list[Report.Phase], *, caucus: bool
) -> list[object]:
    first = _numbers(line, Report.Phase.FIRST)
    cells: list[object] = [
        line.unit.code, line.unit.name, line.unit.area, line.state.value, line.official.value,
        line.unit.delegates, first.get("attendance"),
    ]  # fmt: skip
    for phase in phases:
        counts = _numbers(line, phase).get("counts", {})
        cells += [counts.get(code) for code in codes]
    if caucus and line.counted is not None:
        cells += [line.counted.delegates.get(code) for code in codes]
        cells += [
            written(line.counted.state[code], 4) if code in line.counted.state else None
            for code in codes
        ]
    return [*cells, line.counted.open if line.counted else None, line.problem]


def _part_cells(board: Board, codes: list[str], *, empty: int) -> Iterator[list[object]]:
    if not board.parts:
        return
    for part in board.parts:
        yield [
            None, part.pool.name, None, part.pool.kind, None, part.pool.delegates, None,
            *[None] * empty, part.open, " ".join(part.whole.flags), part.pool.district,
            *(part.whole.awarded.get(code, 0) for code in codes),
        ]  # fmt: skip
    awarded = board.together.awarded if board.together else {}
    yield [
        None, "all parts", None, "sum", None, sum(part.pool.delegates for part in board.parts), None,
        *[None] * empty, sum(part.open for part in board.parts), None, None,
        *(awarded.get(code, 0) for code in codes),
    ]  # fmt: skip


def _numbers(line: Line, phase: str) -> Mapping[str, Any]:
    standing = line.phases.get(phase)
    return {} if standing is None or standing.counts is None else standing.counts.numbers


def csv_response(board: Board) -> HttpResponse:
    """As a file."""
    response = HttpResponse(as_csv(board), content_type="text/csv; charset=utf-8")
    name = f"contest-{board.contest.held_on.isoformat()}-{board.contest.pk}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
