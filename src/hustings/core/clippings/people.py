"""The people an article names: full names, surnames that stand for them, and what they are called."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from hustings.core.clippings.dates import MONTHS
from hustings.core.clippings.signs import CAPITAL, TITLE, Signs
from hustings.core.clippings.words import (
    HE,
    NAMES_TOO,
    NO_PERSON,
    OPENERS,
    OUTLETS,
    PARTY_WORDS,
    RELATIVES,
    ROLE_OF,
    SHE,
    TITLES,
)

PARTICLE = r"(?:de|da|del|della|di|du|van|von|der|den|la|le|al|el|bin|ibn|ap|dos|ter|ten)"
WORD = rf"(?:[A-Z]\.(?= [A-Z])|{CAPITAL})"
NAME = re.compile(
    rf"(?<![\w’'-])(?:(?P<title>{TITLE}(?: {TITLE})*) )?(?P<name>{WORD}(?: (?:{PARTICLE} )*{WORD})*)"
)
RELATIVE = re.compile(
    rf"\b(?:his|her) (?P<relation>{'|'.join(sorted(RELATIVES, key=len, reverse=True))}),? "
    rf"(?P<name>{CAPITAL})(?! [A-ZÀ-Þ])\b"
)
WOMEN = frozenset(
    "sister wife mother daughter aunt niece widow mum grandmother stepdaughter".split()
)
MEN = frozenset("brother husband father son uncle nephew widower dad grandfather stepson".split())
HERS = frozenset({"she", "her", "hers", "herself"})
SENTENCE = re.compile(r"[.!?][”’\"']?\s+(?=[^a-z])")
PRONOUNS = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.I)


@dataclass(slots=True)
class Person:
    """One person of the article."""

    name: str
    gender: str = ""
    titles: set[str] = field(default_factory=set)

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.split()[-1]

    @property
    def first(self) -> str:
        """The first word of the name, if there are two."""
        return self.name.split()[0] if " " in self.name else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names a person or, where ``person`` is nothing, an organisation or a place."""

    start: int
    end: int
    words: str
    person: Person | None


