"""A cut of thousands of walks: its lists come in pages, its map's doors by square, and every answer stays small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.outings import actions, map_doors, packs, publishing, sources, walk_list
from hustings.apps.outings.map_doors import Tile
from hustings.apps.outings.models import SplitStreet, Turf
from hustings.apps.outings.universe import Choice
from hustings.core.errors import BadInput
from tests.apps.cast import SETUP
from tests.apps.outings.planting import a_town, town_streets, turfs_of

if TYPE_CHECKING:
    from django.test import Client

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.outings.models import Cut


@pytest.fixture
def cut(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Cut:
    """A draft of four walks of twenty doors, a street each; a page holds three, an answer sixty doors."""
    monkeypatch.setattr(sources, "street_network", lambda campaign: town_streets())
    monkeypatch.setattr(walk_list, "A_PAGE", 3)
    monkeypatch.setattr(map_doors, "MOST_AT_ONCE", 60)
    monkeypatch.setattr(map_doors, "MOST_IN_A_TILE", 30)
    with tenant(campaign.pk):
        a_town(campaign)
        action = actions.plan_action(campaign, "Saturday canvass", Choice(), by=SETUP)
        made = actions.ask_for_cut(
            campaign, action.pk, units="doors", size=20, by=SETUP, cross_districts=True
        )
        made.refresh_from_db()
        return made


def at(cut: Cut, name: str, **more: object) -> str:
    return reverse(f"outings:{name}", kwargs={"slug": cut.campaign.slug, "cut_id": cut.pk, **more})


def rows_in(client: Client, url: str, **asked: object) -> list[int]:
    said = client.get(url, asked).content.decode()
    return [number for number in range(1, 9) if f'href="?walk={number}"' in said]


@pytest.mark.parametrize("name", ["cut-page", "workbench"])
def test_the_walks_come_in_pages_and_a_chosen_walk_opens_its_own(
    cut: Cut, alice_signed_in: Client, name: str
) -> None:
    url = at(cut, name)

    assert rows_in(alice_signed_in, url) == [1, 2, 3]
    assert rows_in(alice_signed_in, url, page=2) == [4]
    assert rows_in(alice_signed_in, url, walk=4) == [4]
    assert rows_in(alice_signed_in, url, walk=2) == [1, 2, 3]
    assert rows_in(alice_signed_in, url, page=99) == [4]
    assert "Walks 4 to 4 of 4" in alice_signed_in.get(url, {"page": 2}).content.decode()


def test_the_numbers_of_a_cut_are_of_all_its_walks_and_not_of_the_page(
    cut: Cut, alice_signed_in: Client
) -> None:
    with tenant(cut.campaign_id):
        publishing.publish(cut.campaign, cut.pk, by=SETUP)
        free = turfs_of(cut)[0]
    said = alice_signed_in.get(at(cut, "cut-page"), {"page": 2}).content.decode()

    assert 'class="stat-value">80<' in said
    assert reverse("outings:walk", args=[cut.campaign.slug, free.pk]) + "#hand-out" in said


def test_walks_of_other_pages_are_kept_by_their_numbers_when_a_draft_is_cut_again(
    cut: Cut, alice_signed_in: Client
) -> None:
    assert 'name="lock_numbers"' in alice_signed_in.get(at(cut, "cut-page")).content.decode()
    with tenant(cut.campaign_id):
        kept = {turf.name: turf.route for turf in turfs_of(cut) if turf.number in {1, 3, 4}}

    answer = alice_signed_in.post(at(cut, "cut-again"), {"lock": "1", "lock_numbers": "3-4"})

    with tenant(cut.campaign_id):
        again = Turf.objects.of(cut.campaign_id).exclude(cut=cut)
        assert answer.status_code == 302
        assert kept.keys() <= {turf.name for turf in again}


def test_what_is_no_number_of_a_walk_is_refused_with_what_to_write() -> None:
    assert walk_list.numbers_in(" 3, 17-19; 4 ") == [3, 17, 18, 19, 4]
    assert walk_list.numbers_in("") == []
    for text in ("three", "3-", "-4", "1--2"):
        with pytest.raises(BadInput, match="Write numbers and ranges"):
            walk_list.numbers_in(text)


def test_doors_go_to_a_walk_that_is_only_named_by_its_number(
    cut: Cut, alice_signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk_list, "NEAR", 1)
    said = alice_signed_in.get(at(cut, "workbench"), {"walk": 1}).content.decode()
    assert said.count('<option value="') - said.count('<option value="new"') < 10
    assert 'name="to_number"' in said
    with tenant(cut.campaign_id):
        door = turfs_of(cut)[0].turf_doors.order_by("stop").first().door_id

    alice_signed_in.post(
        at(cut, "workbench-step"), {"door": door, "to_number": "4", "walk": "1", "seen": "0"}
    )

    with tenant(cut.campaign_id):
        assert turfs_of(cut)[3].turf_doors.filter(door_id=door, taken_at=None).exists()


def test_split_streets_come_in_pages(cut: Cut, alice_signed_in: Client) -> None:
    with tenant(cut.campaign_id):
        SplitStreet.objects.of(cut.campaign_id).filter(cut=cut).delete()
        SplitStreet.objects.bulk_create(
            SplitStreet(
                campaign=cut.campaign, cut=cut, street=f"Road {n}", turfs=[1, 2], reason="R"
            )
            for n in range(5)
        )
    first = alice_signed_in.get(at(cut, "split")).content.decode()
    second = alice_signed_in.get(at(cut, "split"), {"page": 2}).content.decode()

    assert [n for n in range(5) if f"Road {n}" in first] == [0, 1, 2]
    assert [n for n in range(5) if f"Road {n}" in second] == [3, 4]
    assert "Streets 4 to 5 of 5" in second


def test_the_map_of_a_large_cut_has_each_walk_once_and_its_doors_by_square(
    cut: Cut, alice_signed_in: Client
) -> None:
    whole = alice_signed_in.get(at(cut, "doors-data")).json()
    assert whole["features"] == []
    assert [row[:2] for row in whole["walks"]] == [[1, 20], [2, 20], [3, 20], [4, 20]]
    assert json.loads(alice_signed_in.get(at(cut, "workbench-doors")).content) == whole

    found: list[list[object]] = []
    most = 0
    waiting = [Tile(10, 512, row) for row in (511, 512)]
    while waiting:
        tile = waiting.pop()
        url = at(cut, "doors-tile", **tile._asdict())
        answer = alice_signed_in.get(url)
        said = answer.json()
        assert len(said["doors"]) <= 30
        found += said["doors"]
        most = max(most, tile.zoom)
        if said["more"]:
            waiting += [
                Tile(tile.zoom + 1, 2 * tile.column + x, 2 * tile.row + y)
                for x in (0, 1)
                for y in (0, 1)
            ]
        known = alice_signed_in.get(url, headers={"If-None-Match": answer["ETag"]})
        assert known.status_code == 304

    assert most > 10
    assert len(found) == len({row[5] for row in found}) == 80
    with tenant(cut.campaign_id):
        assert {(row[0], row[1]) for row in found} == {
            (turf.number, row.stop) for turf in turfs_of(cut) for row in turf.turf_doors.all()
        }


def test_a_square_that_is_not_of_this_world_is_not_there(cut: Cut, alice_signed_in: Client) -> None:
    for zoom, column, row in ((2, 1, 1), (10, 1024, 0), (25, 0, 0)):
        url = at(cut, "doors-tile", zoom=zoom, column=column, row=row)
        assert alice_signed_in.get(url).status_code == 404


def test_a_pack_of_a_large_cut_is_refused_without_looking_its_walks_up(
    cut: Cut, alice_signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant(cut.campaign_id):
        publishing.publish(cut.campaign, cut.pk, by=SETUP)
        first = turfs_of(cut)[0]
    assert alice_signed_in.get(at(cut, "cut-pack")).status_code == 200

    monkeypatch.setattr(packs, "MOST_DOORS_AT_ONCE", 60)
    with CaptureQueriesContext(connection) as asked:
        refused = alice_signed_in.get(at(cut, "cut-pack"))

    assert refused.status_code == 422
    assert "80 doors are too many" in refused.content.decode()
    assert not [one for one in asked.captured_queries if "outings_turfdoor" in one["sql"]]
    assert alice_signed_in.get(at(cut, "cut-pack"), {"walk": first.pk}).status_code == 200
