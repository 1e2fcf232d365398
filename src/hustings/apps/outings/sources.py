"""
What this room reads of the rooms below: doors with their places, people with their names, streets.

Everything here answers for one campaign and many doors at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from django.db import connection

from hustings.apps.outings.universe import (
    DOORS_AND_PEOPLE,
    EVERYBODY,
    PEOPLE_BEHIND_DOORS,
    Choice,
    filter_of,
)
from hustings.apps.places import queries as places
from hustings.apps.places.models import TownMap
from hustings.core.places.address import parse_address, street_key
from hustings.core.places.walking import places_for_walking
from hustings.core.turf.problem import Doors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork

LEADING_NUMBER = re.compile(r"\d+")


class DoorFacts(NamedTuple):
    """One door as a screen or a pack shows it."""

    id: int
    street: str
    number: str
    unit: str
    postcode: str
    floor: int
    lon: float | None
    lat: float | None
    building_id: int | None
    access_note: str

    @property
    def label(self) -> str:
        """What stands on the door: «Flat 3, 22»."""
        return ", ".join(part for part in (self.unit, self.number) if part) or "–"


class PersonAtDoor(NamedTuple):
    """Somebody behind a door whom we may visit."""

    id: int
    door_id: int
    name: str
    absent: bool
    district: str


class Chosen(NamedTuple):
    """
    The doors of a choice: their ids, and the same as the engine takes them.

    ``placed`` says which have a place of their own; the others stand where their street and number put
    them (``core/places/walking.py``), which orders a walk and is on no map.
    """

    ids: NDArray[np.int64]
    doors: Doors
    district_names: tuple[str, ...]
    placed: NDArray[np.bool_]


def chosen_doors(
    campaign: Campaign, choice: Choice, action_id: int | None, *, beside: bool = False
) -> Chosen:
    """The doors that get through every step of a choice, by street, number and id: a stable order."""
    chosen = filter_of(campaign, choice, action_id, beside=beside)
    with connection.cursor() as cursor:
        cursor.execute(
            f"with {EVERYBODY}, "  # noqa: S608  # our own words; what was typed are values
            "passed as (select d.id, d.lon, d.lat, d.street, d.number, d.building_id, d.floor, "
            "d.precision, d.postcode, "
            f"d.staircase, who.id as person_id, who.district {DOORS_AND_PEOPLE} "
            f"and {chosen.level} = %(all)s) "
            "select id, lon, lat, street, number, building_id, floor, staircase, "
            "count(person_id), min(district), precision, postcode from passed "
            "group by id, lon, lat, street, number, building_id, floor, staircase, precision, postcode "
            "order by id",
            {**chosen.values, "all": len(chosen.conditions)},
        )
        rows = cursor.fetchall()
    return as_doors(rows)


def doors_of_cut(campaign: Campaign, cut_id: int) -> Chosen:
    """The doors that a cut has, as the engine takes them; a door's district is that of its people now."""
    from django.utils import timezone

    with connection.cursor() as cursor:
        cursor.execute(
            f"with {EVERYBODY} "  # noqa: S608  # our own words; the ids are values
            "select d.id, d.lon, d.lat, d.street, d.number, d.building_id, d.floor, d.staircase, "
            f"count(who.id), min(who.district), d.precision, d.postcode {DOORS_AND_PEOPLE} "
            "and d.id in (select td.door_id from outings_turfdoor td join outings_turf t "
            "on t.campaign_id = td.campaign_id and t.id = td.turf_id "
            "where td.campaign_id = %(campaign)s and t.cut_id = %(cut)s and td.taken_at is null) "
            "group by d.id, d.lon, d.lat, d.street, d.number, d.building_id, d.floor, d.staircase, "
            "d.precision, d.postcode order by d.id",
            {"campaign": campaign.pk, "today": timezone.localdate(), "cut": cut_id},
        )
        return as_doors(cursor.fetchall())


