"""Teams at the desk: who is in one, who leads it, who looks after it, and whether somebody has too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.volunteers import access, queries, span
from hustings.apps.volunteers import teams as verbs
from hustings.apps.volunteers.forms import HandOverForm, TeamForm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from hustings.apps.accounts.models import Membership
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.volunteers.models import Team, TeamPlace


@require_http_methods(["GET", "POST"])
def teams(request: CampaignRequest) -> HttpResponse:
    """Every team, and who has more than they can know."""
    require(request.member, Right.VOLUNTEERS)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.make_team(
            request.campaign, form.cleaned_data["name"], form.cleaned_data["area"],
            by=request.member.actor,
        )  # fmt: skip
        return redirect("volunteers:team", slug=request.campaign.slug, team_id=made.pk)
    every = queries.teams_of(request.campaign)
    rows = [row for row in every if row.team.closed_at is None]
    if any(row.lead for row in rows):
        record(request.member.actor, "volunteer.look", subject="team", count=len(rows))
    said = {
        "rows": rows,
        "closed": [row.team for row in every if row.team.closed_at is not None],
        "form": form,
        "warnings": span.warnings(request.campaign, queries.organisers_of(request.campaign)),
    }
    return render(request, "volunteers/teams.html", said, status=422 if form.errors else 200)


@require_GET
def team(request: CampaignRequest, team_id: int) -> HttpResponse:
    """One team: who is in it, who was, and its hand-overs."""
    require(request.member, Right.VOLUNTEERS)
    return _team_page(request, access.team_for(request.campaign, team_id))


def _team_page(
    request: CampaignRequest,
    found: Team,
    *,
    error: str = "",
    form: HandOverForm | None = None,
    called: TeamForm | None = None,
) -> HttpResponse:
    campaign = request.campaign
    places = queries.places_in(found)
    organisers = queries.organisers_of(campaign)
    charges = queries.charges_over(found)
    current = next((one for one in charges if one.until is None), None)
    if places or charges:
        record(request.member.actor, "volunteer.look", subject="team", subject_id=found.pk)
    said = {
        "team": found,
        "inside": [one for one in places if one.until is None],
        "outside": [one for one in places if one.until is not None],
        "current": current,
        "organiser": organisers.get(current.organiser_id or 0) if current else None,
        "history": [
            (one, organisers.get(one.organiser_id or 0)) for one in charges if one.until is not None
        ],
        "form": form or _hand_over_form(request, organisers, current),
        "called": called or TeamForm(initial={"name": found.name, "area": found.area}),
        "warnings": span.warnings(campaign, organisers),
        "error": error,
    }
    bad = bool(error or (form and form.errors) or (called and called.errors))
    return render(request, "volunteers/team.html", said, status=422 if bad else 200)


def _hand_over_form(
    request: CampaignRequest,
    organisers: Mapping[int, Membership],
    current: object,
    data: object = None,
) -> HandOverForm:
    return HandOverForm(
        data,
        leads=queries.names_of(request.campaign),
        organisers=[(one.pk, one.called) for one in organisers.values()],
        initial={
            "lead": getattr(current, "lead_id", None),
            "organiser": getattr(current, "organiser_id", None) or request.member.pk,
        },
    )


@require_POST
def rename(request: CampaignRequest, team_id: int) -> HttpResponse:
    """It is called something else, or goes somewhere else."""
    require(request.member, Right.VOLUNTEERS)
    found = access.team_for(request.campaign, team_id)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _team_page(request, found, called=form)
    said = form.cleaned_data
    if verbs.rename(found, said["name"], said["area"], by=request.member.actor):
        messages.success(request, _("Saved. What it was called stays in the audit."))
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=team_id)


@require_POST
def close(request: CampaignRequest, team_id: int) -> HttpResponse:
    """Nobody is in it any more."""
    require(request.member, Right.VOLUNTEERS)
    verbs.close(access.team_for(request.campaign, team_id), by=request.member.actor)
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=team_id)


@require_POST
def reopen(request: CampaignRequest, team_id: int) -> HttpResponse:
    """Undo closing it."""
    require(request.member, Right.VOLUNTEERS)
    verbs.reopen(access.team_for(request.campaign, team_id), by=request.member.actor)
    messages.success(request, _("Open again, with whoever was in it."))
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=team_id)


@require_POST
def hand_over(request: CampaignRequest, team_id: int) -> HttpResponse:
    """Somebody else leads the team or looks after it."""
    require(request.member, Right.VOLUNTEERS)
    found = access.team_for(request.campaign, team_id)
    organisers = queries.organisers_of(request.campaign)
    form = _hand_over_form(request, organisers, None, request.POST)
    if not form.is_valid():
        return _team_page(request, found, form=form)
    lead_id = form.cleaned_data["lead"]
    lead = access.volunteer_for(request.campaign, lead_id) if lead_id else None
    try:
        done = verbs.hand_over(
            found, lead=lead, organiser_id=form.cleaned_data["organiser"], by=request.member.actor
        )
    except BadInput as refused:
        return _team_page(request, found, error=str(refused))
    if done:
        messages.success(request, _("Handed over. It can be undone below."))
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=team_id)


@require_POST
def hand_back(request: CampaignRequest, team_id: int) -> HttpResponse:
    """Undo the latest hand-over."""
    require(request.member, Right.VOLUNTEERS)
    found = access.team_for(request.campaign, team_id)
    try:
        verbs.hand_back(found, by=request.member.actor)
    except BadInput as refused:
        return _team_page(request, found, error=str(refused))
    messages.success(request, _("Undone: it is as it was before."))
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=team_id)


@require_POST
def put_in(request: CampaignRequest, volunteer_id: int) -> HttpResponse:
    """Somebody joins a team."""
    require(request.member, Right.VOLUNTEERS)
    volunteer = access.volunteer_for(request.campaign, volunteer_id)
    try:
        found = access.team_for(request.campaign, int(request.POST.get("team", "")))
    except ValueError as error:
        raise NotHere from error
    try:
        verbs.put_in(found, volunteer, by=request.member.actor)
    except BadInput as refused:
        messages.error(request, str(refused))
    return redirect("volunteers:one", slug=request.campaign.slug, volunteer_id=volunteer_id)


@require_POST
def take_out(request: CampaignRequest, place_id: int) -> HttpResponse:
    """Somebody is in a team no longer."""
    require(request.member, Right.VOLUNTEERS)
    place = access.place_for(request.campaign, place_id)
    verbs.take_out(place, by=request.member.actor)
    return _to_team(request, place)


@require_POST
def put_back(request: CampaignRequest, place_id: int) -> HttpResponse:
    """Undo taking somebody out."""
    require(request.member, Right.VOLUNTEERS)
    place = access.place_for(request.campaign, place_id)
    try:
        verbs.put_back(place, by=request.member.actor)
    except BadInput as refused:
        messages.error(request, str(refused))
    return _to_team(request, place)


def _to_team(request: CampaignRequest, place: TeamPlace) -> HttpResponse:
    return redirect("volunteers:team", slug=request.campaign.slug, team_id=place.team_id)
