"""Asking for a walk, letting phones in and taking their leave back, handing the walk back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.accounts import actions as accounts
from hustings.apps.accounts.models import Device, DeviceAdmission, DeviceRevocation
from hustings.apps.audit.actions import record as audit
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import access, in_hand, intake
from hustings.apps.canvass.leave import A_SHIFT
from hustings.apps.canvass.models import WalkGrant, WalkReturn
from hustings.apps.outings.handing_out import LinkToken
from hustings.apps.outings.let_go import carrier
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Turf


def ask_for_walk(
    turf: Turf, first_name: str, *, device: Device | None = None, by: Actor | None = None
) -> tuple[Device, str | None]:
    """
    Remember that a phone asked for this walk; ``device`` when it is a phone of this campaign already.

    Parameters
    ----------
    by
        Whoever lets it in with the same stroke: the organiser who showed the link, or, where the
        campaign's settings say that codes open by themselves, nobody but the phone.

    Returns
    -------
    tuple
        The phone, and the token for its cookie when it is new.
    """
    campaign: Campaign = turf.campaign
    expires_at = timezone.now() + A_SHIFT
    token = None
    name = first_name.strip()[:40]
    if not name:
        raise BadInput("Say your first name, so that the organiser knows whom to let in.")
    if device is None or device.campaign_id != campaign.pk or device.revocations.exists():
        device, token = accounts.enrol_device(campaign, name, expires_at=expires_at)
    elif device.expires_at < expires_at:
        Device.objects.of(campaign).filter(pk=device.pk).update(expires_at=expires_at)
        device.expires_at = expires_at
    # Before it is looked at what the phone carries: somebody may be taking the walk out of its hands.
    theirs = [] if device.admissions.exists() else access.live_grants(device)
    in_hand.hold(campaign, {turf.pk, *(grant.turf_id for grant in theirs)})
    # A phone that comes back after its time, or after handing the walk back, asks anew.
    WalkReturn.objects.of(campaign).filter(grant__device=device, grant__turf=turf).delete()
    WalkGrant.objects.update_or_create(
        campaign=campaign,
        device=device,
        turf=turf,
        defaults={"holder": name, "asked_at": timezone.now(), "expires_at": expires_at},
    )
    audit(device.actor, "walk.ask", subject="turf", subject_id=turf.pk)
    if by is None and not campaign.phones_need_letting_in:
        by = device.actor
    if by is not None and not device.admissions.exists():
        let_phones_in(campaign, [device], by=by)
    elif device.is_let_in():
        in_hand.hand_out(campaign, turf.pk, device, name, expires_at, by=by or device.actor)
    return device, token


def let_phones_in(campaign: Campaign, devices: Iterable[Device], *, by: Actor) -> int:
    """From now on these phones see their walks; how many were waiting. One audit line for all."""
    waiting = [
        device
        for device in devices
        if not device.admissions.exists() and not device.revocations.exists()
    ]
    DeviceAdmission.objects.bulk_create(
        [DeviceAdmission(campaign=campaign, device=device, by_label=by.label) for device in waiting]
    )
    grants = [(device, grant) for device in waiting for grant in access.live_grants(device)]
    in_hand.hold(campaign, {grant.turf_id for _device, grant in grants})
    for device, grant in grants:
        in_hand.hand_out(campaign, grant.turf_id, device, grant.holder, grant.expires_at, by=by)
    if waiting:
        audit(
            by,
            "device.let_in",
            subject="device",
            subject_id=waiting[0].pk,
            count=len(waiting),
            detail={"phones": [str(device.public_id) for device in waiting]},
        )
    return len(waiting)


def take_back(campaign: Campaign, devices: Iterable[Device], *, by: Actor, why: str = "") -> int:
    """From now on these phones see nothing; how many had a leave to lose."""
    taken = [device for device in devices if not device.revocations.exists()]
    DeviceRevocation.objects.bulk_create(
        [
            DeviceRevocation(campaign=campaign, device=device, by_label=by.label, why=why)
            for device in taken
        ]
    )
    for device in taken:
        for grant in WalkGrant.objects.of(campaign).filter(device=device):
            in_hand.copy_is_gone(campaign, grant.turf_id, device, by=by)
        audit(by, "device.revoke", subject="device", subject_id=device.pk, detail={"why": why})
    return len(taken)


@carrier
def nobody_carries(campaign: Campaign, turf_id: int, by: Actor) -> None:
    """
    Every phone that shows this walk shows it no more, and stays let in: what it sends of the walk waits.

    A phone that still waits to be let in goes on waiting. The walk is held by the caller.
    """
    carried = WalkGrant.objects.of(campaign).filter(
        turf_id=turf_id, returns__isnull=True, expires_at__gt=timezone.now(),
        device__admissions__isnull=False, device__revocations__isnull=True,
    )  # fmt: skip
    for grant in carried.select_related("device").order_by("pk"):
        recorded = intake.doors_recorded(campaign.pk, turf_id, grant.device_id)
        WalkReturn.objects.create(campaign=campaign, grant=grant, doors_recorded=recorded)
        in_hand.copy_is_gone(campaign, turf_id, grant.device, by=by)


def use_link(text: str, first_name: str) -> tuple[Device, str | None, int] | None:
    """
    Let in the first phone that uses this link, within its time; None for every other.

    Returns
    -------
    tuple
        The phone, the token for its cookie, and the walk's number.
    """
    if not first_name.strip():
        raise BadInput("Say your first name, so that the organiser knows who has the walk.")
    token_of = LinkToken.parse(text)
    if token_of is None:
        return None
    # One transaction: a link is used up only if its phone is let in.
    with tenant(token_of.campaign_id):
        used = in_hand.use_phone_link(text)
        if used is None:
            return None
        turf, by = used
        device, token = ask_for_walk(turf, first_name, by=by)
        return device, token, turf.pk


def hand_back(grant: WalkGrant, *, by: Actor) -> WalkReturn:
    """The phone gives the walk back; doors not knocked on are free again."""
    in_hand.hold(
        grant.campaign, [grant.turf_id]
    )  # of two phones on it the second sees the first one's return
    recorded = intake.doors_recorded(grant.campaign_id, grant.turf_id, grant.device_id)
    returned: WalkReturn
    returned, new = WalkReturn.objects.get_or_create(
        campaign_id=grant.campaign_id, grant=grant, defaults={"doors_recorded": recorded}
    )
    if new:
        in_hand.copy_is_gone(grant.campaign, grant.turf_id, grant.device, by=by)
        others = (
            WalkGrant.objects.of(grant.campaign_id)
            .filter(turf_id=grant.turf_id, returns__isnull=True, expires_at__gt=timezone.now())
            .exists()
        )
        if not others:
            in_hand.take_in(grant.turf_id, grant.campaign, by=by)
        audit(
            by, "walk.return", subject="turf", subject_id=grant.turf_id, count=max(recorded, 1),
            detail={"doors": recorded},
        )  # fmt: skip
    return returned
