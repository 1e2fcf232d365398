"""The lots of a contest: those that a count asks for, those on record, and the campaign's own by sealed numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import contradicting, lots, lots_in_the_tray
from hustings.apps.contests.access import contest_for, unit_for
from hustings.apps.contests.board import OpenLot
from hustings.apps.contests.checkable import checkable
from hustings.apps.contests.models import Lot, LotCall
from hustings.apps.contests.totals import board_of
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.board import Board
    from hustings.apps.contests.models import Contest

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
def page(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """What is equal and open, each with a form for the lot that was drawn; and all that is on record."""
    require(request.member, Right.SEE_CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    board, error = board_of(contest), ""
    if request.method == "POST":
        require(request.member, Right.CONTESTS)
        try:
            _record(request, contest, board)
        except BadInput as wrong:
            error = wrong.message
        else:
            messages.success(request, _("The lot is on record."))
            return redirect("live:lots", request.campaign.slug, contest.pk)
    return render(
        request, "contests/lots.html", _context(request, contest, board, error),
        status=422 if error else 200,
    )  # fmt: skip


def _context(
    request: CampaignRequest, contest: Contest, board: Board, error: str
) -> dict[str, object]:
    rows = list(reversed(board.records))[:MOST_SHOWN]
    corrected = {row.corrects_id for row in rows}
    holding = {row.pk for row in board.drawn}
    in_use = {row.pk for row in lots.in_use(board)}
    may_settle = request.member.may(Right.CONTESTS)
    calls = LotCall.objects.of(contest.campaign_id).filter(contest=contest)
    return {
        "contest": contest,
        "room": "lots",
        "error": error,
        "said": request.POST,
        "open_lots": board.lots[:MOST_SHOWN],
        "open_all": len(board.lots),
        "in_the_tray": lots_in_the_tray.waiting(contest, board) if may_settle else [],
        "names": board.names,
        "on_record": [
            {
                "lot": row, "corrected": row.pk in corrected, "wrong": lots.wrong_with(row),
                "holds": row.pk in holding, "in_use": row.pk in in_use,
                "record": row.record if may_settle else checkable(row, board.names),
                "verdict": lots.verdict(row),
                "options": [(code, board.names.get(code, code)) for code in row.among],
                "fell_on": [board.names.get(code, code) for code in row.chosen],
            }
            for row in rows
        ],
        "calls": calls.filter(lots=None).select_related("unit").prefetch_related("sides").order_by("pk"),
        "own": contest.kind == contest.Kind.MEMBERS,
        "event": uuid4(),
        "may_settle": may_settle,
    }  # fmt: skip


def _record(request: CampaignRequest, contest: Contest, board: Board) -> None:
    said = request.POST
    corrects = None
    if said.get("corrects"):
        corrects = _lot(contest, said["corrects"])
        among, choose = tuple(corrects.among), len(corrects.chosen)
        tie = OpenLot(corrects.unit, corrects.step, among, choose, "", "")
    else:
        tie = _tie(board, said)
    witnessed = lots.Witnessed(
        said.get("device", "")[:300],
        said.get("called_by", "")[:300],
        _lines(said.get("order", "")) or tie.among,
        _lines(said.get("witnesses", "")),
        said.get("photo_sha256", "").strip().lower(),
    )
    lots.put_on_record(
        contest, tie, tuple(said.getlist("chosen")), witnessed, event_id=_event(said),
        drawn_at=timezone.now(), by=request.member.actor, corrects=corrects,
    )  # fmt: skip
    if tie.unit is not None:
        contradicting.look(unit_for(contest, tie.unit.pk, lock=True))


def _tie(board: Board, said: QueryDict) -> OpenLot:
    unit, step = said.get("unit", ""), said.get("step", "")
    for tie in board.lots:
        if str(tie.unit.pk if tie.unit else "") == unit and tie.step == step:
            return tie
    raise BadInput(_("Nothing is equal there any more; look at the reports again."))


def _lot(contest: Contest, number: str) -> Lot:
    lot: Lot | None = None
    if number.isascii() and number.isdecimal() and len(number) < 19:
        rows = Lot.objects.of(contest.campaign_id).filter(contest=contest, pk=int(number))
        lot = rows.select_related("unit").first()
    if lot is None:
        raise NotHere
    return lot


def _lines(said: str) -> tuple[str, ...]:
    """One a line, or with commas between them."""
    parts = [part.strip()[:300] for line in said.splitlines() for part in line.split(",")]
    return tuple(part for part in parts if part)[: lots.MOST_WITNESSES]


def _event(said: QueryDict) -> UUID:
    try:
        return UUID(said.get("event", ""))
    except ValueError as error:
        raise BadInput(_("This form is not complete; load the page again.")) from error


@require_POST
def sealed(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Call a lot of the campaign's own, seal, open, or let the named beacon decide."""
    require(request.member, Right.CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    said, by = request.POST, request.member.actor
    do = said.get("do", "")
    if do == "call":
        lots.call(contest, _tie(board_of(contest), said), by=by)
        return redirect("live:lots", request.campaign.slug, contest.pk)
    call = _call(contest, said.get("call", ""))
    if do == "seal":
        lots.seal(call, said.get("side", ""), said.get("seal", ""), by=by)
    elif do == "open":
        side = said.get("side_id", "")
        number = int(side) if side.isascii() and side.isdecimal() and len(side) < 19 else 0
        lots.open_seal(call, number, said.get("number", ""), event_id=_event(said), by=by)
    elif do == "beacon":
        lots.by_beacon(call, said.get("signature", ""), event_id=_event(said), by=by)
    else:
        raise NotHere
    return redirect("live:lots", request.campaign.slug, contest.pk)


def _call(contest: Contest, number: str) -> LotCall:
    call: LotCall | None = None
    if number.isascii() and number.isdecimal() and len(number) < 19:
        rows = LotCall.objects.of(contest.campaign_id).filter(contest=contest, pk=int(number))
        call = rows.select_related("contest", "unit").first()
    if call is None:
        raise NotHere
    return call
