"""In every round each ballot is with a candidate, or out for a reason, or blank; and the judge agrees."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.contest.lot import Lots
from hustings.core.contest.ranked.check import check_irv
from hustings.core.contest.ranked.check_stv import check_stv
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.contest.ranked.stv_scottish import LOST, NOBODY, count_stv
from tests.core.laws.rankings import RULES, contests, settled, total


@settings(deadline=None, max_examples=100)
@given(contests(), RULES)
def test_in_a_run_off(contest: dict[str, Any], rules: dict[str, Any]) -> None:
    count, lots = settled(count_irv, contest, rules)
    everything = sum(number for number, _ in contest["ballots"])
    assert count.result["rounds"]
    for round_ in count.result["rounds"]:
        held = total(round_["tally"]) + total(round_["inactive"])
        held += Fraction(round_["residual surplus"])
        assert held + count.result["undervotes"] == everything
    assert check_irv(contest, rules, Lots(lots), count) == []


@settings(deadline=None, max_examples=100)
@given(contests(plain=True), st.integers(1, 4), st.sampled_from([0, 2, 5]))
def test_in_a_council(contest: dict[str, Any], seats: int, places: int) -> None:
    rules = {"seats": seats, "decimalPlacesForVoteArithmetic": places}
    count, lots = settled(count_stv, contest, rules)
    for stage in count.result["stages"]:
        held = total(stage["totals"]) + Fraction(stage[NOBODY]) + Fraction(stage[LOST])
        assert held == count.result["valid"]
    assert count.result["valid"] + count.result["void"] == count.result["ballots"]
    assert len(count.result["elected"]) == min(seats, len(contest["candidates"]))
    assert check_stv(contest, rules, Lots(lots), count) == []
