"""The phone's pages: getting in, the walk, a door, a building, the script, the receipt."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import DEVICE_COOKIE, NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import (
    access,
    actions,
    asking,
    forms,
    guessing,
    moving,
    plain_rounds,
    queries,
    residents,
    walks,
)
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import Report, Somebody
from hustings.apps.canvass.script import said_now
from hustings.apps.outings import access as outings
from hustings.apps.outings.models import Turf

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from hustings.apps.accounts.models import Device
    from hustings.apps.accounts.requests import PhoneRequest
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.canvass.walks import DoorOnWalk
    from hustings.apps.outings.models import WalkCode

BROWSER_COOKIE = "hustings_browser"
LATE_FOR = timedelta(days=14)
"""How long after its leave a phone is known again when it reports late; it is shown nothing by then."""
STRENGTHS = ((1, _lazy("weakly")), (2, _lazy("fairly")), (3, _lazy("strongly")))
LIVE = {Turf.State.PUBLISHED, Turf.State.CHECKED_OUT}


# --- getting in -------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def start(request: PhoneRequest) -> HttpResponse:
    """The walks this phone carries; where it carries none, six letters to type."""
    if request.device is not None and request.method == "GET" and "code" not in request.GET:
        if not request.device.is_let_in():
            return _waiting(request, request.device)
        grants = list(access.live_grants(request.device))
        if len(grants) == 1:
            return redirect("phone:walk", grants[0].turf_id)
        if grants:
            return render(request, "canvass/walks.html", {"grants": grants})
    form = forms.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try_code(request, form)
    return _code_page(request, form, status=422 if form.is_bound else 200)


def _try_code(request: PhoneRequest, form: forms.CodeForm) -> HttpResponse:
    keys = guessing.keys_of(request, request.COOKIES.get(BROWSER_COOKIE, ""))
    if wait := guessing.seconds_to_wait(keys):
        return _slower(request, form, wait)
    named = outings.turf_of_code(form.cleaned_data["code"])
    if named is None:
        guessing.take_one(keys)
        form.add_error("code", _("No walk has these letters. Look at the sheet once more."))
        return _code_page(request, form, status=422)
    return redirect("phone:code", named.code)


def _slower(request: PhoneRequest, form: forms.CodeForm, wait: int) -> HttpResponse:
    form.add_error(
        "code",
        ngettext(
            "Too many letters that name no walk came from here. Wait %(seconds)s second, then try again.",
            "Too many letters that name no walk came from here. Wait %(seconds)s seconds, then try again.",
            wait,
        )
        % {"seconds": wait},
    )
    response = _code_page(request, form, status=429)
    response["Retry-After"] = str(wait)
    return response


def _code_page(request: PhoneRequest, form: forms.CodeForm, *, status: int) -> HttpResponse:
    response = render(request, "canvass/code.html", {"form": form}, status=status)
    if BROWSER_COOKIE not in request.COOKIES:
        _set_cookie(response, BROWSER_COOKIE, uuid.uuid4().hex, seconds=30 * 24 * 3600)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def by_code(request: PhoneRequest, code: str) -> HttpResponse:
    """What the code names, and nothing more, until an organiser lets this phone in."""
    keys = guessing.keys_of(request, request.COOKIES.get(BROWSER_COOKIE, ""))
    if wait := guessing.seconds_to_wait(keys):
        return _slower(request, forms.CodeForm({"code": code}), wait)
    named = outings.turf_of_code(code)
    if named is None:
        guessing.take_one(keys)
        form = forms.CodeForm({"code": code})
        form.add_error("code", _("No walk has these letters. Look at the sheet once more."))
        return _code_page(request, form, status=404)
    with tenant(named.campaign_id):
        return _ask(request, named)


def _ask(request: PhoneRequest, named: WalkCode) -> HttpResponse:
    turf = outings.turf_for(named.campaign, named.turf_id)
    mine = request.device if _belongs(request.device, named.campaign_id) else None
    if mine and mine.is_let_in() and access.live_grants(mine).filter(turf=turf).exists():
        return redirect("phone:walk", turf.pk)
    form = forms.NameForm(request.POST or None, initial={"first_name": mine.label if mine else ""})
    if request.method == "POST" and form.is_valid() and turf.state in LIVE:
        device, token = actions.ask_for_walk(turf, form.cleaned_data["first_name"], device=mine)
        response = redirect("phone:start")
        if token:
            _remember(response, device, token)
        return response
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "turf": turf, "campaign": named.campaign, "live": turf.state in LIVE}
    return render(request, "canvass/ask.html", context, status=status)


def _belongs(device: Device | None, campaign_id: UUID) -> bool:
    return device is not None and device.campaign_id == campaign_id


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: PhoneRequest, token: str) -> HttpResponse:
    """A link shown on a screen: asks for a name and one tap, so that opening it does not use it up."""
    form = forms.NameForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "canvass/link.html", {"form": form}, status=status)
    used = actions.use_link(token, form.cleaned_data["first_name"])
    if used is None:
        return render(request, "canvass/link_over.html", status=410)
    device, device_token, turf_id = used
    response = redirect("phone:walk", turf_id)
    if device_token:
        _remember(response, device, device_token)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def moved(request: PhoneRequest, token: str) -> HttpResponse:
    """A link to another browser: one tap, so that a chat program that looks at it does not use it up."""
    if request.method == "GET":
        return render(request, "canvass/moved.html", {})
    used = moving.move(token)
    if used is None:
        return render(request, "canvass/moved_over.html", status=410)
    device, device_token = used
    response = redirect("phone:app")
    _remember(response, device, device_token)
    return response


def _remember(response: HttpResponse, device: Device, token: str) -> None:
    from django.utils import timezone

    # A while longer than its leave: the phone sees nothing more, but what it sends late is known as its.
    left = device.expires_at + LATE_FOR - timezone.now()
    _set_cookie(response, DEVICE_COOKIE, token, seconds=int(left.total_seconds()))


def _set_cookie(response: HttpResponse, name: str, value: str, *, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/w/", secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip


@never_cache
@require_POST
def leave(request: PhoneRequest) -> HttpResponse:
    """This phone forgets its walks; what it recorded stays."""
    response = redirect("phone:start")
    if request.device is not None and not request.device.revocations.exists():
        actions.take_back(
            request.device.campaign, [request.device], by=request.device.actor, why="signed out"
        )
    response.delete_cookie(DEVICE_COOKIE, path="/w/")
    return response


def _waiting(request: PhoneRequest, device: Device) -> HttpResponse:
    """Nothing about people, nor about doors: the phone's name, for the organiser to find it."""
    if device.revocations.exists() or not access.live_grants(device).exists():
        response = _code_page(request, forms.CodeForm(), status=200)
        response.delete_cookie(DEVICE_COOKIE, path="/w/")
        return response
    grants = access.live_grants(device)
    return render(request, "canvass/waiting.html", {"device": device, "grants": grants})


