"""Polling day: how it goes, telling, promises."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.people.access import person_for
from hustings.apps.polling import access, actions, queries
from hustings.apps.polling.forms import DayForm, TellForm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest

DISTRICT = "polling_district"
"""In the session: a teller stands at one station all day."""


@require_GET
def day(request: CampaignRequest) -> HttpResponse:
    """How the day goes, by polling district."""
    require(request.member, Right.TELL)
    if not request.member.may(Right.POLLING):
        return redirect("polling:tell", slug=request.campaign.slug)
    this = queries.open_day(request.campaign)
    districts = queries.districts(this) if this else []
    context = {
        "day": this,
        "districts": districts,
        "of_wanted": _("of %(all)s") % {"all": intcomma(sum(one.wanted for one in districts))},
        "wanted_voted": sum(one.wanted_voted for one in districts),
        "told": queries.marks_told(this) if this else 0,
        "unknown": queries.unknown_numbers(this) if this else [],
        "days": queries.days(request.campaign),
    }
    return render(request, "polling/day.html", context)


@require_http_methods(["GET", "POST"])
def new(request: CampaignRequest) -> HttpResponse:
    """Open a polling day."""
    require(request.member, Right.POLLING)
    form = DayForm(request.campaign, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.open_day(
                request.campaign, said["name"], said["held_on"], turn_out=said["turn_out"],
                told_until=said["told_until"], by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, error.message)
        else:
            return redirect("polling:day", slug=request.campaign.slug)
    status = 422 if form.is_bound else 200
    return render(request, "polling/new.html", {"form": form}, status=status)


@require_POST
def end(request: CampaignRequest, day_id: int) -> HttpResponse:
    """The day is over."""
    require(request.member, Right.POLLING)
    actions.end_day(access.day_for(request.campaign, day_id), by=request.member.actor)
    return redirect("polling:day", slug=request.campaign.slug)


@require_http_methods(["GET", "POST"])
def tell(request: CampaignRequest) -> HttpResponse:
    """One number after the other, quickly, with the last three to take back."""
    require(request.member, Right.TELL)
    this = queries.open_day(request.campaign)
    if this is None:
        return render(request, "polling/tell.html", {"day": None})
    first = {"district": request.session.get(DISTRICT, ""), "report_id": uuid.uuid4()}
    form = TellForm(
        queries.district_names(request.campaign),
        request.POST if request.method == "POST" else None,
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        request.session[DISTRICT] = said["district"]
        try:
            mark = actions.mark_voted(
                this, said["district"], said["number"], report_id=said["report_id"],
                source=said["source"], by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error("number", error.message)
        else:
            if not queries.is_on_register(request.campaign.pk, mark.number):
                messages.warning(
                    request,
                    _("%(number)s is on nobody’s line of our register; it is kept. Heard right?")
                    % {"number": mark.number},
                )
            elif queries.told_before(this, mark):
                messages.info(request, _("%(number)s was told before.") % {"number": mark.number})
            return redirect("polling:tell", slug=request.campaign.slug)
    context = {
        "day": this,
        "form": form,
        "last": queries.last_told(this, request.member.actor.label),
        "told": queries.marks_told(this),
    }
    return render(request, "polling/tell.html", context, status=422 if form.is_bound else 200)


@require_POST
def back(request: CampaignRequest, mark_id: int) -> HttpResponse:
    """Take a mark back: one's own, or any for whoever runs the day."""
    require(request.member, Right.TELL)
    mark = access.mark_for(request.campaign, mark_id)
    runs = request.member.may(Right.POLLING)
    if not runs and mark.told_by != request.member.actor.label:
        raise NotHere
    actions.take_back(mark, by=request.member.actor)
    messages.success(request, _("%(number)s was taken back.") % {"number": mark.number})
    where = "polling:day" if runs and "from_day" in request.POST else "polling:tell"
    return redirect(where, slug=request.campaign.slug)


@require_POST
def promise(request: CampaignRequest, person_id: int) -> HttpResponse:
    """They will vote."""
    require(request.member, Right.POLLING)
    person = person_for(request.campaign, person_id)
    this = queries.open_day(request.campaign)
    if this is None:
        messages.warning(request, _("Open a polling day first."))
    else:
        actions.promise(this, person, _("told the campaign"), by=request.member.actor)
    return redirect("people:person", slug=request.campaign.slug, person_id=person.pk)


@require_POST
def promise_back(request: CampaignRequest, promise_id: int) -> HttpResponse:
    """It holds no longer."""
    require(request.member, Right.POLLING)
    made = access.promise_for(request.campaign, promise_id)
    actions.take_promise_back(made, by=request.member.actor)
    return redirect("people:person", slug=request.campaign.slug, person_id=made.person_id)
