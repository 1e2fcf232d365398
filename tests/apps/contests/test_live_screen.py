"""The live screen, its fragment and files, the public page, and who may see which."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests import public_views
from hustings.apps.contests.models import Contest, ContestStep
from hustings.formats.count_file import replay
from tests.apps.cast import signed_in
from tests.apps.contests.counting_nights import (
    a_caucus,
    a_lot,
    a_report,
    a_room,
    a_unit,
    an_audit,
)

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

ANKENY = {"ash": 148, "birch": 128}
PAGES = ("board", "numbers", "json", "csv", "count-file")


@pytest.fixture
def contest(campaign: Campaign) -> Contest:
    """One room counted, one with a tie, one whose sources differ."""
    with tenant(campaign.pk):
        made = a_caucus(campaign)
        a_room(a_unit(made, "1", lon=-93.6, lat=41.7), ANKENY)
        tied = a_unit(made, "2", delegates=6, area="Adams", lon=-94.0, lat=41.2)
        a_room(tied, {"ash": 100, "birch": 50, "cedar": 50})
        differs = a_unit(made, "3")
        a_report(differs, "final", ANKENY, by="Captain Zqx")
        a_report(differs, "final", {"ash": 1}, source="second")
        an_audit(differs)
    return made


def address(contest: Contest, name: str, room: str = "live") -> str:
    arguments = {"slug": contest.campaign.slug, "contest_id": contest.pk}
    return reverse(f"{room}:{name}", kwargs=arguments)


def published(contest: Contest, kind: str = "published") -> None:
    with tenant(contest.campaign_id):
        ContestStep.objects.create(
            campaign_id=contest.campaign_id, contest=contest, kind=kind, by="tests"
        )


def test_the_screen_says_numbers_with_their_definition_and_what_is_open(
    alice_signed_in: Client, contest: Contest
) -> None:
    page = alice_signed_in.get(address(contest, "board")).content.decode()

    assert "State delegate equivalents" in page
    assert "Delegates of two counties are not worth the same." in page
    assert "From 2 of 3 units." in page
    assert "3 of 3 units" in page
    assert "1 lot is open" in page
    assert "1 audit is open" in page
    assert "nobody has it yet" in page
    assert 'class="dots is-reported"' in page


def test_the_numbers_are_the_same_until_something_comes_in(
    alice_signed_in: Client, contest: Contest
) -> None:
    first = alice_signed_in.get(address(contest, "numbers"))
    same = alice_signed_in.get(
        address(contest, "numbers"), headers={"If-None-Match": first["ETag"]}
    )
    with tenant(contest.campaign_id):
        a_room(a_unit(contest, "4"), ANKENY)
    new = alice_signed_in.get(address(contest, "numbers"), headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, new.status_code) == (200, 304, 200)
    assert "4 of 4 units" in new.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_charlie_sees_nothing_of_it(charlie_signed_in: Client, contest: Contest, name: str) -> None:
    assert charlie_signed_in.get(address(contest, name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_bob_is_refused_and_olive_is_not(
    bob_signed_in: Client, olive: Membership, contest: Contest, name: str
) -> None:
    assert bob_signed_in.get(address(contest, name)).status_code == 403
    assert signed_in(olive).get(address(contest, name)).status_code == 200


def test_olive_cannot_open_the_public_page(olive: Membership, contest: Contest) -> None:
    answer = signed_in(olive).post(address(contest, "publish"), {"do": "publish"})

    assert answer.status_code == 403


def test_the_public_page_is_closed_until_it_is_opened_and_again_afterwards(
    alice_signed_in: Client, contest: Contest
) -> None:
    stranger, page = Client(), address(contest, "page", "count")
    assert stranger.get(page).status_code == 404
    alice_signed_in.post(address(contest, "publish"), {"do": "publish"})
    assert stranger.get(page).status_code == 200
    alice_signed_in.post(address(contest, "publish"), {"do": "withdraw"})
    assert stranger.get(page).status_code == 404


@pytest.mark.parametrize("name", ["page", "numbers", "json", "csv", "count-file"])
def test_the_public_pages_name_nobody_and_set_no_cookie(contest: Contest, name: str) -> None:
    published(contest)

    answer = Client().get(address(contest, name, "count"))

    assert answer.status_code == 200
    assert "Captain Zqx" not in answer.content.decode()
    assert "nobody has it yet" not in answer.content.decode()
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "public, max-age=2"


def test_a_reader_who_has_it_already_is_told_so(contest: Contest) -> None:
    published(contest)
    page = address(contest, "json", "count")

    mark = Client().get(page)["ETag"]

    assert Client().get(page, headers={"If-None-Match": mark}).status_code == 304


def test_a_thousand_readers_of_the_same_numbers_are_one_count(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(contest)
    page = address(contest, "numbers", "count")
    first = Client().get(page).content.decode()
    monkeypatch.setattr(public_views, "board_of", lambda contest: pytest.fail("counted again"))

    again = Client().get(page)
    monkeypatch.undo()
    with tenant(contest.campaign_id):
        a_room(a_unit(contest, "4"), ANKENY)
    later = Client().get(page).content.decode()

    assert again.content.decode() == first
    assert "4 of 4 units" in later


def test_addresses_made_up_without_end_are_one_count_and_one_place_in_the_cache(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(contest)
    page = address(contest, "numbers", "count")
    first = Client().get(page)
    kept = places_kept()
    assert kept == 1
    monkeypatch.setattr(public_views, "board_of", lambda contest: pytest.fail("counted again"))

    for more in ("x=1", "x=2&page=1", "area=Nowhere", "area=%01", "page=77", "page=-1&page=99999999"):  # fmt: skip
        again = Client().get(f"{page}?{more}")
        assert (again.content, again["ETag"]) == (first.content, first["ETag"]), more
    assert places_kept() == kept


def test_a_count_file_that_cannot_be_is_found_out_once_for_all_who_ask(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant(campaign.pk):
        empty = a_caucus(campaign, name="Nobody yet")
    published(empty)
    page = address(empty, "count-file", "count")
    first = Client().get(page)
    monkeypatch.setattr(public_views, "board_of", lambda contest: pytest.fail("counted again"))

    again = Client().get(page)

    assert (first.status_code, again.status_code) == (422, 422)
    assert "Nothing that could be counted was reported yet" in again.content.decode()
    assert again["Content-Type"] == first["Content-Type"] == "text/plain; charset=utf-8"


def test_what_is_newer_takes_the_place_of_what_was_kept(contest: Contest) -> None:
    published(contest)
    page = address(contest, "numbers", "count")
    Client().get(page)
    kept = places_kept()

    with tenant(contest.campaign_id):
        a_room(a_unit(contest, "4"), ANKENY)

    assert "4 of 4 units" in Client().get(page).content.decode()
    assert places_kept() == kept


def test_each_area_and_each_page_of_it_has_an_answer_of_its_own(contest: Contest) -> None:
    published(contest)
    page = address(contest, "numbers", "count")
    with tenant(contest.campaign_id):
        for nth in range(70):
            a_unit(contest, f"Zeta {nth:02}", area="Polk")

    def answer(more: str) -> str:
        return Client().get(f"{page}?{more}").content.decode()

    assert "Zeta" not in answer("")
    assert "Zeta 00" in answer("area=Polk")
    assert "Zeta 69" not in answer("area=Polk")
    assert "Zeta 69" in answer("area=Polk&page=2")
    assert "Zeta" not in answer("area=Adams")


def places_kept() -> int:
    """How many answers of public pages lie in the cache; limits on asking have theirs beside them."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from accounts_cache where length(value) > 2000")
        found: int = cursor.fetchone()[0]
    return found


