"""The turf room: actions, a cut on its map and in its list, a walk and whose hands it is in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record
from hustings.apps.jobs.access import job_for
from hustings.apps.outings import (
    access,
    explaining,
    handing_out,
    packs,
    publishing_beside,
    queries,
    sources,
    walk_list,
)
from hustings.apps.outings.forms import CheckOutForm, ExtendForm
from hustings.apps.outings.models import Cut, Turf
from hustings.formats.pack_pdf import qr_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse
    from django_stubs_ext import StrPromise

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.jobs.models import Job


@require_GET
def action_list(request: CampaignRequest) -> HttpResponse:
    """Every canvass and leaflet round, with what is out and what came back."""
    require(request.member, Right.SEE_TURF)
    return render(
        request,
        "outings/list.html",
        {
            "rows": queries.actions_of(request.campaign),
            "may_plan": request.member.may(Right.PLAN_TURF),
        },
    )


@require_GET
def action(request: CampaignRequest, action_id: int) -> HttpResponse:
    """An action's cuts; straight to the only one that matters, if there is one."""
    require(request.member, Right.SEE_TURF)
    found = access.action_for(request.campaign, action_id)
    cuts = queries.cuts_of(found)
    standing = [cut for cut in cuts if cut.state != Cut.State.THROWN_AWAY]
    if len(standing) == 1 and "all" not in request.GET:
        return redirect("outings:cut-page", slug=request.campaign.slug, cut_id=standing[0].pk)
    return render(
        request,
        "outings/action.html",
        {"action": found, "cuts": cuts, "may_plan": request.member.may(Right.PLAN_TURF)},
    )


