"""Asking a volunteer to help another campaign, and the people who were referred to us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.lending import access, forgetting, judging, queries, referring
from hustings.apps.lending.forms import OfferForm
from hustings.apps.lending.wording import TICKED, country_name
from hustings.apps.statements.access import node_for, party_for
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.lending.models import Offer


@never_cache
@require_http_methods(["GET", "POST"])
def new_offer(request: CampaignRequest) -> HttpResponse:
    """Somebody of ours is asked; the answer is the link, which is shown this once."""
    require(request.member, Right.LENDING)
    campaign = request.campaign
    node_for(campaign)
    peers = queries.peers_of(campaign)
    form = OfferForm(campaign, request.POST or None, peers=peers)
    if request.method == "POST" and form.is_valid():
        party = party_for(campaign, form.cleaned_data["party"])
        try:
            made, token = referring.offer(
                campaign, party, form.cleaned_data["person_name"],
                referring.Asked(**form.asked), by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return _link_page(request, made, token)
    status = 422 if form.is_bound else 200
    context = {"form": form, "peers": peers, "members": form.members}
    return render(request, "lending/new_offer.html", context, status=status)


@require_GET
def offer(request: CampaignRequest, offer_id: int) -> HttpResponse:
    """One offer, and where it stands."""
    require(request.member, Right.LENDING)
    one = access.offer_for(request.campaign, offer_id)
    asked = queries.asked(ledger_of(request.campaign), one)
    ticked = (
        [TICKED[name] for name in asked.answer.ticked if name in TICKED] if asked.answer else []
    )
    context = {"asked": asked, "one": one, "ticked": ticked, **_law(one)}
    return render(request, "lending/offer.html", context)


@never_cache
@require_POST
def new_link(request: CampaignRequest, offer_id: int) -> HttpResponse:
    """Another link, where the first was lost."""
    require(request.member, Right.LENDING)
    one, token = referring.new_link(request.campaign, offer_id, by=request.member.actor)
    return _link_page(request, one, token)


def _link_page(request: CampaignRequest, one: Offer, token: str) -> HttpResponse:
    link = f"{settings.SITE_URL}{reverse('help:page', kwargs={'token': token})}"
    return render(request, "lending/link.html", {"one": one, "link": link, **_law(one)})


def _law(one: Offer) -> dict[str, object]:
    law = judging.before_asking(one)
    return {
        "there": country_name(one.to_country),
        "rules": [judging.said(finding) for finding in law.findings],
        "unknown": law.unknown,
    }


@require_GET
def people(request: CampaignRequest) -> HttpResponse:
    """Who said yes to helping us, and what they ticked."""
    require(request.member, Right.LENDING)
    require(request.member, Right.SEE_PEOPLE)
    forgetting.forget_what_must_go(request.campaign, by=request.member.actor)
    helpers = queries.helpers_of(request.campaign)
    if helpers:
        audit(request.member.actor, "referral.look", subject="referred", count=len(helpers))
    rows = [
        (
            one,
            [
                (TICKED[name], one.referred.words[name])
                for name in TICKED
                if name in one.referred.words
            ],
        )
        for one in helpers
    ]
    return render(request, "lending/people.html", {"rows": rows})


@require_POST
def delete(request: CampaignRequest, referred_id: int) -> HttpResponse:
    """We are done with somebody's details before the last day."""
    require(request.member, Right.LENDING)
    require(request.member, Right.SEE_PEOPLE)
    referred = access.referred_for(request.campaign, referred_id)
    forgetting.forget(request.campaign, referred, by=request.member.actor)
    messages.success(
        request, _("Deleted. The receipt for the campaign that sent them lies ready here.")
    )
    return redirect("lending:home", slug=request.campaign.slug)
