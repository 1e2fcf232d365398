"""A count that is written down and counted again from there gives the same bytes, with and without its lots."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.formats.count_file import count_all, replay
from tests.core.laws.contests import Contest, contests


@settings(deadline=None)
@given(contests(), st.integers(0, 9), st.booleans())
def test_whatever_the_contest(contest: Contest, which: int, checked: bool) -> None:
    _, drawn = contest.drawn(which)
    for lots in ((), drawn):
        counted = count_all(
            contest.rules["method"], contest.rules, contest.said, lots, checked=checked
        )
        raw = counted.text().encode("utf-8")

        again, same = replay(raw, "count.json")

        assert same
        assert again.count.as_json() == counted.count.as_json()
        if counted.checks is not None:
            assert counted.checks.wrong == ()
