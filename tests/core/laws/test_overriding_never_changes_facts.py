"""Setting a block aside adds who, why and when; facts, findings and questions stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.core.errors import HustingsError
from hustings.core.law.check import check_answer
from hustings.core.law.fact import Value
from hustings.core.law.judging import judge
from hustings.core.law.overriding import override
from hustings.formats.law import own_tables, the_book
from tests.core.laws.law_facts import ANY_MACHINE, acts


@settings(ANY_MACHINE)
@given(acts(), st.sampled_from(["organiser", "canvasser"]), st.text(max_size=5))
def test_overriding_never_changes_facts(
    known: tuple[str, dict[str, Value], date], role: str, reason: str
) -> None:
    act, facts, on = known
    said = gone_on = judge(the_book(), act, facts, on)

    for finding in said.stopping:
        try:
            gone_on = override(
                gone_on, finding.rule, finding.case, by="Alice", role=role, reason=reason, on=on
            )
        except HustingsError:
            assert role not in finding.overrides or not reason.strip()

    assert replace(gone_on, overrides=()) == said
    assert dict(gone_on.facts) == facts
    assert {one.rule for one in gone_on.stopping} <= {one.rule for one in said.stopping}
    assert check_answer(own_tables(), gone_on) == ()
