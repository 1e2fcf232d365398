"""The room Contests: the calendar, a new contest, one contest at a glance, and who stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import access, changing, planning, queries, too_early
from hustings.apps.contests.forms import CandidatesForm, ContestForm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def calendar(request: CampaignRequest) -> HttpResponse:
    """What comes, the next first; or what is over."""
    require(request.member, Right.SEE_CONTESTS)
    past = "past" in request.GET
    page = queries.calendar(request.campaign, past=past, page=request.GET.get("page", ""))
    return render(
        request, "contests/calendar.html",
        {"page": page, "past": past, "may_plan": request.member.may(Right.CONTESTS)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: CampaignRequest) -> HttpResponse:
    """A new contest."""
    require(request.member, Right.CONTESTS)
    form = ContestForm(
        request.POST if request.method == "POST" else None,
        initial={"time_zone": request.campaign.time_zone, "kind": "caucus"},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = planning.make(
                request.campaign,
                said["kind"],
                said["name"],
                by=request.member.actor,
                **form.planned,
            )
        except BadInput as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("The contest is there. Say who stands in it."))
            return redirect("contests:candidates", slug=request.campaign.slug, contest_id=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "contests/new.html", {"form": form}, status=status)


@require_GET
def contest(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """One contest: how far it is prepared, what came in, and what needs somebody."""
    require(request.member, Right.SEE_CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    ready, standing = queries.readiness(this), queries.candidates(this)
    may_plan = request.member.may(Right.CONTESTS)
    progress = queries.progress(this, ready.units)
    context = {
        "contest": this,
        "candidates": standing,
        "ready": ready,
        "progress": progress,
        "untouched": not any(phase.reported for phase in progress),
        "open_audits": queries.open_audits(this),
        "tray": queries.tray_count(this),
        "no_district": queries.in_no_district(this),
        "early": too_early.sent_too_early(this, standing) if may_plan else [],
        "may_plan": may_plan,
    }
    return render(request, "contests/contest.html", context)


@require_http_methods(["GET", "POST"])
def change(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Another day or hour; and what it is counted by, until something counts."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    form = ContestForm(request.POST if request.method == "POST" else None, of=this)
    if request.method == "POST" and form.is_valid():
        try:
            changing.change(
                this, form.cleaned_data["name"], by=request.member.actor, **form.planned
            )
        except BadInput as error:
            form.add_error(error.where or None, error.message)
        else:
            messages.success(request, _("The contest is changed."))
            return redirect("contests:contest", slug=request.campaign.slug, contest_id=this.pk)
    status = 422 if form.is_bound else 200
    return render(request, "contests/change.html", {"contest": this, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def candidates(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Who stands, a line each."""
    require(request.member, Right.CONTESTS)
    this = access.contest_for(request.campaign, contest_id)
    there = queries.candidates(this)
    form = CandidatesForm(
        request.POST if request.method == "POST" else None,
        initial={
            "names": "\n".join(one.name for one in there),
            "ours": next((one.name for one in there if one.ours), ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            planning.say_who_stands(
                this, said["names"].splitlines(), ours=said["ours"], by=request.member.actor
            )
        except BadInput as error:
            form.add_error("names", error.message)
        else:
            return redirect("contests:contest", slug=request.campaign.slug, contest_id=this.pk)
    status = 422 if form.is_bound else 200
    return render(
        request, "contests/candidates.html", {"contest": this, "form": form}, status=status
    )
