"""Contests and units that were taken away: taking them away, the lists of them, and bringing them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import access, queries, taking_away
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest

MOST_AT_ONCE = 200


@require_GET
def away(request: CampaignRequest) -> HttpResponse:
    """Contests that were taken away."""
    require(request.member, Right.CONTESTS)
    page = queries.contests_away(request.campaign, request.GET.get("page", ""))
    return render(request, "contests/away.html", {"page": page, "may_plan": True})


@require_POST
def contest_verb(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Take one away, or bring it back."""
    require(request.member, Right.CONTESTS)
    slug, by = request.campaign.slug, request.member.actor
    match request.POST.get("do"):
        case "away":
            this = access.contest_for(request.campaign, contest_id)
            try:
                taking_away.take_contest_away(this, by=by)
            except BadInput as error:
                messages.error(request, error.message)
                return redirect("contests:contest", slug=slug, contest_id=this.pk)
            messages.success(
                request, _("«%(name)s» is taken away. Here it can be brought back.") % {"name": this.name}
            )  # fmt: skip
        case "back":
            this = access.contest_away_for(request.campaign, contest_id)
            try:
                taking_away.bring_contest_back(this, by=by)
            except BadInput as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("The contest is back, as it was."))
                return redirect("contests:contest", slug=slug, contest_id=this.pk)
        case _:
            raise NotHere
    return redirect("contests:away", slug=slug)


@require_http_methods(["GET", "POST"])
def units_away(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Units that were taken away; take some away, or bring one back."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    if request.method == "POST":
        return _units_verb(request, contest)
    page = queries.units_away(contest, request.GET.get("page", ""))
    return render(request, "contests/units_away.html", {"contest": contest, "page": page})


def _units_verb(request: CampaignRequest, contest: Contest) -> HttpResponse:
    by, named = request.member.actor, request.POST.getlist("unit")[:MOST_AT_ONCE]
    numbers = [int(one) for one in dict.fromkeys(named) if one.isdecimal() and len(one) < 19]
    where = "contests:units-away"
    try:
        match request.POST.get("do"):
            case "away":
                where = "contests:units"
                units = [access.unit_for(contest, number) for number in numbers]
                gone = taking_away.take_units_away(contest, units, by=by)
                said = ngettext(
                    "%(n)s unit is taken away. It can be brought back.",
                    "%(n)s units are taken away. They can be brought back.",
                    gone,
                )
                messages.success(request, said % {"n": gone})
            case "back":
                for number in numbers:
                    taking_away.bring_unit_back(access.unit_away_for(contest, number), by=by)
                messages.success(request, _("Back, as it was."))
            case _:
                raise NotHere
    except BadInput as error:
        messages.error(request, error.message)
    return redirect(where, slug=request.campaign.slug, contest_id=contest.pk)
