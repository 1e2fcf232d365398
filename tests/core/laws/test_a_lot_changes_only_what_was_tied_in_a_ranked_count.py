"""Whatever a lot falls on: the rounds before are the same, and in its own round only the choice among the equal differs."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.ranked.irv import count_irv
from hustings.core.contest.ranked.stv_scottish import count_stv
from tests.core.laws.rankings import RULES, contests


@settings(deadline=None, max_examples=100)
@given(contests(), RULES)
def test_in_a_run_off(contest: dict[str, Any], rules: dict[str, Any]) -> None:
    stopped = count_irv(contest, rules, Lots())
    assume(stopped.tie is not None)
    assert stopped.tie
    *before, tied = stopped.result["rounds"]
    for chosen in stopped.tie.outcomes():
        lots = Lots([Lot(stopped.tie.step, stopped.tie.among, chosen)])
        rounds = count_irv(contest, rules, lots).result["rounds"]
        assert rounds[: len(before)] == before
        own = rounds[len(before)]
        assert own["elected"] + own["eliminated"] == list(chosen)
        decided = {"elected", "eliminated", "transfers"}
        assert {k: v for k, v in own.items() if k not in decided} == {
            k: v for k, v in tied.items() if k not in decided
        }


@settings(deadline=None, max_examples=100)
@given(contests(plain=True), st.integers(1, 4))
def test_in_a_council(contest: dict[str, Any], seats: int) -> None:
    stopped = count_stv(contest, {"seats": seats}, Lots())
    assume(stopped.tie is not None)
    assert stopped.tie
    before = stopped.result["stages"]
    for chosen in stopped.tie.outcomes():
        lots = Lots([Lot(stopped.tie.step, stopped.tie.among, chosen)])
        stages = count_stv(contest, {"seats": seats}, lots).result["stages"]
        assert stages[: len(before)] == before
        assert stages[len(before)]["candidate"] == chosen[0]
