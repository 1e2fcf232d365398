"""Wards of Edinburgh and Glasgow, 2017: the declared winners, and stage by stage where a count by the Order is known."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.lot import Lots
from hustings.core.contest.ranked.check_stv import check_stv
from hustings.core.contest.ranked.stv_scottish import LOST, NOBODY, count_stv
from hustings.formats.ballots_blt import read_blt
from hustings.formats.ballots_scottish_csv import read_scottish_csv

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

STAGED = (
    "edinburgh_2017_ward2",
    "edinburgh_2017_ward3",
    "edinburgh_2017_ward8",
    "glasgow_2017_ward2",
    "glasgow_2017_ward6",
    "glasgow_2017_ward7",
)


@pytest.mark.parametrize("ward", range(1, 12))
def test_a_ward_of_edinburgh_elects_who_was_declared(vectors: Vectors, ward: int) -> None:
    declared = vectors.json(f"stv_scotland/edinburgh_2017_ward{ward}.expected.json")
    given = read_scottish_csv(vectors.folder / f"stv_scotland/edinburgh_2017_ward{ward}.csv")
    count = count_stv(given, {}, Lots())
    assert count.tie is None
    assert check_stv(given, {}, Lots(), count) == []
    assert set(map(_spelt, count.result["elected"])) == set(map(_spelt, declared["elected_set"]))


def _spelt(name: str) -> str:
    return " ".join(name.split()).casefold()


@pytest.mark.parametrize("suffix", ["csv", "blt"])
@pytest.mark.parametrize("ward", STAGED)
def test_a_ward_is_counted_stage_by_stage(vectors: Vectors, ward: str, suffix: str) -> None:
    folder = vectors.folder.parent / "ranked/scot"
    expected = json.loads((folder / "expected_stv_scottish_wigm.json").read_text("utf-8"))[ward]
    reading = {"csv": read_scottish_csv, "blt": read_blt}[suffix]
    given = reading(folder / f"{ward}.{suffix}")
    count = count_stv(given, {}, Lots())
    names = [candidate["name"] for candidate in given["candidates"]]
    number = {name: str(place) for place, name in enumerate(names, 1)}
    assert count.result["quota"] == expected["quota"]
    assert count.result["valid"] == expected["valid"]
    assert given["seats"] == expected["seats"]
    assert [int(number[name]) for name in count.result["elected"]] == expected["elected"]
    assert check_stv(given, {}, Lots(), count) == []
    stages = count.result["stages"]
    assert len(stages) == len(expected["stages"])
    for ours, theirs in zip(stages, expected["stages"], strict=True):
        of = f" of {number[ours['candidate']]}" if ours["candidate"] else ""
        assert f"{ours['action']}{of}" == theirs["action"]
        assert {number[who]: Fraction(votes) for who, votes in ours["totals"].items() if votes} == {
            who: Fraction(votes) for who, votes in theirs["totals"].items() if Fraction(votes)
        }
        assert Fraction(ours[NOBODY]) == Fraction(theirs["non_transferable"])
        assert sorted(int(number[who]) for who in ours["elected"]) == sorted(theirs["elected_now"])
        assert _sum(ours) == expected["valid"]


def _sum(stage: dict[str, Any]) -> Fraction:
    return (
        sum(map(Fraction, stage["totals"].values()), Fraction())
        + Fraction(stage[NOBODY])
        + Fraction(stage[LOST])
    )


def test_the_ims_council_is_counted(vectors: Vectors) -> None:
    """Nobody published a count of it by the Order: first preferences are added up here, the rest is the judge's."""
    path = Path(vectors.folder.parent / "ranked/ims_stv.blt")
    given = read_blt(path)
    count = count_stv(given, {}, Lots())
    first: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line == "0":
            break
        number, choice, *_ = line.split()
        first[given["candidates"][int(choice) - 1]["name"]] += int(number)
    assert count.result["stages"][0]["totals"] == dict(first)
    assert count.result["valid"] == first.total() == 598
    assert count.result["quota"] == 598 // 6 + 1
    assert len(count.result["elected"]) == given["seats"] == 5
    assert check_stv(given, {}, Lots(), count) == []
