"""What came in and needs an answer: who has it, until when, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, membership_in, require
from hustings.apps.accounts.roles import Right
from hustings.apps.statements import access, responding
from hustings.apps.statements.forms import HandOverForm, HourForm, HowForm, MatterForm

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def matter(request: CampaignRequest, matter_id: int) -> HttpResponse:
    """One matter, and what can be done about it."""
    require(request.member, Right.STATEMENTS)
    return _page(request, matter_id, {})


@require_POST
def do(request: CampaignRequest, matter_id: int, verb: str) -> HttpResponse:
    """One thing done about it."""
    require(request.member, Right.STATEMENTS)
    campaign, by = request.campaign, request.member.actor
    responding.standing_of(campaign, matter_id)
    forms = _forms(request, verb)
    form = forms.get(verb)
    if verb != "take" and form is None:
        raise NotHere
    if form is not None and not form.is_valid():
        return _page(request, matter_id, {verb: form}, status=422)
    said = form.cleaned_data if form is not None else {}
    if verb == "take":
        responding.take(campaign, matter_id, by=request.member)
    elif verb == "hand-over":
        to = membership_in(campaign, int(said["to"]))
        responding.hand_over(campaign, matter_id, to, by=by)
    elif verb == "move":
        responding.move(campaign, matter_id, said["due_at"], by=by)
    elif verb == "answered":
        responding.answer(campaign, matter_id, said["how"], by=by)
    else:
        responding.leave(campaign, matter_id, said["how"], by=by)
    messages.success(request, _("Written down."))
    return redirect("statements:matter", slug=campaign.slug, matter_id=matter_id)


@require_http_methods(["GET", "POST"])
def new_matter(request: CampaignRequest) -> HttpResponse:
    """Something came in by telephone, in a paper, at the door."""
    require(request.member, Right.STATEMENTS)
    form = MatterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = responding.open_matter(
            request.campaign, said["why"], said["words"], due_at=said["due_at"],
            by=request.member.actor,
        )  # fmt: skip
        messages.success(request, _("Written down. The clock runs; somebody has to take it."))
        return redirect("statements:matter", slug=request.campaign.slug, matter_id=made.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "statements/new_matter.html", {"form": form}, status=status)


def _forms(request: CampaignRequest, verb: str = "") -> dict[str, Form]:
    def sent(one: str) -> Any:
        return request.POST if one == verb else None

    return {
        "hand-over": HandOverForm(sent("hand-over"), member=request.member, prefix="to"),
        "move": HourForm(sent("move"), prefix="hour"),
        "answered": HowForm(sent("answered"), prefix="answered"),
        "left": HowForm(sent("left"), prefix="left"),
    }


def _page(
    request: CampaignRequest, matter_id: int, forms: dict[str, Form], *, status: int = 200
) -> HttpResponse:
    campaign = request.campaign
    standing = responding.standing_of(campaign, matter_id)
    about = access.record_named(campaign, standing.matter.about)
    answer = standing.end.answer if standing.end else ""
    forms = _forms(request) | forms
    context = {
        "one": standing,
        "mine": standing.owner == request.member.pk,
        "about": about if about is not None and about.kind in PAGES else None,
        "draft": access.record_named(campaign, standing.matter.draft),
        "answer": access.record_named(campaign, answer),
        "hand_over": forms["hand-over"],
        "move": forms["move"],
        "answered": forms["answered"],
        "left": forms["left"],
    }
    return render(request, "statements/matter.html", context, status=status)


PAGES = frozenset({"statement", "report", "claim", "expectation"})
"""Kinds of records that have a page of their own."""
