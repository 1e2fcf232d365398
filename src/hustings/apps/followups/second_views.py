"""Going there again: the second knock of the same evening, and the cards that are left where nobody is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.followups import cards as calling
from hustings.apps.followups import second_knock
from hustings.apps.materials.sheets import imprint_of
from hustings.apps.outings.access import action_for
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest

A_PAGE = 8
"""Cards on one sheet of A4: two beside each other, four below each other."""
MOST_CARDS = 800


class CardForm(forms.Form):
    """How many, and what stands on them besides."""

    copies = forms.IntegerField(
        label=gettext_lazy("How many cards"), min_value=1, max_value=MOST_CARDS, initial=A_PAGE * 5
    )
    words = forms.CharField(
        label=gettext_lazy("What you would like to say"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("In a sentence; it stands below “Sorry we missed you”."),
    )
    reach = forms.CharField(
        label=gettext_lazy("How people reach you"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("A telephone number, an address of e-mail or of a page."),
    )


@require_POST
def knock_again(request: CampaignRequest, action_id: int) -> HttpResponse:
    """One tap makes a walk of the doors where nobody was in."""
    require(request.member, Right.HAND_OUT)
    slug = request.campaign.slug
    action = action_for(request.campaign, action_id)
    try:
        turf = second_knock.knock_again(request.campaign, action.pk, by=request.member.actor)
    except HustingsError as error:
        messages.warning(request, str(error))
        return redirect("today:today", slug=slug)
    said = ngettext(
        "A walk of %(n)d door where nobody was in. Hand it out.",
        "A walk of %(n)d doors where nobody was in. Hand it out.",
        turf.door_count,
    )
    messages.success(request, said % {"n": turf.door_count})
    return redirect("outings:walk", slug=slug, turf_id=turf.pk)


@require_GET
def cards(request: CampaignRequest) -> HttpResponse:
    """How many cards were left where, and a form to print more."""
    require(request.member, Right.HAND_OUT)
    return render(
        request,
        "followups/cards.html",
        {
            "form": CardForm(),
            "imprint": imprint_of(request.campaign),
            "left": calling.left_by_walk(request.campaign),
            "may_see_materials": request.member.may(Right.MATERIALS),
        },
    )


@require_GET
def print_cards(request: CampaignRequest) -> HttpResponse:
    """Sheets of cards to print and to cut."""
    require(request.member, Right.HAND_OUT)
    form = CardForm(request.GET or {"copies": A_PAGE})
    if not form.is_valid():
        context = {"form": form, "left": calling.left_by_walk(request.campaign)}
        return render(request, "followups/cards.html", context, status=422)
    sheets = -(-form.cleaned_data["copies"] // A_PAGE)
    return render(
        request,
        "followups/print_cards.html",
        {
            "sheets": range(sheets),
            "places": range(A_PAGE),
            "words": form.cleaned_data["words"],
            "reach": form.cleaned_data["reach"],
            "imprint": imprint_of(request.campaign),
            "said": ngettext(
                "%(n)d cards on %(sheets)d sheet; cut along the lines.",
                "%(n)d cards on %(sheets)d sheets; cut along the lines.",
                sheets,
            )
            % {"n": sheets * A_PAGE, "sheets": sheets},
        },
    )
