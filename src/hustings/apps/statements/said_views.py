"""One record: approving and signing, accepting and announcing, asking, answering and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.statements import access, drafting, queries, receiving, salting, told
from hustings.apps.statements.embedding import judged
from hustings.apps.statements.forms import AnnounceForm, AnswerForm, RespondForm, RetractForm
from hustings.apps.statements.proving import bundle_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.views import as_file
from hustings.apps.statements.wording import ALL_KINDS
from hustings.core.ledger.embedded import token
from hustings.formats.pack_pdf import qr_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django_stubs_ext import StrPromise

    from hustings.apps.accounts.models import Membership
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record


@require_GET
def record_page(request: CampaignRequest, record_id: int) -> HttpResponse:
    """A draft with its approvals, or a word with all that was said of it and its proof."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id)
    ledger = ledger_of(campaign)
    if row.kind == "draft":
        found = [one for one in queries.drafts_of(ledger, request.member) if one.row.pk == row.pk]
        if not found:
            raise NotHere
        sent = [one for one in ledger.heard("statement") if one.said.get("draft") == row.name]
        context = {
            "draft": found[0],
            "kind": ALL_KINDS[row.said["kind"]],
            "sent": ledger.rows[sent[0].name] if sent else None,
            "party": queries.party_of(ledger, row),
        }
        return render(request, "statements/draft_page.html", context)
    word = queries.word_for(ledger, row)
    if word is None:
        raise NotHere
    behind = queries.behind(campaign, row)
    if behind:
        audit(request.member.actor, "word.look", subject="record", subject_id=row.pk)
    ours = row.kind == "statement" and row.issuer == ledger.us
    address = _public_address(campaign, row) if ours and row.said["public"] else ""
    context = {
        "word": word,
        "row": row,
        "said": row.said["record"] if row.kind == "report" else row.said,
        "report": row.said if row.kind == "report" else None,
        "party": queries.party_of(ledger, row),
        "behind": behind,
        "bundle": row.pk in ledger.places,
        "address": address,
        "qr": qr_data(address) if address else "",
        "token": token(row.name) if judged(campaign, ledger, row.name).stands else "",
        "theirs": word.row.issuer != ledger.us or row.kind == "report",
    }
    return render(request, "statements/record.html", context)


def _public_address(campaign: Campaign, row: Record) -> str:
    path = reverse("public:statement", kwargs={"slug": campaign.slug, "name": row.name})
    return f"{settings.SITE_URL}{path}"


@require_GET
def bundle(request: CampaignRequest, record_id: int) -> HttpResponse:
    """The record with its proof, for whoever wants to verify it or take it in."""
    require(request.member, Right.STATEMENTS)
    row = access.record_for(request.campaign, record_id)
    text = bundle_of(row)
    audit(request.member.actor, "bundle.download", subject="record", subject_id=row.pk)
    return as_file(text, f"{row.kind}-{row.name[:16]}.bundle")


def _withdraw(campaign: Campaign, row: Record, member: Membership) -> None:
    drafting.draft(
        campaign, kind="withdrawal", body=_("We withdraw this statement."), to=row.said["to"],
        public=row.said["public"], replaces=row.name, by=member,
    )  # fmt: skip


VERBS: dict[str, tuple[str, Callable[[Campaign, Record, Membership], object], StrPromise]] = {
    "approve": (
        "draft",
        lambda campaign, row, member: drafting.approve(campaign, row, by=member),
        gettext_lazy("Approved."),
    ),
    "sign": (
        "draft",
        lambda campaign, row, member: drafting.sign(campaign, row, by=member.actor),
        gettext_lazy("Signed, and in our log for good."),
    ),
    "sign-later": (
        "draft",
        lambda campaign, row, member: drafting.sign_later(campaign, row, by=member.actor),
        gettext_lazy("It will be signed in ten minutes; until then it can be stopped."),
    ),
    "stop": (
        "draft",
        lambda campaign, row, member: drafting.stop(campaign, row, by=member.actor),
        gettext_lazy("Stopped. It is not signed."),
    ),
    "accept": (
        "statement",
        lambda campaign, row, member: receiving.decide(campaign, row, accept=True, by=member.actor),
        gettext_lazy("Accepted. It can be announced now, word for word."),
    ),
    "decline": (
        "statement",
        lambda campaign, row, member: receiving.decide(
            campaign, row, accept=False, by=member.actor
        ),
        gettext_lazy("Declined. They are told so by a receipt."),
    ),
    "withdraw": (
        "statement",
        _withdraw,
        gettext_lazy("A withdrawal is written down; two others have to approve it."),
    ),
    "forget": (
        "claim report",
        lambda campaign, row, member: salting.forget(campaign, row, by=member.actor),
        gettext_lazy("Forgotten. The record and its proof stay as they are."),
    ),
    "ask": (
        "claim",
        lambda campaign, row, member: told.ask(campaign, row, by=member.actor),
        gettext_lazy("The question is signed. Send them its file, and the claim’s."),
    ),
}


