"""The streets of a campaign's town, unpacked once for each process that hands out walks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hustings.apps.places import queries as places

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork

MOST_TOWNS = 4
_KEPT: dict[tuple[UUID, int], StreetNetwork | None] = {}
_ONE_AT_A_TIME = threading.Lock()


def streets_of(campaign: Campaign) -> StreetNetwork | None:
    """
    The walkable streets of the map in use; None where there is none.

    The map's number is asked for through the wall each time; only the streets of that map are kept.
    """
    town_map = places.town_map(campaign)
    if town_map is None:
        return None
    key = (campaign.pk, town_map.pk)
    if key not in _KEPT:
        with _ONE_AT_A_TIME:  # one thread unpacks, the others wait for it
            if key not in _KEPT:
                network = places.street_network(campaign)
                while len(_KEPT) >= MOST_TOWNS:
                    _KEPT.pop(next(iter(_KEPT)))
                _KEPT[key] = network
    return _KEPT.get(key)
