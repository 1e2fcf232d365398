"""The only way to a phone's walks, and to a phone from an organiser's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.accounts.access import NotAllowed, NotHere
from hustings.apps.accounts.models import Device
from hustings.apps.canvass.models import CanvassEvent, WalkGrant
from hustings.core.errors import HustingsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from hustings.apps.accounts.requests import PhoneRequest
    from hustings.apps.campaigns.models import Campaign


class PhoneNotLetIn(NotAllowed):
    """This phone shows nothing about people; the page that asks for a code says what to do."""

    def __init__(self) -> None:
        HustingsError.__init__(
            self, _("This phone has not been let in, or its time is over. Ask an organiser.")
        )


def let_in(request: PhoneRequest) -> Device:
    """The phone of this request, if it may see people now; :class:`PhoneNotLetIn` otherwise."""
    device = request.device
    if device is None or device.expires_at <= timezone.now():
        raise PhoneNotLetIn
    if device.was_taken_back or not device.was_let_in:
        raise PhoneNotLetIn
    return device


def live_grants(device: Device) -> QuerySet[WalkGrant]:
    """The walks that this phone carries now: not handed back nor taken back by an organiser, in time."""
    return (
        WalkGrant.objects.of(device.campaign_id)
        .filter(
            device=device,
            expires_at__gt=timezone.now(),
            returns__isnull=True,
            turf__returned_at__isnull=True,
            turf__retired_at__isnull=True,
            turf__published_at__isnull=False,
        )
        .select_related("turf__action", "device")
        .order_by("asked_at")
    )


def grant_for(device: Device, turf_id: int) -> WalkGrant:
    """This phone's walk of that number; :class:`NotHere` otherwise."""
    grant = live_grants(device).filter(turf_id=turf_id).first()
    if grant is None:
        raise NotHere
    grant.device, grant.campaign = device, device.campaign
    grant.turf.campaign = device.campaign
    return grant


def grant_for_receipt(device: Device, turf_id: int) -> WalkGrant:
    """The same, also after it was handed back: the slip stays."""
    grant: WalkGrant | None = (
        WalkGrant.objects.of(device.campaign_id)
        .filter(device=device, turf_id=turf_id)
        .select_related("turf__action", "device")
        .first()
    )
    if grant is None:
        raise NotHere
    grant.device, grant.campaign = device, device.campaign
    grant.turf.campaign = device.campaign
    return grant


def was_let_in(request: PhoneRequest) -> Device:
    """
    The phone of this request, if somebody ever let it in, also when its time is over or was taken back.

    It is shown nothing; what it still has to report is kept (``actions.record``).
    """
    device = request.device
    if device is None or not device.was_let_in:
        raise PhoneNotLetIn
    return device


def walks_ever(device: Device, turf_ids: Iterable[int]) -> set[int]:
    """Those of these walks that this phone carried at some time."""
    return set(
        WalkGrant.objects.of(device.campaign_id)
        .filter(device=device, turf_id__in=list(turf_ids))
        .values_list("turf_id", flat=True)
    )


def phones_of(campaign: Campaign) -> QuerySet[Device]:
    """Every phone of the campaign; sheets of paper that were typed in are none."""
    return Device.objects.of(campaign).exclude(grants__isnull=True)


def phones_for(campaign: Campaign, device_ids: Iterable[int]) -> list[Device]:
    """These phones of the campaign, those that are there."""
    return list(Device.objects.of(campaign).filter(pk__in=list(device_ids)).order_by("pk"))


def names_by_place(
    campaign: Campaign, device_ids: Iterable[int], turf_ids: Iterable[int]
) -> dict[tuple[int, int], tuple[str, int]]:
    """These phones on these walks: what the phone is called, and the walk's number."""
    rows = WalkGrant.objects.of(campaign).filter(
        device_id__in=list(device_ids), turf_id__in=list(turf_ids)
    )
    found = rows.values_list("device_id", "turf_id", "device__label", "turf__number")
    return {(device, turf): (label, number) for device, turf, label, number in found}


def phone_by_public_id(campaign: Campaign, public_id: UUID) -> Device | None:
    """The phone of this campaign that calls itself so; None where there is none."""
    device: Device | None = phones_of(campaign).filter(public_id=public_id).first()
    return device


def event_of(device: Device, turf_id: int, event_id: object) -> CanvassEvent:
    """An event that this phone reported on that walk; :class:`NotHere` otherwise."""
    event: CanvassEvent | None = (
        CanvassEvent.objects.of(device.campaign_id)
        .filter(device=device, turf_id=turf_id, id=event_id)
        .first()
    )
    if event is None:
        raise NotHere
    return event
