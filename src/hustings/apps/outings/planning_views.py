"""Planning: whom to visit, how to cut, and what becomes of a cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.outings import (
    access,
    actions,
    learning,
    publishing,
    publishing_beside,
    queries,
)
from hustings.apps.outings.forms import ActionForm, ChoiceForm, CutForm, DialForm
from hustings.apps.outings.universe import Choice, steps_of
from hustings.apps.outings.walk_list import locked_in
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django_stubs_ext import StrPromise

    from hustings.apps.accounts.requests import CampaignRequest


@require_http_methods(["GET", "POST"])
def plan(request: CampaignRequest) -> HttpResponse:
    """A new action: its name, and whom to visit, with the count at each step."""
    require(request.member, Right.PLAN_TURF)
    form = ActionForm(request.campaign, request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = actions.plan_action(
            request.campaign,
            form.cleaned_data["name"],
            form.choice,
            by=request.member.actor,
            kind=form.cleaned_data["kind"],
            held_on=form.cleaned_data["held_on"],
            precision=form.cleaned_data["precision"],
        )
        return redirect("outings:cut", slug=request.campaign.slug, action_id=action.pk)
    return render(
        request,
        "outings/choose.html",
        {"form": form, "steps": steps_of(request.campaign, Choice()), "action": None},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def choose(request: CampaignRequest, action_id: int) -> HttpResponse:
    """Change whom an action is to reach."""
    require(request.member, Right.PLAN_TURF)
    action = access.action_for(request.campaign, action_id)
    choice = Choice.from_json(action.universe)
    form = ChoiceForm(request.campaign, request.POST or None, initial=ChoiceForm.initial_of(choice))
    if request.method == "POST" and form.is_valid():
        actions.choose_doors(request.campaign, action_id, form.choice, by=request.member.actor)
        return redirect("outings:cut", slug=request.campaign.slug, action_id=action_id)
    return render(
        request,
        "outings/choose.html",
        {"form": form, "steps": steps_of(request.campaign, choice, action_id), "action": action},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def dial(request: CampaignRequest, action_id: int) -> HttpResponse:
    """How fine what is heard on an action's walks is kept from now on."""
    require(request.member, Right.PLAN_TURF)
    action = access.action_for(request.campaign, action_id)
    form = DialForm(request.POST or None, initial={"precision": action.precision})
    if request.method == "POST" and form.is_valid():
        try:
            wished = form.cleaned_data["precision"]
            actions.turn_dial(request.campaign, action_id, wished, by=request.member.actor)
        except BadInput as error:
            form.add_error("precision", error.message)
        else:
            messages.success(request, _("This holds for all that comes from now on."))
            return redirect("outings:action", slug=request.campaign.slug, action_id=action_id)
    return render(
        request,
        "outings/dial.html",
        {"action": action, "form": form, "out": access.walks_out(action)},
        status=422 if form.is_bound else 200,
    )


@require_GET
def steps(request: CampaignRequest) -> HttpResponse:
    """A fragment: doors and people after each step, as the form stands now."""
    require(request.member, Right.PLAN_TURF)
    form = ChoiceForm(request.campaign, request.GET)
    action_id = request.GET.get("action", "")
    found = steps_of(
        request.campaign,
        form.choice if form.is_valid() else Choice(),
        int(action_id) if action_id.isdecimal() else None,
    )
    return render(
        request,
        "outings/steps.html",
        {"steps": found, "problems": [e for errors in form.errors.values() for e in errors]},
    )


@require_http_methods(["GET", "POST"])
def cut_form(request: CampaignRequest, action_id: int) -> HttpResponse:
    """How the doors are to be cut, with what that makes; then the cut is on its way."""
    require(request.member, Right.PLAN_TURF)
    action = access.action_for(request.campaign, action_id)
    form = CutForm(
        request.POST or None,
        initial=CutForm.initial_of(request.campaign),
        campaign=request.campaign,
        offer=learning.offer_for(request.campaign, action),
    )
    if request.method == "POST" and form.is_valid():
        cut = actions.ask_for_cut(
            request.campaign, action_id, by=request.member.actor, **form.cleaned_data
        )
        return redirect("outings:cut-page", slug=request.campaign.slug, cut_id=cut.pk)
    found = steps_of(request.campaign, Choice.from_json(action.universe), action_id)
    wishes = CutForm.initial_of(request.campaign)
    return render(
        request,
        "outings/cut_form.html",
        {
            "action": action,
            "form": form,
            "steps": found,
            "doors": found[-1].doors,
            "walks": queries.estimate(
                request.campaign, found[-1].doors, wishes["units"], wishes["size"]
            ),
            "before": [cut for cut in queries.cuts_of(action) if cut.numbers][:3],
        },
        status=422 if form.is_bound else 200,
    )


@require_GET
def estimate(request: CampaignRequest, action_id: int) -> HttpResponse:
    """A fragment: about how many walks, as the form stands now."""
    require(request.member, Right.PLAN_TURF)
    action = access.action_for(request.campaign, action_id)
    form = CutForm(request.GET, campaign=request.campaign)
    doors = steps_of(request.campaign, Choice.from_json(action.universe), action_id)[-1].doors
    walks = (
        queries.estimate(
            request.campaign,
            doors,
            form.cleaned_data["units"],
            form.cleaned_data["size"],
            form.cleaned_data["learned_minutes"],
        )
        if form.is_valid()
        else None
    )
    return render(request, "outings/estimate.html", {"doors": doors, "walks": walks})


@require_POST
def cut_again(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """Cut a draft again, changing as little as possible; chosen walks stay exactly as they are."""
    require(request.member, Right.PLAN_TURF)
    before = access.cut_for(request.campaign, cut_id)
    locked = locked_in(request.POST)
    cut = actions.cut_again(request.campaign, before, locked, by=request.member.actor)
    return redirect("outings:cut-page", slug=request.campaign.slug, cut_id=cut.pk)


CUT_VERBS: dict[str, tuple[Callable[..., object], StrPromise]] = {
    "publish": (publishing.publish, gettext_lazy("Published: the walks can be handed out.")),
    "publish-free": (
        publishing_beside.publish_free,
        gettext_lazy("Published: doors that are in a live walk already were left out."),
    ),
    "publish-instead": (
        publishing_beside.publish_instead,
        gettext_lazy("Published; walks that nobody had made room."),
    ),
    "withdraw": (publishing.withdraw, gettext_lazy("The cut is a draft again.")),
    "throw-away": (publishing.throw_away, gettext_lazy("The draft is put aside.")),
    "bring-back": (publishing.bring_back, gettext_lazy("The draft is back.")),
}


@require_POST
def cut_verb(request: CampaignRequest, cut_id: int, verb: str) -> HttpResponse:
    """Publish, throw away, and the undoing of each."""
    require(request.member, Right.PLAN_TURF)
    if verb not in CUT_VERBS:
        raise NotHere
    act, said = CUT_VERBS[verb]
    act(request.campaign, cut_id, by=request.member.actor)
    messages.success(request, said)
    return redirect("outings:cut-page", slug=request.campaign.slug, cut_id=cut_id)
