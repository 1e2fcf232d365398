"""What the register's screens show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from hustings.apps.jobs.models import Job
from hustings.apps.register.models import BatchState, ImportBatch, ImportProblem, RegisterEntry
from hustings.core.register import ProblemKind

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

SHOWN = 50
EXAMPLES_SHOWN = 10


@dataclass(frozen=True)
class ProblemsOfKind:
    """All problems of one kind: how many, what they are, what to do, and the first few rows."""

    count: int
    sentence: str
    advice: str
    leaves_out: bool
    examples: list[ImportProblem]


def batches_of(campaign: Campaign) -> list[Any]:
    """The newest batches, each with its ``state``."""
    newest = BatchState.objects.of(campaign).filter(batch=OuterRef("pk")).order_by("-pk")
    return list(
        ImportBatch.objects.of(campaign)
        .annotate(state=Subquery(newest.values("state")[:1]))
        .order_by("-made_at", "-pk")[:SHOWN]
    )


def electors(campaign: Campaign) -> int:
    """How many entries are on the register now."""
    return int(RegisterEntry.objects.of(campaign).filter(removed_in=None).count())


def job_of(batch: ImportBatch) -> Job | None:
    """The batch's newest job, if it had one."""
    if batch.job_id is None:
        return None
    found: Job | None = Job.objects.of(batch.campaign_id).filter(pk=batch.job_id).first()
    return found


def problems_of(batch: ImportBatch) -> list[ProblemsOfKind]:
    """The batch's problems by kind, in the order of the closed list."""
    counts: dict[str, int] = (batch.counts or {}).get("problems", {})
    found = []
    for kind in ProblemKind:
        if kind.code in counts:
            examples = batch.problems.filter(kind=kind.code).order_by("row")[:EXAMPLES_SHOWN]
            found.append(
                ProblemsOfKind(
                    counts[kind.code],
                    gettext(kind.sentence),
                    gettext(kind.advice),
                    kind.leaves_out,
                    list(examples),
                )
            )
    return found


def problem_rows(batch: ImportBatch) -> list[tuple[int, str, str, str]]:
    """The kept rows with a problem, in the file's order: row, cell, what is wrong, what to do."""
    found = [
        (p.row, p.cell, ProblemKind.of(p.kind)) for p in batch.problems.order_by("row", "kind")
    ]
    return [(row, cell, gettext(kind.sentence), gettext(kind.advice)) for row, cell, kind in found]
