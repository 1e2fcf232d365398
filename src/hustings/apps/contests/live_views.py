"""The live screen of a contest: one page that keeps itself up to date, and the same as JSON and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import etag, require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import board_files, count_out, live, live_page, publishing
from hustings.apps.contests.access import contest_for
from hustings.apps.contests.totals import board_of

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest


def _contest(request: CampaignRequest, contest_id: int) -> Contest:
    """Found once for its mark and its numbers."""
    require(request.member, Right.SEE_CONTESTS)
    found: Contest | None = getattr(request, "contest", None)
    if found is None:
        found = contest_for(request.campaign, contest_id)
        request.contest = found  # type: ignore[attr-defined]  # ours, for this request alone
    return found


def _version(request: CampaignRequest, contest_id: int) -> str:
    contest = _contest(request, contest_id)
    asked = request.GET.get("area"), request.GET.get("page")
    return f'"{live.version_of(contest, "desk", asked, request.LANGUAGE_CODE)}"'


@require_GET
def board(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """The page."""
    contest = _contest(request, contest_id)
    context = {
        **live_page.context_of(board_of(contest), request.GET),
        "may_settle": request.member.may(Right.CONTESTS),
        "public": publishing.is_published(contest),
        "room": "live",
    }
    return render(request, "contests/live.html", context)


@require_GET
@gzip_page
@cache_control(private=True, no_cache=True)
@etag(_version)
def numbers(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """The numbers alone, asked for every second; 304 while nothing changed."""
    contest = _contest(request, contest_id)
    context = live_page.context_of(board_of(contest), request.GET)
    return render(request, "contests/live_numbers.html", {**context, "desk": True})


@require_GET
@gzip_page
@cache_control(private=True, no_cache=True)
@etag(_version)
def as_json(request: CampaignRequest, contest_id: int) -> JsonResponse:
    """The board, for programs."""
    return JsonResponse(board_files.as_json(board_of(_contest(request, contest_id))))


@require_GET
def as_csv(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """A row for each unit, to keep."""
    return board_files.csv_response(board_of(_contest(request, contest_id)))


@require_GET
def count_file(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Rules, reports, lots and the count, for whoever counts again."""
    return count_out.response(board_of(_contest(request, contest_id)))


@require_POST
def publish(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Open the contest's public page, or close it again."""
    require(request.member, Right.CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    if request.POST.get("do") == "publish":
        publishing.publish(contest, by=request.member.actor)
    else:
        publishing.withdraw(contest, by=request.member.actor)
    return redirect("live:board", request.campaign.slug, contest.pk)
