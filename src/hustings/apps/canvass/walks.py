"""
What a phone needs to know of a walk: its doors in order, who lives there, and handing it out and in.

The one module here that reads the tables of the rooms below; everything else asks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actors import Actor
from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass import turning_out
from hustings.apps.canvass.kinds import WITHOUT_CONTACT, Kind
from hustings.apps.canvass.who_lives_where import LIVE_AT
from hustings.apps.canvass.wishes import Wish
from hustings.apps.exports.asking import Asked
from hustings.apps.exports.leaving import exported_until, gone_from, leave
from hustings.apps.outings import access as outings
from hustings.apps.outings import handing_out
from hustings.apps.outings.publishing import NotNow
from hustings.apps.people.models import Person
from hustings.core.register import fold

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.canvass.standing import DoorRow
    from hustings.apps.outings.models import Action, Turf


COPY_ON_A_PHONE = "phone:walk"
"""What a copy is of: the phone and the walk, by their numbers."""


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


@dataclass(frozen=True, slots=True)
class PersonAtDoor:
    """
    Somebody at a door, with what is known and what this phone recorded on this walk.

    ``met_as`` is the number that a phone gave them, where they were met at one of the doors asked for.
    """

    id: int
    name: str
    met: bool
    absent: str
    last_asked: datetime | None
    stopped: str
    event: UUID | None
    kind: str
    support: str
    strength: int | None
    wishes: str
    wish_note: str
    met_as: UUID | None = None

    def wishes_for(self) -> list[tuple[str, str, bool]]:
        """Every wish there is: its code, its words, and whether it was recorded by this phone."""
        return [(wish.value, str(wish.label), wish.value in self.wishes.split()) for wish in Wish]


# --- doors ----------------------------------------------------------------------------------------

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


# --- people ---------------------------------------------------------------------------------------

_PEOPLE = f"""
with lives as (
  select person, door, bool_or(met) as met from ({LIVE_AT}) every group by 1, 2),
mine as (
  select distinct on (e.person_id) e.person_id, e.id, e.kind, e.support, e.strength, e.wishes,
    e.wish_note
  from canvass_canvassevent e
  where e.campaign_id = %(campaign)s and e.turf_id = %(turf)s and e.device_id = %(device)s
    and e.door_id = any(%(doors)s::bigint[]) and e.person_id is not null and e.kind <> 'undo'
    and not exists (
      select from canvass_canvassevent c where c.campaign_id = e.campaign_id and c.corrects = e.id
        and c.device_id = e.device_id)
  order by e.person_id, e.position desc),
met_as as (
  select distinct on (t.person_id) t.person_id, t.id from canvass_personmet t
  where t.campaign_id = %(campaign)s and t.door_id = any(%(doors)s::bigint[]) and t.person_id is not null
  order by t.person_id, t.id)
select l.door, p.id, p.forename, p.surname, l.met, coalesce(a.kind, ''), s.support_at,
  coalesce(n.reason, ''), m.id, coalesce(m.kind, ''), coalesce(m.support, ''), m.strength,
  coalesce(m.wishes, ''), coalesce(m.wish_note, ''), t.id
from lives l
join people_person p on p.campaign_id = %(campaign)s and p.id = l.person
left join people_personstanding s on s.campaign_id = %(campaign)s and s.person_id = p.id
left join mine m on m.person_id = p.id
left join met_as t on t.person_id = p.id
left join lateral (
  select v.kind from register_registerentry r
  join register_absentvote v on v.campaign_id = %(campaign)s and v.entry_id = r.id
  where r.campaign_id = %(campaign)s and r.person_id = p.id and r.removed_in is null limit 1) a on true
left join lateral (
  select coalesce(nullif(d.reason, ''), 'asked') as reason from people_donotcontact d
  where d.campaign_id = %(campaign)s and d.person_id = p.id and d.lifted_at is null
    and d.channel in ('', 'door') limit 1) n on true
where p.origin <> 'register' or exists (
  select from register_registerentry r
  where r.campaign_id = %(campaign)s and r.person_id = p.id and r.removed_in is null)
