"""The town's map in use, and its walkable streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.places.models import TownMap
from hustings.formats.network_file import unpack

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork


def town_map(campaign: Campaign) -> TownMap | None:
    """The map in use, without its network; None while there is none."""
    found: TownMap | None = (
        TownMap.objects.of(campaign).defer("network").order_by("-made_at", "-id").first()
    )
    return found


def street_network(campaign: Campaign) -> StreetNetwork | None:
    """The walkable streets of the campaign's map; None while no map was brought in."""
    packed = (
        TownMap.objects.of(campaign)
        .order_by("-made_at", "-id")
        .values_list("network", flat=True)
        .first()
    )
    return unpack(bytes(packed)) if packed is not None else None
