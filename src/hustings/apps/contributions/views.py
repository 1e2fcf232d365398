"""Help and gifts: who comes, who is lent, on which terms, and what the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.contributions import access, deciding, gifts, judging, queries
from hustings.apps.contributions.forms import HelpForm
from hustings.apps.contributions.models import Noted
from hustings.apps.statements.queries import parties_of
from hustings.core.errors import BadInput
from hustings.core.law import MayNotOverride

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contributions.queries import Standing


@require_GET
def everything(request: CampaignRequest) -> HttpResponse:
    """Volunteers from elsewhere, people who are lent, and gifts, each by itself."""
    require(request.member, Right.CONTRIBUTIONS)
    found = queries.all_help(request.campaign)
    return render(
        request,
        "contributions/list.html",
        {
            "volunteers": [one for one in found if not one.is_lent],
            "lent": [one for one in found if one.is_lent],
            "gifts": gifts.all_gifts(request.campaign),
            "spending": gifts.all_spending(request.campaign),
        },
    )


@require_http_methods(["GET", "POST"])
def new_help(request: CampaignRequest) -> HttpResponse:
    """Write down who comes, or who is sent, and who pays."""
    require(request.member, Right.CONTRIBUTIONS)
    form = HelpForm(
        request.POST or None,
        parties=parties_of(request.campaign),
        initial={"work_country": request.campaign.country},
    )
    return _write_down(request, form, None)


@require_http_methods(["GET", "POST"])
def change_help(request: CampaignRequest, help_id: int) -> HttpResponse:
    """Other terms for the same help; what was agreed is agreed anew."""
    require(request.member, Right.CONTRIBUTIONS)
    standing = queries.standing_of(access.terms_for(request.campaign, help_id))
    form = HelpForm(
        request.POST or None,
        parties=parties_of(request.campaign),
        payments=standing.payments,
        initial={
            name: getattr(standing.terms, "party_id" if name == "party" else name)
            for name in HelpForm.Meta.fields
        },
    )
    return _write_down(request, form, standing)


def _write_down(
    request: CampaignRequest, form: HelpForm, standing: Standing | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            terms = deciding.propose(
                request.campaign, form.values, form.paid, by=request.member.actor,
                help_id=standing.terms.help_id if standing else None,
            )  # fmt: skip
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            return redirect("contributions:help", slug=request.campaign.slug, help_id=terms.help_id)
    return render(
        request,
        "contributions/help_form.html",
        {"form": form, "standing": standing},
        status=422 if form.errors else 200,
    )


@require_GET
def one_help(request: CampaignRequest, help_id: int) -> HttpResponse:
    """The terms, who pays, what the rules say, and what was decided."""
    require(request.member, Right.CONTRIBUTIONS)
    return _help_page(request, help_id)


def _help_page(
    request: CampaignRequest, help_id: int, *, error: str = "", status: int = 200
) -> HttpResponse:
    terms = access.terms_for(request.campaign, help_id)
    standing, earlier = queries.with_earlier(terms)
    return render(
        request,
        "contributions/help.html",
        {
            "standing": standing,
            "terms": terms,
            "rulings": [(point, request.member.role in point.roles) for point in standing.points],
            "stuck": any(request.member.role not in point.roles for point in standing.stopping),
            "noted": Noted.objects.of(request.campaign).filter(terms=terms).order_by("pk"),
            "earlier": earlier,
            "error": error,
        },
        status=status,
    )


@require_POST
def decide(request: CampaignRequest, help_id: int) -> HttpResponse:
    """Agree to the latest terms, refuse them, or end what was agreed."""
    require(request.member, Right.CONTRIBUTIONS)
    access.terms_for(request.campaign, help_id)
    reasons = {key: str(value) for key, value in request.POST.items() if key.startswith("reason-")}
    try:
        made = deciding.decide(
            request.campaign, help_id, request.POST.get("kind", ""), by=request.member,
            why=request.POST.get("why", "")[:500], reasons=reasons,
        )  # fmt: skip
    except (judging.LawSaysNo, MayNotOverride, BadInput) as error:
        return _help_page(request, help_id, error=str(error), status=422)
    messages.success(request, _("Written down: %(what)s.") % {"what": made.get_kind_display()})
    return redirect("contributions:help", slug=request.campaign.slug, help_id=help_id)
