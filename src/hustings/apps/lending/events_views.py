"""Invitations to events: ours, theirs, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.lending import inviting, queries
from hustings.apps.lending.events import event_for, events_of
from hustings.apps.lending.forms import EventForm
from hustings.apps.statements.access import node_for
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.core.ledger.records import ANSWERS

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def events(request: CampaignRequest) -> HttpResponse:
    """Theirs and ours, the next one first; which are not ours is said plainly."""
    require(request.member, Right.LENDING)
    found = events_of(request.campaign, ledger_of(request.campaign))
    return render(request, "lending/events.html", {"events": found})


@require_http_methods(["GET", "POST"])
def new_event(request: CampaignRequest) -> HttpResponse:
    """An event of ours, and who is invited."""
    require(request.member, Right.LENDING)
    node_for(request.campaign)
    form = EventForm(request.POST or None, peers=queries.peers_of(request.campaign))
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.invite(
                request.campaign,
                inviting.Planned(**form.planned),
                form.nodes_invited,
                by=request.member.actor,
            )
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Signed. Send each of them its parcel."))
            return redirect("lending:event", slug=request.campaign.slug, key=made.name)
    status = 422 if form.is_bound else 200
    return render(request, "lending/event_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def change_event(request: CampaignRequest, key: str) -> HttpResponse:
    """The next version of an event of ours."""
    require(request.member, Right.LENDING)
    event = event_for(request.campaign, key)
    if not event.ours:
        raise NotHere
    said = event.gathering
    initial = {
        "title": said.title, "starts": timezone.localtime(said.starts),
        "ends": timezone.localtime(said.ends), "place": said.place, "words": said.words,
        "campaign_event": "yes" if event.record.said["campaignEvent"] else "no",
        "imprint": event.record.said.get("imprint", ""), "nodes": sorted(event.stands.attendees),
    }  # fmt: skip
    form = EventForm(
        request.POST or None, peers=queries.peers_of(request.campaign), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.change(
                request.campaign, key, inviting.Planned(**form.planned), form.nodes_invited,
                by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Signed. Send each of them the new parcel."))
            return redirect("lending:event", slug=request.campaign.slug, key=made.name)
    status = 422 if form.is_bound else 200
    context = {"form": form, "event": event}
    return render(request, "lending/event_form.html", context, status=status)


@require_GET
def event(request: CampaignRequest, key: str) -> HttpResponse:
    """One event, what was answered, and what is to be sent."""
    require(request.member, Right.LENDING)
    return render(request, "lending/event.html", {"event": event_for(request.campaign, key)})


@require_GET
def ics(request: CampaignRequest, key: str) -> HttpResponse:
    """The event for a calendar."""
    require(request.member, Right.LENDING)
    found = event_for(request.campaign, key)
    response = HttpResponse(found.ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event-{found.key[:16]}.ics"'
    return response


@require_POST
def event_verb(request: CampaignRequest, key: str) -> HttpResponse:
    """Answer theirs, or call ours off."""
    require(request.member, Right.LENDING)
    do, by = request.POST.get("do", ""), request.member.actor
    if do in ANSWERS:
        inviting.answer(request.campaign, key, do, by=by)
        messages.success(request, _("Signed. Send them the parcel with your answer."))
    elif do == "call-off":
        inviting.call_off(request.campaign, key, by=by)
        messages.success(request, _("Called off, and signed. Send each of them the parcel."))
    else:
        raise NotHere
    return redirect("lending:event", slug=request.campaign.slug, key=key)
