"""Every vote that goes in is in the result, by candidate and together."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.laws.contests import Contest, contests, units_of


@settings(deadline=None)
@given(contests(), st.integers(0, 9))
def test_whatever_the_contest_and_its_lots(contest: Contest, which: int) -> None:
    found, _ = contest.drawn(which)

    for said, result in units_of(contest, found):
        if contest.rules["method"] == "plurality":
            assert result["votes"] == said["votes"]
            assert result["valid"] == sum(said["votes"].values())
        elif contest.rules["method"] == "omov":
            cast = [sum(section.values()) for section in said["sections"].values()]
            assert result["valid"] == sum(cast)
            whole = sum(map(Fraction, result["totals"].values()))
            assert whole == (1 if contest.rules["sections"] == "equal parts" else sum(cast))
        elif contest.rules["method"] == "delegates":
            assert result["votes"] == said["votes"]
        else:
            named = (
                f"{said['unit']}: final alignment" if "units" in contest.said else "final alignment"
            )
            for step in found.transcript.steps:
                assert step.name != named or dict(step.numbers) == said["final"]
    if "units" in contest.said and contest.rules["method"] == "plurality":
        totals = found.result["totals"]
        assert sum(totals["votes"].values()) == totals["valid"]
