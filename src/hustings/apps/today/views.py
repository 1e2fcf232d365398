"""The first page, and the part of it that is asked for anew while it is open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_GET

from hustings.apps.accounts.access import require
from hustings.apps.accounts.roles import Right
from hustings.apps.followups.second_knock import nobody_in
from hustings.apps.today import matters, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.followups.second_knock import Again
    from hustings.apps.today.queries import SetUp, Walk


@dataclass(frozen=True)
class Step:
    """One step of a newcomer's path."""

    done: bool
    title: str
    text: str
    url: str
    button: str


@dataclass(frozen=True)
class Day:
    """All that the page says; it changes when any of it does, and not with the clock."""

    needs: list[matters.Matter]
    unconfirmed: list[matters.Unconfirmed] | None
    out: list[Walk]
    back: list[Walk]
    again: list[Again]
    set_up: SetUp

    @property
    def version(self) -> str:
        """The same for the same page, in one language."""
        said = repr((self, get_language()))
        return hashlib.sha256(said.encode()).hexdigest()[:24]


def _day(request: CampaignRequest) -> Day:
    """Asked once a request."""
    found: Day | None = getattr(request, "day", None)
    if found is None:
        campaign, member = request.campaign, request.member
        out, back = queries.walks(campaign)
        found = Day(
            matters.what_needs_me(campaign, member),
            matters.not_confirmed(campaign, member) if matters.UNCONFIRMED else None,
            out,
            back,
            nobody_in(campaign) if any(walk.can_be_knocked_again for walk in back) else [],
            queries.set_up(campaign),
        )
        request.day = found  # type: ignore[attr-defined]  # from the mark of the page to the page
    return found


def _mark(request: CampaignRequest) -> str:
    require(request.member, Right.HAND_OUT)
    return f'"{_day(request).version}"'


def _context(request: CampaignRequest) -> dict[str, object]:
    day = _day(request)
    steps = _steps(request, day.set_up)
    return {
        "day": day,
        "out": day.out[: queries.MOST],
        "back": day.back[: queries.MOST],
        "doors_out": sum(walk.doors for walk in day.out),
        "done_out": sum(walk.done for walk in day.out),
        "done_back": sum(walk.done for walk in day.back),
        "contacts_back": sum(walk.contacts for walk in day.back),
        "steps": [] if day.set_up.handed_out else steps,
        "next_step": next((step for step in steps if not step.done), None),
    }


@require_GET
def today(request: CampaignRequest) -> HttpResponse:
    """What needs me now, who is out and since when, what came back, who has not confirmed."""
    require(request.member, Right.HAND_OUT)
    return render(request, "today/today.html", _context(request))


@require_GET
@etag(_mark)
def now(request: CampaignRequest) -> HttpResponse:
    """The same again, or that nothing changed."""
    return render(request, "today/now.html", _context(request))


def _steps(request: CampaignRequest, done: SetUp) -> list[Step]:
    def to(name: str) -> str:
        return reverse(name, kwargs={"slug": request.campaign.slug})

    return [
        Step(
            done.register, _("Bring in the register"),
            _("The file as your authority gave it to you: its addresses are the doors."),
            to("register:list"), _("Register"),
        ),
        Step(
            done.places, _("Bring in your streets"),
            _("A map of the town or a list of addresses, so that doors have a place."),
            to("places:coverage"), _("Places"),
        ),
        Step(
            done.cut, _("Cut turf and publish it"),
            _("Walks of about two hours each, in the order in which they are walked."),
            to("outings:new"), _("Plan a round"),
        ),
        Step(
            done.join_page, _("Open the join page"),
            _("A form for whoever wants to help; its link goes wherever people look."),
            to("volunteers:join-page"), _("Join page"),
        ),
        Step(
            done.session, _("Plan a session"),
            _("A time and a place; whoever joined signs up on their own page."),
            to("sessions:new"), _("New session"),
        ),
        Step(
            done.handed_out, _("Hand the first walk out"),
            _("One code on the table hands each arrival a walk; then this page shows who is out."),
            to("dispatch:new"), _("Open a table"),
        ),
    ]  # fmt: skip
