"""Standings over many contests: each kind of number has its column, and there is no sum over them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hustings.core.contest.percent import both_roundings, half_up, percent, written
from hustings.core.contest.standings import Tally, standings
from hustings.core.errors import BadInput
from tests.core.contest.outside import outside_json, outside_rows

SDE = {"Clinton": "700.47", "Sanders": "696.92", "O'Malley": "7.63", "Uncommitted": "0.46"}


def _fractions(table: dict[str, str]) -> dict[str, Fraction]:
    return {name: Fraction(number) for name, number in table.items()}


def test_the_two_roundings_of_iowa_2016() -> None:
    told = outside_json("caucus/ia2016_expected_results.json")
    exact = told["statewide_final"]["percent"]
    rounded = told["statewide_integer_rounded"]["percent"]

    found = both_roundings(_fractions(SDE), 2)

    assert found["from exact numbers"] == {name: f"{share:.2f}" for name, share in exact.items()}
    assert found["rounded before dividing"]["Clinton"] == "49.82"
    assert found["rounded before dividing"]["Sanders"] == "49.61"
    feed = {
        name: Fraction(rounded_to)
        for name, rounded_to in (("Clinton", 701), ("Sanders", 697), ("O'Malley", 8))
    }
    published = both_roundings(feed, 2)["from exact numbers"]
    assert published == {name: f"{share:.2f}" for name, share in rounded.items()}
    assert both_roundings(_fractions(SDE), 1)["from exact numbers"]["Clinton"] == "49.8"
    assert both_roundings(feed, 1)["from exact numbers"]["Clinton"] == "49.9"


def test_99_counties_add_up_to_what_the_feed_said() -> None:
    told = outside_json("caucus/ia2016_expected_results.json")["county_feed_x100"]
    rows = outside_rows("caucus/ia2016_county_sde.csv")
    tallies = [
        Tally(
            row["county"],
            "state delegates",
            {"Clinton": Fraction(row["clinton_sde"]), "Sanders": Fraction(row["sanders_sde"])},
            "county feed of 2 February 2016",
        )
        for row in rows
    ]

    column = standings(tallies).of("state delegates")

    assert len(column.contests) == 99
    assert column.sums == {
        "Clinton": Fraction(told["Clinton"], 100),
        "Sanders": Fraction(told["Sanders"], 100),
    }
    assert column.definitions == ("county feed of 2 February 2016",)


def test_kinds_are_never_added() -> None:
    found = standings(
        [
            Tally("Iowa", "state delegates", _fractions(SDE)),
            Tally("Iowa", "delegates", {"Clinton": Fraction(23), "Sanders": Fraction(21)}),
            Tally("New Hampshire", "votes", {"Sanders": Fraction(7), "Clinton": Fraction(5)}),
            Tally("Nevada", "delegates", {"Clinton": Fraction(20), "Sanders": Fraction(15)}),
            Tally("Oxford East", "seats", {"Dodds": Fraction(1)}),
        ]
    )

    assert list(found.columns) == ["votes", "state delegates", "delegates", "seats"]
    assert found.of("seats").sums == {"Dodds": 1}
    assert found.of("delegates").sums == {"Clinton": 43, "Sanders": 36}
    assert found.of("delegates").contests == ("Iowa", "Nevada")
    assert found.together(["votes"]).sums == {"Sanders": 7, "Clinton": 5}
    assert found.of("votes").shares()["from exact numbers"] == {
        "Sanders": "58.33",
        "Clinton": "41.67",
    }
    with pytest.raises(
        BadInput, match=r"^votes and delegates cannot be added: votes are votes that"
    ):
        found.together(["votes", "delegates"])


def test_a_contest_that_comes_twice_and_an_unknown_kind_are_refused() -> None:
    once = Tally("Iowa", "votes", {"A": Fraction(1)})

    with pytest.raises(BadInput, match="Iowa: The votes of this contest come twice"):
        standings([once, once])
    with pytest.raises(BadInput, match="«points» cannot stand in standings"):
        Tally("Iowa", "points", {})


def test_rounding_is_half_up_and_exact() -> None:
    assert [half_up(Fraction(n, 2), 0) for n in (1, 3, 5, 6)] == [1, 2, 3, 3]
    assert written(Fraction(1, 8), 2) == "0.13"
    assert written(Fraction(5, 2), 0) == "3"
    assert percent(1, 3, 2) == "33.33"
    assert percent(1, 0, 2) is None
