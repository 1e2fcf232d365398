"""The organiser's page of phones: who waits, who is in, taking a leave back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.canvass import access, actions, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def phones(request: CampaignRequest) -> HttpResponse:
    """Phones that wait, phones that are in, phones whose leave is over."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/phones.html", _lists(request))


@require_GET
def waiting(request: CampaignRequest) -> HttpResponse:
    """The lists alone, asked for every few seconds."""
    require(request.member, Right.HAND_OUT)
    return render(request, "canvass/phone_lists.html", _lists(request))


def _lists(request: CampaignRequest) -> dict[str, object]:
    phones = queries.phones(request.campaign)
    return {
        "waiting": [phone for phone in phones if phone.state == "waiting"],
        "inside": [phone for phone in phones if phone.state == "in"],
        "over": [phone for phone in phones if phone.state in {"over", "revoked"}],
    }


@require_POST
def let_in(request: CampaignRequest) -> HttpResponse:
    """Let in the phones that are ticked, or all that the page showed: never one that came since."""
    require(request.member, Right.HAND_OUT)
    field = "shown" if request.POST.get("all") else "phone"
    chosen = [int(number) for number in request.POST.getlist(field) if number.isdecimal()]
    devices = access.phones_for(request.campaign, chosen)
    count = actions.let_phones_in(request.campaign, devices, by=request.member.actor)
    messages.success(
        request,
        ngettext("%(count)s phone is in.", "%(count)s phones are in.", count) % {"count": count},
    )
    return redirect("phones:list", slug=request.campaign.slug)


@require_POST
def take_back(request: CampaignRequest) -> HttpResponse:
    """Take a phone's leave back; letting it in again needs the phone to ask again."""
    require(request.member, Right.HAND_OUT)
    chosen = [int(number) for number in request.POST.getlist("phone") if number.isdecimal()]
    devices = access.phones_for(request.campaign, chosen)
    actions.take_back(request.campaign, devices, by=request.member.actor, why="by an organiser")
    for device in devices:
        messages.success(
            request,
            _("%(name)s’s phone shows nothing any more. It can ask again with a code.")
            % {"name": device.label},
        )
    return redirect("phones:list", slug=request.campaign.slug)
