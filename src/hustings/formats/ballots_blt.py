"""
BLT, the format of OpaVote, OpenSTV and many councils.

``candidates seats``, then perhaps the withdrawn (``-2 -5``), then ballots ``count candidate candidate … 0`` with ``=``
for several at one rank and ``-`` for a rank left blank, then ``0``, then the candidates' names and a title.
Blanks may be tabs, and ``#`` begins a comment, except within a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hustings.core.contest.plain import unseen
from hustings.core.errors import BadInput
from hustings.formats.ballot_lines import MOST_CANDIDATES, Sorted, numbered_lines, whole_count

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.formats.ballot_lines import Rank

_COMMENTED_NAME = re.compile(r'"[^"]*"\s*#')
_BEGINS_NUMBERS = frozenset("#-0123456789")


def read_blt(path: Path | str) -> dict[str, Any]:
    """
    The file as plain values: ``candidates``, ``seats``, ``ballots``, and ``title`` if it has one.

    Raises
    ------
    BadInput
        With file, row and field.
    """
    name = str(path)
    lines = ((row, _without_comment(line)) for row, line in numbered_lines(path))
    content = ((row, line) for row, line in lines if line)
    row, first = next(content, (1, ""))
    candidates, seats = _head(first, f"{name}, row {row}")
    withdrawn: set[int] = set()
    found = Sorted()
    ended = False
    for row, line in content:
        where = f"{name}, row {row}"
        if line == "0":
            ended = True
            break
        if line.startswith("-"):
            if found.counts:
                raise BadInput(
                    f"{line.split()[0][:20]} ballots cannot be; a number must be 1 or more.",
                    where=f"{where}, count",
                )
            withdrawn |= {_place(part[1:], candidates, where) for part in line.split()}
            continue
        count, *after = line.split(maxsplit=1)
        number = whole_count(count, f"{where}, count")
        ranking = " ".join(after)
        if not found.known(ranking, number):
            found.new(ranking, number, _ranks(ranking, candidates, where))
    if not ended:
        raise BadInput(
            "The file ends before the line «0» that ends the ballots; it is not whole.",
            where=f"{name}, row {row}",
        )
    rest = [(row, line) for row, line in content]
    if len(rest) < candidates:
        raise BadInput(
            f"{candidates} candidates are announced, {len(rest)} names follow; the file is not whole.",
            where=f"{name}, row {rest[-1][0] if rest else row}",
        )
    if len(rest) > candidates + 1:
        raise BadInput(
            f"After {candidates} names and a title there is more.",
            where=f"{name}, row {rest[candidates + 1][0]}",
        )
    names = _names(rest[:candidates], name)
    plain: dict[str, Any] = {
        "candidates": [
            {"name": each, "excluded": True} if place in withdrawn else {"name": each}
            for place, each in enumerate(names)
        ],
        "seats": seats,
        "ballots": [
            [count, [_named(rank, names) for rank in ranks]] for count, ranks in found.as_plain()
        ],
    }
    if len(rest) > candidates:
        plain["title"] = _unquoted(rest[candidates][1])
    return plain


def _without_comment(line: str) -> str:
    """In a name without quotes a ``#`` is part of it, unless it begins the line."""
    line = line.strip()
    if _COMMENTED_NAME.match(line):
        return line[: line.index('"', 1) + 1]
    return line.partition("#")[0].strip() if line[:1] in _BEGINS_NUMBERS else line


def _head(line: str, where: str) -> tuple[int, int]:
    parts = line.split()
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise BadInput(
            "A BLT file begins with two numbers, candidates and seats, like «7 3».", where=where
        )
    if not 1 <= len(parts[0]) <= 6 or not 1 <= int(parts[0]) <= MOST_CANDIDATES:
        raise BadInput(f"{parts[0][:20]} candidates cannot be.", where=f"{where}, candidates")
    if len(parts[1]) > 6 or not 1 <= int(parts[1]) <= MOST_CANDIDATES:
        raise BadInput(f"{parts[1][:20]} seats cannot be.", where=f"{where}, seats")
    return int(parts[0]), int(parts[1])


def _place(text: str, candidates: int, where: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise BadInput(f"«{text[:40]}» is no number of a candidate.", where=where)
    if not 1 <= int(text) <= candidates:
        raise BadInput(f"There is no candidate {int(text)}; there are {candidates}.", where=where)
    return int(text) - 1


def _ranks(ranking: str, candidates: int, where: str) -> list[Rank]:
    """Places as text, since the names stand at the end of the file."""
    parts = ranking.split()
    if not parts or parts[-1] != "0":
        raise BadInput("The ballot does not end with 0; the line is not whole.", where=where)
    ranks: list[Rank] = []
    for rank, part in enumerate(parts[:-1], 1):
        here = f"{where}, rank {rank}"
        if part == "-":
            ranks.append("")
            continue
        places = list(dict.fromkeys(_place(one, candidates, here) for one in part.split("=")))
        ranks.append(str(places[0]) if len(places) == 1 else [str(place) for place in places])
    return ranks


def _named(rank: Rank, names: list[str]) -> Rank:
    if isinstance(rank, list):
        return [names[int(place)] for place in rank]
    return names[int(rank)] if rank else ""


def _names(rows: list[tuple[int, str]], file: str) -> list[str]:
    names: dict[str, int] = {}
    for row, line in rows:
        name = _unquoted(line)
        if not name:
            raise BadInput("A candidate has no name.", where=f"{file}, row {row}")
        if hidden := unseen(name):
            raise BadInput(f"This name {hidden}", where=f"{file}, row {row}")
        if name in names:
            raise BadInput(
                f"«{name[:60]}» is the name of two candidates.", where=f"{file}, row {row}"
            )
        names[name] = row
    return list(names)


def _unquoted(line: str) -> str:
    if len(line) >= 2 and line[0] == line[-1] == '"':
        line = line[1:-1]
    return line.strip()
