"""Doors and their places: better wins, by hand stays, buildings gather flats."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from hustings.apps.audit.actors import command
from hustings.apps.audit.models import AuditLine
from hustings.apps.campaigns.models import Campaign
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.places.actions import import_places, place_by_hand
from hustings.apps.places.doors import TypedAddress, make_doors
from hustings.apps.places.models import Building, Door
from hustings.core.errors import BadInput
from hustings.core.places.match import Precision
from hustings.core.town.generate import generate_town
from hustings.formats.osm_write import write_osm
from tests.apps.places.a_map import plant_map

ME = command("tests")


def silent(share_done: float, note: str = "") -> None:
    """Nobody is watching."""


@pytest.fixture
def mill_lane(campaign: Campaign) -> Campaign:
    """Riverside with numbers 1, 2 and a house of three flats at 3."""
    lines = ["1 Mill Lane", "2 Mill Lane", *(f"Flat {n}, 3 Mill Lane" for n in (1, 2, 3))]
    with tenant(campaign.pk):
        make_doors(campaign.pk, [TypedAddress(line.lower(), line, "AB1 2CD", "") for line in lines])
    return campaign


def take(campaign: Campaign, folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.write_text(content)
    with tenant(campaign.pk):
        import_places(campaign, path, by=ME, progress=silent)


def door(campaign: Campaign, address: str) -> Door:
    with tenant(campaign.pk):
        found: Door = Door.objects.of(campaign).select_related("building").get(address=address)
    return found


POSTCODES = "postcode,lat,lon\nAB1 2CD,51.5,0.5\n"
ADDRESSES = "lon,lat,number,street,unit,postcode\n0.1,51.1,1,Mill Lane,,AB1 2CD\n0.3,51.3,3,Mill Lane,,AB1 2CD\n"


def test_flats_are_gathered_in_a_building(mill_lane: Campaign) -> None:
    with tenant(mill_lane.pk):
        building = Building.objects.of(mill_lane).get()
        assert building.name == "3 Mill Lane"
        assert building.doors.count() == 3


def test_making_doors_again_makes_none(mill_lane: Campaign) -> None:
    with tenant(mill_lane.pk):
        again = make_doors(
            mill_lane.pk, [TypedAddress("1 mill lane", "1 Mill Lane", "AB1 2CD", "")]
        )

    assert again == 0


def test_a_better_place_wins_and_a_worse_one_does_not(mill_lane: Campaign, tmp_path: Path) -> None:
    take(mill_lane, tmp_path, "postcodes.csv", POSTCODES)
    at_postcode = door(mill_lane, "1 Mill Lane")
    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)
    at_building = door(mill_lane, "1 Mill Lane")
    take(mill_lane, tmp_path, "postcodes.csv", POSTCODES)
    still = door(mill_lane, "1 Mill Lane")

    assert (at_postcode.precision, at_postcode.lon) == (Precision.POSTCODE, 0.5)
    assert (at_building.precision, at_building.lon) == (Precision.BUILDING, 0.1)
    assert (still.precision, still.lon) == (Precision.BUILDING, 0.1)


def test_flats_stand_where_their_building_does(mill_lane: Campaign, tmp_path: Path) -> None:
    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)

    flat = door(mill_lane, "Flat 2, 3 Mill Lane")

    assert (flat.lon, flat.precision) == (0.3, Precision.BUILDING)
    assert flat.building is not None
    assert flat.building.lon == pytest.approx(0.3)


def test_what_was_placed_by_hand_stays(mill_lane: Campaign, tmp_path: Path) -> None:
    moved = door(mill_lane, "1 Mill Lane")
    with tenant(mill_lane.pk):
        place_by_hand(mill_lane, [moved.pk], 0.9, 51.9, by=ME)

    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)

    assert door(mill_lane, "1 Mill Lane").lon == 0.9


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "name,age\nx,1\n", "There is no column"),
        ("a.csv", "lon,lat,number,street\n537412,189266,1,Mill Lane\n", "row 2.*not on the earth"),
        ("a.csv", "lon,lat,number,street\nx,y,1,Mill Lane\n", "row 2.*are not degrees"),
        ("a.pdf", "%PDF", "neither a map"),
        ("a.osm.pbf", "door_id,lon,lat", "not a whole OpenStreetMap extract"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_changes_nothing(
    mill_lane: Campaign, tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        take(mill_lane, tmp_path, name, content)

    assert door(mill_lane, "1 Mill Lane").lon is None


def test_alice_sees_how_many_doors_are_placed_how_well(
    mill_lane: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)

    page = alice_signed_in.get(reverse("places:coverage", kwargs={"slug": mill_lane.slug}))

    assert "4 of 5 doors at or beside their building" in page.content.decode()


def test_alice_puts_a_street_where_another_door_is(
    mill_lane: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)
    one, two = door(mill_lane, "1 Mill Lane"), door(mill_lane, "2 Mill Lane")
    address = reverse("places:street", kwargs={"slug": mill_lane.slug}) + "?street=mill+lane"

    answer = alice_signed_in.post(address, {"doors": [two.pk], "same_as": one.pk})

    assert answer.status_code == 302
    placed = door(mill_lane, "2 Mill Lane")
    assert (placed.lon, placed.precision) == (0.1, Precision.BY_HAND)
    with tenant(mill_lane.pk):
        assert AuditLine.objects.of(mill_lane).filter(verb="places.by_hand", count=1).exists()


def test_a_tile_is_kept_by_the_browser_and_answered_without_being_sent_again(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    with tenant(campaign.pk):
        town = plant_map(campaign, "Mill Lane")
    address = reverse(
        "map:tile",
        kwargs={"slug": campaign.slug, "digest": town.digest, "zoom": 16, "column": 0, "row": 0},
    )

    first = alice_signed_in.get(address)
    second = alice_signed_in.get(address, headers={"If-None-Match": first["ETag"]})

    assert first.content == b"Mill Lane"
    assert "immutable" in first["Cache-Control"]
    assert second.status_code == 304


def test_the_style_names_nothing_outside_and_gives_credit(
    campaign: Campaign, alice_signed_in: Client
) -> None:
    with tenant(campaign.pk):
        plant_map(campaign, "Mill Lane")

    style = alice_signed_in.get(reverse("map:style", kwargs={"slug": campaign.slug})).json()

    assert "glyphs" not in style
    assert "sprite" not in style
    assert style["sources"]["town"]["tiles"][0].startswith("http://testserver/c/riverside/map/")
    assert style["sources"]["town"]["attribution"] == "© OpenStreetMap contributors"


def test_doors_go_out_as_the_turf_command_takes_them_with_an_audit_line_and_no_people(
    mill_lane: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    from hustings.formats.doors_csv import read_doors

    take(mill_lane, tmp_path, "addresses.csv", ADDRESSES)

    answer = alice_signed_in.get(reverse("places:doors", kwargs={"slug": mill_lane.slug}))

    path = tmp_path / "doors.csv"
    path.write_bytes(b"".join(answer))  # type: ignore[arg-type]  # a stream of bytes
    file = read_doors(path)
    assert len(file.ids) == 5
    assert len(set(file.doors.building.tolist())) == 3
    assert path.read_text("utf-8-sig").splitlines()[0] == (
        "door_id,lon,lat,street,number,unit,postcode,district,precision"
    )
    with tenant(mill_lane.pk):
        assert AuditLine.objects.of(mill_lane).filter(verb="places.export", count=5).exists()


def test_a_map_sent_in_the_browser_is_read_as_the_map_it_is(
    mill_lane: Campaign, alice_signed_in: Client, tmp_path: Path
) -> None:
    write_osm(tmp_path / "town.osm.pbf", generate_town(60, 1))
    extract = (tmp_path / "town.osm.pbf").rename(tmp_path / "Town.OSM.PBF")

    with extract.open("rb") as file:
        answer = alice_signed_in.post(
            reverse("places:upload", args=[mill_lane.slug]), {"file": file}, follow=True
        )

    page = answer.content.decode()
    assert "Map: Town.OSM.PBF" in page, page[page.find("<main") :]
    assert "This is not a whole OpenStreetMap extract" not in page
