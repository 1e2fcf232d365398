"""Whatever is known of whatever act on whatever day: the rules' tables, read again plainly, say the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from hustings.core.law.check import check_answer
from hustings.core.law.fact import Value
from hustings.core.law.judging import judge
from hustings.formats.law import own_tables, the_book
from tests.core.laws.law_facts import ANY_MACHINE, acts


@settings(ANY_MACHINE)
@given(acts())
def test_an_answer_agrees_with_the_rules_read_again(
    known: tuple[str, dict[str, Value], date],
) -> None:
    act, facts, on = known

    assert check_answer(own_tables(), judge(the_book(), act, facts, on)) == ()
