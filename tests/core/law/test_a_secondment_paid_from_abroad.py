"""MUR 7035 entered as a secondment: seven volunteers, whose flights and stipends a party abroad paid for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hustings.core.law.check import check_answer
from hustings.core.law.judging import NOT_KNOWN_YET, judge
from hustings.core.law.money import Money
from hustings.core.law.overriding import MayNotOverride, override
from hustings.formats.law import own_tables, the_book

if TYPE_CHECKING:
    from hustings.core.law.fact import Value

FLIGHTS, STIPENDS = Money.written("16140.00 USD"), Money.written("8282.00 USD")
THEN = date(2016, 2, 1)
ENTERED: dict[str, Value] = {
    "campaign_country": "US",
    "us_status": "foreign",
    "us_status_answered_on": date(2016, 1, 20),
    "wage_payer": "nobody",
    "travel_payer": "organisation",
    "travel_payer_country": "AU",
    "travel_amount": FLIGHTS,
    "stipend_payer": "organisation",
    "stipend_payer_country": "AU",
    "stipend_amount": STIPENDS,
    "lodging_payer": "nobody",
}


def test_the_figures_of_mur_7035_are_blocked_with_their_sum() -> None:
    said = judge(the_book(), "secondment", ENTERED, THEN)

    (finding,) = [one for one in said.findings if one.rule == "US-3"]
    assert str(FLIGHTS + STIPENDS) == "24,422.00 USD"
    assert finding.severity == "block"
    assert "24,422.00 USD" in finding.sentence
    assert "MUR 7035" in finding.sentence
    assert not said.allowed
    assert said.questions == ()
    assert check_answer(own_tables(), said) == ()


def test_the_stipend_alone_is_pay_and_blocked_as_well() -> None:
    said = judge(the_book(), "secondment", ENTERED, THEN)

    assert {one.rule: one.severity for one in said.findings} == {
        "US-1": "record", "US-2": "block", "US-3": "block",
    }  # fmt: skip


@pytest.mark.parametrize("rule", ["US-2", "US-3"])
def test_nobody_can_set_it_aside(rule: str) -> None:
    said = judge(the_book(), "secondment", ENTERED, THEN)
    (finding,) = [one for one in said.findings if one.rule == rule]

    with pytest.raises(MayNotOverride, match="cannot be set aside by anybody"):
        override(said, rule, finding.case, by="Alice", role="organiser", reason="We need them", on=THEN)  # fmt: skip


def test_the_same_people_who_pay_their_own_way_may_come() -> None:
    own: dict[str, Value] = {
        **ENTERED,
        "travel_payer": "self",
        "travel_amount": Money.written("900.00 USD"),
        "stipend_payer": "nobody",
    }

    said = judge(the_book(), "secondment", own, THEN)

    assert said.allowed
    assert {one.rule: one.severity for one in said.findings} == {"US-1": "record", "US-6": "warn"}


def test_it_is_blocked_before_the_amounts_are_known_and_they_are_asked_for() -> None:
    facts = {k: v for k, v in ENTERED.items() if k not in ("travel_amount", "stipend_amount")}

    said = judge(the_book(), "secondment", facts, THEN)

    (finding,) = [one for one in said.findings if one.rule == "US-3"]
    assert NOT_KNOWN_YET in finding.sentence
    assert [one.fact for one in said.questions] == ["travel_amount", "stipend_amount"]


def test_amounts_in_two_currencies_are_not_added_but_asked_for_in_one() -> None:
    facts = {**ENTERED, "stipend_amount": Money.written("11000.00 AUD")}

    said = judge(the_book(), "secondment", facts, THEN)

    (question,) = said.questions
    assert (question.fact, question.currency) == ("stipend_amount", "USD")
    assert question.sentence.endswith("Please give it in USD.")
    assert not said.allowed
    assert check_answer(own_tables(), said) == ()


def test_the_other_direction_warns_since_it_is_from_memory() -> None:
    said = judge(the_book(), "secondment", {**ENTERED, "campaign_country": "GB"}, THEN)

    (finding,) = said.findings
    assert (finding.rule, finding.severity, finding.sure) == ("UK-2", "warn", "memory")
    assert "24,422.00 USD" in finding.sentence
    assert said.allowed
