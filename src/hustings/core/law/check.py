"""
The judge of the judge: the rules' tables read again, plainly, and held against an answer.

Written without looking at the code that judges, slow and literal. It takes the tables as TOML gives them and
shares with the rest of this room nothing but the shape of an answer. The laws:

- ``findings``: every case that applies is found, once, and no other; a rule applies on its days, and of two of
  one id the one that began last.
- ``severity``: as the table says, but that what is from memory blocks only where consent is asked on our own account.
- ``source``: rule, citation, source, dates and running clock are those of the table, and none is empty.
- ``questions``: asked is what is missing and decides, with the gravest severity it may come to, and nothing else.
- ``sentence``: it ends, and no placeholder is left in it.
- ``overrides``: only what blocks is set aside, only by a role the table names, with a name and a reason.
- ``allowed``: nothing that blocks is left, and no question that might.
"""

from __future__ import annotations

import datetime as clock
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hustings.core.law.judging import Answer

GRAVITY = {"record": 1, "warn": 2, "block": 3}


@dataclass(frozen=True, slots=True)
class Broken:
    """A law of the answer that is broken, and how."""

    law: str
    message: str


def check_answer(tables: Sequence[Mapping[str, Any]], answer: Answer) -> tuple[Broken, ...]:
    """Every law that the answer breaks."""
    reading = _Reading(tables, answer)
    return tuple(
        Broken(law, message)
        for law, messages in (
            ("findings", reading.wrong_findings()),
            ("severity", reading.wrong_severities()),
            ("source", reading.wrong_sources()),
            ("questions", reading.wrong_questions()),
            ("sentence", reading.wrong_sentences()),
            ("overrides", reading.wrong_overrides()),
            ("allowed", reading.wrong_leave()),
        )
        for message in messages
    )


