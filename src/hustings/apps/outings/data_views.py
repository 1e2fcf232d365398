"""What the map and the printer ask for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.exports.asking import asked_in
from hustings.apps.outings import access, packs, queries

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest


@require_GET
def doors(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """A cut's doors for the map, as GeoJSON; 304 while nothing changed."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    return _unless_known(request, queries.doors_as_geojson(cut), "application/geo+json")


@require_GET
def route(request: CampaignRequest, cut_id: int, number: int) -> HttpResponse:
    """One walk's line along the streets and its doors in order; 304 while nothing changed."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    turf = access.turf_numbered(cut, number)
    found = json.dumps(queries.route_as_json(request.campaign, turf))
    return _unless_known(request, found, "application/geo+json")


@require_GET
def map_style(request: CampaignRequest) -> HttpResponse:
    """What the map is drawn with where the town has no tiles: paper, on which doors and lines stand."""
    require(request.member, Right.SEE_TURF)
    return _unless_known(request, json.dumps(PAPER), "application/json")


PAPER = {
    "version": 8,
    "name": "Paper",
    "sources": {},
    "layers": [{"id": "paper", "type": "background", "paint": {"background-color": "#f1ece0"}}],
}


def _unless_known(request: CampaignRequest, body: str, kind: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = HttpResponse(body, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_GET
def cut_pack(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """The packs of a cut's walks in one PDF; of those named with ``walk``, if any are."""
    require(request.member, Right.SEE_PEOPLE)
    cut = access.cut_for(request.campaign, cut_id)
    turfs = queries.turfs_of(cut)
    named = {int(text) for text in request.GET.getlist("walk") if text.isdecimal()}
    chosen = [turf for turf in turfs if turf.pk in named] if named else turfs
    made = packs.print_pack(
        request.campaign, cut.action, chosen, by=request.member.actor, asked=asked_in(request.GET)
    )
    return _pdf(made, cut.action.name)


@require_GET
def walk_pack(request: CampaignRequest, turf_id: int) -> HttpResponse:
    """The pack of one walk."""
    require(request.member, Right.SEE_PEOPLE)
    turf = access.turf_for(request.campaign, turf_id)
    made = packs.print_pack(
        request.campaign, turf.action, [turf], by=request.member.actor, asked=asked_in(request.GET)
    )
    return _pdf(made, f"{turf.action.name} {turf.number}")


def _pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(name) or "walks"}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
