"""``hustings law rules``: every rule with its citation, as sentences or as JSON."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from hustings.cli.arguments import Parser, day
from hustings.core.law.book import PLACEHOLDER

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from hustings.core.law.rule import Case, Rule

NOT_ADVICE = "This is not legal advice."


def main(argv: list[str]) -> int:
    """Exit 0 when the rules were listed."""
    chosen = _parser().parse_args(argv)
    code: int = chosen.run(chosen)
    return code


def _parser() -> Parser:
    parser = Parser(prog="hustings law", description=f"The rules that Hustings keeps. {NOT_ADVICE}")
    verbs = parser.add_subparsers(required=True, metavar="rules")
    rules = verbs.add_parser("rules", help="every rule with its citation")
    rules.set_defaults(run=_rules)
    rules.add_argument("--on", type=day, metavar="DATE", help="only what is in force on this day")
    rules.add_argument(
        "--add", action="append", default=[], metavar="FILE.toml", help="a rule file of your own"
    )
    rules.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _rules(chosen: argparse.Namespace) -> int:
    from hustings.formats.law import own_tables, read_book, read_table

    book = read_book([*own_tables(), *map(read_table, chosen.add)])
    rules = list(book.in_force(chosen.on)) if chosen.on else list(book.rules)
    if chosen.json:
        answer = {
            "on": chosen.on.isoformat() if chosen.on else None,
            "note": NOT_ADVICE,
            "rules": [_as_json(rule, _cases(rule, chosen.on)) for rule in rules],
        }
        json.dump(answer, sys.stdout, ensure_ascii=False)
        print()
    else:
        print("\n\n".join(_in_words(rule, _cases(rule, chosen.on)) for rule in rules))
        print(f"\n{len(rules)} rules. {NOT_ADVICE}")
    return 0


def _cases(rule: Rule, on: date | None) -> list[Case]:
    return [case for case in rule.cases if on is None or on >= (case.since or date.min)]


def _as_json(rule: Rule, cases: Sequence[Case]) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "jurisdiction": rule.jurisdiction,
        "severity": rule.severity,
        "citation": rule.citation,
        "source": rule.source,
        "read_on": rule.read_on.isoformat(),
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "cases": [
            {
                "name": case.name,
                "act": case.act,
                "severity": case.holds_as,
                "from_memory": case.sure == "memory",
                "since": case.since.isoformat() if case.since else None,
                "overrides": list(case.overrides),
                "due": {"fact": case.due[0], "days": case.due[1]} if case.due else None,
                "facts": list(dict.fromkeys([*(test.fact for test in case.tests), *case.needs])),
                "advice": case.advice,
            }
            for case in cases
        ],
    }


def _in_words(rule: Rule, cases: Sequence[Case]) -> str:
    """A rule for a person."""
    days = [f"read on {rule.read_on}"]
    days += [f"in force since {rule.since}"] if rule.since else []
    days += [f"ends on {rule.until}"] if rule.until else []
    return "\n".join(
        [
            f"{rule.id} ({rule.jurisdiction}, {rule.severity}): {rule.title}.",
            f"  Law: {rule.citation}.",
            f"  Source: {rule.source}; {', '.join(days)}.",
            *(f"  {line}" for case in cases for line in _case_in_words(case)),
        ]
    )


def _case_in_words(case: Case) -> list[str]:
    notes = [f"{case.act}, {case.name}: {case.holds_as}"]
    if case.holds_as == "block":
        notes.append(f"may be overridden by {' or '.join(case.overrides) or 'nobody'}")
    if case.sure == "memory":
        notes.append("from memory")
    if case.since:
        notes.append(f"since {case.since}")
    return [f"- {'; '.join(notes)}.", f"  {PLACEHOLDER.sub('…', case.advice)}"]
