"""The only way to a door and to the map's tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from hustings.apps.accounts.access import NotHere
from hustings.apps.places.models import Door, TownMap

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
    name = (
        TownMap.objects.of(campaign)
        .filter(digest=digest)
        .exclude(tiles="")
        .values_list("tiles", flat=True)
        .first()
    )
    path: Path | None = settings.HOME / "tiles" / name if name else None
    if path is None or not path.exists():
        raise NotHere
    return path
