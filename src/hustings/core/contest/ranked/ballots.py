"""
Rankings as plain values, and as what is left of them once the rules about overvotes, gaps and repeats are applied.

A ballot is ``[how many like it, [rank, rank, …]]``.
A rank is a candidate's name, "" where it was left blank, a list of names where several were marked, or an empty list
where several were marked and the file does not say which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hustings.core.contest import plain
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from hustings.core.contest.ranked.rules import Rules

WRITE_INS = "Undeclared Write-ins"
"""The name under which votes for people who did not stand are counted together; it cannot be elected."""

WHOLE = 2**53
"""Numbers of ballots above this are no numbers of ballots; JSON readers elsewhere would round them."""

Mark = int | tuple[int, ...] | None
"""One rank: a candidate, several candidates (none named: ``()``), or nothing."""

Item = int | tuple[int, ...]
"""What a ballot offers next: a candidate, or an overvote that counts where one of its candidates is left."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates in the order of the file, who of them is not to be counted, and the ballots."""

    names: tuple[str, ...]
    excluded: frozenset[int]
    seats: int | None
    rankings: tuple[tuple[int, tuple[Mark, ...]], ...]

    @property
    def write_ins(self) -> int | None:
        """The place of ``WRITE_INS``, if there is any."""
        return len(self.names) - 1 if self.names[-1] == WRITE_INS else None

    @property
    def total(self) -> int:
        """How many ballots there are, blank ones included."""
        return sum(count for count, _ in self.rankings)


@dataclass(frozen=True, slots=True)
class Pile:
    """``count`` ballots that offer the same ``items`` in this order, and then are out for the reason ``end``."""

    count: int
    items: tuple[Item, ...]
    end: str


def read_ranked(given: Mapping[str, Any], *, blank_is_write_in: bool = False) -> Ranked:
    """The plain values of a file, checked; ``BadInput`` says in ``where`` which field is wrong."""
    names, excluded, places = _candidates(given.get("candidates"))
    seats = given.get("seats")
    if seats is not None and (type(seats) is not int or not 1 <= seats <= 10_000):
        raise BadInput(f"{seats!r} is no number of seats; write 1 or more.", where="seats")
    ballots = given.get("ballots")
    if not isinstance(ballots, list):
        raise BadInput("There is no list of ballots.", where="ballots")
    used_write_ins = False
    write_ins = places[WRITE_INS]
    rankings: list[tuple[int, tuple[Mark, ...]]] = []
    for row, ballot in enumerate(ballots, 1):
        if not isinstance(ballot, list) or len(ballot) != 2 or not isinstance(ballot[1], list):
            raise BadInput(
                "A ballot is a number and a list of ranks, like [3, [name, name]].",
                where=f"ballots, row {row}",
            )
        count, ranks = ballot
        if type(count) is not int or not 0 <= count <= WHOLE:
            raise BadInput(
                f"{str(count)[:40]} is no number of ballots.", where=f"ballots, row {row}, count"
            )
        marks: list[Mark] = []
        for rank, mark in enumerate(ranks, 1):
            try:
                if isinstance(mark, str):
                    marks.append(
                        places[mark] if mark else (write_ins if blank_is_write_in else None)
                    )
                else:
                    marks.append(_several(mark, places))
            except (KeyError, TypeError):
                raise BadInput(
                    f"«{str(mark)[:60]}» is not among the candidates.",
                    where=f"ballots, row {row}, rank {rank}",
                ) from None
        used_write_ins = used_write_ins or write_ins in marks or _in_several(write_ins, marks)
        rankings.append((count, tuple(marks)))
    if used_write_ins and write_ins == len(names):
        names = (*names, WRITE_INS)
    return Ranked(names, excluded, seats, tuple(rankings))


