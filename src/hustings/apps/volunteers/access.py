"""The only way to a volunteer, a team and whether people may join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.volunteers.models import (
    Abroad,
    Charge,
    Invite,
    JoinPage,
    Team,
    TeamPlace,
    Volunteer,
)

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def volunteer_for(campaign: Campaign, volunteer_id: int, *, lock: bool = False) -> Volunteer:
    """A volunteer of this campaign; :class:`NotHere` otherwise."""
    rows = Volunteer.objects.of(campaign).select_related("person", "campaign", "brought_by__person")
    found: Volunteer | None = (
        (rows.select_for_update(of=("self",), no_key=True) if lock else rows)
        .filter(pk=volunteer_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def team_for(campaign: Campaign, team_id: int, *, lock: bool = False) -> Team:
    """A team of this campaign; :class:`NotHere` otherwise."""
    rows = Team.objects.of(campaign).filter(pk=team_id)
    found: Team | None = (rows.select_for_update(no_key=True) if lock else rows).first()
    if found is None:
        raise NotHere
    return found


def place_for(campaign: Campaign, place_id: int) -> TeamPlace:
    """Somebody's place in a team of this campaign; :class:`NotHere` otherwise."""
    rows = TeamPlace.objects.of(campaign).select_related("team", "volunteer__person")
    found: TeamPlace | None = rows.filter(pk=place_id).first()
    if found is None:
        raise NotHere
    return found


def charge_of(team: Team) -> Charge | None:
    """Who leads the team and who looks after it now; None where nobody was named."""
    rows = Charge.objects.of(team.campaign_id).select_related("lead__person")
    found: Charge | None = rows.filter(team=team, until=None).first()
    return found


def join_page_of(campaign: Campaign) -> JoinPage | None:
    """The open join page; None where nobody may join by themselves."""
    found: JoinPage | None = JoinPage.objects.of(campaign).filter(closed_at=None).first()
    return found


def inviter(campaign: Campaign, code: str) -> Volunteer | None:
    """Whose invite link that is; None where it is nobody's, or of somebody who left."""
    if not code or "\0" in code:  # which the database keeps in no text
        return None
    rows = Invite.objects.of(campaign).select_related("volunteer")
    found: Invite | None = rows.filter(code=code, volunteer__left_at=None).first()
    return found.volunteer if found else None


def abroad_of(volunteer: Volunteer) -> Abroad | None:
    """What the rules are asked about; None for those who live here."""
    rows = Abroad.objects.of(volunteer.campaign_id)
    found: Abroad | None = rows.filter(volunteer=volunteer).first()
    return found
