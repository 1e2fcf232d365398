"""Giving households their doors: each address of the register is a door to knock on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.people.models import Household
from hustings.apps.places.doors import TypedAddress, make_doors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


def give_doors(campaign_id: UUID) -> int:
    """
    A door for each household that has none; returns how many households got theirs.

    In the caller's transaction and campaign.
    """
    make_doors(campaign_id, _without_door(campaign_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_household h set door_id = d.id from places_door d "
            "where h.campaign_id = (select %(campaign)s::uuid) and h.door_id is null "
            "and d.campaign_id = h.campaign_id and d.address_key = h.address_key",
            {"campaign": campaign_id},
        )
        return int(cursor.rowcount)


def _without_door(campaign_id: UUID) -> Iterator[TypedAddress]:
    rows = (
        Household.objects.of(campaign_id)
        .filter(door=None)
        .values_list("address_key", "address", "postcode", "uprn")
    )
    for key, address, postcode, uprn in rows.iterator(chunk_size=20_000):
        yield TypedAddress(key, address, postcode, uprn or "")
