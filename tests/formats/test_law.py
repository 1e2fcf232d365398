"""Rule files: the ones that come along, and what is said of one that cannot be meant."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hustings.core.errors import BadInput
from hustings.formats.law import own_tables, read_book, read_table, the_book

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[[rule]]
id = "X-1"
title = "A rule to try"
jurisdiction = "GB"
citation = "An Act"
source = "a page"
read_on = 2026-01-01

[[rule.case]]
name = "always"
act = "spending"
severity = "block"
overrides = ["organiser"]
when = [{ fact = "total", over = "1.00 GBP" }]
advice = "Do not spend {total}."
"""


def test_a_file_of_a_host_adds_a_rule(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")

    book = read_book([*own_tables(), read_table(str(tmp_path / "own.toml"))])

    assert {rule.id for rule in book.rules} - {rule.id for rule in the_book().rules} == {"X-1"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "X-1"', "", "no «id»"),
        ('citation = "An Act"', 'citation = " "', "it has no citation"),
        ('source = "a page"', "", "no «source»"),
        ("read_on = 2026-01-01", "", "no «read_on»"),
        ("read_on = 2026-01-01", 'read_on = "soon"', "must be a date"),
        ("read_on = 2026-01-01", "read_on = 2026-01-01\nuntil = 2025-01-01T00:00:00", "must be a date"),
        ("read_on = 2026-01-01", "read_on = 2026-01-01\nsince = 2026-01-02\nuntil = 2026-01-01", "ends before it begins"),
        ('title = "A rule to try"', 'titel = "A rule to try"', "«titel» means nothing here"),
        ('name = "always"', "", "no «name»"),
        ('act = "spending"', 'act = "dancing"', "no act «dancing»"),
        ('severity = "block"', 'severity = "stop"', "no severity 'stop'"),
        ('overrides = ["organiser"]', "", "no «overrides»"),
        ('fact = "total"', 'fact = "sum"', "no fact «sum»"),
        ('over = "1.00 GBP"', "more = 1", "no test «more»"),
        ('over = "1.00 GBP"', "over = 1", "an amount with its currency"),
        ('over = "1.00 GBP"', 'over = "1.001 GBP"', "no amount of money"),
        ('over = "1.00 GBP"', 'over = "1.00 GBP", is = 1', "must ask one thing"),
        ('over = "1.00 GBP"', 'is = "1.00 GBP"', "cannot be asked of total, a money"),
        ('over = "1.00 GBP"', 'over_fact = "notified"', "cannot be held against «notified»"),
        ('over = "1.00 GBP"', "days_old_over = 3", "cannot be asked of total, a money"),
        ("{total}", "{part}", "speaks of part"),
        ("{total}.", "{total}", "no sentence"),
        ('advice = "Do', 'sure = "perhaps"\nadvice = "Do', "read or from memory"),
        ('advice = "Do', 'due = { fact = "total", days = 3 }\nadvice = "Do', "its clock runs from «total»"),
        ('advice = "Do', 'due = { fact = "total", days = -1 }\nadvice = "Do', "its clock needs «days»"),
        ('advice = "Do', 'needs = ["weather"]\nadvice = "Do', "no fact «weather»"),
        ('id = "X-1"', 'id = "US-1"', "twice with the same first day"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant_is_refused_with_a_sentence(
    old: str, new: str, sentence: str
) -> None:
    assert GOOD.count(old) == 1
    table: dict[str, Any] = tomllib.loads(GOOD.replace(old, new))

    with pytest.raises(BadInput, match=sentence):
        read_book([*own_tables(), table])


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ('{ amount = "both" }', "adds both, which is no amount that can be given"),
        ('{ amount = "notified" }', "adds notified, which is no amount"),
        ('{ amount = "total", when = [{ fact = "both", over = "1.00 GBP" }] }', "no fact «both»"),
        ('{ when = [] }', "no «amount»"),
    ],
)  # fmt: skip
def test_a_total_is_the_sum_of_amounts_that_are_given(parts: str, sentence: str) -> None:
    table = tomllib.loads(f'[fact.spending.both]\nkind = "money"\ntotal = [{parts}]')

    with pytest.raises(BadInput, match=sentence):
        read_book([*own_tables(), table])


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ('kind = "colour"\nquestion = "Which?"', "no kind 'colour'"),
        ('kind = "choice"\nquestion = "Which?"', "has choices"),
        ('kind = "count"\nchoices = ["a"]\nquestion = "Which?"', "has choices"),
        ('kind = "text"\ngoverns = true\nquestion = "Which?"', "only a country governs"),
        ('kind = "count"\ntotal = [{ amount = "total" }]', "only money is a total"),
        ('kind = "count"\nquestion = "Say which."', "a question that ends with"),
        ('kind = "count"\nquestion = "Which?"\nunit = "m"', "«unit» means nothing here"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_meant_is_refused_with_a_sentence(fact: str, sentence: str) -> None:
    table = tomllib.loads(f"[fact.spending.new]\n{fact}")

    with pytest.raises(BadInput, match=sentence):
        read_book([*own_tables(), table])


def test_a_fact_that_is_declared_twice_is_refused() -> None:
    table = tomllib.loads('[fact.spending.total]\nkind = "money"\nquestion = "How much?"')

    with pytest.raises(BadInput, match=r"spending\.total is declared twice"):
        read_book([*own_tables(), table])


def test_a_rule_without_a_case_is_refused() -> None:
    with pytest.raises(BadInput, match="it has no case"):
        read_book([*own_tables(), tomllib.loads(GOOD.split("[[rule.case]]")[0])])


def test_two_cases_of_one_name_are_refused() -> None:
    case = GOOD[GOOD.index("[[rule.case]]") :]

    with pytest.raises(BadInput, match="two of its cases have one name"):
        read_book([*own_tables(), tomllib.loads(GOOD + case)])


def test_a_file_that_is_not_there_or_no_toml_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("id = ", encoding="utf-8")

    with pytest.raises(BadInput, match="cannot be opened"):
        read_table(str(tmp_path / "none.toml"))
    with pytest.raises(BadInput, match=r"bad\.toml: This is no TOML"):
        read_table(str(tmp_path / "bad.toml"))


def test_every_fact_is_asked_for_by_a_rule_and_every_rule_is_dated() -> None:
    book = the_book()
    used = {(c.act, test.fact) for r in book.rules for c in r.cases for test in c.tests}
    used |= {(c.act, test.other) for r in book.rules for c in r.cases for test in c.tests}
    used |= {(c.act, name) for r in book.rules for c in r.cases for name in c.needs}
    used |= {(f.act, part.amount) for f in book.facts for part in f.total}

    assert {(fact.act, fact.name) for fact in book.facts} <= used
    assert all(rule.read_on >= date(2026, 1, 1) for rule in book.rules)
