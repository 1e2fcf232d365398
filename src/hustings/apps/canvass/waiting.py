"""How much waits for an organiser's word in the tray: one question, since a page asks it every few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.canvass import counting
from hustings.apps.canvass.tray import MOST

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def _undecided(table: str, about: str) -> str:
    return f"""
    (select count(*) from (
      select 1 from {table} w where w.campaign_id = %(campaign)s and not exists (
        select from canvass_settlement s
        where s.campaign_id = w.campaign_id and s.about = '{about}' and s.subject_id = w.id
          and not exists (select from canvass_settlementtakenback b
            where b.campaign_id = s.campaign_id and b.settlement_id = s.id))
      limit {MOST}) as {about})"""


_WAITING = f"""
select {_undecided("canvass_latereport", "late")} + {_undecided("canvass_eventclash", "clash")}
  + (select count(*) from canvass_answer where campaign_id = %(campaign)s and disputed)
  + (select count(*) from (
      select distinct turf_id, device_id, standing from canvass_tally
      where campaign_id = %(campaign)s and standing = any(%(waits)s) and doors > 0) as sums)
"""


def in_the_tray(campaign: Campaign) -> int:
    """Late reports and clashes (a page of each), answers that differ, and sums that came late."""
    with connection.cursor() as cursor:
        waits = [str(standing) for standing in counting.WAITS]
        cursor.execute(_WAITING, {"campaign": campaign.pk, "waits": waits})
        (count,) = cursor.fetchone()
    return int(count)
