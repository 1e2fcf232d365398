"""Erasing a person from this room: who carried a walk, who planned it, and names in the names of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions
from hustings.apps.outings.models import Action, Checkout

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Walks, doors and streets stay: they are places."""
    carried = Checkout.objects.of(who.campaign_id).filter(device_id__in=who.phones)
    return {
        "outings_action": empty_labels(who, "outings_action", "made_by")
        + empty_mentions(who, "outings_action", "name")
        + Action.objects.of(who.campaign_id).filter(name="").update(name=NOBODY),
        "outings_cut": empty_labels(who, "outings_cut", "asked_by"),
        "outings_checkout": carried.update(holder=NOBODY)
        + empty_labels(who, "outings_checkout", "holder", "made_by", "returned_by"),
        "outings_phonelink": empty_labels(who, "outings_phonelink", "made_by"),
    }
