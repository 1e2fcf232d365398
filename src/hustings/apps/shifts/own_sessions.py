"""A volunteer's own sessions, and the next one near them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import hypot
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.shifts.models import Session, SignUp, Step
from hustings.apps.shifts.places_given import plain, state_in, steps_of
from hustings.apps.shifts.queries import Card, cards, coming, is_for_its_day
from hustings.core.geo import LocalPlane
from hustings.core.shifts import standing

if TYPE_CHECKING:
    from hustings.apps.volunteers.models import Volunteer


NEAR_M, SOON = 10_000.0, timedelta(days=14)
"""What is near and soon enough that the sooner one is better than the nearer one."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A session as one volunteer sees it: their own state, and the place only where they may know it."""

    card: Card
    sign_up: SignUp | None
    state: str
    steps: list[Step]

    @property
    def session(self) -> Session:
        """The session."""
        return self.card.session

    @property
    def may_know_the_place(self) -> bool:
        """A home is shown to whoever has a place."""
        return not self.session.at_a_home or self.state in standing.HOLD_A_PLACE

    @property
    def place(self) -> str:
        """Where it is; nothing where they may not know."""
        return self.session.place if self.may_know_the_place else ""

    @property
    def words(self) -> str:
        """Where they stand, in words; nothing where they have nothing to do with it."""
        return str(Step.Kind(self.state).label) if self.state else ""

    @property
    def has_a_place(self) -> bool:
        """They said yes and are expected."""
        return self.state in standing.SAID_YES

    @property
    def is_to_confirm(self) -> bool:
        """They have not said once more that they come on the day that it has now."""
        if self.state != standing.CONFIRMED:
            return self.state == standing.SIGNED_UP
        decides = standing.deciding_step(plain(self.steps))
        by_number = {step.pk: step for step in self.steps}
        return decides is not None and not is_for_its_day(self.session, by_number[decides.number])


def sessions_for(volunteer: Volunteer, *, only: list[Session] | None = None) -> list[Mine]:
    """Every session that is not over (or only these), with what the volunteer has to do with it."""
    sessions = coming(volunteer.campaign) if only is None else only
    rows = SignUp.objects.of(volunteer.campaign_id).filter(
        volunteer=volunteer, session__in=sessions
    )
    by_session = {one.session_id: one for one in rows}
    steps = steps_of(volunteer.campaign_id, [one.pk for one in sessions])
    found = []
    for card in cards(volunteer.campaign, sessions):
        mine = by_session.get(card.session.pk)
        state = state_in(steps, mine.pk) if mine else ""
        found.append(Mine(card, mine, state, steps[mine.pk] if mine else []))
    return found


def next_session_near(volunteer: Volunteer) -> Session | None:
    """
    The session to ask a volunteer to: with a place free, near and soon.

    Within ten kilometres and a fortnight the soonest; else the nearest of the fortnight; else the soonest there
    is. Where a place or the volunteer has no point on the map, only the time counts.
    """
    now = timezone.now()
    free = [
        mine.session
        for mine in sessions_for(volunteer)
        if mine.state in {"", standing.CANCELLED}
        and not mine.card.is_full
        and mine.session.cancelled_at is None
        and mine.session.starts_at > now
    ]
    soon = [one for one in free if one.starts_at <= now + SOON]
    away = {one.pk: _metres(volunteer, one) for one in soon}
    near = [one for one in soon if (metres := away[one.pk]) is not None and metres <= NEAR_M]
    if near:
        return near[0]
    placed = [(metres, one.starts_at, one) for one in soon if (metres := away[one.pk]) is not None]
    if placed:
        return min(placed, key=lambda row: row[:2])[2]
    return free[0] if free else None


def is_near(volunteer: Volunteer, session: Session) -> bool:
    """Known to be within ten kilometres; nothing is known of whoever has no point on the map."""
    metres = _metres(volunteer, session)
    return metres is not None and metres <= NEAR_M


def _metres(volunteer: Volunteer, session: Session) -> float | None:
    if None in (volunteer.lon, volunteer.lat, session.lon, session.lat):
        return None
    x, y = LocalPlane(volunteer.lon or 0.0, volunteer.lat or 0.0).metres(
        session.lon or 0.0, session.lat or 0.0
    )
    return hypot(float(x), float(y))