class _Reading:
    """The tables as they bear on one answer."""

    def __init__(self, tables: Sequence[Mapping[str, Any]], answer: Answer) -> None:
        self.answer = answer
        self.declared: dict[str, Mapping[str, Any]] = {}
        for table in tables:
            self.declared |= table.get("fact", {}).get(answer.act, {})
        self.cases: dict[tuple[str, str], tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        rules = [rule for table in tables for rule in table.get("rule", [])]
        for rule in rules:
            if not self._begun(rule) or ("until" in rule and rule["until"] < answer.on):
                continue
            if any(
                other["id"] == rule["id"]
                and self._begun(other)
                and other.get("since", clock.date.min) > rule.get("since", clock.date.min)
                for other in rules
            ):
                continue
            for case in rule["case"]:
                if case["act"] == answer.act and self._begun(case):
                    self.cases[rule["id"], case["name"]] = (rule, case)

    def _begun(self, dated: Mapping[str, Any]) -> bool:
        return bool(dated.get("since", clock.date.min) <= self.answer.on)

    # --- what the table says

    def severity(self, case: Mapping[str, Any]) -> str:
        remembered = case.get("sure") == "memory" and not case.get("own_consent")
        return "warn" if remembered and case["severity"] == "block" else str(case["severity"])

    def get(self, name: str) -> tuple[Any, set[tuple[str, str]]]:
        """A fact and nothing to ask, or nothing and what to ask."""
        parts = self.declared[name].get("total")
        if parts is None:
            there = name in self.answer.facts
            return (self.answer.facts[name], set()) if there else (None, {(name, "")})
        sums: dict[str, Fraction] = {}
        first, ask = "", set()
        for part in parts:
            verdict, open_ = self.every(part["when"])
            if verdict == "no":
                continue
            amount, missing = self.get(part["amount"])
            if verdict == "open" or missing:
                ask |= open_ or missing
                continue
            size, currency = _money(amount)
            if size and first and currency != first:
                ask.add((part["amount"], first))
            elif size:
                first = currency
            sums[currency] = sums.get(currency, Fraction(0)) + size
        return (None, ask) if ask else ((sums.get(first, Fraction(0)), first), set())

    def every(self, tests: Iterable[Mapping[str, Any]]) -> tuple[str, set[tuple[str, str]]]:
        verdicts = [self.one(test) for test in tests]
        if "no" in [verdict for verdict, _ in verdicts]:
            return "no", set()
        for verdict, ask in verdicts:
            if verdict == "open":
                return "open", ask
        return "yes", set()

    def applies(self, case: Mapping[str, Any]) -> tuple[str, set[tuple[str, str]]]:
        verdict, ask = self.every(case["when"])
        groups = [self.every(group) for group in case.get("any", [])]
        if not groups:
            return verdict, ask
        some = {said for said, _ in groups}
        if verdict == "no" or some == {"no"}:
            return "no", set()
        if verdict == "open":
            return "open", ask
        if "yes" in some:
            return "yes", set()
        return "open", set().union(*(asked for _, asked in groups))

    def one(self, test: Mapping[str, Any]) -> tuple[str, set[tuple[str, str]]]:
        (asked,) = set(test) - {"fact"}
        mine, missing = self.get(test["fact"])
        if missing:
            return "open", missing
        if asked.endswith("_fact"):
            theirs, missing = self.get(test[asked])
            if missing:
                return "open", missing
        else:
            theirs = test[asked]
        kind = self.declared[test["fact"]]["kind"]
        name = asked.removesuffix("_fact")
        if kind == "money":
            (size, currency), (limit, other) = _money(mine), _money(theirs)
            if size and limit and currency != other:
                parts = self.declared[test["fact"]].get("total", [{"amount": test["fact"]}])
                return "open", {(part["amount"], other) for part in parts}
            mine, theirs = size, limit
        elif name.startswith("days_old"):
            mine, name = self.answer.on.toordinal() - mine.toordinal(), name[9:]
        elif name.startswith("clock"):
            mine, name = _seconds(mine), {"clock_before": "under", "clock_after": "over"}[name]
            theirs = _seconds(theirs)
        elif name == "later_day_than":
            mine, theirs, name = mine.toordinal(), theirs.toordinal(), "over"
        elif kind == "moment":
            mine, theirs = mine.timestamp(), theirs.timestamp()
        return ("yes" if _held(name, mine, theirs) else "no"), set()

    def due(self, case: Mapping[str, Any]) -> clock.date | None:
        from_, days = case.get("due", {}).get("fact"), case.get("due", {}).get("days", 0)
        begun = self.answer.facts.get(from_)
        if not isinstance(begun, clock.date):
            return None
        return clock.date.fromordinal(begun.toordinal() + days)

    # --- where the answer differs

    def wrong_findings(self) -> Iterable[str]:
        found = [(finding.rule, finding.case) for finding in self.answer.findings]
        should = {key for key, (_, case) in self.cases.items() if self.applies(case)[0] == "yes"}
        for rule, case in sorted(should - set(found)):
            yield f"{rule} ({case}) applies and was not found."
        for rule, case in sorted(set(found) - should):
            yield f"{rule} ({case}) was found and does not apply on that day."
        if len(set(found)) < len(found):
            yield "A case was found twice."

    def wrong_severities(self) -> Iterable[str]:
        for finding in self.answer.findings:
            _, case = self.cases.get((finding.rule, finding.case), ({}, {"severity": "none"}))
            if finding.severity != self.severity(case):
                yield f"{finding.rule} ({finding.case}) should {self.severity(case)}, not {finding.severity}."

    def wrong_sources(self) -> Iterable[str]:
        for finding in self.answer.findings:
            rule, case = self.cases.get((finding.rule, finding.case), ({}, {}))
            for name in ("citation", "source", "read_on", "jurisdiction"):
                said = getattr(finding, name)
                if not said or said != rule.get(name):
                    yield f"{finding.rule} does not name its {name} as the table does."
            if finding.due != self.due(case):
                yield f"{finding.rule} ({finding.case}) is due on {self.due(case)}, not {finding.due}."
            if finding.since != case.get("since", rule.get("since")):
                yield f"{finding.rule} does not name its first day as the table does."

    def wrong_questions(self) -> Iterable[str]:
        should: dict[tuple[str, str], tuple[int, set[str]]] = {}
        for (rule, _), (_, case) in self.cases.items():
            verdict, ask = self.applies(case)
            if verdict == "yes":
                ask = set().union(*(self.get(name)[1] for name in case.get("needs", [])))
            for one in ask:
                gravest, rules = should.get(one, (0, set()))
                should[one] = (max(gravest, GRAVITY[self.severity(case)]), rules | {rule})
        asked = {
            (ask.fact, ask.currency): (GRAVITY[ask.severity], set(ask.rules))
            for ask in self.answer.questions
        }
        for one in sorted(should.keys() | asked.keys()):
            if should.get(one) != asked.get(one):
                yield f"About {' in '.join(filter(None, one))} should be asked {should.get(one)}, not {asked.get(one)}."
        if len(asked) < len(self.answer.questions):
            yield "A question is asked twice."
        for question in self.answer.questions:
            if "?" not in question.sentence:
                yield f"«{question.sentence}» is no question."

    def wrong_sentences(self) -> Iterable[str]:
        for finding in self.answer.findings:
            if not finding.sentence.endswith(".") or set("{}") & set(finding.sentence):
                yield f"{finding.rule} ({finding.case}) says no whole sentence."

    def wrong_overrides(self) -> Iterable[str]:
        blocks = {(one.rule, one.case) for one in self.answer.findings if one.severity == "block"}
        for aside in self.answer.overrides:
            _, case = self.cases.get((aside.rule, aside.case), ({}, {}))
            may = case.get("overrides", "nobody")
            if (aside.rule, aside.case) not in blocks:
                yield f"{aside.rule} ({aside.case}) was set aside and does not block."
            if may == "nobody" or aside.role not in may:
                yield f"{aside.rule} ({aside.case}) was set aside by {aside.role}, who may not."
            if not aside.reason.strip() or not aside.by.strip():
                yield f"{aside.rule} ({aside.case}) was set aside by nobody or for no reason."

    def wrong_leave(self) -> Iterable[str]:
        aside = [(one.rule, one.case) for one in self.answer.overrides]
        left = [
            one
            for one in self.answer.findings
            if one.severity == "block" and (one.rule, one.case) not in aside
        ]
        might = [one for one in self.answer.questions if one.severity == "block"]
        if self.answer.allowed != (not left and not might):
            yield f"It is {'' if self.answer.allowed else 'not '}allowed, with {len(left)} that block and {len(might)} that might."


def _held(name: str, mine: Any, theirs: Any) -> bool:
    match name:
        case "is" | "is_not":
            return (mine == theirs) is (name == "is")
        case "one_of" | "none_of":
            return any(mine == one for one in theirs) is (name == "one_of")
        case "over" | "at_most":
            return (mine > theirs) is (name == "over")
        case "under" | "at_least":
            return (mine < theirs) is (name == "under")
    raise ValueError(name)


def _money(said: Any) -> tuple[Fraction, str]:
    """Size and currency, of an amount in words or already taken apart."""
    if isinstance(said, tuple):
        return said
    number, currency = str(said).replace(",", "").split()
    return Fraction(number), currency


def _seconds(said: Any) -> int:
    """Microseconds since midnight on the wall of the place."""
    since_midnight = clock.timedelta(
        hours=said.hour, minutes=said.minute, seconds=said.second, microseconds=said.microsecond
    )
    return since_midnight // clock.timedelta(microseconds=1)
