"""What a volunteer sees of sessions by their own link, and does: sign up, confirm, cannot come, take it to a calendar."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate
from zoneinfo import ZoneInfo

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hustings.apps.accounts.access import NotHere
from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import access, calendar, own_sessions, signing_up
from hustings.apps.shifts.letters import contact_of, when_of
from hustings.apps.shifts.mailing import language_of
from hustings.apps.shifts.recognising import number_of
from hustings.apps.volunteers.lawful import word_on
from hustings.apps.volunteers.own_page import campaign_of, volunteer_of
from hustings.core.errors import BadInput
from hustings.core.shifts.standing import CANCELLED, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from hustings.apps.shifts.models import Session, SignUp
    from hustings.apps.shifts.own_sessions import Mine
    from hustings.apps.volunteers.models import Volunteer

RATES = {"my_sessions": "60/m/ip", "my_sessions_nowhere": "10/m/ip"}
"""So many looks a minute, and fewer at links that lead nowhere."""
CALENDAR = "text/calendar; charset=utf-8"


def _by_link[**More](
    view: Callable[Concatenate[HttpRequest, Volunteer, str, More], HttpResponse],
    *,
    for_a_calendar: bool = False,
) -> Callable[..., HttpResponse]:
    """Whose page the link is, behind their campaign's wall and in their language; else nothing, and slowly."""

    def page(
        request: HttpRequest, /, token: str, *more: More.args, **named: More.kwargs
    ) -> HttpResponse:
        if slower := _slower(request, "my_sessions"):
            return slower
        volunteer = volunteer_of(token, for_a_calendar=for_a_calendar)
        if volunteer is None:
            if slower := _slower(request, "my_sessions_nowhere"):
                return slower
            theirs = {"theirs": campaign_of(token)}
            return render(request, "shifts/nowhere.html", theirs, status=404)
        zone = ZoneInfo(volunteer.campaign.time_zone)
        with (
            tenant(volunteer.campaign_id),
            timezone.override(zone),
            translation.override(language_of(volunteer)),
        ):
            try:
                response = view(request, volunteer, token, *more, **named)
            except NotHere:
                response = render(request, "shifts/nowhere.html", status=404)
        response["X-Robots-Tag"] = "noindex"
        return response

    functools.update_wrapper(page, view)
    return never_cache(page)


def _slower(request: HttpRequest, action: str) -> HttpResponse | None:
    limited: HttpResponse | None = ratelimit.consume_or_429(
        request, action=action, config=RATES, limit_get=True
    )
    return limited


def _actor(volunteer: Volunteer) -> Actor:
    return Actor("link", str(volunteer.pk), "a volunteer's own link")


@require_GET
@_by_link
def mine(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """Mine first, then what there is to sign up for."""
    every = own_sessions.sessions_for(volunteer)
    own = [one for one in every if one.has_a_place or one.state in {WAITING, "came"}]
    context = {
        "token": token, "campaign_name": volunteer.campaign.name, "mine": own,
        "others": [one for one in every if one not in own and one.session.cancelled_at is None],
    }  # fmt: skip
    return render(request, "shifts/mine.html", context)


@require_GET
@_by_link
def session(
    request: HttpRequest, volunteer: Volunteer, token: str, session_id: int
) -> HttpResponse:
    """All about one."""
    return _one(request, volunteer, token, session_id)


def _one(
    request: HttpRequest,
    volunteer: Volunteer,
    token: str,
    session_id: int,
    *,
    ask: str = "",
    trouble: str = "",
) -> HttpResponse:
    this = _mine(volunteer, session_id)
    may_sign_up = this.state in {"", CANCELLED, "offered"} and not this.session.is_over
    word = word_on(volunteer) if may_sign_up else None
    context = {
        "token": token, "one": this, "session": this.session, "when": when_of(this.session),
        "contact": contact_of(this.session) if this.has_a_place else "", "ask": ask,
        "trouble": trouble, "waits": this.state == WAITING,
        "campaign_name": volunteer.campaign.name,
        "number": number_of(this.sign_up) if this.sign_up and this.has_a_place else "",
        "may_sign_up": may_sign_up, "cannot_yet": word is not None and word.cannot_yet,
    }  # fmt: skip
    return render(request, "shifts/my_session.html", context, status=422 if trouble else 200)


def _mine(volunteer: Volunteer, session_id: int) -> Mine:
    found = access.session_for(volunteer.campaign_id, session_id)
    found.campaign = volunteer.campaign
    [this] = own_sessions.sessions_for(volunteer, only=[found])
    return this


@require_POST
@_by_link
def sign_up(
    request: HttpRequest, volunteer: Volunteer, token: str, session_id: int
) -> HttpResponse:
    """A place, or the end of the waiting list."""
    found = access.session_for(volunteer.campaign_id, session_id)
    try:
        signing_up.sign_up(found, volunteer, by=_actor(volunteer))
    except BadInput as error:
        return _one(request, volunteer, token, session_id, trouble=error.message)
    if _mine(volunteer, session_id).state == WAITING:
        messages.success(request, _("All places are taken. You are on the waiting list, and we write to you when one is free."))  # fmt: skip
    else:
        messages.success(request, _("You have a place. Thank you!"))
    return redirect("my-sessions:session", token=token, session_id=session_id)


@require_http_methods(["GET", "POST"])
@_by_link
def confirm(
    request: HttpRequest, volunteer: Volunteer, token: str, session_id: int
) -> HttpResponse:
    """Looking at it changes nothing, since mail programs look too; the button confirms."""
    found = access.session_for(volunteer.campaign_id, session_id)
    if request.method == "GET":
        return _one(request, volunteer, token, session_id, ask="confirm")
    try:
        own = _own(found, volunteer)
        signing_up.confirm(own, by=_actor(volunteer))
    except BadInput as error:
        return _one(request, volunteer, token, session_id, trouble=error.message)
    messages.success(request, _("Confirmed. See you there!"))
    return redirect("my-sessions:session", token=token, session_id=session_id)


@require_http_methods(["GET", "POST"])
@_by_link
def cannot_come(
    request: HttpRequest, volunteer: Volunteer, token: str, session_id: int
) -> HttpResponse:
    """The place is free for somebody else."""
    found = access.session_for(volunteer.campaign_id, session_id)
    if request.method == "GET":
        return _one(request, volunteer, token, session_id, ask="cannot-come")
    try:
        signing_up.cannot_come(_own(found, volunteer), by=_actor(volunteer))
    except BadInput as error:
        return _one(request, volunteer, token, session_id, trouble=error.message)
    messages.success(request, _("Thank you for saying so. Your place is free for somebody else."))
    return redirect("my-sessions:session", token=token, session_id=session_id)


def _own(found: Session, volunteer: Volunteer) -> SignUp:
    own = access.sign_up_of(found, volunteer.pk)
    if own is None:
        raise BadInput(_("You are not signed up for this session. Sign up first."))
    return own


@require_GET
@_by_link
def one_ics(
    request: HttpRequest, volunteer: Volunteer, token: str, session_id: int
) -> HttpResponse:
    """One session, for a calendar."""
    content = calendar.one_session(_mine(volunteer, session_id), token)
    return HttpResponse(content, content_type=CALENDAR)


@require_GET
@functools.partial(_by_link, for_a_calendar=True)
def feed(request: HttpRequest, volunteer: Volunteer, token: str) -> HttpResponse:
    """All of mine, for a calendar that asks again by itself."""
    return HttpResponse(calendar.feed(volunteer, token), content_type=CALENDAR)
