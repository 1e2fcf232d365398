"""A confirmed excerpt, and the timeline on which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.clippings import access, carrying, confirming, queries
from hustings.apps.clippings.confirming import US
from hustings.apps.clippings.filling import Filling
from hustings.apps.clippings.forms import CarryForm
from hustings.apps.clippings.timeline import timeline as timeline_of
from hustings.apps.statements.models import Party
from hustings.apps.statements.reading import ledger_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_http_methods(["GET", "POST"])
def excerpt(request: CampaignRequest, excerpt_id: int) -> HttpResponse:
    """The words, where they stand, who confirmed them, and what they are taken to be."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.excerpt_for(campaign, excerpt_id)
    every = queries.clippings_of(campaign, also_taken_back=True)
    clipping = next(one for one in every if one.excerpt.pk == row.pk)
    sent = request.POST if request.method == "POST" else None
    filling = Filling(campaign, known=[one for one in every if one.taken_back is None])
    form = filling.of_clipping(clipping, sent)
    if sent is not None and form.is_valid():
        confirming.say_anew(campaign, row, form.taken(), by=request.member.actor)
        messages.success(request, _("Said anew; what was said before stays in the history."))
        return redirect("clippings:excerpt", slug=campaign.slug, excerpt_id=row.pk)
    parties = [side for side in sorted(clipping.sides, key=str) if isinstance(side, Party)]
    context = {
        "clipping": clipping,
        "form": form,
        "carry": CarryForm(initial={"kind": carrying.weakest(clipping.meaning.kind)}),
        "may_carry": filling.may_carry,
        "history": clipping.history,
        "parties": parties,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "clippings/excerpt.html", context, status=status)


@require_POST
def take_back(request: CampaignRequest, excerpt_id: int) -> HttpResponse:
    """Undo a confirmation."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.excerpt_for(campaign, excerpt_id)
    confirming.take_back(campaign, row, by=request.member.actor)
    messages.success(request, _("Taken back: it stands on no timeline any more."))
    return redirect("clippings:excerpt", slug=campaign.slug, excerpt_id=row.pk)


@require_POST
def carry(request: CampaignRequest, excerpt_id: int) -> HttpResponse:
    """The excerpt becomes a record of the press desk."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.excerpt_for(campaign, excerpt_id)
    clipping = queries.clipping_of(campaign, row)
    form = CarryForm(request.POST)
    kind = form.cleaned_data["kind"] if form.is_valid() else carrying.weakest(clipping.meaning.kind)
    carrying.carry(campaign, clipping, kind, by=request.member.actor)
    messages.success(request, _("It is on the press desk, as published and not confirmed to us."))
    return redirect("clippings:excerpt", slug=campaign.slug, excerpt_id=row.pk)


@require_GET
def timeline(
    request: CampaignRequest, party_id: int | None = None, other_id: int | None = None
) -> HttpResponse:
    """Who has said what about whom: between us and a party, between two parties, or of us alone."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    ledger = ledger_of(campaign)
    parties = {party.pk: party for party in ledger.parties}
    if not {party_id, other_id} - {None} <= parties.keys():
        raise NotHere
    one, other = parties.get(party_id or 0), parties.get(other_id or 0)
    if other is not None and other == one:
        raise NotHere
    entries = timeline_of(campaign, ledger, other or US, one or US)
    context = {
        "party": one,
        "other": other,
        "entries": entries,
        "others": [party for party in ledger.parties if party not in (one, other)],
        "clippings": sum(entry.clipping is not None for entry in entries),
    }
    return render(request, "clippings/timeline.html", context)
