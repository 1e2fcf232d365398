"""
What everyone may see of a contest whose page was opened: the same board, without the names of people.

No cookie is set or read, and nothing comes from anybody else's server. A campaign that is not there, a contest that
is not and one whose page is closed look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from hustings.apps.accounts.access import NotHere
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import board_files, count_out, live, live_page, publishing
from hustings.apps.contests.access import contest_for
from hustings.apps.contests.models import Unit
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from hustings.apps.contests.models import Contest

FRESH_S = 2
"""So long a cache between us and a reader may keep an answer."""
KEPT_S = 60
LISTING = {"page", "numbers"}
"""These list the units of one area, page by page; the files hold all."""
KEPT_HEADERS = ("Content-Type", "Content-Disposition")
RATES = {"count_look": "1200/m/ip"}
"""A hall behind one address asks every few seconds; a machine that asks without end is slowed down."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an address makes a difference; anything else in it is the same page."""

    view: str
    area: str | None = None
    page: str = "1"

    @property
    def said(self) -> dict[str, str]:
        """As the page's own links say it."""
        return {"page": self.page, **({} if self.area is None else {"area": self.area})}


@require_GET
@gzip_page
def page(request: HttpRequest, slug: str, contest_id: int) -> HttpResponse:
    """The page."""
    return _open(
        request, slug, contest_id, "page",
        lambda contest, asked: _shown(request, contest, asked, "contests/public.html"),
    )  # fmt: skip


@require_GET
@gzip_page
def numbers(request: HttpRequest, slug: str, contest_id: int) -> HttpResponse:
    """The numbers alone, asked for every few seconds; 304 while nothing changed."""
    return _open(
        request, slug, contest_id, "numbers",
        lambda contest, asked: _shown(request, contest, asked, "contests/live_numbers.html"),
    )  # fmt: skip


@require_GET
@gzip_page
def as_json(request: HttpRequest, slug: str, contest_id: int) -> HttpResponse:
    """The board, for programs."""
    return _open(
        request, slug, contest_id, "json",
        lambda contest, _asked: JsonResponse(board_files.as_json(board_of(contest))),
    )  # fmt: skip


@require_GET
@gzip_page
def as_csv(request: HttpRequest, slug: str, contest_id: int) -> HttpResponse:
    """A row for each unit."""
    return _open(
        request, slug, contest_id, "csv",
        lambda contest, _asked: board_files.csv_response(board_of(contest)),
    )  # fmt: skip


@require_GET
@gzip_page
def count_file(request: HttpRequest, slug: str, contest_id: int) -> HttpResponse:
    """Rules, reports, lots and the count, for whoever counts again."""
    return _open(
        request, slug, contest_id, "count",
        lambda contest, _asked: _counted(contest),
    )  # fmt: skip


def _counted(contest: Contest) -> HttpResponse:
    """Why there is no count is kept for all who ask, as the count is: it costs as much to find out."""
    try:
        return count_out.response(board_of(contest))
    except BadInput as error:
        return HttpResponse(f"{error}\n", content_type="text/plain; charset=utf-8", status=422)


def _shown(request: HttpRequest, contest: Contest, asked: Asked, template: str) -> HttpResponse:
    context = {**live_page.context_of(board_of(contest), asked.said), "theirs": contest.campaign}
    return render(request, template, context)


def _asked(request: HttpRequest, contest: Contest, view: str) -> Asked:
    """An area or a page that is not there is none: so many answers there are, however many addresses."""
    if view not in LISTING or not request.GET.keys() & {"area", "page"}:
        return Asked(view)
    units = Unit.objects.of(contest.campaign_id).filter(contest=contest, taken_away_at=None)
    area = request.GET.get("area")
    in_area = 0 if area is None or "\x00" in area else units.filter(area=area).count()
    listed = in_area or units.count()
    number = live_page.page_within(request.GET.get("page", ""), listed)
    return Asked(view, area if in_area else None, str(number))


def _open(
    request: HttpRequest, slug: str, contest_id: int, view: str,
    answer: Callable[[Contest, Asked], HttpResponse],
) -> HttpResponse:  # fmt: skip
    if slower := ratelimit.consume_or_429(
        request, action="count_look", config=RATES, limit_get=True
    ):
        return cast("HttpResponse", slower)
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return _not_here(request)
    with tenant(campaign.pk), timezone.override(campaign.time_zone):
        try:
            contest = contest_for(campaign, contest_id)
        except NotHere:
            return _not_here(request)
        if not publishing.is_published(contest):
            return _not_here(request)
        contest.campaign = campaign
        return _fresh(request, contest, _asked(request, contest, view), answer)


def _fresh(
    request: HttpRequest, contest: Contest, asked: Asked,
    answer: Callable[[Contest, Asked], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """304 to whoever has it already, before anything is counted."""
    language = getattr(request, "LANGUAGE_CODE", "")
    mark = f'"{live.version_of(contest, asked, language)}"'
    known = get_conditional_response(request, etag=mark)
    if known is None:
        place = f"count:{contest.campaign_id}:{contest.pk}:{asked}:{language}"
        response = _once(place, mark, lambda: answer(contest, asked))
    else:
        response = known
    response["ETag"] = mark
    patch_cache_control(response, public=True, max_age=FRESH_S)
    return response


def _once(place: str, mark: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """
    What one reader was shown is shown to all who ask for the same meanwhile: a thousand readers are one count.

    The newest takes the place of the one before it.
    """
    kept: tuple[str, bytes, dict[str, str], int] | None = cache.get(place)
    if kept is not None and kept[0] == mark:
        _mark, body, headers, status = kept
        return HttpResponse(body, status=status, headers=headers)
    response = answer()
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    cache.set(place, (mark, response.content, headers, response.status_code), KEPT_S)
    return response


def _not_here(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=404)
