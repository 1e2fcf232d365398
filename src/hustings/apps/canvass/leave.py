"""
Whether what a phone sends of a walk counts at once, waits for an organiser, or is no business of its.

The phone's clock decides nothing but this. It is put right by what it said when it sent; a phone that does
not say is not believed about times: what it sends counts while it carries the walk, and waits after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass.models import LateReport

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hustings.apps.accounts.models import Device

A_SHIFT = timedelta(hours=12)
"""How long a phone carries a walk."""
A_DAY_LATER = timedelta(hours=24)
"""How long after its time a phone may still send what it heard in time."""


@dataclass(frozen=True, slots=True)
class Leave:
    """
    What a phone's leave for a walk is by now.

    Parameters
    ----------
    asked_at, expires_at
        When the phone asked for the walk, and when its time is over.
    carried
        It carries the walk now.
    by_time
        It carries the walk no more, and nobody took it away: its time is over.
    """

    asked_at: datetime
    expires_at: datetime
    carried: bool
    by_time: bool

    def late(self, happened_at: datetime | None, now: datetime) -> str | None:
        """Why a report of this walk waits for an organiser; None where it counts at once."""
        if self.carried:
            old = happened_at is not None and happened_at < self.asked_at - A_SHIFT
            return LateReport.Why.OLD if old else None
        in_time = (
            self.by_time
            and happened_at is not None
            and self.asked_at - A_SHIFT <= happened_at <= self.expires_at
            and now <= self.expires_at + A_DAY_LATER
        )
        return None if in_time else LateReport.Why.OVER


_LEAVES = """
select g.turf_id, g.asked_at, least(g.expires_at, v.expires_at),
  t.published_at is not null and t.retired_at is null
    and not exists (select from canvass_walkreturn r where r.campaign_id = g.campaign_id
      and r.grant_id = g.id)
    and exists (select from accounts_deviceadmission a where a.campaign_id = g.campaign_id
      and a.device_id = g.device_id)
    and not exists (select from accounts_devicerevocation b where b.campaign_id = g.campaign_id
      and b.device_id = g.device_id), t.returned_at
from canvass_walkgrant g
join outings_turf t on t.campaign_id = g.campaign_id and t.id = g.turf_id
join accounts_device v on v.campaign_id = g.campaign_id and v.id = g.device_id
where g.campaign_id = %(campaign)s::uuid and g.device_id = %(device)s::bigint and g.turf_id = any(%(turfs)s::bigint[])
"""


def leaves(device: Device, turf_ids: Collection[int]) -> dict[int, Leave]:
    """Of those of these walks that the phone carried at some time."""
    now = timezone.now()
    found = {}
    values = {"campaign": device.campaign_id, "device": device.pk, "turfs": list(turf_ids)}
    for turf, asked_at, expires_at, in_force, returned_at in answered(_LEAVES, values):
        found[turf] = Leave(
            asked_at,
            expires_at,
            carried=in_force and returned_at is None and now < expires_at,
            by_time=in_force
            and now >= expires_at
            and (returned_at is None or returned_at >= expires_at),
        )
    return found
