"""The entry checks over all units of a contest, each beside the others with the same numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hustings.core.contest.caucus.entry_checks import Finding, entry_checks, numbers_of
from hustings.core.contest.caucus.report import Report
from hustings.core.contest.caucus.rules import CaucusRules
from hustings.core.contest.many import lots_by_unit, units_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from hustings.core.contest.lot import Lot, Lots


def findings(
    said: Mapping[str, Any], rules: Mapping[str, Any], lots: Lots | None = None
) -> list[tuple[str, Finding]]:
    """What is odd, with the unit it is of; ``lots`` are those that were handed in beside the reports."""
    units = units_of(said)
    beside: dict[str, tuple[Lot, ...]] = {}
    if lots is not None:
        beside = {"": lots.all} if units is None else lots_by_unit(units, lots)
    reports = [
        replace(report, lots=(*report.lots, *beside.get("" if units is None else report.unit, ())))
        for report in map(Report.read, [said] if units is None else units)
    ]
    by = CaucusRules.read(rules)
    same: dict[Hashable, list[Report]] = {}
    for report in reports:
        same.setdefault(_key(report), []).append(report)
    return [
        (report.unit, finding)
        for report in reports
        for finding in entry_checks(report, by, same[_key(report)])
    ]


def _key(report: Report) -> Hashable:
    attendance, *tables = numbers_of(report)
    return attendance, *(tuple(sorted(table.items())) for table in tables)
