"""Who supports whom: polls that were entered, and the campaign's own answers, by age and gender."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import polls
from hustings.apps.contests.access import contest_for
from hustings.apps.contests.models import Poll
from hustings.apps.contests.totals import board_of
from hustings.core.contest.support.table import FEW, UNKNOWN
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest

BANDS = {
    "age": ("17-29", "30-44", "45-64", "65+", UNKNOWN),
    "gender": ("female", "male", "another", UNKNOWN),
}
"""Those that a form offers; their names may be written over."""


@require_http_methods(["GET", "POST"])
def page(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """All tables, and a form for one more poll."""
    require(request.member, Right.SEE_CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    contest.campaign = request.campaign
    error = ""
    if request.method == "POST":
        require(request.member, Right.CONTESTS)
        try:
            _enter(request, contest)
        except BadInput as wrong:
            error = str(wrong)
        else:
            messages.success(request, _("The poll is written down."))
            return redirect("live:support", request.campaign.slug, contest.pk)
    board = board_of(contest, beside=False)
    everything = request.member.may(Right.SEE_PEOPLE)
    found = [
        (poll, polls.tables_of(poll, board.names, all_of_it=everything))
        for poll in polls.polls_of(contest)
    ]
    context = {
        "contest": contest, "room": "support", "error": error, "said": request.POST,
        "polls": [
            (poll, tables, polls.heads_are_not_delegates(tables, board.main, board.names))
            for poll, tables in found
        ],
        "own": polls.own_tables(contest, all_of_it=everything)
        if request.member.may(Right.SEE_RESULTS) else [],
        "names": board.names, "few": FEW, "everything": everything,
        "form_tables": _form_tables(request.POST, board.names),
        "kinds": Poll.Kind.choices, "may_settle": request.member.may(Right.CONTESTS),
    }  # fmt: skip
    return render(request, "contests/support.html", context, status=422 if error else 200)


def _form_tables(said: QueryDict, names: dict[str, str] | Any) -> list[dict[str, Any]]:
    """What was typed stays when something is wrong with it."""
    return [
        {
            "by": by,
            "rows": [
                {
                    "at": f"{by}-{place}",
                    "band": said.get(f"{by}-{place}-band", band),
                    "heads": said.get(f"{by}-{place}-heads", ""),
                    "weight": said.get(f"{by}-{place}-weight", ""),
                    "cells": [
                        (code, names[code], said.get(f"{by}-{place}-{code}", "")) for code in names
                    ],
                }
                for place, band in enumerate(bands)
            ],
        }
        for by, bands in BANDS.items()
    ]


def _enter(request: CampaignRequest, contest: Contest) -> None:
    said = request.POST
    codes = polls.codes_of(contest)
    tables = {
        by: [
            band
            for place in range(len(bands))
            if (band := _band(said, f"{by}-{place}", codes)) is not None
        ]
        for by, bands in BANDS.items()
    }
    polls.enter(
        contest, said.get("kind", ""), said.get("asked_by", ""), tables,
        by=request.member.actor, corrects=_corrected(contest, said.get("corrects", "")),
    )  # fmt: skip


def _corrected(contest: Contest, number: str) -> Poll | None:
    if not number:
        return None
    poll: Poll | None = None
    if number.isascii() and number.isdecimal() and len(number) < 19:
        poll = Poll.objects.of(contest.campaign_id).filter(contest=contest, pk=int(number)).first()
    if poll is None:
        raise NotHere
    return poll


def _band(said: QueryDict, at: str, codes: list[str]) -> dict[str, Any] | None:
    """A row that was left empty is none."""
    name = said.get(f"{at}-band", "").strip()
    if not said.get(f"{at}-heads", "").strip():
        return None
    found: dict[str, Any] = {
        "band": name,
        "heads": _number(said.get(f"{at}-heads", ""), name),
        "counts": {
            code: _number(value, name)
            for code in codes
            if (value := said.get(f"{at}-{code}", "").strip())
        },
    }
    if weight := said.get(f"{at}-weight", "").strip():
        found["weight"] = weight.replace(",", ".")
    return found


def _number(said: str, band: str) -> int:
    said = said.strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise BadInput(_("It must be a whole number, not «%s».") % said[:40], where=band)
    return int(said)
