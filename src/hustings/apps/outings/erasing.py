"""Erasing a person from this room: who carried a walk, who planned it, and names in the names of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hustings.apps.campaigns.erasing import NOBODY, empty_labels, empty_mentions
from hustings.apps.outings.models import Action, Area, AtWorkbench, Checkout

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
        "outings_turf": empty_labels(who, "outings_turf", "meant_for")
        + empty_mentions(who, "outings_turf", "meant_for"),
        "outings_planstep": empty_labels(who, "outings_planstep", "by", "undone_by"),
        "outings_atworkbench": AtWorkbench.objects.of(who.campaign_id)
        .filter(Q(member_id__in=who.members) | Q(name__in=who.labels))
        .delete()[0],
        "outings_area": empty_labels(who, "outings_area", "made_by")
        + empty_mentions(who, "outings_area", "name")
        + Area.objects.of(who.campaign_id).filter(name="").update(name=NOBODY),
        "outings_pin": empty_labels(who, "outings_pin", "meant_for", "made_by")
        + empty_mentions(who, "outings_pin", "meant_for"),
    }
