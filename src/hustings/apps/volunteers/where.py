"""Where a place is that somebody typed: a postcode, or a street of the map; nothing leaves this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.places.models import Door, PostcodePoint
from hustings.core.places.address import parse_address, street_key
from hustings.core.places.match import squeeze

if TYPE_CHECKING:
    from hustings.apps.campaigns.models import Campaign


def place_of(campaign: Campaign, text: str) -> tuple[float, float] | None:
    """Longitude and latitude; None where neither a postcode nor a street of ours is called so."""
    code = squeeze(text)
    if not code:
        return None
    point = PostcodePoint.objects.of(campaign).filter(postcode=code).first()
    if point is not None:
        return point.lon, point.lat
    doors = Door.objects.of(campaign).exclude(lon=None)
    by_code = doors.filter(postcode=text.strip().upper()).values_list("lon", "lat").first()
    if by_code is not None:
        return float(by_code[0]), float(by_code[1])
    address = parse_address(text)
    key = street_key(address.street)
    if not key:
        return None
    wanted = address.house or 0
    on_it = doors.filter(street_key=key).order_by("house", "id").values_list("house", "lon", "lat")
    nearest = min(on_it[:2000], key=lambda door: abs((door[0] or 0) - wanted), default=None)
    return (float(nearest[1]), float(nearest[2])) if nearest else None
