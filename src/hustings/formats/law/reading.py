"""Rules as data: ``[fact.ACT.NAME]`` tables and ``[[rule]]`` entries with ``[[rule.case]]``, by docs/methods/law.md."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.core.law.book import Book
from hustings.core.law.condition import TESTS, Condition
from hustings.core.law.fact import Fact, Part
from hustings.core.law.money import Money
from hustings.core.law.rule import Case, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FACT = {"kind", "question", "choices", "governs", "total"}
RULE = {"id", "title", "jurisdiction", "citation", "source", "read_on", "since", "until", "case"}
CASE = {
    "name", "act", "severity", "advice", "when", "any", "needs", "sure", "own_consent", "overrides",
    "since", "due",
}  # fmt: skip
NOBODY = "nobody"
AMOUNT = re.compile(r"[\d,.]+ [A-Z]{3}")


@cache
def own_tables() -> tuple[dict[str, Any], ...]:
    """The rule files that come with Hustings, as TOML gives them."""
    folder = files("hustings.formats.law") / "rules"
    return tuple(
        tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    )


@cache
def the_book() -> Book:
    """The rules that come with Hustings."""
    return read_book(own_tables())


def read_table(path: str) -> dict[str, Any]:
    """A host's own rule file."""
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise BadInput(
            f"This file cannot be opened ({error.strerror}); check its name.", where=path
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"This is no TOML: {error}.", where=path) from error


def read_book(tables: Iterable[Mapping[str, Any]]) -> Book:
    """
    Facts and rules of several files together.

    Raises
    ------
    BadInput
        A file says something that cannot be meant; the sentence names the rule and the case.
    """
    facts: list[Fact] = []
    rules: list[Rule] = []
    for table in tables:
        _only(table, {"fact", "rule"}, "the file")
        for act, named in table.get("fact", {}).items():
            facts += [_fact(act, name, said) for name, said in named.items()]
        rules += [_rule(said) for said in table.get("rule", ())]
    return Book(tuple(facts), tuple(rules))


def _fact(act: str, name: str, said: Mapping[str, Any]) -> Fact:
    where = f"fact {act}.{name}"
    _only(said, FACT, where)
    return Fact(
        act=act,
        name=name,
        kind=_needed(said, "kind", where),
        question=said.get("question", ""),
        choices=tuple(said.get("choices", ())),
        governs=said.get("governs", False),
        total=tuple(
            Part(_needed(part, "amount", where), _tests(part.get("when", ()), where))
            for part in said.get("total", ())
        ),
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    where = f"rule {said.get('id', '')}"
    _only(said, RULE, where)
    texts = {
        name: str(_needed(said, name, where))
        for name in ("id", "title", "jurisdiction", "citation", "source")
    }
    read_on = _day(said, "read_on", where)
    if read_on is None:
        raise BadInput("it has no «read_on»: the day on which its source was read.", where=where)
    return Rule(
        **texts,
        read_on=read_on,
        since=_day(said, "since", where),
        until=_day(said, "until", where),
        cases=tuple(_case(case, where) for case in said.get("case", ())),
    )


def _case(said: Mapping[str, Any], where: str) -> Case:
    where = f"{where}, case {said.get('name', '')}"
    _only(said, CASE, where)
    overrides = _needed(said, "overrides", where) if said.get("severity") == "block" else NOBODY
    return Case(
        name=_needed(said, "name", where),
        act=_needed(said, "act", where),
        severity=_needed(said, "severity", where),
        advice=" ".join(_needed(said, "advice", where).split()),
        when=_tests(_needed(said, "when", where), where),
        any_of=tuple(_tests(group, where) for group in said.get("any", ())),
        needs=tuple(said.get("needs", ())),
        sure=said.get("sure", "read"),
        own_consent=said.get("own_consent", False),
        overrides=() if overrides == NOBODY else tuple(overrides),
        since=_day(said, "since", where),
        due=_due(said["due"], where) if "due" in said else None,
    )


def _due(said: Mapping[str, Any], where: str) -> tuple[str, int]:
    _only(said, {"fact", "days"}, where)
    days = _needed(said, "days", where)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days < 10_000:
        raise BadInput("its clock needs «days», a whole number of 0 or more.", where=where)
    return _needed(said, "fact", where), days


def _tests(said: Iterable[Mapping[str, Any]], where: str) -> tuple[Condition, ...]:
    return tuple(_test(test, where) for test in said)


def _test(said: Mapping[str, Any], where: str) -> Condition:
    fact = _needed(said, "fact", where)
    asked = [key for key in said if key != "fact"]
    if len(asked) != 1:
        raise BadInput(f"the test of «{fact}» must ask one thing.", where=where)
    (key,) = asked
    name = key.removesuffix("_fact")
    if name not in TESTS:
        raise BadInput(f"there is no test «{key}»; there are {', '.join(TESTS)}.", where=where)
    if name != key:
        return Condition(fact, name, other=str(said[key]))
    value = said[key]
    if isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, str) and AMOUNT.fullmatch(value):
        value = Money.written(value)
    return Condition(fact, name, value)


def _needed(said: Mapping[str, Any], name: str, where: str) -> Any:
    if name not in said:
        raise BadInput(f"it has no «{name}».", where=where)
    return said[name]


def _day(said: Mapping[str, Any], name: str, where: str) -> date | None:
    day = said.get(name)
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise BadInput(f"«{name}» must be a date, like 2026-01-31.", where=where)
    return day


def _only(said: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(said) - known):
        raise BadInput(
            f"«{unknown[0]}» means nothing here; there are {', '.join(sorted(known))}.", where=where
        )
