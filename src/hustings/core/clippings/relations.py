"""Who is whose brother, and where that is a conflict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.tagged import PARTY, PERSON
from hustings.core.clippings.words import RELATIVES

if TYPE_CHECKING:
    from hustings.core.clippings.people import Mention, People, Person
    from hustings.core.clippings.posts import Post

RELATION = rf"(?P<relation>{'|'.join(sorted(RELATIVES, key=len, reverse=True))})"
RELATIONS = [
    (re.compile(pattern), swap)
    for pattern, swap in (
        (rf"{PERSON}[’']s? {RELATION},? {PERSON}", True),
        (
            rf"{PERSON}(?:,| is| was) (?:the |a )?{RELATION} of (?:the )?(?:{PARTY}(?:[’']s)? )?(?:\w+ ){{0,2}}(?:in ⟨X\d+⟩, |in \w+, )?{PERSON}",
            False,
        ),
    )
]
OWN = re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir) {RELATION},? {PERSON}")
NEXT = re.compile(
    rf"(?:^|[-–—] )[Tt]he {RELATION} of (?:the )?(?:⟨O\d+⟩(?:[’']s)? )?(?:\w+ ){{0,2}}{PERSON}"
)


@dataclass(frozen=True, slots=True)
class Relation:
    """``person`` is the ``relation`` of ``other``, by the sentence ``text[start:end]``."""

    person: str
    relation: str
    other: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something a press officer should know before anybody else says it."""

    what: str
    start: int
    end: int


class Relations:
    """The relations of the people of one article."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.found: list[Relation] = []
        self.spoken_of: list[Mention] = []
        """Who was named so far, outside quotes."""
        self._waiting: tuple[str, str, int, int] | None = None

    def read(self, tagged: str, start: int, end: int) -> None:
        """Add the relations that one tagged sentence names."""
        for pattern, swap in RELATIONS:
            for found in pattern.finditer(tagged):
                numbers = re.findall(PERSON, found[0])
                if len(numbers) >= 2:
                    one, two = numbers[0], numbers[-1]
                    person, other = (two, one) if swap else (one, two)
                    self._relate(int(person), found["relation"], int(other), start, end)
        for found in OWN.finditer(tagged):
            before = re.findall(PERSON, tagged[: found.start()])
            if before:
                self._relate(int(found[2]), found["relation"], int(before[0]), start, end)
            elif owner := self._owner(found[0]):
                self._relate(
                    int(found[2]), found["relation"], self.people.persons.index(owner), start, end
                )
        if self._waiting:
            other, relation, *span = self._waiting
            for number in re.findall(PERSON, tagged)[:1]:
                person = self.people.persons[int(number)]
                if person.name != other and person.surname == other.split()[-1]:
                    self.found.append(Relation(person.name, relation, other, *span))
            self._waiting = None
        if later := NEXT.search(tagged):
            self._waiting = (self.people.persons[int(later[2])].name, later["relation"], start, end)

    def _owner(self, words: str) -> Person | None:
        """Whom «his» or «her» means: the last one spoken of who may be a he or a she."""
        gender = {"his": "he", "her": "she"}.get(words[:3].lower(), "")
        persons = (m.person for m in reversed(self.spoken_of) if m.person)
        return next((p for p in persons if not gender or p.gender in {"", gender}), None)

    def _relate(self, person: int, relation: str, other: int, start: int, end: int) -> None:
        if person != other:
            one, two = self.people.persons[person].name, self.people.persons[other].name
            self.found.append(Relation(one, relation, two, start, end))


def conflicts(posts: list[Post], relations: list[Relation], year: int | None) -> list[Conflict]:
    """Relatives who stand for different parties now; two parties of one person are no conflict."""
    found = []
    for relation in relations:
        mine = _standing(posts, relation.person, year)
        for post in mine:
            for other in _standing(posts, relation.other, year):
                if post.party != other.party:
                    what = (
                        f"{relation.person} ({post.party}) is the {relation.relation} of "
                        f"{relation.other} ({other.party})"
                    )
                    found.append(Conflict(what, relation.start, relation.end))
    return list({conflict.what: conflict for conflict in found}.values())


def _standing(posts: list[Post], name: str, year: int | None) -> list[Post]:
    last = {}
    for post in posts:
        stated = [n for n in (post.since, post.until) if n is not None]
        past = post.until is not None or any(year is not None and n < year for n in stated)
        if post.person == name and not (past and post.post != "member"):
            last[post.party] = post
    return list(last.values())
