"""The book: every fact that can be asked for and every rule, seen to fit each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.law.condition import TESTS
from hustings.core.law.rule import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hustings.core.law.condition import Condition
    from hustings.core.law.fact import Fact
    from hustings.core.law.rule import Case, Rule

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Book:
    """Facts and rules; a rule that asks for what cannot be answered is refused with a sentence."""

    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        names = [(fact.act, fact.name) for fact in self.facts]
        if twice := [name for name in names if names.count(name) > 1]:
            raise BadInput(f"The fact {'.'.join(twice[0])} is declared twice.")
        for fact in self.facts:
            given = {name: one for name, one in self.of(fact.act).items() if not one.total}
            for part in fact.total:
                if part.amount not in given or given[part.amount].kind != "money":
                    raise BadInput(
                        f"it adds {part.amount}, which is no amount that can be given.",
                        where=f"fact {fact.act}.{fact.name}",
                    )
                for test in part.when:
                    _fits(test, given, f"fact {fact.act}.{fact.name}")
        dated = [(rule.id, rule.since) for rule in self.rules]
        if again := [one for one in dated if dated.count(one) > 1]:
            raise BadInput(
                f"The rule {again[0][0]} is there twice with the same first day;"
                " give the new one a «since»."
            )
        for rule in self.rules:
            for case in rule.cases:
                self._sound(case, f"rule {rule.id}, case {case.name}")

    def _sound(self, case: Case, where: str) -> None:
        declared = self.of(case.act)
        if not declared:
            acts = ", ".join(self.acts)
            raise BadInput(f"there is no act «{case.act}»; there are {acts}.", where=where)
        for test in case.tests:
            _fits(test, declared, where)
        for name in case.needs:
            if name not in declared:
                raise BadInput(f"there is no fact «{name}» to be needed.", where=where)
        known = {test.fact for test in case.when} | set(case.needs)
        if case.due:
            name, _ = case.due
            if name not in known or declared[name].kind != "date":
                raise BadInput(f"its clock runs from «{name}», no date it needs.", where=where)
            known.add("due")
        if unknown := set(PLACEHOLDER.findall(case.advice)) - known:
            raise BadInput(
                f"its advice speaks of {', '.join(sorted(unknown))}, which it does not need.",
                where=where,
            )
        if not case.advice.endswith("."):
            raise BadInput("its advice is no sentence.", where=where)

    @property
    def acts(self) -> tuple[str, ...]:
        """Everything that can be judged."""
        return tuple(dict.fromkeys(fact.act for fact in self.facts))

    def of(self, act: str) -> dict[str, Fact]:
        """The facts of an act, by name."""
        return {fact.name: fact for fact in self.facts if fact.act == act}

    @property
    def jurisdictions(self) -> frozenset[str]:
        """The countries this book knows rules of."""
        return frozenset(rule.jurisdiction for rule in self.rules) - {EVERYWHERE}

    def in_force(self, on: date) -> Iterator[Rule]:
        """The rules of one day: of each id the latest that has begun, unless it has ended."""
        latest: dict[str, Rule] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.since or date.min):
            if (rule.since or date.min) <= on:
                latest[rule.id] = rule
        for rule in self.rules:
            if latest.get(rule.id) is rule and on <= (rule.until or date.max):
                yield rule


def _fits(test: Condition, declared: Mapping[str, Fact], where: str) -> None:
    """Refuses a test that no value could be put to."""
    fact = declared.get(test.fact)
    if fact is None:
        raise BadInput(f"there is no fact «{test.fact}».", where=where)
    if fact.kind not in TESTS[test.test]:
        raise BadInput(f"«{test.test}» cannot be asked of {fact.name}, a {fact.kind}.", where=where)
    if test.other:
        other = declared.get(test.other)
        clock = test.test in ("clock_before", "clock_after")
        if (
            other is None
            or other.kind != ("clock" if clock else fact.kind)
            or test.test.startswith("days")
        ):
            raise BadInput(f"{fact.name} cannot be held against «{test.other}».", where=where)
        return
    value = test.value
    if test.test in ("one_of", "none_of"):
        if not isinstance(value, tuple) or not value:
            raise BadInput(f"«{test.test}» needs a list.", where=where)
        for one in value:
            fact.accepted(one)
    elif test.test.startswith("days"):
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadInput(f"«{test.test}» needs a number of days.", where=where)
    elif test.test in ("clock_before", "clock_after"):
        if not isinstance(value, time):
            raise BadInput(f"«{test.test}» needs a time of day.", where=where)
    elif test.test == "later_day_than":
        raise BadInput("«later_day_than» needs another fact.", where=where)
    elif fact.total:
        type(fact)(fact.act, fact.name, "money", "How much?").accepted(value)
    else:
        fact.accepted(value)
