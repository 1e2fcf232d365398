"""Who supports whom: heads are not delegates, weights, and cells too small to be shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.core.contest.percent import percent
from hustings.core.contest.support.check import check_shown, check_weighted
from hustings.core.contest.support.table import (
    FEW,
    Band,
    Table,
    read,
    shown,
    unweighted,
    weighted,
)
from hustings.core.errors import BadInput
from tests.core.contest.outside import outside_json

ANSWERS = ("ash", "birch")


def published() -> dict[str, Any]:
    found: dict[str, Any] = outside_json("primaries/ia2016_entrance_poll_age_gender.json")
    return found


def table_of(said: dict[str, Any], by: str) -> Table:
    names = said["columns"]
    bands = [
        {
            "band": row["band"], "heads": 100, "weight": row["share_of_voters"],
            "counts": dict(zip(names, row["pct"], strict=True)),
        }
        for row in said[by]
    ]  # fmt: skip
    return read({"bands": bands}, names)


def test_the_published_entrance_poll_is_weighted_as_it_was_printed() -> None:
    said = published()

    shares = weighted(table_of(said, "age"))

    assert shares is not None
    printed = {name: percent(share, 1, 1) for name, share in shares.items()}
    assert printed == {"Clinton": "49.3", "O'Malley": "3.0", "Sanders": "45.6"}
    assert printed == {name: str(value) for name, value in said["weighted_check"].items()}
    assert check_weighted(table_of(said, "age"), shares) == []


def test_84_percent_of_the_young_are_not_84_percent_of_all() -> None:
    table = table_of(published(), "age")

    young, shares = table.bands[0], weighted(table)

    assert young.name == "17-29"
    assert young.share("Sanders") == Fraction(84, 100)
    assert shares is not None
    assert shares["Sanders"] < Fraction(1, 2)


def test_a_wrong_share_is_judged_wrong() -> None:
    table = table_of(published(), "gender")
    shares = weighted(table)
    assert shares is not None

    wrong = check_weighted(table, shares | {"Sanders": shares["Sanders"] + Fraction(1, 10_000)})

    assert wrong == ["The weighted share of Sanders is not what the bands say."]


def test_a_table_without_weights_has_no_weighted_shares() -> None:
    table = Table(ANSWERS, (Band("17-29", 20, {"ash": 15}), Band("unknown", 20, {"ash": 5})))

    assert weighted(table) is None
    assert unweighted(table) == {"ash": Fraction(1, 2), "birch": 0}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"band": "17-29", "heads": 3, "counts": {"ash": 4}}, "only 3 were asked"),
        ({"band": "17-29", "heads": -1, "counts": {}}, "must not be negative"),
        ({"band": "17-29", "heads": 3, "counts": {"elm": 1}}, "nobody who stands here"),
        ({"band": "", "heads": 3, "counts": {}}, "needs names"),
        ({"band": "17-29", "heads": 3, "weight": 1.5, "counts": {}}, "must be written like"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(row: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read({"bands": [row]}, ANSWERS)


def test_a_small_cell_takes_its_band_and_another_with_it() -> None:
    table = Table(
        ANSWERS,
        (
            Band("17-29", 30, {"ash": 27, "birch": 3}),
            Band("30-44", 40, {"ash": 20, "birch": 20}),
            Band("45+", 90, {"ash": 40, "birch": 50}),
        ),
    )

    said = shown(table)

    assert said == {"17-29": None, "30-44": None, "45+": {"ash": 40, "birch": 50}}
    assert check_shown(table, said, FEW) == []


def test_the_judge_sees_a_cell_that_follows_from_the_total() -> None:
    table = Table(
        ANSWERS,
        (Band("17-29", 30, {"ash": 27, "birch": 3}), Band("30+", 40, {"ash": 20, "birch": 20})),
    )

    wrong = check_shown(table, {"17-29": None, "30+": {"ash": 20, "birch": 20}}, FEW)

    assert "birch: 3 heads follow from the total." in wrong


bands = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=8
)


@given(bands, st.integers(2, 15))
def test_no_small_cell_is_ever_shown_or_follows(rows: list[tuple[int, int, int]], few: int) -> None:
    table = Table(
        ANSWERS,
        tuple(
            Band(str(n), ash + birch + other, {"ash": ash, "birch": birch})
            for n, (ash, birch, other) in enumerate(rows)
        ),
    )

    assert check_shown(table, shown(table, few), few) == []


@given(bands, st.lists(st.integers(1, 50), min_size=8, max_size=8))
def test_weighted_shares_are_what_the_bands_say(
    rows: list[tuple[int, int, int]], weights: list[int]
) -> None:
    table = Table(
        ANSWERS,
        tuple(
            Band(str(n), ash + birch + other, {"ash": ash, "birch": birch}, Fraction(weights[n]))
            for n, (ash, birch, other) in enumerate(rows)
        ),
    )

    shares = weighted(table)

    if shares is not None:
        assert check_weighted(table, shares) == []
