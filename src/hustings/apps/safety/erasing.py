"""Erasing a person: a volunteer's watches go with their phones, and names in notes are emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.campaigns.erasing import empty_labels, empty_mentions
from hustings.apps.safety.models import Alert, Sign, Watch

if TYPE_CHECKING:
    from hustings.apps.campaigns.erasing import Leaving


def erase(who: Leaving) -> dict[str, int]:
    """Signs, alerts and settlements go with the watch that they are of."""
    watches = Watch.objects.of(who.campaign_id).filter(device_id__in=who.phones)
    signs = Sign.objects.of(who.campaign_id).filter(watch__in=watches).count()
    alerts = Alert.objects.of(who.campaign_id).filter(watch__in=watches).count()
    gone = watches.count()
    watches.delete()
    return {
        "safety_watch": gone,
        "safety_sign": signs,
        "safety_alert": alerts,
        "safety_settlement": empty_mentions(who, "safety_settlement", "note")
        + empty_labels(who, "safety_settlement", "by", "taken_back_by"),
        "safety_offer": empty_mentions(who, "safety_offer", "lead_phone")
        + empty_labels(who, "safety_offer", "made_by", "ended_by"),
    }
