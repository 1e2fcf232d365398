"""
The CSV in which Scottish councils' preference data is collected (mggg/scot-elex).

``candidates,seats,``, then ballots ``count,candidate,candidate,…,``, then ``"Candidate 1","Name","Party",`` for each
candidate, and the ward's name.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from hustings.core.errors import BadInput
from hustings.formats.ballot_lines import MOST_CANDIDATES, Sorted, numbered_lines, whole_count

if TYPE_CHECKING:
    from pathlib import Path

    from hustings.formats.ballot_lines import Rank


def read_scottish_csv(path: Path | str) -> dict[str, Any]:
    """
    The file as plain values: ``candidates`` with their parties, ``seats``, ``ballots``, ``title``.

    Raises
    ------
    BadInput
        With file, row and field.
    """
    name = str(path)
    lines = ((row, line.strip()) for row, line in numbered_lines(path))
    content = ((row, line) for row, line in lines if line)
    row, first = next(content, (1, ""))
    candidates, seats = _head(first, f"{name}, row {row}")
    found = Sorted()
    people: list[dict[str, str]] = []
    title = ""
    for row, line in content:
        where = f"{name}, row {row}"
        if not line.startswith('"'):
            if people:
                raise BadInput("A ballot stands after the candidates.", where=where)
            count, _, ranking = line.partition(",")
            number = whole_count(count, f"{where}, count")
            if not found.known(ranking, number):
                found.new(ranking, number, _ranks(ranking, candidates, where))
            continue
        cells = _cells(line, where)
        if len(people) < candidates:
            if len(cells) < 2 or cells[0] != f"Candidate {len(people) + 1}" or not cells[1].strip():
                raise BadInput(
                    f"Here «Candidate {len(people) + 1}» and a name were to come.", where=where
                )
            person = {"name": cells[1].strip()}
            if len(cells) > 2 and cells[2].strip():
                person["party"] = cells[2].strip()
            if any(other["name"] == person["name"] for other in people):
                raise BadInput(
                    f"«{person['name'][:60]}» is the name of two candidates.", where=where
                )
            people.append(person)
        elif title:
            raise BadInput("After the ward's name there is more.", where=where)
        else:
            title = cells[0].strip()
    if len(people) < candidates:
        raise BadInput(
            f"{candidates} candidates are announced, {len(people)} are named; the file is not whole.",
            where=f"{name}, row {row}",
        )
    plain: dict[str, Any] = {
        "candidates": people,
        "seats": seats,
        "ballots": [
            [count, [people[int(place)]["name"] for place in ranks]]
            for count, ranks in found.as_plain()
        ],
    }
    if title:
        plain["title"] = title
    return plain


def _head(line: str, where: str) -> tuple[int, int]:
    parts = [part.strip() for part in line.rstrip(",").split(",")]
    numbers = [
        int(part) if part.isascii() and part.isdigit() and len(part) < 7 else 0 for part in parts
    ]
    if len(numbers) != 2 or not all(1 <= number <= MOST_CANDIDATES for number in numbers):
        raise BadInput(
            "The file begins with two numbers, candidates and seats, like «10,4,».", where=where
        )
    return numbers[0], numbers[1]


def _ranks(ranking: str, candidates: int, where: str) -> list[Rank]:
    if not ranking.endswith(","):
        raise BadInput("The ballot does not end with a comma; the line is not whole.", where=where)
    ranks: list[Rank] = []
    for rank, part in enumerate(ranking[:-1].split(","), 1):
        text = part.strip()
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise BadInput(
                f"«{text[:40]}» is no number of a candidate.", where=f"{where}, rank {rank}"
            )
        if not 1 <= int(text) <= candidates:
            raise BadInput(
                f"There is no candidate {int(text)}; there are {candidates}.",
                where=f"{where}, rank {rank}",
            )
        ranks.append(str(int(text) - 1))
    return ranks


def _cells(line: str, where: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise BadInput(f"The line is no CSV ({error}).", where=where) from None
