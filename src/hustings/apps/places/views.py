"""The places' room: what is on the map, what is not, and the map itself."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.exports.asking import asked_in
from hustings.apps.jobs import actions as jobs
from hustings.apps.jobs import uploads
from hustings.apps.jobs.access import job_for
from hustings.apps.places import access, actions, queries
from hustings.apps.places.forms import PlacesFile, PointOnTheMap
from hustings.apps.places.style import style_of, style_without_map
from hustings.apps.places.tiles import tile
from hustings.formats.spreadsheet_csv import spreadsheet_lines

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest

FOR_EVER = "private, max-age=31536000, immutable"


@require_GET
def coverage(request: CampaignRequest) -> HttpResponse:
    """How well the doors are placed, and what can be done about the rest."""
    require(request.member, Right.IMPORT)
    return _coverage(request, PlacesFile())


@require_POST
def upload(request: CampaignRequest) -> HttpResponse:
    """Take a file and read it in the background."""
    require(request.member, Right.IMPORT)
    form = PlacesFile(request.POST, request.FILES)
    if not form.is_valid():
        return _coverage(request, form, status=422)
    file = form.cleaned_data["file"]
    stored = uploads.keep(request.campaign, file, ending=form.ending)
    job = jobs.start(
        request.campaign,
        "places.import",
        {"stored": stored, "name": file.name},
        by=request.member.actor,
    )
    return redirect(
        reverse("places:coverage", kwargs={"slug": request.campaign.slug}) + f"?job={job.pk}"
    )


def _coverage(request: CampaignRequest, form: PlacesFile, status: int = 200) -> HttpResponse:
    asked = request.GET.get("job", "")
    shares = queries.coverage(request.campaign)
    total = sum(share.doors for share in shares)
    good = sum(share.doors for share in shares if share.precision >= 3)
    return render(
        request,
        "places/coverage.html",
        {
            "form": form,
            "job": job_for(request.campaign, int(asked)) if asked.isdecimal() else None,
            "map": queries.town_map(request.campaign),
            "shares": shares,
            "total": total,
            "good": good,
            "good_percent": round(100 * good / total) if total else 0,
            "streets": queries.streets_to_place(request.campaign),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
def street(request: CampaignRequest) -> HttpResponse:
    """One street's doors, to be put where they are."""
    require(request.member, Right.IMPORT)
    key = request.GET.get("street", "")
    doors = queries.doors_of_street(request.campaign, key)
    if not doors:
        raise NotHere
    form = PointOnTheMap(
        request.POST or None,
        doors=[(door.pk, door.address) for door in doors],
        placed=[(door.pk, door.address) for door in doors if door.lon is not None],
    )
    if request.method == "POST" and form.is_valid():
        lon, lat = form.cleaned_data["lon"], form.cleaned_data["lat"]
        if form.cleaned_data["same_as"] is not None:
            other = access.door_for(request.campaign, form.cleaned_data["same_as"])
            lon, lat = other.lon, other.lat
        moved = actions.place_by_hand(
            request.campaign, form.cleaned_data["doors"], lon, lat, by=request.member.actor
        )
        messages.success(
            request, ngettext("%(n)s door placed.", "%(n)s doors placed.", moved) % {"n": moved}
        )
        return redirect("places:coverage", slug=request.campaign.slug)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "places/street.html",
        {"form": form, "doors": doors, "street": doors[0].street},
        status=status,
    )


@require_GET
def doors_csv(request: CampaignRequest) -> StreamingHttpResponse:
    """The campaign's doors as DOORS.csv, for cutting walks on another machine; no people."""
    require(request.member, Right.IMPORT)
    rows = actions.export_doors(
        request.campaign, by=request.member.actor, asked=asked_in(request.GET)
    )
    response = StreamingHttpResponse(
        spreadsheet_lines(actions.EXPORTED, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="doors-{request.campaign.slug}.csv"'
    return response


@require_GET
def style(request: CampaignRequest) -> JsonResponse:
    """The map's style; paper alone where there is no map."""
    require(request.member, Right.SEE_TURF)
    town = queries.town_map(request.campaign)
    if town is None or not town.tiles:
        return JsonResponse(style_without_map())
    address = reverse(
        "map:tile",
        kwargs={
            "slug": request.campaign.slug,
            "digest": town.digest,
            "zoom": 0,
            "column": 0,
            "row": 0,
        },
    ).replace("/0/0/0.mvt", "/{z}/{x}/{y}.mvt")
    return JsonResponse(style_of(town, request.build_absolute_uri("/").rstrip("/") + address))


@require_GET
def map_tile(
    request: CampaignRequest, digest: str, zoom: int, column: int, row: int
) -> HttpResponse:
    """One tile; its address holds the map's digest, so a browser may keep it for ever."""
    require(request.member, Right.SEE_TURF)
    path = access.tiles_for(request.campaign, digest)
    etag = f'"{digest[:16]}-{zoom}-{column}-{row}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    content = tile(path, zoom, column, row)
    if content is None:
        response = HttpResponse(status=204)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(content, content_type="application/vnd.mapbox-vector-tile")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(
            gzip.decompress(content), content_type="application/vnd.mapbox-vector-tile"
        )
    response["ETag"], response["Cache-Control"], response["Vary"] = (
        etag,
        FOR_EVER,
        "Accept-Encoding, Cookie",
    )
    return response
