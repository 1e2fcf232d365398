"""A season as JSON and as CSV: numbers exactly, each kind of them for itself."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from hustings.apps.contests.board import EXACT, PLACES, ROUNDED_FIRST
from hustings.apps.results.tables import safe
from hustings.core.contest.percent import written
from hustings.core.contest.standings import KINDS
from hustings.core.contest.transcript import exact

if TYPE_CHECKING:
    from fractions import Fraction

    from hustings.apps.contests.season import Line, Season

FORMAT = "hustings-standings"
VERSION = 1
CSV_PLACES = 4


def as_json(season: Season) -> dict[str, Any]:
    """A fraction as "7/5"; there is no sum over two kinds."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "year": season.year,
        "candidates": dict(season.names),
        "contests": [_contest(line) for line in season.lines],
        "sums": {
            kind: {
                "what": KINDS[kind],
                "numbers": {code: exact(number) for code, number in column.sums.items()},
                "percent": {
                    "places": PLACES,
                    "exact": column.shares()[EXACT],
                    "rounded_before_dividing": column.shares()[ROUNDED_FIRST],
                },
                "contests": list(column.contests),
                "definitions": list(column.definitions),
            }
            for kind, column in season.sums.columns.items()
        },
    }


def _contest(line: Line) -> dict[str, Any]:
    contest = line.contest
    return {
        "name": contest.name,
        "held_on": contest.held_on.isoformat(),
        "kind": contest.kind,
        "rules": contest.ruleset,
        "units": line.units,
        "reporting": line.reporting,
        "counted": {
            kind: {
                "of": totals.what.value,
                "definition": str(totals.definition),
                "units": totals.units,
                "of_units": totals.of,
                "numbers": {code: exact(number) for code, number in totals.numbers.items()},
            }
            for kind, totals in line.counted.items()
        },
        "in_no_sum": [
            {
                "of": totals.what.value,
                "numbers": {code: exact(number) for code, number in totals.numbers.items()},
            }
            for totals in line.not_added
        ],
        "delegates_so_far": {code: exact(number) for code, number in line.so_far.items()},
    }


def as_csv(season: Season) -> str:
    """A row for each contest and each kind that is counted there; then one for the sum of each kind."""
    codes = list(season.names)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["held on", "contest", "kind of contest", "counted", "units", "of units", *codes]
    writer.writerow([safe(cell) for cell in head])
    for line in season.lines:
        about = [line.contest.held_on.isoformat(), line.contest.name, line.contest.kind]
        for kind, totals in line.counted.items():
            cells = [_cell(totals.numbers.get(code)) for code in codes]
            writer.writerow(
                [safe(cell) for cell in [*about, kind, totals.units, totals.of, *cells]]
            )
    for kind, column in season.sums.columns.items():
        cells = [_cell(column.sums.get(code)) for code in codes]
        about = ["", f"{len(column.contests)} contests", "", f"sum of {kind}"]
        writer.writerow([safe(cell) for cell in [*about, "", "", *cells]])
    return "\ufeff" + out.getvalue()


def _cell(number: Fraction | None) -> object:
    """Whole numbers whole; others rounded half up, for the exact ones stand in the JSON."""
    if number is None:
        return None
    return int(number) if number.denominator == 1 else written(number, CSV_PLACES)
