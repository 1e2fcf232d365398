"""The organiser's page: who is overdue or needs help, who is out, what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.safety import access, actions, queries
from hustings.apps.safety.forms import OfferForm, SettleForm
from hustings.apps.safety.models import GRACE, KEPT
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def desk(request: CampaignRequest) -> HttpResponse:
    """Alerts first, then everybody who checks in."""
    require(request.member, Right.HAND_OUT)
    return _page(request)


def _page(request: CampaignRequest, status: int = 200, trouble: str = "") -> HttpResponse:
    alerts = queries.alerts_of(request.campaign)
    offer = queries.offer_of(request.campaign)
    context = {
        "open": [one for one in alerts if one.settlement is None],
        "settled": [one for one in alerts if one.settlement is not None],
        "out": queries.out_now(request.campaign),
        "offer": offer,
        "offer_form": OfferForm(initial={"lead_phone": offer.lead_phone if offer else ""}),
        "settle_form": SettleForm(),
        "grace": int(GRACE.total_seconds() // 60),
        "kept_days": KEPT.days,
        "trouble": trouble,
    }
    return render(request, "safety/desk.html", context, status=status)


@require_GET
def line(request: CampaignRequest) -> HttpResponse:
    """One line for the top of every page: who needs somebody now; nothing when nobody does."""
    require(request.member, Right.HAND_OUT)
    return render(request, "safety/line.html", {"needs": queries.in_need(request.campaign)})


@require_POST
def settle(request: CampaignRequest, alert_id: int) -> HttpResponse:
    """Somebody has looked after it."""
    require(request.member, Right.HAND_OUT)
    alert = access.alert_for(request.campaign, alert_id)
    form = SettleForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        actions.settle(alert, note, by=request.member.actor)
    except BadInput as error:
        return _page(request, 422, error.message)
    messages.success(request, _("Settled. Thank you."))
    return redirect("safety:desk", slug=request.campaign.slug)


@require_POST
def back(request: CampaignRequest, settlement_id: int) -> HttpResponse:
    """It is open again."""
    require(request.member, Right.HAND_OUT)
    settlement = access.settlement_for(request.campaign, settlement_id)
    actions.take_back(settlement, by=request.member.actor)
    messages.success(request, _("It is open again."))
    return redirect("safety:desk", slug=request.campaign.slug)


@require_POST
def offer(request: CampaignRequest) -> HttpResponse:
    """Let volunteers check in, change whom they call, or stop offering it."""
    require(request.member, Right.SETTINGS)
    if request.POST.get("stop"):
        actions.offer_no_more(request.campaign, by=request.member.actor)
        messages.success(request, _("Nobody can begin to check in any more."))
        return redirect("safety:desk", slug=request.campaign.slug)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, _("That phone number is too long."))
    actions.offer(request.campaign, form.cleaned_data["lead_phone"], by=request.member.actor)
    messages.success(request, _("Volunteers can check in from now on, if they want to."))
    return redirect("safety:desk", slug=request.campaign.slug)
