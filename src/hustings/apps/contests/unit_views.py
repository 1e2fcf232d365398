"""Units: the list, one of them with everything that was reported from it, and a photographed sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.contests import access, checking, queries
from hustings.apps.contests.models import Report
from hustings.apps.contests.standing import found_right

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def units(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Fifty units at a time, by area and name."""
    require(request.member, Right.SEE_CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    q = request.GET.get("q", "")[:80]
    page = queries.units(this, q=q, page=request.GET.get("page", ""))
    may_plan = request.member.may(Right.CONTESTS)
    return render(
        request,
        "contests/units.html",
        {"contest": this, "page": page, "q": q, "may_plan": may_plan},
    )


@require_GET
def unit(request: CampaignRequest, contest_id: int, unit_id: int) -> HttpResponse:
    """One unit: phase by phase what each source said, what is odd, its sheets and its audits."""
    require(request.member, Right.SEE_CONTESTS)
    this = access.unit_at(request.campaign, contest_id, unit_id)
    contest, candidates = this.contest, queries.candidates(this.contest)
    right = found_right(contest)
    phases = queries.phases_of(this, right)
    reports = [report for phase in phases for report in phase.reports]
    may_plan = request.member.may(Right.CONTESTS)
    if may_plan and reports:
        record(
            request.member.actor, "person.look", subject="unit", subject_id=this.pk,
            count=len({report.reporter_id for report in reports}),
        )  # fmt: skip
    lots = checking.lots_of(this)
    context = {
        "contest": contest,
        "unit": this,
        "candidates": candidates,
        "phases": phases,
        "findings": checking.findings(this, checking.numbers_of(reports), lots, right, candidates),
        "photos": queries.photos_of(this),
        "audits": queries.audits_of(this),
        "lots": lots,
        "may_plan": may_plan,
        "untouched": not (reports or lots),
        "delegates_phase": Report.Phase.DELEGATES,
    }
    return render(request, "contests/unit.html", context)


@require_GET
def photo(request: CampaignRequest, contest_id: int, photo_id: int) -> HttpResponse:
    """A photographed sheet, for whoever settles."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    this = access.photo_for(contest, photo_id)
    record(request.member.actor, "person.look", subject="sheet_photo", subject_id=this.pk)
    response = HttpResponse(bytes(this.content), content_type=this.media_type)
    response["Content-Disposition"] = f'inline; filename="sheet-{this.pk}"'
    response["Cache-Control"] = "private, no-store"
    return response
