"""The tray: reports that nobody vouches for, and the lots that came with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import access, lots_in_the_tray, queries, too_early
from hustings.apps.contests import tray as trays
from hustings.apps.contests.models import Report
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest


@require_GET
def tray(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """What nobody vouches for."""
    require(request.member, Right.CONTESTS)
    return _page(request, access.contest_for(request.campaign, contest_id))


def _page(request: CampaignRequest, contest: Contest, error: str = "") -> HttpResponse:
    page = queries.tray(contest, request.GET.get("page", ""))
    waiting = lots_in_the_tray.waiting(contest)
    names = (
        waiting[0].names if waiting else {one.code: one.name for one in queries.candidates(contest)}
    )
    lots: dict[int, list[lots_in_the_tray.Waiting]] = {}
    for one in waiting:
        lots.setdefault(one.lot.tray_id, []).append(one)
    rows: list[dict[str, Any]] = [
        {
            "tray": one,
            "phase": Report.Phase(one.phase).label if one.phase else "",
            "counts": [
                (names.get(code, code), number)
                for code, number in one.numbers.get("counts", {}).items()
            ],
            "lots": lots.get(one.pk, []),
        }
        for one in page.rows
    ]
    vouched = [one for found in lots.values() for one in found if one.lot.tray.settled_at]
    context = {
        "contest": contest, "page": page, "rows": rows, "vouched_lots": vouched, "error": error,
    }  # fmt: skip
    return render(request, "contests/tray.html", context, status=422 if error else 200)


@require_POST
def early(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Lay everything into the tray that came as practice after the hour."""
    require(request.member, Right.CONTESTS)
    contest = access.held_contest_for(request.campaign, contest_id)
    laid = too_early.lay_all_in_the_tray(contest, by=request.member.actor)
    said = ngettext(
        "%(n)s practice report lies in the tray. Vouch for it if it was a count, or lay it aside.",
        "%(n)s practice reports lie in the tray. Vouch for each that was a count, and lay the others aside.",
        laid,
    )
    if laid:
        messages.success(request, said % {"n": laid})
    else:
        messages.info(request, _("Each of them was reported since, or is of no unit that is here."))
    return redirect("contests:tray", slug=request.campaign.slug, contest_id=contest.pk)


@require_POST
def tray_verb(request: CampaignRequest, contest_id: int, tray_id: int) -> HttpResponse:
    """Vouch for it after ringing back, or lay it aside."""
    require(request.member, Right.CONTESTS)
    contest = access.held_contest_for(request.campaign, contest_id)
    this = access.tray_report_for(contest, tray_id, lock=True)
    match request.POST.get("do"):
        case "vouch":
            try:
                trays.vouch(this, by=request.member.actor)
            except BadInput as error:
                return _page(request, contest, error.message)
            messages.success(request, _("It counts now as taken down by telephone, on your word."))
        case "aside":
            trays.lay_aside(this, by=request.member.actor)
            messages.info(request, _("Laid aside. It stays on record and counts nowhere."))
        case _:
            raise NotHere
    return redirect("contests:tray", slug=request.campaign.slug, contest_id=contest.pk)


@require_POST
def tray_lot(request: CampaignRequest, contest_id: int, lot_id: int) -> HttpResponse:
    """Take a lot in that came with a report, for the tie it fits; or lay it aside."""
    require(request.member, Right.CONTESTS)
    contest = access.contest_for(request.campaign, contest_id)
    this = access.tray_lot_for(contest, lot_id, lock=True)
    match request.POST.get("do"):
        case "take":
            try:
                lots_in_the_tray.take_in(this, by=request.member.actor)
            except BadInput as error:
                return _page(request, contest, error.message)
            messages.success(request, _("The lot is on record, on your word."))
            return redirect("live:lots", request.campaign.slug, contest.pk)
        case "aside":
            lots_in_the_tray.lay_aside(this, by=request.member.actor)
            messages.info(request, _("Laid aside. It stays on record and decides nothing."))
        case _:
            raise NotHere
    return redirect("contests:tray", slug=request.campaign.slug, contest_id=contest.pk)
