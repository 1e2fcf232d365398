"""What a caucus gives to the calendar: pledged delegates from its state delegates, district by district."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contests.board import Line, Of, Official
from hustings.apps.contests.count_out import count_file
from hustings.apps.contests.counting import Counted
from hustings.apps.contests.models import Contest, Unit
from hustings.apps.contests.pool_counts import as_one, parts_of
from hustings.apps.contests.season import season_of
from hustings.apps.contests.standing import State
from hustings.apps.contests.totals import board_of
from hustings.core.contest.lot import Lots
from hustings.core.contest.methods import METHODS
from hustings.formats.contest import own_ruleset
from hustings.formats.count_file import replay
from tests.apps.contests.counting_nights import a_caucus, a_room, a_unit
from tests.apps.contests.seasons import a_season

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from hustings.apps.campaigns.models import Campaign

DNC = own_ruleset("dnc-proportional")
IOWA = {
    "districts": [["1", 8], ["2", 8], ["3", 7], ["4", 6]], "at_large": 9, "pleo": 6, "rules": DNC,
}  # fmt: skip
FIRST = """Allamakee,Benton,Black Hawk,Bremer,Buchanan,Clayton,Delaware,Dubuque,Fayette,Howard,Iowa,Jackson,Jones,Linn,
Marshall,Mitchell,Poweshiek,Tama,Winneshiek,Worth"""
SECOND = """Appanoose,Cedar,Clarke,Clinton,Davis,Decatur,Des Moines,Henry,Jasper,Jefferson,Johnson,Keokuk,Lee,Louisa,
Lucas,Mahaska,Marion,Monroe,Muscatine,Scott,Van Buren,Wapello,Washington,Wayne"""
THIRD = """Adair,Adams,Cass,Dallas,Fremont,Guthrie,Madison,Mills,Montgomery,Page,Polk,Pottawattamie,Ringgold,Taylor,
Union,Warren"""
DISTRICT_OF = {
    county.strip(): number
    for number, counties in (("1", FIRST), ("2", SECOND), ("3", THIRD))
    for county in counties.split(",")
}
"""The counties of Iowa's districts from 2013 to 2023, those of the fourth left out."""


@pytest.fixture
def caucus(campaign: Campaign) -> Iterator[Contest]:
    """A caucus with one district of four delegates and three at large, behind the campaign's wall."""
    with tenant(campaign.pk):
        made = a_caucus(campaign)
        made.pools = {"districts": [["1", 4]], "at_large": 3, "rules": DNC}
        made.save()
        yield made


def numbers(totals: Any) -> dict[str, int]:
    return {code: int(number) for code, number in totals.numbers.items() if number}


def test_iowa_2016_gives_23_to_21_from_the_state_delegates_of_its_counties(test_data: Path) -> None:
    with (test_data / "caucus/ia2016_county_sde.csv").open() as file:
        rows = list(csv.DictReader(file))
    codes = ["clinton", "sanders", "omalley", "uncommitted"]
    lines = [
        Line(
            Unit(code=row["county"], name=row["county"], district=DISTRICT_OF.get(row["county"], "4")),
            State.REPORTED, {},
            Counted(state={code: Fraction(row[f"{code}_sde"]) for code in codes}),
            Official.NOT_YET, None,
        )
        for row in rows
    ]  # fmt: skip

    parts = parts_of(Contest(kind="caucus", pools=IOWA), codes, lines, [])

    assert [part.of for part in parts] == [20, 24, 16, 39, 99, 99]
    given = [(part.whole.awarded["clinton"], part.whole.awarded["sanders"]) for part in parts]
    assert given == [(4, 4), (4, 4), (4, 3), (3, 3), (5, 4), (3, 3)]
    whole = as_one(parts)
    assert whole is not None
    assert (whole.awarded["clinton"], whole.awarded["sanders"], whole.flags) == (23, 21, ())


def test_a_caucus_gives_its_pledged_delegates_to_the_calendar_beside_its_state_delegates(
    campaign: Campaign,
) -> None:
    with tenant(campaign.pk):
        a_season(campaign)
        caucus = Contest.objects.get(kind="caucus")
        caucus.pools = {"at_large": 9, "rules": DNC}
        caucus.save()
        found = season_of(campaign, "2026")

    [first, *_others] = found.lines
    assert dict(first.delegates) == {"ash": 4, "birch": 4, "cedar": 0}  # the ninth waits for a lot
    assert set(first.counted) == {"state delegates", "delegates"}
    assert len(found.sums.of("delegates").contests) == 3
    assert sum(found.sums.of("delegates").sums.values()) == 30 + sum(first.delegates.values())
    definitions = found.sums.of("delegates").definitions
    assert len(definitions) == 2
    assert "state delegate equivalents" in definitions[0]


