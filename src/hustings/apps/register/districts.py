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
            "  select untold.id, ("
            "    select e.district from people_household h"
            "    join people_person p on p.campaign_id = h.campaign_id and p.household_id = h.id"
            "    join register_registerentry e on e.campaign_id = p.campaign_id and e.person_id = p.id"
            "    where h.campaign_id = (select %(campaign)s::uuid) and h.door_id = untold.id"
            "      and e.removed_in is null and e.district <> ''"
            "    order by e.id limit 1"
            "  ) as district"
            "  from places_door untold"
            "  where untold.campaign_id = (select %(campaign)s::uuid) and untold.district = ''"
            ") said where d.campaign_id = (select %(campaign)s::uuid) and d.id = said.id"
            "  and said.district is not null",
            {"campaign": campaign_id},
        )
        return int(cursor.rowcount)
