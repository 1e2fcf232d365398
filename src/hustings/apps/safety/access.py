"""The only way to a watch, an alert and what an organiser said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hustings.apps.accounts.access import NotHere
from hustings.apps.safety.models import Alert, Settlement, Watch

if TYPE_CHECKING:
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign


def watch_of(device: Device, turf_id: int) -> Watch | None:
    """What this phone checks in for on that walk now; None where nobody turned it on."""
    watch: Watch | None = (
        Watch.objects.of(device.campaign_id)
        .filter(device=device, turf_id=turf_id, ended_at=None)
        .first()
    )
    return watch


def watch_named(device: Device, watch_id: UUID) -> Watch | None:
    """A watch of this phone by its id, also one that is over."""
    watch: Watch | None = (
        Watch.objects.of(device.campaign_id).filter(device=device, pk=watch_id).first()
    )
    return watch


def alert_for(campaign: Campaign, alert_id: int) -> Alert:
    """An alert of this campaign; :class:`NotHere` otherwise."""
    alert: Alert | None = Alert.objects.of(campaign).filter(pk=alert_id).first()
    if alert is None:
        raise NotHere
    return alert


def settlement_for(campaign: Campaign, settlement_id: int) -> Settlement:
    """What an organiser said about an alert of this campaign; :class:`NotHere` otherwise."""
    settlement: Settlement | None = Settlement.objects.of(campaign).filter(pk=settlement_id).first()
    if settlement is None:
        raise NotHere
    return settlement
