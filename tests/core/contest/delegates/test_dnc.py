"""The published cases of the five steps, and the splits of Iowa 2016."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.contest.delegates.count import NOBODY_REACHES
from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.methods import METHODS
from hustings.core.errors import BadInput
from tests.core.contest.rulesets import DNC

if TYPE_CHECKING:
    from tests.core.conftest import Vectors

METHOD = METHODS["delegates"]


def counted(said: dict[str, Any], *lots: Lot) -> Any:
    found = METHOD.count(said, DNC, Lots(lots))
    assert METHOD.check(said, DNC, Lots(lots), found) == []
    return found


def test_every_case_of_the_vectors(vectors: Vectors) -> None:
    cases = vectors.json("contests/dnc_proportional.json")["cases"]

    assert len(cases) == 7
    for case in cases:
        found = counted({"votes": case.get("votes") or case["sde"], "delegates": case["delegates"]})
        if isinstance(case["expect"], str):
            assert found.tie is not None
            assert "silent" in found.tie.rule
            continue
        awarded = {name: number for name, number in found.result["awarded"].items() if number}
        assert awarded == case["expect"]
        assert found.tie is None


def test_62_and_a_half_percent_of_four_stops_and_a_ruling_decides() -> None:
    said = {"votes": {"A": 625, "B": 375}, "delegates": 4}

    found = counted(said)

    assert found.tie.among == ("A", "B")
    assert found.result["awarded"] == {"A": 2, "B": 1}
    assert found.result["open"] == 1
    ruled = counted(said, Lot(found.tie.step, ("A", "B"), ("B",)))
    assert ruled.result["awarded"] == {"A": 2, "B": 2}


def test_where_nobody_reaches_the_threshold_nothing_is_awarded_and_it_says_why() -> None:
    votes = {f"Candidate {number}": 10 for number in range(10)}

    found = counted({"votes": votes, "delegates": 5})

    assert found.flags == (NOBODY_REACHES,)
    assert not any(found.result["awarded"].values())
    assert found.result["open"] == 5


def test_who_reaches_the_threshold_only_by_rounding_is_flagged() -> None:
    found = counted({"votes": {"A": 850_001, "B": 149_999}, "delegates": 8})

    assert found.flags == (
        "B is below the threshold exactly and reaches it only as its percent is rounded.",
    )
    assert found.result["awarded"] == {"A": 7, "B": 1}


def test_pools_stay_apart() -> None:
    """Iowa 2016: at-large 5 to 4 and leaders 3 to 3 out of the same state delegates, and never one pool of 15."""
    sde = {"Clinton": "700.47", "Sanders": "696.92", "O'Malley": "7.63"}
    pools = [
        {"unit": "Iowa at large", "pool": "at-large", "votes": sde, "delegates": 9},
        {"unit": "Iowa leaders", "pool": "pleo", "votes": sde, "delegates": 6},
    ]

    found = counted({"units": pools})

    assert found.result["totals"]["by_pool"] == {
        "at-large": {"Clinton": 5, "Sanders": 4, "O'Malley": 0},
        "pleo": {"Clinton": 3, "Sanders": 3, "O'Malley": 0},
    }
    assert found.result["totals"]["delegates"]["Clinton"] == 8


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"votes": {"A": -1}, "delegates": 4}, "votes of A"),
        ({"votes": {"A": 0.5}, "delegates": 4}, "votes of A"),
        ({"votes": {"A": 0}, "delegates": 4}, "all 0"),
        ({"votes": {}, "delegates": 4}, "numbers by name"),
        ({"votes": {"A": 4}}, "«delegates» is missing"),
        ({"votes": {"A": 4}, "delegates": 4, "pool": "lake"}, "«pool» must be one of"),
    ],
)
def test_bad_input_names_the_field(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        METHOD.count(said, DNC, Lots())


def test_a_lot_for_another_tie_is_told_of_while_the_rest_is_open() -> None:
    said = {"votes": {"A": 625, "B": 375}, "delegates": 4}

    found = METHOD.count(said, DNC, Lots([Lot("the first delegates", ("A", "B"), ("B",))]))

    assert found.tie is not None
    assert found.flags == ("The lot for «the first delegates» was asked for by no tie.",)


def test_each_of_the_totals_of_delegates_is_judged() -> None:
    units = [
        {"unit": "first", "pool": "district", "votes": {"A": 60, "B": 40}, "delegates": 5},
        {"unit": "second", "pool": "district", "votes": {"B": 60, "C": 40}, "delegates": 5},
        {"unit": "third", "pool": "pleo", "votes": {"A": 625, "B": 375}, "delegates": 4},
    ]
    found = METHOD.count({"units": units}, DNC, Lots())
    totals = found.result["totals"]

    assert METHOD.check({"units": units}, DNC, Lots(), found) == []
    for wrong in (
        {"delegates": {**totals["delegates"], "A": 6}},
        {"by_pool": {"district": totals["by_pool"]["district"]}},
        {"by_pool": {**totals["by_pool"], "pleo": {"A": 3, "B": 1}}},
        {"open": 0},
    ):
        changed = replace(found, result={**found.result, "totals": {**totals, **wrong}})
        assert len(METHOD.check({"units": units}, DNC, Lots(), changed)) == 1, wrong


def test_what_is_open_in_a_pool_is_judged() -> None:
    said = {"votes": {"A": 625, "B": 375}, "delegates": 4}
    found = counted(said)

    changed = replace(found, result={**found.result, "open": 0})

    assert METHOD.check(said, DNC, Lots(), changed) == [
        "What is open is not what nobody is awarded."
    ]


def test_a_flag_of_the_count_does_not_blind_the_judge() -> None:
    said = {"votes": {"A": 850_001, "B": 149_999}, "delegates": 8}
    found = counted(said)
    assert found.flags

    less = {"awarded": {"A": 6, "B": 1}, "open": 1}
    changed = replace(found, result={**found.result, **less})

    assert METHOD.check(said, DNC, Lots(), changed) == ["7 delegates are awarded of 8."]


@pytest.mark.parametrize(
    ("field", "value"),
    [("unit", "1"), ("pool", "pleo"), ("delegates", 9), ("votes", {"A": 60, "B": 41})],
)
def test_what_was_handed_in_is_judged_too(field: str, value: Any) -> None:
    said = {"unit": "2", "pool": "district", "delegates": 8, "votes": {"A": 60, "B": 40}}
    found = counted(said)
    bent = replace(found, result={**found.result, field: value})

    assert f"«{field}» is not what was handed in." in METHOD.check(said, DNC, Lots(), bent)
