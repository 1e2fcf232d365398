"""Whom «he», «the independent candidate» and «Mr Barrow» mean at a place in an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hustings.core.clippings.article import MASK
from hustings.core.clippings.sentences import breaks
from hustings.core.clippings.spoken import Speaker
from hustings.core.clippings.words import ROLE_NOUN

if TYPE_CHECKING:
    from hustings.core.clippings.article import Article, Paragraph
    from hustings.core.clippings.people import People, Person
    from hustings.core.clippings.phrases import Who
    from hustings.core.clippings.roles import Roles

ANOTHERS = re.compile(rf"[’']s?\b|[’'](?= )| (?:[a-z]+ )?(?i:{ROLE_NOUN.pattern})(?= [A-Z])")
BESIDE = re.compile(r"\b(?:to|in|at|of|with|by|from|for|on|about|and|than)\s+$")
STILL = re.compile(r"(?:He|She|They|His|Her|Their)\b")
"""A sentence that begins so is about whom the one before was about."""


class Refer:
    """Turns the phrases of one article into speakers."""

    def __init__(self, article: Article, frame: str, people: People, roles: Roles) -> None:
        self.article = article
        self.frame = frame
        self.people = people
        self.roles = roles

    def speaker(self, who: Who, place: int, last: Speaker | None) -> Speaker | None:
        """The speaker whom a phrase means at a place in the text, ``last`` being who spoke before."""
        person = who.person
        if who.pronoun in {"i", "we"}:
            return None
        if who.pronoun:
            person = self._meant(who, place, last)
            if person is None:
                return last
        elif person is None and not (who.organisation or who.document):
            person = self.roles.meant(who.described, who.start, last.name if last else "")
            if person is None and self.roles.is_definite(who.described):
                person = self._in_focus(who, place, last)
        if person is None and who.document:
            return Speaker("", who.words, "", who.start, who.end)
        if person is None:
            name = re.sub(r"^[Tt]he ", "", who.words) if who.organisation else ""
            role = "" if who.organisation else self.roles.of_words(who.described)
            return Speaker(name, who.described, role, who.start, who.end)
        if who.described:
            self.roles.described(person, who.described)
        described = who.described if who.person else who.words
        role = self.roles.of(person, who.described)
        return Speaker(person.name, described.strip(), role, who.start, who.end)

    def _meant(self, who: Who, place: int, last: Speaker | None) -> Person | None:
        """Whom «he» and «she» mean: the subject of this paragraph, else who spoke last."""
        gender = who.pronoun if who.pronoun in {"he", "she"} else ""
        paragraph = self.article.paragraph_at(place)
        named = self._mentioned(paragraph.start, who.start)
        here = list({id(person): person for person in named}.values())
        here.sort(key=lambda person: self._only_beside(person, paragraph.start, who.start))
        spoke = next((p for p in self.people.persons if last and p.name == last.name), None)
        near = [*here, *filter(None, [self._subject_above(paragraph) or spoke])]
        found = next((person for person in near if self._fits(person, gender)), None)
        if found is None and (last is None or last.name):
            above = self._mentioned(0, paragraph.start)
            found = next((person for person in reversed(above) if self._fits(person, gender)), None)
        if found and gender:
            found.gender = found.gender or gender
        return found

    def _in_focus(self, who: Who, place: int, last: Speaker | None) -> Person | None:
        """Whom «the Civic Union candidate» means who was not called that before."""
        paragraph = self.article.paragraph_at(place)
        spoke = next((p for p in self.people.persons if last and p.name == last.name), None)
        found = self._subject_above(paragraph) or spoke
        return found if found and self.roles.may_be(found, who.described) else None

    def _subject_above(self, paragraph: Paragraph) -> Person | None:
        """The first person of the last sentence of the paragraph above, where that quotes nobody."""
        number = self.article.paragraphs.index(paragraph)
        if number == 0 or self.article.paragraphs[number - 1].heading:
            return None
        above = self.article.paragraphs[number - 1]
        words = self.frame[above.start : above.end]
        if MASK in words:
            return None
        end = above.end
        for place in [*reversed([*breaks(words)]), 0]:
            start = above.start + place
            if not STILL.match(self.frame, start):
                found = self._mentioned(start, end)
                return found[0] if found else None
            end = start
        return None

    def _mentioned(self, start: int, end: int) -> list[Person]:
        return [
            m.person
            for m in self.people.named(start, end)
            if m.person and MASK not in self.frame[m.start : m.end] and not self._possessive(m.end)
        ]

    def _only_beside(self, person: Person, start: int, end: int) -> bool:
        """Whether a person is named only after a preposition: «in an email to Ann Leddy, …»."""
        return all(
            BESIDE.search(self.frame, max(0, m.start - 12), m.start)
            for m in self.people.named(start, end)
            if m.person is person
        )

    def _possessive(self, end: int) -> bool:
        """«Flores's secretary» and «Flores press secretary» are about somebody else than Flores."""
        return ANOTHERS.match(self.frame, end) is not None

    @staticmethod
    def _fits(person: Person, gender: str) -> bool:
        return not gender or not person.gender or person.gender == gender
