"""The workbench: doors from walk to walk, with what that does shown first, by map or by list alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.outings import (
    access,
    areas,
    moving_doors,
    plan_steps,
    walk_list,
    workbench_queries,
)
from hustings.apps.outings.choosing_doors import DOORS, REACHES, Chosen, doors_chosen
from hustings.apps.outings.data_views import doors_or_walks
from hustings.apps.outings.forms import corners_of
from hustings.apps.outings.models import Cut, PlanStep, Turf
from hustings.apps.outings.moving_doors import Clash
from hustings.apps.outings.step_in_thought import NEW, OUT
from hustings.apps.outings.views import map_addresses, number_in, numbers_in
from hustings.core.errors import BadInput, HustingsError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.outings.plan_steps import Lately


def laws_in_words(laws: tuple[str, ...] | list[str]) -> list[str]:
    """What each broken law says."""
    words = {
        "size": _("A walk would be larger than it may be."),
        "connected": _("A walk would pass doors of another on the same side."),
        "barriers": _("Somebody would have to cross a river, railway or motorway."),
        "districts": _("A walk would cross the border of a district."),
        "buildings": _("A building that fits into one walk would be split."),
        "locked": _("A locked walk would change."),
        "never-split": _("A street would be split though that is forbidden."),
    }
    return [words[law] for law in laws if law in words]


@require_GET
def workbench(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """The map and the list of one walk's doors, to be moved; what was done can be undone."""
    require(request.member, Right.PLAN_TURF)
    return _page(request, access.cut_for(request.campaign, cut_id), request.GET)


def _page(
    request: CampaignRequest, cut: Cut, fields: Any, status: int = 200, **more: Any
) -> HttpResponse:
    if cut.state not in {Cut.State.DRAFT, Cut.State.PUBLISHED}:
        raise NotHere
    number, to = number_in(fields.get("walk", "")), fields.get("to", "")
    typed = fields.get("to_number", "").strip()
    walks = walk_list.walks_by_state(cut, number, retired=False)
    page = walk_list.page_at(number_in(fields.get("page", "")), walks.before, walks.all)
    turfs = walk_list.turfs_on(cut, page, retired=False)
    shown = next((turf for turf in turfs if turf.number == number), None)
    if page.is_all or shown is None:
        there = [turf for turf in turfs if turf is not shown]
        small = [turf for turf in turfs if "remnant" in turf.flags and turf.state in FREE]
    else:
        there = walk_list.turfs_near(cut, shown, number_in(typed or to))
        small = walk_list.small_turfs(cut)
    here = {"slug": request.campaign.slug, "cut_id": cut.pk}
    lately = plan_steps.lately(cut)
    streets = workbench_queries.doors_here(shown) if shown else []
    picked = set(numbers_in(fields.getlist("door")))
    ticked = set(numbers_in(fields.getlist("small")))
    return render(
        request,
        "outings/workbench.html",
        {
            "cut": cut,
            "action": cut.action,
            "turfs": turfs,
            "walks": walks,
            "pages": walk_list.links(
                page, fields, "walks", _("Walks %(first)s to %(last)s of %(all)s")
            ),
            "there": there,
            "shown": shown,
            "streets": streets,
            "picked": picked,
            "picked_elsewhere": picked - {door.id for _name, doors in streets for door in doors},
            "reach": fields.get("reach", DOORS),
            "reaches": REACHES,
            "to": to,
            "to_number": typed,
            "sent": "merge" if fields.get("do") == "merge" else "move",
            "area": number_in(fields.get("area", "")),
            "areas": areas.areas_of(request.campaign),
            "pins": areas.pins_of(request.campaign),
            "small": small,
            "ticked": ticked,
            "ticked_elsewhere": ticked - {turf.number for turf in small},
            "doors_url": reverse("outings:workbench-doors", kwargs=here),
            **map_addresses(request, cut),
            "drawn": lately.change,
            **_since(request, cut, lately, lately.change),
            **more,
        },
        status=status,
    )


FREE = (Turf.State.DRAFT, Turf.State.PUBLISHED)


def _since(request: CampaignRequest, cut: Cut, lately: Lately, seen: int) -> dict[str, Any]:
    """Who else is here, what was done since the screen was drawn, and what can be undone."""
    return {
        "cut": cut,
        "seen": seen,
        "others": workbench_queries.come_to(cut, request.member),
        "news": [plan_steps.in_words(step) for step in lately.since],
        "last": lately.last,
        "last_words": plan_steps.in_words(lately.last) if lately.last else "",
        "again": lately.again,
        "again_words": plan_steps.in_words(lately.again) if lately.again else "",
        "late": workbench_queries.taken_from_who_is_out(cut) if cut.published_at else [],
    }


