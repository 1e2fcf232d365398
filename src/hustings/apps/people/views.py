"""Looking people up; every look is a line in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.people import access, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def search(request: CampaignRequest) -> HttpResponse:
    """People by name, address or elector number."""
    require(request.member, Right.SEE_PEOPLE)
    text = request.GET.get("q", "").strip()[:100]
    people = queries.find_people(request.campaign, text) if text else []
    if people:
        record(request.member.actor, "person.search", subject="person", count=len(people))
    return render(
        request,
        "people/search.html",
        {
            "q": text,
            "people": people,
            "full": len(people) == queries.MOST,
            "may_erase": request.member.may(Right.ERASE),
        },
    )


@require_GET
def person(request: CampaignRequest, person_id: int) -> HttpResponse:
    """One person: how to reach them, what they agreed to, who lives there, what other rooms know."""
    require(request.member, Right.SEE_PEOPLE)
    found = access.person_for(request.campaign, person_id)
    record(request.member.actor, "person.look", subject="person", subject_id=found.pk)
    card = queries.card_of(found)
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "contact_points": card.points,
            "consents": card.consents,
            "refusals": card.refusals,
            "others": card.others,
            "sections": queries.sections_about(found),
            "may_erase": request.member.may(Right.ERASE),
        },
    )
