"""``hustings count irv`` and ``hustings count stv``: rankings in, a count with every round out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hustings.cli.count_written import EXITS, odd_in_words, to_hand_in, write_file
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse

    from hustings.formats.count_file import Counted

COUNTED, WRONG, LOT_NEEDED = 0, 1, 3
UNSAID = {"irv": "irv", "stv": "scottish-stv"}
"""The rules that hold where neither the file nor the command names any."""


def add_to(verbs: Any) -> None:
    """Add both verbs to the subparsers of ``hustings count``."""
    for verb, help_text in (
        ("irv", "instant run-off and its multi-seat kin"),
        ("stv", "single transferable vote of Scottish councils"),
    ):
        parser = verbs.add_parser(verb, help=help_text, epilog=EXITS)
        parser.set_defaults(run=_run, verb=verb)
        parser.add_argument("file", metavar="FILE", help="ballots: .blt, .abif, .csv or .json")
        parser.add_argument("--rules", metavar="NAME|FILE", help="see hustings count rules")
        parser.add_argument("--lots", metavar="FILE", help="the lots that were drawn, as JSON")
        parser.add_argument("--json", action="store_true", help="print the count file")
        parser.add_argument(
            "--check", action="store_true", help="have the judge look at every round"
        )


def _run(chosen: argparse.Namespace) -> int:
    """Exit 0 counted, 3 a lot is needed, 1 the judge found something; bad input is raised."""
    from hustings.core.contest.lot import LotRefused
    from hustings.formats.ballots_file import read_ballots
    from hustings.formats.count_file import count_all
    from hustings.formats.lots_file import read_lots

    given, own = read_ballots(chosen.file)
    rules, named = _rules(chosen, own)
    lots = read_lots(chosen.lots) if chosen.lots else ()
    try:
        counted = count_all(chosen.verb, rules, given, lots, checked=chosen.check)
    except LotRefused as error:
        raise BadInput(error.message, where=chosen.lots) from None
    except BadInput as error:
        file = named if error.where.startswith("rules") else chosen.file
        raise BadInput(error.message, where=f"{file}, {error.where}".rstrip(", ")) from None
    if chosen.json:
        write_file(counted.text())
    else:
        print(_in_words(counted, named))
    if counted.checks is not None and counted.checks.wrong:
        return WRONG
    return LOT_NEEDED if counted.count.tie else COUNTED


def _rules(chosen: argparse.Namespace, own: dict[str, Any] | None) -> tuple[dict[str, Any], str]:
    """The rules, and how to call them."""
    from hustings.cli.count import rules_for

    if chosen.rules is None and own is not None:
        return {"name": Path(chosen.file).stem, "method": chosen.verb} | own, chosen.file
    name = chosen.rules or UNSAID[chosen.verb]
    return rules_for(chosen.verb, name), name


def _in_words(counted: Counted, named: str) -> str:
    """The count for a person."""
    count = counted.count
    lines = [f"Rules: {named}.", count.transcript.as_text()]
    elected = count.result["elected"]
    if count.tie:
        lines.append(f"Elected so far: {', '.join(elected) or 'nobody'}.")
        lines.append(count.tie.sentence())
        lines += to_hand_in([count.tie.as_json()])
    else:
        lines.append(f"Elected: {', '.join(elected) or 'nobody'}.")
    lines += [f"Note: {flag}" for flag in count.flags]
    if counted.checks is not None:
        lines += [f"Odd: {one}" for one in odd_in_words(counted.checks.findings)]
        lines += [f"The judge: {sentence}" for sentence in counted.checks.wrong]
        if not counted.checks.wrong:
            lines.append("The judge finds nothing wrong with this count.")
    return "\n".join(lines)
