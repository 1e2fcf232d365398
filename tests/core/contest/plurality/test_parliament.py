"""All 650 seats of 2015 and of 2017, and a seat on a council that was decided by drawing straws."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from tests.core.contest.outside import outside_json, outside_rows
from tests.core.contest.rulesets import UK_PARLIAMENT

METHOD = METHODS["plurality"]
CANDIDATES = {2015: "hoc-ge2015-results-full.csv", 2017: "HoC-GE2017-results-by-candidate.csv"}


def seats(year: int) -> dict[str, Any]:
    """The candidates' file as the input of one count."""
    units: dict[str, dict[str, Any]] = {}
    for row in outside_rows(f"uk_elections/{CANDIDATES[year]}"):
        unit = units.setdefault(
            row["constituency_name"],
            {"unit": row["constituency_name"], "votes": {}, "parties": {}},
        )
        name = f"{row['firstname']} {row['surname']}".strip()
        if name in unit["votes"]:
            name = f"{name} ({row['party_name']})"
        unit["votes"][name] = int(row["votes"])
        unit["parties"][name] = row["party_abbreviation"]
    return {"units": list(units.values())}


@pytest.mark.parametrize("year", [2015, 2017])
def test_650_seats(year: int) -> None:
    (expected,) = [
        one
        for one in outside_json("uk_elections/expected_ge2015_ge2017.json")
        if one["year"] == year
    ]
    said = seats(year)

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert METHOD.check(said, UK_PARLIAMENT, Lots(), found) == []
    assert found.tie is None
    totals = found.result["totals"]
    assert len(found.result["units"]) == 650
    assert sum(len(one["votes"]) for one in found.result["units"]) == expected["candidates"]
    assert totals["valid"] == expected["valid_votes"]
    assert totals["seats"] == expected["seats"]
    for party, votes in expected["votes_top"].items():
        assert totals["votes"][party] == votes
    for party, share in expected["share_top"].items():
        assert totals["percent"][party] == f"{share:.2f}"
    closest = sorted(found.result["units"], key=lambda one: one["majority"])[:5]
    assert [[one["majority"], one["unit"]] for one in closest] == [
        row[:2] for row in expected["closest"]
    ]
    by_name = {one["unit"]: one for one in found.result["units"]}
    assert len(expected["tour_places"]) == 16
    for place, told in expected["tour_places"].items():
        assert list(by_name[place]["votes"].values()) == [row["votes"] for row in told["result"]]
        assert by_name[place]["elected"] == told["result"][0]["candidate"]


def test_every_majority_of_2017_is_the_published_one() -> None:
    published = outside_rows("uk_elections/HoC-GE2017-constituency-results.csv")
    said = seats(2017)
    by_name = {row["constituency_name"]: row for row in published}
    for unit in said["units"]:
        row = by_name[unit["unit"]]
        unit |= {"electorate": int(row["electorate"]), "invalid": int(row["invalid_votes"])}

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert len(published) == 650
    for one in found.result["units"]:
        row = by_name[one["unit"]]
        assert (one["majority"], one["valid"]) == (int(row["majority"]), int(row["valid_votes"]))
    assert found.result["totals"]["electorate"] == 46_836_533
    assert found.result["totals"]["invalid"] == 74_188
    (oxford,) = [one for one in found.result["units"] if one["unit"] == "Oxford East"]
    assert oxford["elected"] == "Anneliese Dodds"
    assert oxford["votes"]["Anneliese Dodds"] == 35_118
    assert oxford["votes"]["Larry Sanders"] == 1_785
    assert oxford["majority"] == 23_284
    assert oxford["turnout"] == {"valid votes": "68.79", "valid and invalid votes": "68.90"}


def test_south_blyth_stops_for_a_lot() -> None:
    tied = outside_json("uk_elections/tied_count_cases.json")[0]
    said = {"unit": "South Blyth", "votes": tied["votes"]}

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert METHOD.check(said, UK_PARLIAMENT, Lots(), found) == []
    assert found.tie is not None
    assert found.tie.among == ("Lesley Rickerby (LD)", "Daniel Carr (Con)")
    assert "additional vote" in found.tie.rule
    assert found.result["elected"] is None
    assert found.result["majority"] == 0
    lots = Lots(
        [Lot(found.tie.step, found.tie.among, (tied["winner"],), "physical", {"device": "straws"})]
    )
    drawn = METHOD.count(said, UK_PARLIAMENT, lots)
    assert drawn.tie is None
    assert (drawn.result["elected"], drawn.result["by_lot"]) == (tied["winner"], True)
    assert METHOD.check(said, UK_PARLIAMENT, lots, drawn) == []
    assert METHOD.check(said, UK_PARLIAMENT, Lots(), drawn) == [
        "Lesley Rickerby (LD) is elected among equals without a lot."
    ]