# --- the walk ---------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "POST"])
def walk(request: PhoneRequest, turf_id: int) -> HttpResponse:
    """My walk: its doors in walking order, done and left; no names."""
    device = access.let_in(request)
    grant = access.grant_for(device, turf_id)
    if plain_rounds.has_its_own_page(grant):
        return plain_rounds.page(request, grant)
    this = queries.walk_of(grant)
    return render(
        request,
        "canvass/walk.html",
        {
            "walk": this, "turf": this.grant.turf, "tab": "walk",
            "questions": asking.put_at(device, turf_id),
        },
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: PhoneRequest, turf_id: int, door_id: int) -> HttpResponse:
    """One door: who lives there, and what they said."""
    if request.method == "POST" and (late := _late(request, turf_id)) is not None:
        return _kept(
            request,
            late,
            forms.reports_of_door(
                request.POST, turf=turf_id, door=door_id,
                people=residents.people_at(late, turf_id, [door_id]).get(door_id, []),
                sequence=queries.next_sequence(late),
            ),
        )  # fmt: skip
    device = access.let_in(request)
    grant = access.grant_for(device, turf_id)
    if plain_rounds.has_its_own_page(grant):
        return redirect("phone:walk", turf_id)
    this = queries.walk_of(grant)
    here = _door_of(this, door_id)
    people = residents.people_at(device, turf_id, [door_id]).get(door_id, [])
    if request.method == "POST":
        reports = forms.reports_of_door(
            request.POST, turf=turf_id, door=door_id, people=people,
            sequence=queries.next_sequence(device),
        )  # fmt: skip
        if not reports:
            messages.warning(request, _("Nothing was chosen yet for this door."))
            return redirect("phone:door", turf_id, door_id)
        return _recorded(request, device, this.grant, here, reports)
    if grant.turf.action.keeps_people:  # otherwise nobody is shown
        audit(
            device.actor, "person.look", subject="door", subject_id=door_id,
            count=max(len(people), 1),
        )  # fmt: skip
    return render(request, "canvass/door.html", _door_context(device, this, here, people))