def test_whoever_asks_without_end_is_slowed_down(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(contest)
    monkeypatch.setattr(public_views, "RATES", {"count_look": "2/m/ip"})

    answers = [Client().get(address(contest, "json", "count")).status_code for _time in range(3)]

    assert answers == [200, 200, 429]


def test_json_keeps_votes_delegates_and_state_delegates_apart(
    alice_signed_in: Client, contest: Contest
) -> None:
    said = alice_signed_in.get(address(contest, "json")).json()

    by_what = {one["of"]: one for one in said["totals"]}
    assert list(by_what) == ["state", "delegates", "final", "first"]
    assert by_what["delegates"]["numbers"] == {"ash": 7, "birch": 5, "cedar": 1}
    assert by_what["state"]["numbers"]["ash"] == "28/51"
    assert "total" not in said
    assert said["open_lots"][0]["unit"] == "2"
    assert [one["state"] for one in said["by_unit"]] == ["reported", "mismatch", "reported"]


def test_the_count_file_is_counted_again_byte_for_byte(
    alice_signed_in: Client, contest: Contest
) -> None:
    with tenant(contest.campaign_id):
        unit = contest.units.get(code="2")
        a_lot(unit, "one less, turn 1", ["birch", "cedar"], ["cedar"])
        a_report(a_unit(contest, "5"), "delegates", {"ash": 8})

    raw = alice_signed_in.get(address(contest, "count-file")).content

    counted, same = replay(raw, "COUNT.json")
    assert same
    assert counted.count.result["totals"]["delegates"] == {"ash": 7, "birch": 6, "cedar": 1}
    assert counted.checks is not None
    assert counted.checks.wrong == ()
    file = json.loads(raw)
    assert set(file["input"]["not_in_this_count"]) == {"3", "5"}
    assert file["lots"][0]["record"]["device"] == "coin"
    assert "witnesses" not in file["lots"][0]["record"]


def test_a_count_file_of_nothing_is_a_sentence(alice_signed_in: Client, campaign: Campaign) -> None:
    with tenant(campaign.pk):
        empty = a_caucus(campaign, name="Nobody yet")

    answer = alice_signed_in.get(address(empty, "count-file"))

    assert answer.status_code == 422
    assert "Nothing that could be counted was reported yet" in answer.content.decode()
