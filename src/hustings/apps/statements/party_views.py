"""Whom we exchange a word with: meeting them, taking their word in, and all that stands between us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.statements import access, parties, queries, receiving, told
from hustings.apps.statements.answering import answer_of
from hustings.apps.statements.forms import (
    MOST_BYTES,
    BundleForm,
    ClaimForm,
    HopeForm,
    MeetForm,
    PartyForm,
    WordForm,
)
from hustings.apps.statements.models import Refusal
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.core.ledger.spoken import words_of_both

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.forms import BaseForm
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.models import Party


@require_GET
def between(request: CampaignRequest, party_id: int) -> HttpResponse:
    """Everything between us and them, each word in the colour of how well it is known."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    party = access.party_for(campaign, party_id)
    ledger = ledger_of(campaign)
    answer = answer_of(ledger, party)
    context = {
        "party": party,
        "answer": answer,
        "words": queries.between(ledger, party),
        "held": answer.held,
        "known": answer.known,
        "search": queries.log_search(campaign, party) if party.has_node else None,
        "met": answer.met,
        "meeting": party.meetings.order_by("-id").first(),
        "now": ledger.now,
    }
    return render(request, "statements/between.html", context)


@require_http_methods(["GET", "POST"])
def new_party(request: CampaignRequest) -> HttpResponse:
    """Somebody new: their card, or their name and a telephone number."""
    require(request.member, Right.STATEMENTS)
    campaign, by = request.campaign, request.member.actor
    form = PartyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["card"]:
            text = _text_of(said["card"])
            party = parties.add_by_card(campaign, text, telephone=said["telephone"], by=by)
            return redirect("statements:meet", slug=campaign.slug, party_id=party.pk)
        party = parties.add_by_name(campaign, said["name"], telephone=said["telephone"], by=by)
        return redirect("statements:between", slug=campaign.slug, party_id=party.pk)
    return _form_page(request, "statements/new_party.html", form)


@require_http_methods(["GET", "POST"])
def meet(request: CampaignRequest, party_id: int) -> HttpResponse:
    """The eight words, to be read over the telephone."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    party = access.party_for(campaign, party_id)
    us = access.node_for(campaign).name
    form = MeetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        parties.meet(
            campaign, party, read_with=form.cleaned_data["read_with"], by=request.member.actor
        )
        messages.success(
            request, _("You have met %(name)s; their word can be taken in.") % {"name": party.name}
        )
        return redirect("statements:between", slug=campaign.slug, party_id=party.pk)
    words = words_of_both(us, party.code) if party.has_node else []
    return _form_page(request, "statements/meet.html", form, party=party, words=words)


@require_http_methods(["GET", "POST"])
def receive(request: CampaignRequest) -> HttpResponse:
    """Their word, as the file they sent."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    form = BundleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        text = _text_of(said["file"]) if said["file"] else _with_line_ends(said["text"])
        outcome = receiving.receive(campaign, text, by=request.member.actor)
        if isinstance(outcome, Refusal):
            messages.error(
                request, _("Refused, and kept as evidence: %(why)s") % {"why": outcome.reason}
            )
            return redirect("statements:receive", slug=campaign.slug)
        messages.success(request, _("The proof holds. It is theirs, word for word."))
        if outcome.kind in ("statement", "claim", "expectation"):
            return redirect("statements:record", slug=campaign.slug, record_id=outcome.pk)
        return redirect("statements:desk", slug=campaign.slug)
    return _form_page(request, "statements/receive.html", form, refused=queries.refused(campaign))


@require_http_methods(["GET", "POST"])
def claim(request: CampaignRequest, party_id: int) -> HttpResponse:
    """What was said in public about a word of the other side."""
    require(request.member, Right.STATEMENTS)
    party = access.party_for(request.campaign, party_id)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told.claim(
            request.campaign,
            party,
            kind=said["kind"],
            quote=said["quote"],
            when=said["when"],
            ours=said["ours"] == "yes",
            where=said["where"],
            told_by=said["told_by"],
            by=request.member.actor,
        )
        return _back(request, party, _("Written down as a claim: no message is on record for it."))
    return _form_page(request, "statements/claim.html", form, party=party)


@require_http_methods(["GET", "POST"])
def hope(request: CampaignRequest, party_id: int) -> HttpResponse:
    """What is hoped for from them."""
    require(request.member, Right.STATEMENTS)
    party = access.party_for(request.campaign, party_id)
    form = HopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told.hope(
            request.campaign,
            party,
            kind=said["kind"],
            quote=said["quote"],
            due=said["due"],
            by=request.member.actor,
        )
        return _back(
            request, party, _("Written down as a hope; it is kept out of everything else.")
        )
    return _form_page(request, "statements/hope.html", form, party=party)


@require_http_methods(["GET", "POST"])
def word(request: CampaignRequest, party_id: int) -> HttpResponse:
    """A statement of theirs that they did not sign, and how we know of it."""
    require(request.member, Right.STATEMENTS)
    party = access.party_for(request.campaign, party_id)
    form = WordForm(request.POST or None, member=request.member, party=party)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told.word_of(
            request.campaign,
            party,
            kind=said["kind"],
            body=said["body"],
            when=said["when"],
            evidence=said["evidence"],
            source=said["source"],
            call=form.call(),
            by=request.member.actor,
        )
        return _back(request, party, _("Written down, with how we know of it."))
    return _form_page(request, "statements/word.html", form, party=party)


def _form_page(
    request: CampaignRequest, template: str, form: BaseForm, **context: Any
) -> HttpResponse:
    access.node_for(request.campaign)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _back(request: CampaignRequest, party: Party, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("statements:between", slug=request.campaign.slug, party_id=party.pk)


def _text_of(file: UploadedFile[Any]) -> str:
    """A file's text; line ends of another system are forgiven, as when a file is read from disk."""
    if (file.size or 0) > 4 * MOST_BYTES:
        raise BadInput("This file is larger than any bundle; it is none.")
    try:
        return _with_line_ends(file.read().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Byte {error.start + 1} is not UTF-8, so this is no file of ours as it was made."
        ) from error


def _with_line_ends(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"