def _late(request: PhoneRequest, turf_id: int) -> Device | None:
    """The phone, where it carried this walk and carries it no more: what it still sends is kept."""
    device = request.device
    if device is None or not device.admissions.exists():
        return None
    if not access.walks_ever(device, [turf_id]):
        return None
    live = device.is_let_in() and access.live_grants(device).filter(turf_id=turf_id).exists()
    return None if live else device


def _kept(request: PhoneRequest, device: Device, reports: list[Report]) -> HttpResponse:
    if reports:
        actions.record(device, reports)
        messages.warning(
            request,
            _(
                "This walk is over on this phone. What you sent is kept; an organiser decides about it."
            ),
        )
    return redirect("phone:start")


def _door_context(
    device: Device, this: queries.Walk, here: DoorOnWalk, people: list[residents.PersonAtDoor]
) -> dict[str, object]:
    undoable = queries.last_at_door(device, this.grant.turf_id, here.id)
    return {
        "walk": this,
        "turf": this.grant.turf,
        "door": here,
        "place": this.doors.index(here) + 1,
        "next": this.after(here.id),
        "people": [(person, uuid.uuid4()) for person in people],
        "door_form_id": uuid.uuid4(),
        "undo": undoable[0] if undoable else None,
        "undo_id": uuid.uuid4(),
        "wording": actions.wording_now(device.campaign),
        "as_parties": device.campaign.support_as == "parties",
        "strengths": STRENGTHS,
        "tab": "walk",
    }


def _door_of(this: queries.Walk, door_id: int) -> DoorOnWalk:
    for here in this.doors:
        if here.id == door_id:
            return here
    raise NotHere


def _recorded(
    request: PhoneRequest,
    device: Device,
    grant: WalkGrant,
    here: DoorOnWalk,
    reports: list[Report],
) -> HttpResponse:
    """Record, and go on to the next door; a form sent again after it was changed is a correction."""
    outcomes = actions.record(device, _told_apart(device, grant, reports))
    refused = [outcome for outcome in outcomes if outcome.status in {"refused", "erased", "clash"}]
    for outcome in refused:
        messages.error(request, outcome.message)
    if refused:
        return redirect("phone:door", grant.turf_id, here.id)
    onward = queries.walk_of(grant).after(here.id)
    if onward is None:
        return redirect("phone:walk", grant.turf_id)
    return redirect("phone:door", grant.turf_id, onward.id)


def _told_apart(device: Device, grant: WalkGrant, reports: list[Report]) -> list[Report]:
    """
    The reports, those of a form that was sent before corrected instead of clashing.

    Going back in the browser and choosing something else sends the form's id a second time. The same
    choice again is the same event; another choice is a new one that corrects it, with an id that the
    form and the choice give, so that it too can be sent twice.
    """
    from hustings.apps.canvass.models import CanvassEvent

    there = {
        event.id: event
        for event in CanvassEvent.objects.of(device.campaign_id).filter(
            device=device, turf_id=grant.turf_id, id__in=[report.id for report in reports]
        )
    }
    apart = []
    for report in reports:
        before = there.get(report.id)
        if before is None:
            apart.append(report)
            continue
        if forms.said_by(report) == forms.said_by_event(before):
            continue
        fresh = actions.new_event_id(report.id, forms.said_by(report))
        apart.append(replace(report, id=fresh, corrects=report.id))
    return apart


