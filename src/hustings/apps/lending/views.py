"""What campaigns lend each other: the first page, taking a parcel in, and sending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.lending import forgetting, queries, sending, taking_in
from hustings.apps.lending.events import events_of
from hustings.apps.lending.forms import ParcelForm
from hustings.apps.lending.works import on_loan, works_of
from hustings.apps.statements.access import node_for, ours_for
from hustings.apps.statements.models import Refusal
from hustings.apps.statements.reading import ledger_of
from hustings.core.errors import BadInput
from hustings.formats.parcel import MOST_BYTES, read_parcel, write_parcel

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.statements.models import Record

WAITING = ("open", "withdrawn")
"""Offers that somebody still has to answer: the volunteer, or the other campaign with its receipt."""


@require_GET
def home(request: CampaignRequest) -> HttpResponse:
    """What waits for an answer, what came, and what we offered."""
    require(request.member, Right.LENDING)
    campaign = request.campaign
    forgetting.forget_what_must_go(campaign, by=request.member.actor)
    ledger = ledger_of(campaign)
    if not ledger.us:
        return render(
            request, "lending/no_keys.html", {"may_make": request.member.may(Right.SETTINGS)}
        )
    offers = queries.offers_of(campaign, ledger)
    events = events_of(campaign, ledger)
    context = {
        "offers": [one for one in offers if one.state not in WAITING],
        "waiting": [one for one in offers if one.state in WAITING],
        "helpers": queries.count_helpers(campaign),
        "may_see": request.member.may(Right.SEE_PEOPLE),
        "events": events,
        "to_answer": [one for one in events if one.waits],
        "works": works_of(campaign, ledger),
        "on_loan": on_loan(campaign, ledger),
        "receipts": queries.receipts_to_send(ledger),
        "peers": [party for party in ledger.parties if party.code in ledger.met],
    }
    return render(request, "lending/home.html", context)


@require_http_methods(["GET", "POST"])
def take_in(request: CampaignRequest) -> HttpResponse:
    """A parcel that another campaign sent: verified before anything else."""
    require(request.member, Right.LENDING)
    node_for(request.campaign)
    form = ParcelForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise BadInput(_("This file is larger than any parcel."))
        parcel = read_parcel(sent.read())
        taken = taking_in.take_in(
            request.campaign, parcel.bundle, parcel.parts, by=request.member.actor
        )
        if isinstance(taken, Refusal):
            messages.error(
                request, _("Refused, and kept as evidence: %(why)s") % {"why": taken.reason}
            )
            return redirect("lending:take-in", slug=request.campaign.slug)
        messages.success(request, _taken(taken))
        return redirect("lending:home", slug=request.campaign.slug)
    status = 422 if form.is_bound else 200
    return render(request, "lending/take_in.html", {"form": form}, status=status)


def _taken(record: Record) -> str:
    return {
        "referral": _("The proof holds. Somebody said yes to helping you."),
        "retraction": _("The proof holds. Somebody took their yes back: their details are deleted here, and the receipt lies ready to be sent."),
        "release": _("The proof holds, and every file is the one they signed. It stands among playbooks and designs from others."),
        "event": _("The proof holds. It stands among the events."),
        "deletion": _("The proof holds. They deleted the details and signed that."),
    }.get(record.kind, _("The proof holds. It is theirs, word for word."))  # fmt: skip


@require_GET
def parcel(request: CampaignRequest, record_id: int) -> HttpResponse:
    """A record of ours with its proof and its files, as one file to send."""
    require(request.member, Right.LENDING)
    record = ours_for(request.campaign, record_id, *sending.KINDS)
    content = write_parcel(sending.parcel_of(record))
    audit(request.member.actor, "lending.send", subject="record", subject_id=record.pk)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{record.kind}-{record.name[:16]}.zip"'
    return response
