"""What left, and when it must be destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.exports import access, leaving, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def copies(request: CampaignRequest) -> HttpResponse:
    """Every copy of register rows that left, and what has become of it."""
    require(request.member, Right.SETTINGS)
    found = queries.batches(request.campaign)
    return render(
        request,
        "exports/list.html",
        {
            "there": [one for one in found if one.left],
            "gone": [one for one in found if not one.left],
            "overdue": sum(len(one.left) for one in found if one.is_overdue),
            "tab": "copies",
        },
    )


@require_POST
def destroyed(request: CampaignRequest) -> HttpResponse:
    """These copies are no more."""
    require(request.member, Right.SETTINGS)
    said = request.POST.getlist("copy")
    if not all(text.isdecimal() and len(text) < 19 for text in said):
        raise NotHere
    found = access.copies_for(request.campaign, [int(text) for text in said])
    number = leaving.destroy(request.campaign, found, by=request.member.actor)
    messages.success(
        request,
        ngettext("%(n)s copy destroyed.", "%(n)s copies destroyed.", number) % {"n": number},
    )
    return redirect("exports:list", slug=request.campaign.slug)
