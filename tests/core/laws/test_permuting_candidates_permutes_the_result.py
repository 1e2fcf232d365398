"""The order in which candidates are written down decides nothing, not even a tie."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.contest.count import Count
from tests.core.laws.contests import Contest, contests

TABLES = {"first", "final", "votes", "members", "unions", "branches"}


def turned(value: Any, field: str, order: list[str]) -> Any:
    """The same input with the candidates of each table in another order."""
    if isinstance(value, list):
        return [turned(one, field, order) for one in value]
    if not isinstance(value, dict):
        return value
    if field in TABLES:
        return {name: value[name] for name in order if name in value}
    return {name: turned(inner, name, order) for name, inner in value.items()}


def without_order(found: Count) -> Any:
    """Result, ties and flags, with every set of names as a set."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in sorted(value.items())}
        if isinstance(value, list | tuple):
            inner = [plain(one) for one in value]
            return sorted(inner) if all(isinstance(one, str) for one in inner) else inner
        return value

    tie = found.tie.as_json() if found.tie else None
    return plain({"result": dict(found.result), "tie": tie, "flags": len(found.flags)})


@settings(deadline=None)
@given(
    contests(),
    st.permutations(["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Oak", "Rowan"]),
    st.integers(0, 9),
)
def test_whatever_the_contest(contest: Contest, order: list[str], which: int) -> None:
    other = Contest(turned(contest.said, "", order), contest.rules)

    assert without_order(other.count()) == without_order(contest.count())
    found, lots = contest.drawn(which)
    assert without_order(other.count(*lots)) == without_order(found)
