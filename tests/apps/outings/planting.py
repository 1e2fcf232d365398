"""Turfs as they are after a cut, for tests that begin there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hustings.apps.outings.cutting import wishes_kept
from hustings.apps.outings.models import Action, Cut, Turf, TurfDoor
from hustings.apps.places.models import Door
from hustings.core.places.address import street_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hustings.apps.campaigns.models import Campaign
    from hustings.core.walk.network import StreetNetwork


STREETS = ("Bank Street", "Kirk Street", "Mill Lane", "School Road")
STEP = 0.0002
"""Degrees between two doors of a street at the equator; about 22 metres."""


def an_action(campaign: Campaign, name: str = "Saturday canvass") -> Action:
    """A canvass."""
    action: Action = Action.objects.create(campaign=campaign, name=name, made_by="Alice")
    return action


def a_cut(
    campaign: Campaign, action: Action, *walks: Sequence[int], name: str = "Kirk Street"
) -> Cut:
    """A finished draft with one turf for each list of doors, which are made if they are not there."""
    Door.objects.bulk_create(
        (
            Door(
                campaign=campaign,
                id=door,
                address_key=f"{door} kirk street",
                street=name,
                number=str(door),
                lon=door * STEP,
                lat=0.0,
            )
            for door in {door for doors in walks for door in doors}
        ),
        ignore_conflicts=True,
    )
    cut: Cut = Cut.objects.create(
        campaign=campaign, action=action, asked_by="Alice", finished_at=timezone.now(),
        numbers={"doors": sum(map(len, walks)), "turfs": len(walks), "streets": 1, "short_streets": 1,
                 "streets_split": 0, "short_streets_whole": 1.0, "walk_m": 700,
                 "longest_minutes": 101.0, "shortest_minutes": 101.0, "mean_minutes": 101.0},
        wishes=wishes_kept(campaign, by="doors", size=20),
    )  # fmt: skip
    for number, doors in enumerate(walks, 1):
        turf = Turf.objects.create(
            campaign=campaign, action=action, cut=cut, number=number, name=f"{name} {number}",
            door_count=len(doors), minutes=100.0 + number, walk_m=700.0, streets=[name],
        )  # fmt: skip
        TurfDoor.objects.bulk_create(
            TurfDoor(campaign=campaign, action=action, turf=turf, door_id=door, stop=stop)
            for stop, door in enumerate(doors, 1)
        )
    return cut


def turfs_of(cut: Cut) -> list[Turf]:
    """Fresh from the database, by number."""
    return list(Turf.objects.of(cut.campaign_id).filter(cut=cut).order_by("number"))


def a_town(campaign: Campaign, doors_each: int = 20, people_each: int = 2) -> list[int]:
    """Four parallel streets with doors, households and electors; returns the doors' ids, street by street."""
    from hustings.apps.people.models import Household, Person
    from hustings.apps.register.models import RegisterEntry

    doors = Door.objects.bulk_create(
        Door(
            campaign=campaign, address_key=f"{n} {street}".lower(), street=street, number=str(n),
            street_key=street_key(street), house=n, lon=n * STEP, lat=row * 5 * STEP,
        )
        for row, street in enumerate(STREETS)
        for n in range(1, doors_each + 1)
    )  # fmt: skip
    households = Household.objects.bulk_create(
        Household(
            campaign=campaign, address_key=door.address_key, address=door.address_key, door=door
        )
        for door in doors
    )
    people = Person.objects.bulk_create(
        Person(campaign=campaign, household=household, surname=f"Surname{i:04d}", forename="Ada")
        for i, household in enumerate(households * people_each)
    )
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            campaign=campaign, person=person, number=f"A/{i}", added_in=1,
            district="AA" if i % len(doors) < len(doors) // 2 else "BB",
        )
        for i, person in enumerate(people)
    )  # fmt: skip
    return [door.pk for door in doors]


def town_streets() -> StreetNetwork:
    """The streets of :func:`a_town`, joined by two roads at their ends."""
    import numpy as np

    from hustings.core.walk.network import StreetNetwork

    rows = len(STREETS)
    lon = np.tile([0.0, 21 * STEP], rows)
    lat = np.repeat(np.arange(rows) * 5 * STEP, 2)
    along = [(2 * r, 2 * r + 1) for r in range(rows)]
    ends = [(2 * r + e, 2 * r + 2 + e) for r in range(rows - 1) for e in (0, 1)]
    edges = np.array(along + ends, np.int32)
    metres = np.array([21 * STEP * 111_195] * rows + [5 * STEP * 111_195] * len(ends))
    return StreetNetwork(
        node_lon=lon, node_lat=lat, edge_from=edges[:, 0], edge_to=edges[:, 1],
        edge_length_m=metres,
        edge_street=np.array([*range(rows), *[-1] * len(ends)], np.int32),
        edge_kind=np.zeros(len(edges), np.uint8),
        shape_start=np.arange(0, 2 * len(edges) + 1, 2, dtype=np.int64),
        shape_lon=lon[edges.ravel()], shape_lat=lat[edges.ravel()], street_names=STREETS,
    )  # fmt: skip
