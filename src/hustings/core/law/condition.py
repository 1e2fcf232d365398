"""When a rule applies: tests of facts that hold, do not hold, or cannot be told yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.law.money import NO_CURRENCY, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hustings.core.law.fact import Fact, Kind, Value

EVERY: frozenset[Kind] = frozenset({"yes-no", "choice", "country", "count", "text"})
ORDERED: frozenset[Kind] = frozenset({"money", "count", "date", "moment"})

TESTS: dict[str, frozenset[Kind]] = {
    "is": EVERY,
    "is_not": EVERY,
    "one_of": frozenset({"choice", "country"}),
    "none_of": frozenset({"choice", "country"}),
    "over": ORDERED,
    "at_least": ORDERED,
    "under": ORDERED,
    "at_most": ORDERED,
    "days_old_over": frozenset({"date"}),
    "days_old_at_least": frozenset({"date"}),
    "days_old_under": frozenset({"date"}),
    "clock_before": frozenset({"moment"}),
    "clock_after": frozenset({"moment"}),
    "later_day_than": frozenset({"moment"}),
}
"""Every test, and the kinds of facts it can be put to."""


@dataclass(frozen=True, slots=True)
class Condition:
    """
    One test of one fact, against a value or against another fact.

    ``clock_before`` and ``clock_after`` read the clock on the wall of the place; days are whole days from the
    fact to the day of judging, and negative while it is still to come.
    """

    fact: str
    test: str
    value: Value | tuple[str, ...] | None = None
    other: str = ""

    def __post_init__(self) -> None:
        if self.test not in TESTS:
            raise BadInput(f"There is no test {self.test!r}; there are {', '.join(TESTS)}.")


@dataclass(frozen=True, slots=True)
class Missing:
    """What must be asked first: names of facts, each with the currency it is wanted in or nothing."""

    asked: tuple[tuple[str, str], ...]


class Known:
    """The facts given about an act, and what follows from them."""

    def __init__(self, declared: Mapping[str, Fact], given: Mapping[str, Value], on: date) -> None:
        self.declared, self.given, self.on = declared, given, on

    def value(self, name: str) -> Value | Missing:
        """A fact, given or worked out; or what must be asked for it."""
        if self.declared[name].total:
            return self._total(name)
        return self.given[name] if name in self.given else Missing(((name, ""),))

    def in_currency(self, name: str, currency: str) -> Missing:
        """Asks for the amounts behind ``name`` in another currency."""
        parts = self.declared[name].total
        return Missing(tuple((part.amount, currency) for part in parts) or ((name, currency),))

    def _total(self, name: str) -> Money | Missing:
        asked: list[tuple[str, str]] = []
        total = Money(0, NO_CURRENCY)
        for part in self.declared[name].total:
            counts = all_hold(part.when, self)
            if counts is False:
                continue
            amount = self.value(part.amount) if counts is True else counts
            if isinstance(amount, Missing):
                asked += amount.asked
            elif isinstance(amount, Money) and total.comparable(amount):
                total += amount
            else:
                asked.append((part.amount, total.currency))
        return Missing(tuple(asked)) if asked else total


def all_hold(tests: Iterable[Condition], known: Known) -> bool | Missing:
    """Whether every test holds; where one fails nothing is asked, otherwise the first that is open."""
    results = [holds(test, known) for test in tests]
    if any(result is False for result in results):
        return False
    return next((result for result in results if isinstance(result, Missing)), True)


def any_holds(groups: Iterable[tuple[Condition, ...]], known: Known) -> bool | Missing:
    """Whether a group of tests holds; where none does, what is open in each."""
    results = [all_hold(group, known) for group in groups]
    if any(result is True for result in results):
        return True
    asked = [ask for result in results if isinstance(result, Missing) for ask in result.asked]
    return Missing(tuple(dict.fromkeys(asked))) if asked else False


def holds(test: Condition, known: Known) -> bool | Missing:
    """Whether one test holds."""
    value = known.value(test.fact)
    if isinstance(value, Missing):
        return value
    wanted = known.value(test.other) if test.other else test.value
    if isinstance(wanted, Missing):
        return wanted
    if isinstance(value, Money) and isinstance(wanted, Money):
        if not value.comparable(wanted):
            return known.in_currency(test.fact, wanted.currency)
        return _NUMBERS[test.test](value.minor, wanted.minor)
    if test.test in _DAYS and isinstance(value, date) and isinstance(wanted, int):
        return _DAYS[test.test]((known.on - value).days, wanted)
    if test.test in _NUMBERS and isinstance(value, datetime) and isinstance(wanted, datetime):
        value, wanted = value.astimezone(UTC), wanted.astimezone(UTC)
    return _VALUES[test.test](value, wanted)


_NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "over": lambda value, wanted: value > wanted,
    "at_least": lambda value, wanted: value >= wanted,
    "under": lambda value, wanted: value < wanted,
    "at_most": lambda value, wanted: value <= wanted,
}
_DAYS = {
    "days_old_over": _NUMBERS["over"],
    "days_old_at_least": _NUMBERS["at_least"],
    "days_old_under": _NUMBERS["under"],
}
_VALUES: dict[str, Callable[..., bool]] = {
    **_NUMBERS,
    "is": lambda value, wanted: value == wanted,
    "is_not": lambda value, wanted: value != wanted,
    "one_of": lambda value, wanted: value in wanted,
    "none_of": lambda value, wanted: value not in wanted,
    "clock_before": lambda value, wanted: _clock(value) < wanted,
    "clock_after": lambda value, wanted: _clock(value) > wanted,
    "later_day_than": lambda value, wanted: value.date() > wanted.date(),
}


def _clock(moment: datetime) -> time:
    return moment.time()
