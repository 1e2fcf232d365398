"""Who came to help, in a team, and a session tomorrow with a table that hands out the walks. Nobody in it exists."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils import timezone

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.dispatch import tables
from hustings.apps.shifts import planning, signing_up
from hustings.apps.volunteers import doors, joining, teams, welcoming

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action

PEOPLE = (
    ("Tunde Ade", ["knock", "lead"], "bicycle"), ("Asha Patel", ["knock"], "foot"),
    ("Owen Reed", ["leaflet", "drive"], "car"), ("Mei Lin", ["knock", "call"], "public"),
    ("Jamila Noor", ["call", "office"], "foot"), ("Piotr Zysk", ["leaflet"], "foot"),
    ("Grace Okello", ["knock", "stall"], "foot"), ("Luca Ferri", ["knock"], "bicycle"),
    ("Nora Quist", ["host", "drive"], "car"), ("Samir Haddad", ["knock"], "public"),
)  # fmt: skip
IN_THE_TEAM, SIGNED_UP, CONFIRMED = 6, 8, 5
BEGINS, LASTS = time(14), timedelta(hours=2)


def play(campaign: Campaign, organiser: Membership, action: Action) -> int:
    """They come by the join page, the first of them leads a team; returns how many there are."""
    by = organiser.actor
    with tenant(campaign.pk):
        doors.open_page(campaign, [], by=by)
        came = [
            joining.join(
                campaign,
                uuid5(NAMESPACE_URL, name),
                joining.Coming(
                    name, facts={"wishes": wishes, "transport": transport, "languages": ["en"]}
                ),
            )
            for name, wishes, transport in PEOPLE
        ]
        team = teams.make_team(campaign, "Mill side", "Between the mill and the station", by=by)
        teams.hand_over(team, lead=came[0], organiser_id=organiser.pk, by=by)
        for one in came[:IN_THE_TEAM]:
            teams.put_in(team, one, by=by)
        for one in came[:-1]:
            welcoming.welcome(one, by=by)
        begins = datetime.combine(
            timezone.localdate() + timedelta(days=1), BEGINS, ZoneInfo(campaign.time_zone)
        )
        session = planning.make(
            campaign,
            {
                "name": "Doors from the mill", "kind": "doors", "starts_at": begins, "ends_at": begins + LASTS,
                "time_zone": campaign.time_zone, "place": "Mill Hall, 3 Mill Lane", "contact": came[0],
                "capacity": 12, "step_free": True, "toilets": True,
            },
            by=by,
        )  # fmt: skip
        for number, one in enumerate(came[:SIGNED_UP]):
            mine = signing_up.sign_up(session, one, by=by)
            if number < CONFIRMED:
                signing_up.confirm(mine, by=by)
        tables.open_table(campaign, action.pk, "", session.ends_at, by=by, session=session)
    return len(came)
