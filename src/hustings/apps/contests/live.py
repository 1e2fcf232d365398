"""What the live screen shows of a board: what stands on top, the chart, the map, the counties, and its mark."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hustings.apps.contests.board import EXACT, ROUNDED_FIRST, Of, Totals
from hustings.apps.contests.standing import State
from hustings.core.contest.percent import percent, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hustings.apps.contests.board import Board, Line
    from hustings.apps.contests.models import Contest

WIDTH, HEIGHT, MARGIN = 720.0, 420.0, 12.0
CLOSE = Fraction(1, 100)
"""Two whose shares are nearer than this have both ways of rounding said in a sentence."""
SHOWN_PLACES = {Of.STATE: 2}
"""How many decimals of a number are shown; the others are whole."""

VERSION = """
select (select count(*) || '.' || coalesce(max(id), 0) from contests_report where campaign_id = %(campaign)s and contest_id = %(contest)s),
  (select count(*) || '.' || coalesce(max(s.id), 0) from contests_auditstep s
    join contests_audit a on a.campaign_id = s.campaign_id and a.id = s.audit_id
    where s.campaign_id = %(campaign)s and a.contest_id = %(contest)s),
  (select count(*) from contests_audit where campaign_id = %(campaign)s and contest_id = %(contest)s),
  (select count(*) || '.' || coalesce(max(id), 0) from contests_lot where campaign_id = %(campaign)s and contest_id = %(contest)s),
  (select count(*) || '.' || coalesce(max(r.id), 0) from contests_officialresult r
    join contests_unitfile f on f.campaign_id = r.campaign_id and f.id = r.file_id
    where r.campaign_id = %(campaign)s and f.contest_id = %(contest)s),
  (select count(*) || '.' || coalesce(max(id), 0) from contests_conteststep where campaign_id = %(campaign)s and contest_id = %(contest)s),
  (select count(*) || '.' || coalesce(sum(hashtext(concat_ws('|', code, name, area, district, delegates, state_rate, eligible, lon, lat))::bigint), 0)
    from contests_unit where campaign_id = %(campaign)s and contest_id = %(contest)s and taken_away_at is null),
  (select string_agg(concat_ws('|', code, name, "order"), ',' order by id) from contests_candidate
    where campaign_id = %(campaign)s and contest_id = %(contest)s)
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One candidate in one totals table: as text, and how long the bar is in hundredths."""

    code: str
    name: str
    number: str
    share: str | None
    rounded_first: str | None
    length: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One totals table as it is shown. ``close`` is the sentence with both roundings, where two are that near."""

    totals: Totals
    bars: Sequence[Bar]
    whole: str
    close: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """All units of one state on the map, as one path of points."""

    state: State
    label: str
    units: int
    path: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One county: how many of its units reported, and its part of the totals that decide."""

    name: str
    units: int
    reporting: int
    matched: int
    differing: int
    numbers: Sequence[str]

    @property
    def share(self) -> int:
        """How many of its units reported, in whole percent."""
        return 100 * self.reporting // self.units if self.units else 0


def version_of(contest: Contest, *more: object) -> str:
    """Changes when anything that the board shows may have changed."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"campaign": contest.campaign_id, "contest": contest.pk})
        found = cursor.fetchone()
    said = repr(
        (contest.pk, contest.name, contest.held_on, contest.rules, contest.pools, found, more)
    )
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def tables_of(board: Board) -> list[Table]:
    """Each thing that was counted by itself; those that decide come first."""
    return [_table(board, totals) for totals in board.totals]


def _table(board: Board, totals: Totals) -> Table:
    ours = {one.code for one in board.candidates if one.ours}
    shares = totals.shares()
    longest = max(totals.numbers.values(), default=Fraction(0))
    order = sorted(totals.numbers, key=lambda code: -totals.numbers[code])
    bars = [
        Bar(
            code,
            board.names.get(code, code),
            shown(totals.what, totals.numbers[code]),
            shares[EXACT][code],
            shares[ROUNDED_FIRST][code],
            round(float(100 * totals.numbers[code] / longest), 2) if longest else 0.0,
            code in ours,
        )
        for code in order
    ]
    return Table(totals, bars, shown(totals.what, totals.whole), _close(bars, totals))


def shown(what: Of, number: Fraction) -> str:
    """To read: whole numbers grouped, state delegates with two decimals, rounded half up."""
    places = SHOWN_PLACES.get(what, 0)
    if not places:
        return number_format(int(number), force_grouping=True)
    return number_format(written(number, places), decimal_pos=places, force_grouping=True)


