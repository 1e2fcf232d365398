"""Who lives at a door of a walk, what was said there before, and somebody who is met there and was in no register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from hustings.apps.campaigns.prepared import answered
from hustings.apps.canvass import turning_out
from hustings.apps.canvass.who_lives_where import LIVE_AT
from hustings.apps.canvass.wishes import Wish
from hustings.apps.outings import access as outings
from hustings.apps.people.models import Person
from hustings.core.register import fold

# ruff: noqa: S608  # the pieces put together here are this app's own; values are parameters
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from hustings.apps.accounts.models import Device
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Action


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
