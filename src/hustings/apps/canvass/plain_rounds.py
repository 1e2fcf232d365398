"""
The plain page of walks that keep sums, and of leaflet and poster rounds: one page, no page of a door.

Where sums are kept, no address of any door goes to the server: one button a result, and the last one taken back.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.apps.canvass import actions, forms, queries
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.report import Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import PhoneRequest
    from hustings.apps.canvass.models import WalkGrant
    from hustings.apps.canvass.queries import Walk

COUNTED = (Kind.NO_ANSWER, Kind.REFUSED, Kind.HOSTILE)
"""Beside the answers; whatever needs a door or a person has no place in a sum."""
DELIVERED = (Kind.DELIVERED, Kind.PART, Kind.NOT_DELIVERED)


def has_its_own_page(grant: WalkGrant) -> bool:
    """Whether this walk has no pages of its doors."""
    action = grant.turf.action
    return bool(action.keeps_sums_only or action.is_delivery)


def page(request: PhoneRequest, grant: WalkGrant) -> HttpResponse:
    """Show the walk, and record what was tapped."""
    walk = queries.walk_of(grant)
    if request.method == "POST":
        return _record(request, walk)
    delivers = grant.turf.action.is_delivery
    wording = actions.wording_now(grant.device.campaign)
    context = {
        "walk": walk,
        "turf": grant.turf,
        "delivers": delivers,
        "receipt": queries.receipt_of(grant),
        "wording": wording,
        "choices": [
            *((f"answered:{choice['code']}", choice["label"]) for choice in wording.choices),
            *((str(kind), kind.label) for kind in COUNTED),
        ],
        "kinds": [(str(kind), kind.label) for kind in DELIVERED],
        "form_id": uuid.uuid4(),
        "undo": None if delivers else _last(request),
        "tab": "walk",
    }
    return render(request, "canvass/plain_round.html", context)


def _last(request: PhoneRequest) -> dict[str, str] | None:
    """What was counted last, as the address of this page says; the server does not know it."""
    event, said = request.GET.get("last", ""), request.GET.get("said", "")
    return {"event": event, "said": said[:60]} if event and said else None


def _record(request: PhoneRequest, walk: Walk) -> HttpResponse:
    if walk.grant.turf.action.is_delivery:
        return _delivered(request, walk)
    grant, device = walk.grant, walk.grant.device
    said = request.POST.get("said", "")
    kind, _colon, support = said.partition(":")
    back = reverse("phone:walk", args=[grant.turf_id])
    report = Report(
        id=forms.uuid_of(request.POST.get("form_id")), sequence=queries.next_sequence(device),
        turf=grant.turf_id, door=0, kind=kind, support=support, occurred_at=timezone.now(),
        wording_version=0 if kind == Kind.UNDO else actions.wording_now(device.campaign).version,
        corrects=forms.uuid_of(request.POST.get("event")) if kind == Kind.UNDO else None,
        replaces=request.POST.get("replaces", "")[:60], app=forms.APP,
    )  # fmt: skip
    (outcome,) = actions.record(device, [report])
    if outcome.status not in {"stored", "known"}:
        messages.error(request, outcome.message)
        return redirect(back)
    if kind == Kind.UNDO:
        messages.success(request, _("Taken back. Record it again if it was right after all."))
        return redirect(back)
    counted = f"{kind}:{support}:{report.wording_version}"
    return redirect(f"{back}?{urlencode({'last': str(report.id), 'said': counted})}")


def _delivered(request: PhoneRequest, walk: Walk) -> HttpResponse:
    """The doors that were ticked, all with the same; and how many are left over, where that was typed."""
    grant, device = walk.grant, walk.grant.device
    form = forms.uuid_of(request.POST.get("form_id"))
    ticked = {int(door) for door in request.POST.getlist("door") if door.isdecimal()}
    doors = [door.id for door in walk.doors if door.id in ticked]
    kind, left = request.POST.get("said", ""), request.POST.get("left_over", "").strip()
    if kind == Kind.LEFT_OVER and not (left.isdecimal() and len(left) < 7):
        raise BadInput(_("Type a whole number, 0 if none is left."), where="left_over")
    places = [0] if kind == Kind.LEFT_OVER else doors
    first = queries.next_sequence(device)
    reports = [
        Report(
            id=uuid.uuid5(form, f"{kind} {door}"), sequence=first + nth, turf=grant.turf_id,
            door=door, kind=kind, left_over=int(left) if kind == Kind.LEFT_OVER else None,
            occurred_at=timezone.now(), app=forms.APP,
        )
        for nth, door in enumerate(places)
    ]  # fmt: skip
    outcomes = actions.record(device, reports)
    stored = sum(outcome.status == "stored" for outcome in outcomes)
    for sentence in {outcome.message for outcome in outcomes if outcome.status == "refused"}:
        messages.error(request, sentence)
    if not reports:
        messages.warning(request, _("Tick the doors first."))
    elif stored and kind != Kind.LEFT_OVER:
        said = ngettext("%(doors)s door recorded.", "%(doors)s doors recorded.", stored)
        messages.success(request, said % {"doors": stored})
    return redirect("phone:walk", grant.turf_id)
