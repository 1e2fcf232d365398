"""What was found stays found when more is answered, and what was allowed stays allowed."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hustings.core.law.fact import Value
from hustings.core.law.judging import judge
from hustings.core.law.rule import SEVERITIES
from hustings.formats.law import the_book
from tests.core.laws.law_facts import ANY_MACHINE, BOOK, acts, values


@settings(ANY_MACHINE)
@given(acts(), st.data())
def test_a_further_fact_never_unsays_a_finding(
    known: tuple[str, dict[str, Value], date], data: st.DataObject
) -> None:
    act, facts, on = known
    open_ = {n: fact for n, fact in BOOK.of(act).items() if n not in facts and not fact.total}
    assume(open_)
    name = data.draw(st.sampled_from(sorted(open_)))

    before = judge(the_book(), act, facts, on)
    after = judge(the_book(), act, {**facts, name: data.draw(values(open_[name], on))}, on)

    assert {(one.rule, one.case) for one in before.findings} <= {
        (one.rule, one.case) for one in after.findings
    }
    assert not before.allowed or after.allowed
    if after.worst:
        assert before.worst
        assert SEVERITIES.index(before.worst) >= SEVERITIES.index(after.worst)
