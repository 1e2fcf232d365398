"""
Hot questions use an index behind the wall, in all of its columns that are asked for.

Under row-level security an operator that is not leakproof is asked only after the policy; an index whose
second column needs such an operator is read for the whole campaign. So it is not enough that a plan names
an index: the columns must stand in its condition. Asked as the role that serves, with as many rows as a
campaign has, all in one campaign, and with the planner's own choice among them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from hustings.apps.accounts.models import Device
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import intake, queries, residents, walks
from hustings.apps.canvass.models import (
    CanvassEvent,
    DoorStanding,
    PersonMet,
    Received,
    Visit,
    WalkGrant,
)
from hustings.apps.outings import map_doors, universe
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.outings.queries import walk_stops
from hustings.apps.people.models import DoNotContact, Household, Person, PersonStanding
from hustings.apps.people.queries import find_people
from hustings.apps.places.models import Building, Door
from hustings.apps.register.models import AbsentVote, RegisterEntry
from tests.apps.canvass.cast import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hustings.apps.campaigns.models import Campaign
    from tests.apps.isolation_matrix import World


class Scan(NamedTuple):
    """How one table is read: by which index, under which condition; none for the whole table."""

    table: str
    index: str
    condition: str


def scans_in(plan: dict[str, Any], table: str = "") -> Iterator[Scan]:
    """Every table that a plan reads."""
    table = plan.get("Relation Name", table)
    if plan["Node Type"] == "Seq Scan":
        yield Scan(table, "", "")
    elif "Index Name" in plan:
        yield Scan(table, plan["Index Name"], plan.get("Index Cond", ""))
    for below in plan.get("Plans", ()):
        yield from scans_in(below, table)


def scans_of(ask: Callable[[], object]) -> list[Scan]:
    """How the database reads for each statement that is asked."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    assert asked
    found: list[Scan] = []
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"explain (format json) {sql}", params)
            told = cursor.fetchone()[0]
            (whole,) = json.loads(told) if isinstance(told, str) else told
            found += scans_in(whole["Plan"])
    return found


def not_by_index(scans: list[Scan], columns: dict[str, str]) -> list[Scan]:
    """Scans whose index does not narrow by the campaign and by the columns named for that table, or its others."""

    def narrowed(scan: Scan) -> bool:
        return any(
            all(f"{column} " in scan.condition for column in ("campaign_id", *either.split()))
            for either in columns.get(scan.table, "").split("|")
        )

    return [scan for scan in scans if not narrowed(scan)]


DOORS, A_WALK = 3000, 100


