"""Gifts and what others spend: pages that write down, check, accept and return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contributions import gifts
from hustings.apps.contributions.gift_forms import GiftForm, SpendingForm, StepForm
from hustings.apps.contributions.gift_models import GiftNoted
from hustings.apps.contributions.judging import LawSaysNo
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_http_methods(["GET", "POST"])
def new_gift(request: CampaignRequest) -> HttpResponse:
    """Write down what came."""
    require(request.member, Right.CONTRIBUTIONS)
    today = timezone.localdate()
    form = GiftForm(
        request.POST or None, initial={"country": request.campaign.country, "received_on": today}
    )
    if request.method == "POST" and form.is_valid():
        gift = gifts.receive(request.campaign, form.values, by=request.member)
        return redirect("contributions:gift", slug=request.campaign.slug, gift_id=gift.pk)
    return render(
        request, "contributions/gift_form.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
def one_gift(request: CampaignRequest, gift_id: int) -> HttpResponse:
    """What came, what the rules say, by when, and what was done."""
    require(request.member, Right.CONTRIBUTIONS)
    return _gift_page(request, gift_id)


def _gift_page(
    request: CampaignRequest, gift_id: int, *, error: str = "", status: int = 200
) -> HttpResponse:
    standing = gifts.gift_standing(gifts.gift_for(request.campaign, gift_id))
    noted = GiftNoted.objects.of(request.campaign).filter(gift=standing.gift).order_by("pk")
    return render(
        request,
        "contributions/gift.html",
        {
            "standing": standing,
            "gift": standing.gift,
            "noted": noted,
            "today": timezone.localdate(),
            "error": error,
        },
        status=status,
    )


@require_POST
def step(request: CampaignRequest, gift_id: int) -> HttpResponse:
    """The source was checked, the gift accepted, returned or a mistake."""
    require(request.member, Right.CONTRIBUTIONS)
    gifts.gift_for(request.campaign, gift_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        error = _("Write the day like 2026-01-31, and say what was done.")
        return _gift_page(request, gift_id, error=error, status=422)
    said = form.cleaned_data
    try:
        done = gifts.take_step(
            request.campaign, gift_id, said["kind"], said["on"], by=request.member,
            permissible=said["permissible"], why=said["why"],
        )  # fmt: skip
    except (LawSaysNo, BadInput) as error:
        return _gift_page(request, gift_id, error=str(error), status=422)
    messages.success(request, _("Written down: %(what)s.") % {"what": done.get_kind_display()})
    return redirect("contributions:gift", slug=request.campaign.slug, gift_id=gift_id)


@require_http_methods(["GET", "POST"])
def new_spending(request: CampaignRequest) -> HttpResponse:
    """What somebody else is about to spend; refused where a rule stops it."""
    require(request.member, Right.CONTRIBUTIONS)
    today = timezone.localdate()
    form = SpendingForm(
        request.POST or None, initial={"country": request.campaign.country, "spent_on": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            gifts.spend(request.campaign, form.values, by=request.member)
        except (LawSaysNo, BadInput) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Written down, and added up."))
            return redirect("contributions:list", slug=request.campaign.slug)
    return render(
        request,
        "contributions/spending_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def strike_spending(request: CampaignRequest, spending_id: int) -> HttpResponse:
    """It was a mistake."""
    require(request.member, Right.CONTRIBUTIONS)
    why = request.POST.get("why", "")[:500]
    gifts.strike_spending(request.campaign, spending_id, why, by=request.member)
    messages.success(request, _("Struck out; it is not counted any more."))
    return redirect("contributions:list", slug=request.campaign.slug)
