"""The levels of support and the parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.shades import shade_of
from hustings.apps.scripts import queries
from hustings.apps.scripts import scale as levels
from hustings.apps.scripts.answers_held import answers_by_code
from hustings.apps.scripts.forms import LevelsForm, as_typed, fresh_lines, levels_in
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest


@require_http_methods(["GET", "POST"])
def scale(request: CampaignRequest) -> HttpResponse:
    """What is asked for, in which order, and what is asked for no more."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    of = "parties" if _of(request) == "parties" else "scale"
    form = LevelsForm(
        request.POST or None, initial={"stores_opposition": campaign.stores_opposition}
    )
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            levels.save(
                campaign, of, levels_in(request.POST),
                support_as=of if request.POST.get("use") else "",
                stores_opposition=form.cleaned_data["stores_opposition"] if of == "scale" else None,
                seen=request.POST.get("seen", ""), by=request.member.actor,
            )  # fmt: skip
        except BadInput as error:
            trouble = error.message
            campaign.refresh_from_db()
        else:
            messages.success(request, _("Saved. What was recorded keeps its level and its words."))
            return redirect(f"{reverse('scripts:scale', kwargs={'slug': campaign.slug})}?of={of}")
    count = len(queries.all_levels(campaign, of))
    shades = [shade_of(nth, count) if of == "scale" else "" for nth in range(count)]
    there, retired = queries.level_lines(campaign, of, answers_by_code(campaign, of), shades)
    more = fresh_lines(2 if there else 3)
    if trouble:
        there, more, retired = as_typed(there, more, retired, request.POST)
    context = {
        "form": form,
        "seen": levels.mark_of(campaign, of),
        "of": of,
        "in_use": campaign.support_as == of,
        "scale_in_use": campaign.support_as == Campaign.SupportAs.SCALE,
        "levels": there,
        "more": more,
        "first_more": len(there),
        "retired": retired,
        "first_retired": len(there) + len(more),
        "trouble": trouble,
    }
    return render(request, "scripts/scale.html", context, status=422 if trouble else 200)


def _of(request: CampaignRequest) -> str:
    return request.POST.get("of", "") or request.GET.get("of", "") or request.campaign.support_as


@require_POST
def delete(request: CampaignRequest) -> HttpResponse:
    """Take a retired level that no answer holds away for good."""
    require(request.member, Right.SETTINGS)
    campaign = request.campaign
    of = "parties" if _of(request) == "parties" else "scale"
    try:
        levels.delete(campaign, of, request.POST.get("code", ""), by=request.member.actor)
    except BadInput as error:
        messages.error(request, error.message)
    return redirect(f"{reverse('scripts:scale', kwargs={'slug': campaign.slug})}?of={of}")
