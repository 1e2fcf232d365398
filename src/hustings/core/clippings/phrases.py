"""The words that say who spoke: «a spokesman for Ms Quill», «general secretary Bridget Amoah», «he»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hustings.core.clippings.article import MASK
from hustings.core.clippings.people import is_outlet, is_thing
from hustings.core.clippings.words import ROLE_NOUN, SPOKE

if TYPE_CHECKING:
    from hustings.core.clippings.people import Mention, People, Person

PRONOUN = re.compile(r"(?:he|she|they|i|we)\b", re.I)
LEADS = re.compile(
    r"\s*(?:(?:but|and|yet|so|however|meanwhile|later|then|now|also|earlier|while|today|yesterday|last \w+|"
    r"afterwards|when|as|it was)\b,?\s*)*",
    re.I,
)
TRAILING = re.compile(
    r"(?:(?:^|\s+)(?:has|have|had|would|could|will|did|does|was|also|later|then|only|once|since|previously|"
    r"already|earlier|simply|again|today|yesterday|further|never|always|first|not|himself|herself|who|"
    r"himself|[a-z]+ly|just|even))*\s*$"
)
OF = re.compile(
    r"\b(?:for|of|to|from|with|by|at|in|on|and|behind|than|that|against|about|close to|over|as)\s*$"
)
VERBAL = re.compile(r"(?!retired|elected|leading|sitting|visiting)[a-z]+(?:ed|ing)\b")
AGE = re.compile(r"\s*\d{1,3}\s*")
WHOLE_LENGTH = 120
DOCUMENT = re.compile(
    r"\b(?:report|leaflet|release|notice|email|e-mail|letter|newspaper|paper|poll|survey|statement|memo|document|website|article|"
    r"post|tweet|headline|story)s?\b",
    re.I,
)
DETERMINED = re.compile(
    r"(?:the|a|an|one|another|his|her|their|its|our|my|some|two|three|several)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as the article names them at ``start``: a person, a pronoun, an organisation or a description."""

    start: int
    end: int
    words: str
    person: Person | None = None
    pronoun: str = ""
    described: str = ""
    organisation: bool = False
    document: bool = False