def a_large_campaign(world: World) -> None:
    """Three thousand doors more, each with an elector, on walks that have been gone; the wall is open."""
    campaign, walk = world.campaign, world.rows["walk"]
    doors = Door.objects.bulk_create(
        Door(campaign=campaign, address_key=f"{n} long lane|", street="Long Lane", number=str(n),
             lon=9.5, lat=47.1) for n in range(DOORS)
    )  # fmt: skip
    homes = Household.objects.bulk_create(
        Household(campaign=campaign, address_key=door.address_key, door=door) for door in doors
    )
    people = Person.objects.bulk_create(
        Person(campaign=campaign, household=home, surname=f"Name{n}", name_key=f"name{n} al")
        for n, home in enumerate(homes)
    )
    entries = RegisterEntry.objects.bulk_create(
        RegisterEntry(campaign=campaign, person=one, number=f"LL-{n}", added_in=1)
        for n, one in enumerate(people)
    )
    AbsentVote.objects.bulk_create(
        AbsentVote(campaign=campaign, entry=entry, kind="postal") for entry in entries[::4]
    )
    PersonStanding.objects.bulk_create(
        PersonStanding(campaign=campaign, person=one, support="1") for one in people
    )
    DoNotContact.objects.bulk_create(
        DoNotContact(campaign=campaign, person=one) for one in people[::4]
    )
    turfs = Turf.objects.bulk_create(
        Turf(campaign=campaign, action_id=walk.action_id, cut_id=walk.cut_id, number=1000 + n,
             name="Long Lane", door_count=A_WALK, minutes=60, walk_m=900, published_at=NOON)
        for n in range(DOORS // A_WALK)
    )  # fmt: skip
    phones = Device.objects.bulk_create(
        Device(campaign=campaign, label="Tom", secret_hash=str(n), expires_at=NOON)
        for n in range(len(turfs))
    )
    at = [(turfs[n // A_WALK], phones[n // A_WALK], n, door) for n, door in enumerate(doors)]
    TurfDoor.objects.bulk_create(
        TurfDoor(campaign=campaign, action_id=walk.action_id, turf=turf, door_id=door.pk, stop=n + 1,
                 live=True) for turf, _phone, n, door in at
    )  # fmt: skip
    DoorStanding.objects.bulk_create(
        DoorStanding(campaign=campaign, turf=turf, door_id=door.pk) for turf, _phone, _n, door in at
    )
    Visit.objects.bulk_create(
        Visit(campaign=campaign, turf=turf, device=phone, door_id=door.pk, day=NOON.date(),
              contacted=True, answers=1) for turf, phone, _n, door in at
    )  # fmt: skip
    CanvassEvent.objects.bulk_create(
        CanvassEvent(campaign=campaign, id=uuid4(), turf=turf, device=phone, door_id=door.pk, sequence=n,
                     person=people[n], channel="door", kind="answered", support="1",
                     occurred_at=NOON, digest=b"") for turf, phone, n, door in at
    )  # fmt: skip
    PersonMet.objects.bulk_create(
        PersonMet(campaign=campaign, id=uuid4(), device=phone, door_id=door.pk, person=people[n])
        for _turf, phone, n, door in at[::4]
    )
    Received.objects.bulk_create(Received(campaign=campaign, part=n) for n in range(100, DOORS))
    Building.objects.bulk_create(
        Building(campaign=campaign, street_key="long lane", number_key=str(n)) for n in range(DOORS)
    )


def look_at_the_tables() -> None:
    """The owner lets the planner know how many rows there are; whoever looks from outside must see them."""
    assert not connection.in_atomic_block
    owner = connection.copy()
    owner.settings_dict = {**connection.settings_dict, "USER": settings.OWNER_ROLE}
    with owner.cursor() as cursor:
        cursor.execute("analyze")
    owner.close()


def doors_of_a_walk(world: World) -> object:
    return walks.doors_of(world.campaign, world.rows["walk"].pk)


def a_walk_at_the_desk(world: World) -> object:
    return walk_stops(world.campaign, world.rows["walk"], with_people=True)


def doors_of_a_square_of_the_map(world: World) -> object:
    return map_doors.doors_in(world.rows["walk"].cut, map_doors.Tile(14, 8192, 8191))


def people_at_a_door(world: World) -> object:
    phone, door = world.rows["phone"], world.rows["walk_doors"][0]
    return residents.people_at(phone, world.rows["walk"].pk, [door.pk])


def what_a_phone_reported(world: World) -> object:
    return queries.receipt_of(world.rows["grant"])


def events_at_a_door(world: World) -> object:
    phone, door = world.rows["phone"], world.rows["walk_doors"][0]
    return queries.last_at_door(phone, world.rows["walk"].pk, door.pk)


def whether_anything_came_since(campaign: Campaign) -> object:
    return intake.changed_since(campaign)


def somebody_by_name(world: World) -> object:
    return find_people(world.campaign, "zqx")


def somebody_by_elector_number(world: World) -> object:
    return find_people(world.campaign, "ZQ-1")


def the_steps_of_a_choice(campaign: Campaign) -> object:
    choice = universe.Choice(
        area=((9.0, 47.0), (10.0, 47.0), (10.0, 48.0)), districts=("AB",), streets=("Mill Lane",),
        support=("1",), not_contacted_days=30, absent="none",
    )  # fmt: skip
    return universe.steps_of(campaign, choice, 1)


PEOPLE = {
    "people_person": "", "register_registerentry": "person_id", "register_absentvote": "entry_id",
    "people_personstanding": "person_id", "people_donotcontact": "person_id",
}  # fmt: skip
HOT: dict[Callable[[World], object], dict[str, str]] = {
    doors_of_a_walk: {
        "outings_turfdoor": "turf_id", "places_door": "id", "places_building": "id",
        "canvass_doorstanding": "turf_id",
    },
    a_walk_at_the_desk: {"outings_turfdoor": "turf_id", "places_door": "id"},
    doors_of_a_square_of_the_map: {"places_door": "lat lon", "outings_turfdoor": "door_id"},
    people_at_a_door: {
        **PEOPLE, "places_door": "id", "people_household": "address_key", "canvass_personmet": "door_id",
    },
    events_at_a_door: {"canvass_canvassevent": "door_id|device_id turf_id"},
    what_a_phone_reported: {
        "canvass_canvassevent": "device_id turf_id|corrects", "canvass_visit": "turf_id device_id",
    },
    somebody_by_name: {"people_person": "name_key|id"},
    somebody_by_elector_number: {"register_registerentry": "number"},
}  # fmt: skip
"""Each hot question, and the columns by which each table has to be narrowed, or others instead."""

A_PAGE = {
    "places_townmap", "outings_turf", "outings_action", "polling_pollingday",
    "canvass_hold", "canvass_release", "canvass_ruling", "canvass_rulingtakenback",
    "canvass_tally", "canvass_delivery", "canvass_countedreport",
}  # fmt: skip
"""Tables of which this campaign has so few rows that one page holds them: any plan reads that page."""

OF_A_CAMPAIGN = {
    whether_anything_came_since: {"canvass_received"},
    the_steps_of_a_choice: {*PEOPLE, "places_door", "people_household", "outings_turfdoor"},
}
"""Questions about all of a campaign, and the tables they read."""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hot_questions_use_an_index_behind_the_wall(
    transactional_db: None, world: World, rivals: Campaign
) -> None:
    with tenant(world.campaign.pk):
        a_large_campaign(world)
        grants = WalkGrant.objects.select_related("device", "turf")
        world.rows["grant"] = grants.get(device=world.rows["phone"])
    look_at_the_tables()

    unread, wide = {}, {}
    with tenant(world.campaign.pk), connection.cursor() as cursor:
        cursor.execute("select current_user, row_security_active('people_person')")
        assert cursor.fetchone() == (settings.WEB_ROLE, True)
        for ask, columns in HOT.items():
            scans = scans_of(lambda ask=ask: ask(world))  # type: ignore[misc]  # bound at once
            unread[ask.__name__] = {*columns} - {scan.table for scan in scans}
            wide[ask.__name__] = [
                scan for scan in not_by_index(scans, columns) if scan.table not in A_PAGE
            ]
        kept_out = scans_of(lambda: list(Door.objects.filter(address_key__startswith="7 long")))

    with tenant(rivals.pk):  # a small campaign does not read through a large one's rows
        for ask_whole in (whether_anything_came_since, the_steps_of_a_choice):
            scans = scans_of(lambda ask=ask_whole: ask(rivals))  # type: ignore[misc]  # bound at once
            unread[ask_whole.__name__] = OF_A_CAMPAIGN[ask_whole] - {scan.table for scan in scans}
            wide[ask_whole.__name__] = [
                scan for scan in not_by_index(scans, {}) if scan.table not in A_PAGE
            ]

    assert {name: tables for name, tables in unread.items() if tables} == {}
    assert {name: scans for name, scans in wide.items() if scans} == {}
    assert not_by_index(kept_out, {"places_door": "address_key"}), (
        "What is not leakproof is noticed."
    )