@require_GET
def cut_page(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """A cut: its numbers first, the map, and the list that does the same without a map."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    member = request.member
    if cut.state == Cut.State.CUTTING:
        return render(request, "outings/cutting.html", {"cut": cut, "job": _job_of(cut)})
    selected = number_in(request.GET.get("walk", ""))
    walks = walk_list.walks_by_state(cut, selected)
    page = walk_list.page_at(number_in(request.GET.get("page", "")), walks.before, walks.all)
    turfs = walk_list.turfs_on(cut, page)
    here = {"slug": request.campaign.slug, "cut_id": cut.pk}
    knocked = queries.doors_knocked(cut)
    for turf in turfs:
        turf.knocked = knocked.get(turf.pk, 0)  # type: ignore[attr-defined]  # only for this page
        turf.said = walk_list.size_of(turf)  # type: ignore[attr-defined]  # only for this page
    return render(
        request,
        "outings/cut.html",
        {
            "cut": cut,
            "action": cut.action,
            "numbers": cut.numbers or {},
            "turfs": turfs,
            "elsewhere": publishing_beside.live_elsewhere(cut)
            if cut.state == Cut.State.DRAFT
            else [],
            "walks": walks,
            "page": page,
            "pages": walk_list.links(
                page, request.GET, "walks", _("Walks %(first)s to %(last)s of %(all)s")
            ),
            "doors_left": walks.doors - sum(knocked.values()),
            "doors_url": reverse("outings:doors-data", kwargs=here),
            **map_addresses(request, cut),
            "selected": selected,
            "may_plan": member.may(Right.PLAN_TURF),
            "may_hand_out": member.may(Right.HAND_OUT),
            "may_print": member.may(Right.SEE_PEOPLE),
        },
    )


def map_addresses(request: CampaignRequest, cut: Cut) -> dict[str, str]:
    """Where the map of a cut asks for its style, for one walk's line, and for the doors of one square."""
    here = {"slug": request.campaign.slug, "cut_id": cut.pk}
    route = reverse("outings:route-data", kwargs={**here, "number": 0})
    tile = reverse("outings:doors-tile", kwargs={**here, "zoom": 0, "column": 0, "row": 0})
    return {
        "route_url": route.replace("/0.geojson", "/{walk}.geojson"),
        "tiles_url": tile.replace("/0/0/0.json", "/{zoom}/{column}/{row}.json"),
        "style": style_address(request),
    }


def number_in(text: str) -> int | None:
    """A number as an address says it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def numbers_in(texts: Iterable[str]) -> list[int]:
    """The numbers among what a form or an address says several times."""
    return [number for text in texts if (number := number_in(text)) is not None]


def style_address(request: CampaignRequest) -> str:
    """The town's own map where there is one; paper otherwise."""
    slug = {"slug": request.campaign.slug}
    if sources.has_map(request.campaign):
        return reverse("map:style", kwargs=slug)
    return reverse("outings:map-style", kwargs=slug)


@require_GET
def cut_progress(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """A fragment that asks for itself again; when the cut is done the page is loaded anew."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    job = _job_of(cut)
    response = render(request, "outings/cut_progress.html", {"cut": cut, "job": job})
    if cut.state != Cut.State.CUTTING:
        response["HX-Refresh"] = "true"
    return response


def _job_of(cut: Cut) -> Job | None:
    return job_for(cut.campaign, cut.job_id) if cut.job_id else None


@require_GET
def split_list(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """The streets that fall into several walks, each with its reason."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    asked = number_in(request.GET.get("page", ""))
    page = walk_list.page_at(asked, 0, walk_list.split_streets(cut))
    what = _("Streets %(first)s to %(last)s of %(all)s")
    return render(
        request,
        "outings/split.html",
        {
            "cut": cut,
            "action": cut.action,
            "rows": walk_list.split_streets_on(cut, page),
            "pages": walk_list.links(page, request.GET, "split-streets", what),
        },
    )


@require_GET
def walk(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """A walk: its doors in walking order, whose hands it is in, and what can be done with it."""
    require(request.member, Right.SEE_TURF)
    turf = access.turf_for(request.campaign, turf_id)
    return _walk_page(request, turf, CheckOutForm(initial={"holder": turf.meant_for}))


def _walk_page(
    request: CampaignRequest, turf: Turf, form: CheckOutForm, status: int = 200
) -> HttpResponse:
    with_people = request.member.may(Right.SEE_PEOPLE)
    stops = queries.walk_stops(request.campaign, turf, with_people=with_people)
    splits = queries.split_streets(turf.cut)
    streets: dict[str, int] = {}
    for stop in stops:
        streets[stop.door.street] = streets.get(stop.door.street, 0) + 1
    if with_people:
        record(
            request.member.actor, "turf.look", subject="turf", subject_id=turf.pk,
            count=sum(len(stop.people) for stop in stops),
        )  # fmt: skip
    return render(
        request,
        "outings/walk.html",
        {
            "turf": turf,
            "action": turf.action,
            "stops": stops,
            "reasons": [
                (street or _("No street"), queries.why_here(turf, street, count, splits))
                for street, count in streets.items()
            ],
            "form": form,
            "held": turf.open_checkout,
            "extend_form": ExtendForm(),
            "free_again": sum(stop.live and stop.knocked_at is None for stop in stops),
            "knocked": sum(stop.knocked_at is not None for stop in stops),
            "address": packs.address_of_code(turf.code) if turf.code else "",
            "with_people": with_people,
            "may_hand_out": request.member.may(Right.HAND_OUT),
        },
        status=status,
    )


@require_GET
def why(request: CampaignRequest, turf_id: int, door_id: int) -> HttpResponse:
    """Why a door is in this walk, and what another walk for it would cost; nothing about people."""
    require(request.member, Right.SEE_TURF)
    turf = access.turf_for(request.campaign, turf_id)
    access.turf_door_for(turf, door_id)
    return render(
        request,
        "outings/why.html",
        {
            "turf": turf,
            "action": turf.action,
            "door": sources.doors_by_id(request.campaign, [door_id])[door_id],
            "reasons": explaining.why_this_door(turf, door_id),
        },
    )


@require_POST
def check_out(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """Give the walk to somebody."""
    require(request.member, Right.HAND_OUT)
    form = CheckOutForm(request.POST)
    if not form.is_valid():
        turf = access.turf_for(request.campaign, turf_id)
        return _walk_page(request, turf, form, status=422)
    handing_out.check_out(
        request.campaign,
        turf_id,
        form.cleaned_data["holder"],
        by=request.member.actor,
        expires_at=timezone.now() + timedelta(hours=form.cleaned_data["hours"]),
    )
    messages.success(request, _("%(holder)s has it now.") % {"holder": form.cleaned_data["holder"]})
    return redirect("outings:walk", slug=request.campaign.slug, turf_id=turf_id)


@require_POST
def extend(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """Let whoever has the walk keep it longer, or less long; counted from now."""
    require(request.member, Right.HAND_OUT)
    form = ExtendForm(request.POST)
    turf = access.turf_for(request.campaign, turf_id)
    if turf.state != Turf.State.CHECKED_OUT:
        messages.error(request, _("Nobody has this walk by now."))
    elif form.is_valid():
        until = timezone.now() + timedelta(hours=form.cleaned_data["hours"])
        handing_out.extend(request.campaign, turf_id, until, by=request.member.actor)
        messages.success(request, _("The walk has a new time to be back."))
    else:
        messages.error(request, _("Say in how many hours the walk should be back: 1 to 1440."))
    return redirect("outings:walk", slug=request.campaign.slug, turf_id=turf_id)


@require_POST
def phone_link(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """A link and its QR code for one phone, shown once, good for fifteen minutes."""
    require(request.member, Right.HAND_OUT)
    turf = access.turf_for(request.campaign, turf_id)
    token = handing_out.make_phone_link(request.campaign, turf_id, by=request.member.actor)
    address = packs.address_of_link(token)
    response = render(
        request,
        "outings/phone_link.html",
        {
            "turf": turf,
            "action": turf.action,
            "address": address,
            "qr": qr_data(address),
            "until": timezone.now() + handing_out.LINK_LIVES,
        },
    )
    response["Cache-Control"] = "no-store"
    return response


WALK_VERBS: dict[str, tuple[Callable[..., object], StrPromise]] = {
    "take-back": (handing_out.take_back, gettext_lazy("The walk is free again.")),
    "return": (
        handing_out.return_turf,
        gettext_lazy("The walk is back; doors not knocked on are free."),
    ),
    "undo-return": (
        handing_out.undo_return,
        gettext_lazy("The walk is as it was before it came back."),
    ),
    "retire": (
        handing_out.retire,
        gettext_lazy("The walk is put away; its doors can be cut again."),
    ),
    "undo-retire": (handing_out.undo_retire, gettext_lazy("The walk is back where it was.")),
}


@require_POST
def walk_verb(request: CampaignRequest, turf_id: int, verb: str) -> HttpResponse:
    """Take back, return, retire, and the undoing of each."""
    require(request.member, Right.HAND_OUT)
    if verb not in WALK_VERBS:
        raise NotHere
    act, said = WALK_VERBS[verb]
    act(request.campaign, turf_id, by=request.member.actor)
    messages.success(request, said)
    return redirect("outings:walk", slug=request.campaign.slug, turf_id=turf_id)
