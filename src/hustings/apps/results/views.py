"""The results' room: one page that keeps itself up to date, its map, and the same as CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import etag, require_GET

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.audit.actions import record as audit
from hustings.apps.outings.access import turf_for
from hustings.apps.places.town import town_map
from hustings.apps.results import actions, charts, doors, paging, queries, tables
from hustings.apps.results.definitions import FIGURES
from hustings.apps.results.row_words import Phrases, words_of
from hustings.apps.results.walk_lines import Around, lines_of

if TYPE_CHECKING:
    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.results.row_words import Words

MOST_SPOTS = 400
"""Where more walks lie on a drawing without a map, their rings lie on one another."""


def _version(request: CampaignRequest) -> str:
    require(request.member, Right.SEE_RESULTS)
    return f'"{queries.version_of(request.campaign, _action(request), _may_see_all(request))}"'


def _mark_of_doors(request: CampaignRequest) -> str:
    require(request.member, Right.SEE_RESULTS)
    require(request.member, Right.SEE_TURF)
    action, all_of_it = _action(request), _may_see_all(request)
    return f'"{doors.mark_of(request.campaign, action, single_doors=all_of_it)}"'


def _action(request: CampaignRequest) -> int | None:
    return _number(request, "action")


def _number(request: CampaignRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _may_see_all(request: CampaignRequest) -> bool:
    """Whoever may look people up is told volunteers' names, and rows with few answers."""
    return request.member.may(Right.SEE_PEOPLE)


def _effort(request: CampaignRequest) -> queries.Effort:
    require(request.member, Right.SEE_RESULTS)
    return queries.effort(request.campaign, _action(request), names=_may_see_all(request))


def _said(number: int) -> str:
    return number_format(number, force_grouping=True)


def _share(part: int, whole: int) -> str:
    share = queries.percent(part, whole)
    return "–" if share is None else _("%(share)s %%") % {"share": share}


def _stats(effort: queries.Effort) -> list[dict[str, object]]:
    """What stands on top: each says what it is, of how many, and how old it is."""
    total = effort.total
    numbers = {
        "knocked": _said(total.knocked), "doors": _said(total.doors),
        "contacts": _said(total.contacts), "disputed": _said(effort.disputed),
        "back": _said(total.come_back),
    }  # fmt: skip
    return [
        {
            "label": FIGURES["knocked"].label,
            "value": _share(total.knocked, total.doors),
            "of": _("%(knocked)s of %(doors)s doors on walks") % numbers,
        },
        {
            "label": FIGURES["contacts"].label,
            "value": _share(total.contacts, total.knocked),
            "of": _("%(contacts)s of %(knocked)s doors knocked") % numbers,
        },
        {
            "label": FIGURES["answers"].label,
            "value": _said(total.answers),
            "of": _("%(disputed)s of them heard differently by two phones") % numbers,
        },
        {
            "label": FIGURES["come_back"].label,
            "value": numbers["back"],
            "of": _("of %(doors)s doors on walks") % numbers,
        },
    ]


def _context(request: CampaignRequest) -> dict[str, object]:
    effort = _effort(request)
    everything = _may_see_all(request)
    codes = [level.code for level in effort.levels]
    page = paging.page_of(effort.walks, _number(request, "page"), _number(request, "walk"))
    on_map = _map(request, effort)
    around = Around(
        action=_action(request),
        walk=_number(request, "walk"),
        on_map="map" in on_map,
        several_actions=bool(on_map.get("several_actions")),
    )
    phrases = Phrases()
    return {
        **on_map,
        "page": page,
        "pages": paging.links(page, request.GET),
        "effort": effort,
        "total": effort.total,
        "stats": _stats(effort),
        "action": _action(request),
        "slices": charts.slices(effort.levels),
        "columns": charts.columns(effort.days),
        "spots": charts.spots(effort.walks) if len(effort.walks) <= MOST_SPOTS else [],
        "map_width": charts.WIDTH,
        "map_height": charts.HEIGHT,
        "walks": [
            lines_of(row, words, around, phrases)
            for row, words in _with_support(
                effort.walks, codes, page.rows, phrases, all_of_it=everything, of_doors=True
            )
        ],
        "phones": _with_support(effort.phones, codes, effort.phones, phrases, all_of_it=everything),
        "days": _with_support(effort.days, codes, effort.days, phrases, all_of_it=everything),
        "as_parties": request.campaign.support_as == "parties",
        "few": queries.FEW,
        "everything": everything,
    }


