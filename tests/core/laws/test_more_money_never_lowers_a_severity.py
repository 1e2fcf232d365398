"""Where one amount grows and nothing else changes, what it comes to is as grave or graver."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.law.fact import Value
from hustings.core.law.judging import Answer, judge
from hustings.core.law.money import Money
from hustings.core.law.rule import SEVERITIES
from hustings.formats.law import the_book
from tests.core.laws.law_facts import ANY_MACHINE, BOOK, LIMITS, acts

PAID = sorted({fact.act for fact in BOOK.facts if fact.kind == "money"})
MORE = st.integers(1, 3_000_000) | st.sampled_from([limit.minor for limit in LIMITS]).filter(bool)


def rank(answer: Answer) -> int:
    return SEVERITIES.index(answer.worst) if answer.worst else -1


@settings(ANY_MACHINE)
@given(st.sampled_from(PAID).flatmap(acts), MORE, st.data())
def test_more_money_never_lowers_a_severity(
    known: tuple[str, dict[str, Value], date], more: int, data: st.DataObject
) -> None:
    act, facts, on = known
    amounts = {name: value for name, value in facts.items() if isinstance(value, Money)}
    assume(amounts)
    name = data.draw(st.sampled_from(sorted(amounts)))
    grown = Money(amounts[name].minor + more, amounts[name].currency)

    before = judge(the_book(), act, facts, on)
    after = judge(the_book(), act, {**facts, name: grown}, on)

    assert rank(after) >= rank(before)
    assert before.allowed or not after.allowed