@require_POST
def verb(request: CampaignRequest, record_id: int, verb: str) -> HttpResponse:
    """One verb, one record."""
    require(request.member, Right.STATEMENTS)
    if verb not in VERBS:
        raise NotHere
    kinds, act, words = VERBS[verb]
    row = access.record_for(request.campaign, record_id, *kinds.split())
    act(request.campaign, row, request.member)
    messages.success(request, words)
    if verb == "withdraw":
        return redirect("statements:desk", slug=request.campaign.slug)
    return redirect("statements:record", slug=request.campaign.slug, record_id=row.pk)


@require_http_methods(["GET", "POST"])
def announce(request: CampaignRequest, record_id: int) -> HttpResponse:
    """Say in public that they said so; where that is refused, the page says why and what can be done."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id, "statement", "report", "claim", "expectation")
    said = row.said["record"] if row.kind == "report" else row.said
    form = AnnounceForm(
        request.POST or None,
        initial={"quote": said.get("body", said.get("quote", "")), "kind": said.get("kind", "")},
    )
    ledger = ledger_of(campaign)
    party = queries.party_of(ledger, row)
    refused = None
    if request.method == "POST" and form.is_valid() and party is not None:
        try:
            receiving.announce(
                campaign,
                by_party=party.code,
                kind=form.cleaned_data["kind"],
                quote=form.cleaned_data["quote"],
                of=row.name,
                by=request.member.actor,
            )
        except receiving.NotToBeAnnounced as error:
            refused = error.permission
        else:
            messages.success(request, _("Announced: it is on our public page, with their proof."))
            return redirect("statements:record", slug=campaign.slug, record_id=row.pk)
    context = {"form": form, "row": row, "party": party, "refused": refused}
    return render(
        request, "statements/announce.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
def call_sheet(request: CampaignRequest, record_id: int) -> HttpResponse:
    """What to ask on the telephone, and what they answered."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id, "claim", "report", "statement")
    ledger = ledger_of(campaign)
    party = queries.party_of(ledger, row)
    word = queries.word_for(ledger, row)
    if party is None or word is None or (row.kind == "statement" and row.issuer == ledger.us):
        raise NotHere
    initial = {"evidence": "called_back", "source": _("telephone")}
    form = AnswerForm(request.POST or None, initial=initial, member=request.member, party=party)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told.answer_of(
            campaign,
            party,
            row,
            decision=said["decision"],
            text=said["text"],
            authority=said["authority"],
            when=said["when"],
            evidence=said["evidence"],
            source=said["source"],
            call=form.call(),
            by=request.member.actor,
        )
        messages.success(request, _("Written down as theirs."))
        return redirect("statements:between", slug=campaign.slug, party_id=party.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "row": row, "word": word, "party": party, "now": ledger.now}
    return render(request, "statements/call.html", context, status=status)


@require_http_methods(["GET", "POST"])
def respond(request: CampaignRequest, record_id: int) -> HttpResponse:
    """Our signed answer to what is claimed of us."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id, "claim")
    form = RespondForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told.respond(
            campaign,
            row,
            decision=form.cleaned_data["decision"],
            text=form.cleaned_data["text"],
            authority="press_office",
            by=request.member.actor,
        )
        messages.success(request, _("Signed. Send them the file of our answer."))
        return redirect("statements:record", slug=campaign.slug, record_id=row.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "row": row, "said": row.said}
    return render(request, "statements/respond.html", context, status=status)


@require_http_methods(["GET", "POST"])
def retract(request: CampaignRequest, record_id: int) -> HttpResponse:
    """Taking back a claim of ours, with the reason."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id, "claim")
    form = RetractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told.retract(campaign, row, reason=form.cleaned_data["reason"], by=request.member.actor)
        messages.success(request, _("Withdrawn. A correction for the public can be drafted here."))
        return redirect("statements:record", slug=campaign.slug, record_id=row.pk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "row": row, "said": row.said}
    return render(request, "statements/retract.html", context, status=status)
