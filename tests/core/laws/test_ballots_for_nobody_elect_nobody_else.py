"""Ballots that rank nobody, or only somebody who is not counted, change no run-off; ten times the ballots elect the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.contest.ranked.irv import count_irv
from tests.core.laws.rankings import ONE, RULES, WRITE_INS, contests, settled, total

COUNTED = ("threshold", "tally", "elected", "eliminated", "transfers")


def counted(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: round_[key] for key in COUNTED} for round_ in rounds]


@settings(deadline=None, max_examples=100)
@given(contests(), RULES, st.integers(1, 9), st.booleans())
def test_ballots_for_nobody(
    contest: dict[str, Any], rules: dict[str, Any], number: int, blank: bool
) -> None:
    out = [each["name"] for each in contest["candidates"] if each["excluded"]]
    assume(blank or out)
    ranks = [] if blank else [out[0]]
    more = contest | {"ballots": [*contest["ballots"], [number, ranks]]}
    count, _ = settled(count_irv, contest, rules)
    again, _ = settled(count_irv, more, rules)
    assert counted(again.result["rounds"]) == counted(count.result["rounds"])
    assert again.result["elected"] == count.result["elected"]
    assert again.result["undervotes"] == count.result["undervotes"] + (number if blank else 0)


@settings(deadline=None, max_examples=100)
@given(contests(), ONE, st.integers(2, 11))
def test_many_times_the_ballots(contest: dict[str, Any], rules: dict[str, Any], times: int) -> None:
    rules = rules | {"minimumVoteThreshold": 0}
    # A threshold that stays while votes run out is a number of votes, and does not grow by as much.
    assume(not rules["doesFirstRoundDetermineThreshold"])
    more = contest | {"ballots": [[times * number, ranks] for number, ranks in contest["ballots"]]}
    count, _ = settled(count_irv, contest, rules)
    again, _ = settled(count_irv, more, rules)
    assert again.result["elected"] == count.result["elected"]
    for one, many in zip(count.result["rounds"], again.result["rounds"], strict=True):
        assert many["eliminated"] == one["eliminated"]
        assert {n: Fraction(v) for n, v in many["tally"].items()} == {
            n: times * Fraction(v) for n, v in one["tally"].items()
        }


@settings(deadline=None, max_examples=100)
@given(contests(), ONE)
def test_more_than_half_at_first_is_elected(contest: dict[str, Any], rules: dict[str, Any]) -> None:
    count, _ = settled(count_irv, contest, rules)
    first = count.result["rounds"][0]["tally"]
    votes = total(first)
    ahead = [name for name in first if 2 * Fraction(first[name]) > votes and name != WRITE_INS]
    assume(ahead)
    assume(Fraction(first[ahead[0]]) >= rules["minimumVoteThreshold"])
    assert count.result["elected"] == ahead
