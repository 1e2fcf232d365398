"""What the map and the printer ask for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.exports.asking import asked_in
from hustings.apps.outings import access, map_doors, packs, queries, walk_list
from hustings.apps.outings.views import number_in

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.outings.models import Cut


@require_GET
def doors(request: CampaignRequest, cut_id: int) -> HttpResponse:
    """A cut's doors for the map, or each of its walks once where they are many; 304 while nothing changed."""
    require(request.member, Right.SEE_TURF)
    return doors_or_walks(request, access.cut_for(request.campaign, cut_id))


def doors_or_walks(request: CampaignRequest, cut: Cut) -> HttpResponse:
    """Every door while they are few; otherwise each walk once, and the doors come by tile."""
    large = map_doors.is_large(cut)
    found = map_doors.walks_as_geojson(cut) if large else queries.doors_as_geojson(cut)
    return unless_known(request, found, "application/geo+json")


@require_GET
def doors_of_tile(
    request: CampaignRequest, cut_id: int, zoom: int, column: int, row: int
) -> HttpResponse:
    """A cut's doors in one square of the map, as many as one answer holds; 304 while nothing changed."""
    require(request.member, Right.SEE_TURF)
    cut, tile = access.cut_for(request.campaign, cut_id), map_doors.Tile(zoom, column, row)
    if not tile.is_there:
        raise NotHere
    return unless_known(request, map_doors.doors_in(cut, tile), "application/json")


@require_GET
def route(request: CampaignRequest, cut_id: int, number: int) -> HttpResponse:
    """One walk's line along the streets and its doors in order; 304 while nothing changed."""
    require(request.member, Right.SEE_TURF)
    cut = access.cut_for(request.campaign, cut_id)
    turf = access.turf_numbered(cut, number)
    found = json.dumps(queries.route_as_json(request.campaign, turf))
    return unless_known(request, found, "application/geo+json")


@require_GET
def map_style(request: CampaignRequest) -> HttpResponse:
    """What the map is drawn with where the town has no tiles: paper, on which doors and lines stand."""
    require(request.member, Right.SEE_TURF)
    return unless_known(request, json.dumps(PAPER), "application/json")


PAPER = {
    "version": 8,
    "name": "Paper",
    "sources": {},
    "layers": [{"id": "paper", "type": "background", "paint": {"background-color": "#f1ece0"}}],
}


def unless_known(request: CampaignRequest, body: str, kind: str) -> HttpResponse:
    """The answer with its mark, or 304 for whoever has it already."""
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
    # One that no walk can have names none, and does not mean all.
    named = {number_in(text) or 0 for text in request.GET.getlist("walk") if text.isdecimal()}
    chosen = queries.turfs_to_print(cut, named, packs.MOST_DOORS_AT_ONCE)
    if not (chosen or named):
        packs.fits_one_file(walk_list.walks_by_state(cut).doors)
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
