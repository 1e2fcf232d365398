"""What the matrix of addresses knocks on in the volunteers' room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.audit.actors import command
from hustings.apps.people.models import ContactPoint
from hustings.apps.volunteers import leaving, teams
from hustings.apps.volunteers.joining import invite_of
from hustings.apps.volunteers.models import JoinPage
from hustings.apps.volunteers.own_page import make_link
from tests.apps.volunteers.cast import a_volunteer

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.volunteers.models import Team
    from tests.apps.isolation_matrix import World


def plant(world: World, canary: str) -> None:
    """A lead who brought somebody, that somebody in the team, one who was in it, and one who left."""
    by, campaign = command("tests"), world.campaign
    lead = a_volunteer(campaign, canary, email="canary@example.net", near=canary)
    brought = a_volunteer(campaign, canary, near=canary, brought_by=lead, wishes=["knock"])
    gone = a_volunteer(campaign, canary)
    leaving.leave(gone, by=by)
    team = teams.make_team(campaign, canary, canary, by=by)
    teams.hand_over(team, lead=lead, organiser_id=world.rows["member"].pk, by=by)
    old = teams.put_in(team, lead, by=by)
    teams.take_out(old, by=by)
    ContactPoint.objects.create(
        campaign=campaign, person=brought.person, kind="phone", value="+447700900123", source=canary
    )
    JoinPage.objects.create(campaign=campaign, sites=["https://example.org"], opened_by=canary)
    world.rows |= {
        "volunteer": brought, "gone": gone, "team": team, "old_place": old,
        "place": teams.put_in(team, brought, by=by),
        "other_team": teams.make_team(campaign, canary, "", by=by),
        "closed_team": _closed(campaign, canary, by),
        "own_page": make_link(brought), "invite": invite_of(lead),
    }  # fmt: skip


def _closed(campaign: Campaign, canary: str, by: Actor) -> Team:
    team = teams.make_team(campaign, canary, "", by=by)
    teams.close(team, by=by)
    return team
