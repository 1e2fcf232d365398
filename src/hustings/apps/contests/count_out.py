"""
A contest as a count file: rules, reports, lots and the count, which ``hustings count replay`` counts again.

What cannot be counted by the rule stays outside, by name and with the reason, in the file itself: in English, whoever asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from hustings.apps.contests import pool_counts
from hustings.apps.contests.checkable import checkable
from hustings.apps.contests.counting import REPORTED
from hustings.apps.contests.lots import in_use
from hustings.apps.contests.told import is_disputed, lot_said, said_of, that_count
from hustings.apps.contests.totals import together_said, votes_said
from hustings.core.contest.many import named
from hustings.core.contest.reading_lots import lots_of
from hustings.core.errors import BadInput
from hustings.formats.count_file import count_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.contests.board import Board, Line
    from hustings.apps.contests.models import Lot

NOT_FOR_COUNTING = {"source", "not_known"}
"""Where a ruleset was read stays with the ruleset."""
READ_OUT = "Only its delegates were read out; there is no alignment to count them from."
DISPUTED = "Its sources differ; it has no delegates until the audit has ended."
NOTHING = "Nothing of it counts so far."
IN_NO_DISTRICT = (
    "It lies in no district of this contest; it counts at large and for party leaders only."
)


def count_file(board: Board) -> str:
    """
    The file's text.

    Raises
    ------
    BadInput
        When nothing was reported yet that could be counted, or the contest has no rules to count by.
    """
    rules = {
        name: value for name, value in board.contest.rules.items() if name not in NOT_FOR_COUNTING
    }
    method = rules.get("method")
    if not isinstance(method, str):
        raise BadInput("This contest has no rules to count by; say by which it is held.")
    said, lots = _said(board, method)
    counted = count_all(method, rules, said, lots_of(lots), checked=True)
    return counted.text()


def _said(board: Board, method: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    outside: dict[str, str] = {}
    units: list[Mapping[str, Any]] = []
    lots: list[dict[str, Any]] = []
    if board.parts and method == pool_counts.METHOD:
        return _parts_said(board), [_lot(lot, board.names) for lot in in_use(board)]
    whole = together_said(board.contest, list(board.names), board.lines)
    if whole is not None and whole[0] == method:
        lots = [_lot(lot, board.names) for lot in in_use(board) if lot.unit_id is None]
        outside = {line.unit.code: NOTHING for line in board.lines if not line.final}
        return {**whole[1], **_about(board, outside)}, lots
    drawn: dict[int | None, list[Lot]] = {}
    for lot in in_use(board):
        drawn.setdefault(lot.unit_id, []).append(lot)
    for line in board.lines:
        if why := _why_not(line):
            outside[line.unit.code] = why
            continue
        units.append(_unit(line, list(board.names)))
        lots += [
            {**_lot(lot, board.names), "step": named(line.unit.code, lot.step)}
            for lot in drawn.get(line.unit.pk, ())
        ]
    if not units:
        raise BadInput("Nothing that could be counted was reported yet.")
    return {"units": units, **_about(board, outside)}, lots


def _parts_said(board: Board) -> dict[str, Any]:
    """Each pool as a unit of its own; a unit in no district counts in none."""
    parts = [part for part in board.parts if part.said and not part.whole.problem]
    if not parts:
        raise BadInput("Nothing that could be counted was reported yet.")
    outside = {
        f"delegates of {part.pool.name}": part.whole.problem or NOTHING
        for part in board.parts
        if part not in parts
    }
    outside |= {line.unit.code: IN_NO_DISTRICT for line in board.astray}
    outside |= {line.unit.code: NOTHING for line in board.lines if not line.final}
    return {"units": [part.said for part in parts], **_about(board, outside)}


def _about(board: Board, outside: Mapping[str, str]) -> dict[str, Any]:
    """What the counting passes over: which contest it is, and what stands outside the count."""
    return {
        "contest": board.contest.name,
        "held_on": board.contest.held_on.isoformat(),
        "newest_report_at": board.newest_at.isoformat() if board.newest_at else None,
        "not_in_this_count": dict(outside),
    }


def _why_not(line: Line) -> str:
    if line.counted is not None:
        if is_disputed(line.phases):
            return DISPUTED
        if line.counted.by == REPORTED:
            return READ_OUT
        return line.counted.problem or ("" if line.final else NOTHING)
    if line.whole is not None and line.whole.problem:
        return line.whole.problem
    return "" if line.final else NOTHING


def _unit(line: Line, codes: Sequence[str]) -> dict[str, Any]:
    if line.counted is None:
        return votes_said(line)
    return said_of(line.unit, that_count(line.phases), codes)


def _lot(lot: Lot, names: Mapping[str, str]) -> dict[str, Any]:
    return {**lot_said(lot), "record": checkable(lot, names)}


def response(board: Board) -> HttpResponse:
    """As a file."""
    answer = HttpResponse(count_file(board), content_type="application/json; charset=utf-8")
    name = f"count-{board.contest.held_on.isoformat()}-{board.contest.pk}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
