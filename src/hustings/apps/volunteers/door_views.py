"""The desk's page of the join page: open it, close it, put it into other sites, ask somebody to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.volunteers import access, doors
from hustings.apps.volunteers.forms import InviteForm, SitesForm
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


_SNIPPET = '<iframe src="%(address)s" title="%(title)s" width="100%%" height="900"></iframe>'


@require_http_methods(["GET", "POST"])
def join_page(request: CampaignRequest) -> HttpResponse:
    """Whether people may join by themselves, and what to copy into other pages."""
    require(request.member, Right.VOLUNTEERS)
    form, error = SitesForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            doors.open_page(request.campaign, form.cleaned_data["sites"], by=request.member.actor)
        except BadInput as refused:
            error = str(refused)
        else:
            messages.success(request, _("The join page is open."))
            return redirect("volunteers:join-page", slug=request.campaign.slug)
    return _page(request, form=form if form.is_bound else None, error=error)


def _page(
    request: CampaignRequest,
    *,
    form: SitesForm | None = None,
    invite_form: InviteForm | None = None,
    error: str = "",
) -> HttpResponse:
    opened = access.join_page_of(request.campaign)
    sites = "\n".join(opened.sites) if opened else ""
    frame = reverse("join:frame", kwargs={"slug": request.campaign.slug})
    title = _("Help %(name)s") % {"name": request.campaign.name}
    said = {
        "opened": opened,
        "form": form or SitesForm(initial={"sites": sites}),
        "invite_form": invite_form or InviteForm(),
        "link": doors.address_of(request.campaign),
        "snippet": _SNIPPET % {"address": f"{settings.SITE_URL}{frame}", "title": escape(title)},
        "error": error,
    }
    bad = bool(error or (form and form.errors) or (invite_form and invite_form.errors))
    return render(request, "volunteers/join_page.html", said, status=422 if bad else 200)


@require_POST
def close(request: CampaignRequest) -> HttpResponse:
    """Nobody can join by themselves any more."""
    require(request.member, Right.VOLUNTEERS)
    doors.close_page(request.campaign, by=request.member.actor)
    messages.success(request, _("The join page is closed. Open it again whenever you want."))
    return redirect("volunteers:join-page", slug=request.campaign.slug)


@require_POST
def invite(request: CampaignRequest) -> HttpResponse:
    """Mail the join page to somebody."""
    require(request.member, Right.VOLUNTEERS)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, invite_form=form)
    try:
        doors.invite(request.campaign, form.cleaned_data["email"], by=request.member.actor)
    except BadInput as refused:
        return _page(request, invite_form=form, error=str(refused))
    messages.success(request, _("Sent. The address is not kept."))
    return redirect("volunteers:join-page", slug=request.campaign.slug)
