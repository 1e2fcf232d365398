"""Questions about places for the rooms above."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork


def street_network(campaign: Campaign) -> StreetNetwork | None:
    """The walkable streets of the campaign's map; None while no map was brought in."""
    return None
