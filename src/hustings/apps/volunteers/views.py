"""Volunteers at the desk: who came, who is still to be welcomed, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.volunteers import access, lawful, leaving, queries, welcoming
from hustings.apps.volunteers.models import Letter
from hustings.apps.volunteers.reaching import email_and_phone_of
from hustings.apps.volunteers.wording import (
    WISHES,
    languages,
    languages_said,
    times_said,
    wishes_said,
)
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest

FILTERS = ("who", "area", "language", "wish")
MOST_PAGES = 100_000
"""A number that somebody typed into the address may be one that no database counts to."""


@require_GET
def everybody(request: CampaignRequest) -> HttpResponse:
    """Who came, newest first, by what is asked for."""
    require(request.member, Right.VOLUNTEERS)
    asked = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    try:
        page = min(max(int(request.GET.get("page", "0")), 0), MOST_PAGES)
    except ValueError:
        page = 0
    found = queries.volunteers_by(request.campaign, asked, page)
    if found.rows:
        record(request.member.actor, "volunteer.look", subject="volunteer", count=len(found.rows))
    where = request.GET.copy()
    links = {}
    for name, other in (("newer", page - 1), ("older", page + 1)):
        where["page"] = str(other)
        links[name] = f"?{where.urlencode()}"
    said = {
        "found": found,
        "asked": asked,
        "filtered": any(asked.values()),
        "wishes": [(code, str(name)) for code, name in WISHES.items()],
        "languages": languages(),
        "newer": links["newer"] if page else "",
        "older": links["older"] if found.more else "",
        "opened": access.join_page_of(request.campaign),
    }
    return render(request, "volunteers/list.html", said)


@require_GET
def one(request: CampaignRequest, volunteer_id: int) -> HttpResponse:
    """One volunteer: who they are, whose team they are in, who brought them, what the rules say."""
    require(request.member, Right.VOLUNTEERS)
    return _page(request, volunteer_id)


def _page(request: CampaignRequest, volunteer_id: int, *, error: str = "") -> HttpResponse:
    found = access.volunteer_for(request.campaign, volunteer_id)
    record(request.member.actor, "volunteer.look", subject="volunteer", subject_id=found.pk)
    email, phone = email_and_phone_of(found)
    around = queries.around(found)
    said = {
        "one": found,
        "email": email,
        "phone": phone,
        "languages": languages_said(found.languages),
        "wishes": wishes_said(found.wishes),
        "times": times_said(found.times),
        "chains": queries.chains_of(found),
        "teams": around.teams,
        "word": lawful.word_on(found),
        "brought": around.brought,
        "letters": around.letters,
        "welcomed": next((one for one in around.letters if one.kind in Letter.WELCOMES), None),
        "same_address": around.same_address,
        "may_contributions": request.member.may(Right.CONTRIBUTIONS),
        "may_people": request.member.may(Right.SEE_PEOPLE),
        "error": error,
    }
    return render(request, "volunteers/one.html", said, status=422 if error else 200)


@require_POST
def welcome(request: CampaignRequest, volunteer_id: int) -> HttpResponse:
    """One tap: a welcome by mail, or that they were rung."""
    require(request.member, Right.VOLUNTEERS)
    found = access.volunteer_for(request.campaign, volunteer_id)
    try:
        letter = welcoming.welcome(found, by=request.member.actor)
    except BadInput as refused:
        return _page(request, volunteer_id, error=str(refused))
    if letter.kind == Letter.Kind.RUNG:
        messages.success(request, _("Written down: welcomed by telephone."))
    else:
        messages.success(request, _("The welcome is on its way."))
    return redirect("volunteers:one", slug=request.campaign.slug, volunteer_id=volunteer_id)


@require_POST
def leave(request: CampaignRequest, volunteer_id: int) -> HttpResponse:
    """They have left."""
    require(request.member, Right.VOLUNTEERS)
    leaving.leave(access.volunteer_for(request.campaign, volunteer_id), by=request.member.actor)
    return redirect("volunteers:one", slug=request.campaign.slug, volunteer_id=volunteer_id)


@require_POST
def come_back(request: CampaignRequest, volunteer_id: int) -> HttpResponse:
    """Undo their leaving."""
    require(request.member, Right.VOLUNTEERS)
    leaving.come_back(access.volunteer_for(request.campaign, volunteer_id), by=request.member.actor)
    messages.success(request, _("They are back. Their old link stays ended: they can have a new one sent."))  # fmt: skip
    return redirect("volunteers:one", slug=request.campaign.slug, volunteer_id=volunteer_id)