def _candidates(given: Any) -> tuple[tuple[str, ...], frozenset[int], dict[str, int]]:
    """Names in order, the places of those excluded, and the place of each name and alias."""
    if not isinstance(given, list) or not given:
        raise BadInput("There is no list of candidates.", where="candidates")
    names: list[str] = []
    excluded: set[int] = set()
    aliases: list[tuple[str, int]] = []
    for row, candidate in enumerate(given, 1):
        where = f"candidates, row {row}"
        about = {"name": candidate} if isinstance(candidate, str) else candidate
        if not isinstance(about, dict) or not isinstance(about.get("name"), str):
            raise BadInput("A candidate is a name, or an object with a name.", where=where)
        name = about["name"]
        if not name.strip():
            raise BadInput("A candidate has no name.", where=where)
        if hidden := plain.unseen(name):
            raise BadInput(f"The name of a candidate {hidden}", where=where)
        if type(about.get("excluded", False)) is not bool:
            raise BadInput("Excluded is true or false.", where=f"{where}, excluded")
        if about.get("excluded"):
            excluded.add(len(names))
        others = about.get("aliases", [])
        if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
            raise BadInput("Aliases are a list of names.", where=f"{where}, aliases")
        aliases += [(other, len(names)) for other in others]
        names.append(name)
    # Undeclared write-ins stand at the end, wherever the file has them.
    if WRITE_INS in names and names.index(WRITE_INS) != len(names) - 1:
        raise BadInput(
            f"«{WRITE_INS}» must be the last of the candidates, or be left out.", where="candidates"
        )
    places: dict[str, int] = {WRITE_INS: len(names)}
    own: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in own:
            raise BadInput(
                f"«{name[:60]}» stands twice among the candidates.",
                where=f"candidates, row {place + 1}",
            )
        own[name] = place
    plain.refuse_twins(own, "candidates", "candidates")
    places |= own
    for other, place in aliases:
        if other and places.setdefault(other, place) != place:
            raise BadInput(
                f"The alias «{other[:60]}» is that of two candidates.",
                where=f"candidates, row {place + 1}, aliases",
            )
    return tuple(names), frozenset(excluded), places


def _several(mark: Any, places: dict[str, int]) -> tuple[int, ...]:
    """Several marks at one rank; one name twice is still one mark."""
    if not isinstance(mark, list):
        raise TypeError
    found = tuple(dict.fromkeys(places[name] for name in mark))
    if len(found) == 1:
        raise TypeError
    return found


def _in_several(place: int, marks: list[Mark]) -> bool:
    return any(type(mark) is tuple and place in mark for mark in marks)


def piles(ranked: Ranked, rules: Rules, out: Container[int]) -> tuple[list[Pile], int, int]:
    """
    The ballots as piles, how many have no rank at all (undervotes), and how many have ranks that are not read.

    ``out`` are the candidates who are not to be counted. What does not depend on who is still in the count is settled here, once: gaps, repeats, most overvotes.
    """
    found: dict[tuple[tuple[Item, ...], str], int] = {}
    undervotes = cut = 0
    most = rules.max_rankings
    for count, marks in ranked.rankings:
        if most is not None and len(marks) > most:
            cut += count if any(mark is not None for mark in marks[most:]) else 0
            marks = marks[:most]
        if all(mark is None for mark in marks):
            undervotes += count
            continue
        offered = _offered(marks, rules, out)
        found[offered] = found.get(offered, 0) + count
    return [Pile(count, *offered) for offered, count in found.items() if count], undervotes, cut


def _offered(
    marks: tuple[Mark, ...], rules: Rules, out: Container[int]
) -> tuple[tuple[Item, ...], str]:
    """What a ballot offers in order, and the reason for which it is out after that."""
    items: list[Item] = []
    seen: set[int] = set()
    offered: set[int] = set()
    last = 0
    gap = rules.max_skipped
    for rank, mark in enumerate(marks, 1):
        if mark is None:
            continue
        if gap is not None and rank - last > gap + 1:
            return tuple(items), "skipped"
        last = rank
        marked = (mark,) if isinstance(mark, int) else mark
        if rules.exhaust_on_duplicate and not seen.isdisjoint(marked):
            return tuple(items), "repeated"
        seen.update(marked)
        if isinstance(mark, tuple):
            if rules.overvotes == "exhaustImmediately":
                return tuple(items), "overvotes"
            if rules.overvotes == "alwaysSkipToNextRank":
                continue
            if not mark:
                raise BadInput(
                    "With the overvote rule exhaustIfMultipleContinuing every overvote must name who was marked; "
                    "one does not.",
                    where="ballots",
                )
        # Somebody offered before is out of the count by the time the ballot comes to them again.
        new = tuple(place for place in marked if place not in out and place not in offered)
        offered.update(new)
        if len(new) == 1:
            items.append(new[0])
        elif new:
            items.append(new)
    return tuple(items), "exhausted"
