"""The only way to a door and to the map's tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.places.models import Door
from hustings.apps.places.queries import tiles_of

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.apps.campaigns.models import Campaign


def door_for(campaign: Campaign, door_id: int) -> Door:
    """A door of this campaign; :class:`NotHere` otherwise."""
    door: Door | None = Door.objects.of(campaign).filter(pk=door_id).first()
    if door is None:
        raise NotHere
    return door


def tiles_for(campaign: Campaign, digest: str) -> Path:
    """The tile file of a map of this campaign; :class:`NotHere` otherwise."""
    path = tiles_of(campaign, digest)
    if path is None:
        raise NotHere
    return path
