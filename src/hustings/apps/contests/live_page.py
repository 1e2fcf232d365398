"""A board as its pages show it: at the desk and, the same, for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.contests import live, live_parts
from hustings.apps.contests.board import Official
from hustings.apps.contests.standing import State
from hustings.apps.contests.totals import only_read_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.contests.board import Board, Line

UNITS_A_PAGE = 60
FEW_UNITS = 40
"""A contest of no more units shows them all; a larger one its counties first."""
MOST_LISTED = 25
"""So many lots and audits stand on the screen itself; their own pages have all."""
TAGS = {
    State.EXPECTED: "", State.REPORTED: "warn", State.MATCHED: "ok", State.MISMATCH: "bad",
    State.VERIFIED: "ok",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """One unit in the list: ``numbers`` are its part of the totals that decide, in the order of the sheet."""

    line: Line
    label: str
    tag: str
    numbers: Sequence[str]


def context_of(board: Board, asked: Mapping[str, str]) -> dict[str, object]:
    """What the templates need."""
    areas = live.areas_of(board)
    area = asked.get("area") if len(areas) > 1 and len(board.lines) > FEW_UNITS else None
    lines = [line for line in board.lines if area is None or line.unit.area == area]
    listed = area is not None or len(board.lines) <= FEW_UNITS or len(areas) == 1
    page = page_within(asked.get("page", ""), len(lines)) if listed else 1
    shown = lines[(page - 1) * UNITS_A_PAGE : page * UNITS_A_PAGE] if listed else []
    tables = live.tables_of(board)
    return {
        "board": board,
        "contest": board.contest,
        "stats": _stats(board),
        "first_table": tables[0] if tables else None,
        "other_tables": tables[1:],
        "dots": live.dots_of(board.lines),
        "map_width": live.WIDTH,
        "map_height": live.HEIGHT,
        "areas": areas if len(areas) > 1 else [],
        "unit_totals": live.by_unit(board),
        "area": area,
        "units": [_shown(board, line) for line in shown],
        "page": page,
        "pages": -(-len(lines) // UNITS_A_PAGE),
        "lots": board.lots[:MOST_LISTED],
        "audits": board.audits[:MOST_LISTED],
        "remarks": board.together.flags if board.together else (),
        "parts": live_parts.parts_of(board),
        "undecided": _undecided(board),
        "read_out": only_read_out(board),
        "differing": [line for line in board.lines if line.official == Official.DIFFERS][
            :MOST_LISTED
        ],
        "odd": [line for line in board.lines if _is_odd(line)][:MOST_LISTED],
        "odd_units": sum(_is_odd(line) for line in board.lines),
    }


def _undecided(board: Board) -> int:
    """Delegates for which a lot is open: of the units in a caucus, else of the parts; never of both together."""
    if board.contest.kind == board.contest.Kind.CAUCUS:
        return sum(line.counted.open for line in board.lines if line.counted)
    return sum(part.open for part in board.parts if part.tie)


def page_within(said: str, rows: int) -> int:
    """The page that was asked for, where so many units have it; else the nearest, or the first."""
    last = max(1, -(-rows // UNITS_A_PAGE))
    return (
        min(int(said), last)
        if said.isascii() and said.isdecimal() and 0 < len(said) < 6 and int(said)
        else 1
    )


def _is_odd(line: Line) -> bool:
    return bool(line.problem) or bool(line.counted and line.counted.differs)


def _shown(board: Board, line: Line) -> Shown:
    what = live.by_unit(board)
    part = live.part_of(line, what) if what else {}
    return Shown(
        line,
        str(line.state.label),
        TAGS[line.state],
        [
            live.shown(what, part[one.code]) if what and one.code in part else "–"
            for one in board.candidates
        ],
    )


def _stats(board: Board) -> list[dict[str, object]]:
    """What stands on top: each says what it is, of how many, and how old it is."""
    of = len(board.lines)
    matched = board.in_state(State.MATCHED, State.VERIFIED)
    single, none = board.in_state(State.REPORTED), board.in_state(State.EXPECTED)
    counts = {"units": of, "reporting": board.reporting}
    return [
        {
            "label": _("Units reporting"),
            "value": live.share_of(board.reporting, of),
            "of": _("%(reporting)s of %(units)s units") % counts,
            "at": board.newest_at,
        },
        {
            "label": _("Two sources agree"),
            "value": matched,
            "of": _("of %(reporting)s that reported; audits among them") % counts,
        },
        {
            "label": _("One source only"),
            "value": single,
            "of": _("of %(reporting)s that reported; they count, unconfirmed") % counts,
        },
        {
            "label": _("Sources differ"),
            "value": board.in_state(State.MISMATCH),
            "of": _("what differs is in no total"),
        },
        {"label": _("Nothing yet"), "value": none, "of": _("of %(units)s units") % counts},
        {
            "label": _("Lots and audits open"),
            "value": len(board.lots) + len(board.audits),
            "of": ngettext("%(n)s lot", "%(n)s lots", len(board.lots)) % {"n": len(board.lots)}
            + ", "
            + ngettext("%(n)s audit", "%(n)s audits", len(board.audits)) % {"n": len(board.audits)},
        },
    ]