@never_cache
@require_POST
def undo(request: PhoneRequest, turf_id: int, door_id: int) -> HttpResponse:
    """Take back the newest thing this phone recorded at this door."""
    device = access.let_in(request)
    grant = access.grant_for(device, turf_id)
    event = access.event_of(device, turf_id, forms.uuid_of(request.POST.get("event")))
    if event.door_id != door_id:
        raise NotHere
    report = forms.undo_of(
        event, form_id=request.POST.get("form_id"), sequence=queries.next_sequence(device)
    )
    for outcome in actions.record(device, [report]):
        if outcome.status == "refused":
            messages.error(request, outcome.message)
        else:
            messages.success(request, _("Taken back. Record it again if it was right after all."))
    return redirect("phone:door", grant.turf_id, door_id)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: PhoneRequest, turf_id: int, door_id: int) -> HttpResponse:
    """Somebody at the door who is not on the register."""
    device = access.let_in(request)
    this = queries.walk_of(access.grant_for(device, turf_id))
    if not this.grant.turf.action.keeps_people:
        raise NotHere
    here = _door_of(this, door_id)
    form = forms.SomebodyForm(request.POST or None, initial={"form_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        actions.meet(
            device,
            Somebody(
                id=form.cleaned_data["form_id"],
                door=door_id,
                forename=form.cleaned_data["forename"],
                surname=form.cleaned_data["surname"],
            ),
        )
        return redirect("phone:door", turf_id, door_id)
    context = {"form": form, "walk": this, "turf": this.grant.turf, "door": here, "tab": "walk"}
    return render(request, "canvass/add.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def building(request: PhoneRequest, turf_id: int, building_id: int) -> HttpResponse:
    """A building's floors and doors; "no answer" for a whole floor in one tap."""
    if request.method == "POST" and (late := _late(request, turf_id)) is not None:
        every = walks.all_doors_of(late.campaign, turf_id)
        return _kept(request, late, _floor_reports(request, late, turf_id, every, building_id))
    device = access.let_in(request)
    grant = access.grant_for(device, turf_id)
    if plain_rounds.has_its_own_page(grant):
        return redirect("phone:walk", turf_id)
    this = queries.walk_of(grant)
    doors = [here for here in this.doors if here.building == building_id]
    if not doors:
        raise NotHere
    if request.method == "POST":
        outcomes = actions.record(
            device, _floor_reports(request, device, turf_id, doors, building_id)
        )
        stored = sum(outcome.status == "stored" for outcome in outcomes)
        messages.success(
            request,
            ngettext("%(doors)s door recorded.", "%(doors)s doors recorded.", stored)
            % {"doors": stored},
        )
        return redirect("phone:building", turf_id, building_id)
    floors: dict[int | None, list[DoorOnWalk]] = {}
    for here in doors:
        floors.setdefault(here.floor, []).append(here)
    context = {
        "walk": this,
        "turf": this.grant.turf,
        "first": doors[0],
        "doors": doors,
        "done": sum(here.is_done for here in doors),
        "floors": [
            (floor, uuid.uuid4(), on_floor, sum(here.visits == 0 for here in on_floor))
            for floor, on_floor in floors.items()
        ],
        "tab": "walk",
    }
    return render(request, "canvass/building.html", context)


def _floor_reports(
    request: PhoneRequest, device: Device, turf_id: int, doors: list[DoorOnWalk], building_id: int
) -> list[Report]:
    """The same result for every door of a floor that nobody has been to yet."""
    floor = request.POST.get("floor", "")
    left = [
        here
        for here in doors
        if here.building == building_id and here.visits == 0 and str(here.floor) == floor
    ]
    return forms.reports_of_floor(
        left,
        turf=turf_id,
        kind=Kind.NO_ACCESS if request.POST.get("kind") == Kind.NO_ACCESS else Kind.NO_ANSWER,
        form_id=request.POST.get("form_id"),
        sequence=queries.next_sequence(device),
    )


@never_cache
@require_GET
def script(request: PhoneRequest, turf_id: int) -> HttpResponse:
    """What to say at a door."""
    device = access.let_in(request)
    grant = access.grant_for(device, turf_id)
    pieces = said_now(device.campaign)
    context = {
        "turf": grant.turf,
        "wording": actions.wording_now(device.campaign),
        "pieces": pieces,
        "taken_back": [piece for piece in pieces if not piece.stands],
        "tab": "script",
    }
    return render(request, "canvass/script.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: PhoneRequest, turf_id: int) -> HttpResponse:
    """End of shift: what was recorded here and what arrived, and handing the walk back."""
    device = access.let_in(request)
    grant = access.grant_for_receipt(device, turf_id)
    if request.method == "POST":
        actions.hand_back(grant, by=device.actor)
        messages.success(request, _("The walk is back with the organiser. Thank you."))
        return redirect("phone:receipt", turf_id)
    this = queries.walk_of(grant)
    context = {
        "walk": this,
        "turf": grant.turf,
        "device": device,
        "receipt": queries.receipt_of(grant),
        "returned": grant.returns.first(),
        "questions": asking.put_at(device, turf_id),
        "left": sum(here.visits == 0 for here in this.doors),
        "tab": "receipt",
    }
    return render(request, "canvass/receipt.html", context)
