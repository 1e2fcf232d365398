"""The phone app's own addresses: its page, what lets it open with no network, and the data it carries."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from hustings import __version__
from hustings.apps.accounts.access import DEVICE_COOKIE, NotHere
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.precision import Precision
from hustings.apps.canvass import (
    access,
    actions,
    app_files,
    app_words,
    carrying,
    changes,
    ground,
    moving,
)

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from hustings.apps.accounts.requests import PhoneRequest

APP = f"phone app {__version__}"
"""Written into every event that the app makes."""


def _page() -> dict[str, Any]:
    return {
        "facts": {
            "words": app_words.words(),
            "icons": staticfiles_storage.url("vendor/lucide/icons.svg"),
            "qr": staticfiles_storage.url(app_files.QR),
            "version": APP,
        },
        "modules": [staticfiles_storage.url(name) for name in app_files.at_once()],
        "language": get_language(),
    }


@gzip_page
@never_cache
@require_GET
def app(request: PhoneRequest) -> HttpResponse:
    """The one page of the app: the same for everybody, with nothing of any campaign in it."""
    return render(request, "canvass/app.html", _page())


@never_cache
@require_GET
def service_worker(request: PhoneRequest) -> HttpResponse:
    """What lets the app open with no network: its files and its page, by a version that changes with them."""
    page = render_to_string("canvass/app.html", _page())
    version = hashlib.sha256(f"{app_files.digest()}{page}".encode()).hexdigest()[:16]
    facts = {"files": app_files.addresses(), "shell": reverse("phone:app"), "version": version}
    source = app_files.content_of("canvass/service_worker.js").decode()
    return HttpResponse(
        f"self.hustings = {json.dumps(facts)};\n{source}", content_type="text/javascript"
    )


@require_GET
def manifest(request: PhoneRequest) -> JsonResponse:
    """How the app calls itself on a home screen. Nobody is asked to put it there."""
    return JsonResponse(
        {
            "name": _("Hustings: my walk"),
            "short_name": _("My walk"),
            "start_url": reverse("phone:app"),
            "scope": "/w/",
            "display": "standalone",
            "background_color": "#faf7f0",
            "theme_color": "#1b2422",
            "icons": [
                {"src": staticfiles_storage.url("mark.svg"), "sizes": "any", "type": "image/svg+xml"}
            ],
        },
        content_type="application/manifest+json",
    )  # fmt: skip


@never_cache
@require_GET
def carried(request: PhoneRequest) -> JsonResponse:
    """Who this phone is and which walks it carries now."""
    return JsonResponse(carrying.carried_by(request.device))


@gzip_page
@require_GET
def walk_data(request: PhoneRequest, turf_id: int) -> HttpResponseBase:
    """A walk for the phone's own store: what its plain pages show, all at once; 304 while nothing is new."""
    try:
        device = access.let_in(request)
        grant = access.grant_for(device, turf_id)
    except (access.PhoneNotLetIn, NotHere) as error:
        return _no(error)
    # Before the walk is read, so that nothing is missed between.
    mark = changes.mark_of(device, turf_id)
    if mark is None or mark.over:  # since the phone was looked for a moment ago
        return _no(NotHere())
    walk, people = carrying.walk_for_phone(grant, mark.knock)
    etag = hashlib.sha256(json.dumps(walk, sort_keys=True).encode()).hexdigest()[:32]
    if etag in request.headers.get("If-None-Match", ""):
        return _private(HttpResponseNotModified(), etag)
    if walk["keeps"] == Precision.PERSON:  # of the others nobody is shown
        audit(device.actor, "person.look", subject="turf", subject_id=turf_id, count=max(people, 1))
    walk["seconds_left"] = carrying.seconds_left(grant)
    walk["position"] = mark.position
    return _private(JsonResponse(walk), etag)


@gzip_page
@require_GET
def walk_map(request: PhoneRequest, turf_id: int) -> HttpResponseBase:
    """The ground of a walk for the phone's own map, with nobody in it; 304 while it is the same."""
    try:
        grant = access.grant_for(access.let_in(request), turf_id)
    except (access.PhoneNotLetIn, NotHere) as error:
        return _no(error)
    campaign, turf = grant.device.campaign, grant.turf
    mark = ground.mark_of(campaign, turf)
    if mark in request.headers.get("If-None-Match", ""):
        return _private(HttpResponseNotModified(), mark)
    return _private(JsonResponse(ground.ground_of(campaign, turf)), mark)


def _private(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = f'W/"{etag}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _no(error: access.PhoneNotLetIn | NotHere) -> JsonResponse:
    status = 403 if isinstance(error, access.PhoneNotLetIn) else 404
    return JsonResponse({"error": str(error)}, status=status)


@never_cache
@require_GET
def receipt_data(request: PhoneRequest, turf_id: int) -> JsonResponse:
    """What the server counts for the receipt."""
    try:
        grant = access.grant_for_receipt(access.let_in(request), turf_id)
    except (access.PhoneNotLetIn, NotHere) as error:
        return _no(error)
    return JsonResponse(carrying.receipt_for_phone(grant))


@csrf_exempt
@never_cache
@require_POST
def hand_back(request: PhoneRequest, turf_id: int) -> JsonResponse:
    """The walk is back with the organiser; the slip stays."""
    try:
        device = access.let_in(request)
        grant = access.grant_for_receipt(device, turf_id)
    except (access.PhoneNotLetIn, NotHere) as error:
        return _no(error)
    if request.content_type != "application/json":
        return _only_json()
    actions.hand_back(grant, by=device.actor)
    return JsonResponse(carrying.receipt_for_phone(grant))


@csrf_exempt
@never_cache
@require_POST
def move(request: PhoneRequest) -> JsonResponse:
    """A link with which another browser goes on as this phone; nothing changes until it is used."""
    try:
        device = access.let_in(request)
    except access.PhoneNotLetIn as error:
        return _no(error)
    if request.content_type != "application/json":
        return _only_json()
    link = request.build_absolute_uri(reverse("phone:moved", args=[moving.link_for(device)]))
    return JsonResponse({"link": link})


@csrf_exempt
@never_cache
@require_POST
def leave(request: PhoneRequest) -> JsonResponse:
    """This phone forgets its walks; what it recorded stays."""
    device = request.device
    if device is None:
        return _no(access.PhoneNotLetIn())
    if request.content_type != "application/json":
        return _only_json()
    if not device.revocations.exists():
        actions.take_back(device.campaign, [device], by=device.actor, why="signed out")
    response = JsonResponse({"left": True})
    response.delete_cookie(DEVICE_COOKIE, path="/w/")
    return response


def _only_json() -> JsonResponse:
    # There is no form token here: a browser lets no other site send this content type with the cookie.
    return JsonResponse({"error": _("Send application/json.")}, status=415)