class People:
    """Who is who in one article."""

    def __init__(self, text: str, frame: str) -> None:
        self.text = text
        self.frame = frame
        self.persons: list[Person] = []
        self.mentions: list[Mention] = []
        self._signs = Signs(text)
        self._told_of: dict[str, int] = {}
        self._alone: dict[str, Person] = {}
        found = self._named()
        self._mention(found)
        self._name_relatives()
        self._mention(found)  # again, now that Mrs Whitlock can be somebody else than Joss
        self._guess_genders()

    def _mention(self, found: list[tuple[int, int, str, str]]) -> None:
        self.mentions, self._told_of, self._alone = [], {}, {}
        for start, end, title, name in found:
            person = self._person(title, name) if title or not self._after_the(start) else None
            self.mentions.append(Mention(start, end, self.text[start:end], person))
            if person and " " in name:
                self._told_of[person.name] = start

    def _name_relatives(self) -> None:
        """«His mother, Pat,» has his surname, unless the article gives another."""
        for person in self.persons:
            person.gender, person.titles = "", set()
        for found in RELATIVE.finditer(self.frame):
            owner = next(
                (m.person for m in reversed(self.named(0, found.start())) if m.person), None
            )
            name = found["name"]
            if owner is None or any(name in person.name.split() for person in self.persons):
                continue
            gender = (
                "she" if found["relation"] in WOMEN else "he" if found["relation"] in MEN else ""
            )
            self.persons.append(Person(f"{name} {owner.surname}", gender))

    def named(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie within ``text[start:end]``."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, lo=first, key=lambda mention: mention.start)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]

    def known(self, words: str) -> Person | None:
        """
        The person whom a surname, a first name or a full name means here.

        Of two with the same surname it is the one whom the surname alone has meant before, else the one who
        was named in full last.
        """
        words = _plain(words)
        full = [p for p in self.persons if p.name == words]
        if full:
            return full[0]
        for part in ("surname", "first"):
            found = [p for p in self.persons if " " in p.name and getattr(p, part) == words]
            if len(found) > 1 and part == "surname" and words in self._alone:
                return self._alone[words]
            if found:
                latest = max(found, key=lambda person: self._told_of.get(person.name, -1))
                if part == "surname":
                    self._alone[words] = latest
                return latest
        return next((p for p in self.persons if p.surname == words), None)

    def party(self, words: str) -> str:
        """A party by its full name, where the article shortens it: «the Alliance» is the Meadow Alliance."""
        if " " in words or words.lower() not in PARTY_WORDS:
            return words
        full = [party for party in self.parties if party.split()[-1] == words]
        return full[0] if len(full) == 1 else words

    @cached_property
    def parties(self) -> list[str]:
        """Names that end as parties call themselves, and names that stand where parties stand."""
        names = {m.words: None for m in self.mentions if m.person is None}
        return [
            name
            for name in names
            if (" " in name and name.split()[-1].lower() in PARTY_WORDS and not is_outlet(name))
            or self._is_party(name)
        ]

    def _named(self) -> list[tuple[int, int, str, str]]:
        found = []
        for match in NAME.finditer(self.text):
            title = (match["title"] or "").replace(".", "")
            start, name = match.start("name"), match["name"]
            if title:
                start = match.start()
            else:
                start, title, name = _titled_within(start, name)
            if not title:
                start, name = _without_openers(start, name)
            if name:
                found.append((start, match.end(), title, name))
        # Full names first, so that a surname finds its owner wherever it stands.
        for start, _, title, name in found:
            thing = is_thing(name) or self._after_the(start) or self._is_place(name)
            thing = thing or self._is_party(name)
            if " " in name and (title or not thing):
                name = _plain(name)
                if not any(p.name == name for p in self.persons):
                    self.persons.append(Person(name))
        alone = {name for _, _, title, name in found if not title and self._speaks(name)}
        self.persons += [Person(name) for name in sorted(alone)]
        return found

    def _is_party(self, name: str) -> bool:
        """Whether a name that holds no word for a party stands where parties stand: «the Commonweal candidate»."""
        if name not in self._signs.party_like or name in self._signs.places or is_outlet(name):
            return False
        if " " not in name and name in self._signs.surnames:
            return False
        return not is_thing(name) or name.split()[-1].lower() in PARTY_WORDS

    def _speaks(self, name: str) -> bool:
        """A surname that stands alone all through an article is a person where it speaks; a party is not."""
        small, signs = name.lower(), self._signs
        if " " in name or len(name) < 3 or name not in signs.speaking or name.isupper():
            return False
        if is_thing(name) or small in MONTHS or small in PARTY_WORDS or self._is_party(name):
            return False
        if any(name in person.name.split() for person in self.persons):
            return False
        often = len(re.findall(rf"\b{re.escape(name)}\b", self.text)) > 1
        return often and name not in signs.with_article and name not in signs.in_roles

    def _guess_genders(self) -> None:
        """By the pronouns after the name in sentences that name one person only, where all of them agree."""
        heard: dict[str, set[str]] = {}
        start = 0
        for stop in [*(found.end() for found in SENTENCE.finditer(self.frame)), len(self.frame)]:
            named = [m for m in self.named(start, stop) if m.person]
            names = {m.person.name for m in named if m.person}
            if len(names) == 1:
                words = PRONOUNS.findall(self.frame, named[0].end, stop)
                genders = {"she" if word.lower() in HERS else "he" for word in words}
                heard.setdefault(names.pop(), set()).update(genders)
            start = stop
        for person in self.persons:
            found = heard.get(person.name, set())
            if len(found) == 1:
                person.gender = person.gender or next(iter(found))

    def _is_place(self, name: str) -> bool:
        """Kelli Ward is a person where she speaks or has a title; Millbrook Ward is not."""
        last = name.split()[-1]
        known = last in self._signs.titled or last in self._signs.speaking
        return last.lower() in NAMES_TOO and not known

    def _after_the(self, start: int) -> bool:
        return self.text[max(0, start - 4) : start].lower() == "the "

    def _person(self, title: str, name: str) -> Person | None:
        name = _plain(name)
        if not title and (is_thing(name) or name.lower() in MONTHS or self._is_party(name)):
            return None
        person = self._titled(title, name) if title else self.known(name)
        if person is None:
            if not title:
                return None
            person = Person(name)
            self.persons.append(person)
        for word in title.split():
            person.titles.add(word)
            person.gender = person.gender or _gender(word)
        return person

    def _titled(self, title: str, name: str) -> Person | None:
        """Mrs Whitlock is not Joss Whitlock when he is a man."""
        gender = next((g for word in title.split() if (g := _gender(word))), "")
        fitting = [
            p
            for p in self.persons
            if (p.name == name or p.surname == name)
            and not (gender and p.gender and p.gender != gender)
        ]
        exact = [p for p in fitting if p.name == name]
        same = [p for p in fitting if gender and p.gender == gender]
        return max(
            exact or same or fitting, key=lambda p: self._told_of.get(p.name, -1), default=None
        )


def is_thing(name: str) -> bool:
    """Whether a name in capitals is a party's, a paper's or a place's, by one of its words."""
    words = [word.lower() for word in name.split()]
    return any(word in NO_PERSON or word in OUTLETS for word in words)


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, an agency or a broadcaster, by one of its words."""
    return any(word.lower() in OUTLETS for word in name.split())


def _titled_within(start: int, name: str) -> tuple[int, str, str]:
    """«Opposition MP Lotte Berg» is Lotte Berg with a title, «County Chair Brian Fitzsimmons» without one."""
    words = name.split(" ")
    plain = [word.rstrip(".") for word in words]
    places = [n for n, word in enumerate(plain[:-1]) if n and word in TITLES]
    posts = [n for n, word in enumerate(plain[:-1]) if n and word.lower() in ROLE_OF]
    if not places and not posts:
        return start, "", name
    place = max([*places, *posts])
    title = plain[place] if place in places else ""
    kept = place if title else place + 1
    return start + len(" ".join(words[:kept])) + 1, title, " ".join(words[place + 1 :])


def _without_openers(start: int, name: str) -> tuple[int, str]:
    words = name.split(" ")
    while words and (words[0].lower() in OPENERS or words[0].lower() in ROLE_OF):
        small = words[0].lower() in {"the", "a", "an", "but", "and", "former", "its"}
        if len(words) > 1 and is_thing(" ".join(words)) and not small:
            break
        start += len(words[0]) + 1
        words = words[1:]
    return start, " ".join(words)


def _plain(name: str) -> str:
    """TOM Barrow is Tom Barrow."""
    return " ".join(
        word.title() if len(word) > 2 and word.isupper() and word.isalpha() else word
        for word in name.replace("’", "'").split()
    )


def _gender(title: str) -> str:
    return "he" if title in HE else "she" if title in SHE else ""
