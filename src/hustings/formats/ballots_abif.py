"""
ABIF, the Aggregated Ballot Information Format: text that people can write.

``=token:[Name]`` names a candidate, ``{key: value}`` says something about the file, ``#`` begins a comment, and
``count:A>B=C>D`` are ballots; a rating may follow a name (``A/5``). Where a line has ratings and commas only
(``A/5,B/3``), the ratings rank. A count alone is ballots that rank nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.formats.ballot_lines import MOST_CANDIDATES, Sorted, numbered_lines, whole_count

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.formats.ballot_lines import Rank

_NAMED = re.compile(r"=\s*([^\s:\[\]]+)\s*:\s*(?:\[(.*)\]|(.*))\s*")
_ABOUT = re.compile(r"\{\s*([^:{}]+?)\s*:\s*(.*?)\s*\}")
_MARK = re.compile(
    r"\s*(?:\[([^\[\]]+)\]|\"([^\"]+)\"|([^\s>=,/\[\]\"]+))\s*(?:/\s*(\d{1,9}))?\s*([>=,]|$)"
)


def read_abif(path: Path | str) -> dict[str, Any]:
    """
    The file as plain values: ``candidates``, ``ballots``, and ``title`` if it has one.

    Raises
    ------
    BadInput
        With file, row and field.
    """
    name = str(path)
    names: dict[str, str] = {}
    declared = False
    found = Sorted()
    title = ""
    announced: tuple[int, int] | None = None
    row = 0
    for row, raw in numbered_lines(path):
        line = raw.strip()
        where = f"{name}, row {row}"
        if not line or line.startswith("#"):
            continue
        if line.startswith("{"):
            if about := _ABOUT.fullmatch(line):
                key, value = about[1].strip('"'), about[2].strip('"')
                title = value if key == "title" else title
                if key == "ballotcount":
                    announced = whole_count(value, f"{where}, ballotcount"), row
            continue
        if line.startswith("="):
            declared = True
            _declare(line, names, where, late=bool(found.counts))
            continue
        count, colon, ranking = line.partition(":")
        if not colon:
            raise BadInput(
                f"«{line[:40]}» is neither ballots (12:A>B) nor a candidate (=A:[Name]).",
                where=where,
            )
        number = whole_count(count, f"{where}, count")
        ranking = ranking.partition("#")[0].strip()
        if not found.known(ranking, number):
            found.new(ranking, number, _ranks(ranking, names, where, declared=declared))
    if not names:
        raise BadInput("There is no candidate in the file.", where=f"{name}, row {max(row, 1)}")
    total = sum(found.counts.values())
    if announced and announced[0] != total:
        raise BadInput(
            f"The file says that it holds {announced[0]} ballots, and holds {total}; it is not whole.",
            where=f"{name}, row {announced[1]}, ballotcount",
        )
    plain: dict[str, Any] = {
        "candidates": [{"name": each} for each in names.values()],
        "ballots": [
            [
                count,
                [
                    [names[one] for one in rank] if isinstance(rank, list) else names[rank]
                    for rank in ranks
                ],
            ]
            for count, ranks in found.as_plain()
        ],
    }
    if title:
        plain["title"] = title
    return plain


def _declare(line: str, names: dict[str, str], where: str, *, late: bool) -> None:
    match = _NAMED.fullmatch(line)
    if not match or not (match[2] or match[3] or "").strip():
        raise BadInput("A candidate is written =token:[Name].", where=where)
    if late:
        raise BadInput("A candidate is named after the first ballot.", where=where)
    token, called = match[1], (match[2] or match[3]).strip()
    if token in names or called in names.values():
        raise BadInput(f"«{called[:60]}» or its token stands twice.", where=where)
    if len(names) >= MOST_CANDIDATES:
        raise BadInput(f"There are more than {MOST_CANDIDATES} candidates.", where=where)
    names[token] = called


def _ranks(ranking: str, names: dict[str, str], where: str, *, declared: bool) -> list[Rank]:
    """Tokens in order; those of one rank together."""
    if not ranking:
        return []
    marks: list[tuple[str, int | None, str]] = []
    at = 0
    while at < len(ranking):
        match = _MARK.match(ranking, at)
        if not match:
            raise BadInput(
                f"«{ranking[at : at + 40]}» cannot be read as candidates with > or = between them.",
                where=f"{where}, rank {len(marks) + 1}",
            )
        token = (match[1] or match[2] or match[3]).strip()
        if token not in names:
            token = next((key for key, called in names.items() if called == token), token)
        if token not in names:
            if declared:
                raise BadInput(
                    f"«{token[:60]}» is not among the candidates.",
                    where=f"{where}, rank {len(marks) + 1}",
                )
            if len(names) >= MOST_CANDIDATES:
                raise BadInput(f"There are more than {MOST_CANDIDATES} candidates.", where=where)
            names[token] = token
        marks.append((token, int(match[4]) if match[4] else None, match[5]))
        at = match.end()
    if marks[-1][2]:
        raise BadInput(
            f"The ballot ends with «{marks[-1][2]}»; the line is not whole.", where=where
        )
    if any(after == "," for _, _, after in marks):
        return _by_rating(marks, where)
    ranks: list[list[str]] = []
    same = False
    for token, _, after in marks:
        if same:
            ranks[-1].append(token)
        else:
            ranks.append([token])
        same = after == "="
    return [_one_or_several(rank) for rank in ranks]


def _by_rating(marks: list[tuple[str, int | None, str]], where: str) -> list[Rank]:
    ratings: dict[int, list[str]] = {}
    for token, rating, after in marks:
        if rating is None or after not in (",", ""):
            raise BadInput(
                "With commas between candidates each needs a rating, like A/5,B/3.", where=where
            )
        ratings.setdefault(rating, []).append(token)
    return [_one_or_several(ratings[rating]) for rating in sorted(ratings, reverse=True)]


def _one_or_several(tokens: list[str]) -> Rank:
    once = list(dict.fromkeys(tokens))
    return once[0] if len(once) == 1 else once
