"""Erasing a person, and the list of who was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.erasure import access, actions, queries
from hustings.apps.erasure.forms import EraseForm
from hustings.apps.people.access import person_for
from hustings.apps.people.queries import erasure_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: CampaignRequest, person_id: int) -> HttpResponse:
    """What will go and what stays, and why; then it goes."""
    require(request.member, Right.ERASE)
    campaign, by = request.campaign, request.member.actor
    before = erasure_of(campaign, person_id)
    if before is not None:
        return render(request, "erasure/already.html", {"erasure": before}, status=410)
    person = person_for(campaign, person_id)
    members, phones = access.may_be(person)
    members = [one for one in members if one.pk != request.member.pk]
    form = EraseForm(request.POST or None, members=members, phones=phones)
    if request.method == "POST" and form.is_valid():
        actions.erase_person(
            campaign,
            person_id,
            request=form.cleaned_data["request"],
            members=form.cleaned_data.get("members", []),
            phones=form.cleaned_data.get("phones", []),
            by=by,
        )
        messages.success(request, _("Person %(number)s was erased.") % {"number": person_id})
        return redirect("erasure:list", slug=campaign.slug)
    would_go = actions.foresee(campaign, person_id, by=by)
    record(by, "person.look", subject="person", subject_id=person_id)
    return render(
        request,
        "erasure/erase.html",
        {
            "person": person,
            "form": form,
            "would_go": queries.in_words(would_go.rows),
            "files": len(would_go.files),
            "on_paper": queries.on_paper(person),
        },
        status=422 if form.is_bound else 200,
    )


@require_GET
def erased(request: CampaignRequest) -> HttpResponse:
    """Who was erased: numbers, no names."""
    require(request.member, Right.ERASE)
    return render(request, "erasure/list.html", {"erased": queries.all_erased(request.campaign)})
