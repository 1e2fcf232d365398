"""What a volunteer sees by their link: who asks, what would be sent, yes or no; and later the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hustings.apps.accounts.access import NotHere
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.lending import access, queries, referring
from hustings.apps.lending.forms import TickForm
from hustings.apps.lending.wording import DETAILS, country_name
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.lending.models import Offer

RATES = {"help": "30/m/ip", "help_nowhere": "10/m/ip"}
"""As for signing in: so many looks a minute, and fewer at links that lead nowhere."""


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The offer that this link is of, in plain words."""
    if slower := _slower(request, "help"):
        return slower
    try:
        campaign = access.campaign_of(token)
        with tenant(campaign.pk), timezone.override(campaign.time_zone):
            one = access.offer_by(campaign, token)
            response = _page(request, campaign, one, token)
    except NotHere:
        if slower := _slower(request, "help_nowhere"):
            return slower
        return render(request, "lending/nowhere.html", status=404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _slower(request: HttpRequest, action: str) -> HttpResponse | None:
    limited: HttpResponse | None = ratelimit.consume_or_429(
        request, action=action, config=RATES, limit_get=True
    )
    return limited


def _page(request: HttpRequest, campaign: Campaign, one: Offer, token: str) -> HttpResponse:
    form, status = TickForm(request.POST if request.POST.get("do") == "accept" else None), 200
    risk, error = risk_of(campaign, one), ""
    if request.method == "POST":
        try:
            done = _did(request, campaign, token, form, risk)
        except HustingsError as refused:
            done, error = "", str(refused)
        if done:
            messages.success(request, done)
            return redirect("help:page", token=token)
        status = 422
    asked = queries.asked(ledger_of(campaign), one)
    ticked = (
        [DETAILS[name] for name in asked.answer.ticked if name in DETAILS] if asked.answer else []
    )
    context = {
        "one": one,
        "theirs": campaign,
        "asked": asked,
        "ticked": ticked,
        "form": form,
        "error": error,
        "risk": risk,
        "there": country_name(one.to_country),
        "abroad": one.to_country != one.from_country,
    }
    return render(request, "lending/help.html", context, status=status)


def _did(request: HttpRequest, campaign: Campaign, token: str, form: TickForm, risk: str) -> str:
    """What was done, in words; "" where the form must be looked at once more."""
    match request.POST.get("do"):
        case "accept" if form.is_valid():
            referring.accept(
                campaign, token, form.ticked, risk=risk, agreed=form.cleaned_data["agreed"]
            )
            return _(
                "Thank you. What you ticked is sealed to them. Keep this link: with it you can take it back."
            )
        case "decline":
            referring.decline(campaign, token)
            return _("That is fine. Nothing was sent, and nothing is kept but that you said no.")
        case "take-back":
            referring.take_back(campaign, token)
            return _(
                "Taken back. Our copy is deleted; they are asked to delete theirs and to confirm it."
            )
    return ""


def risk_of(campaign: Campaign, one: Offer) -> str:
    """The sentence about the other country, or the other organisation, that consent has to name."""
    if one.to_country == one.from_country:
        return _("%(them)s is another organisation than %(us)s and answers for your details itself.") % {
            "them": one.party.name, "us": campaign.name
        }  # fmt: skip
    return _(
        "The law there (%(there)s) may protect your details less than the law here (%(here)s) does,"
        " and you may not be able to enforce your rights there."
    ) % {"there": country_name(one.to_country), "here": country_name(one.from_country)}
