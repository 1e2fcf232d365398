"""Erasing a person from this room: names in notes about a building, and who brought a map in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Buildings and doors stay: they are places, whoever lives there."""
    return {
        "places_building": empty_mentions(who, "places_building", "access_note")
        + empty_mentions(who, "places_building", "hazard_note"),
        "places_townmap": empty_labels(who, "places_townmap", "made_by"),
    }
