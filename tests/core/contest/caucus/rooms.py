"""Rooms of people as Hypothesis draws them: small numbers, so that ties and odd ones are common."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hustings.core.contest.caucus.report import MOST_TIMES
from tests.core.contest.rulesets import IOWA_2016, IOWA_2020, NEVADA_2020

RULES = (IOWA_2016, IOWA_2020, NEVADA_2020)
NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Oak", "Rowan")


@st.composite
def rooms(draw: st.DrawFn) -> dict[str, Any]:
    size = draw(st.sampled_from([3, 8, 40, 400]))
    groups = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True))
    first = {group: draw(st.integers(0, size)) for group in groups}
    final = {group: draw(st.integers(0, size)) for group in groups}
    if draw(st.booleans()):
        final = dict(first)
    attendance = sum(first.values()) + draw(st.sampled_from([0, 0, 1, 30]))
    if 0 < attendance * MOST_TIMES < sum(final.values()):
        final = dict(first)
    return {
        "unit": "Mill Lane",
        "delegates": draw(st.integers(0, 12)),
        "attendance": attendance,
        "first": first,
        "final": final,
        "rate": {
            "state_delegates": draw(st.integers(0, 9)),
            "county_delegates": draw(st.integers(1, 99)),
        },
    }
