"""``hustings clippings read``: what an article says, for a person to confirm."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from hustings.cli.arguments import Parser

if TYPE_CHECKING:
    from hustings.core.clippings.check import Broken
    from hustings.core.clippings.read import Reading
    from hustings.core.clippings.spoken import Speaker


def main(argv: list[str]) -> int:
    """Exit 0 when every file was read, 1 when a reading breaks a law of the judge."""
    chosen = _parser().parse_args(argv)
    code: int = chosen.run(chosen)
    return code


def _parser() -> Parser:
    parser = Parser(prog="hustings clippings", description="Read newspaper articles; no crawling.")
    verbs = parser.add_subparsers(required=True, metavar="read")
    read = verbs.add_parser("read", help="articles in, quotes and proposals out")
    read.set_defaults(run=_read)
    read.add_argument("files", nargs="+", metavar="FILE", help="plain text or a saved page of HTML")
    read.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="when it was published, if you know better"
    )
    read.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"«{text[:40]}» is no date; write it as 2031-05-14"
        ) from None


def _read(chosen: argparse.Namespace) -> int:
    from hustings.core.clippings.check import check
    from hustings.core.clippings.read import read
    from hustings.formats.clipping_file import read_clipping

    sources = [(file, read_clipping(file)) for file in chosen.files]
    articles, broken_anywhere = [], False
    for file, source in sources:
        reading = read(source, chosen.date)
        broken = check(source, reading)
        broken_anywhere = broken_anywhere or bool(broken)
        if chosen.json:
            articles.append({"file": file} | _as_json(reading, broken))
        else:
            print(_in_words(file, reading, broken))
    if chosen.json:
        json.dump({"articles": articles}, sys.stdout, ensure_ascii=False, default=date.isoformat)
        print()
    return 1 if broken_anywhere else 0


def _as_json(reading: Reading, broken: list[Broken]) -> dict[str, Any]:
    text = reading.article.text
    return {
        "published": reading.article.published,
        "text": text,
        "paragraphs": [asdict(paragraph) for paragraph in reading.article.paragraphs],
        "left_out": list(reading.article.left_out),
        "quotes": [asdict(q) | {"text": text[q.start : q.end]} for q in reading.quotes],
        "proposals": [
            asdict(p) | {"text": text[p.start : p.end], "cue": text[p.cue_start : p.cue_end]}
            for p in reading.proposals
        ],
        "dates": [asdict(w) | {"text": text[w.start : w.end]} for w in reading.whens],
        "conflicts": [asdict(conflict) for conflict in reading.conflicts],
        "broken": [asdict(law) for law in broken],
    }


def _in_words(file: str, reading: Reading, broken: list[Broken]) -> str:
    """The reading for a person."""
    text = reading.article.text
    published = reading.article.published
    lines = [f"{file}: {f'published {published}' if published else 'no date found (--date)'}."]
    for quote in reading.quotes:
        through = f", through {', '.join(quote.relay)}" if quote.relay else ""
        lines.append(
            f"  {quote.kind} at {quote.start}–{quote.end}, {_named(quote.speaker)}{through}: "
            f"«{text[quote.start : quote.end]}»"
        )
    for number, proposal in enumerate(reading.proposals):
        answers = f", answers {proposal.answers}" if proposal.answers is not None else ""
        if proposal.post:
            post = proposal.post
            years = "–".join(str(year) for year in dict.fromkeys([post.since, post.until]) if year)
            what = f"{post.person}: {post.post or 'stands with'}, {post.party} {years}".rstrip()
        elif proposal.relation:
            relation = proposal.relation
            what = f"{relation.person} is the {relation.relation} of {relation.other}"
        else:
            what = f"«{text[proposal.start : proposal.end]}»"
        if proposal.ours is False:
            what += " (not a campaign's event)"
        lines.append(
            f"  {number}. {proposal.kind}?{answers}, {proposal.basis}, "
            f"{_named(proposal.speaker)}: {what}"
        )
    lines += [f"  Left out: «{line}»" for line in reading.article.left_out]
    lines += [f"  Conflict: {conflict.what}." for conflict in reading.conflicts]
    lines += [f"  Broken law «{law.law}»: {law.message}" for law in broken]
    return "\n".join([*lines, "  Proposed, not confirmed: a person has to."])


def _named(speaker: Speaker | None) -> str:
    if speaker is None:
        return "nobody named"
    name = speaker.name or speaker.described
    return f"{name} ({speaker.role})" if speaker.role else name
