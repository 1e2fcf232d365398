"""Two conditions on an event ``e``, for whoever asks the database what counts; and doors whose knocks are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.outings.held_knocks import keeper

if TYPE_CHECKING:
    from uuid import UUID

HELD = """
exists (
  select from canvass_hold h
  where h.campaign_id = e.campaign_id and h.device_id = e.device_id and h.turf_id = e.turf_id
    and (h.first_at is null or e.happened_at between h.first_at and h.last_at)
    and not exists (
      select from canvass_release r where r.campaign_id = h.campaign_id and r.hold_id = h.id))
"""
"""An organiser holds it back: it counts nowhere, and what it takes back stays taken back."""

OUTRULED = """
exists (
  select from canvass_ruling g
  where g.campaign_id = e.campaign_id and g.turf_id = e.turf_id and g.person_id = e.person_id
    and e.position <= g.upto and e.id <> g.event_id
    and not exists (
      select from canvass_rulingtakenback b
      where b.campaign_id = g.campaign_id and b.ruling_id = g.id))
"""
"""An organiser said that another canvasser's answer of this person counts."""

DECIDED_SINCE = """
(select count(*) from canvass_hold d where d.campaign_id = %(campaign)s),
(select count(*) from canvass_release d where d.campaign_id = %(campaign)s),
(select count(*) from canvass_ruling d where d.campaign_id = %(campaign)s),
(select count(*) from canvass_rulingtakenback d where d.campaign_id = %(campaign)s)
"""
"""Numbers that change with every such decision, for whoever keeps a page until something changed."""

_DOORS = """
select td.id from canvass_hold h
join canvass_doorstanding s on s.campaign_id = h.campaign_id and s.turf_id = h.turf_id and s.visits = 0
join outings_turfdoor td on td.campaign_id = h.campaign_id and td.turf_id = s.turf_id
  and td.door_id = s.door_id and td.knocked_at is not null
where h.campaign_id = %(campaign)s and not exists (
  select from canvass_release r where r.campaign_id = h.campaign_id and r.hold_id = h.id)
"""


@keeper
def turf_doors(campaign_id: UUID) -> set[int]:
    """Doors of walks that somebody knocked on, where nothing counts since it is held back."""
    with connection.cursor() as cursor:
        cursor.execute(_DOORS, {"campaign": campaign_id})
        return {row[0] for row in cursor.fetchall()}
