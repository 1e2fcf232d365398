"""
The doors of a walk, in walking order, and what happened at each.

With ``residents`` and ``in_hand`` the modules here that read the tables of the rooms below; everything else asks them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection

from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass import turning_out
from hustings.apps.canvass.kinds import WITHOUT_CONTACT, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from hustings.apps.campaigns.models import Campaign


@dataclass(frozen=True, slots=True)
class DoorOnWalk:
    """A door in walking order, with what happened there on this walk by now; nothing about people."""

    id: int
    stop: int
    street: str
    number: str
    unit: str
    postcode: str
    floor: int
    building: int | None
    building_name: str
    access_note: str
    hazard_note: str
    lon: float | None
    lat: float | None
    visits: int
    contacted: bool
    last_kind: str
    come_back_at: datetime | None

    @property
    def address(self) -> str:
        """As people say it: number and street, and the flat before it."""
        house = f"{self.number} {self.street}".strip()
        return ", ".join(part for part in (self.unit, house) if part)

    @property
    def label(self) -> str:
        """Short, within a building or street: the flat, or the number."""
        return self.unit or self.number or self.street

    @property
    def is_done(self) -> bool:
        """Whether somebody was there and nobody asked us to come back."""
        return self.visits > 0 and self.last_kind != Kind.COME_BACK

    @property
    def state(self) -> str:
        """One word for the list: left, back (come back), out (nobody in), done."""
        return state_of(self.visits, self.last_kind)


def state_of(visits: int, last_kind: str) -> str:
    """The word of :attr:`DoorOnWalk.state`."""
    if visits == 0:
        return "left"
    if last_kind == Kind.COME_BACK:
        return "back"
    return "out" if last_kind in WITHOUT_CONTACT else "done"


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry of the walk's list: a door, or all doors of one building that follow each other."""

    doors: list[DoorOnWalk] = field(default_factory=list)

    @property
    def first(self) -> DoorOnWalk:
        """Where the walk comes to it."""
        return self.doors[0]

    @property
    def done(self) -> int:
        """How many of its doors are done."""
        return sum(door.is_done for door in self.doors)

    @property
    def is_building(self) -> bool:
        """Whether it is shown as a building with floors."""
        return len(self.doors) > 1


_DOORS = """
select d.id, td.stop, coalesce(d.street, ''), coalesce(d.number, ''), coalesce(d.unit, ''),
  coalesce(d.postcode, ''), d.floor, d.building_id, coalesce(b.name, ''),
  coalesce(b.access_note, ''),
  case when b.hazard_until is null or b.hazard_until >= current_date
    then coalesce(b.hazard_note, '') else '' end, d.lon, d.lat,
  coalesce(s.visits, 0), coalesce(s.contacted, false), coalesce(s.last_kind, ''), s.come_back_at
from outings_turfdoor td
join places_door d on d.campaign_id = td.campaign_id and d.id = td.door_id
left join places_building b on b.campaign_id = d.campaign_id and b.id = d.building_id
left join canvass_doorstanding s on s.campaign_id = td.campaign_id and s.turf_id = td.turf_id
  and s.door_id = td.door_id
where td.campaign_id = %(campaign)s and td.turf_id = %(turf)s
  and (td.live or td.knocked_at is not null)
order by td.stop
"""


def doors_of(campaign: Campaign, turf_id: int) -> list[DoorOnWalk]:
    """The doors of a walk, in walking order; on polling day only those at which somebody is still to be turned out."""
    return doors_in(campaign, turf_id, turning_out.knock_of(campaign, turf_id))


def doors_in(
    campaign: Campaign, turf_id: int, knock: turning_out.KnockNow | None
) -> list[DoorOnWalk]:
    """The same, where the list of a polling-day walk is known already; None where nothing is hidden."""
    with connection.cursor() as cursor:
        cursor.execute(_DOORS, {"campaign": campaign.pk, "turf": turf_id})
        doors = [DoorOnWalk(*row) for row in cursor.fetchall()]
    return (
        doors if knock is None else [_in(knock, door) for door in doors if door.id in knock.people]
    )


def _in(knock: turning_out.KnockNow, door: DoorOnWalk) -> DoorOnWalk:
    """The door as it stands in this knock: what was heard in an earlier one is cleared."""
    if knock.number == 1:
        return door
    kinds = knock.heard.get(door.id, [])
    return replace(
        door,
        visits=len(kinds),
        contacted=any(kind not in WITHOUT_CONTACT for kind in kinds),
        last_kind=kinds[-1] if kinds else "",
        come_back_at=door.come_back_at if kinds else None,
    )


def all_doors_of(campaign: Campaign, turf_id: int) -> list[DoorOnWalk]:
    """The same with the doors that went back to the next cut: what stands on a sheet printed before."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DOORS.replace("and (td.live or td.knocked_at is not null)", ""),
            {"campaign": campaign.pk, "turf": turf_id},
        )
        return [DoorOnWalk(*row) for row in cursor.fetchall()]


def stops_of(doors: Iterable[DoorOnWalk]) -> list[Stop]:
    """The walk's list: doors of one building that follow each other are one stop."""
    stops: list[Stop] = []
    for door in doors:
        if stops and door.building is not None and stops[-1].first.building == door.building:
            stops[-1].doors.append(door)
        else:
            stops.append(Stop([door]))
    return stops


_AMONG = """
select td.turf_id, td.door_id
from unnest(%(turfs)s::bigint[], %(doors)s::bigint[]) t(turf, door) cross join lateral (
  select turf_id, door_id from outings_turfdoor
  where campaign_id = %(campaign)s::uuid and door_id = t.door and turf_id = t.turf offset 0) td
"""


def doors_among(campaign: Campaign, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these (turf, door) that are a walk's door."""
    in_order = sorted(pairs)
    values = {
        "campaign": campaign.pk,
        "turfs": [turf for turf, _door in in_order],
        "doors": [door for _turf, door in in_order],
    }
    return {(turf, door) for turf, door in answered(_AMONG, values)}


_THERE = "select id from places_door where campaign_id = %(campaign)s::uuid and id = any(%(doors)s::bigint[])"


def doors_there(campaign: Campaign, doors: Collection[int]) -> set[int]:
    """Those of these that are doors of the campaign at all, on whichever walk; 0 stands for a whole walk."""
    if not doors:
        return set()
    return {
        0,
        *(row[0] for row in answered(_THERE, {"campaign": campaign.pk, "doors": sorted(doors)})),
    }
