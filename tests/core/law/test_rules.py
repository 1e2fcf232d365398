"""Every rule: silent where it should be, found at its own severity, and exact on both sides of every limit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hustings.core.law.check import check_answer
from hustings.core.law.condition import Condition, Known, all_hold, any_holds, holds
from hustings.core.law.judging import Answer, judge
from hustings.core.law.money import Money
from hustings.formats.law import own_tables, the_book
from tests.core.law.good import DAY, GOOD
from tests.core.law.tried import TRIED, Edge, Tried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hustings.core.law.fact import Value
    from hustings.core.law.rule import Case, Rule

BOOK = the_book()
OF_THE_PAGE = [f"US-{n}" for n in range(1, 11)] + [f"UK-{n}" for n in range(1, 17)]
SEVERITY = {
    "US-1": "record", "US-2": "block", "US-3": "block", "US-4": "block", "US-5": "block",
    "US-6": "warn", "US-7": "block", "US-8": "block", "US-9": "block", "US-10": "block",
    "UK-1": "block", "UK-2": "warn", "UK-3": "block", "UK-4": "block", "UK-5": "block",
    "UK-6": "block", "UK-7": "block", "UK-8": "warn", "UK-9": "block", "UK-10": "warn",
    "UK-11": "block", "UK-12": "block", "UK-13": "warn", "UK-14": "block", "UK-15": "record",
    "UK-16": "warn", "OWN-1": "block",
}  # fmt: skip
"""What each rule comes to at its gravest: two that would block are from memory and warn."""

LIMITS = {
    "over", "at_least", "under", "at_most", "days_old_over", "days_old_at_least", "days_old_under",
    "clock_before", "clock_after", "later_day_than",
}  # fmt: skip
CASES = [(rule, case) for rule in BOOK.rules for case in rule.cases]
DATED = [tried for tried in TRIED if tried.days]
EDGES = [(tried, edge) for tried in TRIED for edge in tried.edges]


def numbered(tried: Iterable[Tried]) -> list[str]:
    return [f"{one.rule}-{one.case}-{n}" for n, one in enumerate(tried)]


EACH = pytest.mark.parametrize("tried", TRIED, ids=numbered(TRIED))
EACH_CASE = pytest.mark.parametrize(
    ("rule", "case"), CASES, ids=[f"{rule.id}-{case.name}" for rule, case in CASES]
)


def answer(tried: Tried, facts: Mapping[str, Value], on: date | None = None) -> Answer:
    """What the judge says, once the judge of the judge has nothing to say against it."""
    said = judge(BOOK, tried.act, facts, on or tried.on)
    assert check_answer(own_tables(), said) == ()
    return said


def found(tried: Tried, facts: Mapping[str, Value], on: date | None = None) -> bool:
    said = answer(tried, facts, on)
    return (tried.rule, tried.case) in {(one.rule, one.case) for one in said.findings}


def case_of(tried: Tried) -> Case:
    (case,) = [c for rule, c in CASES if (rule.id, c.name) == (tried.rule, tried.case)]
    return case


def test_the_26_rules_are_there_and_one_of_our_own() -> None:
    assert sorted(rule.id for rule in BOOK.rules) == sorted([*OF_THE_PAGE, "OWN-1"])
    assert {rule.id: rule.severity for rule in BOOK.rules} == SEVERITY


@EACH
def test_a_case_is_found_at_its_own_severity(tried: Tried) -> None:
    said = answer(tried, tried.facts)

    (finding,) = [one for one in said.findings if (one.rule, one.case) == (tried.rule, tried.case)]
    assert finding.severity == case_of(tried).holds_as
    assert said.allowed is not (finding.severity == "block" or said.worst == "block")


@EACH
def test_what_is_in_order_passes_that_case(tried: Tried) -> None:
    assert not found(tried, tried.passing)


@pytest.mark.parametrize(("tried", "edge"), EDGES, ids=numbered(tried for tried, _ in EDGES))
def test_a_limit_is_exact_on_both_sides(tried: Tried, edge: Edge) -> None:
    facts = {**tried.facts, **edge.besides}

    assert found(tried, {**facts, edge.fact: edge.found})
    assert not found(tried, {**facts, edge.fact: edge.silent})


@pytest.mark.parametrize("tried", DATED, ids=numbered(DATED))
def test_a_dated_case_begins_on_its_first_day(tried: Tried) -> None:
    for day in tried.days:
        assert found(tried, tried.facts, day)
        assert not found(tried, tried.facts, day - timedelta(days=1))


@pytest.mark.parametrize(("act", "country"), GOOD, ids=lambda part: str(part))
def test_good_facts_are_complete_and_nothing_stands_against_them(act: str, country: str) -> None:
    said = judge(BOOK, act, GOOD[act, country], DAY)

    assert said.questions == ()
    assert {one.severity for one in said.findings} <= {"record"}
    assert said.allowed
    assert check_answer(own_tables(), said) == ()


# --- nothing is left out: these fail when a rule comes without its cases


def tried_as(rule: Rule, case: Case) -> list[Tried]:
    return [tried for tried in TRIED if (tried.rule, tried.case) == (rule.id, case.name)]


@EACH_CASE
def test_every_case_of_every_rule_is_tried(rule: Rule, case: Case) -> None:
    assert tried_as(rule, case), f"{rule.id} ({case.name}) is tried nowhere; see tried.py"
    assert all(tried.act == case.act for tried in tried_as(rule, case))


@EACH_CASE
def test_every_limit_is_tried_on_both_sides(rule: Rule, case: Case) -> None:
    for test in case.tests:
        if test.test in LIMITS:
            assert any(
                settles(test, tried, edge) for tried in tried_as(rule, case) for edge in tried.edges
            ), f"{rule.id} ({case.name}) has no pair at {test.fact} {test.test} {test.value}"


@EACH_CASE
def test_every_group_of_a_case_is_what_brings_it_about_somewhere(rule: Rule, case: Case) -> None:
    for group in case.any_of:
        others = [other for other in case.any_of if other != group]
        assert any(
            all_hold(group, known(tried, facts)) is True
            and any_holds(others, known(tried, facts)) is not True
            for tried in tried_as(rule, case)
            for facts in everything_found(tried)
        ), f"{rule.id} ({case.name}): {group}"


@EACH_CASE
def test_every_first_day_is_tried_with_the_day_before(rule: Rule, case: Case) -> None:
    for day in {case.since or rule.since} - {None}:
        assert any(day in tried.days for tried in tried_as(rule, case)), f"{rule.id} ({case.name})"


def everything_found(tried: Tried) -> Iterator[dict[str, Value]]:
    yield tried.facts
    for edge in tried.edges:
        yield {**tried.facts, **edge.besides, edge.fact: edge.found}


def known(tried: Tried, facts: Mapping[str, Value]) -> Known:
    return Known(BOOK.of(tried.act), facts, tried.on)


def settles(test: Condition, tried: Tried, edge: Edge) -> bool:
    """Whether the pair lies on both sides of this very limit, with nothing between."""
    facts = {**tried.facts, **edge.besides}
    inside = holds(test, known(tried, {**facts, edge.fact: edge.found}))
    outside = holds(test, known(tried, {**facts, edge.fact: edge.silent}))
    return edge.fact == test.fact and inside is True and outside is False and near(test, edge)


def near(test: Condition, edge: Edge) -> bool:
    one, other = edge.found, edge.silent
    if isinstance(one, Money) and isinstance(other, Money):
        return one.currency == other.currency and abs(one.minor - other.minor) == 1
    if isinstance(one, datetime) and isinstance(other, datetime):
        step = timedelta(days=1) if test.test == "later_day_than" else timedelta(minutes=1)
        return abs(one - other) == step
    if isinstance(one, date) and isinstance(other, date):
        return abs(one - other) == timedelta(days=1)
    assert isinstance(one, int)
    assert isinstance(other, int)
    return abs(one - other) == 1
