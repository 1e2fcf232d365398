"""Every finding says by which rule, from which source, as read on which day, in a whole sentence."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from hustings.core.law.fact import Value
from hustings.core.law.judging import judge
from hustings.formats.law import the_book
from tests.core.laws.law_facts import ANY_MACHINE, acts


@settings(ANY_MACHINE)
@given(acts())
def test_a_finding_names_its_rule_source_and_date(
    known: tuple[str, dict[str, Value], date],
) -> None:
    act, facts, on = known
    rules = {rule.id: rule for rule in the_book().rules}

    for finding in judge(the_book(), act, facts, on).findings:
        assert (finding.citation, finding.source, finding.read_on) == (
            rules[finding.rule].citation,
            rules[finding.rule].source,
            rules[finding.rule].read_on,
        )
        assert finding.citation
        assert finding.source
        assert finding.since is None or finding.since <= on
        assert finding.sentence.endswith(".")
        assert not set("{}") & set(finding.sentence)
        assert finding.severity != "block" or finding.sure == "read" or finding.rule == "UK-9"
