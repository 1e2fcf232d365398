"""
Where a statement stands: every text that holds it, what each shows now, and every copy on paper.

With it what is kept as evidence: the proof as one code for print, and texts that were refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.statements import access, publishing, queries
from hustings.apps.statements.embedding import places_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.responding import standings
from hustings.apps.statements.views import as_file
from hustings.formats.leaflet_pdf import proof_qr

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def where(request: CampaignRequest, record_id: int) -> HttpResponse:
    """All of it, asked anew."""
    require(request.member, Right.STATEMENTS)
    campaign = request.campaign
    row = access.record_for(campaign, record_id, "statement", "report", "claim")
    ledger = ledger_of(campaign)
    matters = standings(campaign, about=row.name)
    ready = next((one.matter.draft for one in matters if one.matter.draft), "")
    context = {
        "row": row,
        "word": queries.word_for(ledger, row),
        "party": queries.party_of(ledger, row),
        "places": places_of(campaign, ledger, row),
        "correction": ledger.rows.get(ready),
        "matters": matters,
        "now": ledger.now,
    }
    return render(request, "statements/where.html", context)


@require_GET
def code_of_proof(request: CampaignRequest, record_id: int) -> HttpResponse:
    """The record with its whole proof as one QR code, for a press release or a leaflet."""
    require(request.member, Right.STATEMENTS)
    row = access.record_for(request.campaign, record_id)
    text = publishing.bundle_for_a_code(row)
    audit(request.member.actor, "bundle.download", subject="record", subject_id=row.pk)
    return HttpResponse(proof_qr(text), content_type="image/svg+xml")


@require_GET
def refusal(request: CampaignRequest, refusal_id: int) -> HttpResponse:
    """A text that was refused, and why; with ``?as=file`` to take away."""
    require(request.member, Right.STATEMENTS)
    found = access.refusal_for(request.campaign, refusal_id)
    if request.GET.get("as") == "file":
        audit(request.member.actor, "refusal.download", subject="refusal", subject_id=found.pk)
        return as_file(found.text, f"refused-{found.pk}.txt")
    return render(request, "statements/refusal.html", {"one": found})
