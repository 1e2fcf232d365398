"""Telling doors their polling district: the register knows it, the map does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID


def give_districts(campaign_id: UUID) -> int:
    """The district of the people behind each door that has none yet; returns how many doors were told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update places_door d set district = said.district from ("
            "  select distinct on (h.door_id) h.door_id, e.district"
            "  from places_door untold"
            "  join people_household h on h.campaign_id = untold.campaign_id and h.door_id = untold.id"
            "  join people_person p on p.campaign_id = h.campaign_id and p.household_id = h.id"
            "  join register_registerentry e on e.campaign_id = p.campaign_id and e.person_id = p.id"
            "  where untold.campaign_id = %(campaign)s and untold.district = ''"
            "    and e.removed_in is null and e.district <> ''"
            "  order by h.door_id, e.id"
            ") said where d.campaign_id = %(campaign)s and d.id = said.door_id",
            {"campaign": campaign_id},
        )
        return int(cursor.rowcount)
