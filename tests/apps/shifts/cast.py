"""Sessions that tests share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.shifts import planning
from hustings.apps.shifts.models import Session, SignUp
from hustings.apps.shifts.places_given import state_in, steps_of
from tests.apps.cast import SETUP

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""A Monday; tests set the clock to it."""
SATURDAY = datetime(2026, 6, 13, 13, tzinfo=UTC)
"""Two o'clock in London, twelve days later."""
LINK = Actor("link", "", "a volunteer's own link")


def a_session(campaign: Campaign, name: str = "Doors at the mill", **facts: Any) -> Session:
    """On Saturday at two, for two hours, for everybody."""
    starts_at = facts.pop("starts_at", SATURDAY)
    planned = {
        "name": name, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2),
        "time_zone": "Europe/London", "place": "Mill Hall, 3 Mill Lane", **facts,
    }  # fmt: skip
    return planning.make(campaign, planned, by=SETUP)


def state_of(mine: SignUp) -> str:
    """Where a sign-up stands now."""
    with tenant(mine.campaign_id):
        return state_in(steps_of(mine.campaign_id, [mine.session_id]), mine.pk)
