"""Two outcomes of one lot differ in nothing but those who drew, and in what follows from them."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from hustings.core.contest.caucus.count import TOO_MANY_GROUPS
from hustings.core.contest.lot import Lot
from tests.core.laws.contests import Contest, contests, units_of


def numbers_of(result: dict[str, Any]) -> dict[str, Any]:
    """By candidate what the unit's result says of them."""
    if "awarded" in result:
        return dict(result["awarded"])
    if "totals" in result:
        return dict(result["totals"])
    return dict(result["votes"])


@settings(deadline=None)
@given(contests())
def test_whatever_the_contest(contest: Contest) -> None:
    found = contest.count()
    if found.tie is None:
        return
    tie = found.tie
    certain = [numbers_of(result) for _, result in units_of(contest, found)]
    ends = [
        contest.count(Lot(tie.step, tie.among, outcome)) for outcome in list(tie.outcomes())[:6]
    ]
    for end in ends:
        after = [numbers_of(result) for _, result in units_of(contest, end)]
        changed = [at for at, (b, a) in enumerate(zip(certain, after, strict=True)) if b != a]
        if tie.step.endswith(TOO_MANY_GROUPS):
            # Who stays is decided; all that is awarded in this unit comes after it.
            assert len(changed) <= 1
            continue
        assert len(changed) <= 1, "a lot of one unit changed another"
        for at in changed:
            names = {name for name in after[at] if after[at][name] != certain[at].get(name)}
            assert names <= set(tie.among)
            assert all(after[at][name] - certain[at][name] == 1 for name in names)
