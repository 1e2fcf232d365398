"""What a reporter's phone carries: enough to report with no network, and nothing about anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hustings.apps.contests.models import Contest, Report, ReporterStep, SheetPhoto
from hustings.apps.contests.queries import candidates, units_of

if TYPE_CHECKING:
    from hustings.apps.contests.models import ReporterLink

RULES = (
    "viability", "round_up_from", "too_many_groups", "locked", "tie_places", "further_passes",
)  # fmt: skip
"""What of a ruleset the phone counts by."""


def facts_for(link: ReporterLink) -> dict[str, Any]:
    """One value for the whole page; ``has`` is what the office has from this reporter, newest last."""
    reporter = link.reporter
    contest = reporter.contest
    sent = Report.objects.of(contest.campaign_id).filter(reporter=reporter).order_by("pk")
    practised = ReporterStep.objects.of(contest.campaign_id).filter(
        reporter=reporter, kind=ReporterStep.Kind.PRACTISED
    )
    here = [] if link.is_over else units_of(reporter)
    photos = SheetPhoto.objects.of(contest.campaign_id).filter(unit__in=here)
    return {
        "contest": contest.name,
        "kind": contest.kind,
        "reporter": reporter.name,
        "ended": link.is_over,
        "opens_at": contest.opens_at,
        "at": timezone.now(),
        "time_zone": contest.time_zone,
        "phases": [str(phase) for phase in contest.phases],
        "rules": {name: contest.rules[name] for name in RULES if name in contest.rules}
        if contest.kind == Contest.Kind.CAUCUS
        else None,
        "candidates": [{"code": one.code, "name": one.name} for one in candidates(contest)],
        "units": [
            {
                "id": unit.pk, "name": unit.name, "area": unit.area,
                "delegates": unit.delegates, "eligible": unit.eligible,
            }
            for unit in here
        ],
        "practised": practised.exists(),
        "has": [
            {
                "id": report.event_id, "unit": report.unit_id, "phase": report.phase,
                "numbers": report.numbers,
            }
            for report in sent
        ],
        "photos": [str(number) for number in photos.values_list("event_id", flat=True)],
    }  # fmt: skip