def _with_support(
    rows: list[queries.Row],
    codes: list[str],
    shown: list[queries.Row],
    phrases: Phrases,
    *,
    all_of_it: bool,
    of_doors: bool = False,
) -> list[tuple[queries.Row, Words]]:
    """The rows that are shown; which of them may be told apart is decided over all."""
    said = queries.said_rows(rows, all_of_it=all_of_it)
    return [
        (row, words_of(row, codes, phrases, said=row.key in said, of_doors=of_doors))
        for row in shown
    ]


def _map(request: CampaignRequest, effort: queries.Effort) -> dict[str, object]:
    """What the map needs; nothing where there is no map, or no door on it."""
    town = town_map(request.campaign)
    if town is None or not town.tiles or not request.member.may(Right.SEE_TURF):
        return {}
    slug, action = request.campaign.slug, _action(request)
    lost = doors.not_on_the_map(request.campaign, action)
    if lost >= effort.total.doors:
        return {}
    chosen = f"?action={action}" if action else ""
    route = reverse("results:route", kwargs={"slug": slug, "turf_id": 0})
    return {
        "map": {
            "style": reverse("map:style", kwargs={"slug": slug}),
            "doors": reverse("results:doors", kwargs={"slug": slug}) + chosen,
            "route": route.replace("/0.geojson", "/{walk}.geojson"),
        },
        "lost": lost,
        "walk": _number(request, "walk"),
        "legend": doors.legend(effort.levels, single_doors=_may_see_all(request)),
        "several_actions": len({row.action for row in effort.walks}) > 1,
    }


@require_GET
def overview(request: CampaignRequest) -> HttpResponse:
    """The page."""
    meanings = [
        {
            "label": figure.label,
            "definition": figure.definition,
            "of": FIGURES[figure.of].label if figure.of else "",
        }
        for figure in FIGURES.values()
    ]
    context = {
        **_context(request),
        "actions": queries.actions_of(request.campaign),
        "meanings": meanings,
    }
    return render(request, "results/overview.html", context)


@require_GET
@cache_control(private=True, no_cache=True)
@etag(_version)
def numbers(request: CampaignRequest) -> HttpResponse:
    """The numbers alone, asked for every few seconds; 304 while nothing changed."""
    return render(request, "results/numbers.html", _context(request))


@require_GET
@gzip_page
@cache_control(private=True, no_cache=True)
@etag(_mark_of_doors)
def doors_on_the_map(request: CampaignRequest) -> HttpResponse:
    """The doors with what was heard there, for who may know it, or how far their walk is; 304 as above."""
    require(request.member, Right.SEE_TURF)
    everything, action = _may_see_all(request), _action(request)
    text, answers = doors.doors_as_geojson(request.campaign, action, single_doors=everything)
    if answers:
        actions.looked_at_the_map(request.member.actor, request.campaign, action, answers)
    return HttpResponse(text, content_type="application/geo+json")


@require_GET
def route(request: CampaignRequest, turf_id: int) -> JsonResponse:
    """One walk's line along the streets; its doors are on the map already."""
    require(request.member, Right.SEE_RESULTS)
    require(request.member, Right.SEE_TURF)
    turf = turf_for(request.campaign, turf_id)
    if turf.published_at is None:
        raise NotHere
    line = {"type": "LineString", "coordinates": turf.route}
    feature = {"type": "Feature", "geometry": line, "properties": {"walk": turf.pk}}
    return JsonResponse(
        {"type": "FeatureCollection", "features": [feature] if len(turf.route) > 1 else []},
        content_type="application/geo+json",
    )


@require_GET
def as_csv(request: CampaignRequest, by: str) -> HttpResponse:
    """One table, to keep."""
    if by not in tables.BY:
        raise NotHere
    effort = _effort(request)
    audit(request.member.actor, "results.download", subject="results", subject_id=by)
    rows = tables.table(effort, by, all_of_it=_may_see_all(request))
    response = HttpResponse(tables.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="results-{request.campaign.slug}-by-{by}.csv"'
    )
    return response


@require_GET
@cache_control(private=True, no_cache=True)
@etag(_version)
def as_json(request: CampaignRequest) -> JsonResponse:
    """All counts, for programs."""
    return JsonResponse(tables.as_json(_effort(request), all_of_it=_may_see_all(request)))