class Phrases:
    """Reads subjects out of the frame: the article's text with its quotes masked."""

    def __init__(self, frame: str, people: People) -> None:
        self.frame = frame
        self.people = people

    def subject(self, start: int, verb: int) -> Who | None:
        """Who stands before a verb, in ``frame[start:verb]``."""
        end = start + len(TRAILING.sub("", self.frame[start:verb]))
        comma = self.frame[start:end].rstrip().endswith(",")
        parts = self._parts(start, end)
        if not parts:
            return None
        if not comma:
            return self.phrase(*parts[-1])
        if len(parts) == 1:
            return self.phrase(*parts[0])
        return self._with_apposition(parts)

    def object(self, start: int, end: int) -> Who | None:
        """Who stands after a verb, in ``frame[start:end]``: «said NAME, a DESCRIPTION»."""
        parts = self._parts(start, end)
        if not parts:
            return None
        first = self._opening(*parts[0])
        if len(parts) == 1:
            return first
        second = parts[1]
        if first is None:
            named = self._ending(*second)
            words = self.frame[slice(*parts[0])]
            return self._described(named, words) if named and DETERMINED.match(words) else None
        words = self.frame[second[0] : second[1]]
        plain = first.person is not None and not first.described
        if plain and self._is_apposition(words) and not SPOKE.search(words):
            return self._described(first, words)
        if first.person is None and not first.pronoun:
            named = self._ending(*second)
            if named and named.person and len(words.split()) <= 8:
                return Who(named.start, named.end, named.words, named.person, "", first.words)
        return first

    def opening(self, start: int, end: int) -> Who | None:
        """Who stands first in a sentence that ends «…, adding»."""
        found = LEADS.match(self.frame, start, end)
        return self._opening(found.end() if found else start, end)

    def phrase(self, start: int, end: int) -> Who | None:
        """One noun phrase that fills ``frame[start:end]``."""
        start += LEADS.match(self.frame, start, end).end() - start  # type: ignore[union-attr]
        words = self.frame[start:end].strip()
        if not words or len(words) > WHOLE_LENGTH or MASK in words:
            return None
        if PRONOUN.fullmatch(words):
            return Who(start, start + len(words), words, pronoun=words.lower())
        named = self._ending(start, start + len(words))
        if named:
            return named
        return self._nameless(start, words)

    def first_person(self, start: int, end: int) -> Who | None:
        """The first person named in ``frame[start:end]``, with the words round the name."""
        for mention in self.people.named(start, end):
            if mention.person:
                words = self.frame[start:end].strip(" :,")
                return Who(mention.start, mention.end, mention.words, mention.person, "", words)
        words = self.frame[start:end].strip(" :,")
        return self._nameless(start, words) if words else None

    def _with_apposition(self, parts: list[tuple[int, int]]) -> Who | None:
        """«A Quill spokeswoman, Dee Marlow,» and «Petra Lund, who chairs Quill Abroad,»."""
        head, beside = self.phrase(*parts[-2]), parts[-1]
        words = self.frame[beside[0] : beside[1]]
        named = self._ending(*beside)
        if named is None or named.person is None:
            opening = self._opening(*beside)
            named = opening if opening and opening.start == beside[0] and opening.person else named
        relative = re.match(r"who\b|whose\b|which\b|speaking\b", words)
        if AGE.fullmatch(words):
            return head
        if named and named.person and not relative and len(words.split()) <= 8:
            before = self.frame[parts[-2][0] : parts[-2][1]].strip()
            if head is None or head.person is None:
                fits = head is not None and not head.pronoun
                described = before if fits or DETERMINED.match(before) else named.described
                return Who(named.start, named.end, named.words, named.person, "", described)
            if not self._is_apposition(words):
                return named
        if head and head.person:
            return self._described(head, words)
        if head:
            return head
        return self._with_apposition(parts[:-1]) if len(parts) > 2 else None

    @staticmethod
    def _is_apposition(words: str) -> bool:
        return bool(DETERMINED.match(words) or ROLE_NOUN.search(words))

    @staticmethod
    def _described(who: Who, words: str) -> Who:
        if words.startswith("which"):
            return who
        described = f"{who.described}, {words}" if who.described else words
        return Who(who.start, who.end, who.words, who.person, "", described.strip(" ,"))

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """``frame[start:end]`` at its commas; what stands in brackets does not count."""
        text = re.sub(r"\([^()]*\)", lambda found: " " * len(found[0]), self.frame[start:end])
        parts = []
        for found in re.finditer(r"[^,–—]+", text):
            words = found[0]
            left = start + found.start() + len(words) - len(words.lstrip())
            right = start + found.end() - (len(words) - len(words.rstrip()))
            if right > left:
                parts.append((left, right))
        return parts

    def _persons(self, start: int, end: int) -> list[Mention]:
        return [mention for mention in self.people.named(start, end) if mention.person]

    def _ending(self, start: int, end: int) -> Who | None:
        """A phrase that ends with a person's name: «communications director Marcy Trent»."""
        found = self._persons(start, end)
        if not found or found[-1].end != end:
            return None
        mention = found[-1]
        before = self.frame[start : mention.start].strip()
        if OF.search(before) and before:
            return self._nameless(start, self.frame[start:end])
        if SPOKE.search(before) or re.search(r"\b(?:was|were|is|are|had|has)\b", before):
            return None
        return Who(mention.start, mention.end, mention.words, mention.person, "", before)

    def _opening(self, start: int, end: int) -> Who | None:
        """A phrase at the start of ``frame[start:end]``, whatever follows: «Ms Coombe on Sunday»."""
        words = self.frame[start:end]
        pronoun = PRONOUN.match(words)
        if pronoun:
            return Who(start, start + pronoun.end(), pronoun[0], pronoun=pronoun[0].lower())
        for mention in self._persons(start, end):
            before = self.frame[start : mention.start].strip()
            possessive = re.match(r"[’']s?\b", self.frame[mention.end : mention.end + 2])
            if possessive or re.search(OF, before):
                break
            return Who(mention.start, mention.end, mention.words, mention.person, "", before)
        words = re.split(
            r"\s(?:on|in|during|after|before|as|when|while|last|yesterday|today|who|this|speaking)\b",
            words,
        )[0]
        whole = self.frame[start:end]
        source = re.match(r".{0,60}?\b(?:familiar with|close to)\s.{0,40}", whole)
        return self._nameless(start, source[0] if source else words)

    def _nameless(self, start: int, words: str) -> Who | None:
        """A description without a name, or an organisation."""
        words = words.strip(" ,:")
        end = start + len(words)
        outlet = is_outlet(words) and not ROLE_NOUN.search(words)
        if outlet or SPOKE.search(words) or not words or VERBAL.match(words):
            return None
        role = ROLE_NOUN.search(words)
        if role or re.match(r"the \d\d-year-old", words, re.I):
            return Who(start, end, words, described=words)
        if DOCUMENT.search(words) and DETERMINED.match(words):
            return Who(start, end, words, document=True)
        mentions = self.people.named(start, end)
        last = mentions[-1] if mentions else None
        alone = last is not None and last.start == start and " " not in words
        if last and last.end == end and last.person is None and (alone or is_thing(last.words)):
            return Who(start, end, words, described=words, organisation=True)
        return None
