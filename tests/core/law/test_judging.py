"""What judging does with facts that are missing, of another kind, of another place, or of another day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hustings.core.errors import BadInput
from hustings.core.law.check import check_answer
from hustings.core.law.judging import judge
from hustings.core.law.money import Money
from hustings.formats.law import own_tables, read_book, the_book
from tests.core.law.good import DAY, EASTERN, GOOD, LONDON, at, money

BOOK = the_book()


@pytest.mark.parametrize("act", [act for act in BOOK.acts if act != "export"])
def test_without_a_fact_only_the_country_is_asked_for(act: str) -> None:
    said = judge(BOOK, act, {}, DAY)

    (country,) = said.questions
    assert BOOK.of(act)[country.fact].governs
    assert said.findings == ()
    assert check_answer(own_tables(), said) == ()


def test_rows_of_a_register_are_not_exported_before_receiver_and_place_are_known() -> None:
    said = judge(BOOK, "export", {}, DAY)

    assert [one.fact for one in said.questions] == [
        "receiver", "receiver_country", "expires_on", "register_country",
    ]  # fmt: skip
    assert not said.allowed


def test_a_missing_fact_is_asked_for_in_its_sentence_with_the_rules_that_want_it() -> None:
    facts = {k: v for k, v in GOOD["secondment", "US"].items() if k != "stipend_payer"}

    said = judge(BOOK, "secondment", facts, DAY)

    (question,) = said.questions
    assert question.sentence.startswith("Who pays the helper a stipend")
    assert question.rules == ("US-3",)
    assert not said.allowed


def test_a_question_that_cannot_come_to_a_block_holds_nothing_up() -> None:
    facts = {k: v for k, v in GOOD["shift", "US"].items() if k != "told_of_signs"}

    said = judge(BOOK, "shift", facts, DAY)

    assert [one.severity for one in said.questions] == ["warn"]
    assert said.allowed


def test_what_decides_already_is_not_asked_further() -> None:
    said = judge(BOOK, "contact", {"country": "GB", "do_not_contact": True, "channel": "door"}, DAY)

    assert [one.rule for one in said.findings] == ["UK-11"]
    assert said.questions == ()


def test_below_every_limit_the_check_is_not_even_asked_for() -> None:
    facts = {k: v for k, v in GOOD["gift", "GB"].items() if k != "source_checked"}

    below = judge(BOOK, "gift", facts, DAY)
    above = judge(BOOK, "gift", {**facts, "amount": money("600.00 GBP")}, DAY)

    assert below.questions == ()
    assert [one.fact for one in above.questions] == ["source_checked"]


def test_what_is_still_open_counts_for_what_it_may_come_to() -> None:
    facts = {k: v for k, v in GOOD["gift", "GB"].items() if k != "source_checked"}

    said = judge(BOOK, "gift", {**facts, "amount": money("600.00 GBP")}, DAY)

    assert {one.severity for one in said.findings} == {"record"}
    assert said.worst == "block"


def test_a_clock_that_runs_is_a_day_of_the_finding() -> None:
    facts = {
        **GOOD["gift", "GB"],
        "amount": money("600.00 GBP"),
        "source_checked": False,
        "received_on": date(2026, 11, 2),
    }

    said = judge(BOOK, "gift", facts, DAY)
    before = judge(BOOK, "gift", {k: v for k, v in facts.items() if k != "received_on"}, DAY)

    (not_checked,) = [one for one in said.findings if one.case == "not-checked"]
    assert not_checked.due == date(2026, 12, 2)
    assert "here by 2 December 2026." in not_checked.sentence
    assert [one.due for one in before.findings if one.case == "not-checked"] == [None]
    assert [one.fact for one in before.questions] == ["received_on"]


def test_an_amount_in_another_currency_is_not_compared() -> None:
    facts = {**GOOD["spending", "GB"], "total": money("600.00 EUR")}

    said = judge(BOOK, "spending", facts, DAY)

    assert [(one.fact, one.currency) for one in said.questions] == [("total", "GBP")]
    assert not said.allowed


def test_nothing_is_nothing_in_every_currency() -> None:
    facts = {**GOOD["spending", "GB"], "total": money("0.00 USD")}

    assert judge(BOOK, "spending", facts, DAY).questions == ()


def test_a_country_without_rules_is_said_and_not_passed_over() -> None:
    said = judge(BOOK, "release", {"shown_in": "FR", "medium": "printed"}, DAY)

    assert said.findings == ()
    assert said.unknown == (
        "Hustings knows no rule of FR; ask somebody who does before you go on.",
    )


@pytest.mark.parametrize(
    ("act", "name", "value", "sentence"),
    [
        ("elect", "country", "GB", "There is no act «elect»"),
        ("shift", "wind", True, "There is no fact «wind»"),
        ("shift", "country", "Britain", "a country in two letters"),
        ("shift", "told_of_signs", "yes", "yes or no"),
        ("shift", "starts_at", datetime(2026, 11, 26, 9), "in the zone of the place"),  # noqa: DTZ001
        ("shift", "starts_at", datetime(2026, 11, 26, 9, tzinfo=UTC), "not in UTC"),
        ("shift", "starts_at", date(2026, 11, 26), "in the zone of the place"),
        ("gift", "amount", 500.0, "an amount with its currency"),
        ("gift", "amount", 500, "an amount with its currency"),
        ("gift", "received_on", datetime(2026, 11, 26, 9, tzinfo=LONDON), "a date"),
        ("gift", "received_on", date(9999, 12, 31), "between 1880 and 2200"),
        ("shift", "starts_at", datetime(1, 1, 1, tzinfo=LONDON), "between 1880 and 2200"),
        ("gift", "recipient", "me", "one of party, non-party-campaigner, candidate"),
        ("contact", "recorded_calls_in_30_days", -1, "a whole number"),
        ("contact", "recorded_calls_in_30_days", True, "a whole number"),
        ("release", "promoter_name", None, "a text"),
        ("secondment", "paid_from_abroad", Money(1, "USD"), "is worked out"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_a_sentence(
    act: str, name: str, value: Any, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        judge(BOOK, act, {name: value}, DAY)


def test_hours_are_read_from_the_clock_at_the_doors() -> None:
    """In the night of the change, 08:30 by the old clock is 09:30 by the new one."""
    morning = date(2026, 3, 29)
    facts = {
        **GOOD["shift", "GB"],
        "starts_at": datetime(2026, 3, 29, 8, 30, tzinfo=UTC).astimezone(LONDON),
        "ends_at": at("11:00", LONDON, morning),
    }

    assert judge(BOOK, "shift", facts, DAY).findings == ()


def test_dusk_is_a_moment_and_not_a_time_on_the_wall() -> None:
    """17:30 in New York is before dusk at 16:45 in Chicago, whatever the two clocks show."""
    chicago = ZoneInfo("America/Chicago")
    facts = {**GOOD["shift", "US"], "ends_at": at("17:30", EASTERN), "dusk_at": at("16:45", chicago)}  # fmt: skip

    assert judge(BOOK, "shift", facts, DAY).findings == ()


def test_of_two_moments_with_one_wall_time_the_later_is_later() -> None:
    """01:30 comes twice in the night the clocks go back; the second is an hour after the first."""
    first = at("01:30", EASTERN, date(2026, 11, 1))
    book = read_book(
        [
            *own_tables(),
            rule("X-1", act="shift", when=[{"fact": "ends_at", "over_fact": "dusk_at"}]),
        ]
    )

    said = judge(book, "shift", {"ends_at": first.replace(fold=1), "dusk_at": first}, DAY)

    assert "X-1" in [one.rule for one in said.findings]
    assert first.replace(fold=1).timestamp() - first.timestamp() == 3600


def test_the_facts_of_an_answer_cannot_be_changed() -> None:
    given = dict(GOOD["shift", "GB"])
    said = judge(BOOK, "shift", given, DAY)

    given["country"] = "US"

    assert said.facts["country"] == "GB"
    with pytest.raises(TypeError):
        said.facts["country"] = "US"  # type: ignore[index]


# --- rules of other days


def rule(name: str, **changed: Any) -> dict[str, Any]:
    """A rule file with one rule."""
    case = {
        "name": "always",
        "act": changed.pop("act", "spending"),
        "severity": changed.pop("severity", "block"),
        "overrides": changed.pop("overrides", ["organiser"]),
        "when": changed.pop("when", [{"fact": "campaign_country", "is": "GB"}]),
        "advice": changed.pop("advice", "Do not."),
        **changed.pop("case", {}),
    }
    return {
        "rule": [
            {
                "id": name,
                "title": "A rule to try",
                "jurisdiction": "GB",
                "citation": "An Act",
                "source": "a page",
                "read_on": date(2026, 1, 1),
                "case": [case],
                **changed,
            }
        ]
    }


def test_a_new_version_of_a_rule_takes_the_place_of_the_old_on_its_first_day() -> None:
    change = date(2027, 1, 1)
    lower = rule(
        "UK-3",
        since=change,
        when=[
            {"fact": "campaign_country", "is": "GB"},
            {"fact": "total", "over": "50.00 GBP"},
        ],
    )
    tables = [*own_tables(), lower]
    book = read_book(tables)
    facts = {**GOOD["spending", "GB"], "total": money("60.00 GBP")}

    before = judge(book, "spending", facts, change - timedelta(days=1))
    after = judge(book, "spending", facts, change)

    assert before.findings == ()
    assert [(one.rule, one.since) for one in after.findings] == [("UK-3", change)]
    assert check_answer(tables, before) == check_answer(tables, after) == ()


def test_a_rule_that_has_ended_is_silent_the_day_after() -> None:
    tables = [*own_tables(), rule("X-1", until=date(2026, 11, 26))]
    book = read_book(tables)

    last = judge(book, "spending", GOOD["spending", "GB"], date(2026, 11, 26))
    after = judge(book, "spending", GOOD["spending", "GB"], date(2026, 11, 27))

    assert [one.rule for one in last.findings] == ["X-1"]
    assert after.findings == ()
    assert check_answer(tables, last) == check_answer(tables, after) == ()


@pytest.mark.parametrize(
    ("written", "sure", "own_consent", "severity"),
    [
        ("block", "read", False, "block"),
        ("block", "memory", False, "warn"),
        ("block", "memory", True, "block"),
        ("warn", "memory", False, "warn"),
        ("record", "memory", False, "record"),
    ],
)
def test_from_memory_nothing_is_blocked_but_where_consent_is_asked_on_our_own_account(
    *, written: str, sure: str, own_consent: bool, severity: str
) -> None:
    added = rule("X-1", severity=written, case={"sure": sure, "own_consent": own_consent})
    tables = [*own_tables(), added]

    said = judge(read_book(tables), "spending", GOOD["spending", "GB"], DAY)

    assert [one.severity for one in said.findings] == [severity]
    assert check_answer(tables, said) == ()
