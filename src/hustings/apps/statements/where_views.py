"""Where a statement stands: every text that holds it, what each shows now, and every copy on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.statements import access, queries
from hustings.apps.statements.embedding import places_of
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.responding import standings

if TYPE_CHECKING:
    from django.http import HttpResponse

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
        "party": queries.party_of(campaign, ledger, row),
        "places": places_of(campaign, row),
        "correction": access.record_named(campaign, ready) if ready else None,
        "matters": matters,
        "now": ledger.now,
    }
    return render(request, "statements/where.html", context)
