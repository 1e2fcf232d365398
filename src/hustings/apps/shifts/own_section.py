"""«My sessions» on a volunteer's own page, and the next one near them for their welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.apps.shifts.letters import when_of
from hustings.apps.shifts.own_sessions import is_near, next_session_near, sessions_for
from hustings.apps.volunteers.lawful import word_on
from hustings.apps.volunteers.own_page import Line, Section, section
from hustings.apps.volunteers.welcome import next_near
from hustings.core.shifts.standing import WAITING

if TYPE_CHECKING:
    from hustings.apps.shifts.own_sessions import Mine
    from hustings.apps.volunteers.models import Volunteer

FIRST = 10
OPEN_SHOWN = 3


@section
def my_sessions(volunteer: Volunteer, token: str) -> Section:
    """Those they signed up for, and the next few that they could."""
    every = sessions_for(volunteer)
    mine = [one for one in every if one.has_a_place or one.state == WAITING]
    word = word_on(volunteer)
    may_sign_up = word is None or not word.cannot_yet
    free = [
        one
        for one in every
        if one not in mine and one.session.cancelled_at is None and not one.card.is_full
    ]
    lines = [_line(one, token, may_sign_up=may_sign_up) for one in [*mine, *free[:OPEN_SHOWN]]]
    everything = reverse("my-sessions:mine", kwargs={"token": token})
    lines.append(Line(_("All sessions, and my calendar"), everything))
    return Section(_("My sessions"), lines, order=FIRST)


def _line(one: Mine, token: str, *, may_sign_up: bool) -> Line:
    session = one.session

    def address(name: str) -> str:
        return reverse(f"my-sessions:{name}", kwargs={"token": token, "session_id": session.pk})

    words = _("cancelled") if session.cancelled_at else one.words
    text = " · ".join(filter(None, [session.name, when_of(session), one.place, words]))
    doings: list[tuple[str, str]] = []
    if session.cancelled_at is None:
        if one.is_to_confirm:
            doings.append((_("I come"), address("confirm")))
        if one.has_a_place or one.state == WAITING:
            doings.append((_("Can’t make it"), address("cannot-come")))
        elif may_sign_up:
            doings.append((_("Sign up"), address("sign-up")))
    return Line(text, address("session"), doings)


@next_near
def near_them(volunteer: Volunteer) -> Line | None:
    """The session to ask them to; a home's address is not told before they have a place."""
    session = next_session_near(volunteer)
    if session is None:
        return None
    (one,) = sessions_for(volunteer, only=[session])
    text = " · ".join(filter(None, [session.name, when_of(session), one.place]))
    return Line(text, near=is_near(volunteer, session))
