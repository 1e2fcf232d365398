"""Facts of any act, with gaps: values on and beside every limit of the rules, and others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from hustings.core.law.money import Money
from hustings.formats.law import the_book
from tests.core.law.tried import TRIED

if TYPE_CHECKING:
    from hustings.core.law.fact import Fact, Value

ANY_MACHINE = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
"""Also on one that does other things."""

BOOK = the_book()
ON = st.sampled_from([date(2001, 2, 15), date(2023, 7, 19), date(2023, 11, 1), date(2026, 2, 11)]) | (
    st.dates(date(2000, 1, 1), date(2030, 1, 1))
)  # fmt: skip
ZONES = st.sampled_from([ZoneInfo("Europe/London"), ZoneInfo("America/New_York")])
LIMITS = sorted(
    {
        test.value
        for rule in BOOK.rules
        for case in rule.cases
        for test in case.tests
        if isinstance(test.value, Money)
    },
    key=str,
)
AMOUNTS = st.one_of(
    st.sampled_from(LIMITS),
    st.sampled_from(LIMITS).map(lambda limit: Money(limit.minor + 1, limit.currency)),
    st.builds(Money, st.integers(0, 3_000_000), st.sampled_from(["GBP", "USD", "AUD"])),
)


def values(fact: Fact, on: date) -> st.SearchStrategy[Value]:
    """Any value of a fact."""
    match fact.kind:
        case "yes-no":
            return st.booleans()
        case "choice":
            return st.sampled_from(fact.choices)
        case "country":
            return st.sampled_from(["GB", "US", "AU"])
        case "money":
            return AMOUNTS
        case "count":
            return st.integers(0, 13)
        case "date":
            return st.integers(-3, 33).map(lambda days: max(on, date(1990, 1, 1)) - timedelta(days))
        case "moment":
            return st.builds(
                lambda minutes, zone: datetime.combine(on, time(7, 59), zone) + timedelta(minutes=minutes),
                st.integers(0, 1500),
                ZONES,
            )  # fmt: skip
        case "clock":
            return st.sampled_from([time(9), time(11), time(18, 30), time(20)])
        case "text":
            return st.sampled_from(["", "Alice Baker", "1 Mill Lane"])


@st.composite
def acts(draw: st.DrawFn, act: str | None = None) -> tuple[str, dict[str, Value], date]:
    """An act, what is known about it, and the day: anything, or a tried case with some facts changed or gone."""
    of_it = [tried for tried in TRIED if act in (None, tried.act)]
    near = draw(st.none() | st.sampled_from(of_it))
    chosen = near.act if near else act or draw(st.sampled_from(BOOK.acts))
    on = near.on if near else draw(ON)
    facts: dict[str, Value] = dict(near.facts) if near else {}
    for name, fact in BOOK.of(chosen).items():
        fate = draw(st.integers(0, 9))
        if fact.total or (near and fate < 8):
            continue
        if fate == 8:
            facts.pop(name, None)
        else:
            facts[name] = draw(values(fact, on))
    return chosen, facts, on
