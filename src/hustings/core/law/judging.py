"""From facts to findings: total, without a clock, and without a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from hustings.core.errors import BadInput
from hustings.core.law.book import PLACEHOLDER
from hustings.core.law.condition import Known, Missing, all_hold, any_holds
from hustings.core.law.rule import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.law.book import Book
    from hustings.core.law.fact import Value
    from hustings.core.law.rule import Case, Rule, Severity, Sure

NOT_KNOWN_YET = "what is not known yet"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that speaks to these facts, with everything a reader needs to check it."""

    rule: str
    case: str
    severity: Severity
    advice: str
    values: tuple[tuple[str, str], ...]
    citation: str
    source: str
    read_on: date
    since: date | None
    jurisdiction: str
    sure: Sure
    overrides: tuple[str, ...]
    due: date | None
    """Until when something must be done, where a clock runs and its beginning is known."""

    @property
    def sentence(self) -> str:
        """The advice with its values."""
        values = dict(self.values)
        return PLACEHOLDER.sub(lambda found: values[found[1]], self.advice)


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that must be given before a rule can be told to apply or not."""

    fact: str
    sentence: str
    severity: Severity
    rules: tuple[str, ...]
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody went on all the same, and said why."""

    rule: str
    case: str
    by: str
    role: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules of one day say about an act; ``facts`` cannot be changed."""

    act: str
    on: date
    facts: Mapping[str, Value]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    unknown_countries: tuple[str, ...] = ()
    """Countries whose law governs the act and of which the book has no rule."""
    overrides: tuple[Override, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The gravest it has come to, or may come to by what is still to be answered."""
        said = [one.severity for one in self.findings] + [one.severity for one in self.questions]
        return max(said, key=SEVERITIES.index, default=None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """A sentence for each country that the book knows nothing of: silence is no permission."""
        return tuple(
            f"Hustings knows no rule of {country}; ask somebody who does before you go on."
            for country in self.unknown_countries
        )

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """What blocks and was not overridden."""
        gone_on = {(override.rule, override.case) for override in self.overrides}
        return tuple(
            finding
            for finding in self.findings
            if finding.severity == "block" and (finding.rule, finding.case) not in gone_on
        )

    @property
    def allowed(self) -> bool:
        """Whether nothing blocks, and nothing is open that might."""
        return not self.stopping and all(ask.severity != "block" for ask in self.questions)


def judge(book: Book, act: str, facts: Mapping[str, Value], on: date) -> Answer:
    """
    What the rules in force on a day say about an act.

    Raises
    ------
    BadInput
        There is no such act, no such fact, or a value of another kind. Nothing else is an error: a fact that
        is not given becomes a question.
    """
    declared = book.of(act)
    if not declared:
        raise BadInput(f"There is no act «{act[:40]}»; there are {', '.join(book.acts)}.")
    given: dict[str, Value] = {}
    for name, value in facts.items():
        if name not in declared:
            raise BadInput(f"There is no fact «{name[:40]}».", where=act)
        given[name] = declared[name].accepted(value)
    known = Known(declared, given, on)
    findings: list[Finding] = []
    asked: dict[tuple[str, str], list[tuple[Rule, Case]]] = {}
    for rule in book.in_force(on):
        for case in rule.cases:
            if case.act != act or on < (case.since or date.min):
                continue
            for ask in _ask(case, known):
                asked.setdefault(ask, []).append((rule, case))
            if _applies(case, known) is True:
                findings.append(_finding(rule, case, known))
    return Answer(
        act=act,
        on=on,
        facts=MappingProxyType(given),
        findings=tuple(findings),
        questions=tuple(
            Question(
                fact=name,
                sentence=declared[name].question
                + (f" Please give it in {currency}." if currency else ""),
                severity=max((case.holds_as for _, case in by), key=SEVERITIES.index),
                rules=tuple(dict.fromkeys(rule.id for rule, _ in by)),
                currency=currency,
            )
            for (name, currency), by in asked.items()
        ),
        unknown_countries=tuple(
            dict.fromkeys(
                str(given[name])
                for name, fact in declared.items()
                if fact.governs and name in given and given[name] not in book.jurisdictions
            )
        ),
    )


def _applies(case: Case, known: Known) -> bool | Missing:
    first = all_hold(case.when, known)
    if first is False or not case.any_of:
        return first
    then = any_holds(case.any_of, known)
    return then if first is True or then is False else first


def _ask(case: Case, known: Known) -> tuple[tuple[str, str], ...]:
    """What is asked for the sake of this case."""
    applies = _applies(case, known)
    if isinstance(applies, Missing):
        return applies.asked
    if not applies:
        return ()
    values = [known.value(name) for name in case.needs]
    asked = [ask for value in values if isinstance(value, Missing) for ask in value.asked]
    return tuple(dict.fromkeys(asked))


def _finding(rule: Rule, case: Case, known: Known) -> Finding:
    due = _due(case, known)
    return Finding(
        rule=rule.id,
        case=case.name,
        severity=case.holds_as,
        advice=case.advice,
        values=tuple(
            (name, _words(due if name == "due" else known.value(name)))
            for name in dict.fromkeys(PLACEHOLDER.findall(case.advice))
        ),
        citation=rule.citation,
        source=rule.source,
        read_on=rule.read_on,
        since=case.since or rule.since,
        jurisdiction=rule.jurisdiction,
        sure=case.sure,
        overrides=case.overrides,
        due=due,
    )


def _due(case: Case, known: Known) -> date | None:
    if case.due is None:
        return None
    name, days = case.due
    begun = known.value(name)
    return begun + timedelta(days=days) if isinstance(begun, date) else None


def _words(value: Value | Missing | None) -> str:
    """A value in a sentence."""
    if value is None or isinstance(value, Missing):
        return NOT_KNOWN_YET
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.day} {value:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)
