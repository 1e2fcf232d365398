"""Calling cards that were left where nobody was in, counted from what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hustings.apps.canvass.intake import COUNTS

# ruff: noqa: S608  # the pieces put together here are our own; values are parameters

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign

MOST = 200
_LEFT = f"""
select t.id, t.number, t.name, a.name, count(*), max(e.happened_at)
from canvass_canvassevent e
join outings_turf t on t.campaign_id = e.campaign_id and t.id = e.turf_id
join outings_action a on a.campaign_id = t.campaign_id and a.id = t.action_id
where e.campaign_id = %(campaign)s and e.card_left and {COUNTS}
group by t.id, t.number, t.name, a.name, t.campaign_id
order by 6 desc limit {MOST}
"""


class Left(NamedTuple):
    """How many cards were left on one walk, and when the last was."""

    turf: int
    number: int
    name: str
    round: str
    cards: int
    last_at: datetime


def left_by_walk(campaign: Campaign) -> list[Left]:
    """The walk on which one was left last stands first."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"campaign": campaign.pk})
        return [Left(*row) for row in cursor.fetchall()]
