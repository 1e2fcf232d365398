"""Candidates in another order, ballots in another order or bundled otherwise: the same rounds to the number."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.contest.lot import Lots
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.contest.ranked.stv_scottish import count_stv
from tests.core.laws.rankings import RULES, contests, settled, shapes


@settings(deadline=None, max_examples=100)
@given(contests(), RULES, st.randoms(use_true_random=False))
def test_in_a_run_off(contest: dict[str, Any], rules: dict[str, Any], chance: Any) -> None:
    count, lots = settled(count_irv, contest, rules)
    other = shuffled(contest, chance)
    again, _ = settled(count_irv, other, rules)
    assert shapes(again) == shapes(count)
    assert sorted(again.result["elected"]) == sorted(count.result["elected"])
    replayed = count_irv(contest, rules, Lots(lots))
    assert json.dumps(replayed.as_json()) == json.dumps(count.as_json())


@settings(deadline=None, max_examples=100)
@given(contests(plain=True), st.integers(1, 4), st.randoms(use_true_random=False))
def test_in_a_council(contest: dict[str, Any], seats: int, chance: Any) -> None:
    count, lots = settled(count_stv, contest, {"seats": seats})
    again, _ = settled(count_stv, shuffled(contest, chance), {"seats": seats})
    assert shapes(again) == shapes(count)
    assert set(again.result["elected"]) == set(count.result["elected"])
    replayed = count_stv(contest, {"seats": seats}, Lots(lots))
    assert json.dumps(replayed.as_json()) == json.dumps(count.as_json())


def shuffled(contest: dict[str, Any], chance: Any) -> dict[str, Any]:
    """Candidates in another order, and each ballot on a line of its own, in another order."""
    candidates = list(contest["candidates"])
    chance.shuffle(candidates)
    ballots = [[1, ranks] for number, ranks in contest["ballots"] for _ in range(number)]
    chance.shuffle(ballots)
    return {"candidates": candidates, "ballots": ballots}
