"""Contests whose ballots people have typed in: Burlington 2009, San Francisco 2018, and an invented tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.check import check_irv
from hustings.core.contest.ranked.irv import count_irv
from hustings.formats.ballots_abif import read_abif

if TYPE_CHECKING:
    from tests.core.conftest import Vectors


def read(vectors: Vectors, name: str) -> dict[str, Any]:
    return read_abif(vectors.folder.parent / f"ranked/{name}.abif")


def by_surname(tally: dict[str, int]) -> dict[str, int]:
    return {name.split(" (")[0].split()[-1]: votes for name, votes in tally.items()}


def test_burlington_2009_is_the_published_count(vectors: Vectors) -> None:
    """Published: Wright 2,951, Kiss 2,585, Montroll 2,063, Smith 1,306 at first, Kiss 4,313 to 4,061 at last."""
    given = read(vectors, "burlington2009")
    rules = {"overvoteRule": "exhaustIfMultipleContinuing"}
    count = count_irv(given, rules, Lots())
    rounds = [by_surname(round_["tally"]) for round_ in count.result["rounds"]]
    first = {"Wright": 2951, "Kiss": 2585, "Montroll": 2063, "Smith": 1306, "Simpson": 35}
    assert rounds[0] == first | {"Write-in": 36}
    assert rounds[-1] == {"Kiss": 4313, "Wright": 4061}
    assert count.result["elected"] == ["Bob Kiss (Progressive)"]
    assert count.result["ballots"] == 8980
    assert check_irv(given, rules, Lots(), count) == []


def test_of_burlingtons_six_overvotes_three_count_by_the_mildest_rule(vectors: Vectors) -> None:
    """What the rule about overvotes changes: the last round for Wright and Kiss under each of the three."""
    given = read(vectors, "burlington2009")
    last = {
        rule: tuple(
            count_irv(given, {"overvoteRule": rule}, Lots()).result["rounds"][-1]["tally"].values()
        )
        for rule in ("exhaustImmediately", "exhaustIfMultipleContinuing", "alwaysSkipToNextRank")
    }
    assert last == {
        "exhaustImmediately": (4313, 4060),
        "exhaustIfMultipleContinuing": (4313, 4061),
        "alwaysSkipToNextRank": (4316, 4061),
    }


def test_a_quarter_of_a_million_ballots_of_san_francisco_elect_breed(vectors: Vectors) -> None:
    given = read(vectors, "sf2018special_mayor")
    rules = {"batchElimination": True}
    count = count_irv(given, rules, Lots())
    assert count.result["ballots"] == 254_016
    assert count.result["undervotes"] == 2_618
    assert count.result["elected"] == ["LONDON BREED"]
    assert set(count.result["rounds"][-1]["tally"]) == {"LONDON BREED", "MARK LENO"}
    assert check_irv(given, rules, Lots(), count) == []


def test_candidates_without_a_vote_need_lots_where_they_go_out_one_by_one(vectors: Vectors) -> None:
    given = read(vectors, "sf2018special_mayor")
    count = count_irv(given, {}, Lots())
    assert count.tie is not None
    assert len(count.tie.among) == 4
    assert {count.result["rounds"][0]["tally"][name] for name in count.tie.among} == {0}
    assert check_irv(given, {}, Lots(), count) == []


@pytest.mark.parametrize("winner", ["Memphis, TN", "Knoxville, TN"])
def test_two_cities_with_42_votes_each_need_a_lot(vectors: Vectors, winner: str) -> None:
    given = read(vectors, "tennessee_irv_tie")
    stopped = count_irv(given, {}, Lots())
    assert stopped.tie is not None
    assert stopped.tie.among == ("Memphis, TN", "Knoxville, TN")
    assert stopped.result["elected"] == []
    assert check_irv(given, {}, Lots(), stopped) == []

    lots = Lots([Lot(stopped.tie.step, stopped.tie.among, (winner,))])
    count = count_irv(given, {}, lots)
    assert count.tie is None
    assert count.result["elected"] == [winner]
    assert check_irv(given, {}, lots, count) == []
