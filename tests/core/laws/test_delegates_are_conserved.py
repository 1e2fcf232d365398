"""As many delegates are awarded, or hang on a lot, as there are; more only where the rule adds them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.laws.contests import Contest, contests, units_of


@settings(deadline=None)
@given(contests(), st.integers(0, 9))
def test_whatever_the_contest_and_its_lots(contest: Contest, which: int) -> None:
    for found in (contest.count(), contest.drawn(which)[0]):
        for said, result in units_of(contest, found):
            if "awarded" not in result:
                continue
            awarded = sum(result["awarded"].values()) + result["open"]
            assert min(result["awarded"].values(), default=0) >= 0
            if awarded == said["delegates"]:
                continue
            if contest.rules["method"] == "delegates":
                raise AssertionError((said, result))
            if not any(result["awarded"].values()):
                assert found.flags, "that nobody is elected is said"
                continue
            assert contest.rules["too_many_groups"] == "add delegates"
            assert awarded > said["delegates"]
            assert set(result["awarded"].values()) == {1}, "only so that each keeps its only one"
