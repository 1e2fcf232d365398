"""
What the phone app asks and says about checking in.

``GET /w/safety/TURF/`` says what is offered and what is on. ``POST /w/safety/TURF/signs/`` with
``{"watch": {"id", "every_minutes", "answers_count", "ago_s"}, "signs": [{"id", "kind", "ago_s"}, …]}`` begins
and says all right, help or done; sent twice it is the same as once. No place is asked for, and none is kept.

There is no form token here: a browser lets no other site send this content type with the cookie.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere
from hustings.apps.canvass.access import (
    PhoneNotLetIn,
    grant_for,
    grant_for_receipt,
    let_in,
    was_let_in,
)
from hustings.apps.safety import access, checking_in, queries
from hustings.apps.safety.models import EVERY_MINUTES
from hustings.apps.safety.signs import begin_from_json, signs_from_json
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Device
    from hustings.apps.accounts.requests import PhoneRequest

MOST_BYTES = 64 * 1024


@never_cache
@require_GET
def offered(request: PhoneRequest, turf_id: int) -> JsonResponse:
    """What the campaign offers on this walk, and what this phone has on."""
    try:
        device = let_in(request)
        grant_for(device, turf_id)
    except (PhoneNotLetIn, NotHere) as error:
        return _no(error)
    return JsonResponse(_state(device, turf_id))


@csrf_exempt
@never_cache
@require_POST
def signs(request: PhoneRequest, turf_id: int) -> JsonResponse:
    """Begin, and take what was tapped. What is on stays on when the offer was taken back meanwhile."""
    try:
        device = was_let_in(request)
        grant = grant_for_receipt(device, turf_id)
    except (PhoneNotLetIn, NotHere) as error:
        return _no(error)
    if request.content_type != "application/json":
        return JsonResponse({"error": _("Send application/json.")}, status=415)
    try:
        said = _said(request)
        wanted = begin_from_json(said.get("watch"))
        tapped = signs_from_json(said.get("signs", []))
        watch = access.watch_named(device, wanted.id)
        if watch is None:
            let_in(request)
            grant_for(device, turf_id)
            watch = checking_in.begin(grant, wanted, by=device.actor)
        taken = checking_in.take_signs(watch, tapped, by=device.actor)
    except BadInput as error:
        return JsonResponse({"error": str(error)}, status=422)
    except (PhoneNotLetIn, NotHere) as error:
        return _no(error)
    return JsonResponse({"taken": [str(one) for one in taken], **_state(device, turf_id)})


def _said(request: PhoneRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise BadInput(f"At most {MOST_BYTES} bytes at a time.")
    try:
        said = json.loads(request.body)
    except ValueError:
        raise BadInput("This is not JSON.") from None
    if not isinstance(said, dict):
        raise BadInput("An object with «watch» and «signs» is needed.")
    return said


def _state(device: Device, turf_id: int) -> dict[str, Any]:
    offer = queries.offer_of(device.campaign)
    watch = access.watch_of(device, turf_id)
    return {
        "offer": {"lead_phone": offer.lead_phone, "every_minutes": list(EVERY_MINUTES)}
        if offer
        else None,
        "watch": str(watch.pk) if watch else None,
    }


def _no(error: Exception) -> JsonResponse:
    return JsonResponse(
        {"error": str(error)}, status=403 if isinstance(error, PhoneNotLetIn) else 404
    )
