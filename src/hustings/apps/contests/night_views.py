"""The reporter's phone: its page, which opens with no network, what it reports from, and what it sends."""

from __future__ import annotations

import hashlib
import json
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.core import ratelimit
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import (
    inviting,
    night_facts,
    night_files,
    photographing,
    receiving,
    tray_room,
)
from hustings.apps.contests.access import link_of
from hustings.apps.contests.night_words import words
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from hustings.apps.contests.models import ReporterLink

RATES = {"night": "1200/m/ip", "night_nowhere": "20/m/ip"}
"""A hall of reporters stands behind one address; links that lead nowhere are tried less often."""
MOST_BYTES = 1_000_000
MOST_EVENTS = 200
FULL = {"53100", "53200"}
"""What the database says when its disk or its memory is full."""


def opened(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """The link, ended or not, behind its campaign's wall; 404 as JSON for a link that nobody was given."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        if slower := _slower(request, "night"):
            return slower
        link = link_of(token)
        if link is None:
            return _slower(request, "night_nowhere") or JsonResponse(
                {"error": "Nobody was given this link."}, status=404
            )
        campaign = link.reporter.contest.campaign
        try:
            with tenant(campaign.pk), timezone.override(campaign.time_zone):
                return view(request, link, **named)
        except OperationalError as error:  # nothing of it was kept
            full = getattr(error.__cause__, "sqlstate", None) in FULL
            said = "The server could not keep this. It stays on the phone; send it again later."
            return JsonResponse({"error": said}, status=507 if full else 503)

    return answered


def _slower(request: HttpRequest, action: str) -> HttpResponse | None:
    limited = ratelimit.consume_or_429(request, action=action, config=RATES, limit_get=True)
    return cast("HttpResponse | None", limited)


@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The one page, with nothing of any campaign in it; a link that nobody was given leads nowhere."""
    if slower := _slower(request, "night"):
        return slower
    if link_of(token) is None:
        return _slower(request, "night_nowhere") or _private(
            render(request, "contests/nowhere.html", status=404)
        )
    return _private(render(request, "contests/night.html", _page()))


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The same page without a link, as the phone keeps it."""
    return _slower(request, "night") or _private(render(request, "contests/night.html", _page()))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page() -> dict[str, Any]:
    return {"facts": {"words": words(), "version": night_files.digest()[:12]}}


@never_cache
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """What lets the page open with no network: its files and its page, by a version that changes with them."""
    if slower := _slower(request, "night"):
        return slower
    whole = render_to_string("contests/night.html", _page())
    version = hashlib.sha256(f"{night_files.digest()}{whole}".encode()).hexdigest()[:16]
    facts = {
        "files": night_files.addresses(), "shell": reverse("night:shell"), "version": version,
    }  # fmt: skip
    source = night_files.content_of(night_files.WORKER).decode()
    return HttpResponse(
        f"self.hustings = {json.dumps(facts)};\n{source}", content_type="text/javascript"
    )


@require_GET
@opened
def facts(request: HttpRequest, link: ReporterLink) -> JsonResponse:
    """The contest, who stands, from where this phone reports, and what the office has from it."""
    if not link.is_over:
        inviting.opened(link.reporter)
    return JsonResponse(night_facts.facts_for(link))


@csrf_exempt
@require_POST
@opened
def events(request: HttpRequest, link: ReporterLink) -> JsonResponse:
    """Take reports in; there is no form token: the link is the key, and this content type no other site can send."""
    if request.content_type != "application/json":
        return JsonResponse({"error": "Send application/json."}, status=415)
    try:
        items = _items(request)
    except BadInput as error:
        return JsonResponse({"error": str(error)}, status=422)
    taken = tray_room.taken_now(link, items)
    if items and not taken:
        said = "The office's tray is full of reports by this link. They stay on the phone; send them again later."
        return JsonResponse({"error": said}, status=429)
    verdicts = receiving.receive(link, taken)
    answers = [{"id": one.id, "status": one.status, "message": one.message} for one in verdicts]
    return JsonResponse({"events": answers, "at": timezone.now()})


def _items(request: HttpRequest) -> list[dict[str, Any]]:
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise BadInput("This is more than a megabyte: send fewer reports at once.")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("This is not JSON.") from error
    items = said.get("events") if isinstance(said, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadInput("«events» is a list of objects.")
    if len(items) > MOST_EVENTS:
        raise BadInput(f"Send at most {MOST_EVENTS} reports at once.")
    return items


@csrf_exempt
@require_POST
@opened
def photo(request: HttpRequest, link: ReporterLink, event_id: UUID) -> JsonResponse:
    """Keep a photographed sheet; the same twice is one."""
    body = request.read(photographing.MOST_BYTES + 1)
    try:
        status = photographing.keep(
            link, event_id, body, unit_id=request.GET.get("unit", ""),
            report=request.GET.get("report", ""), taken_at=request.GET.get("taken_at", ""),
        )  # fmt: skip
    except BadInput as error:
        return JsonResponse({"status": "refused", "message": str(error)}, status=422)
    return JsonResponse({"status": status})
