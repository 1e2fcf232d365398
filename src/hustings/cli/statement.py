"""``hustings statement verify``: what a bundle proves, and what it does not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hustings.cli.arguments import Parser
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from hustings.core.ledger.verify import Verdict

WORDS = ("body", "quote", "text", "reason")
"""Where a record keeps what was said."""


def main(argv: list[str]) -> int:
    """Exit 0 when the bundle holds, 1 when it does not."""
    chosen = _parser().parse_args(argv)
    code: int = chosen.run(chosen)
    return code


def _parser() -> Parser:
    parser = Parser(prog="hustings statement", description="Verify a campaign's word.")
    verbs = parser.add_subparsers(required=True, metavar="verify")
    verify = verbs.add_parser("verify", help="what a bundle proves, without a network")
    verify.set_defaults(run=_verify)
    verify.add_argument("bundle", metavar="BUNDLE", help="the file; - for pasted text")
    verify.add_argument("--node", metavar="NAME", help="whom it should be from (node:z…)")
    verify.add_argument("--keys", metavar="FILE", help="key lines that you have from elsewhere")
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _verify(chosen: argparse.Namespace) -> int:
    from hustings.core.ledger.bundle import read_keys
    from hustings.core.ledger.verify import verify_bundle
    from hustings.formats.bundle_text import read_text

    known = _at(chosen.keys, lambda: read_keys(read_text(chosen.keys))) if chosen.keys else []
    text = read_text(chosen.bundle)
    verdict = _at(chosen.bundle, lambda: verify_bundle(text, known, node=chosen.node))
    if chosen.json:
        json.dump(_answer(verdict), sys.stdout, ensure_ascii=True, allow_nan=False)
        print()
    else:
        print(_in_words(verdict))
    return 0 if verdict.good else 1


def _at[T](where: str, read: Callable[[], T]) -> T:
    """The same, where a refusal names the file."""
    from hustings.core.ledger.wording import printable

    try:
        return read()
    except BadInput as error:
        said = printable(error.message).replace("\n", " ")
        raise BadInput(said, where=error.where or where) from error


def _answer(verdict: Verdict) -> dict[str, Any]:
    record = verdict.record if verdict.good else {}
    return {
        "good": verdict.good,
        "proven": verdict.proven,
        "not_proven": verdict.not_proven,
        "broken": [asdict(broken) for broken in verdict.broken],
        "hash": verdict.hash,
        "issuer_name": verdict.issuer_name,
        "log": verdict.log,
        "index": verdict.index,
        "size": verdict.size,
        "witnesses": [asdict(seen) for seen in verdict.witnesses],
        "record": record or None,
    }


def _in_words(verdict: Verdict) -> str:
    """The verdict for a person: what is proven, what is not, and the words themselves."""
    from hustings.core.ledger.wording import printable

    lines = [verdict.proven, verdict.not_proven]
    lines += [f"Broken law «{broken.law}»: {broken.message}" for broken in verdict.broken]
    if verdict.good:
        said = [verdict.record[name] for name in WORDS if name in verdict.record]
        lines += [f"The words: {words}" for words in said]
    return printable("\n".join(lines))
