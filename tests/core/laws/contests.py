"""Contests of every kind as Hypothesis draws them, with numbers so small that ties are common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from hustings.core.contest.count import Count
from hustings.core.contest.lot import Lot, Lots
from hustings.core.contest.methods import METHODS
from tests.core.contest.caucus.rooms import RULES as CAUCUS_RULES
from tests.core.contest.caucus.rooms import rooms
from tests.core.contest.rulesets import DNC, OMOV, THIRDS, UK_PARLIAMENT

NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel")


@dataclass(frozen=True)
class Contest:
    """Input and rules of one count."""

    said: dict[str, Any]
    rules: dict[str, Any]

    def count(self, *lots: Lot) -> Count:
        return METHODS[self.rules["method"]].count(self.said, self.rules, Lots(lots))

    def wrong(self, found: Count, *lots: Lot) -> list[str]:
        return METHODS[self.rules["method"]].check(self.said, self.rules, Lots(lots), found)

    def drawn(self, which: int) -> tuple[Count, tuple[Lot, ...]]:
        """Counted to the end, with the outcome number ``which`` of each lot, round and round."""
        lots: tuple[Lot, ...] = ()
        while (found := self.count(*lots)).tie is not None:
            outcomes = list(found.tie.outcomes())
            lots = (*lots, Lot(found.tie.step, found.tie.among, outcomes[which % len(outcomes)]))
        return found, lots


@st.composite
def votes(draw: st.DrawFn, least: int = 1) -> dict[str, int]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    most = draw(st.sampled_from([3, 40, 100_000]))
    table = {name: draw(st.integers(0, most)) for name in names}
    table[names[0]] += least
    return table


@st.composite
def seats(draw: st.DrawFn) -> dict[str, Any]:
    return {"unit": "Mill Lane", "votes": draw(votes())}


@st.composite
def pools(draw: st.DrawFn) -> dict[str, Any]:
    return {"unit": "at large", "votes": draw(votes()), "delegates": draw(st.integers(0, 30))}


@st.composite
def ballots(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(votes())
    sections = {"members": first}
    for section in draw(st.lists(st.sampled_from(["unions", "branches"]), unique=True)):
        sections[section] = {name: draw(st.integers(0, 40)) for name in first}
        sections[section][next(iter(first))] += 1
    return {"unit": "leader", "sections": sections}


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    """A room, a seat, a pool of delegates or a members' ballot; one, or a few of them in one count."""
    rules, one = draw(
        st.sampled_from(
            [
                *((rules, rooms()) for rules in CAUCUS_RULES),
                (UK_PARLIAMENT, seats()),
                (DNC, pools()),
                (OMOV, ballots()),
                (THIRDS, ballots()),
            ]
        )
    )
    if draw(st.booleans()):
        return Contest(draw(one), rules)
    units = draw(st.lists(one, min_size=1, max_size=3))
    named = [{**unit, "unit": f"Ward {at}"} for at, unit in enumerate(units, 1)]
    return Contest({"units": named}, rules)


def units_of(contest: Contest, found: Count) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Input and result of each unit."""
    if "units" in contest.said:
        return list(zip(contest.said["units"], found.result["units"], strict=True))
    return [(contest.said, dict(found.result))]
