"""
The contests of one year side by side: what is counted in each, and what may be added up over all of them.

Votes, state delegates, pledged delegates and seats are four different things: each has sums of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hustings.apps.contests.board import Of, Totals
from hustings.apps.contests.models import Contest
from hustings.apps.contests.totals import boards_of
from hustings.core.contest.standings import Standings, Tally, standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import Promise

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contests.board import Board

KIND_OF = {
    Of.VOTES: "votes", Of.STATE: "state delegates", Of.PLEDGED: "delegates", Of.SEATS: "seats",
}  # fmt: skip
"""What of a contest may stand in standings; heads in a room and delegates of a county are in no sum."""
TITLES: dict[str, str | Promise] = {
    "votes": _("Votes"),
    "state delegates": _("State delegate equivalents"),
    "delegates": _("Pledged delegates"),
    "seats": _("Seats"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """
    One contest: its totals by kind, and the pledged delegates of all contests up to it.

    ``not_added`` is what else is counted there, and has no place in any sum. Without ``delegates`` none are
    worked out here.
    """

    contest: Contest
    reporting: int
    units: int
    counted: Mapping[str, Totals]
    not_added: tuple[Totals, ...]
    names: Mapping[str, str]
    delegates: Mapping[str, Fraction]
    so_far: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Season:
    """``names`` are of all who stand anywhere, by code; whoever has most comes first in each sum."""

    year: int
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    sums: Standings
    names: Mapping[str, str]


def years_of(campaign: Campaign) -> tuple[int, ...]:
    """Years with contests, the newest first."""
    days = (
        Contest.objects.of(campaign)
        .filter(taken_away_at=None)
        .dates("held_on", "year", order="DESC")
    )
    return tuple(day.year for day in days)


def season_of(campaign: Campaign, asked: str) -> Season:
    """The season of the year that was asked for, else the newest; by as many questions for many contests as for one."""
    years = years_of(campaign)
    wanted = int(asked) if asked.isdecimal() and len(asked) == len("2016") else 0
    year = wanted if wanted in years else next(iter(years), 0)
    rows = Contest.objects.of(campaign).filter(taken_away_at=None).order_by("held_on", "name", "pk")
    contests = list(rows.filter(held_on__year=year)) if years else []
    lines: list[Line] = []
    names: dict[str, str] = {}
    so_far: dict[str, Fraction] = {}
    for board in boards_of(contests, beside=False):
        line = _line(board, so_far)
        lines.append(line)
        so_far = dict(line.so_far)
        for code, name in board.names.items():
            names.setdefault(code, name)
    tallies = [
        Tally(called(line.contest), kind, totals.numbers, str(totals.definition))
        for line in lines
        for kind, totals in line.counted.items()
    ]
    return Season(year, years, tuple(lines), standings(tallies), names)


def called(contest: Contest) -> str:
    """As no other contest is called."""
    return f"{contest.held_on.isoformat()} {contest.name}"


def _line(board: Board, before: Mapping[str, Fraction]) -> Line:
    counted = {
        KIND_OF[totals.what]: totals
        for totals in board.totals
        if totals.what in KIND_OF and totals.units
    }
    if (seat := _the_one_seat(board)) is not None:
        counted["seats"] = seat
    delegates = counted["delegates"].numbers if "delegates" in counted else {}
    so_far = dict(before)
    for code, number in delegates.items():
        so_far[code] = so_far.get(code, Fraction(0)) + number
    return Line(
        board.contest, board.reporting, len(board.lines), counted,
        tuple(one for one in board.totals if one.what not in KIND_OF and one.units),
        board.names, delegates, so_far,
    )  # fmt: skip


def _the_one_seat(board: Board) -> Totals | None:
    """Of a contest in one constituency, where somebody has it by the votes so far."""
    if board.contest.kind != Contest.Kind.CONSTITUENCY or len(board.lines) != 1:
        return None
    seat = board.lines[0].seat
    if not seat:
        return None
    return Totals(Of.SEATS, {code: Fraction(number) for code, number in seat.items()}, 1, 1)


def ranked(numbers: Mapping[str, Fraction]) -> list[str]:
    """Codes, the largest first, those who have nothing left out."""
    some = [code for code, number in numbers.items() if number]
    return sorted(some, key=lambda code: (-numbers[code], code))


def columns_of(season: Season, most: int) -> Sequence[str]:
    """Whose delegates have a column of their own over the calendar."""
    return ranked(season.lines[-1].so_far)[:most] if season.lines else []
