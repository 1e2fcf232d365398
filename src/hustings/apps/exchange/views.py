"""The room: whom we exchange with, what waits, and the same by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.exchange import access, queries
from hustings.apps.exchange.addresses import enter_address
from hustings.apps.exchange.again import try_again
from hustings.apps.exchange.alarms import Alarming, as_evidence
from hustings.apps.exchange.calling import NotAllowedToCall
from hustings.apps.exchange.files import give_file, take_file
from hustings.apps.exchange.forms import AddressForm, FileForm
from hustings.apps.exchange.glancing import glances_at
from hustings.apps.exchange.sending import NotNow, ask_to_send
from hustings.apps.statements.access import record_for
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.models import Party
    from hustings.apps.statements.reading import Ledger


@require_GET
def peers(request: CampaignRequest) -> HttpResponse:
    """Each peer in a few words; who needs a person stands first."""
    require(request.member, Right.STATEMENTS)
    ledger = ledger_of(request.campaign)
    context = {
        "node": ledger.us,
        "cards": queries.cards_of(request.campaign, ledger) if ledger.us else [],
        "unmet": queries.unmet(ledger),
    }
    return render(request, "exchange/peers.html", context)


@require_GET
def peer(request: CampaignRequest, party_id: int) -> HttpResponse:
    """One peer: what went, what waits, what was refused, what it showed that cannot both be true."""
    require(request.member, Right.STATEMENTS)
    ledger = ledger_of(request.campaign)
    return _peer_page(request, ledger, _met_in(ledger, party_id))


def _peer_page(
    request: CampaignRequest,
    ledger: Ledger,
    party: Party,
    form: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    glance = glances_at(request.campaign, [party])[party.pk]
    context = {
        "card": queries.card_of(ledger, glance),
        "party": party,
        "sendings": queries.sendings_to(ledger, glance),
        "refused": queries.refused_of(party),
        "contacts": access.contacts_with(party)[:10],
        "form": form or AddressForm(initial={"address": glance.address}),
    }
    return render(request, "exchange/peer.html", context, status=status)


@require_POST
def address(request: CampaignRequest, party_id: int) -> HttpResponse:
    """Where they are called."""
    require(request.member, Right.STATEMENTS)
    party = _met(request, party_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            row = enter_address(
                request.campaign, party, form.cleaned_data["address"], by=request.member.actor
            )
        except (NotAllowedToCall, BadInput) as error:
            form.add_error("address", str(error))
        else:
            messages.success(
                request,
                _("They are called there from now on.")
                if row.address
                else _("They are not called any more."),
            )
            return redirect("exchange:peer", slug=request.campaign.slug, party_id=party.pk)
    return _peer_page(request, ledger_of(request.campaign), party, form, status=422)


@require_POST
def send(request: CampaignRequest, party_id: int) -> HttpResponse:
    """Call them now."""
    require(request.member, Right.STATEMENTS)
    party = _met(request, party_id)
    if not access.address_of(party):
        raise NotNow(_("Nobody entered where they are called; give and take files instead."))
    ask_to_send(party, by=request.member.actor)
    messages.success(request, _("They are being called. What came of it stands here in a moment."))
    return redirect("exchange:peer", slug=request.campaign.slug, party_id=party.pk)


@require_POST
def again(request: CampaignRequest, party_id: int, record_id: int) -> HttpResponse:
    """Try once more what they refused."""
    require(request.member, Right.STATEMENTS)
    party, row = _met(request, party_id), record_for(request.campaign, record_id)
    try_again(request.campaign, party, row, by=request.member.actor)
    messages.success(request, _("It waits for them again."))
    return redirect("exchange:peer", slug=request.campaign.slug, party_id=party.pk)


@require_GET
def give(request: CampaignRequest, party_id: int) -> HttpResponse:
    """The file for them."""
    require(request.member, Right.STATEMENTS)
    ledger = ledger_of(request.campaign)
    party = _met_in(ledger, party_id)
    text = give_file(request.campaign, party, by=request.member.actor, ledger=ledger)
    return _as_file(text, "application/json", f"{request.campaign.slug}-{party.pk}.parcel.json")


@require_http_methods(["GET", "POST"])
def take(request: CampaignRequest) -> HttpResponse:
    """A file that they sent."""
    require(request.member, Right.STATEMENTS)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return render(request, "exchange/take.html", {"form": form})
    if form.is_valid():
        try:
            party, outcome = take_file(
                request.campaign, form.cleaned_data["file"].read(), by=request.member.actor
            )
        except Alarming as alarm:
            messages.error(request, _("Refused, and kept as evidence: %(why)s") % {"why": alarm})
            return redirect("exchange:peers", slug=request.campaign.slug)
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            words = ngettext(
                "%(n)s new word of %(name)s.", "%(n)s new words of %(name)s.", outcome.new
            )
            messages.success(request, words % {"n": outcome.new, "name": party.name})
            for sentence in outcome.refused:
                messages.error(request, sentence)
            return redirect("exchange:peer", slug=request.campaign.slug, party_id=party.pk)
    return render(request, "exchange/take.html", {"form": form}, status=422)


@require_GET
def evidence(request: CampaignRequest, party_id: int, alarm_id: int) -> HttpResponse:
    """Both heads of an alarm as a file, for whoever asks to see them."""
    require(request.member, Right.STATEMENTS)
    alarm = access.alarms_about(_met(request, party_id)).filter(pk=alarm_id).first()
    if alarm is None:
        raise NotHere
    audit(request.member.actor, "peer.evidence", subject="alarm", subject_id=alarm.pk)
    return _as_file(as_evidence(alarm), "text/plain; charset=utf-8", f"evidence-{alarm.pk}.txt")


def _met(request: CampaignRequest, party_id: int) -> Party:
    return _one_of(access.peers_of(request.campaign), party_id)


def _met_in(ledger: Ledger, party_id: int) -> Party:
    return _one_of(queries.peers_in(ledger), party_id)


def _one_of(peers: list[Party], party_id: int) -> Party:
    found = next((party for party in peers if party.pk == party_id), None)
    if found is None:
        raise NotHere
    return found


def _as_file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
