"""Standings over the contests of a year: each kind of number for itself, and delegates over the calendar."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.season import season_of
from tests.apps.cast import signed_in
from tests.apps.contests.seasons import a_primary, a_season

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign


@pytest.fixture(autouse=True)
def _wall(campaign: Campaign) -> Iterator[None]:
    with tenant(campaign.pk):
        yield


def page(client: Client, campaign: Campaign, name: str = "season", **asked: object) -> Any:
    return client.get(reverse(f"contests:{name}", kwargs={"slug": campaign.slug}), asked)


def test_each_kind_is_added_over_its_own_contests_and_nothing_else(campaign: Campaign) -> None:
    a_season(campaign)

    found = season_of(campaign, "")

    assert (found.year, found.years) == (2026, (2026, 2025))
    sums = {kind: dict(column.sums) for kind, column in found.sums.columns.items()}
    assert list(sums) == ["votes", "state delegates", "delegates"]
    assert sums["votes"] == {"birch": 1100, "ash": 900}
    assert sums["delegates"] == {"birch": 18, "ash": 12}
    assert [len(column.contests) for column in found.sums.columns.values()] == [2, 1, 2]
    assert {code: str(number) for code, number in found.sums.of("state delegates").sums.items()} == {
        "ash": "16/51", "birch": "16/51", "cedar": "0",
    }  # fmt: skip


def test_delegates_are_added_up_over_the_calendar_in_the_order_of_the_days(
    campaign: Campaign,
) -> None:
    a_season(campaign)

    lines = season_of(campaign, "2026").lines

    assert [(line.contest.name, dict(line.delegates), dict(line.so_far)) for line in lines] == [
        ("Caucus", {}, {}),
        ("North", {"ash": 6, "birch": 4}, {"ash": 6, "birch": 4}),
        ("South", {"ash": 6, "birch": 14}, {"ash": 12, "birch": 18}),
    ]


def test_heads_in_a_room_and_delegates_of_a_county_are_shown_and_in_no_sum(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    a_season(campaign)

    [caucus, *_others] = season_of(campaign, "").lines
    shown = page(alice_signed_in, campaign).content.decode()

    assert set(caucus.counted) == {"state delegates"}
    assert [totals.what for totals in caucus.not_added] == ["delegates", "final", "first"]
    assert "Heads are not delegates." in shown
    assert "1 contest is not here: no pledged delegates are worked out from it." in shown
    assert shown.count("in no sum") == 3


def test_a_seat_is_whose_who_has_the_most_votes_and_a_tie_is_nobodys(campaign: Campaign) -> None:
    day = date(2026, 5, 7)
    a_primary(campaign, "East", day, {"ash": 9, "birch": 7}, kind="constituency", seats=1)
    a_primary(campaign, "West", day, {"ash": 7, "birch": 8}, kind="constituency", seats=1)
    a_primary(campaign, "Blyth", day, {"ash": 4, "birch": 4}, kind="constituency", seats=1)

    sums = season_of(campaign, "").sums

    assert dict(sums.of("seats").sums) == {"ash": 1, "birch": 1}
    assert len(sums.of("seats").contests) == 2
    assert dict(sums.of("votes").sums) == {"ash": 20, "birch": 19}
    assert "delegates" not in sums.columns


def test_a_contest_of_which_nothing_was_reported_is_in_no_sum(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    a_primary(campaign, "North", date(2026, 2, 9), {"ash": 0, "birch": 0})

    assert season_of(campaign, "").sums.columns == {}
    assert "Nothing was reported yet" in page(alice_signed_in, campaign).content.decode()


@pytest.mark.parametrize("asked", ["", "1999", "x", "99999999999", "２０２５"])
def test_a_year_without_contests_is_the_newest_one(campaign: Campaign, asked: str) -> None:
    a_season(campaign)

    assert season_of(campaign, asked).year in {2026, 2025}
    assert season_of(campaign, "2025").lines[0].contest.name == "Older"


def test_a_campaign_without_contests_has_an_empty_page_and_empty_files(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    assert "No contest is planned" in page(alice_signed_in, campaign).content.decode()
    assert page(alice_signed_in, campaign, "season-json").json()["contests"] == []
    assert page(alice_signed_in, campaign, "season-csv").status_code == 200


def test_json_keeps_the_numbers_exactly_and_csv_has_a_row_for_each_kind(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    a_season(campaign)

    told = page(alice_signed_in, campaign, "season-json", year=2026).json()
    answer = page(alice_signed_in, campaign, "season-csv", year=2026)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert (told["format"], told["year"], len(told["contests"])) == ("hustings-standings", 2026, 3)
    assert told["sums"]["state delegates"]["numbers"]["ash"] == "16/51"
    assert told["sums"]["delegates"]["numbers"] == {"birch": 18, "ash": 12}
    assert told["contests"][2]["delegates_so_far"] == {"ash": 12, "birch": 18}
    assert [one["of"] for one in told["contests"][0]["in_no_sum"]] == ["delegates", "final", "first"]  # fmt: skip
    assert rows[1:3] == [
        ["2026-02-02", "Caucus", "caucus", "state delegates", "1", "1", "0.3137", "0.3137", "0"],
        ["2026-02-09", "North", "primary", "delegates", "1", "1", "6", "4", ""],
    ]
    assert rows[-1] == ["", "2 contests", "", "sum of delegates", "", "", "12", "18", ""]
    assert "standings-2026.csv" in answer["Content-Disposition"]


def test_the_57_contests_of_a_season_are_as_many_questions_as_three(
    alice_signed_in: Client, campaign: Campaign, test_data: Path
) -> None:
    with (test_data / "primaries/dem2016_contest_calendar_merged.csv").open() as file:
        told = list(csv.DictReader(file))
    assert len(told) == 57
    a_season(campaign)
    with CaptureQueriesContext(connection) as few:
        assert page(alice_signed_in, campaign).status_code == 200
    for row in told:
        votes = {name: int(row[f"{name}_votes"] or 0) for name in ("clinton", "sanders")}
        a_primary(
            campaign, row["name"], date.fromisoformat(row["date"] or "2016-06-30"), votes,
            seats=int(row["clinton_delegates"] or 0) + int(row["sanders_delegates"] or 0),
        )  # fmt: skip

    with CaptureQueriesContext(connection) as many:
        answer = page(alice_signed_in, campaign, year=2016)
    found = season_of(campaign, "2016")

    assert answer.status_code == 200
    assert len(many) <= len(few)
    assert len(found.lines) == 57
    assert dict(found.sums.of("votes").sums) == {
        name: sum(int(row[f"{name}_votes"] or 0) for row in told) for name in ("clinton", "sanders")
    }


def test_olive_sees_standings_bob_is_refused_and_charlie_finds_nothing(
    charlie_signed_in: Client, bob: Membership, olive: Membership, campaign: Campaign
) -> None:
    a_season(campaign)

    for name in ("season", "season-json", "season-csv"):
        assert page(signed_in(olive), campaign, name).status_code == 200
        assert page(signed_in(bob), campaign, name).status_code == 403
        assert page(charlie_signed_in, campaign, name).status_code == 404