def as_doors(rows: Sequence[tuple[object, ...]]) -> Chosen:
    """Rows of a door each, as :func:`chosen_doors` asks for them, as the engine takes them."""
    columns: list[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [()] * 12
    (
        ids, lon, lat, street, number, building, floor, staircase, people, district, precision,
        postcode,
    ) = columns  # fmt: skip
    street_names, street_index = _numbered([str(name or "") for name in street])
    district_names, district_index = _numbered([str(name or "") for name in district])
    # A door of no building is a building of its own; ids of buildings are above 0.
    own = [
        int(str(b)) if b is not None else -int(str(i)) for b, i in zip(building, ids, strict=True)
    ]
    own_building = np.unique(np.array(own, np.int64), return_inverse=True)[1].astype(np.int32)
    house = np.array([house_number(str(text or "")) for text in number], np.int32)
    own_lon = np.array(lon, np.float64)
    walked_lon, walked_lat = places_for_walking(
        own_lon,
        np.array(lat, np.float64),
        np.array(precision, np.int16),
        street_index,
        house,
        _numbered([str(name or "") for name in postcode])[1],
        own_building,
    )
    doors = Doors(
        lon=walked_lon,
        lat=walked_lat,
        street=street_index,
        street_names=street_names,
        house=house,
        building=own_building,
        floor=np.array(floor, np.int16),
        staircase=np.array(staircase, np.int16),
        people=np.array(people, np.int16),
        district=district_index,
    )
    return Chosen(np.array(ids, np.int64), doors, district_names, np.isfinite(own_lon))


def house_number(text: str) -> int:
    """The leading whole number of «14a» or «Flat 2, 7»; -1 where there is none."""
    found = LEADING_NUMBER.search(text)
    return int(found[0][:8]) if found else -1


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Each name once, in order, and for each entry its index; -1 for the empty name."""
    known = sorted({name for name in names if name})
    index = {name: i for i, name in enumerate(known)}
    return tuple(known), np.array([index.get(name, -1) for name in names], np.int32)


def street_network(campaign: Campaign) -> StreetNetwork | None:
    """The walkable streets, where the campaign has a map."""
    return places.street_network(campaign)


def has_map(campaign: Campaign) -> bool:
    """Whether the town's own map was brought in."""
    return TownMap.objects.of(campaign).exists()


def map_credit(campaign: Campaign) -> str:
    """Whose map it is, for paper; empty without one."""
    newest = TownMap.objects.of(campaign).order_by("-made_at").values_list("credit", flat=True)
    return newest.first() or ""


def doors_by_id(campaign: Campaign, ids: Sequence[int]) -> dict[int, DoorFacts]:
    """What stands on these doors; one question for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id, d.street, d.number, d.unit, d.postcode, d.floor, d.lon, d.lat, "
            "d.building_id, coalesce(b.access_note, '') from places_door d "
            "left join places_building b on b.campaign_id = d.campaign_id and b.id = d.building_id "
            "where d.campaign_id = %s and d.id = any(%s)",
            [campaign.pk, list(ids)],
        )
        return {row[0]: DoorFacts(*row) for row in cursor.fetchall()}


def place_of_address(campaign: Campaign, text: str) -> tuple[float, float] | None:
    """
    Where the door of an address stands, by street, number and flat; None where no placed door has it.

    A number that is not there is answered with its street's nearest one, since a hall or a pub that
    people set out from has no elector.
    """
    address = parse_address(text)
    key = street_key(address.street)
    if not key:
        return None
    wanted = house_number(address.number)
    with connection.cursor() as cursor:
        cursor.execute(
            "select lon, lat from places_door where campaign_id = %s and street_key = %s "
            "and lon is not null order by abs(coalesce(house, 0) - %s), number <> %s, unit <> %s, id "
            "limit 1",
            [campaign.pk, key, max(wanted, 0), address.number, address.unit],
        )
        row = cursor.fetchone()
    return (float(row[0]), float(row[1])) if row else None


def people_at(campaign: Campaign, ids: Sequence[int]) -> dict[int, list[PersonAtDoor]]:
    """Whom we may ask for at these doors, by name; one question for all. The caller writes the audit line."""
    from django.utils import timezone

    with connection.cursor() as cursor:
        cursor.execute(
            f"with {PEOPLE_BEHIND_DOORS} "
            "select who.id, d.id, trim(p.forename || ' ' || p.surname), who.absent, "
            f"coalesce(who.district, '') {DOORS_AND_PEOPLE.replace('where', 'join people_person p on p.campaign_id = d.campaign_id and p.id = who.id where')} "
            "and d.id = any(%(doors)s) and not who.refused order by d.id, p.surname, p.forename",
            {"campaign": campaign.pk, "today": timezone.localdate(), "doors": list(ids)},
        )
        found: dict[int, list[PersonAtDoor]] = {}
        for row in cursor.fetchall():
            person = PersonAtDoor(*row)
            found.setdefault(person.door_id, []).append(person)
    return found


def districts_of(campaign: Campaign) -> list[tuple[str, int]]:
    """Polling districts of the register with their electors, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select district, count(*) from register_registerentry "
            "where campaign_id = %s and removed_in is null and district <> '' "
            "group by district order by district",
            [campaign.pk],
        )
        return [(name, int(count)) for name, count in cursor.fetchall()]


def street_names_of(campaign: Campaign) -> list[str]:
    """Names of the streets that have doors, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct street from places_door where campaign_id = %s and street <> '' "
            "order by street",
            [campaign.pk],
        )
        return [name for (name,) in cursor.fetchall()]
