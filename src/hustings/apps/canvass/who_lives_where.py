"""Who may be met at a door, for the questions that begin there: whoever lives there, and whoever was met there."""

from __future__ import annotations

LIVE_AT = """
select p.id as person, d.id as door, false as met
from places_door d
join people_household h on h.campaign_id = d.campaign_id and h.address_key = d.address_key
join people_person p on p.campaign_id = h.campaign_id and p.household_id = h.id
where d.campaign_id = %(campaign)s and d.id = any(%(doors)s::bigint[])
union
select m.person_id, m.door_id, true from canvass_personmet m
where m.campaign_id = %(campaign)s and m.door_id = any(%(doors)s::bigint[])
  and m.person_id is not null
"""
"""Rows of (person, door, met); wants ``campaign`` and ``doors``."""
