"""
What changed on a walk since a phone last asked: for the others who walk it, and for what is gone.

Doors with what happened there, as the walk's list shows them, and nothing about people; the doors that
are on another walk by now; the numbers of people who were erased, so that the phone's own copy goes; and
whether the walk is over, so that all of it goes. On polling day also whom to ask for still, by numbers
that the phone has already: who has voted leaves it within a minute.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from hustings.apps.canvass import turning_out, walks
from hustings.apps.canvass.found_by_others import Found, found_by_others
from hustings.apps.canvass.kinds import WITHOUT_CONTACT
from hustings.apps.outings.models import Action
from hustings.apps.people.queries import erased_after

if TYPE_CHECKING:
    from datetime import datetime

    from hustings.apps.accounts.models import Device


WHILE_ERASING = timedelta(hours=1)
"""An erasure is dated by when it began: a phone that was enrolled meanwhile may have read the name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    How a walk stands for a phone, in one question: the same mark, nothing to fetch.

    ``position`` is how often something happened on the walk, and where a phone goes on from; ``gone`` how
    many of its doors are on another walk, ``erased`` how many people were erased since the phone was
    enrolled, ``over`` why the walk is over for it, or nothing; ``doors`` which are on the walk (their number
    stays the same when one is taken and another comes), and ``wording`` which version of the script is asked today. ``knock`` is the list of a polling-day walk.
    """

    position: int
    gone: int
    doors: tuple[int, ...]
    wording: int
    erased: int
    over: str
    ends_at: datetime
    knock: turning_out.KnockNow | None

    @property
    def etag(self) -> str:
        """As HTTP writes it."""
        ends_at = int(self.ends_at.timestamp())
        counts = f"{self.position}-{self.gone}-{self.wording}-{self.erased}"
        return f'"{counts}-{_short(self.doors)}-{self.over}-{ends_at}{self._list_mark}"'

    @property
    def _list_mark(self) -> str:
        if self.knock is None:
            return ""
        said = f"{self.knock.number} {sorted(self.knock.people.items())}"
        return f"-{_short(said)}"


def _short(said: object) -> str:
    return hashlib.sha256(str(said).encode()).hexdigest()[:16]


_MARK = """
select coalesce((select m.changes from canvass_walkmark m
    where m.campaign_id = g.campaign_id and m.turf_id = g.turf_id), 0),
  (select count(*) from outings_turfdoor d where d.campaign_id = g.campaign_id
    and d.turf_id = g.turf_id and not d.live and d.knocked_at is null),
  array(select d.door_id from outings_turfdoor d where d.campaign_id = g.campaign_id
    and d.turf_id = g.turf_id and (d.live or d.knocked_at is not null) order by d.door_id),
  c.script_version,
  case
    when exists (select from accounts_devicerevocation b where b.campaign_id = g.campaign_id
      and b.device_id = g.device_id) then 'taken_back'
    when exists (select from canvass_walkreturn r where r.campaign_id = g.campaign_id
      and r.grant_id = g.id) then 'handed_back'
    when t.retired_at is not null or t.published_at is null then 'put_away'
    when least(g.expires_at, v.expires_at) <= %(now)s then 'out_of_time'
    when t.returned_at is not null then 'returned'
    else '' end,
  least(g.expires_at, v.expires_at), a.kind,
  (select count(*) from people_erasure x where x.campaign_id = g.campaign_id
    and x.at >= v.enrolled_at - %(while_erasing)s)
from canvass_walkgrant g
join campaigns_campaign c on c.id = g.campaign_id
join outings_turf t on t.campaign_id = g.campaign_id and t.id = g.turf_id
join outings_action a on a.campaign_id = t.campaign_id and a.id = t.action_id
join accounts_device v on v.campaign_id = g.campaign_id and v.id = g.device_id
where g.campaign_id = %(campaign)s and g.device_id = %(device)s and g.turf_id = %(turf)s
"""

_DOORS = """
select s.door_id, s.visits, s.contacted, s.last_kind, s.come_back_at, s.last_at
from canvass_doorstanding s
join outings_turfdoor d on d.campaign_id = s.campaign_id and d.turf_id = s.turf_id
  and d.door_id = s.door_id
where s.campaign_id = %(campaign)s and s.turf_id = %(turf)s and s.change > %(since)s
order by d.stop
"""

_GONE = """
select d.door_id from outings_turfdoor d
where d.campaign_id = %(campaign)s and d.turf_id = %(turf)s and not d.live and d.knocked_at is null
order by d.stop
"""


def mark_of(device: Device, turf_id: int) -> Mark | None:
    """How the walk stands for this phone; None where it never carried it."""
    values: dict[str, Any] = {
        "campaign": device.campaign_id, "device": device.pk, "turf": turf_id, "now": timezone.now(),
        "while_erasing": WHILE_ERASING,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MARK, values)
        row = cursor.fetchone()
    if row is None:
        return None
    position, gone, doors, wording, over, ends_at, kind, erased = row
    turning_out_now = kind == Action.Kind.TURN_OUT and not over
    knock = turning_out.knock_of_kind(device.campaign, turf_id, kind) if turning_out_now else None
    return Mark(position, gone, tuple(doors), wording, erased, over, ends_at, knock)


def erased_since(device: Device) -> list[int]:
    """Numbers of the people who were erased since this phone was enrolled, anywhere in the campaign."""
    return erased_after(device.campaign_id, device.enrolled_at - WHILE_ERASING)


def changes_since(device: Device, turf_id: int, mark: Mark, since: int) -> dict[str, Any]:
    """What the phone is told: everything that is newer than ``since``, or only that the walk is over."""
    said: dict[str, Any] = {
        "over": mark.over, "erased": erased_since(device), "at": timezone.now(),
    }  # fmt: skip
    if mark.over:
        return said
    values: dict[str, Any] = {"campaign": device.campaign_id, "turf": turf_id, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(_DOORS, values)
        rows = cursor.fetchall()
        cursor.execute(_GONE, values)
        gone = [row[0] for row in cursor.fetchall()]
    found: dict[int, Found] = {}
    if rows:
        after = mark.knock.after if mark.knock else 0
        found = found_by_others(device, turf_id, after=after, doors=[row[0] for row in rows])
    said |= {
        "position": mark.position,
        "doors": [_door(row, mark.knock, found.get(row[0], Found("", ""))) for row in rows],
        "gone": gone,
        "on_walk": len(mark.doors),
        "doors_on_walk": list(mark.doors),
        "wording": mark.wording,
        "ends_at": mark.ends_at,
        "seconds_left": max(0, int((mark.ends_at - timezone.now()).total_seconds())),
    }
    if mark.knock is not None:
        said["knock"] = {"number": mark.knock.number, "people": mark.knock.people}
    return said


def _door(row: tuple[Any, ...], knock: turning_out.KnockNow | None, found: Found) -> dict[str, Any]:
    door, visits, contacted, kind, back_at, last_at = row
    if knock is not None and knock.number > 1:  # what was heard in an earlier knock is cleared
        kinds = knock.heard.get(door, [])
        visits, kind = len(kinds), kinds[-1] if kinds else ""
        contacted = any(each not in WITHOUT_CONTACT for each in kinds)
        back_at = back_at if kinds else None
    return {
        "id": door, "visits": visits, "contacted": contacted, "last_kind": kind,
        "come_back_at": back_at, "last_at": last_at, "state": walks.state_of(visits, kind),
        "elsewhere": found.elsewhere, "newest": found.newest,
    }  # fmt: skip