def test_state_delegates_are_given_exactly_and_the_night_shows_them_apart(
    alice_signed_in: Client, caucus: Contest
) -> None:
    a_room(a_unit(caucus, "1", district="1"), {"ash": 148, "birch": 128})  # 4 to 4 of 8
    a_room(a_unit(caucus, "2", delegates=4, district=""), {"ash": 80, "birch": 20})  # 3 to 1 of 4

    board = board_of(caucus)
    live = [caucus.campaign.slug, caucus.pk]
    page = alice_signed_in.get(reverse("live:numbers", args=live)).content.decode()
    said = alice_signed_in.get(reverse("live:json", args=live)).json()

    assert [one.what for one in board.totals] == [Of.STATE, Of.PLEDGED, Of.DELEGATES, Of.FINAL, Of.FIRST]  # fmt: skip
    assert [(part.pool.name, part.units, dict(part.whole.awarded)) for part in board.parts] == [
        ("district 1", 1, {"ash": 2, "birch": 2, "cedar": 0}),
        ("at large", 2, {"ash": 2, "birch": 1, "cedar": 0}),
    ]
    assert numbers(board.totals[1]) == {"ash": 4, "birch": 3}
    assert "Pledged delegates by part" in page
    assert "1 unit lies in no district" in page
    assert said["pools"][0]["votes"] == {"ash": "0.31372549019607843137", "birch": "0.31372549019607843137", "cedar": 0}  # fmt: skip
    again = METHODS["delegates"].count(
        {
            "units": [
                {"unit": one["name"], "pool": one["pool"], "delegates": one["delegates"], "votes": one["votes"]}
                for one in said["pools"]
            ]
        },
        DNC, Lots(),
    )  # fmt: skip
    assert again.result["totals"]["delegates"] == {"ash": 4, "birch": 3, "cedar": 0}


def test_the_count_file_of_a_caucus_stays_the_count_of_its_rooms(caucus: Contest) -> None:
    a_room(a_unit(caucus, "1", district="1"), {"ash": 148, "birch": 128})

    counted, same = replay(count_file(board_of(caucus)).encode(), "COUNT.json")

    assert same
    assert (counted.method, counted.count.result["totals"]["delegates"]["ash"]) == ("caucus", 4)


def test_a_tie_among_pledged_delegates_is_no_tie_of_a_room(
    alice_signed_in: Client, caucus: Contest
) -> None:
    caucus.pools = {"at_large": 3, "rules": DNC}
    caucus.save()
    a_room(a_unit(caucus, "1"), {"ash": 148, "birch": 128})

    board = board_of(caucus)
    raw = alice_signed_in.get(reverse("live:csv", args=[caucus.campaign.slug, caucus.pk])).content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert [(lot.unit, lot.step) for lot in board.lots] == [
        (None, "at large: the remaining delegates")
    ]
    assert board.parts[0].open == 1
    assert [row["pledged ash"] for row in rows] == ["", "1", "1"]
    assert [row["counted ash"] for row in rows] == ["4", "", ""]
    assert None not in rows[0]


def test_a_caucus_keeps_the_rules_of_its_pools_as_they_were_when_it_was_made(
    alice_signed_in: Client, campaign: Campaign
) -> None:
    said = {
        "kind": "caucus", "name": "Caucus", "held_on": "2099-02-03", "opens_at": "19:00", "seats": "",
        "time_zone": "America/Chicago", "ruleset": "iowa-2016", "districts": "1: 8", "at_large": "5",
    }  # fmt: skip
    assert alice_signed_in.post(reverse("contests:new", args=[campaign.slug]), said).status_code == 302  # fmt: skip
    with tenant(campaign.pk):
        made = Contest.objects.get()
        assert (made.pools["rules"]["name"], made.seats) == ("dnc-proportional", 13)
        made.pools["rules"]["threshold"] = "1/5"
        made.save()
        change = reverse("contests:change", args=[campaign.slug, made.pk])
        assert alice_signed_in.post(change, said | {"at_large": "6"}).status_code == 302
        now = Contest.objects.get()

    assert (now.pools["at_large"], now.pools["rules"]["threshold"]) == (6, "1/5")
    assert now.rules["method"] == "caucus"
