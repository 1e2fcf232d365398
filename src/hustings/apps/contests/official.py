"""
What the officials say, from a file: read, its impact shown, and brought in whole beside our own reports.

A file reads as rosters do, with a column for each candidate. Our reports stay as they are; where both differ an
audit is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.audit.actions import record
from hustings.apps.contests import auditing, roster
from hustings.apps.contests.access import hold_units
from hustings.apps.contests.models import (
    Audit,
    Candidate,
    OfficialResult,
    Report,
    UnitFile,
    UnitFileRow,
)
from hustings.apps.contests.standing import found_right, same_numbers, standing_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Contest

Settled = UnitFileRow.Settled
BESIDE = {"attendance": "attendance", "spoilt": "spoilt"}
"""Columns of people who are no candidate."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What bringing a file in would do; ``open`` are rows that no unit was found for."""

    agree: int
    differ: int
    not_reported: int
    left_out: int
    open: int


def columns_of(contest: Contest) -> dict[str, str]:
    """What a column of numbers may be called, by the code that it means."""
    rows = Candidate.objects.of(contest.campaign_id).filter(contest=contest).order_by("order", "pk")
    return dict(rows.values_list("code", "name")) | BESIDE


def read(
    contest: Contest, raw: bytes, file_name: str, *, by: Actor,
    progress: Callable[[float, str], None] = lambda share, note: None,
) -> UnitFile:  # fmt: skip
    """
    Read a file of official results; it waits until somebody brings it in.

    Raises
    ------
    BadInput
        With file, row and field, and when the same file is here already: nothing of it is kept then.
    """
    columns = columns_of(contest)
    with transaction.atomic():
        file = roster.read(
            contest, raw, file_name, by=by, what=UnitFile.What.OFFICIAL, numbers=columns,
            progress=progress,
        )  # fmt: skip
        codes = set(columns) - set(BESIDE)
        if not codes & set(file.header):
            raise BadInput(
                _("No column is called as a candidate is: %s.")
                % ", ".join(columns[code] for code in columns if code in codes),
                where=file_name,
            )
    return file


def impacts(file: UnitFile, rows: Sequence[UnitFileRow]) -> dict[str, Impact]:
    """What bringing it in would do, for each count that the file may be of; nothing is written."""
    return {phase: _impact(rows, ours) for phase, ours in reports_that_count(file.contest).items()}


def rows_of(file: UnitFile, *, with_units: bool = False) -> list[UnitFileRow]:
    """In the order of the file."""
    rows = UnitFileRow.objects.of(file.campaign_id).filter(file=file).order_by("number")
    return list(rows.select_related("unit") if with_units else rows)


def _impact(rows: Sequence[UnitFileRow], ours: Mapping[int, Report]) -> Impact:
    agree = differ = nothing = 0
    for row in rows:
        if row.unit_id is None:
            continue
        report = ours.get(row.unit_id)
        if report is None:
            nothing += 1
        elif same_numbers(report.numbers, numbers_of(row)):
            agree += 1
        else:
            differ += 1
    left_out = sum(row.settled == Settled.LEFT_OUT for row in rows)
    return Impact(
        agree, differ, nothing, left_out, sum(row.settled == Settled.NOT_YET for row in rows)
    )


def bring_in(file: UnitFile, phase: str, *, by: Actor) -> Impact:
    """
    Write every row's result beside ours, in one transaction; audits follow for what differs.

    Raises
    ------
    BadInput
        When the file does not wait, or a row has no unit: nothing is brought in then.
    """
    if not file.waits or file.what != UnitFile.What.OFFICIAL:
        raise BadInput(_("This file is settled: it was brought in or put aside."))
    if phase not in file.contest.phases:
        raise BadInput(_("Say which count the file is of."))
    rows = rows_of(file, with_units=True)
    unsettled = sum(row.settled == Settled.NOT_YET for row in rows)
    if unsettled:
        raise BadInput(
            ngettext(
                "%(n)s row has no unit yet. Settle it first; nothing was brought in.",
                "%(n)s rows have no unit yet. Settle them first; nothing was brought in.",
                unsettled,
            ) % {"n": unsettled}
        )  # fmt: skip
    with transaction.atomic():
        # A report that is taken in meanwhile finds this result, or is found here: one of both compares them.
        hold_units(file.contest, {row.unit_id for row in rows if row.unit_id is not None})
        roster.refuse_what_was_taken_away(file)
        ours = reports_that_count(file.contest)[phase]
        found = _impact(rows, ours)
        made = OfficialResult.objects.bulk_create(
            [
                OfficialResult(
                    campaign_id=file.campaign_id, file=file, unit=row.unit, phase=phase,
                    numbers=numbers_of(row), row=row.number,
                )
                for row in rows
                if row.unit_id is not None
            ],
            batch_size=500,
        )  # fmt: skip
        audited = _audited(file.contest, phase)
        for result in made:
            report = ours.get(result.unit_id)
            if report is None:
                continue
            # Where both agree and nobody ever opened an audit there is nothing to write down.
            same = same_numbers(report.numbers, result.numbers)
            if not same or result.unit_id in audited:
                auditing.beside_ours(result, report, by=by)
        UnitFile.objects.of(file.campaign_id).filter(pk=file.pk).update(
            brought_in_at=timezone.now(), brought_in_by=by.label
        )
        record(
            by,
            "contest.official_bring_in",
            subject="unit_file",
            subject_id=file.pk,
            count=len(made),
        )
    return found


def _audited(contest: Contest, phase: str) -> set[int]:
    """The units whose official result ever opened an audit."""
    audits = Audit.objects.of(contest.campaign_id).filter(contest=contest)
    return set(audits.filter(phase=phase, why=Audit.Why.OFFICIAL).values_list("unit_id", flat=True))


def numbers_of(row: UnitFileRow) -> dict[str, object]:
    """As reports hold them."""
    counts = {
        code: number
        for code, number in row.values.items()
        if code not in BESIDE and isinstance(number, int)
    }
    for fact in roster.FACTS:
        counts.pop(fact, None)
    beside = {name: row.values[name] for name in BESIDE if name in row.values}
    return {"counts": counts, **beside}


def reports_that_count(contest: Contest) -> dict[str, dict[int, Report]]:
    """By phase, our report of each unit that counts; two questions to the database."""
    by_unit: dict[tuple[str, int], list[Report]] = {}
    for report in Report.objects.of(contest.campaign_id).filter(contest=contest):
        by_unit.setdefault((report.phase, report.unit_id), []).append(report)
    right = found_right(contest)
    found: dict[str, dict[int, Report]] = {phase: {} for phase in contest.phases}
    for (phase, unit_id), reports in by_unit.items():
        stands = right.get((unit_id, phase))
        standing = standing_of(reports, next((one for one in reports if one.pk == stands), None))
        if standing.counts is not None and phase in found:
            found[phase][unit_id] = standing.counts
    return found
