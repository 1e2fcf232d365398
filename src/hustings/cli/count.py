"""``hustings count``: votes and rooms in, a count out, and the same count again from its own file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hustings.cli import count_ranked
from hustings.cli.arguments import Parser
from hustings.cli.count_written import EXITS, odd_in_words, to_hand_in, write_file
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from hustings.formats.count_file import Counted

COUNTED, WRONG, LOT_NEEDED = 0, 1, 3
VERBS = {
    "caucus": "delegates of precinct caucuses",
    "delegates": "delegates in proportion to votes, above a threshold",
    "plurality": "seats by the most votes",
    "omov": "members' ballots, by section",
}
SHOWN = 40
"""So many lots, flags or findings are listed in words; the JSON has them all."""


def main(argv: list[str]) -> int:
    """Exit 0 counted, 1 the judge found something wrong, 3 something is not decided."""
    chosen = _parser().parse_args(argv)
    code: int = chosen.run(chosen)
    return code


def _parser() -> Parser:
    parser = Parser(
        prog="hustings count", description="Count, with every step on paper.", epilog=EXITS
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for method, what in VERBS.items():
        verb = verbs.add_parser(method, help=what, epilog=EXITS)
        verb.set_defaults(run=_count, method=method)
        verb.add_argument("files", nargs="+", metavar="FILE", help="result sheets (CSV) or JSON")
        verb.add_argument("--rules", metavar="NAME|FILE", help="see hustings count rules")
        verb.add_argument("--lots", metavar="FILE", help="the lots that were drawn, as JSON")
        verb.add_argument("--candidates", metavar="FILE", help="one name a line; no other counts")
        verb.add_argument("--json", action="store_true", help="print the count file")
        verb.add_argument("--check", action="store_true", help="judge the count and the reports")
    count_ranked.add_to(verbs)
    replay = verbs.add_parser("replay", help="count again from a count file", epilog=EXITS)
    replay.set_defaults(run=_replay)
    replay.add_argument("file", metavar="COUNT.json")
    replay.add_argument("--json", action="store_true", help="print the count file that comes out")
    rules = verbs.add_parser("rules", help="every ruleset with its citations")
    rules.set_defaults(run=_rules)
    rules.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _count(chosen: argparse.Namespace) -> int:
    from hustings.core.contest.lot import LotRefused
    from hustings.formats.contest.contest_files import read_contest
    from hustings.formats.count_file import count_all
    from hustings.formats.lots_file import read_lots

    rules = rules_for(chosen.method, chosen.rules)
    candidates = _candidates(chosen.candidates) if chosen.candidates else ()
    files = read_contest(chosen.files, chosen.method, candidates)
    lots = read_lots(chosen.lots) if chosen.lots else ()
    try:
        counted = count_all(chosen.method, rules, files.said, lots, checked=chosen.check)
    except LotRefused as error:
        raise in_its_file(error, chosen.lots) if chosen.lots else files.placed(error) from error
    except BadInput as error:
        if error.where.startswith("rules") and error.where not in files.place_of:
            raise in_its_file(error, chosen.rules or rules["name"]) from error
        raise files.placed(error) from error
    return say(counted, as_json=chosen.json)


def in_its_file(error: BadInput, file: str) -> BadInput:
    """The same sentence with the file in which it is wrong."""
    return BadInput(error.message, where=f"{file}, {error.where}" if error.where else file)


def _replay(chosen: argparse.Namespace) -> int:
    from hustings.formats.contest.json_text import read_bytes
    from hustings.formats.count_file import parts_that_differ, replay

    raw = read_bytes(chosen.file)
    counted, same = replay(raw, chosen.file)
    if chosen.json:
        write_file(counted.text())
    elif same:
        print("Counted again from this file: the same, byte for byte.")
    else:
        parts = parts_that_differ(counted, raw)
        differ = f"what differs: {', '.join(parts)}" if parts else "only how it is written differs"
        print(
            f"Counted again from this file: NOT the same; {differ}. --json prints what comes out."
        )
    return COUNTED if same else WRONG


def rules_for(method: str, named: str | None) -> dict[str, Any]:
    """The rules that were named, or the only ones there are for this method."""
    from hustings.formats.contest.rulesets import own_rulesets, read_ruleset

    if named:
        return _without_sources(read_ruleset(named))
    known = [name for name, rules in own_rulesets().items() if rules["method"] == method]
    if len(known) != 1:
        raise BadInput(f"Say by which --rules: {', '.join(known)}, or a file of your own.")
    return _without_sources(own_rulesets()[known[0]])


def _without_sources(rules: Mapping[str, Any]) -> dict[str, Any]:
    """What a count needs; where it was read stays with the ruleset."""
    return {name: value for name, value in rules.items() if name not in {"source", "not_known"}}


def _candidates(path: str) -> tuple[str, ...]:
    from hustings.formats.contest.json_text import read_bytes

    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadInput("This file is not in UTF-8.", where=path) from error
    names = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not names:
        raise BadInput("There is no name in this file; write one a line.", where=path)
    return names


def say(counted: Counted, *, as_json: bool) -> int:
    """Print a count, and say how it ended."""
    if as_json:
        write_file(counted.text())
    else:
        print("\n".join(_in_words(counted)))
    if counted.checks is not None and counted.checks.wrong:
        return WRONG
    return LOT_NEEDED if is_open(counted) else COUNTED


def is_open(counted: Counted) -> bool:
    """Whether something is not decided: a lot, a ruling, or next preferences are needed."""
    result = counted.count.result
    units = result.get("units", [result])
    return counted.count.tie is not None or any(one.get("open") for one in units)


def _in_words(counted: Counted) -> list[str]:
    count, result = counted.count, counted.count.result
    lines = [f"{counted.rules.get('title', counted.rules.get('name', ''))}"]
    units = result.get("units", [result])
    if len(units) == 1:
        lines += [count.transcript.as_text(), "", *_table(units[0])]
    else:
        lines += _table(result["totals"])
    ties = result.get("ties", [count.tie.as_json()] if count.tie else [])
    lines += _listed("A lot is needed", [_tie_in_words(tie) for tie in ties])
    lines += to_hand_in(ties)
    lines += _listed("Flags", list(count.flags))
    if counted.checks is not None:
        lines += _listed("Odd in what was handed in", odd_in_words(counted.checks.findings))
        lines += _listed("WRONG in the count", list(counted.checks.wrong))
        if not counted.checks.wrong:
            lines.append("The judge finds nothing wrong with this count.")
    return lines


def _table(result: Mapping[str, Any], indent: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in result.items():
        if isinstance(value, dict):
            inner = _table(value, indent + "  ")
            lines += [f"{indent}{name}:", *inner] if inner else []
        elif value is not None and value != "":
            lines.append(f"{indent}{name}: {value}")
    return lines


def _tie_in_words(tie: Mapping[str, Any]) -> str:
    return f"«{tie['step']}»: {tie['choose']} of {', '.join(tie['among'])} – {tie['fate']}."


def _listed(title: str, sentences: list[str]) -> list[str]:
    if not sentences:
        return []
    more = len(sentences) - SHOWN
    return [
        f"{title} ({len(sentences)}):",
        *(f"- {sentence}" for sentence in sentences[:SHOWN]),
        *([f"- and {more} more; --json has them all."] if more > 0 else []),
    ]


def _rules(chosen: argparse.Namespace) -> int:
    from hustings.formats.contest.rulesets import own_rulesets

    rulesets = own_rulesets()
    if chosen.json:
        write_file(json.dumps({"rulesets": list(rulesets.values())}, ensure_ascii=False) + "\n")
        return COUNTED
    print("\n\n".join(_ruleset_in_words(rules) for rules in rulesets.values()))
    print(f"\n{len(rulesets)} rulesets. A ruleset of your own is a file: --rules FILE.toml.")
    return COUNTED


def _ruleset_in_words(rules: Mapping[str, Any]) -> str:
    return "\n".join(
        [
            f"{rules['name']} ({rules['method']}, {rules['jurisdiction']}): {rules['title']}.",
            *(f"  {topic}: {text}." for topic, text in rules["citation"].items()),
            *(f"  Source: {_source(one)}." for one in rules["source"]),
            *(
                f"  Not known: {one['about']}. Kept: {one['kept']}."
                for one in rules.get("not_known", [])
            ),
        ]
    )


def _source(said: Mapping[str, Any]) -> str:
    how = f"read on {said['read_on']}" if "read_on" in said else said["read"]
    return f"{said['title']} ({said['where']}; {how})"
