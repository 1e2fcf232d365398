"""
Where a unit stands in one phase: who said what last, whether two independent sources agree, and what counts.

Of each voice (a source and a reporter) the newest report holds. A unit counts once: by the report that an audit found
right; else by its sources, where they agree or where there is one alone. While they differ it counts nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.erasing import NOBODY
from hustings.apps.contests.models import AuditStep, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.apps.contests.models import Audit, Contest

BEST_FIRST = (
    Report.Source.CAPTAIN, Report.Source.OFFICIAL, Report.Source.SECOND, Report.Source.PAPER,
    Report.Source.OFFICE,
)  # fmt: skip
"""Whose report is shown where several say the same, and as much."""
BESIDE = ("attendance", "spoilt")
"""What a report says of people who are in no candidate's number, where it does."""
FOUND_RIGHT = {AuditStep.Kind.VERIFIED, AuditStep.Kind.SETTLED}
"""Steps of an audit that say which report stands."""
ENDS = {*FOUND_RIGHT, AuditStep.Kind.AGREED, AuditStep.Kind.FITS}


class State(models.TextChoices):
    """As the design of the night names them, but for the official result, which stands beside."""

    EXPECTED = "expected", _("expected")
    REPORTED = "reported", _("reported by one source")
    MATCHED = "matched", _("matched by two sources")
    MISMATCH = "mismatch", _("two sources differ")
    VERIFIED = "verified", _("verified by an audit")


@dataclass(frozen=True, slots=True)
class Standing:
    """``counts`` is the report whose numbers count, none where none do; ``voices`` are the newest of each voice."""

    state: State
    counts: Report | None
    voices: tuple[Report, ...] = ()


def same_numbers(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two reports say the same; what only one of them says is no difference."""
    if _some(one.get("counts", {})) != _some(other.get("counts", {})):
        return False
    return all(
        one.get(name) is None or other.get(name) is None or one[name] == other[name]
        for name in BESIDE
    )


def _rank(report: Report) -> tuple[int, int, int]:
    """Of those that agree, whoever says most first: what only one of them said is said of the unit."""
    left_out = sum(report.numbers.get(name) is None for name in BESIDE)
    return left_out, BEST_FIRST.index(Report.Source(report.source)), -report.pk


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {code: number for code, number in counts.items() if number}


def voices_of(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The newest report of each voice, in the order in which they came; what was corrected is none."""
    newest: dict[tuple[str, int | None, str], Report] = {}
    corrected: set[int] = set()
    for report in sorted(reports, key=lambda one: one.pk):
        if report.corrects_id is not None:
            corrected.add(report.corrects_id)
        voice = report.source, report.reporter_id, "" if report.reporter_id else report.by
        newest.pop(voice, None)
        newest[voice] = report
    return tuple(report for report in newest.values() if report.pk not in corrected)


def independent(one: Report, other: Report) -> bool:
    """
    Two sources, and not the same person twice.

    Whoever was erased may be the one who said the other, where no reporter is known of that either.
    """
    if one.source == other.source:
        return False
    if one.reporter_id is None and other.reporter_id is None:
        return NOBODY not in (one.by, other.by)
    return one.reporter_id != other.reporter_id


def standing_of(reports: Iterable[Report], stands: Report | None = None) -> Standing:
    """
    Where the reports of one unit and phase leave it.

    Parameters
    ----------
    stands
        The report that an audit found right, where one did and no report differed from it afterwards.
    """
    voices = voices_of(reports)
    if stands is not None:
        return Standing(State.VERIFIED, stands, voices)
    if not voices:
        return Standing(State.EXPECTED, None)
    pairs = list(combinations(voices, 2))
    if any(not same_numbers(one.numbers, other.numbers) for one, other in pairs):
        return Standing(State.MISMATCH, None, voices)
    best = min(voices, key=_rank)
    agree = any(independent(one, other) for one, other in pairs)
    return Standing(State.MATCHED if agree else State.REPORTED, best, voices)


class Step(NamedTuple):
    """A step of an audit, as much of it as says which report stands."""

    pk: int
    audit_id: int
    unit_id: int
    phase: str
    kind: str
    stands_id: int | None


STEP = ("pk", "audit_id", "audit__unit_id", "audit__phase", "kind", "stands_id")
"""Where a :class:`Step` comes from."""


def newest_verdicts(steps: Iterable[Step]) -> dict[tuple[int, str], Step]:
    """
    By unit and phase, the newest step that found a report right, whichever audit it is of.

    An audit that is opened again takes back what it found itself, and nothing that another one found.
    """
    found: dict[tuple[int, str], Step] = {}
    for step in sorted(steps):
        at = step.unit_id, step.phase
        if step.kind in FOUND_RIGHT and step.stands_id is not None:
            found[at] = step
        elif (
            step.kind == AuditStep.Kind.REOPENED
            and at in found
            and found[at].audit_id == step.audit_id
        ):
            del found[at]
    return found


def found_right(contest: Contest) -> dict[tuple[int, str], int]:
    """By unit and phase, the number of the report that its audits say stands."""
    steps = AuditStep.objects.of(contest.campaign_id).filter(audit__contest=contest)
    return stands_in(Step(*row) for row in steps.values_list(*STEP))


def stands_in(steps: Iterable[Step]) -> dict[tuple[int, str], int]:
    """By unit and phase, the number of the report that these steps say stands."""
    verdicts = newest_verdicts(steps)
    return {at: step.stands_id for at, step in verdicts.items() if step.stands_id is not None}


def newest_step(audit: Audit) -> AuditStep | None:
    """Where the audit stands; None where nobody has it yet."""
    step: AuditStep | None = (
        AuditStep.objects.of(audit.campaign_id).filter(audit=audit).order_by("-pk").first()
    )
    return step


def standings(contest: Contest, phase: str) -> dict[int, Standing]:
    """By unit, for all units that reported in this phase."""
    return standings_by_phase(contest)[phase]


def standings_by_phase(
    contest: Contest, right: Mapping[tuple[int, str], int] | None = None
) -> dict[str, dict[int, Standing]]:
    """
    By phase and unit, for all units that reported: two questions to the database however many there are.

    ``right`` is what :func:`found_right` says, where it was asked already.
    """
    said: dict[tuple[str, int], list[Report]] = {}
    for report in (
        Report.objects.of(contest.campaign_id).filter(contest=contest).select_related("unit")
    ):
        said.setdefault((report.phase, report.unit_id), []).append(report)
    right = found_right(contest) if right is None else right
    found: dict[str, dict[int, Standing]] = {phase: {} for phase in contest.phases}
    for (phase, unit_id), reports in said.items():
        stands = right.get((unit_id, phase))
        found.setdefault(phase, {})[unit_id] = standing_of(
            reports, next((one for one in reports if one.pk == stands), None)
        )
    return found


def total(found: Mapping[int, Standing]) -> dict[str, int]:
    """What counts, added up: each unit once, those whose sources differ not at all."""
    summed: dict[str, int] = {}
    for one in found.values():
        if one.counts is not None:
            for code, number in one.counts.numbers.get("counts", {}).items():
                summed[code] = summed.get(code, 0) + number
    return summed
