"""
A second knock of the same evening: one tap makes a walk of the doors where nobody was in.

Of walks of a canvass that came back today. Whoever was spoken to is left alone: who refused, who moved, who asked
never to be visited; so is a door where everybody we know has asked that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.canvass.who_lives_where import LIVE_AT
from hustings.apps.outings.walking_again import walk_again

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf

_NOBODY_IN = f"""
with nobody as (
  select a.id, a.name, t.id as turf_id, t.number, td.stop, td.door_id
  from outings_turf t
  join outings_action a on a.campaign_id = t.campaign_id and a.id = t.action_id
    and a.kind = 'canvass' and a.precision <> 'counts'
  join outings_turfdoor td on td.campaign_id = t.campaign_id and td.turf_id = t.id and td.live
  join canvass_doorstanding s on s.campaign_id = t.campaign_id and s.turf_id = t.id
    and s.door_id = td.door_id and s.visits > 0 and not s.contacted and s.last_kind = 'no_answer'
  where t.campaign_id = %(campaign)s and t.returned_at >= %(midnight)s and t.retired_at is null),
left_alone as (
  select l.door from ({LIVE_AT.replace("%(doors)s", "(select array_agg(door_id) from nobody)")}) l
  left join lateral (select true as stopped from people_donotcontact n
    where n.campaign_id = %(campaign)s and n.person_id = l.person and n.lifted_at is null
      and n.channel in ('', 'door') limit 1) n on true
  group by l.door having bool_and(coalesce(n.stopped, false)))
select id, name, turf_id, number, door_id from nobody
where door_id not in (select door from left_alone) order by id, number, stop
"""


@dataclass(slots=True)
class Again:
    """The doors of one round at which nobody was in today; ``walks`` are the numbers of the walks they are of."""

    action: int
    name: str
    walks: list[int] = field(default_factory=list)
    doors: list[tuple[int, int]] = field(default_factory=list)


def nobody_in(campaign: Campaign) -> list[Again]:
    """By round, in walking order; one question."""
    zone = ZoneInfo(campaign.time_zone)
    midnight = datetime.combine(timezone.localdate(timezone=zone), time(), tzinfo=zone)
    with connection.cursor() as cursor:
        cursor.execute(_NOBODY_IN, {"campaign": campaign.pk, "midnight": midnight})
        rows = cursor.fetchall()
    found: dict[int, Again] = {}
    for action, name, turf, number, door in rows:
        again = found.setdefault(action, Again(action, name))
        if number not in again.walks:
            again.walks.append(number)
        again.doors.append((turf, door))
    return list(found.values())


def knock_again(campaign: Campaign, action_id: int, *, by: Actor) -> Turf:
    """
    A walk of those doors of this round, free to be handed out.

    Raises
    ------
    NotNow
        When there is no such door, or another tap was quicker.
    """
    doors = next((each.doors for each in nobody_in(campaign) if each.action == action_id), [])
    return walk_again(campaign, action_id, doors, name=_("Second knock: %(streets)s"), by=by)