order by l.door, l.met, p.surname, p.forename, p.id
"""


def people_at(
    device: Device, turf_id: int, door_ids: Iterable[int]
) -> dict[int, list[PersonAtDoor]]:
    """Who lives at these doors, by door; the caller writes the audit line."""
    action = outings.round_of(device.campaign_id, turf_id)
    if not action.keeps_people:
        return {}
    knock = turning_out.knock_of_kind(device.campaign, turf_id, action.kind)
    return people_in(device, turf_id, door_ids, action, knock)


def people_in(
    device: Device,
    turf_id: int,
    door_ids: Iterable[int],
    action: Action,
    knock: turning_out.KnockNow | None,
) -> dict[int, list[PersonAtDoor]]:
    """The same, where the walk's round and the list of a polling-day walk are known already."""
    if not action.keeps_people:
        return {}
    found = _people_on(device.campaign_id, turf_id, door_ids, device.pk)
    if knock is None:
        return found
    return {
        door: [person for person in people if person.id in knock.people.get(door, ())]
        for door, people in found.items()
    }


def people_on(
    campaign_id: UUID, turf_id: int, door_ids: Iterable[int], device_id: int
) -> dict[int, list[PersonAtDoor]]:
    """
    The same for a phone or sheet by its number; 0 for one that has recorded nothing yet.

    Nobody, where the walk's dial keeps nothing about people: then no name leaves the server.
    """
    if not outings.round_of(campaign_id, turf_id).keeps_people:
        return {}
    return _people_on(campaign_id, turf_id, door_ids, device_id)


def _people_on(
    campaign_id: UUID, turf_id: int, door_ids: Iterable[int], device_id: int
) -> dict[int, list[PersonAtDoor]]:
    values: dict[str, Any] = {
        "campaign": campaign_id,
        "turf": turf_id,
        "device": device_id,
        "doors": list(door_ids),
    }
    found: dict[int, list[PersonAtDoor]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, values)
        for door, person, forename, surname, *rest in cursor.fetchall():
            name = name_of(forename, surname)
            found.setdefault(door, []).append(PersonAtDoor(person, name, *rest))
    return found


def address_of(alias: str) -> str:
    """The address of a row of doors, as SQL."""
    return (
        f"concat_ws(', ', nullif({alias}.unit, ''), "
        f"nullif(concat_ws(' ', nullif({alias}.number, ''), nullif({alias}.street, '')), ''))"
    )


_CALLED = f"""
select true, d.id, {address_of("d")}, '' from places_door d
where d.campaign_id = %(campaign)s::uuid and d.id = any(%(doors)s::bigint[])
union all
select false, p.id, p.forename, p.surname from people_person p
where p.campaign_id = %(campaign)s::uuid and p.id = any(%(people)s::bigint[])
"""


def addresses_and_names(
    campaign: Campaign, door_ids: Collection[int], person_ids: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Addresses of these doors, and names of these people; the caller writes the audit line."""
    if not door_ids and not person_ids:
        return {}, {}
    where: dict[int, str] = {}
    who: dict[int, str] = {}
    values = {"campaign": campaign.pk, "doors": list(door_ids), "people": list(person_ids)}
    for is_door, number, first, second in answered(_CALLED, values):
        if is_door:
            where[number] = first
        else:
            who[number] = name_of(first, second)
    return where, who


def addresses(campaign: Campaign, door_ids: Collection[int]) -> dict[int, str]:
    """Addresses of these doors."""
    return addresses_and_names(campaign, door_ids, [])[0]


def name_of(forename: str, surname: str) -> str:
    """As people say it."""
    return Person(forename=forename, surname=surname).name


def persons_among(campaign: Campaign, person_ids: Collection[int]) -> set[int]:
    """Those of these numbers that are somebody of the campaign."""
    people = Person.objects.of(campaign).filter(pk__in=list(person_ids))
    return set(people.values_list("pk", flat=True))


_RESIDENTS = f"select person, door from ({LIVE_AT}) every"


def residents(campaign: Campaign, door_ids: Collection[int]) -> set[tuple[int, int]]:
    """(person, door) of everybody at these doors."""
    if not door_ids:
        return set()
    values = {"campaign": campaign.pk, "doors": sorted(door_ids)}
    return {(person, door) for person, door in answered(_RESIDENTS, values)}


def add_person(campaign: Campaign, door_id: int, forename: str, surname: str) -> int:
    """Somebody met at a door: the number of the person, of the door's household where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select h.id from places_door d join people_household h "
            "on h.campaign_id = d.campaign_id and h.address_key = d.address_key "
            "where d.campaign_id = %s and d.id = %s",
            [campaign.pk, door_id],
        )
        row = cursor.fetchone()
    person: Person = Person.objects.create(
        campaign=campaign,
        household_id=row[0] if row else None,
        forename=forename,
        surname=surname,
        name_key=f"{fold(surname)} {fold(forename)}".strip(),
        origin=Person.Origin.DOOR,
    )
    return int(person.pk)


# --- handing out and in -----------------------------------------------------------------------------


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
