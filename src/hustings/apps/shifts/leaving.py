"""Whoever leaves the campaign gives up their places at sessions that are not over, and waits for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.shifts import access
from hustings.apps.shifts.models import SignUp
from hustings.apps.shifts.places_given import state_in, steps_of
from hustings.apps.shifts.signing_up import give_up_a_place
from hustings.apps.volunteers.leaving import gives_up
from hustings.core.shifts.standing import SAID_YES, WAITING

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.volunteers.models import Volunteer


@gives_up
def give_up_places(volunteer: Volunteer, by: Actor) -> int:
    """Each place goes to whoever waits longest; whoever is there already stays counted. How many were given up."""
    rows = SignUp.objects.of(volunteer.campaign_id).filter(
        volunteer=volunteer, session__ends_at__gt=timezone.now()
    )
    theirs = {one.session_id: one for one in rows}
    given_up = 0
    for session in access.lock_sessions(volunteer.campaign_id, theirs):
        mine = theirs[session.pk]
        state = state_in(steps_of(session.campaign_id, [session.pk]), mine.pk)
        if state in SAID_YES | {WAITING}:
            give_up_a_place(session, mine, by=by)
            given_up += 1
    return given_up
