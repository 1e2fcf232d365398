"""Who may be met at a door, for the questions that begin there: whoever lives there, and whoever was met there."""

from __future__ import annotations

LIVE_AT = """
select p.id as person, d.id as door, false as met
from unnest(%(doors)s::bigint[]) at(door) cross join lateral (
  select id, address_key from places_door
  where campaign_id = %(campaign)s::uuid and id = at.door offset 0) d cross join lateral (
  select id from people_household
  where campaign_id = %(campaign)s::uuid and address_key = d.address_key offset 0) h
join people_person p on p.campaign_id = %(campaign)s::uuid and p.household_id = h.id
union
select m.person_id, m.door_id, true from canvass_personmet m
where m.campaign_id = %(campaign)s::uuid and m.door_id = any(%(doors)s::bigint[])
  and m.person_id is not null
"""
"""Rows of (person, door, met); wants ``campaign`` and ``doors``."""