def test_a_lot_for_one_of_many_seats_is_named_after_its_seat() -> None:
    units = [{"unit": ward, "votes": {"A": 5, "B": 5}} for ward in ("Mill Lane", "High Street")]

    found = METHOD.count({"units": units}, UK_PARLIAMENT, Lots())

    assert [tie["step"] for tie in found.result["ties"]] == [
        "Mill Lane: the most votes",
        "High Street: the most votes",
    ]
    lots = Lots([Lot("High Street: the most votes", ("A", "B"), ("B",))])
    drawn = METHOD.count({"units": units}, UK_PARLIAMENT, lots)
    assert [one["elected"] for one in drawn.result["units"]] == [None, "B"]
    assert METHOD.check({"units": units}, UK_PARLIAMENT, lots, drawn) == []
    with pytest.raises(BadInput, match="is for no unit of this contest"):
        METHOD.count({"units": units}, UK_PARLIAMENT, Lots([Lot("Low Road: x", ("A",), ("A",))]))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"unit": "Mill Lane", "votes": {"A": 5, "B": -5}},
            "Mill Lane: «votes of B» must not be negative: -5",
        ),
        ({"unit": "Mill Lane", "votes": {"A": 5}, "electorate": 4}, "the electorate is 4"),
        ({"units": [{"unit": "a", "votes": {"A": 1}}] * 2}, "The unit «a» comes twice"),
        ({"units": [{"unit": "a", "votes": {"A": 1}, "parties": {"B": "x"}}]}, "names B"),
        ({"units": []}, "«units» must be a list"),
    ],
)
def test_bad_input_names_the_unit_and_the_field(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        METHOD.count(said, UK_PARLIAMENT, Lots())


def test_a_tampered_seat_is_found() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 5, "B": 3}}
    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    for wrong in ({"elected": "B"}, {"majority": 3}, {"valid": 9}, {"elected": None}):
        changed = type(found)(found.method, {**found.result, **wrong}, found.transcript)
        assert METHOD.check(said, UK_PARLIAMENT, Lots(), changed), wrong
    assert Counter(found.result["votes"]) == Counter({"A": 5, "B": 3})


def test_nobody_has_a_vote_and_two_stand_so_a_lot_decides() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 0, "B": 0}}

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert found.tie is not None
    assert found.tie.among == ("A", "B")
    assert (found.result["elected"], found.result["open"]) == (None, 1)
    assert found.flags == ("Nobody has a vote.",)
    assert METHOD.check(said, UK_PARLIAMENT, Lots(), found) == []
    lots = Lots([Lot(found.tie.step, ("A", "B"), ("B",))])
    drawn = METHOD.count(said, UK_PARLIAMENT, lots)
    assert (drawn.result["elected"], drawn.result["by_lot"]) == ("B", True)
    assert METHOD.check(said, UK_PARLIAMENT, lots, drawn) == []


def test_who_stands_alone_is_elected_unopposed_without_a_vote() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 0}}

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert (found.result["elected"], found.result["open"], found.tie) == ("A", 0, None)
    assert found.flags == ("A stands alone and has no vote: elected unopposed.",)
    assert METHOD.check(said, UK_PARLIAMENT, Lots(), found) == []


def test_the_step_names_everybody_who_is_first() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 5, "C": 2, "B": 5}}

    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert found.transcript.steps[0].sentence == "12 valid votes; most for A, B."


def test_a_lot_for_another_tie_is_told_of_while_the_seat_is_open() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 5, "B": 5}}

    found = METHOD.count(said, UK_PARLIAMENT, Lots([Lot("the least votes", ("A", "B"), ("B",))]))

    assert found.tie is not None
    assert found.flags == ("The lot for «the least votes» was asked for by no tie.",)


def test_a_tampered_turnout_or_lot_is_found() -> None:
    said = {"unit": "Mill Lane", "votes": {"A": 5, "B": 3}, "electorate": 32, "invalid": 1}
    found = METHOD.count(said, UK_PARLIAMENT, Lots())

    assert METHOD.check(said, UK_PARLIAMENT, Lots(), found) == []
    for wrong in (
        {"turnout": {"valid votes": "26.00", "valid and invalid votes": "28.13"}},
        {"by_lot": True},
        {"open": 1},
        {"invalid": 2},
        {"electorate": 33},
    ):
        changed = type(found)(found.method, {**found.result, **wrong}, found.transcript)
        assert len(METHOD.check(said, UK_PARLIAMENT, Lots(), changed)) == 1, wrong


def test_each_of_the_totals_of_seats_is_judged() -> None:
    parties = {"A": "P", "B": "Q"}
    units = [
        {"unit": ward, "votes": votes, "parties": parties, "electorate": 20, "invalid": 1}
        for ward, votes in (("Mill Lane", {"A": 5, "B": 3}), ("High Street", {"A": 1, "B": 2}))
    ]
    found = METHOD.count({"units": units}, UK_PARLIAMENT, Lots())
    totals = found.result["totals"]

    assert METHOD.check({"units": units}, UK_PARLIAMENT, Lots(), found) == []
    for wrong in (
        {"seats": {"P": 2}},
        {"votes": {"P": 5, "Q": 6}},
        {"percent": {"P": "54.54", "Q": "45.45"}},
        {"valid": 12},
        {"invalid": None},
        {"electorate": 41},
        {"open": 1},
    ):
        changed = type(found)(
            found.method, {**found.result, "totals": {**totals, **wrong}}, found.transcript
        )
        assert len(METHOD.check({"units": units}, UK_PARLIAMENT, Lots(), changed)) == 1, wrong