def _close(bars: Sequence[Bar], totals: Totals) -> str:
    """Only where the numbers are not whole does the order of rounding and dividing make a difference."""
    if (
        len(bars) < 2
        or not totals.whole
        or all(n.denominator == 1 for n in totals.numbers.values())
    ):
        return ""
    first, second = bars[0], bars[1]
    apart = (totals.numbers[first.code] - totals.numbers[second.code]) / totals.whole
    if apart >= CLOSE:
        return ""
    coarse = totals.shares(1)[ROUNDED_FIRST]
    return _(
        "It is close. From the exact numbers: %(first)s %(a)s %% to %(second)s %(b)s %%. "
        "Where the numbers are made whole before they are divided: %(c)s to %(d)s, or %(e)s to %(f)s with one decimal. "
        "The exact one is ours; a newspaper may print the other."
    ) % {
        "first": first.name, "a": first.share, "second": second.name, "b": second.share,
        "c": first.rounded_first, "d": second.rounded_first,
        "e": coarse[first.code], "f": coarse[second.code],
    }  # fmt: skip


def dots_of(lines: Iterable[Line]) -> list[Dots]:
    """The units where they lie, north up, one path for each state; nothing where no unit has a place."""
    placed = [
        (line.state, line.unit.lon, line.unit.lat)
        for line in lines
        if line.unit.lon is not None and line.unit.lat is not None
    ]
    if not placed:
        return []
    squeeze = math.cos(math.radians(sum(lat for _state, _lon, lat in placed) / len(placed)))
    xs, ys = [lon * squeeze for _state, lon, _lat in placed], [lat for _s, _lon, lat in placed]
    span_x, span_y = max(xs) - min(xs), max(ys) - min(ys)
    scales = [(WIDTH - 2 * MARGIN) / span_x] if span_x else []
    scales += [(HEIGHT - 2 * MARGIN) / span_y] if span_y else []
    scale = min(scales, default=0.0)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    paths: dict[State, list[str]] = {}
    for (state, _lon, _lat), x, y in zip(placed, xs, ys, strict=True):
        at_x = round(WIDTH / 2 + (x - middle_x) * scale, 1)
        at_y = round(HEIGHT / 2 - (y - middle_y) * scale, 1)
        paths.setdefault(state, []).append(f"M{at_x:g} {at_y:g}h0")
    return [
        Dots(state, str(state.label), len(paths[state]), "".join(paths[state]))
        for state in State
        if state in paths
    ]


def by_unit(board: Board) -> Of | None:
    """What is shown of each unit: what decides, or the votes where that is not decided unit by unit."""
    if board.main is None:
        return None
    return Of.VOTES if board.main.what == Of.PLEDGED else board.main.what


def areas_of(board: Board) -> list[AreaLine]:
    """By county, in the order of their names; for whoever cannot see the map, and where there is none."""
    by_area: dict[str, list[Line]] = {}
    for line in board.lines:
        by_area.setdefault(line.unit.area, []).append(line)
    return [_area(board, name, lines) for name, lines in by_area.items()]


def _area(board: Board, name: str, lines: Sequence[Line]) -> AreaLine:
    what = by_unit(board)
    numbers = [Fraction(0) for _one in board.candidates]
    for line in lines:
        mine = part_of(line, what) if what else {}
        numbers = [
            number + mine.get(one.code, 0)
            for number, one in zip(numbers, board.candidates, strict=True)
        ]
    return AreaLine(
        name,
        len(lines),
        sum(line.state != State.EXPECTED for line in lines),
        sum(line.state in {State.MATCHED, State.VERIFIED} for line in lines),
        sum(line.state == State.MISMATCH for line in lines),
        [shown(what, number) if what else "" for number in numbers],
    )


def part_of(line: Line, what: Of) -> dict[str, Fraction]:
    """What one unit adds to totals of this kind."""
    if what == Of.STATE:
        return dict(line.counted.state) if line.counted else {}
    if what == Of.DELEGATES:
        delegates = line.counted.delegates if line.counted else {}
        return {code: Fraction(number) for code, number in delegates.items()}
    if what == Of.SEATS:
        return {code: Fraction(number) for code, number in line.seat.items()}
    counts = line.first if what == Of.FIRST else line.final
    return {code: Fraction(number) for code, number in counts.items()}


def share_of(part: int, whole: int) -> str:
    """In percent with one decimal, as text: "71.6 %"; a dash where there is nothing to share."""
    found = percent(part, whole, 1)
    return "–" if found is None else _("%(share)s %%") % {"share": number_format(found, 1)}
