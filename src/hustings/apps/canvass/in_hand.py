"""A walk in somebody's hands: on whose phone it is, when it is back, and which doors stay with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.prepared import answered
from hustings.apps.exports.asking import Asked
from hustings.apps.exports.leaving import exported_until, gone_from, leave
from hustings.apps.outings import access as outings
from hustings.apps.outings import handing_out
from hustings.apps.outings.publishing import NotNow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.standing import DoorRow
    from hustings.apps.outings.models import Turf

COPY_ON_A_PHONE = "phone:walk"
"""What a copy is of: the phone and the walk, by their numbers."""


def hold(campaign: Campaign, turf_ids: Collection[int]) -> None:
    """Hold these walks until the transaction ends, before something is done to one after the other."""
    outings.hold_turfs(campaign, turf_ids)


def hand_out(
    campaign: Campaign,
    turf_id: int,
    device: Device,
    holder: str,
    expires_at: datetime,
    *,
    by: Actor,
) -> None:
    """
    The walk is in this phone's hands, where it is free.

    A walk that somebody has already stays theirs on paper; another phone walks it with them.
    """
    turf = outings.turf_for(campaign, turf_id, lock=True)
    _lend_copy(campaign, turf_id, device, expires_at, by=by)
    held = turf.open_checkout
    if held is None:
        handing_out.check_out(
            campaign, turf_id, holder, by=by, expires_at=expires_at, device=device
        )
    elif held.device_id is None:
        handing_out.carry_on_phone(campaign, turf_id, device)


def _lend_copy(
    campaign: Campaign, turf_id: int, device: Device, expires_at: datetime, *, by: Actor
) -> None:
    """The people of this walk are shown on this phone from now on, until its time is over."""
    if not outings.round_of(campaign.pk, turf_id).keeps_people:
        return
    until = timezone.localtime(expires_at).date()
    known = exported_until(campaign, COPY_ON_A_PHONE, _copy_of(device, turf_id))
    if known == until:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from outings_turfdoor td "
            "join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id "
            "join people_household h on h.campaign_id = d.campaign_id and h.address_key = d.address_key "
            "join people_person p on p.campaign_id = h.campaign_id and p.household_id = h.id "
            "where td.campaign_id = %s and td.turf_id = %s",
            [campaign.pk, turf_id],
        )
        people = cursor.fetchone()[0]
    leave(
        campaign, "phone", rows=people, by=by, asked=Asked(until=until), subject=COPY_ON_A_PHONE,
        subject_id=_copy_of(device, turf_id),
    )  # fmt: skip


def copy_is_gone(campaign: Campaign, turf_id: int, device: Device, *, by: Actor) -> None:
    """This phone shows nobody of this walk any more."""
    gone_from(campaign, COPY_ON_A_PHONE, _copy_of(device, turf_id), by=by)


def _copy_of(device: Device, turf_id: int) -> str:
    return f"{device.pk}:{turf_id}"


def take_in(turf_id: int, campaign: Campaign, *, by: Actor) -> None:
    """The walk is back, if it is still out."""
    turf = outings.turf_for(campaign, turf_id, lock=True)
    if turf.state in {turf.State.CHECKED_OUT, turf.State.PUBLISHED}:
        handing_out.return_turf(campaign, turf_id, by=by)


def use_phone_link(text: str) -> tuple[Turf, Actor] | None:
    """The walk of an unused link, and whoever showed it, on whose word the phone is let in."""
    link = handing_out.use_phone_link(text)
    if link is None:
        return None
    return link.turf, Actor("member", "", link.made_by)


def walk_typed_in(campaign: Campaign, turf_id: int) -> Turf:
    """A walk that was published at some time, held until the transaction ends."""
    turf = outings.turf_for(campaign, turf_id, lock=True)
    if turf.published_at is None:
        raise NotNow(_("This walk is part of a draft; nobody can have carried it."))
    return turf


_HOLD_KNOCKED = """
update outings_turfdoor td set live = true from outings_turf t
where t.campaign_id = %(campaign)s and t.id = any(%(turfs)s::bigint[])
  and t.returned_at is not null and t.retired_at is null
  and td.campaign_id = t.campaign_id and td.turf_id = t.id and td.knocked_at is not null and not td.live
  and not exists (select from outings_turfdoor o where o.campaign_id = %(campaign)s
    and o.action_id = td.action_id and o.door_id = td.door_id and o.live)
"""


def hold_knocked_after_return(campaign: Campaign, turf_ids: Collection[int]) -> None:
    """
    Doors that turn out to have been knocked on after the walk came back stay with it again.

    Those that are in another walk of the action by now stay there, as do all when the walk was put away.
    """
    outings.hold_actions_of(campaign, turf_ids)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_KNOCKED, {"campaign": campaign.pk, "turfs": list(turf_ids)})


_KNOCKED = """
update outings_turfdoor td
set knocked_at = case when s.visits > 0 then least(coalesce(td.knocked_at, s.last_at), s.last_at) end
from unnest(%(turfs)s::bigint[], %(doors)s::bigint[], %(visits)s::int[], %(last_at)s::timestamptz[])
  s(turf, door, visits, last_at)
where td.campaign_id = %(campaign)s::uuid and td.turf_id = s.turf and td.door_id = s.door
  and (td.knocked_at is null) = (s.visits > 0)
returning td.turf_id, td.knocked_at is not null and not td.live
"""


def mark_knocked(campaign: Campaign, doors: Collection[DoorRow]) -> set[int]:
    """
    Doors somebody knocked on stay with their walk when it comes back; undone ones do not.

    The many-doors form of ``outings.handing_out.mark_knocked``.

    Returns
    -------
    set
        Walks that came back, or lost such a door, a moment ago: see :func:`hold_knocked_after_return`.
    """
    rows = answered(
        _KNOCKED,
        {
            "campaign": campaign.pk,
            "turfs": [row.turf for row in doors],
            "doors": [row.door for row in doors],
            "visits": [row.visits for row in doors],
            "last_at": [row.last_at for row in doors],
        },
    )
    return {turf for turf, is_lost in rows if is_lost}