@require_GET
def workbench_news(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """A fragment that asks for itself again: who else is here, and what they did since."""
    require(request.member, Right.PLAN_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    seen = number_in(request.GET.get("seen", "")) or 0
    return render(
        request,
        "outings/workbench_news.html",
        _since(request, cut, plan_steps.lately(cut, seen), seen),
    )


@require_GET
def workbench_doors(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """The cut's doors for this map; 304 while nothing changed."""
    require(request.member, Right.PLAN_TURF)
    return doors_or_walks(request, access.cut_for(request.campaign, cut_id))


@require_POST
def workbench_preview(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """What the form would do, if it were sent; nothing is written."""
    require(request.member, Right.PLAN_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    # Said back as it came: the map moves a door only on what was shown of the choice as it stands.
    found: dict[str, Any] = {"asked": request.POST.get("asked", "")[:20]}
    try:
        doors, to = _asked(request, cut)
        thought = moving_doors.preview(request.campaign, cut_id, doors, to)
        found |= {"thought": thought, "laws": laws_in_words(thought.breaks)}
    except HustingsError as error:
        found["refused"] = str(error)
    if request.headers.get("HX-Request"):
        return render(request, "outings/workbench_preview.html", found)
    return _page(request, cut, request.POST, **found)


def _asked(request: CampaignRequest, cut: Cut) -> tuple[frozenset[int] | list[int], int | str]:
    """The doors that the form means, and where they should go."""
    form = request.POST
    if form.get("do") == "merge":
        return moving_doors.leftovers(cut, numbers_in(form.getlist("small")))
    to = form.get("to_number", "").strip() or form.get("to", "")
    number = number_in(to)
    if to not in {NEW, OUT} and number is None:
        raise BadInput(_("Choose where the doors should go."))
    chosen = Chosen(
        frozenset(numbers_in(form.getlist("door"))),
        form.get("reach", DOORS),
        number_in(form.get("area", "")),
        number_in(form.get("walk", "")),
    )
    doors = doors_chosen(cut, chosen)
    if not doors:
        raise BadInput(_("Choose the doors that should go: tap them on the map or in the list."))
    return doors, to if number is None else number


@require_POST
def workbench_step(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """One step, its undoing, or its being made again; a clash is told and the choice stays in the form."""
    require(request.member, Right.PLAN_TURF)
    campaign, form, by = request.campaign, request.POST, request.member.actor
    cut = access.cut_for(campaign, cut_id)
    seen = number_in(form.get("seen", "")) or 0
    what = form.get("do", "move")
    try:
        if what == "undo":
            said = _("Undone: %(step)s.") % {
                "step": _words(moving_doors.undo(campaign, cut_id, seen=seen, by=by))
            }
        elif what == "redo":
            said = _words(moving_doors.redo(campaign, cut_id, seen=seen, by=by))
        elif what in {"lock", "unlock"}:
            number = number_in(form.get("walk", "")) or 0
            said = _words(
                moving_doors.lock(campaign, cut_id, number, locked=what == "lock", seen=seen, by=by)
            )
        else:
            said = _words(_moved(request, cut, seen))
    except Clash as clash:
        return _page(
            request, cut, form, status=409, seen=seen, clash=clash.steps,
            clash_words=[plan_steps.in_words(step) for step in clash.steps],
            clash_moves=what in {"move", "merge"},
        )  # fmt: skip
    except HustingsError as error:
        return _page(request, cut, form, status=422, refused=str(error))
    messages.success(request, said)
    return _back(request, cut_id, form.get("walk", ""))


def _moved(request: CampaignRequest, cut: Cut, seen: int) -> PlanStep:
    form = request.POST
    doors, to = _asked(request, cut)
    spare = numbers_in(form.getlist("spare"))
    if form.get("merge_with") and spare:
        theirs = plan_steps.steps_since(cut, seen)
        moved = {each[0] for step in theirs if step.change in spare for each in step.moved}
        doors = [door for door in doors if door not in moved]
        if not doors:
            raise BadInput(_("All of these doors were moved already; there is nothing left to do."))
    what = PlanStep.What.MERGE if form.get("do") == "merge" else ""
    return moving_doors.move(
        request.campaign,
        cut.pk,
        doors,
        to,
        seen=seen,
        by=request.member.actor,
        what=what,
        spare=spare,
    )


def _words(step: PlanStep) -> str:
    step.undone_at = None
    return plan_steps.in_words(step)


def _back(request: CampaignRequest, cut_id: int, walk: str) -> HttpResponse:
    address = reverse("outings:workbench", kwargs={"slug": request.campaign.slug, "cut_id": cut_id})
    return redirect(f"{address}?{urlencode({'walk': walk})}" if walk.isdecimal() else address)


@require_POST
def draw_area(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """Keep a shape under a name, or remove one."""
    require(request.member, Right.PLAN_TURF)
    access.cut_for(request.campaign, cut_id)
    form, by = request.POST, request.member.actor
    if (removed := number_in(form.get("remove", ""))) is not None:
        areas.remove_area(request.campaign, removed, by=by)
        messages.success(request, _("The area is gone."))
    else:
        try:
            corners = corners_of(form.get("corners", "").strip())
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise BadInput(_("Draw the area on the map, or type one corner a line.")) from error
        area = areas.draw_area(request.campaign, form.get("name", ""), corners, by=by)
        messages.success(request, _("The area %(name)s is kept.") % {"name": area.name})
    return _back(request, cut_id, form.get("walk", ""))


@require_POST
def pin_road(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """Pin somebody's usual road, or lift a pin."""
    require(request.member, Right.PLAN_TURF)
    access.cut_for(request.campaign, cut_id)
    form, by = request.POST, request.member.actor
    if (lifted := number_in(form.get("lift", ""))) is not None:
        areas.lift_pin(request.campaign, lifted, by=by)
        messages.success(request, _("Cuts to come need not keep it together."))
    else:
        areas.pin(request.campaign, form.get("meant_for", ""), by=by, street=form.get("street", ""))
        messages.success(request, _("Every cut to come keeps it together."))
    return _back(request, cut_id, form.get("walk", ""))
